/** What is copied along with a word and cannot be seen. */
const UNSEEN = /[\p{Default_Ignorable_Code_Point}\u2800]+/gu;

export const withoutUnseen = (text: string): string => text.replace(UNSEEN, "");

/** Without case and accents, and with what is written in one letter or wide (`Nº`, `Ｅｍａｉｌ`) as plain letters. */
const plain = (text: string): string =>
  text.normalize("NFKD").replace(UNSEEN, "").replace(/\p{M}/gu, "").toLowerCase().replaceAll("ß", "ss");

/** A heading or a state without case, accents and signs: `E-Mail-Adresse` is `e_mail_adresse`. */
export const fold = (text: string): string =>
  plain(text)
    .replace(/[^\p{L}\p{N}]+/gu, "_")
    .replace(/^_|_$/g, "");

/** Where a word ends without a sign: `isUnsubscribed`, `HTMLMail`. */
const CAMEL = /(?<=[\p{Ll}\p{N}])(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})/gu;

/** Words that are written as one, as two or with a hyphen, and mean the same. */
const JOINED: readonly (readonly [RegExp, string])[] = [
  [/\be mails?\b/g, "email"],
  [/\bopt(?:ed|s|ing)? ?out/g, "optout"],
  [/\bopt(?:ed|s|ing)? ?in\b/g, "optin"],
  [/\bdouble optin\b/g, "doubleoptin"],
  [/\b(black|block|deny) list/g, "$1list"],
  [/\bun (?=subscri|confirm|verif|deliver|activ|besta|zustell)/g, "un"],
  [/\bin (?=activ)/g, "in"],
  [/\bdes (?=abonn|inscri|suscri|ativ|activ)/g, "des"],
  [/\bn a\b/g, "none"],
  [
    /\b(?:do|does|should|must|please) ?not (?:be )?(?:re)?(?:e?mail\w*|contact\w*|send\w*|disturb)\b/g,
    "donotmail",
  ],
  [/\b(?:ne )?pas contacter\b|\bnicht (?:an(?:ge)?schr\w+|kontaktier\w*|mailen)\b/g, "donotmail"],
  [
    /\b(?:no|nao|non) (?:contact\w*|contat\w*|molest\w*|enviar|invia\w*)\b|\bniet (?:mailen|benader\w*)\b/g,
    "donotmail",
  ],
  [/\bdado? de baja\b|\bdarse de baja\b/g, "baja"],
  [/\bneeds? attention\b/g, "invalid"],
];

/** The words of a heading or a cell: `HasOptedOutOfEmail` is `has optout of email`, `Date de désinscription` has three. */
export function splitWords(text: string): string[] {
  const spaced = plain(withoutUnseen(text.normalize("NFKC")).replace(CAMEL, " ")).replace(
    /[^\p{L}\p{N}]+/gu,
    " ",
  );
  const joined = JOINED.reduce((words, [written, one]) => words.replace(written, one), spaced.trim());
  return joined === "" ? [] : joined.split(" ");
}
