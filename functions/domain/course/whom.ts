/*
 * For whom a lesson is, or a passage of one. Its author says it by what is known of a reader; it is judged when the mail is
 * composed, by what is read then. So an answer, a tag or a move counts until the last moment, and nothing has to be
 * planned anew when one changes.
 */

/** What must be true of a reader. An author writes it as `role = managers and not tag = alumni`. */
export type When = { every: When[] } | { some: When[] } | { not: When } | Condition;

/** One thing that is known of a reader, or is not. */
export type Condition =
  /** The answer to a question of the sign-up is one of these; without them, there is one. */
  | { answer: string; is?: string[] }
  | { tag: string }
  /** The first rating is one of these. */
  | { rating: number[] }
  /** What became of a lesson's move, told under one of its names. */
  | { move: string[]; is: string[] }
  /** A lesson was replied to, under one of its names; or any was. */
  | { replied: string[] | "any" }
  /** So many lessons, or more, since their last sign of life. */
  | { silent: number }
  | { state: ReaderState };

/** again: not for the first time in the course. newsletter: gets its issues as well. */
export const READER_STATES = ["again", "newsletter"] as const;
type ReaderState = (typeof READER_STATES)[number];

/** What counts of a person beside their enrolment. */
export interface PersonFacts {
  tags?: readonly string[] | undefined;
  newsletter?: boolean;
}

/** …and of their enrolment. */
interface EnrolmentFacts {
  run: number;
  answers?: Readonly<Record<string, string>>;
  ratings?: { before?: number };
  moves?: Readonly<Record<string, string>>;
  prompted?: Readonly<Record<string, string>>;
  silent?: number;
}

/** All that a condition can look at, each under a name of its own: a mail is shared by readers in whom those are the same. */
export interface Facts {
  answers: Readonly<Record<string, string>>;
  tags: Readonly<Record<string, true>>;
  rating: number | undefined;
  moves: Readonly<Record<string, string>>;
  /** Lessons that were replied to, in this run. */
  replied: Readonly<Record<string, true>>;
  hasReplied: boolean;
  silent: number;
  isAgain: boolean;
  newsletter: boolean;
}

/** What is known of a reader now. */
export function readFacts(
  { run, answers = {}, ratings, moves = {}, prompted = {}, silent = 0 }: EnrolmentFacts,
  { tags = [], newsletter = false }: PersonFacts,
): Facts {
  const replied = Object.keys(prompted);
  return {
    ...{ answers, rating: ratings?.before, moves, silent, newsletter },
    tags: nameEach(tags),
    replied: nameEach(replied),
    hasReplied: replied.length > 0,
    isAgain: run > 1,
  };
}

const nameEach = (names: readonly string[]): Record<string, true> =>
  Object.fromEntries(names.map((name) => [name, true as const]));

/** Of somebody of whom nothing is known. */
export const NOTHING_KNOWN: Facts = readFacts({ run: 1 }, {});

/** Whether it is for this reader. What names nobody is for everybody. */
export const isFor = ({ when }: { when?: When }, facts: Facts): boolean =>
  when === undefined || holds(when, facts);

function holds(when: When, facts: Facts): boolean {
  if ("every" in when) return when.every.every((one) => holds(one, facts));
  if ("some" in when) return when.some.some((one) => holds(one, facts));
  return "not" in when ? !holds(when.not, facts) : isTrue(when, facts);
}

function isTrue(condition: Condition, facts: Facts): boolean {
  if ("answer" in condition) return isAmong(condition.is, facts.answers[condition.answer]);
  if ("tag" in condition) return facts.tags[condition.tag] === true;
  if ("rating" in condition) return isAmong(condition.rating, facts.rating);
  if ("move" in condition) return condition.move.some((lesson) => isAmong(condition.is, facts.moves[lesson]));
  if ("silent" in condition) return facts.silent >= condition.silent;
  if ("state" in condition) return condition.state === "again" ? facts.isAgain : facts.newsletter;
  if (condition.replied === "any") return facts.hasReplied;
  return condition.replied.some((lesson) => facts.replied[lesson] === true);
}

/** What is not known is among nothing. */
const isAmong = <Value>(values: readonly Value[] | undefined, known: Value | undefined): boolean =>
  known !== undefined && (values?.includes(known) ?? true);
