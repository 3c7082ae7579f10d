import { ArgumentError, readMoment } from "../../cli/arguments.ts";
import type { Course } from "../../functions/domain/course/course.ts";
import { type Audience, COURSE_STATES, type CourseState, type Selection, type Where } from "../audience.ts";

/** What a selection can say. */
export const SELECTION_FORM =
  'state=finished|paused, part=SLUG, zone=Europe/*|UTC, joined<2026-03-01, joined>=2026-03-01 (on the clock where the stage is), tag=WORD, tag="two words", silent>=6, silent<3; joined by and, or, not and brackets, or by commas where all must hold';

/**
 * An audience as it is typed. Empty: everybody who gets issues but those in mid-course, who come with `include` or
 * where a condition names them. Throws an ArgumentError that names what is wrong and shows the form.
 */
export function readAudience(
  typed: string | undefined,
  include: string | undefined,
  courses: readonly Course[],
  zone?: string,
): Audience {
  if (include !== undefined && include !== "mid-course")
    throw new ArgumentError(`--include ${include}? It takes mid-course.`);
  const selection = readSelection("audience", typed, courses, zone);
  const isMeant = include !== undefined || (selection.where !== undefined && namesMidCourse(selection.where));
  return { ...selection, ...(isMeant && { states: [...COURSE_STATES] }) };
}

function namesMidCourse(where: Where): boolean {
  if ("every" in where) return where.every.some(namesMidCourse);
  if ("some" in where) return where.some.some(namesMidCourse);
  return "not" in where ? false : (where.states?.includes("mid-course") ?? false);
}

/**
 * As readAudience, of all people.
 * @param flag by which it was given
 * @param zone of the stage: a day is meant by its clock
 */
export function readSelection(
  flag: string,
  typed: string | undefined,
  courses: readonly Course[],
  zone = "UTC",
): Selection {
  if (typed === undefined || ["", EVERYBODY].includes(typed.trim().toLowerCase())) return {};
  return { where: new Reading(typed, { flag, courses, zone }).all() };
}

/** Narrows nothing: for an issue that went to some until it was planned anew. */
export const EVERYBODY = "everybody";

/** What values are read by. */
interface AudienceTerms {
  flag: string;
  courses: readonly Course[];
  zone: string;
}

/** A condition, a word that joins, a bracket or a comma; a value may stand in quotes. */
const TOKEN =
  /\s*(?:(?<sign>[(),])|(?<join>and|or|not)\b(?!\s*(?:=|<|>=))|(?<name>[a-z]+)\s*(?<is><|>=|=)\s*(?:"(?<quoted>[^"]*)"|(?<plain>[^\s(),"&=<>]+(?:[ ]+(?!(?:and|or|not)\b|[a-z]+\s*(?:=|<|>=))[^\s(),"&=<>]+)*)))/iy;

/** Reads `a or b and not (c, d)`: `not` binds closest, then `and`, then `or`, then the comma. */
class Reading {
  readonly #typed: string;
  readonly #terms: AudienceTerms;
  #at = 0;

  constructor(typed: string, terms: AudienceTerms) {
    this.#typed = typed.trimEnd();
    this.#terms = terms;
  }

  all(): Where {
    const where = this.#list();
    return this.#at === this.#typed.length ? where : this.#refuse();
  }

  #list(): Where {
    const every = [this.#either()];
    while (this.#takes(",")) {
      if (this.#at === this.#typed.length) break;
      every.push(this.#either());
    }
    return every.length === 1 ? (every[0] as Where) : { every };
  }

  #either(): Where {
    const some = [this.#both()];
    while (this.#takes("or")) some.push(this.#both());
    return some.length === 1 ? (some[0] as Where) : { some };
  }

  #both(): Where {
    const every = [this.#one()];
    while (this.#takes("and")) every.push(this.#one());
    return every.length === 1 ? (every[0] as Where) : { every };
  }

  #one(): Where {
    if (this.#takes("not")) return { not: this.#one() };
    if (this.#takes("(")) {
      const inside = this.#list();
      return this.#takes(")") ? inside : this.#refuse();
    }
    const { name, is, quoted, plain } = this.#next()?.groups ?? {};
    const read = CONDITIONS[`${name?.toLowerCase()}${is}`];
    const value = quoted ?? plain;
    if (!read || value === undefined) return this.#refuse();
    this.#at += this.#next()?.[0].length ?? 0;
    return read(value, this.#terms);
  }

  #next(): RegExpExecArray | null {
    TOKEN.lastIndex = this.#at;
    return TOKEN.exec(this.#typed);
  }

  #takes(word: string): boolean {
    const found = this.#next();
    const is = (found?.groups?.sign ?? found?.groups?.join)?.toLowerCase() === word;
    if (is) this.#at += found?.[0].length ?? 0;
    return is;
  }

  #refuse(): never {
    const rest = this.#typed.slice(this.#at).trim();
    throw new ArgumentError(
      `--${this.#terms.flag} does not know "${rest || this.#typed}". It takes: ${SELECTION_FORM}.`,
    );
  }
}

type ReadCondition = (value: string, terms: AudienceTerms) => Selection;

const CONDITIONS: Readonly<Record<string, ReadCondition>> = {
  "state=": (value, { flag }) => ({ states: value.split("|").map((one) => readState(one, flag)) }),
  "part=": (value, terms) => ({ part: readPart(value, terms) }),
  "zone=": (value) => ({ zones: value.split("|") }),
  "joined<": (value, { flag, zone }) => ({ joinedBefore: readMoment(`${flag} joined<`, value, zone) }),
  "joined>=": (value, { flag, zone }) => ({ joinedFrom: readMoment(`${flag} joined>=`, value, zone) }),
  "tag=": (value) => ({ tags: [value.normalize("NFC")] }),
  "silent<": (value, { flag }) => ({ silentBelow: readLessons(value, flag) }),
  "silent>=": (value, { flag }) => ({ silentFrom: readLessons(value, flag) }),
};

function readState(value: string, flag: string): CourseState {
  const state = COURSE_STATES.find((known) => known === value);
  if (!state) throw new ArgumentError(`--${flag} state=${value}? It is one of ${COURSE_STATES.join(", ")}.`);
  return state;
}

function readPart(value: string, { flag, courses }: AudienceTerms): string {
  const parts = courses.flatMap((course) => course.parts.map(({ slug }) => slug));
  if (!parts.includes(value))
    throw new ArgumentError(`--${flag} part=${value}? The courses have ${parts.join(", ")}.`);
  return value;
}

function readLessons(value: string, flag: string): number {
  if (!/^\d{1,3}$/.test(value))
    throw new ArgumentError(
      `--${flag} silent ${value}? It is a number of lessons since the last sign of life.`,
    );
  return Number(value);
}
