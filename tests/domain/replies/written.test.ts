import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Reflection } from "../../../functions/domain/replies/reflection.ts";
import { isWrittenTwice, MOST_WRITTEN, readWritten } from "../../../functions/domain/replies/written.ts";
import { DAY, HOUR } from "../../../functions/domain/time.ts";

describe("what a reader types into the box on a page", () => {
  it.each([
    ["a browser's line ends", "one\r\ntwo\rthree", "one\ntwo\nthree"],
    ["blank lines", " \n\none\n\n \n\t\n\ntwo\n\n", "one\n\ntwo"],
    ["tabs, and spaces inside a line", "a\tb  c", "a\tb  c"],
    ["controls", "a\u0000b\u0085c\u2028d", "a b c d"],
    ["what looks like a quotation, a signature or a header field", "> a\n--\nBcc: b", "> a\n--\nBcc: b"],
    ["a line of any script", "Вчера, 昨日, أمس 🙂", "Вчера, 昨日, أمس 🙂"],
  ])("is kept as it was meant: %s", (_, typed, words) => {
    expect(readWritten(typed)).toEqual({ words });
  });

  it.each([
    ["nothing", ""],
    ["blanks of any kind", " \r\n\u00a0\u200b\u202e\u3000"],
    ["controls", "\u0000\u0007"],
  ])("has no words: %s", (_, typed) => {
    expect(readWritten(typed)).toEqual({ problem: "empty" });
  });

  it("is too long from one character, and from one line, more than are kept", () => {
    expect(readWritten("x".repeat(MOST_WRITTEN))).toEqual({ words: "x".repeat(MOST_WRITTEN) });
    expect(readWritten("x".repeat(MOST_WRITTEN + 1))).toEqual({ problem: "tooLong" });
    expect(readWritten(Array(2_000).fill("x").join("\n"))).toHaveProperty("words");
    expect(readWritten(Array(2_001).fill("x").join("\n"))).toEqual({ problem: "tooLong" });
    expect(readWritten("\n".repeat(50_000))).toEqual({ problem: "tooLong" });
  });

  it("is within the limits, without controls, and read again is the same, whatever was typed", () => {
    const unit = fc.oneof(
      fc.constantFrom("\r\n", "\n", "\t", " ", "\u0000", "\u2028"),
      fc.string({ unit: "binary" }),
    );
    fc.assert(
      fc.property(fc.array(unit, { maxLength: 60 }), (parts) => {
        const read = readWritten(parts.join(""));
        if ("problem" in read) return;
        expect(read.words).not.toMatch(/(?![\t\n])[\p{Cc}\u2028\u2029]|\n\s*\n\s*\n/u);
        expect(readWritten(read.words)).toEqual(read);
      }),
    );
  });
});

describe("an answer on a page", () => {
  const one = {
    ...{
      id: "a",
      inReplyTo: "x_course_1_lesson_one",
      ownWords: "The same.",
      receivedAt: 0,
      isFromPage: true,
    },
  } as Reflection;
  const { isFromPage: _, ...byMail } = one;

  it("is written twice if it is the same to the same lesson, in another form, within a day", () => {
    expect(isWrittenTwice({ ...one, id: "b", receivedAt: DAY - 1 }, one)).toBe(true);
  });

  it.each<[string, Reflection]>([
    ["itself, taken from its queue once more", one],
    ["in other words", { ...one, id: "b", ownWords: "Other." }],
    ["to another lesson", { ...one, id: "b", inReplyTo: "x_course_1_lesson_two" as Reflection["inReplyTo"] }],
    ["a day later", { ...one, id: "b", receivedAt: DAY + HOUR }],
    ["by mail", { ...byMail, id: "b" }],
  ])("is not written twice: %s", (_what, other) => {
    expect(isWrittenTwice(other, one)).toBe(false);
  });
});
