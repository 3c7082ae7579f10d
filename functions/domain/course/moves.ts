import type { Dispatch } from "../sending/dispatch.ts";
import { type Course, type Lesson, lessonBySlug, lessonPlace } from "./course.ts";
import { type Enrolment, MOVE_OUTCOMES, type MoveOutcome } from "./enrolment.ts";

/*
 * Each lesson asks its reader for one small move, and the mail after it asks what became of it: of the lesson that this
 * reader had before, wherever a deploy or the owner has put them since.
 */

export const readMoveOutcome = (text: string | undefined): MoveOutcome | undefined =>
  MOVE_OUTCOMES.find((outcome) => outcome === text);

/**
 * The lesson whose move a mail asks about; undefined for a reader's first lesson, where the one before is gone from the
 * course, and for mails that ask about none.
 * @param done slugs, in the order in which they were sent; those behind the mail's own lesson do not count
 */
export function findMoveAsked(
  course: Course,
  done: readonly string[],
  { kind, slug }: Pick<Dispatch, "kind" | "slug">,
): Lesson | undefined {
  if (kind !== "lesson" && kind !== "completion") return undefined;
  const place = kind === "lesson" ? lessonPlace(course, slug) : -1;
  const at = place < 0 ? -1 : done.findIndex((had) => lessonPlace(course, had) === place);
  const before = at < 0 ? done.at(-1) : done[at - 1];
  return before === undefined ? undefined : lessonBySlug(course, before);
}

/** What became of a lesson's move, under whichever of its names it was told. */
export function findMove(
  { moves = {} }: Pick<Enrolment, "moves">,
  { slug, was }: Pick<Lesson, "slug" | "was">,
): MoveOutcome | undefined {
  const told = [slug, ...was].find((name) => Object.hasOwn(moves, name));
  return told === undefined ? undefined : moves[told];
}

/** What was said last counts. @param outcome undefined: nothing was said */
export function withMove(
  enrolment: Enrolment,
  { slug, was }: Pick<Lesson, "slug" | "was">,
  outcome: MoveOutcome | undefined,
): Enrolment {
  if (findMove(enrolment, { slug, was }) === outcome) return enrolment;
  const { moves = {}, ...rest } = enrolment;
  const others = Object.entries(moves).filter(([name]) => name !== slug && !was.includes(name));
  const all = [...others, ...(outcome ? [[slug, outcome] as const] : [])];
  return all.length === 0 ? rest : { ...rest, moves: Object.fromEntries(all) };
}

/** The lessons of a course whose move became this, in the order of the course. */
export const lessonsByMove = (
  course: Course,
  enrolment: Pick<Enrolment, "moves">,
  outcome: MoveOutcome,
): Lesson[] => course.lessons.filter((lesson) => findMove(enrolment, lesson) === outcome);
