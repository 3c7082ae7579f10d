import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { deliver } from "../../functions/deliver/deliver.ts";
import { openSlots } from "../../functions/deliver/governor.ts";
import { slotInWords } from "../../functions/domain/course/dates-in-words.ts";
import { type Enrolment, withLeft } from "../../functions/domain/course/enrolment.ts";
import { withoutLetters } from "../../functions/domain/course/letters.ts";
import type { Subscriber } from "../../functions/domain/people/subscriber.ts";
import type { Reflection } from "../../functions/domain/replies/reflection.ts";
import { readDispatchId } from "../../functions/domain/sending/dispatch.ts";
import { DAY, HOUR, MINUTE } from "../../functions/domain/time.ts";
import { plainContent } from "../support/content.ts";
import { aCourse, aLetter } from "../support/course.ts";
import { addReader, CADENCE, startWorld, type World } from "../support/services.ts";
import { english } from "../support/words.ts";

const NOW = Date.UTC(2026, 5, 1, 9);
const course = { ...aCourse("one", "two"), letters: [aLetter("soon", 90), aLetter("late", 365)] };

describe("a letter, long after the course", () => {
  let world: World;
  let reader: Subscriber;
  beforeEach(async () => {
    world = await startWorld(plainContent(course), NOW);
    reader = await addReader(world);
    const had = { done: ["one", "two"], lastLessonAt: NOW - 7 * DAY };
    const agenda = { completion: { dueAt: NOW, doubts: 0 } };
    await change((current) => ({ ...current, ...had, agenda }));
  });
  afterEach(() => world.stop());

  const enrolment = async () => (await world.services.store.enrolment(reader.id, "course")) as Enrolment;
  const change = async (apply: (current: Enrolment) => Enrolment) =>
    world.services.store.change(await enrolment(), apply);
  const wrote = (lesson: string, ownWords: string, replyKind: Reflection["replyKind"] = "reflection") =>
    world.services.store.keepReflection({
      ...{ kind: "reflection", id: `${lesson}-${ownWords.length}`, subscriber: reader.id, course: "course" },
      ...{ run: 1, lesson, inReplyTo: "d", receivedAt: NOW - DAY, replyKind, reason: "test", ownWords },
      ...{ subject: "Re:", messageId: "<a@b>", references: [], attachments: [], raw: "raw" },
    });
  const look = () =>
    deliver(
      world.services,
      { subscriber: reader.id, course: "course" },
      openSlots(world.services, "urgent"),
      world.clock.now() + MINUTE,
    );
  /** Lets days pass, looking when something is due, as the index would. Returns the letters that left, and when. */
  const pass = async (days: number) => {
    const letters: { slug: string; at: number; to: string }[] = [];
    for (const end = world.clock.now() + days * DAY; world.clock.now() < end; ) {
      const due = Object.values((await enrolment()).agenda).map(({ dueAt }) => dueAt);
      world.clock.set(Math.max(Math.min(end, ...due), world.clock.now() + HOUR / 2));
      const before = world.ses.sent.length;
      await look();
      for (const { dispatch, to } of world.ses.sent.slice(before)) {
        const { kind, slug = "" } = readDispatchId(dispatch) ?? {};
        if (kind === "letter") letters.push({ slug, at: world.clock.now(), to });
      }
    }
    return letters;
  };
  const came = async (days = 400) => (await pass(days)).map(({ slug }) => slug);

  it("comes to whom the completion announced it, once, on a working day at their hour", async () => {
    await wrote("two", "When a rep loses an order, I will ask first.");
    const letters = await pass(400);
    expect(letters.map(({ slug }) => slug)).toEqual(["soon", "late"]);
    for (const [place, days] of [90, 365].entries()) {
      const at = letters[place]?.at as number;
      expect(at).toBeGreaterThan(NOW + days * DAY - 12 * HOUR);
      expect(at).toBeLessThan(NOW + (days + 3) * DAY);
      expect(slotInWords(english, CADENCE, at)).toMatch(/^(Mon|Tues|Wednes|Thurs|Fri)day, 07:30$/);
    }
    expect((await enrolment()).lookedBack).toMatchObject({ letter_soon: "two-44", letter_late: "two-44" });
    expect((await enrolment()).agenda).toEqual({});
  });

  it("quotes what stands there when it leaves: an answer that came after the completion, too", async () => {
    await wrote("one", "The longest of all that was written in this course.");
    await pass(10);
    await wrote("two", "When it rains, I will.");
    await pass(90);
    expect((await enrolment()).lookedBack).toMatchObject({ letter_soon: "two-22" });
  });

  it.each([
    ["wrote nothing", async () => {}],
    ["wrote of grave news alone", () => wrote("two", "My father died on Monday.", "grave")],
    ["asked for something, and wrote nothing else", () => wrote("two", "pause", "command")],
  ] as const)("does not come to who %s", async (_, write) => {
    await write();
    expect(await came()).toEqual([]);
    expect((await enrolment()).agenda).toEqual({});
  });

  it("does not come to who wrote only after a completion that announced none", async () => {
    await pass(2);
    await wrote("two", "When it rains, I will.");
    expect(await came()).toEqual([]);
  });

  it.each([
    ["pressed “No letters”", () => change(withoutLetters)],
    ["left the course", () => change(withLeft)],
    [
      "deleted their words",
      async () => {
        for (const { id } of await world.services.store.reflections(reader.id))
          await world.services.store.forgetReflection(reader.id, id);
      },
    ],
  ] as const)("does not come to who %s meanwhile", async (_, act) => {
    await wrote("two", "When it rains, I will.");
    await pass(30);
    await act();
    expect(await came()).toEqual([]);
  });

  it("does not come to who has stopped everything, whether or not that has reached the course", async () => {
    await wrote("two", "When it rains, I will.");
    await pass(30);
    const subscriber = (await world.services.store.subscriber(reader.id)) as Subscriber;
    await world.services.store.change(subscriber, (current) => ({ ...current, status: "stopped" as const }));
    expect(await came()).toEqual([]);
    expect((await enrolment()).status).toBe("left");
  });

  it("is not sent when its definition has gone, and a new one reaches nobody who was not told", async () => {
    await wrote("two", "When it rains, I will.");
    await pass(30);
    const letters = [aLetter("new", 60), aLetter("late", 365)];
    world.services.content.courses[0] = { ...course, letters };
    expect(await came()).toEqual(["late"]);
    expect((await enrolment()).agenda).toEqual({});
  });

  it("goes without a trace where its course is not shipped any more", async () => {
    await wrote("two", "When it rains, I will.");
    await pass(30);
    world.services.content.courses.length = 0;
    expect(await came()).toEqual([]);
    expect((await enrolment()).agenda).toEqual({});
  });

  it("goes to the address that its reader has then", async () => {
    await wrote("two", "When it rains, I will.");
    await pass(30);
    const subscriber = (await world.services.store.subscriber(reader.id)) as Subscriber;
    await world.services.store.change(subscriber, (current) => ({ ...current, address: "new@home.example" }));
    expect((await pass(70)).map(({ to }) => to)).toEqual(["new@home.example"]);
  });

  it("leaves once where SES's answer was lost and its event tells of it", async () => {
    await wrote("two", "When it rains, I will.");
    await pass(80);
    world.ses.answers.push({ outcome: "in-doubt", detail: "lost" });
    const { agenda } = await enrolment();
    world.clock.set(agenda.letter_soon?.dueAt as number);
    await look();
    const { claim } = await enrolment();
    const sentAt = world.clock.now();
    const entry = { messageId: "m", sentAt, state: "sent" as const, stateAt: sentAt };
    await world.services.store.recordSent({ dispatch: claim?.dispatch ?? "", ...entry });
    expect(await came(40)).toEqual([]);
    expect((await enrolment()).lookedBack).toMatchObject({ letter_soon: "two-22" });
  });

  it("is not sent a second time in one run, whatever plans it again", async () => {
    await wrote("two", "When it rains, I will.");
    expect(await came(100)).toEqual(["soon"]);
    await change((current) => ({
      ...{ ...current, agenda: { letter_soon: { dueAt: world.clock.now(), doubts: 0 } } },
    }));
    expect(await came(5)).toEqual([]);
  });

  it("comes only where the completion that left announced it: a second try announces no more than the first", async () => {
    await wrote("two", "When it rains, I will.");
    world.services.content.courses[0] = { ...course, letters: [aLetter("late", 365)] };
    world.ses.answers.push({ outcome: "in-doubt", detail: "lost" });
    world.clock.set(NOW);
    await look();
    expect((await enrolment()).agenda.completion?.announces).toEqual(["late"]);
    // A deploy brings another letter before the completion is tried again.
    world.services.content.courses[0] = course;
    expect(await came()).toEqual(["late"]);
  });
});
