import { describe, expect, it } from "vitest";
import { checkCopiedWords } from "../../../authoring/checks/copied-words.ts";
import { checkFigures, findFigures } from "../../../authoring/checks/figures.ts";
import { checkReachable, findLinks } from "../../../authoring/checks/links.ts";
import { type Authored, bodyPassages, lineNumber } from "../../../authoring/checks/passages.ts";
import { measureProse } from "../../../authoring/checks/readability.ts";
import { splitSentences, splitWords } from "../../../authoring/checks/sentences.ts";
import { sourceFile } from "../../../authoring/checks/source.ts";

const authored = (body: string, kind: Authored["kind"] = "lesson"): Authored => ({
  file: "x.md",
  kind,
  source: body,
  fields: [],
  body: bodyPassages("x.md", body, 1),
  bodyLine: 1,
});
const texts = (text: string): string[] => splitSentences(text).map((sentence) => sentence.text);

describe("the words of a body", () => {
  it("stand on the lines on which they were written, whatever mark-up is around them", () => {
    const body =
      "## A heading\n\nOne *line*\nand **two**.\n\n- an item\n- another [with a link](https://a.example/99)\n\n> [!example]\n> Picture it.\n>\n> Go on.\n\nThe end.";
    const passages = bodyPassages("x.md", body, 10);
    const shown = passages.map(({ text, line, isExample }) => [
      text.split(/\s+/).filter(Boolean).join(" "),
      line,
      isExample,
    ]);
    expect(shown).toEqual([
      ["A heading", 10, false],
      ["One line and two .", 12, false],
      ["an item", 15, false],
      ["another with a link", 16, false],
      ["Picture it.", 19, true],
      ["Go on.", 21, true],
      ["The end.", 23, false],
    ]);
    const two = passages[1];
    expect(two && lineNumber(two, two.text.indexOf("two"))).toBe(13);
  });

  it("are no words in the marks of a passage, and say for whom they are", () => {
    const body = "For all.\n\n:::when role = managers\nFor some.\n\nStill.\n:::\n\nFor all again.";
    const passages = bodyPassages("x.md", body, 1);
    expect(passages.map(({ text, line, when }) => [text.trim(), line, when])).toEqual([
      ["For all.", 1, undefined],
      ["For some.", 4, "role = managers"],
      ["Still.", 6, "role = managers"],
      ["For all again.", 9, undefined],
    ]);
  });

  it("are no words in code", () => {
    expect(
      bodyPassages("x.md", "```\n99% off!\n```\n\nWords `99!` here.", 1).map(({ line }) => line),
    ).toEqual([5]);
  });
});

describe("a sentence", () => {
  it("goes on after an abbreviation, and after a quotation without an end of its own", () => {
    expect(texts("Ask Dr. Miller, e.g. By mail. Then wait.")).toEqual([
      "Ask Dr. Miller, e.g. By mail.",
      "Then wait.",
    ]);
    expect(texts('Your boss says "Let it rest", and turns. You wait.')).toHaveLength(2);
    expect(texts("It opens at 07:30, costs $2.50 and ends.")).toHaveLength(1);
  });

  it("ends with a question that is quoted, so that the move of lesson 11 is two of them", () => {
    const move =
      'When I next speak with a customer, I will ask "What do you expect of us today?" and write the answers down.';
    expect(texts(move)).toHaveLength(2);
    expect(texts("He said “Seen.” She went on.")).toEqual(["He said “Seen.”", "She went on."]);
  });

  it("has the words that stand between spaces", () => {
    expect(splitWords("A key-account lead – the boss's – paid $2,400 …")).toHaveLength(7);
  });
});

describe("a figure", () => {
  it.each([
    ["30%, 30 percent, thirty per cent", ["30%", "30%", "thirty%"]],
    ["1950 to 1975, the 1980s and 90s", ["1950", "1975", "1980s", "90s"]],
    ["#1, No. 2, number one, the top 10", ["#1", "#2", "#1", "#10"]],
    ["10+ years, Fortune 500, $2,400, 3 million", ["10+", "500", "$2400", "3million"]],
    ["Lesson 4 of 12, lessons 7 and 10, at 07:30 or 7 p.m.", []],
    ["three sentences in fifteen minutes, a one-on-one", []],
  ])("is read from %s", (text, values) => {
    expect(findFigures(text).map(({ value }) => value)).toEqual(values);
  });

  it("is free in an example if it is an amount, and never if it is a year", () => {
    const body = "Buy 14.\n\n> [!example]\n> Buy 14 in 2019.";
    expect(checkFigures(authored(body), new Set()).map(({ line, rule }) => [line, rule])).toEqual([
      [1, "unknown-amount"],
      [4, "unknown-year"],
    ]);
    expect(checkFigures(authored(body), new Set(["14", "2019"]))).toEqual([]);
  });
});

describe("words of the source", () => {
  const article = "One two three four five six seven eight nine ten eleven twelve. In 1980s #1 was 30%.";
  const shingles = new Set(/shingles: >-\n([\s\S]*)/.exec(sourceFile(article))?.[1]?.trim().split(/\s+/));
  const source = { shingles, figures: new Set<string>() };
  const copied = (body: string) =>
    checkCopiedWords(authored(body), source).map(({ line, says }) => `${line}: ${says}`);

  it("may be eight in a row, and not nine", () => {
    expect(copied("So two three four five six seven eight nine and so on.")).toEqual([]);
    expect(copied("So\ntwo three, Four five six\nseven eight nine TEN and so on.")).toEqual([
      '2: 9 words in a row are the source\'s: "two three, Four five six seven eight nine TEN"',
    ]);
  });

  it("may be quoted", () => {
    for (const [open, close] of ['""', "“”"])
      expect(
        copied(`He says ${open}two three four five six seven eight nine ten${close} and so on.`),
      ).toEqual([]);
    expect(copied('"two three four five six seven eight nine ten, and no end')).toHaveLength(1);
  });

  it("are kept as hashes only, beside the figures", () => {
    const file = sourceFile(article);
    expect(file).not.toMatch(/seven|eleven/);
    for (const figure of ['"1980s"', '"#1"', '"30%"']) expect(file).toContain(`  - ${figure}\n`);
  });
});

describe("the reading grade", () => {
  it("is Flesch and Kincaid's, and a known word is a short one", () => {
    const passages = bodyPassages("x.md", "The manufacturing organization reorganized. It went well.", 1);
    const plain = measureProse(passages, new Set()).grade;
    // 7 words, 2 sentences, 18 syllables: 0.39 × 7/2 + 11.8 × 18/7 − 15.59.
    expect(plain).toBeCloseTo(0.39 * 3.5 + (11.8 * 18) / 7 - 15.59, 5);
    expect(measureProse(passages, new Set(["manufacturing", "organization"])).grade).toBeLessThan(plain);
    expect(measureProse(passages, new Set()).hardest?.text).toContain("manufacturing");
  });
});

describe("links in a text", () => {
  const links = (source: string) =>
    findLinks({ file: "x.md", source }).map(({ line, href }) => `${line} ${href}`);

  it("are told from pictures, whose files the build looks for, and found around them", () => {
    expect(links("![a chart](chart.png)\n\n[more](https://a.example)")).toEqual(["3 https://a.example"]);
    expect(links("[![a chart](chart.png)](https://a.example)")).toEqual(["1 https://a.example"]);
    expect(links("[a chart](chart.png)")).toEqual(["1 chart.png"]);
  });
});

describe("external links", () => {
  it("are asked for once each, and told where they do not answer", async () => {
    const link = (href: string) => ({ file: "x.md", line: 3, href });
    const found = await checkReachable([
      link("mailto:somebody@reader.example"),
      link("https://127.0.0.1:1/gone"),
    ]);
    expect(found).toEqual([expect.objectContaining({ file: "x.md", line: 3, rule: "dead-link" })]);
    expect(found[0]?.says).toContain("https://127.0.0.1:1/gone does not answer");
  });
});
