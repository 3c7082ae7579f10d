import { describe, expect, it } from "vitest";
import {
  inertEnrolment,
  withActivation,
  withLeft,
  withPause,
} from "../../../functions/domain/course/enrolment.ts";
import { progressInWords } from "../../../functions/domain/course/progress.ts";
import { NOTHING_KNOWN } from "../../../functions/domain/course/whom.ts";
import { zoneGroups } from "../../../functions/web/sign-up/zones.ts";
import { aCourse } from "../../support/course.ts";
import { english } from "../../support/words.ts";

const T0 = Date.UTC(2026, 10, 24, 9);
const course = aCourse("one", "two", "three");
const cadence = { zone: "Europe/Berlin", weekday: 2, time: "07:30", pace: "weekly" } as const;
const started = withActivation(inertEnrolment("abcdefghijklmnop", "course", cadence, T0), T0);

describe("a reader's progress", () => {
  it("tells a new reader when lesson 1 comes, on their own clock", () => {
    expect(progressInWords(english, course, started, NOTHING_KNOWN).sentence).toBe(
      "Your first lesson is still ahead of you. Next: Wednesday, 07:30 (25 November 2026): About one.",
    );
  });

  it("counts a lesson that they had under its old name", () => {
    const renamed = aCourse("one", "two", "three");
    renamed.lessons[1] = {
      ...(renamed.lessons[1] as (typeof renamed.lessons)[0]),
      slug: "new",
      was: ["two"],
    };
    const progress = progressInWords(english, renamed, { ...started, done: ["one", "two"] }, NOTHING_KNOWN);
    expect(progress.had).toBe(2);
    expect(progress.parts[0]?.lessons.map(({ had, next }) => [had, next])).toEqual([
      [true, false],
      [true, false],
      [false, true],
    ]);
  });

  it("says until when a pause lasts, and that one without an end waits for them", () => {
    const until = Date.UTC(2026, 11, 8, 9);
    expect(progressInWords(english, course, withPause(started, until), NOTHING_KNOWN).sentence).toContain(
      "Paused until 8 December 2026.",
    );
    expect(progressInWords(english, course, withPause(started), NOTHING_KNOWN).sentence).toContain(
      "Paused until you resume.",
    );
  });

  it("says that nothing more comes to somebody who left", () => {
    expect(progressInWords(english, course, withLeft(started), NOTHING_KNOWN).sentence).toContain(
      "nothing more is sent",
    );
  });
});

describe("the list of time zones", () => {
  it.each([
    ["Europe/Berlin", "Europe/Berlin"],
    ["Asia/Calcutta", "Asia/Kolkata"],
    ["UTC", "UTC"],
  ])("always holds the reader's own, chosen, under today's name: %s", (zone, name) => {
    const chosen = zoneGroups(english, zone).flatMap(({ zones }) => zones.filter((entry) => entry.chosen));
    expect(chosen.map((entry) => entry.name)).toEqual([name]);
  });
});
