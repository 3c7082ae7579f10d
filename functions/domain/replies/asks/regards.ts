import { foldLetters } from "./pattern.ts";

/**
 * What stands behind a request and is for somebody else: "unsubscribe me, and tell Mark it was a good course". It reports no
 * speech, and takes nothing back.
 */
const AND = "and|und|et|y|e|en|och|og|ja|i|oraz|a|és|și|και|ve|и|і|та";
const PASS_ON =
  "tell|say (?:hi|hello|thanks|thank you)|give my|pass on|sagt?|sagen sie|grüßt?|grüssen sie|richtet|dites|dis|saluez|donnez|dile|díganle|dígale|decidle|saluden?|denle|dite|di|salutate|saluta|digam|diga|deem|mandem um|zeg|groet|doe|hälsa|säg|hils|sig|si|kertokaa|kerro|sanokaa|powiedzcie|proszę powiedzieć|pozdrówcie|vyřiďte|řekněte|pozdravujte|povedzte|mondják|mondjátok|üdvözlöm|spuneți|salutați|transmiteți|πείτε|χαιρετισμούς|söyleyin|iletin|скажите|передайте|скажіть|перекажіть";

const REGARDS = new RegExp(foldLetters(` (?:, )?(?:${AND}) (?:${PASS_ON}) .*$`), "u");
const FEWEST_WORDS = 2;

/** "That said, …": nobody said anything. */
const THAT_SAID =
  /^(?:that (?:being )?said|having said that|(?:das|dies) gesagt|davon abgesehen|(?:cela|ceci|ca) (?:etant )?dit|dicho (?:esto|eso|lo cual)|detto (?:questo|cio)|dito (?:isto|isso)|dat gezegd(?: hebbende)?|med det sagt|når det er sagt|nar det er sagt|sanottakoon) (?:, )?/u;

/** A request without what is to be passed on. */
export function withoutRegards(text: string): string {
  const rest = text.replace(THAT_SAID, "").replace(REGARDS, "");
  return rest.split(" ").length >= FEWEST_WORDS ? rest : text;
}

/** "…, if that's all right", "… after this one": a courtesy, and the lesson that came anyway. */
const POLITE_CONDITION = new RegExp(
  foldLetters(
    ` (?:, )?(?:${[
      "if (?:that s|that is|it s|it is|this is) (?:ok|okay|all right|alright|fine|not too much trouble|no trouble|possible|at all possible)(?: with you| by you)?",
      "if (?:you|u) (?:don t|wouldn t|do not|would not) mind",
      "(?:wenn|falls) (?:das|es) (?:in ordnung|ok|okay|möglich|recht) ist",
      "si (?:c est possible|cela ne vous dérange pas|ça ne vous dérange pas|possible)",
      "si (?:es posible|no es molestia|no le importa|no les importa)",
      "se (?:è possibile|possibile|non è un problema|non vi dispiace)",
      "se (?:for possível|possível|não se importam|não se importa)",
      "als (?:dat|het) (?:mag|kan|goed is|lukt)",
      "om det (?:går|går bra|är okej|är möjligt)",
      "hvis det (?:er i orden|er muligt|er mulig|går|er greit)",
      "after this (?:one|lesson|mail|email|week)",
    ].join("|")})$`,
  ),
  "u",
);

/** A request without the courtesy that makes it sound like a condition. */
export const withoutPoliteCondition = (text: string): string => text.replace(POLITE_CONDITION, "");
