import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { excerpt, splitSentences } from "../../../functions/mail/compose/excerpt.ts";

const SENTENCE = "Finance wanted a third signature on a price that we had agreed in May. ";

describe("an excerpt", () => {
  it("of a short text is the text", () => {
    expect(excerpt("As it is. With a line\nend", 600)).toBe("As it is. With a line\nend");
  });

  it("ends behind the last sentence that fits", () => {
    const shown = excerpt(SENTENCE.repeat(20), 600);
    expect(shown).toBe(`${SENTENCE.repeat(8).trim()} …`);
    expect(shown.length).toBeLessThanOrEqual(600);
    expect(excerpt("価格の話です。".repeat(200), 600)).toMatch(/^(価格の話です。)+ …$/);
    expect(excerpt(`He said "no." ${"and ".repeat(200)}`, 600)).toBe('He said "no." …');
  });

  it("ends behind a word where no sentence ends, and inside no character", () => {
    const words = excerpt("word ".repeat(300), 600);
    expect(words).toMatch(/^(word )+…$/);
    expect(excerpt("👍".repeat(600), 600)).toMatch(/^(👍)+ …$/u);
    expect(excerpt(`about 3.5 ${"x".repeat(700)}`, 600)).toBe("about 3.5 …");
  });

  it("is never longer than it may be, and a beginning of the text", () => {
    const text = fc.array(fc.constantFrom("a", "word ", ". ", "! ", "\n", "👍", "。", "…"), {
      maxLength: 60,
    });
    fc.assert(
      fc.property(text, fc.integer({ min: 5, max: 80 }), (pieces, most) => {
        const whole = pieces.join("");
        const shown = excerpt(whole, most);
        expect(shown.length).toBeLessThanOrEqual(most);
        if (shown !== whole) expect(whole.startsWith(shown.slice(0, -2))).toBe(true);
        expect(Buffer.from(shown).toString()).toBe(shown);
      }),
    );
  });
});

describe("the sentences of a text", () => {
  it("are told apart by their marks and by paragraphs, not by line ends or figures", () => {
    expect(splitSentences("We lost it\non day 6.5. Why? Nobody\n\nknows")).toEqual([
      "We lost it on day 6.5.",
      "Why?",
      "Nobody",
      "knows",
    ]);
    expect(splitSentences(" \n\n ")).toEqual([]);
  });
});
