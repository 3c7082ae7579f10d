import { describe, expect, it } from "vitest";
import { lessonDispatches, lessonStanding, STANDINGS, wasReceived } from "../../console/lesson-standing.ts";
import { withPlace } from "../../console/subscribers/place.ts";
import {
  type Enrolment,
  inertEnrolment,
  withActivation,
  withAdvance,
  withLeft,
  withPause,
} from "../../functions/domain/course/enrolment.ts";
import {
  newSubscriber,
  type Subscriber,
  withConfirmation,
} from "../../functions/domain/people/subscriber.ts";
import { dispatchId, type LedgerEntry } from "../../functions/domain/sending/dispatch.ts";
import { DAY } from "../../functions/domain/time.ts";
import { aConsent } from "../support/consents.ts";
import { aCourse, aLesson } from "../support/course.ts";
import { CADENCE } from "../support/services.ts";

const NOW = Date.UTC(2026, 2, 2, 9);
const COURSE = aCourse("one", "two", "three");
const [ONE, TWO, THREE] = COURSE.lessons as [never, never, never];
const consent = aConsent("requested", "course", NOW);
const asks = {
  address: "a@x.example",
  addressHash: "h",
  zone: "UTC",
  course: "course",
  newsletter: false,
  consent,
};
const waiting = newSubscriber("s", asks, NOW);
const active = withConfirmation(waiting, { ...consent, event: "confirmed" });
const begun = withActivation(inertEnrolment("s", "course", CADENCE, NOW), NOW);
const having = (...slugs: string[]): Enrolment =>
  slugs.reduce((enrolment, slug) => withAdvance(enrolment, "lesson", slug, COURSE, NOW, {}), begun);

const standing = (
  enrolment: Enrolment | undefined,
  lesson: never,
  {
    subscriber = active,
    entries = [],
    course = COURSE,
  }: { subscriber?: Subscriber; entries?: LedgerEntry[]; course?: typeof COURSE } = {},
) => lessonStanding({ subscriber, enrolments: enrolment ? [enrolment] : [] }, course, lesson, entries);

const entry = (state: LedgerEntry["state"], run = 1): LedgerEntry => ({
  dispatch: dispatchId({ subscriber: "s", list: "course", run, kind: "lesson", slug: "two" }),
  messageId: "m",
  sentAt: NOW,
  state,
  stateAt: NOW,
});

describe("why a reader has not got a lesson", () => {
  it.each([
    ["delivered", "delivered"],
    ["complained", "complained"],
    ["sent", "sent"],
    ["delayed", "sent"],
    ["bounced", "bounced"],
    ["rejected", "rejected"],
  ] as const)("the ledger says %s: %s", (state, is) => {
    expect(standing(having("one", "two"), TWO, { entries: [entry(state)] })).toEqual({ is, at: NOW });
  });

  it("one that was delivered in any run was received, whatever became of it in another", () => {
    const found = standing(having("one"), TWO, { entries: [entry("bounced", 2), entry("delivered")] });
    expect(found && wasReceived(found)).toBe(true);
  });

  it("it is to come: next, or behind others, with the day on which it does", () => {
    expect(standing(begun, ONE)).toEqual({ is: "due", at: Date.UTC(2026, 2, 3, 7, 30) });
    expect(standing(begun, THREE)).toEqual({ is: "ahead", at: Date.UTC(2026, 2, 17, 7, 30) });
  });

  it("it waits: for a pause to end, for a doubt to be settled, for a person to look", () => {
    expect(standing(withPause(begun, NOW + DAY), TWO)).toEqual({ is: "paused", at: NOW + DAY });
    const parked = { ...begun, agenda: { lesson: { dueAt: NOW, doubts: 2, parked: true } } };
    expect([ONE, TWO].map((lesson) => standing(parked, lesson)?.is)).toEqual(["parked", "behind-parked"]);
    const doubted = { ...begun, agenda: { lesson: { dueAt: NOW, doubts: 1 } } };
    expect([ONE, TWO].map((lesson) => standing(doubted, lesson)?.is)).toEqual(["in-doubt", "behind-parked"]);
    const claim = { dispatch: "s_course_1_lesson_one", key: "lesson", by: "x", until: NOW };
    expect(standing({ ...begun, claim }, ONE)?.is).toBe("in-doubt");
  });

  it("it does not come: they are past its place, or were moved on, or have completed the course", () => {
    const longer = { ...COURSE, lessons: [aLesson("new"), ...COURSE.lessons] };
    const inserted = longer.lessons[0] as never;
    expect(standing(having("one"), inserted, { course: longer })?.is).toBe("passed");
    const onward = withPlace(begun, COURSE, THREE, {}, NOW, false);
    expect(standing((onward as { enrolment: Enrolment }).enrolment, TWO)?.is).toBe("passed");
    const all = withAdvance(having("one", "two", "three"), "completion", "completion", COURSE, NOW, {});
    expect(standing(all, inserted, { course: longer })?.is).toBe("completed");
  });

  it("nothing of it comes: they left, were stopped, have not confirmed, or it has not begun", () => {
    expect(standing(withLeft(begun), ONE)?.is).toBe("left");
    const stops = ["reader", "bounce", "complaint", "owner"] as const;
    const stoppedBy = (reason: (typeof stops)[number]): Subscriber => ({
      ...active,
      status: "stopped",
      stoppedBy: reason,
    });
    expect(
      stops.map((reason) => standing(withLeft(begun), ONE, { subscriber: stoppedBy(reason) })?.is),
    ).toEqual(["left-everything", "stopped-by-bounce", "stopped-by-complaint", "stopped-by-owner"]);
    expect(standing(undefined, ONE, { subscriber: waiting })?.is).toBe("unconfirmed");
    expect(standing(inertEnrolment("s", "course", CADENCE, NOW), ONE)?.is).toBe("not-begun");
    expect(standing(undefined, ONE)).toBeUndefined();
  });

  it("is looked for under the names of before a rename, in every run, and has words", () => {
    const renamed = aLesson("zwei", { was: ["two"] });
    const twice = { ...begun, run: 2 };
    const asked = lessonDispatches({ subscriber: active, enrolments: [twice] }, COURSE, renamed);
    expect(asked).toEqual([
      "s_course_2_lesson_zwei",
      "s_course_2_lesson_two",
      "s_course_1_lesson_zwei",
      "s_course_1_lesson_two",
    ]);
    for (const says of Object.values(STANDINGS)) expect(says).toMatch(/\w/);
  });
});
