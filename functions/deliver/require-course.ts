import { findCourse } from "../domain/content.ts";
import type { Course } from "../domain/course/course.ts";
import { OperationalError } from "../errors.ts";
import type { Services } from "../ports.ts";

/**
 * The course of this slug. Throws `course-unknown` if the stage does not ship it: an owner's mistake, which their
 * readers wait out.
 */
export function requireCourse(services: Services, slug: string): Course {
  const course = findCourse(services, slug);
  if (!course) throw new OperationalError("course-unknown", slug);
  return course;
}
