import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findAnswer, readAnswer, withAnswer, withAnswers } from "../../../functions/domain/course/answers.ts";
import { inertEnrolment, withActivation, withNewRun } from "../../../functions/domain/course/enrolment.ts";
import { answerInWords, LONGEST_ANSWER, type Question } from "../../../functions/domain/course/questions.ts";

const role: Question = {
  ...{ slug: "role", kind: "choice", label: "Whom do you lead?", isNeeded: true },
  options: [
    { slug: "managers", label: "Managers", labels: { de: "Führungskräfte" } },
    { slug: "sellers", label: "Sellers" },
  ],
};
const goal: Question = { slug: "goal", kind: "text", label: "What should be different?", isNeeded: false };
const course = { questions: [role, goal] };
const reader = inertEnrolment(
  "s1",
  "course",
  { zone: "UTC", weekday: 2, time: "07:30", pace: "weekly" },
  1_000,
);

describe("an answer", () => {
  it.each([
    ["is the name of an option", role, " managers ", { answer: "managers" }],
    ["is one of the options only", role, "Managers", { problem: "form.answerUnknown" }],
    ["is not a property that every object has", role, "constructor", { problem: "form.answerUnknown" }],
    ["that is needed cannot be left out", role, "  ", { problem: "form.answerMissing" }],
    ["that is not needed can", goal, " \u200e\t", { answer: undefined }],
    [
      "is one line, and hides nothing",
      goal,
      "fewer\r\nBcc: x\u202e  calls\u0007",
      { answer: "fewer Bcc: x calls" },
    ],
    ["makes no link in a mail", goal, "as at acme.com", { answer: "as at acme. com" }],
    ["holds no link", goal, "see https://acme.example/x", { problem: "form.answerLink" }],
    ["is as long as is allowed", goal, "ö".repeat(LONGEST_ANSWER), { answer: "ö".repeat(LONGEST_ANSWER) }],
    ["is no longer", goal, "ö".repeat(LONGEST_ANSWER + 1), { problem: "form.answerLong" }],
  ] as const)("%s", (_, question, typed, read) => {
    expect(readAnswer(question, typed)).toEqual(read);
  });

  it("is read to a reader by its label, in their language where there is one", () => {
    expect(answerInWords(role, "managers", "de")).toBe("Führungskräfte");
    expect(answerInWords(role, "sellers", "de")).toBe("Sellers");
    expect(answerInWords(goal, "fewer calls", "de")).toBe("fewer calls");
  });
});

describe("the answers of a reader", () => {
  it("stand on their enrolment; one that says nothing new changes nothing", () => {
    const answered = withAnswer(reader, role, "managers");
    expect(answered.answers).toEqual({ role: "managers" });
    expect(withAnswer(answered, role, "managers")).toBe(answered);
    expect(withAnswer(answered, role, "sellers").answers).toEqual({ role: "sellers" });
  });

  it("are never what cannot be one, and one that is needed is not taken away", () => {
    const answered = withAnswer(reader, role, "managers");
    expect(withAnswer(answered, role, "nobody")).toBe(answered);
    expect(withAnswer(answered, role, undefined)).toBe(answered);
  });

  it("leave no empty field behind", () => {
    const answered = withAnswer(reader, goal, "fewer calls");
    expect(withAnswer(answered, goal, undefined)).toEqual(reader);
    expect("answers" in withAnswer(answered, goal, "")).toBe(false);
  });

  it("come together with a sign-up: what is not asked is left out, and others stay", () => {
    const before = withAnswer(reader, goal, "fewer calls");
    const after = withAnswers(before, course, { role: "sellers", "shoe-size": "43" });
    expect(after.answers).toEqual({ goal: "fewer calls", role: "sellers" });
  });

  it("stay when the course is started again", () => {
    const begun = withActivation(withAnswer(reader, role, "sellers"), 2_000);
    expect(withNewRun(begun, 3_000).answers).toEqual({ role: "sellers" });
  });

  it("count as none where their option, or their question, is gone; an enrolment of older code has none", () => {
    const answered = { answers: { role: "owners", goal: "fewer calls", gone: "yes" } };
    expect(findAnswer(course, answered, "role")).toBeUndefined();
    expect(findAnswer(course, answered, "gone")).toBeUndefined();
    expect(findAnswer(course, answered, "goal")).toBe("fewer calls");
    expect(findAnswer(course, reader, "goal")).toBeUndefined();
    expect(
      findAnswer({ questions: [{ ...goal, slug: "constructor" }] }, answered, "constructor"),
    ).toBeUndefined();
  });

  it("of whatever is typed are one line of a limited length, without a link, and read again as they are", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 300 }), (typed) => {
        const { answers } = withAnswer(reader, goal, typed);
        const kept = answers?.goal;
        if (kept === undefined) return;
        expect(kept).not.toMatch(/[\p{Cc}\u2028\u2029\u202a-\u202e]|https?:|www\.|\/\//iu);
        expect([...kept].length).toBeLessThanOrEqual(LONGEST_ANSWER);
        expect(readAnswer(goal, kept)).toEqual({ answer: kept });
      }),
    );
  });
});
