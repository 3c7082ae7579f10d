import { ArgumentError, readMoment } from "../../cli/arguments.ts";
import type { Course } from "../../functions/domain/course/course.ts";
import { type Audience, COURSE_STATES, type CourseState, type Selection } from "../audience.ts";

/** What a selection can say. */
export const SELECTION_FORM =
  "state=finished|paused, part=SLUG, zone=Europe/*|UTC, joined<2026-03-01, joined>=2026-03-01, tag=WORD, silent>=6, silent<3";

/**
 * An audience as it is typed: conditions that all must hold, with commas between them. Empty: everybody who gets
 * issues but those in mid-course, who come with `include`. Throws an ArgumentError that names the condition.
 */
export function readAudience(
  typed: string | undefined,
  include: string | undefined,
  courses: readonly Course[],
): Audience {
  if (include !== undefined && include !== "mid-course")
    throw new ArgumentError(`--include ${include}? It takes mid-course.`);
  return { ...(include && { states: [...COURSE_STATES] }), ...readSelection("audience", typed, courses) };
}

/** As readAudience, of all people. @param flag by which it was given */
export function readSelection(
  flag: string,
  typed: string | undefined,
  courses: readonly Course[],
): Selection {
  const selection: Selection = {};
  for (const condition of (typed ?? "").split(",").map((part) => part.trim())) {
    if (condition === "") continue;
    const { tags = [], ...read } = readCondition(flag, condition, courses);
    Object.assign(selection, read);
    if (tags.length > 0) selection.tags = [...(selection.tags ?? []), ...tags];
  }
  return selection;
}

function readCondition(flag: string, condition: string, courses: readonly Course[]): Selection {
  const [, name = "", sign = "", value = ""] = /^([a-z]+)(<|>=|=)(.+)$/.exec(condition) ?? [];
  const read = CONDITIONS[name + sign];
  if (!read)
    throw new ArgumentError(
      `--${flag} does not know "${condition}". It takes, with commas between: ${SELECTION_FORM}.`,
    );
  return read(value, flag, courses);
}

type Condition = (value: string, flag: string, courses: readonly Course[]) => Selection;

const CONDITIONS: Readonly<Record<string, Condition>> = {
  "state=": (value, flag) => ({ states: value.split("|").map((one) => readState(one, flag)) }),
  "part=": (value, flag, courses) => ({ part: readPart(value, flag, courses) }),
  "zone=": (value) => ({ zones: value.split("|") }),
  "joined<": (value, flag) => ({ joinedBefore: readMoment(`${flag} joined<`, value) }),
  "joined>=": (value, flag) => ({ joinedFrom: readMoment(`${flag} joined>=`, value) }),
  "tag=": (value) => ({ tags: [value.normalize("NFC")] }),
  "silent<": (value, flag) => ({ silentBelow: readLessons(value, flag) }),
  "silent>=": (value, flag) => ({ silentFrom: readLessons(value, flag) }),
};

function readState(value: string, flag: string): CourseState {
  const state = COURSE_STATES.find((known) => known === value);
  if (!state) throw new ArgumentError(`--${flag} state=${value}? It is one of ${COURSE_STATES.join(", ")}.`);
  return state;
}

function readPart(value: string, flag: string, courses: readonly Course[]): string {
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
