const STRONG_LETTER = /\p{L}/u;
const RIGHT_TO_LEFT =
  /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}]/u;

/** Whether a text is written from right to left: by its first letter, as Unicode says (UAX 9, P2). */
export const isRightToLeft = (text: string): boolean =>
  RIGHT_TO_LEFT.test(STRONG_LETTER.exec(text)?.[0] ?? "");

/** The direction of a text and the side on which its lines begin, for mails: Outlook knows neither `auto` nor `start`. */
export const sideOfText = (text: string): { dir: "rtl" | "ltr"; align: "right" | "left" } =>
  isRightToLeft(text) ? { dir: "rtl", align: "right" } : { dir: "ltr", align: "left" };
