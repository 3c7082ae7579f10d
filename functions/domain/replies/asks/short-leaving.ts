import { LEAVING_BAGS, type LeavingBag } from "./leaving-bags.ts";
import { foldLetters } from "./pattern.ts";
import { kindsOf, readBag, type Words } from "./word-bag.ts";

type Kind = keyof LeavingBag;

/** What a clause of nothing but known words says of leaving. */
export type PlainLeaving = "asked" | "mentioned";

/** Of more a sentence is hardly plain. */
const MOST_WORDS = 16;

let compiled: ReadonlyMap<string, Words<Kind>> | undefined;
function bags(): ReadonlyMap<string, Words<Kind>> {
  compiled ??= new Map(
    Object.entries(LEAVING_BAGS).map(([language, bag]) => [language, readBag<Kind>(bag)] as const),
  );
  return compiled;
}

/** "I don't want lessons now": it may be a pause that is meant. */
const NOW = new Set(
  foldLetters(
    "now jetzt gerade maintenant ahora adesso agora nu nyt teraz teď teraz most acum τώρα şimdi сейчас зараз",
  ).split(" "),
);

/**
 * What a clause says that is made of known words alone, in whatever order: a verb of leaving, what is left, and who asks.
 * Undefined where one of its words is not known, or they do not make a request.
 */
export function readPlainLeaving(
  language: string,
  clause: string,
  about: { isPolite: boolean; isQuestion: boolean },
): PlainLeaving | undefined {
  const words = bags().get(language);
  const tokens = clause.split(/[ ,]+/).filter((token) => token !== "");
  if (!words || tokens.length > MOST_WORDS) return undefined;
  const kinds = tokens.map((token) => kindsOf(words, token));
  if (kinds.some((found) => found.length === 0)) return undefined;
  // A word alone is read elsewhere, unless it says please.
  if (tokens.length === 1 && !about.isPolite) return undefined;
  const isLeaving = isPlain(kinds, about.isPolite);
  if (isLeaving && tokens.some((token) => NOW.has(token)) && kinds.some((found) => found.includes("not")))
    return "mentioned";
  if (kinds.some((found) => found.includes("how"))) return isLeaving ? "mentioned" : undefined;
  const isAsking = about.isPolite || kinds.some((found) => found.includes("ask"));
  return isLeaving && (isAsking || !about.isQuestion) ? "asked" : undefined;
}

function isPlain(kinds: readonly Kind[][], isPolite: boolean): boolean {
  const has = (...wanted: Kind[]) => kinds.some((found) => wanted.some((kind) => found.includes(kind)));
  const begins = kinds[0] ?? [];
  const isAsked = isPolite || has("ask", "how");
  // "I want to stop writing mails" is about what they write themselves.
  if (has("want") && has("send") && !has("me", "you")) return false;
  if (has("not")) return isPlainRefusal(has, begins, isAsked);
  const isCommand = isAsked || has("want") || begins.some((kind) => VERBS.includes(kind));
  if (has("done")) return isAsked || has("want");
  if (has("leave")) return has("me", "ours", "these", "away", "want") || isAsked;
  if (has("off") && isCommand && (has("data") || (has("me") && (isAsked || has("ours", "away")))))
    return true;
  if (has("pull") && isCommand && has("away") && has("me", "data")) return true;
  if (has("cease") && has("send") && (has("me", "ours") || isAsked)) return true;
  if (!has("stop") || !isCommand) return false;
  return has("ours") || (has("send") && has("me")) || (isAsked && has("send", "these", "get"));
}
const VERBS: readonly Kind[] = ["leave", "off", "pull", "stop", "cease"];

/** "Send me no more mails", "I do not want these mails", "no more lessons for me". */
function isPlainRefusal(
  has: (...wanted: Kind[]) => boolean,
  begins: readonly Kind[],
  isAsked: boolean,
): boolean {
  if (has(...VERBS) || begins.includes("you")) return false;
  if (has("send")) return has("me", "more");
  if (has("want")) return has("ours") || (has("more") && has("get", "these"));
  return has("more") && has("ours") && !has("get") && (isAsked || has("me"));
}
