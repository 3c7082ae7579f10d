import type { Course } from "../../functions/domain/course/course.ts";
import type { Enrolment, Rating } from "../../functions/domain/course/enrolment.ts";
import { findArrival } from "../../functions/domain/people/arrival.ts";
import { type Instant, iso } from "../../functions/domain/time.ts";
import type { AllPeople, PersonRecord } from "../table/people.ts";

import { type LessonCount, type Lessons, openLessons } from "./lessons.ts";
import { type LetterCount, openLetters } from "./letters.ts";
import { openWeeks, type WeekOfStats } from "./weeks.ts";

/** What the list and its courses have come to, without names. */
export interface Stats {
  asOf: string;
  people: Record<"unconfirmed" | "active" | "stopped" | "newsletter", number>;
  weeks: WeekOfStats[];
  /** Of those who confirmed, the most first: by the word of the link, else by the site that led them here. */
  origins: OriginCount[];
  courses: CourseCount[];
}

interface OriginCount {
  origin: string;
  confirmed: number;
  /** Of these, who has not stopped since. */
  active: number;
}

export interface CourseCount {
  slug: string;
  title: string;
  /** Enrolments as they stand now. */
  now: Record<Exclude<Enrolment["status"], "inert">, number>;
  lessons: LessonCount[];
  letters: LetterCount[];
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
  const origins = openOrigins();
  const byCourse = courses.map(openCourse);
  let seen = 0;
  for await (const personRecord of allPeople.personRecords()) {
    const { status, newsletter } = personRecord.subscriber;
    people[status]++;
    if (status === "active" && newsletter) people.newsletter++;
    byWeek.add(personRecord);
    origins.add(personRecord);
    for (const course of byCourse) course.add(personRecord);
    tell(++seen);
  }
  const counted = byCourse.map((course) => course.count());
  return { asOf: iso(now), people, weeks: byWeek.all(), origins: origins.all(), courses: counted };
}

/** Anybody can write a word into a link: of more than this, the rest is counted together. */
const MOST_ORIGINS = 1_000;
const MOST_SHOWN = 20;
const UNKNOWN = "not known";
const OTHERS = "others";

function openOrigins() {
  const counts = new Map<string, OriginCount>();
  return {
    add({ subscriber }: PersonRecord) {
      if (!subscriber.consents.some(({ event }) => event === "confirmed")) return;
      const { from, referrer = UNKNOWN } = findArrival(subscriber);
      const named = from ?? referrer;
      const origin = counts.has(named) || counts.size < MOST_ORIGINS ? named : OTHERS;
      const count = counts.get(origin) ?? { origin, confirmed: 0, active: 0 };
      count.confirmed++;
      if (subscriber.status === "active") count.active++;
      counts.set(origin, count);
    },
    all(): OriginCount[] {
      const sorted = [...counts.values()].sort(
        (one, other) => other.confirmed - one.confirmed || (one.origin < other.origin ? -1 : 1),
      );
      const named = sorted.filter(({ origin }) => origin !== OTHERS);
      const rest = [...named.slice(MOST_SHOWN), ...sorted.filter(({ origin }) => origin === OTHERS)];
      const sum = (what: "confirmed" | "active") => rest.reduce((all, count) => all + count[what], 0);
      const others = { origin: OTHERS, confirmed: sum("confirmed"), active: sum("active") };
      return [...named.slice(0, MOST_SHOWN), ...(rest.length > 0 ? [others] : [])];
    },
  };
}

function openCourse(course: Course): Pick<Lessons, "add"> & { count: () => CourseCount } {
  const now = { active: 0, paused: 0, completed: 0, left: 0 };
  const lessons = openLessons(course);
  const letters = openLetters(course);
  const ratings = openRatings();
  return {
    add(personRecord: PersonRecord) {
      lessons.add(personRecord);
      letters.add(personRecord);
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
      letters: letters.all(),
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
