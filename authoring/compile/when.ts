import { distance } from "../../cli/arguments.ts";
import { type Condition, READER_STATES, type When } from "../../functions/domain/course/whom.ts";

/*
 * For whom a lesson or a passage is, as an author writes it:
 *
 *   role = managers                  role = managers | sellers       role != managers      role = none, role = any
 *   tag = alumni, tag = "two words"  rating >= 3, rating = 1 | 2     state = again, state = newsletter
 *   move bring-the-example = made    replied, replied bring-the-example      silent, silent >= 3
 *
 * joined by and, or, not and brackets; `not` binds closest, then `and`, then `or`.
 */

/** What a condition can name. */
export interface WhenTerms {
  questions: readonly AskedQuestion[];
  /** The lessons of the course in their order, each with the names that it had. */
  lessons: readonly { slug: string; was: readonly string[] }[];
  /** How many of them come before the lesson that it is about. */
  place: number;
}

interface AskedQuestion {
  slug: string;
  /** The place of the first lesson that asks it, where no sign-up does. */
  askedAt?: number | undefined;
  kind: "choice" | "text";
  options?: readonly { slug: string }[] | undefined;
}

/** What is wrong with a condition: what to do instead. */
export class WhenProblem extends Error {}

const AN_EXAMPLE = "write for example `role = managers and not tag = alumni`";
const MOST_CONDITIONS = 12;
const LONGEST_TAG = 60;
const RATINGS = [1, 2, 3, 4, 5] as const;
/** As an author writes it, and as it is kept. */
const MOVES: Readonly<Record<string, string>> = {
  made: "made",
  "not-yet": "notYet",
  "no-moment": "noMoment",
};

/** The condition that a text is. Throws a WhenProblem. */
export function readWhen(text: string, terms: WhenTerms): When {
  const reading = new Reading(text, terms);
  return reading.all();
}

/** A sign, a word that joins, or what a condition is made of; a value may stand in double quotes. */
const TOKEN = /\s*(?:([()|])|(!=|>=|<=|=|<|>)|"([^"]*)"|([^\s()|=!<>"]+))/y;

interface Token {
  text: string;
  kind: "sign" | "is" | "quoted" | "word";
}

class Reading {
  readonly #tokens: Token[];
  readonly #terms: WhenTerms;
  #at = 0;
  #count = 0;

  constructor(text: string, terms: WhenTerms) {
    this.#tokens = readTokens(text);
    this.#terms = terms;
  }

  all(): When {
    if (this.#tokens.length === 0) throw new WhenProblem(`says nothing; ${AN_EXAMPLE}`);
    const when = this.#either();
    if (this.#at < this.#tokens.length) this.#refuse();
    return when;
  }

  #either(): When {
    const some = [this.#both()];
    while (this.#takes("or")) some.push(this.#both());
    return some.length === 1 ? (some[0] as When) : { some };
  }

  #both(): When {
    const every = [this.#one()];
    while (this.#takes("and")) every.push(this.#one());
    return every.length === 1 ? (every[0] as When) : { every };
  }

  #one(): When {
    if (this.#takes("not")) return { not: this.#one() };
    if (!this.#takes("(")) return this.#condition();
    const inside = this.#either();
    if (!this.#takes(")")) throw new WhenProblem("opens a bracket and does not close it; close it");
    return inside;
  }

  #condition(): When {
    if (++this.#count > MOST_CONDITIONS)
      throw new WhenProblem(
        `asks more than ${MOST_CONDITIONS} things; nobody can tell any more whom it means`,
      );
    const name = this.#next();
    if (name?.kind !== "word" || ["and", "or"].includes(name.text)) return this.#refuse();
    this.#at++;
    if (name.text === "replied") return this.#replied();
    if (name.text === "silent") return this.#silent();
    if (name.text === "move") return this.#move();
    const { is, values } = this.#comparison(name.text);
    if (name.text === "rating") return readRating(is, values);
    if (is !== "=" && is !== "!=")
      throw new WhenProblem(
        `compares ${name.text} by ${is}; only rating and silent are counted: write = or !=`,
      );
    const condition = this.#named(name.text, values);
    return is === "!=" ? { not: condition } : condition;
  }

  #named(name: string, values: readonly string[]): When {
    if (name === "tag") return readTags(values);
    return name === "state" ? readStates(values) : readAnswer(name, values, this.#terms);
  }

  /** To a lesson, if the next word is the name of one, and to any if none follows. */
  #replied(): When {
    const next = this.#next();
    if (next?.kind !== "word" || JOINS.includes(next.text)) return { replied: "any" };
    this.#at++;
    return { replied: this.#lesson(next.text, "nobody has replied to it by then") };
  }

  #silent(): When {
    if (this.#next()?.kind !== "is") return { silent: 1 };
    const { is, values } = this.#comparison("silent");
    const [typed = ""] = values;
    const count = Number(typed);
    if (values.length !== 1 || !/^\d{1,2}$/.test(typed) || !["<", ">="].includes(is) || count === 0)
      throw new WhenProblem("is silent for no number of lessons; write silent >= 3, or silent < 3");
    return is === ">=" ? { silent: count } : { not: { silent: count } };
  }

  #move(): When {
    const lesson = this.#next();
    if (lesson?.kind !== "word") return this.#refuse();
    this.#at++;
    const { is, values } = this.#comparison(`move ${lesson.text}`);
    const outcomes = values.map((value) => MOVES[value]);
    if (outcomes.includes(undefined) || (is !== "=" && is !== "!="))
      throw new WhenProblem(
        `asks for a move that is ${values.join(" | ")}; write = and one of ${Object.keys(MOVES).join(", ")}`,
      );
    const move = this.#lesson(lesson.text, "nobody has told of its move by then");
    const condition: Condition = { move, is: outcomes as string[] };
    return is === "!=" ? { not: condition } : condition;
  }

  /** All names of a lesson that comes before. */
  #lesson(slug: string, tooLate: string): string[] {
    const { lessons, place } = this.#terms;
    const at = lessons.findIndex((one) => one.slug === slug || one.was.includes(slug));
    const { slug: name = slug, was = [] } = lessons[at] ?? {};
    if (at < 0)
      throw new WhenProblem(
        `names the lesson ${slug}, which the course does not have${guess(
          slug,
          lessons.map((one) => one.slug),
        )}`,
      );
    if (at >= place) throw new WhenProblem(`names the lesson ${slug}, which comes no earlier: ${tooLate}`);
    return [name, ...was];
  }

  #comparison(name: string): { is: string; values: string[] } {
    const sign = this.#next();
    if (sign?.kind !== "is") throw new WhenProblem(`says nothing of ${name}; ${AN_EXAMPLE}`);
    this.#at++;
    const values = [this.#value(`${name} ${sign.text}`)];
    while (this.#takes("|")) values.push(this.#value("|"));
    return { is: sign.text, values };
  }

  #value(behind: string): string {
    const token = this.#next();
    if (token?.kind === "quoted" || (token?.kind === "word" && !JOINS.includes(token.text))) {
      this.#at++;
      return token.text;
    }
    throw new WhenProblem(`has no value behind "${behind}"; ${AN_EXAMPLE}`);
  }

  #next(): Token | undefined {
    return this.#tokens[this.#at];
  }

  #takes(text: string): boolean {
    const next = this.#next();
    const is = next?.text === text && next.kind !== "quoted";
    if (is) this.#at++;
    return is;
  }

  #refuse(): never {
    const rest = this.#tokens.slice(this.#at).map(({ text }) => text);
    throw new WhenProblem(`is not understood from "${rest.join(" ")}" on; ${AN_EXAMPLE}`);
  }
}

const JOINS: readonly string[] = ["and", "or", "not"];

function readTokens(text: string): Token[] {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.trimEnd().length) {
    const from = TOKEN.lastIndex;
    const [, sign, is, quoted, word] = TOKEN.exec(text) ?? [];
    if (sign !== undefined) tokens.push({ text: sign, kind: "sign" });
    else if (is !== undefined) tokens.push({ text: is, kind: "is" });
    else if (quoted !== undefined) tokens.push({ text: quoted, kind: "quoted" });
    else if (word !== undefined) tokens.push({ text: word, kind: "word" });
    else throw new WhenProblem(`is not understood from "${text.slice(from).trim()}" on; ${AN_EXAMPLE}`);
  }
  return tokens;
}

const anyOf = (conditions: readonly Condition[]): When =>
  conditions.length === 1 ? (conditions[0] as Condition) : { some: [...conditions] };

function readRating(is: string, values: readonly string[]): When {
  const numbers = values.map(Number);
  if (!numbers.every((value) => RATINGS.some((rating) => rating === value)))
    throw new WhenProblem(`names a rating of ${values.join(" | ")}; a rating is 1 to 5`);
  const [bound = 0] = numbers;
  if (is === "!=") return { not: { rating: numbers } };
  if (is === "=") return { rating: numbers };
  if (numbers.length > 1)
    throw new WhenProblem(`compares a rating with several; write rating ${is} ${bound}`);
  return { rating: RATINGS.filter((rating) => isBeyond(rating, is, bound)) };
}

function isBeyond(rating: number, is: string, bound: number): boolean {
  if (is === "<") return rating < bound;
  if (is === "<=") return rating <= bound;
  return is === ">" ? rating > bound : rating >= bound;
}

/** As the console takes them: without a comma, and as long as one can be. */
function readTags(values: readonly string[]): When {
  for (const tag of values)
    if (tag.trim() === "" || tag.includes(",") || [...tag].length > LONGEST_TAG)
      throw new WhenProblem(
        `names a tag that nobody can have, "${tag}"; a tag has 1 to ${LONGEST_TAG} characters and no comma`,
      );
  return anyOf(values.map((tag) => ({ tag: tag.trim().normalize("NFC") })));
}

function readStates(values: readonly string[]): When {
  const states = values.map((value) => READER_STATES.find((state) => state === value));
  if (states.includes(undefined))
    throw new WhenProblem(`names a state of ${values.join(" | ")}; write one of ${READER_STATES.join(", ")}`);
  return anyOf(states.flatMap((state) => (state ? [{ state }] : [])));
}

/** What is said of who has answered nothing, and of who has answered anything. */
const NO_ANSWER = "none";
const ANY_ANSWER = "any";

function readAnswer(name: string, values: readonly string[], { questions, lessons, place }: WhenTerms): When {
  const question = questions.find(({ slug }) => slug === name);
  if (!question) throw new WhenProblem(unknownQuestion(name, questions));
  const { askedAt = -1 } = question;
  if (askedAt >= place)
    throw new WhenProblem(
      `asks ${name}, which the lesson ${lessons[askedAt]?.slug} asks, and that comes no earlier: nobody has answered by then`,
    );
  const options = question.options?.map(({ slug }) => slug);
  const answered: Condition = { answer: name, ...(options && { is: options }) };
  const chosen = values.filter((value) => value !== NO_ANSWER && value !== ANY_ANSWER);
  const strange = chosen.find((value) => !options?.includes(value));
  if (strange !== undefined && !options)
    throw new WhenProblem(
      `compares ${name}, which everybody answers in their own words; write ${name} = any, or ${name} = none`,
    );
  if (strange !== undefined)
    throw new WhenProblem(`names ${strange}, which is no answer to ${name}${guess(strange, options ?? [])}`);
  const some: When[] = [
    ...(chosen.length > 0 ? [{ answer: name, is: chosen }] : []),
    ...(values.includes(ANY_ANSWER) ? [answered] : []),
    ...(values.includes(NO_ANSWER) ? [{ not: answered }] : []),
  ];
  return some.length === 1 ? (some[0] as When) : { some };
}

function unknownQuestion(name: string, questions: readonly AskedQuestion[]): string {
  const slugs = questions.map(({ slug }) => slug);
  const known = [...slugs, "tag", "rating", "move", "replied", "silent", "state"];
  return slugs.length === 0
    ? `asks ${name}, and nothing asks it: course.yaml has no questions${guess(name, known)}`
    : `asks ${name}, and nothing asks it${guess(name, known)}`;
}

const LIKELY_TYPO = 3;

/** What may have been meant, or all that there is. */
function guess(typed: string, known: readonly string[]): string {
  const [near] = known
    .map((one) => ({ one, letters: distance(one, typed) }))
    .filter(({ letters }) => letters <= Math.min(LIKELY_TYPO, typed.length / 2))
    .sort((one, other) => one.letters - other.letters);
  return near ? `; did you mean ${near.one}` : `; there are ${known.join(", ")}`;
}
