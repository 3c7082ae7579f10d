import { describe, expect, it } from "vitest";
import type { Course, Lesson } from "../../../functions/domain/course/course.ts";
import { offsetChanges, promisedCalendar } from "../../../local/demo/calendar.ts";
import { aCourse } from "../../support/course.ts";

const at = (moment: string) => Date.parse(moment);

const courseOf = (lessons: number, defaults: Partial<Course["defaults"]> = {}): Course => {
  const course = aCourse(...Array.from({ length: lessons }, (_, place) => `lesson-${place + 1}`));
  return { ...course, defaults: { ...course.defaults, ...defaults } };
};

describe("the calendar that the demo holds the course to", () => {
  it("gives a reader who confirms on Friday lesson 1 on Monday, then Tuesdays, across the clocks' change", () => {
    const { lessons, completion } = promisedCalendar(at("2026-03-06T17:03Z"), "Europe/Berlin", courseOf(12));
    expect(lessons.map((moment) => new Date(moment).toISOString().slice(0, 16))).toEqual([
      "2026-03-09T06:30",
      "2026-03-17T06:30",
      "2026-03-24T06:30",
      "2026-03-31T05:30",
      "2026-04-07T05:30",
      "2026-04-14T05:30",
      "2026-04-21T05:30",
      "2026-04-28T05:30",
      "2026-05-05T05:30",
      "2026-05-12T05:30",
      "2026-05-19T05:30",
      "2026-05-26T05:30",
    ]);
    expect(new Date(completion).toISOString()).toBe("2026-06-02T05:30:00.000Z");
  });

  it("keeps four days between lesson 1 and lesson 2", () => {
    const [first, second] = promisedCalendar(at("2026-03-05T12:00Z"), "UTC", courseOf(2)).lessons;
    expect([first, second]).toEqual([at("2026-03-06T07:30Z"), at("2026-03-10T07:30Z")]);
    const [monday, tuesday] = promisedCalendar(at("2026-03-08T12:00Z"), "UTC", courseOf(2)).lessons;
    expect([monday, tuesday]).toEqual([at("2026-03-09T07:30Z"), at("2026-03-17T07:30Z")]);
  });

  it("goes through a course of working days in a row, and leaves the weekend out", () => {
    const daily = courseOf(4, { pace: "workdays", time: "06:00" });
    const { lessons, completion } = promisedCalendar(at("2026-03-03T12:00Z"), "UTC", daily);
    expect([...lessons, completion]).toEqual(
      ["2026-03-04", "2026-03-05", "2026-03-06", "2026-03-09", "2026-03-16"].map((day) =>
        at(`${day}T06:00Z`),
      ),
    );
  });

  it("goes twice a week on the chosen day and three days later, on Monday where that is a weekend", () => {
    const twice = courseOf(4, { pace: "twice-weekly", weekday: 4 });
    const { lessons } = promisedCalendar(at("2026-03-03T12:00Z"), "UTC", twice);
    expect(lessons).toEqual(
      ["2026-03-04", "2026-03-09", "2026-03-12", "2026-03-16"].map((day) => at(`${day}T07:30Z`)),
    );
  });

  it("goes every two weeks, on named days, in a week of its own, and lets a lesson wait", () => {
    const days = (course: Course) =>
      promisedCalendar(at("2026-03-03T12:00Z"), "UTC", course).lessons.map((moment) =>
        new Date(moment).toISOString().slice(5, 10),
      );
    expect(days(courseOf(3, { weeks: 2 }))).toEqual(["03-04", "03-17", "03-31"]);
    const named = { pace: "twice-weekly", days: [1, 3, 5] } as const;
    expect(days(courseOf(4, named))).toEqual(["03-04", "03-06", "03-09", "03-11"]);
    const week = { week: [7, 1, 2, 3, 4], pace: "workdays" } as const;
    expect(days(courseOf(4, week))).toEqual(["03-04", "03-05", "03-08", "03-09"]);
    const [one, two, ...others] = courseOf(3).lessons as [Lesson, Lesson];
    expect(days({ ...courseOf(3), lessons: [one, { ...two, after: 3 }, ...others] })).toEqual([
      ...["03-04", "03-09", "03-17"],
    ]);
  });

  it("begins on the day of the next cohort, and on the next working day after the last", () => {
    const cohorts: Course = {
      ...courseOf(2),
      starts: { dates: ["2026-03-05", "2026-04-14"], afterTheLast: "starts at once" },
    };
    const first = (confirmedAt: string) =>
      new Date(promisedCalendar(at(confirmedAt), "UTC", cohorts).lessons[0] ?? 0).toISOString().slice(0, 10);
    expect(first("2026-03-03T12:00Z")).toBe("2026-03-05");
    expect(first("2026-03-05T07:30Z")).toBe("2026-04-14");
    expect(first("2026-05-01T12:00Z")).toBe("2026-05-04");
  });

  it("knows when the clocks changed in between", () => {
    const change = offsetChanges(at("2026-03-24T06:30Z"), at("2026-03-31T05:30Z"), "Europe/Berlin");
    expect(change).toEqual({ before: "+01:00", after: "+02:00" });
    expect(offsetChanges(at("2026-03-24T06:30Z"), at("2026-03-31T05:30Z"), "UTC")).toBeUndefined();
  });
});
