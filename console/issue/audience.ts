import { ArgumentError, readMoment } from "../../cli/arguments.ts";
import type { Course } from "../../functions/domain/course/course.ts";
import type { Question } from "../../functions/domain/course/questions.ts";
import { listQuestions } from "../answers.ts";
import {
  type Audience,
  COURSE_STATES,
  type CourseState,
  NO_ANSWER,
  type Selection,
  type Where,
} from "../audience.ts";
import { readZonePattern } from "../zone-names.ts";

/** What a selection can say. */
export const SELECTION_FORM =
  'state=finished|paused, part=SLUG, zone=Europe/*|UTC, joined<2026-03-01, joined>=2026-03-01 (on the clock where the stage is), tag=WORD, tag="two words", from=WORD|HOST, silent>=6, silent<3, QUESTION=ANSWER|ANSWER|none (of a sign-up form); joined by and, or, not and brackets, or by commas where all must hold';

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
  return { where: new Reading(asTyped(typed), { flag, courses, zone }).all() };
}

/** Narrows nothing: for an issue that went to some until it was planned anew. */
export const EVERYBODY = "everybody";

/** What values are read by. */
interface AudienceTerms {
  flag: string;
  courses: readonly Course[];
  zone: string;
}

/** What writing programs make of quotes and spaces; within straight quotes it is a part of the words. */
const TYPED_AS: readonly (readonly [RegExp, string])[] = [
  [/[\u201c-\u201f\u00ab\u00bb\u2033\uff02]/g, '"'],
  [/(?<==\s*)['\u2018-\u201b]([^'\u2018-\u201b"]*)['\u2018-\u201b](?=[\s,()]|$)/g, '"$1"'],
  [/[\p{Zs}\t]/gu, " "],
  [/\p{Default_Ignorable_Code_Point}/gu, ""],
];
const asTyped = (text: string): string =>
  text
    .split(/("[^"]*")/)
    .map((piece, at) =>
      at % 2 === 1
        ? piece
        : TYPED_AS.reduce((plain, [written, meant]) => plain.replace(written, meant), piece),
    )
    .join("");

/** A condition, a word that joins, a bracket or a comma; a value may stand in quotes. */
const TOKEN =
  /\s*(?:(?<sign>[(),])|(?<join>and|or|not)(?![a-z0-9-])(?!\s*(?:=|<|>=))|(?<name>[a-z][a-z0-9-]*)\s*(?<is><|>=|=)\s*(?:"(?<quoted>[^"]*)"|(?<plain>(?!(?:and|or|not)\b)[^\s(),"&=<>]+(?:[ ]+(?!(?:and|or|not)\b|[a-z][a-z0-9-]*\s*(?:=|<|>=))[^\s(),"&=<>]+)*)))/iy;

/** `tag=not vip`: a word that joins in the place of a value. */
const JOIN_AS_VALUE = /^\s*([a-z]+\s*(?:<|>=|=))\s*(and|or|not)\b\s*([^\s(),"&=<>]*)/i;

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
    if (this.#at === this.#typed.length) return where;
    return this.#typed.startsWith(")", this.#at)
      ? this.#refuse('has a ")" that no "(" opens')
      : this.#refuse();
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
      const opened = this.#typed.slice(0, this.#at).trim();
      if (this.#takes(")")) return this.#refuse("has brackets with nothing in them");
      const inside = this.#list();
      if (this.#takes(")")) return inside;
      return this.#at === this.#typed.length
        ? this.#refuse(`opens a bracket behind "${opened}" and does not close it`)
        : this.#refuse();
    }
    const { name, is, quoted, plain } = this.#next()?.groups ?? {};
    const read = CONDITIONS[`${name?.toLowerCase()}${is}`] ?? this.#question(name, is);
    const value = quoted ?? plain;
    if (!read || value === undefined) return this.#refuse(this.#joinAsValue());
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

  /** What the courses ask is a condition of its own. */
  #question(name: string | undefined, is: string | undefined): ReadCondition | undefined {
    const question = listQuestions(this.#terms.courses).find(({ slug }) => slug === name?.toLowerCase());
    return question && is === "=" ? (value, { flag }) => readAnswered(question, value, flag) : undefined;
  }

  #joinAsValue(): string | undefined {
    const [whole, before, join, word] = JOIN_AS_VALUE.exec(this.#typed.slice(this.#at)) ?? [];
    if (whole === undefined) return undefined;
    const instead = join?.toLowerCase() === "not" && word ? `not ${before}${word}` : `${before}WORD`;
    return `has "${join}" where the value of "${before}" belongs. Write ${instead}, or in quotes what is called so: ${before}"${[join, word].filter(Boolean).join(" ")}"`;
  }

  #refuse(why?: string): never {
    const rest = this.#typed.slice(this.#at).trim();
    throw new ArgumentError(
      `--${this.#terms.flag} ${why ?? `does not know "${rest || this.#typed}"`}. It takes: ${SELECTION_FORM}.`,
    );
  }
}

type ReadCondition = (value: string, terms: AudienceTerms) => Selection;

const CONDITIONS: Readonly<Record<string, ReadCondition>> = {
  "state=": (value, { flag }) => ({ states: value.split("|").map((one) => readState(one, flag)) }),
  "part=": (value, terms) => ({ part: readPart(value, terms) }),
  "zone=": (value, { flag }) => ({ zones: value.split("|").map((one) => readZonePattern(flag, one)) }),
  "joined<": (value, { flag, zone }) => ({ joinedBefore: readMoment(`${flag} joined<`, value, zone) }),
  "joined>=": (value, { flag, zone }) => ({ joinedFrom: readMoment(`${flag} joined>=`, value, zone) }),
  "tag=": (value) => ({ tags: [value.normalize("NFC")] }),
  "from=": (value) => ({
    origins: value.split("|").map((one) => one.trim().normalize("NFKC").toLowerCase()),
  }),
  "silent<": (value, { flag }) => ({ silentBelow: readSilence(value, flag) }),
  "silent>=": (value, { flag }) => ({ silentFrom: readLessons(value, flag) }),
};

function readAnswered(question: Question, value: string, flag: string): Selection {
  const is = value.split("|").map((one) => one.trim().normalize("NFC").toLowerCase());
  const known = [...(question.options ?? []).map(({ slug }) => slug), NO_ANSWER];
  const strange = question.kind === "text" ? undefined : is.find((one) => !known.includes(one));
  if (strange !== undefined)
    throw new ArgumentError(`--${flag} ${question.slug}=${strange}? It is one of ${known.join(", ")}.`);
  return { answer: { question: question.slug, is } };
}

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

/** Nobody has had fewer than no lessons. */
function readSilence(value: string, flag: string): number {
  const lessons = readLessons(value, flag);
  if (lessons === 0)
    throw new ArgumentError(
      `--${flag} silent<0? That is nobody. silent<1 are those who gave a sign since the last lesson.`,
    );
  return lessons;
}

function readLessons(value: string, flag: string): number {
  if (!/^\d{1,3}$/.test(value))
    throw new ArgumentError(
      `--${flag} silent ${value}? It is a number of lessons since the last sign of life.`,
    );
  return Number(value);
}
