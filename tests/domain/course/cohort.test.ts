import fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { describe, expect, it } from "vitest";
import type { Cadence, Weekday } from "../../../functions/domain/course/cadence.ts";
import { findStart, isClosed, startAwaited } from "../../../functions/domain/course/cohort.ts";
import type { Course } from "../../../functions/domain/course/course.ts";
import {
  type Enrolment,
  inertEnrolment,
  wantsLessonNow,
  withActivation,
  withAdvance,
  withCadence,
  withNewRun,
  withPause,
  withResumption,
} from "../../../functions/domain/course/enrolment.ts";
import { withCommands } from "../../../functions/domain/replies/command.ts";
import { DAY, HOUR } from "../../../functions/domain/time.ts";
import { nextLessonTime, startFor, type Wishes } from "../../../local/simulation/timetable.ts";
import { aCourse } from "../../support/course.ts";

const berlin: Cadence = { zone: "Europe/Berlin", weekday: 2, time: "07:30", pace: "weekly" };
const moment = (text: string) => Temporal.ZonedDateTime.from(text).epochMilliseconds;
const onClock = (zone: string, at: number | undefined) =>
  Temporal.Instant.fromEpochMilliseconds(at ?? Number.NaN)
    .toZonedDateTimeISO(zone)
    .toPlainDateTime()
    .toString({ smallestUnit: "minute" });

const course: Course = {
  ...aCourse("one", "two"),
  starts: { dates: ["2027-01-12", "2027-03-09"], afterTheLast: "closed" },
};
const confirmed = (now: number, cadence = berlin): Enrolment =>
  withActivation(inertEnrolment("reader", "course", cadence, now), now, findStart(course, cadence, now));
const lessonAt = ({ agenda, cadence }: Enrolment) => onClock(cadence.zone, agenda.lesson?.dueAt);
const RUNS = 500;
const AUTUMN = moment("2026-11-24T10:00[Europe/Berlin]");

describe("a cohort", () => {
  it("holds all who confirm until its first lesson leaves, and the next one those who come later", () => {
    expect(lessonAt(confirmed(AUTUMN))).toBe("2027-01-12T07:30");
    expect(lessonAt(confirmed(moment("2027-01-12T07:29[Europe/Berlin]")))).toBe("2027-01-12T07:30");
    expect(lessonAt(confirmed(moment("2027-01-12T07:30[Europe/Berlin]")))).toBe("2027-03-09T07:30");
    expect(lessonAt(confirmed(moment("2027-03-09T12:00[Europe/Berlin]")))).toBe("2027-03-10T07:30");
  });

  it("gets the welcome at once, and lesson 1 on its day by each reader's own clock", () => {
    const auckland = confirmed(AUTUMN, { ...berlin, zone: "Pacific/Auckland" });
    expect(auckland.agenda.welcome?.dueAt).toBe(AUTUMN);
    expect(lessonAt(auckland)).toBe("2027-01-12T07:30");
  });

  it("keeps its day whatever its reader changes: hour, zone, pace, a pause", () => {
    const waiting = confirmed(AUTUMN);
    const moved = withCadence(waiting, { ...berlin, zone: "Asia/Tokyo", time: "18:00" }, AUTUMN + HOUR);
    expect(lessonAt(moved)).toBe("2027-01-12T18:00");
    const back = withResumption(withPause(moved), AUTUMN + 9 * DAY);
    expect(lessonAt(back)).toBe("2027-01-12T18:00");
    expect(lessonAt(withResumption(withPause(waiting), moment("2027-01-14T12:00[Europe/Berlin]")))).toBe(
      "2027-01-15T07:30",
    );
  });

  it("lets nobody have a lesson before, and says so to who asks by reply", () => {
    const waiting = confirmed(AUTUMN);
    expect(wantsLessonNow(waiting, AUTUMN + HOUR)).toBe(waiting);
    const order = {
      ...{ commands: [{ name: "next" as const }], reflection: "r1", receivedAt: AUTUMN, now: AUTUMN },
      ...{ asks: undefined, paces: [], questions: [], isConfirmed: true, isProven: false, isPlain: false },
    };
    const { agenda } = withCommands(waiting, order);
    expect(Object.keys(agenda).filter((key) => key.startsWith("notice_"))).toEqual(["notice_waits-r1"]);
    expect(agenda.lesson).toEqual(waiting.agenda.lesson);
  });

  it("is over with lesson 1: what follows comes by the pace, and who starts again starts at once", () => {
    const waiting = confirmed(AUTUMN);
    expect(startAwaited(waiting)).toBe(waiting.agenda.lesson?.dueAt);
    const begun = withAdvance(waiting, "lesson", "one", course, waiting.agenda.lesson?.dueAt ?? 0, {});
    expect(startAwaited(begun)).toBeUndefined();
    expect(lessonAt(begun)).toBe("2027-01-19T07:30");
    const again = withNewRun(begun, moment("2027-01-20T12:00[Europe/Berlin]"));
    expect(lessonAt(again)).toBe("2027-01-21T07:30");
  });

  it("closes the course after the last day only where its owner says so", () => {
    const after = moment("2027-03-09T07:30[Europe/Berlin]");
    const open: Course = {
      ...course,
      starts: { dates: ["2027-01-12"], afterTheLast: "starts at once" },
    };
    const closed = (one: Course, now: number) => isClosed(one, "Europe/Berlin", now);
    expect([closed(course, after - 1), closed(course, after)]).toEqual([false, true]);
    expect(closed(open, after)).toBe(false);
    expect(closed(aCourse("one"), after)).toBe(false);
  });

  it("brings no reader a lesson before their day, wherever they are and whatever they change", () => {
    const zones = [
      "Europe/Berlin",
      "Pacific/Kiritimati",
      "Pacific/Apia",
      "America/Sao_Paulo",
      "Africa/Cairo",
    ];
    const cadences = fc.record({
      zone: fc.constantFrom(...zones),
      weekday: fc.integer({ min: 1, max: 5 }) as fc.Arbitrary<Weekday>,
      time: fc.integer({ min: 0, max: 23 }).map((hour) => `${String(hour).padStart(2, "0")}:30`),
      pace: fc.constantFrom("weekly", "workdays"),
    }) as fc.Arbitrary<Cadence>;
    const days = fc.integer({ min: 0, max: 100 * 24 });
    fc.assert(
      fc.property(
        cadences,
        days,
        fc.array(fc.tuple(cadences, days), { maxLength: 3 }),
        (own, at, changes) => {
          const now = AUTUMN + at * HOUR;
          let reader = confirmed(now, own);
          const day = reader.agenda.lesson?.notBefore;
          const start = startFor(course.starts?.dates ?? [], own, now);
          const wishes = { ...own, week: [1, 2, 3, 4, 5] } as Wishes;
          expect(day).toBe(start);
          expect(reader.agenda.lesson?.dueAt).toBe(nextLessonTime(wishes, undefined, now, { start }));
          for (const [changed, later] of [...changes].sort((one, other) => one[1] - other[1])) {
            reader = wantsLessonNow(withCadence(reader, changed, now + later * HOUR), now + later * HOUR);
            const onDay = onClock(changed.zone, reader.agenda.lesson?.dueAt).slice(0, 10);
            expect(onDay >= (day as string)).toBe(true);
          }
        },
      ),
      { numRuns: RUNS },
    );
  });
});
