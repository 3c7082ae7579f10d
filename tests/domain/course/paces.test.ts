import fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { describe, expect, it } from "vitest";
import {
  type Cadence,
  findRhythm,
  lessonsInTwoWeeks,
  offeredRhythms,
  PACES,
  paceBeside,
  type Rhythm,
  rhythmName,
  type Weekday,
  withRhythm,
} from "../../../functions/domain/course/cadence.ts";
import type { Course } from "../../../functions/domain/course/course.ts";
import {
  type Enrolment,
  inertEnrolment,
  withActivation,
  withAdvance,
  withCadence,
} from "../../../functions/domain/course/enrolment.ts";
import { paceInWords, paceToChoose } from "../../../functions/domain/course/pace-in-words.ts";
import { nextLessonTime } from "../../../functions/domain/course/schedule.ts";
import { DAY, HOUR, MINUTE } from "../../../functions/domain/time.ts";
import type { Wishes } from "../../../local/simulation/timetable.ts";
import * as timetable from "../../../local/simulation/timetable.ts";
import { aCourse, aLesson } from "../../support/course.ts";
import { english } from "../../support/words.ts";

const SUNDAY_TO_THURSDAY: Weekday[] = [7, 1, 2, 3, 4];
const TWO_WEEKS: Rhythm = { pace: "weekly", weeks: 2 };
const MON_WED_FRI: Rhythm = { pace: "twice-weekly", days: [1, 3, 5] };
const berlin: Cadence = { zone: "Europe/Berlin", weekday: 2, time: "07:30", pace: "weekly" };
const moment = (text: string) => Temporal.ZonedDateTime.from(text).epochMilliseconds;
const onClock = ({ zone }: Cadence, at: number) =>
  Temporal.Instant.fromEpochMilliseconds(at)
    .toZonedDateTimeISO(zone)
    .toPlainDateTime()
    .toString({ smallestUnit: "minute" });
/** The lessons that follow one that left then, each on time. */
function following(cadence: Cadence, first: string, waits: (number | undefined)[]): string[] {
  let at = moment(`${first}[${cadence.zone}]`);
  return waits.map((after) => {
    at = nextLessonTime(cadence, at, after);
    return onClock(cadence, at);
  });
}
const times = (count: number) => Array.from({ length: count }, () => undefined);

describe("a pace beside the three", () => {
  it("comes every two weeks on the chosen day, the second lesson at least eleven days after the first", () => {
    const slow = withRhythm(berlin, TWO_WEEKS);
    expect(following(slow, "2026-03-18T07:30", times(3))).toEqual([
      "2026-03-31T07:30",
      "2026-04-14T07:30",
      "2026-04-28T07:30",
    ]);
  });

  it("comes on any set of weekdays, whichever day was chosen", () => {
    const thrice = withRhythm(berlin, MON_WED_FRI);
    expect(following(thrice, "2026-03-24T07:30", times(4)).map((at) => at.slice(0, 10))).toEqual([
      "2026-03-25",
      "2026-03-27",
      "2026-03-30",
      "2026-04-01",
    ]);
  });

  it("keeps to a week from Sunday to Thursday: every day of it, twice in it, and lesson 1", () => {
    const jerusalem: Cadence = { ...berlin, zone: "Asia/Jerusalem", week: SUNDAY_TO_THURSDAY };
    const days = (cadence: Cadence) =>
      following(cadence, "2026-06-04T07:30", times(3)).map((at) => at.slice(5, 10));
    expect(days({ ...jerusalem, pace: "workdays" })).toEqual(["06-07", "06-08", "06-09"]);
    expect(days({ ...jerusalem, pace: "twice-weekly" })).toEqual(["06-07", "06-09", "06-14"]);
    const thursday = moment("2026-06-04T12:00[Asia/Jerusalem]");
    const begun = withActivation(inertEnrolment("reader", "course", jerusalem, thursday), thursday);
    expect(onClock(jerusalem, begun.agenda.lesson?.dueAt ?? 0)).toBe("2026-06-07T07:30");
  });

  it("is called by its days in a sentence and beside its button", () => {
    const say = (rhythm: Rhythm, week?: Weekday[]) => {
      const paced = { ...rhythm, ...(week && { week }) };
      return [paceInWords(english, paced), paceToChoose(english, paced)];
    };
    expect(say(TWO_WEEKS)).toEqual(["every two weeks", "Every two weeks"]);
    expect(say(MON_WED_FRI)[1]).toBe("On Monday, Wednesday, and Friday");
    expect(say({ pace: "workdays" })[0]).toBe("every working day");
    expect(say({ pace: "workdays" }, SUNDAY_TO_THURSDAY)[0]).toBe(
      "on Sunday, Monday, Tuesday, Wednesday, and Thursday",
    );
    expect(say({ pace: "twice-weekly" }, SUNDAY_TO_THURSDAY)[1]).toMatch(/^Twice a week: that day and three/);
  });
});

describe("slower and faster", () => {
  const ladder: Rhythm[] = [{ pace: "workdays" }, MON_WED_FRI, TWO_WEEKS, { pace: "weekly" }];

  it("move along what the course allows, by how many lessons a week each brings", () => {
    const step = (from: Rhythm, to: "slower" | "faster") => {
      const found = findRhythm(ladder, withRhythm(berlin, from), to);
      return found && rhythmName(found);
    };
    expect(step({ pace: "weekly" }, "slower")).toBe("every-two-weeks");
    expect(step(TWO_WEEKS, "slower")).toBeUndefined();
    expect(step({ pace: "weekly" }, "faster")).toBe("days-135");
    expect(step(MON_WED_FRI, "faster")).toBe("workdays");
    expect(step({ pace: "workdays" }, "faster")).toBeUndefined();
  });

  it("find their way from a pace that the course allows no more", () => {
    const gone = withRhythm(berlin, { pace: "twice-weekly" });
    expect(findRhythm(ladder, gone, "faster")).toEqual(MON_WED_FRI);
    expect(findRhythm(ladder, gone, "slower")).toEqual({ pace: "weekly" });
  });

  it("go along the three where a course names none", () => {
    expect(offeredRhythms({}).map(rhythmName)).toEqual([...PACES]);
  });
});

describe("what is stored", () => {
  it("names one of the three paces beside what code before them does not know", () => {
    for (const rhythm of [TWO_WEEKS, MON_WED_FRI, { pace: paceBeside(SUNDAY_TO_THURSDAY) }])
      expect(PACES).toContain(rhythm.pace);
    expect(lessonsInTwoWeeks({ pace: MON_WED_FRI.pace }, {})).toBeLessThan(
      lessonsInTwoWeeks(MON_WED_FRI, {}),
    );
  });

  it("counts only beside that pace: who was given another by code before keeps the other", () => {
    const stored = withRhythm(berlin, MON_WED_FRI);
    expect(rhythmName({ ...stored, pace: "workdays" })).toBe("workdays");
    expect(rhythmName({ ...withRhythm(berlin, TWO_WEEKS), pace: "twice-weekly" })).toBe("twice-weekly");
  });

  it("goes on where an item of before stands in the middle of a course", () => {
    const item: Enrolment = JSON.parse(
      '{"kind":"enrolment","subscriber":"abcdefgh234567ab","course":"course","version":7,"status":"active","run":1,' +
        '"cadence":{"zone":"Europe/Berlin","weekday":2,"time":"07:30","pace":"twice-weekly"},"done":["one"],' +
        '"lastLessonAt":1780378200000,"prompted":{},"ratings":{},"startedAt":1780300000000,' +
        '"agenda":{"lesson":{"dueAt":1780637400000,"doubts":0}}}',
    );
    const sent = withAdvance(item, "lesson", "two", aCourse("one", "two", "three"), 1780637400000, {});
    expect(onClock(berlin, sent.agenda.lesson?.dueAt ?? 0)).toBe("2026-06-09T07:30");
    expect(sent.agenda.lesson).toEqual({ dueAt: sent.agenda.lesson?.dueAt, doubts: 0 });
  });
});

describe("a lesson that waits", () => {
  const course: Course = {
    ...aCourse("one", "two"),
    lessons: [aLesson("one"), aLesson("two", { after: 3 }), aLesson("three")],
  };
  const begun = withActivation(inertEnrolment("reader", "course", berlin, 0), 0);
  const tuesday = moment("2026-03-24T07:30[Europe/Berlin]");
  const waiting = withAdvance(begun, "lesson", "one", course, tuesday, {});

  it("comes that many days after the one before, on the first day then on which lessons come", () => {
    expect(onClock(berlin, waiting.agenda.lesson?.dueAt ?? 0)).toBe("2026-03-27T07:30");
    expect(following(berlin, "2026-03-24T07:30", [4, undefined, 17])).toEqual([
      "2026-03-30T07:30",
      "2026-04-07T07:30",
      "2026-04-24T07:30",
    ]);
  });

  it("keeps to its wait when its reader chooses another hour or pace", () => {
    const changed = withCadence(waiting, { ...berlin, time: "18:00", pace: "workdays" }, tuesday + HOUR);
    expect(onClock(berlin, changed.agenda.lesson?.dueAt ?? 0)).toBe("2026-03-27T18:00");
  });

  it("lets the one behind it come by the pace again", () => {
    const behind = withAdvance(waiting, "lesson", "two", course, waiting.agenda.lesson?.dueAt ?? 0, {});
    expect(onClock(berlin, behind.agenda.lesson?.dueAt ?? 0)).toBe("2026-03-31T07:30");
    expect(behind.agenda.lesson?.after).toBeUndefined();
  });
});

/* The simulation's calendar is reckoned from what is promised, and shares nothing with the code. */

function wishesOf({ zone, weekday, time, pace, weeks, days, week = [1, 2, 3, 4, 5] }: Cadence): Wishes {
  const named = days ? (`days-${days.join("")}` as const) : weeks ? "every-two-weeks" : pace;
  return { zone, weekday, time, week, pace: named };
}

const promised = (cadence: Cadence, sent: number, after: number | undefined): number =>
  timetable.followingLesson(wishesOf(cadence), sent, after);

const promisedAfterChange = (
  cadence: Cadence,
  sent: number,
  after: number | undefined,
  now: number,
): number => timetable.nextLessonTime(wishesOf(cadence), sent, now, { after });

const WEEKS: (Weekday[] | undefined)[] = [
  undefined,
  SUNDAY_TO_THURSDAY,
  [1, 2, 3, 4, 5, 6],
  [1, 2, 3, 4, 5, 6, 7],
  [6, 7, 1, 2, 3],
];
const ZONES = [
  ...["Europe/Berlin", "America/New_York", "America/St_Johns", "Asia/Jerusalem", "Asia/Kathmandu"],
  ...["Australia/Lord_Howe", "Pacific/Apia", "Africa/Cairo", "America/Sao_Paulo", "UTC"],
];

const cadencesIn = (week: Weekday[] | undefined): fc.Arbitrary<Cadence> => {
  const days = week ?? [1, 2, 3, 4, 5];
  const set = fc
    .subarray<Weekday>(days as Weekday[], { minLength: 2 })
    .map((chosen): Rhythm => ({ pace: paceBeside(chosen), days: chosen }));
  const rhythm = fc.oneof(fc.constantFrom<Rhythm>(TWO_WEEKS, ...PACES.map((pace) => ({ pace }))), set);
  const time = fc
    .tuple(fc.integer({ min: 0, max: 23 }), fc.constantFrom("00", "15", "30", "59"))
    .map(([hour, minute]) => `${String(hour).padStart(2, "0")}:${minute}`);
  const plain = fc.record({
    zone: fc.constantFrom(...ZONES),
    weekday: fc.constantFrom(...(days as Weekday[])),
    time,
  });
  return fc.tuple(plain, rhythm).map(([one, chosen]) => ({ ...one, ...chosen, ...(week && { week }) }));
};

interface Road {
  cadence: Cadence;
  startsAt: number;
  /** Each lesson: how long it waits, how late it leaves, and what its reader changes after it. */
  lessons: {
    after: number | undefined;
    late: number;
    change?: { cadence: Cadence; later: number } | undefined;
  }[];
}
const roads: fc.Arbitrary<Road> = fc.constantFrom(...WEEKS).chain((week) => {
  const lesson = fc.record({
    after: fc.option(fc.integer({ min: 1, max: 30 }), { nil: undefined }),
    late: fc.oneof(fc.integer({ min: 0, max: 10 * MINUTE }), fc.integer({ min: 0, max: 40 * HOUR })),
    change: fc.option(
      fc.record({ cadence: cadencesIn(week), later: fc.integer({ min: 0, max: 12 * DAY }) }),
      { nil: undefined, freq: 2 },
    ),
  });
  return fc.record({
    cadence: cadencesIn(week),
    startsAt: fc.integer({ min: Date.UTC(2024, 0, 1), max: Date.UTC(2034, 0, 1) }),
    lessons: fc.array(lesson, { minLength: 2, maxLength: 4 }),
  });
});

/** Walks a reader through a course, and compares each day with the calendar that is reckoned here. */
function walk({ cadence, startsAt, lessons }: Road, calendar: typeof promised): void {
  const slugs = lessons.map((_, at) => `lesson-${at + 1}`);
  const all = lessons.map(({ after }, at) =>
    aLesson(`lesson-${at + 1}`, at > 0 && after !== undefined ? { after } : {}),
  );
  const course: Course = { ...aCourse(), lessons: all };
  let reader = withActivation(inertEnrolment("reader", "course", cadence, startsAt), startsAt);
  expect(reader.agenda.lesson?.dueAt).toBe(
    timetable.nextLessonTime(wishesOf(cadence), undefined, startsAt, {}),
  );
  for (const [at, { late, change }] of lessons.entries()) {
    const sent = (reader.agenda.lesson?.dueAt ?? Number.NaN) + late;
    expect(sent - (reader.lastLessonAt ?? 0)).toBeGreaterThanOrEqual(20 * HOUR);
    reader = withAdvance(reader, "lesson", slugs[at] as string, course, sent, {});
    const after = all[at + 1]?.after;
    if (!all[at + 1]) continue;
    expect(reader.agenda.lesson?.dueAt).toBe(calendar(reader.cadence, sent, after));
    if (!change) continue;
    const now = sent + change.later;
    reader = withCadence(reader, change.cadence, now);
    expect(reader.agenda.lesson?.dueAt).toBe(promisedAfterChange(change.cadence, sent, after, now));
  }
  expect(reader.done).toEqual(slugs);
  expect(reader.agenda.lesson).toBeUndefined();
}

const RUNS = 2_000;

describe("courses and readers of every kind", () => {
  it("have each lesson once, in order, on the very day of the simulation's own calendar", () => {
    fc.assert(
      fc.property(roads, (road) => walk(road, promised)),
      { numRuns: RUNS },
    );
  });

  it("are told apart from a calendar that forgets what a lesson waits, and from one that forgets two weeks", () => {
    const forgetsWaits = (cadence: Cadence, sent: number) => promised(cadence, sent, undefined);
    const forgetsWeeks = ({ weeks: _, ...cadence }: Cadence, sent: number, after: number | undefined) =>
      promised(cadence, sent, after);
    for (const wrong of [forgetsWaits, forgetsWeeks])
      expect(
        fc.check(
          fc.property(roads, (road) => walk(road, wrong)),
          { numRuns: RUNS },
        ).failed,
      ).toBe(true);
  });
});
