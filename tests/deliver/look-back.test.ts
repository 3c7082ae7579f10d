import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { deliver } from "../../functions/deliver/deliver.ts";
import { openSlots } from "../../functions/deliver/governor.ts";
import { planLookBack } from "../../functions/deliver/look-back.ts";
import { slotInWords } from "../../functions/domain/course/dates-in-words.ts";
import { type Enrolment, withPause } from "../../functions/domain/course/enrolment.ts";
import type { Subscriber } from "../../functions/domain/people/subscriber.ts";
import type { Reflection } from "../../functions/domain/replies/reflection.ts";
import { readDispatchId } from "../../functions/domain/sending/dispatch.ts";
import { DAY, HOUR, MINUTE } from "../../functions/domain/time.ts";
import { plainContent } from "../support/content.ts";
import { aCourse, aLesson } from "../support/course.ts";
import { addReader, CADENCE, startWorld, type World } from "../support/services.ts";
import { english } from "../support/words.ts";

const NOW = Date.UTC(2026, 5, 1, 9);
/** Two lessons of one part, two of another. */
const course = {
  ...aCourse(),
  parts: [
    { slug: "up", title: "Up" },
    { slug: "down", title: "Down" },
  ],
  lessons: ["one", "two"]
    .map((slug) => aLesson(slug))
    .concat(["three", "four"].map((slug) => aLesson(slug, { part: "down" }))),
};

describe("a look-back", () => {
  let world: World;
  let reader: Subscriber;
  beforeEach(async () => {
    world = await startWorld(plainContent(course), NOW);
    reader = await addReader(world);
  });
  afterEach(() => world.stop());

  const enrolment = async () => (await world.services.store.enrolment(reader.id, "course")) as Enrolment;
  const wrote = (
    lesson: string,
    ownWords: string,
    receivedAt: number,
    replyKind: Reflection["replyKind"] = "reflection",
  ) =>
    world.services.store.keepReflection({
      kind: "reflection",
      id: `${lesson}-${ownWords.length}`,
      subscriber: reader.id,
      course: "course",
      run: 1,
      lesson,
      inReplyTo: "d",
      receivedAt,
      replyKind,
      reason: "test",
      ownWords,
      subject: "Re:",
      messageId: "<a@b>",
      references: [],
      attachments: [],
      raw: "raw",
    });
  /** Lets days pass, looking when something is due, as the index would. Returns what was sent, and when. */
  const pass = async (days: number) => {
    const from = world.ses.sent.length;
    const times: number[] = [];
    for (const end = world.clock.now() + days * DAY; world.clock.now() < end; ) {
      const due = Object.values((await enrolment()).agenda).map(({ dueAt }) => dueAt);
      // What is due and may not leave is looked at again and again.
      world.clock.set(Math.max(Math.min(end, ...due), world.clock.now() + HOUR / 2));
      const before = world.ses.sent.length;
      await deliver(
        world.services,
        { subscriber: reader.id, course: "course" },
        openSlots(world.services, "urgent"),
        world.clock.now() + MINUTE,
      );
      for (let sent = before; sent < world.ses.sent.length; sent++) times.push(world.clock.now());
    }
    return world.ses.sent
      .slice(from)
      .map((mail, place) => ({ ...readDispatchId(mail.dispatch), at: times[place] as number }));
  };
  const lookBacks = (sent: Awaited<ReturnType<typeof pass>>) =>
    sent.filter(({ kind }) => kind === "look-back");

  it("quotes the longest reflection of the part that ended, on a Thursday a fortnight after it was written", async () => {
    await wrote("one", "Short.", NOW + 2 * DAY);
    await wrote("two", "The longest of what was written in this part.", NOW + 9 * DAY);
    await wrote(
      "two",
      "An answering machine writes more than anybody would, and it is no journal.",
      NOW + 9 * DAY,
      "auto-reply",
    );
    const [lookBack, ...others] = lookBacks(await pass(40));
    expect(lookBack).toMatchObject({ slug: "up" });
    expect(others).toHaveLength(0);
    expect(slotInWords(english, CADENCE, lookBack?.at as number)).toBe("Thursday, 07:30");
    expect(lookBack?.at).toBeGreaterThanOrEqual(NOW + 9 * DAY + 13 * DAY + 12 * HOUR);
  });

  it("does not take a signature for words, and is remembered: its answer belongs to what it quoted", async () => {
    const signature = "\n\nJane Doe\nKey-account lead at a maker of cartons and labels";
    await wrote("one", `Short, and signed.${signature}`, NOW + 2 * DAY);
    await wrote("one", `Signed as well.${signature}`, NOW + 3 * DAY);
    await wrote("two", "Longer than either of the two without its end.", NOW + 9 * DAY);
    await pass(40);
    expect((await enrolment()).lookedBack).toEqual({ up: "two-46" });
  });

  it("is planned when a part is over, by the next part's first lesson or the completion, and by no other mail", async () => {
    for (const lesson of ["one", "three", "a-lesson-that-is-gone"])
      await wrote(lesson, `Words about ${lesson}.`, NOW);
    const plannedBy = async (key: string, slug: string, lessons = course.lessons) => {
      const sent = { key, slug, at: NOW + DAY };
      return (await planLookBack(world.services, await enrolment(), { ...course, lessons }, sent))?.key;
    };
    const planned = [];
    for (const slug of ["one", "two", "three", "four", "a-lesson-that-is-gone"])
      planned.push(await plannedBy("lesson", slug));
    expect(planned).toEqual([undefined, undefined, "look-back_up", undefined, undefined]);
    expect(await plannedBy("completion", "completion")).toBe("look-back_down");
    expect(await plannedBy("prompt_three", "three")).toBeUndefined();
    // The author has taken all lessons out of a course that a reader is at the end of.
    expect(await plannedBy("completion", "completion", [])).toBeUndefined();
  });

  it("comes once a part, and the last one after the completion", async () => {
    await wrote("one", "Words in the first part.", NOW + 2 * DAY);
    const sent = await pass(22);
    await wrote("four", "Words in the last part.", NOW + 23 * DAY);
    sent.push(...(await pass(50)));
    expect(lookBacks(sent).map(({ slug }) => slug)).toEqual(["up", "down"]);
    const completion = sent.find(({ kind }) => kind === "completion");
    expect(lookBacks(sent)[1]?.at).toBeGreaterThan(completion?.at as number);
  });

  it("goes without a trace when the lesson that it quotes was removed meanwhile", async () => {
    await wrote("one", "Words about a lesson that is going to go.", NOW + 2 * DAY);
    await pass(15);
    expect((await enrolment()).agenda).toHaveProperty("look-back_up");
    world.services.content.courses[0] = { ...course, lessons: course.lessons.slice(1) };
    expect(lookBacks(await pass(30))).toHaveLength(0);
    expect((await enrolment()).agenda).not.toHaveProperty("look-back_up");
  });

  it("does not come to who wrote nothing, and waits while they pause", async () => {
    expect(lookBacks(await pass(60))).toHaveLength(0);
    await world.services.store.change(await enrolment(), (current) => ({
      ...current,
      status: "active" as const,
      agenda: { "look-back_up": { dueAt: world.clock.now(), doubts: 0, reflection: "none" } },
    }));
    await world.services.store.change(await enrolment(), (current) => withPause(current));
    expect(await pass(3)).toHaveLength(0);
    expect((await enrolment()).agenda).toHaveProperty("look-back_up");
  });
});
