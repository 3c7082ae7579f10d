/**
 * "I wrote to you last week: send me nothing more": the reader's own earlier request, which is made again, and what else
 * is no more than its introduction; with what it is read as.
 */
const BEFORE: readonly (string | [string, string])[] = [
  "(?:i|we) (?:have |ve |had )?(?:already |just )?(?:asked|told|written|wrote|emailed|mailed|requested)(?: to)?(?: you)?(?: (?:already|twice|before|last \\S+|\\S+ times|a \\S+ ago|\\S+ \\S+ ago))+ ?(?:,|to|that)?",
  "(?:ich |wir )?hab(?:e|en)? (?:ich |wir )?(?:sie |euch |ihnen |es )?(?:schon|bereits)(?: \\S+){0,3}? (?:gebeten|geschrieben|gesagt|gemailt) ,",
  "je (?:vous |t |l |te )?ai (?:deja )?(?:ecrit|demande|dit|signale)(?: (?!,)\\S+){0,4} ,",
  [
    "je (?:vous |t |l |te )?ai (?:deja )?(?:ecrit|demande|dit|signale)(?: (?!,|de )\\S+){0,4} de",
    "je demande de ",
  ],
  [
    "(?:ya )?(?:les |os |se lo |lo )?(?:he )?(?:pedi|pedido|escribi|escrito|dije|dicho|solicite)(?: (?:ya|dos|tres|veces|la|semana|pasada|varias|antes))+ ?(?:que|,)?",
    "pido ",
  ],
  [
    "(?:(?:ve l |ve lo )?(?:gia )?(?:ho|abbiamo) gia|gia (?:ho|abbiamo)|(?:ho|abbiamo)(?= \\S+ (?:gia|due|tre|piu|la settimana scorsa))) (?:chiesto|scritto|detto)(?: (?:gia|due|tre|piu|volte|la|settimana|scorsa))* ?(?:di|che|,)?",
    "chiedo di ",
  ],
  [
    "(?:eu )?(?:ja )?(?:pedi|escrevi|disse|solicitei)(?: (?:ja|duas|tres|varias|vezes|na|semana|passada|antes))+ ?(?:para|que|,)?",
    "peco ",
  ],
  "ik heb (?:u |jullie |je )?(?:al|vorige week|eerder)(?: \\S+){0,3}? (?:gevraagd|geschreven|gemaild)(?: om| ,)?",
  "(?:juz )?(?:raz |dwa razy |wczesniej )*(?:pisalem|pisalam|prosilem|prosilam|mowilem|mowilam)(?: (?:juz|raz|o to|tydzien temu|w zeszlym tygodniu))* ?,",
  "(?:я )?(?:уже )(?:вас |вам )?(?:просила?|писала?|говорила?)(?: (?!,)\\S+){0,4} ,",
  // "Vil I ikke nok slette mig?": a no that is said out of courtesy.
  [
    "(?:vil|kan|kunne|ville|gider) (?:i|du|de) ikke(?: nok| lige| godt| bare| venligst)*(?! (?:la|lade|lad) )",
    "kan i ",
  ],
  ["(?:vil|kan|kunne|ville) (?:dere|du) ikke(?: bare| vennligst)*(?! (?:la|heller) )", "kan dere "],
  ["(?:kan|kunde|vill|skulle) (?:ni|du) inte(?: bara| snalla| kunna)*(?! (?:lata) )", "kan ni "],
  "(?:я )?(?:вже )(?:вас |вам )?(?:просив|просила|писав|писала|казав|казала)(?: (?!,)\\S+){0,4} ,",
];
let compiled: { before: RegExp; again: string }[] | undefined;

/** What is said after it, as it is asked now; the same text where nothing of the kind stands at its beginning. */
export function withoutEarlierWord(text: string): string {
  compiled ??= BEFORE.map((one) => (typeof one === "string" ? [one, ""] : one)).map(([before, again]) => ({
    before: new RegExp(`^(?:${before}) `, "u"),
    again: again as string,
  }));
  const found = compiled.find(({ before }) => before.test(text));
  return found ? text.replace(found.before, found.again).trim() : text;
}
