import { foldLetters } from "./pattern.ts";
import type { Sentence } from "./text.ts";

/**
 * A refusal without a verb: "none of these for me any more, thanks", "nichts mehr für mich, danke". Three things make it, in
 * any order: nothing more, for whom, and a word of courtesy; it is the whole sentence. Without courtesy it may answer a
 * question: "What would you cut? Nothing more for me."
 */
interface Refusal {
  nothing: string;
  forMe: string;
}

const REFUSALS: readonly Refusal[] = [
  {
    nothing:
      "(?:no more|nothing (?:more|else|further)|none)(?: of)?(?: (?:these|this|it|them|that))?|no further(?: of)? (?:these|this)",
    forMe: "(?:for|to) (?:me|us)",
  },
  {
    nothing:
      "(?:nichts|nix) (?:mehr|weiteres|weiter)(?: (?:davon|dergleichen))?|(?:davon|hiervon) (?:nichts|nix) mehr",
    forMe: "für (?:mich|uns)|an (?:mich|uns)|mir|davon",
  },
  {
    nothing: "plus rien|rien (?:de plus|d autre)|plus (?:de ça|rien de tout cela)",
    forMe: "pour (?:moi|nous)|à moi",
  },
  { nothing: "nada más|más nada|ninguna más|ninguno más", forMe: "(?:para|a) (?:mí|nosotros)" },
  {
    nothing: "niente (?:più|altro)|più niente|nient altro|nulla più|più nulla",
    forMe: "(?:per|a) (?:me|noi)",
  },
  { nothing: "nada mais|mais nada|nenhum mais|nenhuma mais", forMe: "(?:para|pra|a) (?:mim|nós)" },
  {
    nothing: "(?:niets|niks) (?:meer|anders)(?: hiervan)?|geen (?:enkele )?meer",
    forMe: "(?:voor|aan|naar) (?:mij|me|ons)",
  },
  {
    nothing: "(?:inget|ingenting) mera?|inga fler|inget av detta mer",
    forMe: "(?:till|för|åt) (?:mig|mej|oss)",
  },
  {
    nothing: "(?:ikke|intet|ingen|ingenting)(?: noe| noget)? (?:mere|mer|flere|fler)",
    forMe: "(?:til|for) (?:mig|meg|os|oss)",
  },
  { nothing: "ei (?:enää )?(?:mitään|enempää|lisää|näitä)(?: enää)?|ei enää", forMe: "minulle|mulle|meille" },
  { nothing: "(?:już )?nic (?:więcej|już)|już nic|więcej nic", forMe: "dla (?:mnie|nas)|mnie|mi|nam" },
  {
    nothing: "už nic(?: víc| více| dalšího)?|nic (?:víc|více|dalšího|už)",
    forMe: "pro (?:mě|mne|nás)|mně|mi|nám",
  },
  { nothing: "už nič(?: viac| ďalšie)?|nič (?:viac|ďalšie|už)", forMe: "pre (?:mňa|nás)|mne|mi|nám" },
  {
    nothing: "(?:semmi|semmit) (?:többet|több)|többet (?:nem|semmit)|több (?:nem|semmi)",
    forMe: "nekem|nekünk|számomra",
  },
  { nothing: "nimic (?:altceva|în plus|mai mult)|gata", forMe: "pentru (?:mine|noi)|mie|nouă" },
  {
    nothing: "(?:τίποτα|τίποτε) (?:άλλο|πια|πλέον|περισσότερο)|τέλος|όχι άλλα(?: μαθήματα| μέιλ| μηνύματα)?",
    forMe: "(?:για|σε) (?:εμένα|μένα|μας)|(?:τα μαθήματα|τα μέιλ|τα μηνύματα) (?:για|σε) (?:εμένα|μένα|μας)",
  },
  {
    nothing: "(?:bu kadar|artık|daha fazla) (?:yeter|yok|olmasın|istemem)|başka (?:bir şey )?(?:yok|istemem)",
    forMe: "benim için|bana|bize",
  },
  { nothing: "больше (?:ничего|ничего такого|никаких)|ничего (?:больше|другого)", forMe: "мне|для меня|нам" },
  { nothing: "більше (?:нічого|ніяких)|нічого (?:більше|іншого)", forMe: "мені|для мене|нам" },
  { nothing: "нищо (?:повече|друго)|(?:без )?повече (?:нищо|не)", forMe: "за (?:мен|нас)|на мен|ми" },
  { nothing: "không (?:cần )?(?:gì )?(?:nữa|thêm)(?: nữa)?", forMe: "(?:cho|với) (?:tôi|mình|em)" },
  {
    nothing: "(?:cukup|tidak (?:ada |perlu )?lagi|tidak ada yang lain)",
    forMe: "(?:untuk|buat|bagi) (?:saya|aku|kami)",
  },
  { nothing: "لا شيء (?:آخر|بعد الآن|أكثر)|لا مزيد|كفى", forMe: "لي|بالنسبة لي|إلي" },
  { nothing: "(?:לא )?(?:שום דבר|כלום) (?:יותר|נוסף)|די", forMe: "בשבילי|לי|מבחינתי" },
  { nothing: "(?:अब )?(?:और )?कुछ (?:और )?नहीं", forMe: "मेरे लिए|मुझे" },
];

/** What may stand beside: "from now on", "any more", "then". */
const BESIDE =
  "(?:so|well|ok|okay|sorry|now|then|please|any ?more|any longer|from now on|at all|ab jetzt|bitte|dann|jetzt|künftig|désormais|maintenant|ahora|por ahora no|d ora in poi|agora|vanaf nu|framöver|fremover|jatkossa|już|teraz|už|teď|mostantól|acum|de acum|πια|πλέον|artık|теперь|уже|тепер|вже|повече|lagi|nữa|cảm ơn|terima kasih|यहाँ|अब)";

let compiled: RegExp | undefined;
function expression(): RegExp {
  const one = ({ nothing, forMe }: Refusal) => {
    const beside = `(?:${BESIDE} )*`;
    return `${beside}(?:(?:${nothing}) ${beside}(?:${forMe})|(?:${forMe}) ${beside}(?:${nothing}))(?: ${BESIDE})*`;
  };
  compiled ??= new RegExp(foldLetters(`^(?:${REFUSALS.map(one).join("|")})$`), "u");
  return compiled;
}

/** True for a sentence that refuses all that is sent, and says please or thanks. */
export const isNothingForMe = ({ bare, isPolite, isQuestion }: Sentence): boolean =>
  isPolite && !isQuestion && expression().test(bare);
