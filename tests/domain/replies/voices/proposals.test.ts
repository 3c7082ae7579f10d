import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isCutAndBlanked } from "../../../../functions/domain/replies/voices/cut-and-blanked.ts";
import {
  knownNames,
  listProposals,
  withProposals,
} from "../../../../functions/domain/replies/voices/proposals.ts";

const pieces = (words: string, language = "en", known: string[] = []) =>
  listProposals(words, language, known).map(({ piece, is }) => `${is}: ${piece}`);

describe("what the rules would blank out", () => {
  it.each([
    ["We lost the Halden renewal.", ["name: Halden"]],
    ["I told Dana Whitfield on Monday that the CFO said no.", ["name: Dana Whitfield"]],
    ["It was for Meyer Pack GmbH, and Acme Inc. paid.", ["company: Meyer Pack GmbH", "company: Acme Inc"]],
    ["Then Mr. Hill called.", ["name: Hill"]],
    ["It cost us €40,000 and 12 % of margin.", ["figure: €40,000", "figure: 12 %"]],
    [
      "80,000 cartons, 1.2 million a year, order 4711.",
      ["figure: 80,000", "figure: 1.2 million", "figure: 4711"],
    ],
    [
      "Write to dana@acme.example or see https://acme.example/x.",
      ["address: dana@acme.example", "address: https://acme.example/x"],
    ],
    ["I wrote three lines and she signed in 2 days.", []],
    ["Nobody decided. The plant waited two weeks.", []],
  ])("of %j is %j", (words, found) => {
    expect(pieces(words)).toEqual(found);
  });

  it("in German is no noun, but whoever is introduced", () => {
    expect(pieces("Der Einkauf und Frau Dr. Seidel wollten 40.000 € sehen.", "de")).toEqual([
      "name: Seidel",
      "figure: 40.000 €",
    ]);
  });

  it("is the writer's own name and company, wherever they stand", () => {
    const known = knownNames({ firstName: "Dana", address: "dana.whitfield@papertown.example" });
    expect(pieces("Signed, Dana\nPapertown\nask whitfield", "en", known)).toEqual([
      "name: Dana",
      "name: whitfield",
      "name: Papertown",
    ]);
  });

  it("is marked by what it is, in the language of the course", () => {
    const words = "Frau Seidel wollte 40.000 € von Meyer Pack GmbH.";
    expect(withProposals(words, listProposals(words, "de"), "de")).toBe(
      "Frau [Name] wollte [Zahl] von [Firma].",
    );
    const english = "Then Mr. Hill of Meyer Pack GmbH paid €40,000. See www.x.example";
    expect(withProposals(english, listProposals(english, "en"), "en")).toBe(
      "Then Mr. [name] of [company] paid [figure]. See ▢",
    );
  });

  it("can always be blanked out by the rules for what is shown", () => {
    const some = fc.constantFrom(
      ...[
        "Acme",
        "GmbH",
        "Dana",
        "we",
        "lost",
        "€40,000",
        "12 %",
        "Mr. Hill",
        "a@b.example",
        "and",
        "Name",
        "name",
        "Ms. Figure",
        "the",
        "Halden's",
        "4711.",
        "\n",
      ],
    );
    fc.assert(
      fc.property(fc.array(some, { maxLength: 25 }), fc.constantFrom("en", "de"), (words, language) => {
        const text = words.join(" ");
        const blanked = withProposals(text, listProposals(text, language), language);
        expect(isCutAndBlanked(text, blanked), blanked).toBe(true);
      }),
    );
  });
});
