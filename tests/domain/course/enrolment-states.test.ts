import { describe, expect, it } from "vitest";
import type { Cadence } from "../../../functions/domain/course/cadence.ts";
import {
  type Enrolment,
  enrolmentDue,
  enrolmentRun,
  inertEnrolment,
  isInCourse,
  mayEnrolment,
  nextRun,
  nextSlug,
  planNext,
  wantsLessonNow,
  withActivation,
  withAdvance,
  withEarlierRun,
  withLeft,
  withNewRun,
  withNewSchedule,
  withPause,
  withResumption,
  withReturn,
} from "../../../functions/domain/course/enrolment.ts";
import { completionTime, nextLessonTime } from "../../../functions/domain/course/schedule.ts";
import { CLAIM_LIFE, type Claim } from "../../../functions/domain/sending/claim.ts";
import { DAY, MINUTE } from "../../../functions/domain/time.ts";
import { aCourse } from "../../support/course.ts";

const cadence: Cadence = { zone: "America/New_York", weekday: 2, time: "07:30", pace: "weekly" };
const START = Date.UTC(2026, 9, 1);
const LATER = START + 30 * DAY;
const course = aCourse("one", "two", "three");
const inert = inertEnrolment("s", "course", cadence, START);
const begun = withActivation(inert, START);
/** Has had two lessons of three. */
const midway: Enrolment = {
  ...begun,
  done: ["one", "two"],
  lastLessonAt: START + 9 * DAY,
  agenda: { lesson: { dueAt: START + 16 * DAY, doubts: 0 } },
};
const paused = withPause(midway, LATER);
const completed: Enrolment = { ...midway, status: "completed", completedAt: LATER, agenda: {} };
const claim: Claim = {
  dispatch: "s_course_1_lesson_three",
  ...{ key: "lesson", by: "me", until: LATER },
} as Claim;

describe("who signs up again", () => {
  it("changes nothing while they are in the course, or pause it", () => {
    expect(withActivation(midway, LATER)).toBe(midway);
    expect(withActivation(paused, LATER)).toBe(paused);
  });

  it("goes on where they left in mid-course, with the next lesson alone and no mark of having left", () => {
    const silent = { ...midway, silent: 3, toldOfSilence: 3 };
    const back = withActivation(
      withLeft({ ...silent, agenda: { ...midway.agenda, resume: { dueAt: 1, doubts: 0 } } }),
      LATER,
    );
    expect(back).toMatchObject({ status: "active", run: 1, done: ["one", "two"] });
    expect(Object.keys(back.agenda)).toEqual(["lesson"]);
    for (const field of ["leftFrom", "silent", "toldOfSilence"]) expect(back).not.toHaveProperty(field);
  });

  it("gets the next lesson even where the agenda had lost it", () => {
    const back = withActivation(withLeft({ ...midway, agenda: {} }), LATER);
    expect(back.agenda.lesson).toEqual({ dueAt: expect.any(Number), doubts: 0 });
    expect(back.agenda.lesson?.dueAt).toBeGreaterThanOrEqual(LATER);
  });

  it("begins a new run where they had left before lesson 1, or had had it all", () => {
    for (const left of [withLeft(begun), withLeft(completed), completed]) {
      const again = withActivation(left, LATER);
      expect(again).toMatchObject({ status: "active", run: 2, done: [], startedAt: LATER });
      expect(again.agenda.welcome).toEqual({ dueAt: LATER, doubts: 0 });
      expect(again.agenda.lesson).toEqual({ dueAt: expect.any(Number), doubts: 0 });
      for (const field of ["completedAt", "lastLessonAt", "leftFrom"])
        expect(again).not.toHaveProperty(field);
    }
    expect(withActivation(inert, START).run).toBe(1);
  });
});

describe("who starts again", () => {
  const full: Enrolment = {
    ...{
      ...midway,
      movedTo: "three",
      lookedBack: { up: "r1" },
      completedAt: LATER,
      hold: { until: 1, since: 1 },
    },
    ...{ prompted: { one: "r1" }, ratings: { before: 2 }, silent: 1, toldOfSilence: 1 },
  };

  it("has the course from lesson 1 under a new run, with nothing of the one before but what is put aside", () => {
    const again = withNewRun(full, LATER);
    expect(again).toMatchObject({ status: "active", run: 2, done: [], prompted: {}, ratings: {} });
    const gone = ["completedAt", "lastLessonAt", "movedTo", "hold", "lookedBack", "silent", "toldOfSilence"];
    for (const field of gone) expect(again).not.toHaveProperty(field);
    expect(again.earlier).toEqual({
      ...{ run: 1, status: "active", done: ["one", "two"], prompted: { one: "r1" }, ratings: { before: 2 } },
      ...{ startedAt: START, agenda: full.agenda, movedTo: "three", lastLessonAt: START + 9 * DAY },
      ...{ lookedBack: { up: "r1" }, completedAt: LATER },
    });
  });

  it("keeps no field without a value: an item holds none", () => {
    const fields = ["run", "status", "done", "prompted", "ratings", "startedAt", "agenda"];
    expect(Object.keys(enrolmentRun(begun))).toEqual(fields);
  });

  it("waits while a mail is on its way, and is refused before consent and after leaving", () => {
    for (const one of [{ ...midway, claim }, inert, withLeft(midway)])
      expect(withNewRun(one, LATER)).toBe(one);
  });

  it("takes it back whole, and a third start has a run of its own", () => {
    const back = withEarlierRun(withNewRun(full, LATER));
    expect(enrolmentRun(back)).toEqual(enrolmentRun(full));
    expect(back.earlier?.run).toBe(2);
    expect(nextRun(back)).toBe(3);
    const bare = withEarlierRun(withNewRun(begun, LATER));
    expect(Object.keys(enrolmentRun(bare))).toEqual(Object.keys(enrolmentRun(begun)));
  });

  it("takes back nothing where nothing was put aside, twice, or while a mail is on its way", () => {
    const again = withNewRun(full, LATER);
    const back = withEarlierRun(again);
    const same = { ...again, earlier: { ...enrolmentRun(again) } };
    for (const one of [begun, back, same, { ...again, claim }]) expect(withEarlierRun(one)).toBe(one);
  });
});

describe("a pause, and its end", () => {
  it("has one end at a time, and none of it is left when the course goes on", () => {
    expect(withPause(paused, LATER + DAY).agenda.resume).toEqual({ dueAt: LATER + DAY, doubts: 0 });
    expect(withPause(paused).agenda).not.toHaveProperty("resume");
    expect(withResumption(paused, LATER).agenda).not.toHaveProperty("resume");
    expect(wantsLessonNow(paused, LATER).agenda).not.toHaveProperty("resume");
  });

  it("is asked of nobody who is not in the course", () => {
    for (const one of [inert, completed, withLeft(midway)]) expect(withPause(one, LATER)).toBe(one);
    expect(withResumption(midway, LATER)).toBe(midway);
  });

  it("goes on at once where it is just the hour of the next lesson", () => {
    const slot = nextLessonTime(cadence, START + 9 * DAY);
    expect(withResumption(paused, slot).agenda.lesson?.dueAt).toBe(slot);
  });
});

describe("the next lesson, asked for", () => {
  it("comes once: asked again while it is due, or where there is no course to have it of, nothing changes", () => {
    const due = { ...midway, agenda: { lesson: { dueAt: LATER, doubts: 0 } } };
    expect(wantsLessonNow(due, LATER)).toBe(due);
    for (const one of [completed, withLeft(midway), { ...midway, agenda: {} }])
      expect(wantsLessonNow(one, LATER)).toBe(one);
    const lost = { ...completed, agenda: midway.agenda };
    expect(wantsLessonNow(lost, LATER)).toBe(lost);
    const waiting = { ...due, status: "paused" as const };
    expect(wantsLessonNow(waiting, LATER)).toMatchObject({ status: "active", agenda: due.agenda });
  });

  it("has no schedule to change where nothing is to come", () => {
    expect(withNewSchedule(completed, LATER)).toBe(completed);
  });
});

describe("leaving a course", () => {
  it("is taken back only where it was left, to what it was before", () => {
    expect(withReturn(withLeft(paused))).toEqual(paused);
    for (const one of [midway, withLeft(inert), { ...midway, leftFrom: "paused" as const }])
      expect(withReturn(one)).toBe(one);
    expect(withLeft(inert)).toEqual({ ...inert, status: "left" });
    expect(withLeft(withLeft(paused))).toEqual(withLeft(paused));
  });
});

describe("what an entry of the agenda would send", () => {
  it("is the next lesson, what the key names, or nothing", () => {
    expect(nextSlug(midway, "lesson", course, {})).toBe("three");
    expect(nextSlug({ ...midway, done: ["one", "two", "three"] }, "lesson", course, {})).toBeUndefined();
    expect(nextSlug(midway, "prompt_two", course, {})).toBe("two");
    expect(nextSlug(midway, "resume", course, {})).toBeUndefined();
  });

  it("is, for each status, what may leave then", () => {
    const keys = [
      "lesson",
      "prompt_two",
      "look-back_up",
      "notice_help-1",
      "completion",
      "resume",
      "finish-stop",
    ];
    const may = (status: Enrolment["status"]) =>
      keys.filter((key) => mayEnrolment({ ...midway, status }, key));
    expect(may("active")).toEqual(keys);
    expect(may("paused")).toEqual(["prompt_two", "notice_help-1", "resume"]);
    expect(may("completed")).toEqual(["prompt_two", "look-back_up", "notice_help-1"]);
    expect([may("left"), may("inert")]).toEqual([[], []]);
  });

  it("puts an enrolment in the index by what may leave, or by the claim that is held", () => {
    expect(enrolmentDue(midway)).toEqual({ priority: "lesson", dueAt: START + 16 * DAY });
    expect(enrolmentDue(paused)).toEqual({ priority: "lesson", dueAt: LATER });
    expect(enrolmentDue({ ...paused, agenda: midway.agenda })).toBeUndefined();
    const inDoubt = { ...claim, inDoubt: true } as Claim;
    expect(enrolmentDue({ ...midway, claim: inDoubt })?.dueAt).toBe(LATER + 15 * MINUTE);
    expect(enrolmentDue(withLeft({ ...midway, claim: inDoubt }))).toBeUndefined();
    expect(enrolmentDue({ ...inert, claim: inDoubt })).toBeUndefined();
  });

  it("is answered by people in the course only", () => {
    const statuses = (["inert", "active", "paused", "completed", "left"] as const).filter((status) =>
      isInCourse({ status }),
    );
    expect(statuses).toEqual(["active", "paused", "completed"]);
  });
});

describe("after a mail has left", () => {
  it("keeps which reflection a look-back quoted, part by part, and of no other mail", () => {
    const agenda = { "look-back_up": { dueAt: START, doubts: 0, reflection: "r2" } };
    const quoting = { ...midway, lookedBack: { down: "r1" }, agenda };
    const after = withAdvance(quoting, "look-back_up", "up", course, LATER, {});
    expect(after.lookedBack).toEqual({ down: "r1", up: "r2" });
    const answered = { ...midway, agenda: { prompt_two: { dueAt: START, doubts: 0, reflection: "r2" } } };
    expect(withAdvance(answered, "prompt_two", "two", course, LATER, {})).not.toHaveProperty("lookedBack");
    // It may be known to have left only after its entry was gone.
    expect(withAdvance(midway, "look-back_up", "up", course, LATER, {})).not.toHaveProperty("lookedBack");
  });

  it("plans the lesson that follows, or the completion and no lesson; nothing before lesson 1", () => {
    expect(planNext(begun, course, {}, LATER)).toBe(begun);
    const last = withAdvance(midway, "lesson", "three", course, LATER, {});
    expect(last.agenda).toEqual({ completion: { dueAt: completionTime(cadence, LATER), doubts: 0 } });
    expect(
      planNext({ ...midway, done: ["one", "two", "three"] }, course, {}, LATER).agenda,
    ).not.toHaveProperty("lesson");
    const prompt = { dueAt: START, doubts: 0 };
    const waiting = { ...midway, agenda: { ...midway.agenda, prompt_two: prompt } };
    expect(planNext(waiting, course, {}, LATER).agenda).toEqual({
      prompt_two: prompt,
      lesson: { dueAt: nextLessonTime(cadence, START + 9 * DAY), doubts: 0 },
    });
  });

  it("counts a lesson once, however often it is heard that it left", () => {
    const twice = withAdvance(midway, "lesson", "two", course, LATER, {});
    expect(twice.done).toEqual(["one", "two"]);
  });

  it("stays left where the completion left after its reader did", () => {
    expect(withAdvance(withLeft(midway), "completion", "completion", course, LATER, {}).status).toBe("left");
    expect(withAdvance(midway, "completion", "completion", course, LATER, {})).toMatchObject({
      status: "completed",
      completedAt: LATER,
    });
  });

  it("knows that a wait was told of by a mail that was composed after we heard of it", () => {
    const composedAt = LATER - CLAIM_LIFE;
    const held = (since: number) =>
      withAdvance({ ...midway, claim, hold: { until: LATER, since } }, "prompt_two", "two", course, LATER, {})
        .hold;
    expect(held(composedAt)).toEqual({ until: LATER, since: composedAt, isTold: true });
    expect(held(composedAt + 1)).toEqual({ until: LATER, since: composedAt + 1 });
    const unclaimed = { ...midway, hold: { until: LATER, since: 0 } };
    expect(withAdvance(unclaimed, "prompt_two", "two", course, LATER, {}).hold).toEqual({
      until: LATER,
      since: 0,
    });
    expect(withAdvance({ ...midway, claim }, "prompt_two", "two", course, LATER, {})).not.toHaveProperty(
      "hold",
    );
  });
});
