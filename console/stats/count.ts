import type { Course } from "../../functions/domain/course/course.ts";
import type { Enrolment, Rating } from "../../functions/domain/course/enrolment.ts";
import { type Instant, iso } from "../../functions/domain/time.ts";
import type { AllPeople, PersonRecord } from "../table/people.ts";

import { type LessonCount, type Lessons, openLessons } from "./lessons.ts";
import { openWeeks, type WeekOfStats } from "./weeks.ts";

/** What the list and its courses have come to, without names. */
export interface Stats {
  asOf: string;
  people: Record<"unconfirmed" | "active" | "stopped" | "newsletter", number>;
  weeks: WeekOfStats[];
  courses: CourseCount[];
}

export interface CourseCount {
  slug: string;
  title: string;
  /** Enrolments as they stand now. */
  now: Record<Exclude<Enrolment["status"], "inert">, number>;
  lessons: LessonCount[];
  lift: Lift;
}

/**
 * How readers rated themselves before and after, by those who did both. It claims nothing: who rates twice has
 * stayed to the end.
 */
interface Lift {
  question: string;
  /** Who rated both times, and who only before. */
  n: number;
  onlyBefore: number;
  /** Means; null if no reader rated both times. */
  before: number | null;
  after: number | null;
  /** How many gave each rating from 1 to 5, of those who rated both times. */
  ratingsBefore: number[];
  ratingsAfter: number[];
}

/** Counts everybody in one scan, in bounded memory. @param tell is told how many people are counted so far */
export async function countStats(
  allPeople: Pick<AllPeople, "personRecords">,
  courses: readonly Course[],
  { weeks, now }: { weeks: number; now: Instant },
  tell: (people: number) => void = () => {},
): Promise<Stats> {
  const people = { unconfirmed: 0, active: 0, stopped: 0, newsletter: 0 };
  const byWeek = openWeeks(weeks, now);
  const byCourse = courses.map(openCourse);
  let seen = 0;
  for await (const personRecord of allPeople.personRecords()) {
    const { status, newsletter } = personRecord.subscriber;
    people[status]++;
    if (status === "active" && newsletter) people.newsletter++;
    byWeek.add(personRecord);
    for (const course of byCourse) course.add(personRecord);
    tell(++seen);
  }
  return { asOf: iso(now), people, weeks: byWeek.all(), courses: byCourse.map((course) => course.count()) };
}

function openCourse(course: Course): Pick<Lessons, "add"> & { count: () => CourseCount } {
  const now = { active: 0, paused: 0, completed: 0, left: 0 };
  const lessons = openLessons(course);
  const ratings = openRatings();
  return {
    add(personRecord: PersonRecord) {
      lessons.add(personRecord);
      for (const enrolment of personRecord.enrolments) {
        if (enrolment.course !== course.slug || enrolment.status === "inert") continue;
        now[enrolment.status]++;
        ratings.add(enrolment);
      }
    },
    count: () => ({
      slug: course.slug,
      title: course.title,
      now,
      lessons: lessons.all(),
      lift: { question: course.ratingQuestion, ...ratings.all() },
    }),
  };
}

const RATINGS: readonly Rating[] = [1, 2, 3, 4, 5];

function openRatings() {
  const before = RATINGS.map(() => 0);
  const after = RATINGS.map(() => 0);
  let onlyBefore = 0;
  const mean = (counts: readonly number[], n: number) =>
    n === 0 ? null : counts.reduce((sum, count, at) => sum + count * (at + 1), 0) / n;
  return {
    add({ ratings }: Enrolment) {
      if (ratings.before && ratings.after) {
        before[ratings.before - 1] = (before[ratings.before - 1] ?? 0) + 1;
        after[ratings.after - 1] = (after[ratings.after - 1] ?? 0) + 1;
      } else if (ratings.before) {
        onlyBefore++;
      }
    },
    all(): Omit<Lift, "question"> {
      const n = before.reduce((sum, count) => sum + count, 0);
      return {
        n,
        onlyBefore,
        before: mean(before, n),
        after: mean(after, n),
        ratingsBefore: before,
        ratingsAfter: after,
      };
    },
  };
}
