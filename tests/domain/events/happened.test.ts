import { describe, expect, it } from "vitest";
import {
  type Enrolment,
  inertEnrolment,
  withActivation,
  withLeft,
  withNewRun,
  withPause,
  withResumption,
  withReturn,
} from "../../../functions/domain/course/enrolment.ts";
import { withMove } from "../../../functions/domain/course/moves.ts";
import {
  holderEvents,
  replyEvents,
  sentEvents,
  stateEvents,
} from "../../../functions/domain/events/happened.ts";
import { EVENT_SCHEMAS, type ReaderEvent } from "../../../functions/domain/events/reader-event.ts";
import { makeRehearsalId } from "../../../functions/domain/people/rehearsal.ts";
import {
  markedErased,
  newSubscriber,
  type Subscriber,
  withConfirmation,
  withStop,
} from "../../../functions/domain/people/subscriber.ts";
import type { ReplyKind } from "../../../functions/domain/replies/reflection.ts";
import { DELIVERY_STATES, type LedgerEntry } from "../../../functions/domain/sending/dispatch.ts";
import { DAY } from "../../../functions/domain/time.ts";
import { aConsent } from "../../support/consents.ts";
import { aReflection } from "../../support/reflections.ts";

const NOW = Date.UTC(2026, 5, 1, 9);
const READER = "reader2345abcdef";
const lesson = { slug: "one", was: ["first"] };

/** What is told, in words; each event fits its schema. */
const told = (events: ReaderEvent[]): string[] =>
  events.map((event) => {
    const read = EVENT_SCHEMAS[event.type].safeParse(event);
    expect(read.error, JSON.stringify(event)).toBeUndefined();
    expect(event.id).not.toContain(".");
    const { reader: _, ...data } = event.data as Record<string, unknown>;
    return [event.type, ...Object.values(data)].join(" ");
  });

const asks = (id = READER): Subscriber =>
  newSubscriber(
    id,
    {
      ...{ address: "jo@x.example", addressHash: "hash", zone: "UTC", course: "course", newsletter: true },
      consent: aConsent("requested", "course", NOW),
    },
    NOW,
  );
const confirmed = (): Subscriber => withConfirmation(asks(), aConsent("confirmed", "course", NOW + 1));
const cadence = { zone: "UTC", weekday: 2 as const, time: "07:30", pace: "weekly" as const };
const inert = (): Enrolment => inertEnrolment(READER, "course", cadence, NOW);
const active = (): Enrolment => withActivation(inert(), NOW);

describe("What a change of a person tells", () => {
  it.each<[string, Subscriber | undefined, Subscriber, string[]]>([
    ["a sign-up", undefined, asks(), ["reader.asked course self"]],
    ["a press of the button", asks(), confirmed(), ["reader.confirmed course self true"]],
    ["a write in which nothing happened", confirmed(), { ...confirmed(), requests: 3 }, []],
    [
      "leaving everything",
      confirmed(),
      withStop(confirmed(), "reader", aConsent("withdrawn", "everything", NOW), NOW),
      ["reader.left everything self asked"],
    ],
    [
      "a bounce",
      confirmed(),
      withStop(
        confirmed(),
        "bounce",
        { ...aConsent("withdrawn", "everything", NOW), actor: "mail-system" },
        NOW,
      ),
      ["reader.left everything mail-system bounce"],
    ],
    ["an erasing", confirmed(), markedErased(confirmed(), NOW), ["reader.erased"]],
    ["a write of who was erased", markedErased(confirmed(), NOW), markedErased(confirmed(), NOW), []],
    ["a rehearsal", undefined, asks(makeRehearsalId(() => "abcdefghijkl2345")), []],
  ])("%s", (_, before, after, events) => {
    expect(told(holderEvents(before, after, NOW))).toEqual(events);
  });

  it("holds no word of theirs and no address, and its id is the same however often it is made", () => {
    const once = holderEvents(undefined, asks(), NOW);
    expect(JSON.stringify(once)).not.toContain("jo@");
    expect(holderEvents(undefined, asks(), NOW)).toEqual(once);
    expect(holderEvents(asks(), confirmed(), NOW)[0]?.id).not.toBe(once[0]?.id);
  });
});

describe("What a change of a course tells", () => {
  const paused = withPause(active(), NOW + DAY);
  const moved = withMove(active(), lesson, "made");
  const completed: Enrolment = { ...active(), status: "completed", completedAt: NOW };
  it.each<[string, Enrolment | undefined, Enrolment, string[]]>([
    ["that it was written down", undefined, inert(), []],
    ["that it begins", inert(), active(), ["course.began course 1"]],
    ["a pause", active(), paused, ["course.paused course 1 2026-06-02T09:00:00.000Z"]],
    ["a pause that gets another end", paused, withPause(paused), []],
    ["its end", paused, withResumption(paused, NOW), ["course.resumed course 1"]],
    ["a move", active(), moved, ["course.move course 1 one made"]],
    ["another word about it", moved, withMove(moved, lesson, "notYet"), ["course.move course 1 one notYet"]],
    ["a word taken back", moved, withMove(moved, lesson, undefined), ["course.move course 1 one takenBack"]],
    ["leaving, which the person tells", active(), withLeft(active()), []],
    ["taking that back", withLeft(paused), withReturn(withLeft(paused)), []],
    ["the end", active(), completed, ["course.finished course 1"]],
    ["starting again", completed, withNewRun(completed, NOW), ["course.began course 2"]],
  ])("%s", (_, before, after, events) => {
    expect(told(holderEvents(before, after, NOW))).toEqual(events);
  });

  it("control: a move under a lesson's former name is told once, under the new one", () => {
    const before = { ...active(), moves: { first: "notYet" as const } };
    expect(told(holderEvents(before, withMove(before, lesson, "made"), NOW))).toEqual([
      "course.move course 1 one made",
    ]);
  });
});

describe("What the ledger tells", () => {
  const entry = (state: LedgerEntry["state"], dispatch = `${READER}_course_1_lesson_one`): LedgerEntry => ({
    ...{ dispatch, messageId: "m", sentAt: NOW, state, stateAt: NOW + 5 },
  });
  it.each(DELIVERY_STATES)("of a mail that is new and already %s", (state) => {
    const later = state === "sent" || state === "delayed" ? [] : [`mail.${state}`];
    const types = sentEvents(entry(state)).map(({ type }) => type);
    expect(types).toEqual(["mail.sent", ...later]);
    expect(stateEvents(entry(state)).map(({ type }) => type)).toEqual(later);
  });
  it("names the mail, and tells nothing of mail to the owner or of a rehearsal", () => {
    expect(told(sentEvents(entry("sent")))).toEqual([
      `mail.sent course 1 lesson one ${READER}_course_1_lesson_one`,
    ]);
    expect(sentEvents(entry("sent", `${READER}_course_1_relay_r1`))).toEqual([]);
    expect(sentEvents(entry("sent", "rehearsalabcdefg_course_1_lesson_one"))).toEqual([]);
  });
});

describe("What a reply tells", () => {
  const reply = (replyKind: ReplyKind) => aReflection(READER, NOW, { replyKind, ownWords: "my secret" });
  it.each<[ReplyKind, string | undefined]>([
    ["reflection", "reflection"],
    ["question", "question"],
    ["grave", "reflection"],
    ["out-of-office", undefined],
    ["foreign-sender", undefined],
    ["owner-answer", undefined],
    ["spam", undefined],
  ])("that is a %s", (kind, tells) => {
    const events = replyEvents(undefined, reply(kind));
    expect(told(events)).toEqual(tells ? [`reader.replied course 1 one x r1 ${tells}`] : []);
    expect(JSON.stringify(events)).not.toContain("secret");
  });
  it("once its reader has said that it is theirs, and not again when it is changed", () => {
    expect(replyEvents(reply("foreign-sender"), reply("question"))).toHaveLength(1);
    expect(replyEvents(reply("question"), { ...reply("question"), answeredAt: NOW })).toEqual([]);
  });
});
