import { beforeAll, describe, expect, it } from "vitest";
import { sampleReflection } from "../../../authoring/samples.ts";
import type { Course } from "../../../functions/domain/course/course.ts";
import { relayWords } from "../../../functions/mail/compose/relay-words.ts";
import { shippedContent, theCourse } from "../composition.ts";

let course: Course;
beforeAll(async () => {
  course = theCourse(await shippedContent());
});

const subjectFor = (name: string | undefined, lesson: string): string => {
  const reflection = sampleReflection(course, lesson, { replyKind: "question" });
  return relayWords(course, reflection, { name, isPrompted: true, canAnswer: true, isHere: true }).subject;
};

describe("the subject of a mail that brings the owner a reply", () => {
  it("says who and which lesson, and nothing of what they wrote", () => {
    expect(subjectFor("Dana", "the-anti-process-process")).toBe("Dana asks: Lesson 3");
    expect(subjectFor(undefined, "the-anti-process-process")).toBe("A reader asks: Lesson 3");
    expect(subjectFor("Dana", "up")).toBe("Dana asks");
  });

  it("leaves a long name to the mail, so that the lesson is seen on a phone", () => {
    const name = "Maximiliana-Konstantina Papadimitriou-Wellington III";
    expect(subjectFor(name, "who-is-in")).toBe("A reader asks: Lesson 12");
  });
});
