import type { Cadence } from "../../functions/domain/course/cadence.ts";
import { type Course, type Lesson, lessonsAhead } from "../../functions/domain/course/course.ts";
import type { Facts } from "../../functions/domain/course/whom.ts";
import type { Instant } from "../../functions/domain/time.ts";

/** A reader in mid-course, as far as a change of content concerns them. */
export interface MidCourse {
  /** Slugs, in the order in which they had them. */
  done: string[];
  cadence: Cadence;
  /** The day on which their cohort begins, where they wait for it. */
  startsOn?: string;
  /** What is known of them: some lessons are for some readers. */
  facts: Facts;
  /** That they chose; undefined: each course's own. */
  language?: string;
  /** They have finished, and want what the course gets later. */
  wantsLater?: true;
  /** When their next lesson is due; undefined if only the completion is to come. */
  nextAt: Instant | undefined;
}

/** The lessons a reader has ahead of them. A reader who waits for the completion has none, whatever is appended. */
export const listAhead = (course: Course, { done, facts, nextAt }: MidCourse): Lesson[] =>
  nextAt === undefined ? [] : lessonsAhead(course, { done }, facts);

/** The old version of a lesson, under its name or one it had. */
export const counterpart = (before: Course, { slug, was }: Lesson): Lesson | undefined =>
  before.lessons.find((old) => old.slug === slug || was.includes(old.slug));
