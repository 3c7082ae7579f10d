import type { Sentence } from "./text.ts";

/**
 * "You don't send me lessons any more?": whoever asks in the indicative whether nothing comes misses what does not come.
 * The same words as a command are a request to leave, so the question mark decides, unless somebody says please.
 */
const NOTHING_COMES = new RegExp(
  `^(?:\\S+ )?(?:${[
    "(?:you|you guys) (?:do not|don t|no longer|are not|aren t|re not|have not|haven t|won t) (?:\\S+ )?(?:send|mail|email|writ)\\S*",
    "you (?:send|mail|write) (?:me |us )?(?:no|nothing)",
    "(?:sie|ihr|du) (?:schick|send|schreib|mail)\\S* (?:\\S+ ){0,2}?(?:keine?n?|nichts|nicht|nie)",
    "(?:vous|tu) ne? (?:m |me |nous )?(?:envoy|ecri)\\S* (?:plus|pas|rien)",
    "(?:ya )?no (?:me|nos) (?:mand|envi|escrib)(?:an|ais|as|a|ian|ias|en|is)",
    "non (?:mi|ci) (?:mand|invi|scriv)(?:ate|iate|ete|i|a|e)",
    "(?:voces )?(?:ja )?nao (?:me|nos) (?:mand|envi|escrev)(?:am|em|a|e)",
    "nie (?:mi |juz |nam )*(?:wysylacie|przysylacie|piszecie)",
    "(?:вы )?(?:больше )?не (?:присылаете|отправляете|шлете|пишете)",
  ].join("|")})(?= |$)`,
  "u",
);

export const missesMails = ({ isQuestion, isPolite, text }: Sentence): boolean =>
  isQuestion && !isPolite && NOTHING_COMES.test(text);
