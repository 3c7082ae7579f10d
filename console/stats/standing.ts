import { type Course, lessonBySlug } from "../../functions/domain/course/course.ts";
import type { OwnerIndex, Tallied } from "../table/owner-index.ts";
import type { CourseCount } from "./count.ts";
import type { LessonCount } from "./lessons.ts";

/** Who stands where, as the owner's index knows it: of what `stats` counts, what needs no reading of the whole table. */
export interface CourseStanding extends Pick<CourseCount, "slug" | "now"> {
  lessons: LessonStandings[];
}

type LessonStandings = Pick<LessonCount, "slug" | "standing" | "leftAfter">;

/** Reads one row an enrolment, a moment old. Counts as `openLessons` does. */
export async function countStanding(
  index: Pick<OwnerIndex, "tally">,
  courses: readonly Course[],
): Promise<CourseStanding[]> {
  const rows = await index.tally("courses", ["course", "status", "deskLesson"]);
  return courses.map((course) => toStanding(course, rows));
}

function toStanding(course: Course, rows: readonly Tallied[]): CourseStanding {
  const now = { active: 0, paused: 0, completed: 0, left: 0 };
  const lessons = course.lessons.map(({ slug }) => ({ slug, standing: 0, leftAfter: 0 }));
  for (const { words, count } of rows) {
    const [slug, status = "", had] = words;
    if (slug !== course.slug || !isCounted(status)) continue;
    now[status] += count;
    const known = had === undefined ? undefined : lessonBySlug(course, had);
    const lesson = lessons.find((one) => one.slug === known?.slug);
    if (!lesson) continue;
    if (status === "left") lesson.leftAfter += count;
    if (status === "active" || status === "paused") lesson.standing += count;
  }
  return { slug: course.slug, now, lessons };
}

const isCounted = (status: string): status is keyof CourseCount["now"] =>
  ["active", "paused", "completed", "left"].includes(status);
