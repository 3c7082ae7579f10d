import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Audience, courseState, isInAudience } from "../../../console/audience.ts";
import type { Person } from "../../../console/table/people.ts";
import {
  type Enrolment,
  inertEnrolment,
  withActivation,
} from "../../../functions/domain/course/enrolment.ts";
import {
  afterLooks,
  type Batch,
  batchDue,
  groupedByMoment,
  type MemberOutcome,
  readersDue,
} from "../../../functions/domain/newsletter/broadcast.ts";
import { newSubscriber, type Subscriber } from "../../../functions/domain/people/subscriber.ts";
import { DAY } from "../../../functions/domain/time.ts";
import { aConsent } from "../../support/consents.ts";
import { aCourse, aLesson } from "../../support/course.ts";

const NOW = Date.UTC(2026, 5, 1, 9);
const course = {
  ...aCourse("one", "two"),
  parts: [
    { slug: "up", title: "Up" },
    { slug: "down", title: "Down" },
  ],
  lessons: [aLesson("one"), aLesson("two", { part: "down" })],
};
const consent = aConsent("confirmed", "newsletter", NOW);
const reader = (change: Partial<Subscriber> = {}): Subscriber => ({
  ...newSubscriber(
    "reader",
    {
      address: "r@x.example",
      addressHash: "hash",
      zone: "Europe/Berlin",
      course: "course",
      newsletter: true,
      consent,
    },
    NOW,
  ),
  status: "active",
  newsletter: true,
  ...change,
});
const enrolled = (status: Enrolment["status"], done: string[] = []): Enrolment => ({
  ...withActivation(
    inertEnrolment("reader", "course", { zone: "UTC", weekday: 2, time: "07:30", pace: "weekly" }, NOW),
    NOW,
  ),
  status,
  done,
});
const isIn = (audience: Audience, person: Partial<Person> = {}): boolean =>
  isInAudience(audience, { subscriber: reader(), enrolments: [], ...person }, [course]);

describe("the audience of an issue", () => {
  it("is nobody who did not ask for it, whatever else is true of them", () => {
    expect(isIn({})).toBe(true);
    expect(isIn({}, { subscriber: reader({ newsletter: false }) })).toBe(false);
    expect(isIn({}, { subscriber: reader({ status: "stopped" }) })).toBe(false);
    expect(isIn({}, { subscriber: reader({ status: "unconfirmed" }) })).toBe(false);
  });

  it("leaves out those in mid-course unless they are named, and keeps those who paused the course", () => {
    expect(isIn({}, { enrolments: [enrolled("active")] })).toBe(false);
    expect(isIn({ states: ["mid-course"] }, { enrolments: [enrolled("active")] })).toBe(true);
    for (const status of ["paused", "completed", "left", "inert"] as const)
      expect(isIn({}, { enrolments: [enrolled(status)] })).toBe(true);
  });

  it.each([
    [[], "never-enrolled"],
    [["inert"], "never-enrolled"],
    [["completed", "active"], "mid-course"],
    [["completed", "paused"], "paused"],
    [["left", "completed"], "finished"],
    [["left"], "left"],
  ] as const)("counts what is going on before what is over: %s is %s", (statuses, state) => {
    expect(courseState(statuses.map((status) => enrolled(status)))).toBe(state);
  });

  it("is narrowed by part, zone and day of joining", () => {
    const finished = { enrolments: [enrolled("completed", ["one"])] };
    expect(isIn({ part: "up" }, finished)).toBe(true);
    expect(isIn({ part: "down" }, finished)).toBe(false);
    expect(isIn({ zones: ["Europe/*"] })).toBe(true);
    expect(isIn({ zones: ["UTC", "America/*"] })).toBe(false);
    expect(isIn({ joinedBefore: NOW })).toBe(false);
    expect(isIn({ joinedFrom: NOW })).toBe(true);
    expect(isIn({ ids: new Set(["other"]) })).toBe(false);
  });
});

describe("a page of readers", () => {
  const looks = fc.dictionary(
    fc.stringMatching(/^[a-e]$/),
    fc.oneof(
      fc.constant<MemberOutcome>("done"),
      fc.record({ again: fc.integer({ min: NOW, max: NOW + DAY }) }),
    ),
  );

  it("loses nobody and keeps nobody who is done with, in whatever order they are looked at", () => {
    const all = ["a", "b", "c", "d", "e"];
    const page: Batch = {
      kind: "page",
      slug: "news",
      number: 0,
      version: 1,
      waiting: [
        { dueAt: NOW, zone: "UTC", ids: ["a", "b", "c"] },
        { dueAt: NOW + DAY, zone: "Asia/Tokyo", ids: ["d", "e"] },
      ],
    };
    fc.assert(
      fc.property(looks, (looked) => {
        const after = afterLooks(page, new Map(Object.entries(looked)));
        const still = after.waiting.flatMap(({ ids }) => ids).sort();
        expect(still).toEqual(all.filter((id) => looked[id] !== "done"));
        const due = batchDue(after);
        expect(due === undefined).toBe(still.length === 0);
        if (due !== undefined) expect(readersDue(after, due).length).toBeGreaterThan(0);
      }),
    );
  });

  it("has the readers of a zone due at the hour of its clock, also on the day on which the clocks change", () => {
    const from = Date.UTC(2026, 9, 24, 22);
    const zones = ["Europe/Berlin", "UTC", "No/Where"];
    const groups = groupedByMoment(
      zones.map((zone) => ({ id: zone, zone })),
      { from, local: "08:00" },
      "America/New_York",
    );
    const at = (zone: string) =>
      new Date(groups.find((group) => group.zone === zone)?.dueAt ?? 0).toISOString();
    expect(at("Europe/Berlin")).toBe("2026-10-25T07:00:00.000Z");
    expect(at("UTC")).toBe("2026-10-25T08:00:00.000Z");
    expect(at("America/New_York")).toBe("2026-10-25T12:00:00.000Z");
  });
});
