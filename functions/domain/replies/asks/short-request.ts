import { MONTHS_BY_NAME, WEEKDAYS_BY_NAME } from "../calendar-words.ts";
import { oncePerText } from "./once-per-text.ts";
import { BAGS, type Bag } from "./steering-bags.ts";
import { type BagWords, kindsOf, readBag } from "./word-bag.ts";

/** What a short request may ask for; `sometime` is a pause without an end that could be kept: "over the holidays". */
export type ShortAsk = "pause" | "resume" | "next" | "slower" | "faster" | "journal" | "sometime";

type RequestKind = keyof Bag;
/** What stands in the sentence around the clause. */
export interface About {
  /** It says please or asks a question. */
  isAsking: boolean;
  /** A length of the language, such as "two weeks". */
  length: RegExp;
}

const MOST_WORDS = 18;
/** Of fewer a word alone is looked for, with what stands around it. */
const FEWEST_WORDS = 3;
const MOST_WORDS_OF_LENGTH_ALONE = 5;

let compiled: ReadonlyMap<string, BagWords<RequestKind>> | undefined;
function bags(): ReadonlyMap<string, BagWords<RequestKind>> {
  compiled ??= new Map(
    Object.entries(BAGS).map(([language, bag]) => [language, readBag<RequestKind>(bag as Bag)] as const),
  );
  return compiled;
}

/** What a clause of nothing but known words asks for; undefined where one of its words is not known. */
export function readShortRequest(
  language: string,
  text: string,
  { isAsking, length }: About,
): ShortAsk | undefined {
  const words = bags().get(language);
  if (!words || text.split(/[ ,]+/).length < FEWEST_WORDS || isOfOtherWords(words, text)) return undefined;
  const rest = text.replace(length, " ").replace(/ +/g, " ").trim();
  const tokens = listTokens(rest);
  if (tokens.length > MOST_WORDS) return undefined;
  const kinds = tokens.map((token) => kindsOf(words, token));
  if (kinds.some((found) => found.length === 0)) return undefined;
  return decide(kinds, { isAsking, isDated: isDated(text), hasLength: rest !== text });
}

/** More words are not known than a length has: most clauses are told by their first ones. */
function isOfOtherWords(words: BagWords<RequestKind>, text: string): boolean {
  let unknown = 0;
  return listTokens(text).some(
    (token) => kindsOf(words, token).length === 0 && ++unknown > MOST_WORDS_OF_LENGTH,
  );
}
/** "A couple of weeks", in whatever language. */
const MOST_WORDS_OF_LENGTH = 6;

/** The words of a text that are not of a date. */
const listTokens: (text: string) => string[] = oncePerText((text) =>
  text.split(/[ ,]+/).filter((token) => token !== "" && !isOfDate(token)),
);

/** A day is named, or what reads as one: "until 14 december", "ab 7.1.". */
export const isDated: (text: string) => boolean = oncePerText((text) =>
  text.split(/[ ,]+/).some((token, at, all) => {
    const besides = [all[at - 1], all[at + 1], all[at + 2]];
    return /^\d{1,2}\p{L}{0,3}$/u.test(token) && besides.some((one) => one !== undefined && isMonth(one));
  }),
);

const isOfDate = (token: string): boolean =>
  /^\d{1,4}\p{L}{0,3}$/u.test(token) || WEEKDAYS_BY_NAME.has(token) || isMonth(token);
/** True for a word of a month, in folded letters. */
const isMonth = (token: string): boolean => MONTHS_BY_NAME.has(token) || MONTH_STEM.test(token);
/** Months in a case: "grudnia", "januára", "joulukuuta". */
const MONTH_STEM =
  /^(?:stycz|lut|marc|kwie|maj|czerw|lip|sierp|wrze|pazdz|listop|grud|led|unor|brez|dub|kvet|cerv|srp|zari|rij|prosin|januar|februar|fevr|marz|aout|august|septemb|okt|novemb|decemb|desemb|dezemb|\S+kuu|янв|фев|март|апр|ма[яй]|июн|июл|авг|сент|окт|нояб|дек|січ|лют|берез|квіт|трав|черв|лип|серп|верес|жовт|листоп|груд|ιανουαρ|φεβρουαρ|μαρτ|απριλ|μα[ιί]|ιουν|ιουλ|αυγουστ|σεπτεμβρ|οκτωβρ|νοεμβρ|δεκεμβρ|ocak|subat|mart|nisan|mayis|haziran|temmuz|agustos|eylul|ekim|kasim|aral)/u;

interface Decision {
  isAsking: boolean;
  isDated: boolean;
  hasLength: boolean;
}

function decide(kinds: readonly RequestKind[][], about: Decision): ShortAsk | undefined {
  const has = (kind: RequestKind) => kinds.some((found) => found.includes(kind));
  const only = (kind: RequestKind, other: RequestKind) =>
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
