import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isCutAndBlanked, withBlank } from "../../../../functions/domain/replies/voices/cut-and-blanked.ts";

const WORDS =
  "Finance wanted a third signature on Acme's carton job. Dana would not call.\n\nIt cost us €40,000 and the buyer's patience.";

describe("what is shown of a reader's words", () => {
  it.each([
    ["as they are", WORDS],
    ["on other lines", WORDS.replace("\n\n", " ").replace("signature on", "signature\non")],
    ["without the end", "Finance wanted a third signature on Acme's carton job. …"],
    ["without the beginning", "… It cost us €40,000 and the buyer's patience."],
    ["without a sentence in the midst", WORDS.replace("Dana would not call.", "…")],
    ["with a name blanked out", WORDS.replace("Dana", "[name]")],
    ["with a company blanked out, its ending left", WORDS.replace("Acme", "▢")],
    ["with a figure blanked out", WORDS.replace("€40,000", "[figure]")],
    ["with all of it", "Finance wanted a third signature on ▢'s carton job. … It cost us [figure] …"],
    ["with two words blanked out, one by one", WORDS.replace("third signature", "▢ ▢")],
  ])("may be the words %s", (_, text) => {
    expect(isCutAndBlanked(WORDS, text)).toBe(true);
  });

  it.each([
    ["a word that they did not write", WORDS.replace("third", "fourth")],
    ["a word left out without a mark", WORDS.replace("third ", "")],
    ["an end left out without a mark", "Finance wanted a third signature on Acme's carton job."],
    [
      "a beginning left out without a mark",
      "Dana would not call. It cost us €40,000 and the buyer's patience.",
    ],
    ["sentences in another order", "… It cost us €40,000 … Dana would not call. …"],
    ["another word made by cutting in the midst of one", "… sign … on Acme's …"],
    ["a word of the owner's own behind a mark", WORDS.replace("Dana", "[my friend Dana]")],
    ["praise behind the end", `${WORDS} Well done!`],
    ["a whole part blanked out as if it were a name", `▢ ${WORDS.slice(-12)}`],
  ])("may not have %s", (_, text) => {
    expect(isCutAndBlanked(WORDS, text)).toBe(false);
  });

  it("may have the marks that its writer wrote", () => {
    const own = "We waited … and waited ▢ for [name], they said.";
    expect(isCutAndBlanked(own, own)).toBe(true);
    expect(isCutAndBlanked(own, own.replace("waited ▢", "stayed ▢"))).toBe(false);
  });

  it("has a piece blanked out wherever it stands as a word", () => {
    expect(withBlank("Ann, Annika and Ann's desk. (Ann)", "Ann", "[name]")).toBe(
      "[name], Annika and [name]'s desk. ([name])",
    );
    expect(withBlank("Hill & Co. paid; hill did not", "Hill & Co.", "▢")).toBe("▢ paid; hill did not");
  });
});

describe("any piece", () => {
  it("can be blanked out, whatever stands in it, and leaves what may be shown", () => {
    const some = fc.string({ unit: fc.constantFrom(..."ab -–.*+?^}{$()|[]\\/&'1"), maxLength: 12 });
    fc.assert(
      fc.property(some, some, some, (before, piece, after) => {
        const whole = `${before} ${piece} ${after}`;
        const blanked = withBlank(whole, piece, "▢");
        expect(isCutAndBlanked(whole, blanked) || !/[\p{L}\p{N}]/u.test(piece)).toBe(true);
      }),
    );
    expect(withBlank("Anna-Lena and Anna", "Anna-Lena", "[name]")).toBe("[name] and Anna");
  });
});

const word = fc.stringMatching(/^[a-zA-Z0-9äöüß',.]{1,8}$/).filter((text) => /[a-zA-Z0-9äöüß]/.test(text));
const text = fc.array(word, { minLength: 1, maxLength: 30 });
/** What becomes of each word: kept, left out or blanked out. */
const deeds = fc.array(fc.constantFrom("keep", "keep", "cut", "blank"), { minLength: 30, maxLength: 30 });

describe("any words", () => {
  it("may be shown as they are, whatever stands in them", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 300 }), (any) => {
        expect(isCutAndBlanked(any, any)).toBe(true);
      }),
    );
  });

  it("may be shown with any of them left out or blanked out, each marked", () => {
    fc.assert(
      fc.property(text, deeds, (words, done) => {
        const shown = words.map((one, at) => ({ keep: one, cut: "…", blank: "▢" })[done[at] as "keep"]);
        expect(isCutAndBlanked(words.join(" "), shown.join(" "))).toBe(true);
      }),
    );
  });

  it("may not be shown with a word among them that was never written", () => {
    fc.assert(
      fc.property(text, deeds, fc.nat(30), (words, done, place) => {
        const shown = words.map((one, at) => ({ keep: one, cut: "…", blank: "▢" })[done[at] as "keep"]);
        shown.splice(place, 0, "xyzzyq");
        expect(isCutAndBlanked(words.join(" "), shown.join(" "))).toBe(false);
      }),
    );
  });
});
