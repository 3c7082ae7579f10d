import { type Audience, COURSE_STATES, type CourseState } from "../../functions/domain/audience.ts";
import type { Course } from "../../functions/domain/course.ts";
import { ArgumentError, readMoment } from "../../local/arguments.ts";

const FORM = "state=finished|paused, part=SLUG, zone=Europe/*|UTC, joined<2026-03-01, joined>=2026-03-01";

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
  const audience: Audience = include ? { states: [...COURSE_STATES] } : {};
  for (const condition of (typed ?? "").split(",").map((part) => part.trim())) {
    if (condition !== "") Object.assign(audience, readCondition(condition, courses));
  }
  return audience;
}

function readCondition(condition: string, courses: readonly Course[]): Audience {
  const [, name, sign, value = ""] = /^(state|part|zone|joined)(=|<|>=)(.+)$/.exec(condition) ?? [];
  if (name === "state" && sign === "=") return { states: value.split("|").map(readState) };
  if (name === "part" && sign === "=") return { part: readPart(value, courses) };
  if (name === "zone" && sign === "=") return { zones: value.split("|") };
  if (name === "joined" && sign === "<") return { joinedBefore: readMoment("audience joined<", value) };
  if (name === "joined" && sign === ">=") return { joinedFrom: readMoment("audience joined>=", value) };
  throw new ArgumentError(`--audience does not know "${condition}". It takes, with commas between: ${FORM}.`);
}

function readState(value: string): CourseState {
  const state = COURSE_STATES.find((known) => known === value);
  if (!state) throw new ArgumentError(`--audience state=${value}? It is one of ${COURSE_STATES.join(", ")}.`);
  return state;
}

function readPart(value: string, courses: readonly Course[]): string {
  const parts = courses.flatMap((course) => course.parts.map(({ slug }) => slug));
  if (!parts.includes(value))
    throw new ArgumentError(`--audience part=${value}? The courses have ${parts.join(", ")}.`);
  return value;
}

/** `d•••@printer.example`: enough to see whom one is about to write to, too little to copy a list. */
export const masked = (address: string): string => address.replace(/^(.)[^@]*/, "$1•••");
