import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { renderMarkdown } from "../../../authoring/compile/markdown.ts";
import { typographic } from "../../../authoring/compile/typographic.ts";
import { COLUMNS, setPlainText } from "../../../functions/mail/mime/plain-text.ts";

describe("an author's Markdown", () => {
  it("becomes HTML whose styles are inline, in UTF-8 without needless entities", () => {
    const { html } = renderMarkdown('He said "no", didn\'t he?\n\n- **one**\n- two');
    expect(html).toContain("He said “no”, didn’t he?");
    expect(html).toContain('<p style="margin:0 0 18px 0;">');
    expect(html).toContain("<strong>one</strong>");
  });

  it("becomes a text that reads well in a terminal", () => {
    const { text } = renderMarkdown(
      "## Ask\n\n1. *Once*\n2. Then **wait**\n\n> [!example]\n> Picture a printer.\n>\n> It waits.",
    );
    expect(setPlainText(text)).toBe(
      "Ask\n---\n\n1. _Once_\n2. Then *wait*\n\n    Picture a printer.\n\n    It waits.\n",
    );
  });

  it("sets quotation marks as a printer would, and leaves code and addresses alone", () => {
    expect(typographic('"It\'s *"here"*" (\'so\')...')).toBe("“It’s *“here”*” (‘so’)…");
    expect(typographic('`"a"` [b](https://x.example/"c")')).toBe('`"a"` [b](https://x.example/"c")');
  });

  it("has as many blocks in its text as in its HTML, so that a pull-quote falls in the same place", () => {
    const { html, text } = renderMarkdown(
      "one\n\n- a\n- b\n\n> [!example]\n> two\n>\n> three\n\nfour\n\n1. x\n\n   y\n",
    );
    expect(text.split("\n\n")).toHaveLength(html.split("\n\n").length);
  });

  it.each([
    ["one\n\ntwo <b>three</b>", 3, "HTML"],
    ["![a](https://x.example/a.png)", 1, "is on the web"],
    ["![a](//x.example/a.png)", 1, "is on the web"],
    ["![ ](a.png)", 1, "without words"],
    ['![a](a.png "b")', 1, "a title"],
    ["Look: ![a](a.png)", 1, "within other words"],
    ["- ![a](a.png)", 1, "within other words"],
    ["> ![a](a.png)", 1, "within other words"],
    ["![a](a.png)\n![b](b.png)", 1, "within other words"],
    ["[![a](a.png)](http://x.example)", 1, "begins with https://"],
    ["words\n\n![a](a.png)", 3, "no folder"],
    ["x\n\n[a](javascript:alert(1))", 3, "https://"],
    ["| a | b | c | d |\n| - | - | - | - |\n| 1 | 2 | 3 | 4 |", 1, "4 columns"],
    ["x\n\n| a |\n| - |\n| [b](https://x.example) |", 3, "a link in a table"],
    ["x\n\n> [!timeline]\n> Words, and no list.", 3, "no timeline"],
    ["> [!timeline]\n> - 1950: Sales\n> - only words", 1, "no timeline"],
  ])("is refused with its line where a mail cannot carry it: %s", (source, line, says) => {
    expect(() => renderMarkdown(source)).toThrow(
      expect.objectContaining({ line, message: expect.stringContaining(says) }),
    );
  });

  it("becomes a table whose columns are named, in HTML and in 72 columns of text", () => {
    const { html, text } = renderMarkdown(
      `| When | What |\n| --- | --- |\n| One day | ${"many *words* ".repeat(12)} |\n| Later | few |`,
    );
    expect(html).toContain('<th scope="col" width="35%"');
    expect(html).toContain("<em>words</em>");
    expect(html.match(/<tr>/g)).toHaveLength(3);
    const lines = setPlainText(text).trimEnd().split("\n");
    expect(lines.every((line) => line.length <= COLUMNS)).toBe(true);
    expect(lines.slice(0, 3).map((line) => line.trimEnd())).toEqual([
      "When     What",
      `-------  ${"-".repeat(63)}`,
      `One day  ${"many _words_ ".repeat(4)}many`,
    ]);
    expect(lines.at(-1)).toBe("Later    few");
  });

  it("keeps a table's text to 72 columns and loses no word, whatever its cells hold", () => {
    const cell = fc.array(fc.stringMatching(/^[a-z]{1,20}$/), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 5 }), (rows) => {
        const source = rows.map((row) => `| ${row.map((words) => words.join(" ")).join(" | ")} |`);
        const { text } = renderMarkdown(["| a | b | c |", "| - | - | - |", ...source].join("\n"));
        for (const line of text.split("\n")) expect(line.length).toBeLessThanOrEqual(COLUMNS);
        const words = (from: string) => from.match(/[a-z]+/g)?.sort();
        expect(words(text)).toEqual(words(["a b c", ...source].join(" ")));
      }),
    );
  });

  it("becomes a timeline of table cells that has no scale, a gap and no image", () => {
    const source = "> [!timeline]\n> - 1950 to 1975: Sales\n> - ...\n> - To this day: It depends";
    const { html, text } = renderMarkdown(source);
    expect(html.match(/<td class="had"/g)).toHaveLength(2);
    expect(html.match(/<td class="gap"/g)).toHaveLength(1);
    expect(html).not.toMatch(/<img|[ ;"]height/);
    expect(text).toBe("  |  1950 to 1975\n  |  Sales\n  :\n  |  To this day\n  |  It depends");
  });
});

describe("the plain-text part", () => {
  it("numbers its links, each address once", () => {
    const text = "See this <https://a.example>, that <https://b.example> and this <https://a.example>.";
    expect(setPlainText(text)).toBe(
      "See this [1], that [2] and this [1].\n\n[1] https://a.example\n[2] https://b.example\n",
    );
  });

  it("keeps to 72 columns and loses no word", () => {
    const word = fc.stringMatching(/^[a-zäöü,.]{1,30}$/);
    fc.assert(
      fc.property(
        fc.array(word, { minLength: 1, maxLength: 80 }),
        fc.constantFrom("", "- ", "> ", "    ", "12. "),
        (words, lead) => {
          const set = setPlainText(`start\n${lead}${words.join(" ")}`);
          for (const line of set.split("\n")) expect([...line].length).toBeLessThanOrEqual(COLUMNS);
          expect(set.replace(/^> ?/gm, "").replace(/\s+/g, "")).toBe(
            `start${lead.replace(/> | /g, "")}${words.join("")}`,
          );
        },
      ),
    );
  });

  it("lets lists and quotations hang", () => {
    const long = "word ".repeat(20).trim();
    expect(setPlainText(`- ${long}`)).toMatch(/^- word.*\n {2}word/);
    expect(setPlainText(`> ${long}`)).toMatch(/^> word.*\n> word/);
  });

  it("keeps the space of the line that begins a signature", () => {
    expect(setPlainText("body\n\n-- \nme")).toBe("body\n\n-- \nme\n");
  });
});
