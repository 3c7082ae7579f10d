import { describe, expect, it } from "vitest";
import { readChoiceWords } from "../../../functions/domain/replies/asks/exact-choice.ts";
import { asksOf } from "../../support/asks.ts";

const ASKED = {
  question: "role",
  options: [
    { slug: "managers", label: "I lead managers" },
    { slug: "sellers", label: "I lead sellers" },
    { slug: "nobody", label: "Nobody yet: I sell myself" },
  ],
};
const inReply = (words: string) => asksOf(words, { choiceAsked: ASKED });
const chosen = (words: string) =>
  inReply(words).commands.map((command) => "option" in command && command.option);

describe("a reply to a lesson that ends in a choice", () => {
  it.each([
    ["I lead managers", "managers"],
    ["I lead managers.\n\nBest,\nJane", "managers"],
    ["managers", "managers"],
    ["Managers!", "managers"],
    ["Hi Dana,\n\nsellers\n\nThanks\nJo", "sellers"],
    ["I LEAD SELLERS", "sellers"],
    ["nobody yet", "nobody"],
    ["Nobody yet: I sell myself", "nobody"],
  ])("chooses what it names, and nothing else: %s", (words, option) => {
    expect(chosen(words)).toEqual([option]);
  });

  it.each([
    "I lead",
    "I lead managers and sellers",
    "I lead managers, and last week I let three of them decide a price on their own. It went badly.",
    "managers?",
    "Not managers",
    "I lead managers. We lost the Hansen account because nobody asked them.",
    "yes",
    "3",
  ])("chooses nothing where it says more, less or something else: %s", (words) => {
    expect(inReply(words).commands).toEqual([]);
    expect(inReply(words).leave).toBeUndefined();
  });

  it("leaves where it asks to, whatever it names beside that", () => {
    expect(inReply("Stop").leave).toBeDefined();
    expect(inReply("managers. Please unsubscribe me.").leave).toBeDefined();
  });

  it("chooses nothing in reply to a mail that asked for no choice", () => {
    expect(asksOf("managers").commands).toEqual([]);
  });

  it("chooses an option by its own words, also where another's hold them all", () => {
    const among = (...labels: string[]) => ({
      question: "q",
      options: labels.map((label) => ({ slug: label, label })),
    });
    const team = among("Sales", "Sales and service");
    expect(
      ["Sales", "sales.", "Sales and service", "service"].map((line) => readChoiceWords(line, team)),
    ).toEqual(["Sales", "Sales", "Sales and service", "Sales and service"]);
    const asked = among("I have asked my boss", "I have not asked my boss");
    expect(readChoiceWords("I have asked my boss", asked)).toBe("I have asked my boss");
    expect(readChoiceWords("I have not asked my boss!", asked)).toBe("I have not asked my boss");
    const signs = among("C", "C++", "👍");
    expect(["c", "C++", "👍", ""].map((line) => readChoiceWords(line, signs))).toEqual([
      "C",
      "C++",
      "👍",
      undefined,
    ]);
  });

  it("is read in whatever script its options are", () => {
    const options = [
      { slug: "a", label: "部長です" },
      { slug: "b", label: "営業です" },
    ];
    expect(readChoiceWords("営業です", { question: "q", options })).toBe("b");
    expect(readChoiceWords("です", { question: "q", options })).toBeUndefined();
    const arabic = [
      { slug: "a", label: "أقود مديرين" },
      { slug: "b", label: "أقود بائعين" },
    ];
    expect(readChoiceWords("بائعين", { question: "q", options: arabic })).toBe("b");
  });
});
