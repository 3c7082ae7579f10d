import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { offeredRhythms, PACES } from "../../../functions/domain/course/cadence.ts";
import {
  type Enrolment,
  inertEnrolment,
  withActivation,
  withLeft,
  withPause,
} from "../../../functions/domain/course/enrolment.ts";
import {
  type Command,
  type Order,
  pauseEnd,
  readRatingRequest,
  withCommands,
} from "../../../functions/domain/replies/command.ts";
import { DAY, HOUR } from "../../../functions/domain/time.ts";
import { asksOf } from "../../support/asks.ts";
import { aCourse } from "../../support/course.ts";

const NOW = Date.UTC(2026, 10, 24, 12);
const cadence = { zone: "Europe/Berlin", weekday: 2, time: "07:30", pace: "weekly" } as const;
const active: Enrolment = {
  ...withActivation(inertEnrolment("abcdefgh234567ab", "course", cadence, NOW - 9 * DAY), NOW - 9 * DAY),
  done: ["one"],
  lastLessonAt: NOW - 2 * DAY,
  agenda: { lesson: { dueAt: NOW + 5 * DAY, doubts: 0 } },
};
const order = (command: Command, changes: Partial<Order> = {}): Order => ({
  commands: [command],
  reflection: "r1",
  receivedAt: NOW,
  now: NOW,
  asks: undefined,
  isConfirmed: true,
  paces: offeredRhythms({}),
  questions: [],
  isProven: true,
  isPlain: false,
  ...changes,
});
const obey = (command: Command, on = active, changes: Partial<Order> = {}) =>
  withCommands(on, order(command, changes));
const told = ({ agenda }: Enrolment) => Object.keys(agenda).filter((key) => key.startsWith("notice_"));

describe("a command", () => {
  it("to pause holds the course for as long as it says, from the moment it was sent", () => {
    const held = obey({ name: "pause", weeks: 3 }, active, { now: NOW + HOUR });
    expect(held.status).toBe("paused");
    expect(held.agenda.resume?.dueAt).toBe(NOW + 21 * DAY);
    expect(told(held)).toEqual(["notice_paused-r1"]);
    expect(obey({ name: "pause", weeks: undefined }).agenda.resume).toBeUndefined();
    expect(pauseEnd({ weeks: 99 }, NOW, "UTC")).toBe(NOW + 364 * DAY);
  });

  it("to resume ends a pause, and says so where there was none", () => {
    expect(obey({ name: "resume" }, withPause(active, NOW + 9 * DAY))).toMatchObject({ status: "active" });
    expect(told(obey({ name: "resume" }, withPause(active)))).toEqual(["notice_resumed-r1"]);
    const { agenda, status } = obey({ name: "resume" });
    expect([status, agenda.lesson, told({ ...active, agenda })]).toEqual([
      "active",
      active.agenda.lesson,
      ["notice_running-r1"],
    ]);
  });

  it("to go on at once brings the next lesson now, out of a pause too", () => {
    for (const enrolment of [active, withPause(active), withPause(active, NOW + 30 * DAY)]) {
      const next = obey({ name: "next" }, enrolment);
      expect(next).toMatchObject({ status: "active", agenda: { lesson: { dueAt: NOW } }, done: ["one"] });
      expect(next.agenda.resume).toBeUndefined();
      expect(told(next)).toEqual(["notice_next-r1"]);
    }
  });

  it("brings no second lesson on one day of the reader's: it comes tomorrow, at their hour", () => {
    const today = { ...active, lastLessonAt: Date.UTC(2026, 10, 23, 23, 30) };
    const next = obey({ name: "next" }, today);
    expect(next.agenda.lesson?.dueAt).toBe(Date.UTC(2026, 10, 25, 6, 30));
    expect(told(next)).toEqual(["notice_tomorrow-r1"]);
    const yesterday = { ...active, lastLessonAt: Date.UTC(2026, 10, 23, 22, 30) };
    expect(obey({ name: "next" }, yesterday).agenda.lesson?.dueAt).toBe(NOW);
  });

  it("for another pace moves one step on the ladder, and no further than its ends", () => {
    const paces = (name: "slower" | "faster", pace: (typeof PACES)[number]) => {
      const changed = obey({ name }, { ...active, cadence: { ...cadence, pace } });
      return [changed.cadence.pace, told(changed)[0]?.split("-")[0]];
    };
    expect(PACES.map((pace) => paces("faster", pace))).toEqual([
      ["twice-weekly", "notice_faster"],
      ["workdays", "notice_faster"],
      ["workdays", "notice_fastest"],
    ]);
    expect(PACES.map((pace) => paces("slower", pace))).toEqual([
      ["weekly", "notice_slowest"],
      ["weekly", "notice_slower"],
      ["twice-weekly", "notice_slower"],
    ]);
  });

  it("for another pace plans the next lesson by it", () => {
    const faster = obey({ name: "faster" });
    expect(faster.agenda.lesson?.dueAt).toBe(Date.UTC(2026, 10, 27, 6, 30));
    expect(obey({ name: "slower" }, faster, { reflection: "r2" }).agenda.lesson?.dueAt).toBe(
      Date.UTC(2026, 11, 1, 6, 30),
    );
  });

  it("that rates keeps the rating that the mail asked for, and none where none was asked for", () => {
    const rate = { name: "rate", rating: 4 } as const;
    expect(obey(rate, active, { asks: "before" }).ratings).toEqual({ before: 4 });
    expect(obey(rate, active, { asks: "after" }).ratings).toEqual({ after: 4 });
    expect(obey(rate).ratings).toEqual({});
    expect(told(obey(rate))).toEqual(["notice_help-r1"]);
  });

  it("for the journal or for help changes nothing but that it is answered", () => {
    for (const name of ["journal", "help"] as const) {
      const asked = obey({ name });
      expect(told(asked)).toEqual([`notice_${name}-r1`]);
      expect(asked).toEqual({ ...active, agenda: asked.agenda, obeyed: ["r1"] });
    }
  });

  it("of somebody who has completed the course finds nothing to change, and is answered", () => {
    const completed: Enrolment = { ...active, status: "completed", agenda: {} };
    for (const name of ["resume", "next", "slower", "faster"] as const) {
      const after = obey({ name }, completed);
      expect(after).toEqual({ ...completed, agenda: after.agenda, obeyed: ["r1"] });
      expect(told(after)).toEqual(["notice_over-r1"]);
    }
    expect(told(obey({ name: "journal" }, completed))).toEqual(["notice_journal-r1"]);
  });

  it("of somebody who has left, or never began, does nothing and is not answered", () => {
    for (const gone of [withLeft(active), { ...active, status: "inert" as const }])
      for (const name of ["resume", "next", "journal", "help"] as const)
        expect(obey({ name }, gone)).toBe(gone);
  });

  it("is carried out in silence over the day's limit", () => {
    const silent = obey({ name: "pause", weeks: undefined }, active, { isConfirmed: false });
    expect([silent.status, told(silent)]).toEqual(["paused", []]);
  });

  it("is obeyed once, however often its mail is delivered and whatever was asked for in between", () => {
    const commands = fc.constantFrom<Command>(
      { name: "pause", weeks: 2 },
      ...(["resume", "next", "slower", "faster", "journal", "help"] as const).map((name) => ({ name })),
    );
    fc.assert(
      fc.property(fc.array(commands, { minLength: 1, maxLength: 8 }), (sequence) => {
        const once = sequence.reduce(
          (enrolment, command, place) => obey(command, enrolment, { reflection: `r${place}` }),
          active,
        );
        for (const [place, command] of sequence.entries())
          expect(obey(command, once, { reflection: `r${place}` })).toBe(once);
        expect(told(once)).toHaveLength(sequence.length);
        expect(once.done).toEqual(active.done);
      }),
    );
  });

  it("control: the same mail twice, not remembered, would go down two steps of the ladder", () => {
    const { obeyed: _, ...forgetful } = obey({ name: "faster" });
    expect(obey({ name: "faster" }, forgetful).cadence.pace).toBe("workdays");
  });

  it("is read without an error, whatever the words", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (words) => {
        expect(() => asksOf(words)).not.toThrow();
      }),
    );
  });
});

describe("a rating", () => {
  it("is asked for by the welcome, the last lesson and the completion, and by no other mail", () => {
    const course = aCourse("one", "two");
    const asked = (kind: "welcome" | "lesson" | "completion" | "prompt", slug: string) =>
      readRatingRequest(course, ["one"], { kind, slug });
    expect(asked("welcome", "welcome")).toBe("before");
    expect(asked("lesson", "two")).toBe("after");
    expect(asked("completion", "completion")).toBe("after");
    expect([asked("lesson", "one"), asked("prompt", "two"), asked("lesson", "gone")]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });
});
