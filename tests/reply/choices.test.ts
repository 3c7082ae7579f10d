import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Course } from "../../functions/domain/course/course.ts";
import type { Enrolment } from "../../functions/domain/course/enrolment.ts";
import type { Question } from "../../functions/domain/course/questions.ts";
import { receive } from "../../functions/reply/receive.ts";
import {
  aMail,
  COURSE,
  closeConversation,
  openConversation,
  replyTo,
  SUBSCRIBER,
  services,
} from "../support/conversation.ts";

const ROLE: Question = {
  ...{ slug: "role", kind: "choice", label: "Whom do you lead?", isNeeded: false, isAskedInLesson: true },
  options: [
    { slug: "managers", label: "I lead managers" },
    { slug: "sellers", label: "I lead sellers" },
  ],
};

beforeEach(async () => {
  await openConversation();
  const [course] = services.content.courses as [Course];
  const lessons = course.lessons.map((lesson) =>
    lesson.slug === "two" ? { ...lesson, choice: "role" } : lesson,
  );
  services.content = { ...services.content, courses: [{ ...course, questions: [ROLE], lessons }] };
});
afterEach(closeConversation);

const enrolment = async () => (await services.store.enrolment(SUBSCRIBER, COURSE)) as Enrolment;
const notices = async () =>
  Object.keys((await enrolment()).agenda).filter((key) => key.startsWith("notice_"));
const write = async (words: string, lesson = "two", id?: string) =>
  receive(services, aMail({ recipients: [await replyTo(lesson)], words, ...(id !== undefined && { id }) }));

describe("a reply to a lesson that ends in a choice", () => {
  it("chooses by the words of an option, is kept as a command, and told once", async () => {
    await write("I lead managers.\n\nBest,\nJane");
    expect((await enrolment()).answers).toEqual({ role: "managers" });
    const [kept] = await services.store.reflections(SUBSCRIBER);
    expect(kept).toMatchObject({
      replyKind: "command",
      asked: [{ name: "choose", question: "role", option: "managers" }],
    });
    expect(await notices()).toEqual([expect.stringMatching(/^notice_chosen-/)]);
  });

  it("changes what was chosen; what was said last counts", async () => {
    await write("managers");
    await write("Sellers!");
    expect((await enrolment()).answers).toEqual({ role: "sellers" });
  });

  it("is a reflection where it says more, and no choice where another lesson was replied to", async () => {
    await write(
      "I lead managers, and the first thing that I would do differently is to let them set the price.",
    );
    await write("managers", "three");
    expect((await enrolment()).answers).toBeUndefined();
    const kinds = (await services.store.reflections(SUBSCRIBER)).map(({ replyKind }) => replyKind);
    expect(kinds.sort()).toEqual(["reflection", "very-short"]);
  });

  it("is nothing where its sender is not them, or DMARC failed", async () => {
    await receive(
      services,
      aMail({ recipients: [await replyTo("two")], words: "managers", from: "mallory@evil.example" }),
    );
    await receive(
      services,
      aMail({ recipients: [await replyTo("two")], words: "managers", verdicts: { dmarc: "FAIL" } }),
    );
    expect((await enrolment()).answers).toBeUndefined();
    // Control: of the same words, from them, it is one.
    await write("managers");
    expect((await enrolment()).answers).toEqual({ role: "managers" });
  });

  it("delivered twice is one choice: what was chosen in between stays", async () => {
    await write("managers", "two", "first");
    await write("sellers", "two", "second");
    await write("managers", "two", "first");
    expect((await enrolment()).answers).toEqual({ role: "sellers" });
  });

  it("is no choice once the option is gone: its reader is told how to ask", async () => {
    const asked = services.content;
    await write("managers");
    services.content = { ...asked, courses: asked.courses.map((course) => ({ ...course, questions: [] })) };
    await write("sellers");
    expect((await enrolment()).answers).toEqual({ role: "managers" });
  });
});
