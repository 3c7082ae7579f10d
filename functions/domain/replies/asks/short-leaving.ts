import { listBare } from "./leaving-affixes.ts";
import { LEAVING_BAGS, type LeavingBag } from "./leaving-bags.ts";
import { foldLetters } from "./pattern.ts";
import { type BagWords, kindsOf, readBag } from "./word-bag.ts";

type Kind = keyof LeavingBag;

/** What a clause of nothing but known words says of leaving. */
type PlainLeaving = "asked" | "mentioned";

/** What stands around the clause. */
interface AroundClause {
  isPolite: boolean;
  isQuestion: boolean;
  /** The whole mail is a few words: then a word or two that nobody knows may stand beside the request. */
  isBrief: boolean;
}

/** Of more a sentence is hardly plain. */
const MOST_WORDS = 22;

let compiled: ReadonlyMap<string, BagWords<Kind>> | undefined;
function bags(): ReadonlyMap<string, BagWords<Kind>> {
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
/** "Not" there, and "now" in the north. */
const NOW_ELSEWHERE: Readonly<Record<string, string>> = { ro: "nu" };

/**
 * What a clause says that is made of known words, in whatever order: a verb of leaving, what is left, and who asks.
 * Undefined where too many of its words are not known, or they do not make a request.
 */
export function readPlainLeaving(
  language: string,
  clause: string,
  about: AroundClause,
): PlainLeaving | undefined {
  const words = bags().get(language);
  const tokens = clause.split(/[ ,]+/).filter((token) => token !== "");
  if (!words || tokens.length > MOST_WORDS) return undefined;
  const plain: Kind[][] = [];
  let unread = 0;
  for (const token of tokens) {
    const found = kindsOf(words, token);
    if (found.length === 0 && ++unread > MOST_LOOKED_AT) return undefined;
    plain.push(found);
  }
  const kinds = tokens.map((token, at) => findKinds(language, words, token, plain[at] as Kind[], about));
  const unknown = kinds.filter((found) => found.length === 0).length;
  if (unknown > (about.isBrief ? MOST_UNKNOWN : 0)) return undefined;
  const known = unknown === 0 ? kinds : knownRequest(kinds, about);
  // A word alone is read elsewhere, unless it says please.
  if (!known || (known.length === 1 && !about.isPolite)) return undefined;
  const isLeaving = isPlain(known, about.isPolite) || (unknown === 0 && isPlainInBrief(known, about));
  if (
    isLeaving &&
    tokens.some((token) => isNow(language, token)) &&
    known.some((found) => found.includes("not"))
  )
    return "mentioned";
  if (known.some((found) => found.includes("how"))) return isLeaving ? "mentioned" : undefined;
  const isAsking = about.isPolite || known.some((found) => found.includes("ask") || found.includes("beg"));
  return isLeaving && (isAsking || !about.isQuestion) ? "asked" : undefined;
}
const MOST_UNKNOWN = 3;
/** Of more unknown words no other reading is tried. */
const MOST_LOOKED_AT = 5;

const isNow = (language: string, token: string): boolean =>
  NOW.has(token) && NOW_ELSEWHERE[language] !== token;

function findKinds(
  language: string,
  words: BagWords<Kind>,
  token: string,
  found: Kind[],
  { isBrief }: AroundClause,
): Kind[] {
  if (found.length > 0) return found;
  for (const { word, isMine } of listBare(language, token)) {
    const kinds = kindsOf(words, word);
    if (kinds.length > 0) return isMine ? [...kinds, "me"] : kinds;
  }
  return isBrief ? kindsOfMistyped(words, token) : [];
}

/** Of shorter words one letter makes another word. */
const SHORTEST_MISTYPED = 6;
/** A long word with a letter missing, doubled or changed. Not at its end: there it is another form, such as the past. */
function kindsOfMistyped(words: BagWords<Kind>, token: string): Kind[] {
  if (token.length < SHORTEST_MISTYPED) return [];
  for (const [word, kinds] of words.exact)
    if (word[0] === token[0] && word.slice(-3) === token.slice(-3) && isNear(word, token))
      return [...kinds].filter((kind) => kind !== "fill");
  return [];
}

/** One letter more, less or other, or two that changed places. */
function isNear(word: string, token: string): boolean {
  if (Math.abs(word.length - token.length) > 1) return false;
  let from = 0;
  while (from < word.length && word[from] === token[from]) from++;
  const rest = word.slice(from);
  const typed = token.slice(from);
  const isSwapped = rest[0] === typed[1] && rest[1] === typed[0] && rest.slice(2) === typed.slice(2);
  return rest.slice(1) === typed.slice(1) || rest.slice(1) === typed || rest === typed.slice(1) || isSwapped;
}

/**
 * The longest part whose words are known, if it is a request by itself: from the clause's beginning, or after a please.
 * What follows may not hang on its last word: "off the list of speakers", "send me reports" ask for something else.
 */
function knownRequest(kinds: readonly Kind[][], { isPolite }: AroundClause): Kind[][] | undefined {
  let best = { from: 0, to: 0 };
  for (let from = 0; from < kinds.length; from++) {
    let to = from;
    while ((kinds[to]?.length ?? 0) > 0) to++;
    if (to - from > best.to - best.from) best = { from, to };
  }
  const known = kinds.slice(best.from, best.to);
  const isWhole = best.to === kinds.length || known.at(-1)?.some((kind) => CLOSES.includes(kind));
  const has = (kind: Kind) => known.some((found) => found.includes(kind));
  const isAtFirst = best.from === 0 || (isPolite && !has("want"));
  return isWhole && isAtFirst && known.length > 1 ? known : undefined;
}
const CLOSES: readonly Kind[] = ["ours", "ask"];

function isPlain(kinds: readonly Kind[][], isPolite: boolean): boolean {
  const has = (...wanted: Kind[]) => kinds.some((found) => wanted.some((kind) => found.includes(kind)));
  const begins = kinds[0] ?? [];
  const isAsked = isPolite || has("ask", "beg", "how");
  // "I want to stop writing mails" is about what they write themselves.
  const isWriting = kinds.some((found) => found.includes("send") && !found.includes("ours"));
  if (has("want") && isWriting && !has("me", "you")) return false;
  // "Enough, I want no more mails": what is said first is refused at once.
  if (has("not") && begins.includes("stop") && kinds.length > 3) return isPlain(kinds.slice(1), isPolite);
  if (has("not")) {
    // A word that is also a preposition, as Portuguese "para", stops nothing here.
    const hasVerb = kinds.some(
      (found) => !found.includes("fill") && found.some((one) => VERBS.includes(one)),
    );
    return isPlainRefusal(has, hasVerb, begins, isAsked);
  }
  const isCommand = isAsked || has("want") || begins.some((kind) => VERBS.includes(kind));
  if (has("done")) return isAsked || has("want");
  if (has("leave")) return has("me", "ours", "these", "away", "want") || isAsked;
  if (has("off") && isCommand && (has("data") || (has("me") && (isAsked || has("ours", "away")))))
    return true;
  if (has("pull") && isCommand && has("away") && has("me", "data")) return true;
  if (has("cease") && has("send") && (has("me", "ours") || isAsked)) return true;
  if (!has("stop") || !isCommand) return false;
  return (
    has("ours") ||
    (has("send") && has("me")) ||
    (isAsked && has("send", "these")) ||
    (has("want") && has("get") && has("these"))
  );
}
/** In a mail of a few words, all of them known: "delete me", "please don't send them". */
function isPlainInBrief(kinds: readonly Kind[][], { isPolite, isBrief }: AroundClause): boolean {
  const has = (kind: Kind) => kinds.some((found) => found.includes(kind));
  if (!isBrief || has("want") || has("get")) return false;
  if (has("not")) return isPolite && has("send") && (has("these") || has("ours"));
  return has("off") && has("me");
}
const VERBS: readonly Kind[] = ["leave", "off", "pull", "stop", "cease"];

/** "Send me no more mails", "I do not want these mails", "no more lessons for me". */
function isPlainRefusal(
  has: (...wanted: Kind[]) => boolean,
  hasVerb: boolean,
  begins: readonly Kind[],
  isAsked: boolean,
): boolean {
  if (hasVerb || begins.includes("you")) return false;
  if (has("send")) return has("me", "more");
  if (has("want"))
    return has("ours") || (has("get") && has("more", "these")) || (has("more") && has("these"));
  if (has("beg") && has("get")) return has("more", "these", "ours");
  return has("more") && has("ours") && !has("get") && (isAsked || has("me"));
}
