import fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { describe, expect, it } from "vitest";
import { type Cadence, PACES, type Weekday } from "../../../functions/domain/course/cadence.ts";
import { slotInWords } from "../../../functions/domain/course/dates-in-words.ts";
import {
  beginOfDay,
  completionTime,
  defaultCadence,
  firstLessonTime,
  isZone,
  localDate,
  lookBackTime,
  nextDay,
  nextLessonTime,
  resumedLessonTime,
} from "../../../functions/domain/course/schedule.ts";
import { DAY, HOUR } from "../../../functions/domain/time.ts";
import { followingLesson } from "../../../local/simulation/timetable.ts";
import { english } from "../../support/words.ts";

const ZONES = [
  "Europe/Berlin",
  "America/New_York",
  "America/St_Johns",
  "Asia/Kolkata",
  "Asia/Kathmandu",
  "Australia/Lord_Howe",
  "Pacific/Apia",
  "Africa/Casablanca",
  "America/Sao_Paulo",
  "Pacific/Kiritimati",
  "UTC",
];
const berlin: Cadence = { zone: "Europe/Berlin", weekday: 2, time: "07:30", pace: "weekly" };
const local = (zone: string, at: number) =>
  Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
const moment = (text: string) => Temporal.ZonedDateTime.from(text).epochMilliseconds;

const cadences: fc.Arbitrary<Cadence> = fc.record({
  zone: fc.constantFrom(...ZONES),
  weekday: fc.integer({ min: 1, max: 5 }) as fc.Arbitrary<Weekday>,
  time: fc
    .tuple(fc.integer({ min: 0, max: 23 }), fc.constantFrom(0, 15, 30, 45))
    .map(([hour, minute]) => `${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`),
  pace: fc.constantFrom(...PACES),
});
/** Clocks go forward on weekends nearly everywhere; in Cairo on a Friday, from midnight on. */
const IN_A_GAP: [Cadence, number] = [
  { zone: "Africa/Cairo", weekday: 5, time: "00:30", pace: "weekly" },
  moment("2024-04-19T00:30[Africa/Cairo]"),
];
/** The least and the most days from a lesson, whenever it left, to the next. */
const DAYS_BETWEEN = { weekly: [4, 10], "twice-weekly": [2, 7], workdays: [1, 4] } as const;
const moments = fc.integer({ min: Date.UTC(2024, 0, 1), max: Date.UTC(2034, 0, 1) });

describe("the calendar of a reader", () => {
  it("sends lesson 1 on the next working day at the reader's hour", () => {
    const friday = moment("2026-03-20T18:00[Europe/Berlin]");
    expect(slotInWords(english, berlin, firstLessonTime(berlin, friday))).toBe("Monday, 07:30");
    const monday = moment("2026-03-23T06:00[Europe/Berlin]");
    expect(slotInWords(english, berlin, firstLessonTime(berlin, monday))).toBe("Tuesday, 07:30");
  });

  it("counts Friday among the working days: who signs up on a Thursday has lesson 1 the next day", () => {
    const thursday = moment("2026-03-19T18:00[Europe/Berlin]");
    expect(slotInWords(english, berlin, firstLessonTime(berlin, thursday))).toBe("Friday, 07:30");
  });

  it("begins with the course's own day, hour and pace, on the reader's clock", () => {
    const defaults = { weekday: 4 as const, time: "06:45", pace: "workdays" as const };
    expect(defaultCadence({ defaults }, "Asia/Kolkata")).toEqual({ zone: "Asia/Kolkata", ...defaults });
  });

  it("counts a lesson that left at midnight for the day that begins then", () => {
    const day = (at: number) => localDate(berlin, nextLessonTime(berlin, at));
    expect(day(moment("2026-03-20T23:59:59[Europe/Berlin]"))).toBe("2026-03-24");
    expect(day(moment("2026-03-21T00:00[Europe/Berlin]"))).toBe("2026-03-31");
  });

  it("lets the next lesson come 20 hours after one that left late, and not a moment sooner", () => {
    const daily: Cadence = { ...berlin, pace: "workdays" };
    const late = moment("2026-03-23T11:30[Europe/Berlin]");
    expect(localDate(daily, nextLessonTime(daily, late))).toBe("2026-03-24");
    expect(localDate(daily, nextLessonTime({ ...daily, weekday: 3 }, late + 1))).toBe("2026-03-25");
  });

  it("resumes at once where it is just the hour of the lesson", () => {
    const tuesday = moment("2026-03-24T07:30[Europe/Berlin]");
    expect(resumedLessonTime(berlin, tuesday)).toBe(tuesday);
  });

  it("knows on the reader's own clock which day it is, when a day begins, and when the next", () => {
    const apia = { ...berlin, zone: "Pacific/Apia" };
    const noon = Date.UTC(2026, 11, 24, 12);
    expect([localDate(berlin, noon), localDate(apia, noon)]).toEqual(["2026-12-24", "2026-12-25"]);
    expect(beginOfDay(berlin, "2026-12-24")).toBe(Date.UTC(2026, 11, 23, 23));
    expect(nextDay(berlin, "2026-12-24")).toBe(Date.UTC(2026, 11, 24, 23));
  });

  it.each(["2026-02-30", "2026-12-24T10:00", "+002026-12-24", "2026-12-2", "20261224", "tomorrow", ""])(
    "takes “%s” for no day",
    (date) => {
      expect(beginOfDay(berlin, date)).toBeUndefined();
    },
  );

  it("sends lesson 2 on the first chosen weekday at least four days after lesson 1", () => {
    const onMonday = moment("2026-03-23T07:30[Europe/Berlin]");
    expect(local("Europe/Berlin", nextLessonTime(berlin, onMonday)).toPlainDate().toString()).toBe(
      "2026-03-31",
    );
    const onFriday = moment("2026-03-20T07:30[Europe/Berlin]");
    expect(local("Europe/Berlin", nextLessonTime(berlin, onFriday)).toPlainDate().toString()).toBe(
      "2026-03-24",
    );
  });

  it("keeps the reader's hour when the clocks change, so that a week is an hour shorter or longer", () => {
    const before = moment("2026-03-24T07:30[Europe/Berlin]");
    expect(nextLessonTime(berlin, before) - before).toBe(7 * DAY - HOUR);
    const autumn = moment("2026-10-20T07:30[Europe/Berlin]");
    expect(nextLessonTime(berlin, autumn) - autumn).toBe(7 * DAY + HOUR);
  });

  it("puts an hour that the clocks skip behind the gap, and takes the first of one that they repeat", () => {
    const night = { ...berlin, weekday: 7 as Weekday, time: "02:30" };
    const spring = nextLessonTime(night, moment("2026-03-22T02:30[Europe/Berlin]"));
    expect(local(night.zone, spring).toPlainTime().toString()).toBe("03:30:00");
    const autumn = nextLessonTime(night, moment("2026-10-18T02:30[Europe/Berlin]"));
    expect(local(night.zone, autumn).offset).toBe("+02:00");
  });

  it("sends twice a week on the chosen day and three days later, on Monday where that is a weekend", () => {
    const tuesday = moment("2026-06-02T07:30[Europe/Berlin]");
    const twice: Cadence = { ...berlin, pace: "twice-weekly" };
    expect(slotInWords(english, twice, nextLessonTime(twice, tuesday))).toBe("Friday, 07:30");
    const wednesdays: Cadence = { ...twice, weekday: 3 };
    const wednesday = moment("2026-06-03T07:30[Europe/Berlin]");
    expect(slotInWords(english, wednesdays, nextLessonTime(wednesdays, wednesday))).toBe("Monday, 07:30");
  });

  it("sends every working day, over the weekend to Monday, on nights when the clocks change too", () => {
    const daily: Cadence = { ...berlin, pace: "workdays" };
    const slots: string[] = [];
    let at = moment("2026-03-26T07:30[Europe/Berlin]");
    for (let sent = 0; sent < 4; sent++) {
      at = nextLessonTime(daily, at);
      slots.push(local(daily.zone, at).toPlainDateTime().toString());
    }
    expect(slots).toEqual([
      "2026-03-27T07:30:00",
      "2026-03-30T07:30:00",
      "2026-03-31T07:30:00",
      "2026-04-01T07:30:00",
    ]);
  });

  it("gives a full day between two lessons when the hour was changed to an earlier one", () => {
    const early: Cadence = { ...berlin, pace: "workdays", time: "06:00" };
    const evening = moment("2026-06-02T22:00[Europe/Berlin]");
    expect(slotInWords(english, early, nextLessonTime(early, evening))).toBe("Thursday, 06:00");
  });

  it("says the same of lessons that left within hours or days of each other as of each of them alone", () => {
    const nearby = fc.array(fc.integer({ min: -2 * DAY, max: 2 * DAY }), { minLength: 2, maxLength: 8 });
    fc.assert(
      fc.property(cadences, moments, nearby, (cadence, around, offsets) => {
        for (const offset of offsets)
          expect(nextLessonTime(cadence, around + offset)).toBe(
            followingLesson({ week: [1, 2, 3, 4, 5], ...cadence }, around + offset),
          );
      }),
      { numRuns: 300 },
    );
  });

  it("never sends a lesson on a weekend, at another hour, or too soon, in any zone at any pace", () => {
    let inAGap = 0;
    fc.assert(
      fc.property(cadences, moments, (cadence, previous) => {
        const next = nextLessonTime(cadence, previous);
        const [from, to] = [local(cadence.zone, previous), local(cadence.zone, next)];
        const days = from.toPlainDate().until(to.toPlainDate()).days;
        expect(to.dayOfWeek).toBeLessThanOrEqual(5);
        const [least, most] = DAYS_BETWEEN[cadence.pace];
        expect(days).toBeGreaterThanOrEqual(least);
        expect(days).toBeLessThanOrEqual(most);
        expect(next - previous).toBeGreaterThanOrEqual(20 * HOUR);
        const isSkipped = to.toPlainTime().toString({ smallestUnit: "minute" }) !== cadence.time;
        if (!isSkipped) return;
        inAGap++;
        expect(to.hoursInDay).not.toBe(24);
      }),
      { examples: [IN_A_GAP] },
    );
    expect(inAGap, "lessons whose hour the clocks skip").toBeGreaterThan(0);
  });

  it("starts on a working day after today, and resumes no earlier than now", () => {
    fc.assert(
      fc.property(cadences, moments, (cadence, now) => {
        const first = local(cadence.zone, firstLessonTime(cadence, now));
        expect(first.dayOfWeek).toBeLessThanOrEqual(5);
        expect(first.toPlainDate().since(local(cadence.zone, now).toPlainDate()).days).toBeGreaterThanOrEqual(
          1,
        );
        expect(resumedLessonTime(cadence, now)).toBeGreaterThanOrEqual(now);
        expect(resumedLessonTime(cadence, now)).toBeLessThan(now + 8 * DAY);
      }),
    );
  });

  it("completes seven days after the last lesson, and looks back on a Thursday a fortnight after the words", () => {
    const last = moment("2026-06-02T07:30[Europe/Berlin]");
    expect(slotInWords(english, berlin, completionTime(berlin, last))).toBe("Tuesday, 07:30");
    expect(completionTime(berlin, last) - last).toBe(7 * DAY);
    const reflected = moment("2026-06-02T20:00[Europe/Berlin]");
    const lookBack = local("Europe/Berlin", lookBackTime(berlin, reflected, reflected));
    expect(lookBack.toPlainDate().toString()).toBe("2026-06-18");
  });

  it("knows zones by their IANA names only", () => {
    for (const zone of ZONES) expect(isZone(zone), zone).toBe(true);
    const others = ["Mars/Olympus", "+02:00", "", "Europe/Berlin\n", "x".repeat(80)];
    for (const name of [...others, "2026-01-01T00:00+01:00[Europe/Berlin]"])
      expect(isZone(name), name).toBe(false);
  });
});
