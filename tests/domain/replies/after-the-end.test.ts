import { describe, expect, it } from "vitest";
import { asksOf } from "../../support/asks.ts";
import { german } from "../../support/words.ts";

const inReply = (words: string) => asksOf(words, { commands: german.commands, isAboutLetters: true });

describe("a reply to a letter, or to the last mail of a course", () => {
  it.each([
    "later lessons",
    "Later lessons, please. Thanks!",
    "spätere Lektionen",
    "Hi,\n\nLATER LESSONS\n\nJane",
  ])("that is only the words that the mail names wants the lessons that are added later: %j", (words) => {
    expect(inReply(words).commands).toEqual([{ name: "later-lessons" }]);
    expect(asksOf(words).commands).toEqual([]);
  });

  it.each(["Later lessons built on this one.", "later lessons?", "no later lessons"])(
    "that says more, or asks, wants none of them: %j",
    (words) => {
      expect(inReply(words).commands).toEqual([]);
    },
  );

  it.each([
    "no letters",
    "No letters.",
    "Hi,\n\nNO LETTERS\n\nBest regards,\nJane",
    "no more letters!",
    "keine Briefe",
    "Keine Briefe mehr.",
  ])("that is only the words, as people write them, wants none, and leaves nothing: %j", (words) => {
    expect(inReply(words)).toMatchObject({
      ...{ commands: [{ name: "no-letters" }], leave: undefined, unclear: undefined, besides: "" },
    });
  });

  it.each([
    "No letters came this year, and the customer noticed.",
    "no letters?",
    "There were no letters on the cartons.",
    "",
  ])("that says more, or asks, is an answer as ever: %j", (words) => {
    expect(inReply(words).commands).toEqual([]);
  });

  it("is heard as what else it asks for", () => {
    expect(inReply("unsubscribe").leave).toBeDefined();
    expect(inReply("No letters. Please unsubscribe me from everything.").leave).toBeDefined();
  });
});

describe("the same words to any other mail", () => {
  it("end no letters", () => {
    expect(asksOf("no letters").commands).toEqual([]);
  });
});
