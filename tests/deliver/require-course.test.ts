import { expect, it } from "vitest";
import { requireCourse } from "../../functions/deliver/require-course.ts";
import type { Services } from "../../functions/ports.ts";
import { plainContent } from "../support/content.ts";
import { aCourse } from "../support/course.ts";

it("a mail of a course that the stage does not ship is an owner's mistake, named by the course", () => {
  const course = aCourse("one");
  const services = { content: plainContent(course) } as Services;
  expect(requireCourse(services, course.slug)).toBe(course);
  expect(() => requireCourse(services, "gone")).toThrow(
    expect.objectContaining({ code: "course-unknown", message: expect.stringContaining("gone") }),
  );
});
