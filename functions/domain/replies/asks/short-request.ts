import { MONTHS_BY_NAME, WEEKDAYS_BY_NAME } from "../calendar-words.ts";
import { BAGS, type Bag } from "./steering-bags.ts";
import { kindsOf, readBag, type Words } from "./word-bag.ts";

/** What a short request may ask for; `sometime` is a pause without an end that could be kept: "over the holidays". */
export type ShortAsk = "pause" | "resume" | "next" | "slower" | "faster" | "journal" | "sometime";

type Kind = keyof Bag;
/** What stands in the sentence around the clause. */
export interface About {
  /** It says please or asks a question. */
  isAsking: boolean;
  /** The clause without its length, such as "two weeks"; the same text where it has none. */
  withoutLength: string;
  /** The sentence names a day. */
  isDated: boolean;
}

const MOST_WORDS = 18;
/** Of fewer a word alone is looked for, with what stands around it. */
const FEWEST_WORDS = 3;
const MOST_WORDS_OF_LENGTH_ALONE = 5;

let compiled: ReadonlyMap<string, Words<Kind>> | undefined;
function bags(): ReadonlyMap<string, Words<Kind>> {
  compiled ??= new Map(
    Object.entries(BAGS).map(([language, bag]) => [language, readBag<Kind>(bag as Bag)] as const),
  );
  return compiled;
}

/** What a clause of nothing but known words asks for; undefined where one of its words is not known. */
export function readShortRequest(language: string, text: string, about: About): ShortAsk | undefined {
  const words = bags().get(language);
  const tokens = about.withoutLength.split(/[ ,]+/).filter((token) => token !== "" && !isOfDate(token));
  const count = text.split(/[ ,]+/).length;
  if (!words || tokens.length > MOST_WORDS || count < FEWEST_WORDS) return undefined;
  const kinds = tokens.map((token) => kindsOf(words, token));
  if (kinds.some((found) => found.length === 0)) return undefined;
  return decide(kinds, { ...about, hasLength: about.withoutLength !== text });
}

const isOfDate = (token: string): boolean =>
  /^\d{1,4}\p{L}{0,3}$/u.test(token) || WEEKDAYS_BY_NAME.has(token) || isMonth(token);
/** True for a word of a month, in folded letters. */
export const isMonth = (token: string): boolean => MONTHS_BY_NAME.has(token) || MONTH_STEM.test(token);
/** Months in a case: "grudnia", "januára", "joulukuuta". */
const MONTH_STEM =
  /^(?:stycz|lut|marc|kwie|maj|czerw|lip|sierp|wrze|pazdz|listop|grud|led|unor|brez|dub|kvet|cerv|srp|zari|rij|prosin|januar|februar|fevr|marz|aout|august|septemb|okt|novemb|decemb|desemb|dezemb|\S+kuu|янв|фев|март|апр|ма[яй]|июн|июл|авг|сент|окт|нояб|дек|січ|лют|берез|квіт|трав|черв|лип|серп|верес|жовт|листоп|груд|ιανουαρ|φεβρουαρ|μαρτ|απριλ|μα[ιί]|ιουν|ιουλ|αυγουστ|σεπτεμβρ|οκτωβρ|νοεμβρ|δεκεμβρ|ocak|subat|mart|nisan|mayis|haziran|temmuz|agustos|eylul|ekim|kasim|aral)/u;

interface Decision extends About {
  hasLength: boolean;
}

function decide(kinds: readonly Kind[][], about: Decision): ShortAsk | undefined {
  const has = (kind: Kind) => kinds.some((found) => found.includes(kind));
  const only = (kind: Kind, other: Kind) =>
    kinds.some((found) => found.includes(kind) && !found.includes(other) && !found.includes("fill"));
  const isWish = about.isAsking || has("asks");
  const isUntil = about.isDated || about.hasLength;
  const begins = kinds[0] ?? [];
  const pauses = isUntil ? "pause" : has("vague") ? "sometime" : undefined;
  if (has("stop") && (isWish || begins.includes("stop"))) return pauses;
  if (has("not"))
    return isWish && (has("sends") || has("ours") || kinds.length <= FEWEST_OF_NOTHING) ? pauses : undefined;
  if (pauses && !about.hasLength && isWish && (has("go") || has("sends")) && !has("next")) return pauses;
  if (only("slow", "fast") && isWish) return "slower";
  if (only("fast", "slow") && isWish) return "faster";
  if (has("next") && has("ours") && (isWish || begins.includes("sends"))) return "next";
  if (only("go", "fill") && (isWish || has("back"))) return "resume";
  if (only("journal", "fill") && (isWish || has("sends"))) return "journal";
  const isLengthAlone = about.hasLength && has("sends") && kinds.length <= MOST_WORDS_OF_LENGTH_ALONE;
  return isLengthAlone && isWish ? "pause" : undefined;
}
/** "Nothing before January 11, please." */
const FEWEST_OF_NOTHING = 4;
