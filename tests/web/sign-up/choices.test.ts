import { describe, expect, it } from "vitest";
import type { Cadence } from "../../../functions/domain/course/cadence.ts";
import type { Course } from "../../../functions/domain/course/course.ts";
import { cadenceChoices, readCadence } from "../../../functions/web/sign-up/choices.ts";
import { aCourse } from "../../support/course.ts";
import { english } from "../../support/words.ts";

const plain = aCourse("one");
const own: Course = {
  ...plain,
  defaults: { ...plain.defaults, weekday: 7, week: [7, 1, 2, 3, 4] },
  paces: [{ pace: "weekly", weeks: 2 }, { pace: "weekly" }, { pace: "twice-weekly", days: [7, 2, 4] }],
};
const cadence: Cadence = { zone: "Asia/Jerusalem", ...own.defaults };
const form = { weekday: "1", time: "18:05", zone: "Asia/Tokyo", pace: "weekly" };

describe("what a reader can choose", () => {
  it("is what the course allows: the days of its week, and its paces", () => {
    const { weekdays, paces } = cadenceChoices(english, own, cadence);
    expect(weekdays.map(({ name, chosen }) => [name, chosen])).toEqual([
      ["Sunday", true],
      ["Monday", false],
      ["Tuesday", false],
      ["Wednesday", false],
      ["Thursday", false],
    ]);
    expect(paces).toEqual([
      { value: "every-two-weeks", says: "Every two weeks", chosen: false },
      { value: "weekly", says: "Once a week", chosen: true },
      { value: "days-247", says: "On Sunday, Tuesday, and Thursday", chosen: false },
    ]);
  });

  it("is Monday to Friday and the three paces where a course names none", () => {
    const { weekdays, paces } = cadenceChoices(english, plain, { zone: "UTC", ...plain.defaults });
    expect(weekdays).toHaveLength(5);
    expect(paces.map(({ value }) => value)).toEqual(["weekly", "twice-weekly", "workdays"]);
  });

  it("holds the pace and the day that a reader has, though the course allows them no more", () => {
    const kept: Cadence = { ...cadence, weekday: 5, pace: "workdays" };
    const { weekdays, paces } = cadenceChoices(english, own, kept);
    expect(weekdays.at(-1)).toEqual({ value: 5, name: "Friday", chosen: true });
    expect(paces.at(-1)).toMatchObject({ value: "workdays", chosen: true });
    expect(readCadence({ ...form, weekday: "5", pace: "workdays" }, own, kept)).toMatchObject({
      weekday: 5,
      pace: "workdays",
    });
    expect(readCadence({ ...form, weekday: "5" }, own, cadence)).toEqual({ problem: "cadence.badWeekday" });
    expect(readCadence({ ...form, pace: "workdays" }, own, cadence)).toEqual({ problem: "cadence.badPace" });
  });

  it("is kept with the days on which the course sends lessons", () => {
    expect(readCadence({ ...form, pace: "days-247" }, own, cadence)).toEqual({
      ...{ zone: "Asia/Tokyo", weekday: 1, time: "18:05", week: [7, 1, 2, 3, 4] },
      ...{ pace: "twice-weekly", days: [7, 2, 4] },
    });
    expect(readCadence({ ...form, pace: "every-two-weeks" }, own, cadence)).toMatchObject({ weeks: 2 });
    expect(readCadence({ ...form, zone: "UTC" }, plain, { zone: "UTC", ...plain.defaults })).toEqual({
      ...{ zone: "UTC", weekday: 1, time: "18:05", pace: "weekly" },
    });
  });
});
