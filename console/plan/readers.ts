import type { Course } from "../../functions/domain/course/course.ts";
import type { Enrolment } from "../../functions/domain/course/enrolment.ts";
import { defaultCadence, firstLessonTime, nextLessonTime } from "../../functions/domain/course/schedule.ts";
import { LESSON_KEY } from "../../functions/domain/sending/agenda.ts";
import { DAY, type Instant } from "../../functions/domain/time.ts";
import type { Deployment } from "../connect.ts";
import { scanHolders } from "../table/scan.ts";
import type { MidCourse } from "./effects.ts";

/** Readers in mid-course, by the slug of their course. */
export type Readers = Map<string, MidCourse[]>;

/** Those of a deployment: active or paused, by a scan of the table. */
export async function readReaders({ services, outputs }: Deployment): Promise<Readers> {
  const readers: Readers = new Map();
  const enrolments = scanHolders(outputs.TableName as string, services.clock.now(), "enrolment");
  for await (const enrolment of enrolments) {
    const { course, status, done, cadence, agenda } = enrolment as Enrolment;
    if (status !== "active" && status !== "paused") continue;
    const { dueAt: nextAt, notBefore: startsOn } = agenda[LESSON_KEY] ?? {};
    const reader: MidCourse = { done, cadence, nextAt, ...(startsOn !== undefined && { startsOn }) };
    const others = readers.get(course);
    if (others) others.push(reader);
    else readers.set(course, [reader]);
  }
  return readers;
}

/** How many are made up for each course, spread evenly over it: from before the first lesson to after the last. */
export function simulatedReaders(courses: Course[], count: number, now: Instant): Readers {
  return new Map(courses.map((course) => [course.slug, spread(course, count, now)]));
}

function spread(course: Course, count: number, now: Instant): MidCourse[] {
  const cadence = defaultCadence(course, "UTC");
  const places = course.lessons.length + 1;
  return Array.from({ length: count }, (_, reader) => {
    const had = Math.floor((reader * places) / count);
    const done = course.lessons.slice(0, had).map(({ slug }) => slug);
    const isOver = had === course.lessons.length;
    const next =
      had === 0
        ? firstLessonTime(cadence, now)
        : nextLessonTime(cadence, now - 3 * DAY, course.lessons[had]?.after);
    return { done, cadence, nextAt: isOver ? undefined : next };
  });
}
