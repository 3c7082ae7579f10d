import { beforeAll, describe, expect, it } from "vitest";
import { sampleReflection } from "../../../authoring/samples.ts";
import type { Content } from "../../../functions/domain/content.ts";
import type { Course } from "../../../functions/domain/course/course.ts";
import type { Reflection } from "../../../functions/domain/replies/reflection.ts";
import { digestWords } from "../../../functions/mail/compose/digest-words.ts";
import { relayWords } from "../../../functions/mail/compose/relay-words.ts";
import { shippedContent, theCourse } from "../composition.ts";

let content: Content;
let course: Course;
beforeAll(async () => {
  content = await shippedContent();
  course = theCourse(content);
});

const subjectFor = (name: string | undefined, lesson: string): string => {
  const reflection = sampleReflection(course, lesson, { replyKind: "question" });
  return wordsOf(reflection, name).subject;
};
const WHO = { id: "abcdefgh234567ab", masked: "d•••@mail.example", stage: "production" };
const wordsOf = (reflection: Reflection, name: string | undefined, canAnswer = true) =>
  relayWords(course, reflection, { who: WHO, name, isPrompted: true, canAnswer, isHere: true });

describe("the subject of a mail that brings the owner a reply", () => {
  it("is the same for all that is about a reader, so that a mail program shows one thread", () => {
    const subject = "Dana (d•••@mail.example) wrote to you";
    expect(subjectFor("Dana", "the-anti-process-process")).toBe(subject);
    expect(subjectFor("Dana", "up")).toBe(subject);
    expect(subjectFor(undefined, "up")).toBe("A reader (d•••@mail.example) wrote to you");
  });

  it("stands out for grave news, and for an answer that went nowhere", () => {
    const grave = sampleReflection(course, "up", { replyKind: "grave" });
    expect(wordsOf(grave, "Dana").subject).toBe("Grave news from Dana (d•••@mail.example)");
    const unsent = sampleReflection(course, "up", { replyKind: "owner-answer" });
    expect(wordsOf(unsent, "Dana").subject).toBe("Your answer was not sent (d•••@mail.example)");
  });

  it("leaves a long name to the mail, so that the rest is seen on a phone", () => {
    const name = "Maximiliana-Konstantina Papadimitriou-Wellington III";
    expect(subjectFor(name, "who-is-in")).toBe("A reader (d•••@mail.example) wrote to you");
  });
});

describe("a mail that brings the owner a reply", () => {
  it("says who wrote, about which lesson, and which command acts on it", () => {
    const reflection = sampleReflection(course, "the-anti-process-process", { replyKind: "question" });
    const { who, preview, notes } = wordsOf(reflection, "Dana");
    expect(who).toBe("Dana · d•••@mail.example · abcdefgh234567ab");
    expect(preview).toBe("Dana asks: Lesson 3");
    const said = notes.join("\n");
    expect(said).toContain(
      `npm run console -- replies show abcdefgh234567ab/${reflection.id} --stage production`,
    );
    expect(said).toContain("npm run console -- subscribers show abcdefgh234567ab --stage production");
    expect(said).toContain("Dealt with without an answer: npm run console -- replies done");
    expect(wordsOf(reflection, "Dana", false).notes.join("\n")).not.toContain("without an answer");
  });
});

describe("what the owner is told of an answer that was written on a page", () => {
  it("says so, in the relay and in the digest, and says nothing of it of a mail", () => {
    const byMail = sampleReflection(course, "who-is-in", { replyKind: "question" });
    const written = { ...byMail, isFromPage: true } as const;
    const place = (reflection: Reflection) =>
      digestWords(content, { entries: [{ name: "Dana", who: WHO, reflection }], more: 0, unmatched: 0 })
        .entries[0]?.place;
    expect(wordsOf(written, "Dana").notes.join(" ")).toContain(
      "Written on the page of the lesson, not by email",
    );
    expect(place(written)).toMatch(/^Lesson \d+: .+ · written on the page$/);
    expect([...wordsOf(byMail, "Dana").notes, place(byMail)].join(" ")).not.toMatch(/written on the page/i);
  });
});
