import { decodeHTML } from "entities";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { renderMarkdown } from "../../../authoring/compile/markdown.ts";
import { readTree } from "../../../authoring/compile/markdown-tree.ts";
import { setPlainText, VERBATIM } from "../../../functions/mail/mime/plain-text.ts";
import { htmlForFeed, htmlForPage } from "../../../functions/web/page.ts";

/** Without styles, so that what is said stands out. */
const bare = (html: string): string => html.replace(/ style="[^"]*"/g, "");
const rendered = (source: string): { html: string; twin: string } => {
  const { html, text } = renderMarkdown(source);
  return { html: decodeHTML(bare(html)), twin: setPlainText(`before\n\n${text}`).slice(8, -1) };
};

describe("what an author writes in Markdown is the same in both parts of a mail:", () => {
  it.each<[what: string, source: string, html: string, twin: string]>([
    [
      "a list that goes on after a quotation keeps its numbers",
      "1. one\n\n> aside\n\n2. two\n3. three",
      '<ol start="2"><li>two</li>\n<li>three</li></ol>',
      "1. one\n\n    aside\n\n2. two\n3. three",
    ],
    [
      "a list in a list",
      "1. one\n   - inner\n2. two",
      "<ol><li>one\n<ul><li>inner</li></ul></li>\n<li>two</li></ol>",
      "1. one\n   - inner\n2. two",
    ],
    [
      "a task list",
      "- [x] done\n- [ ] to do",
      '<ul><li class="task">☑ done</li>\n<li class="task">☐ to do</li></ul>',
      "- [x] done\n- [ ] to do",
    ],
    ["an entity", "caf&eacute; &amp; bar &copy now", "<p>café & bar &copy now</p>", "café & bar &copy now"],
    [
      "a link whose definition has a title",
      "See [the post][one].\n\n[one]: https://example.com/post \"The 'title'\"",
      '<p>See <a href="https://example.com/post">the post</a>.</p>',
      "See the post [1].\n\n[1] https://example.com/post",
    ],
    [
      "footnotes, in the order in which they are referred to",
      'One[^b], two[^a].\n\n[^a]: The "first".\n[^b]: See [it](https://b.example),\n  or not.',
      '<p>One<sup>1</sup>, two<sup>2</sup>.</p>\n\n<p><sup>1</sup> See <a href="https://b.example">it</a>, or not.</p>\n\n<p><sup>2</sup> The “first”.</p>',
      "One¹, two².\n\n¹ See it [1], or not.\n\n² The “first”.\n\n[1] https://b.example",
    ],
    [
      "definitions",
      "Scope\n: what is *in*\n: and what is not",
      "<p><strong>Scope</strong><br>what is <em>in</em><br>and what is not</p>",
      "Scope\n    what is _in_\n    and what is not",
    ],
    [
      "a quotation in a quotation",
      "> outer\n>\n> > inner\n> > goes on",
      '<td class="quotation"><p>outer</p>\n<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"><tr><td class="quotation"><p>inner goes on</p></td></tr></table></td>',
      "    outer\n\n        inner goes on",
    ],
    [
      "an example with a link that is defined below",
      "> [!example]\n> See [it][one].\n\n[one]: https://example.com",
      '<td class="example"><p>See <a href="https://example.com">it</a>.</p></td>',
      "    See it [1].\n\n[1] https://example.com",
    ],
    ["what is struck out", "~~old~~ new", "<p><del>old</del> new</p>", "~~old~~ new"],
    [
      "marks within a word, which would look like its letters in plain text",
      "un*frigging*believable",
      "<p>un<em>frigging</em>believable</p>",
      "unfriggingbelievable",
    ],
    [
      "the sides of a table's columns",
      "| Item | Sum |\n| :-- | --: |\n| a | 1,000 |\n| b | 20 |",
      '<th scope="col" width="65%">Sum</th>',
      "Item    Sum\n----  -----\na     1,000\nb        20",
    ],
    [
      "letters that are two columns wide",
      "| 項目 | x |\n| - | - |\n| a | b |",
      "<strong>a</strong>",
      "項目  x\n----  -\na     b",
    ],
    [
      "code, with its blank lines, its spaces and its addresses",
      "```\na  'b'...\n\n\nc <https://example.com>\n```",
      "<pre dir=\"ltr\">a  'b'...\n\n\nc <https://example.com></pre>",
      "    a  'b'...\n\n\n    c <https://example.com>",
    ],
    [
      "an address in pointed brackets that is code",
      "Run `curl <https://example.com>` and see [it](https://b.example).",
      '<p>Run <code>curl <https://example.com></code> and see <a href="https://b.example">it</a>.</p>',
      "Run curl <https://example.com> and see it [1].\n\n[1] https://b.example",
    ],
    [
      "a bar in a cell",
      "| a | b |\n|-|-|\n| 1 \\| 2 | 3 |",
      "<strong>1 | 2</strong>",
      "a      b\n-----  -\n1 | 2  3",
    ],
    ["a rule between words", "one\n\n***\n\ntwo", "<p>* * *</p>", "one\n\n* * *\n\ntwo"],
    [
      "a line that is broken on purpose",
      "one\\\ntwo  \nthree",
      "<p>one<br>two<br>three</p>",
      "one\ntwo\nthree",
    ],
    [
      "a heading of two lines",
      "Long\n*title*\n===",
      "<h2>Long <em>title</em></h2>",
      "Long _title_\n------------",
    ],
    ["a mark that is escaped", "\\*no\\* \\# \\[x\\]", "<p>*no* # [x]</p>", "*no* # [x]"],
    [
      "a list that begins at zero, and one of brackets",
      "0) nought\n1) one",
      '<ol start="0"><li>nought</li>\n<li>one</li></ol>',
      "0. nought\n1. one",
    ],
    [
      "a list with room between its items, and code in it",
      "- one\n\n      code\n\n- two",
      '<li><p>one</p>\n<pre dir="ltr">code</pre></li>',
      "- one\n\n      code\n- two",
    ],
    [
      "an address of a mailbox",
      "Write to <me@example.com>.",
      "mailto:me@example.com",
      "Write to me@example.com.",
    ],
  ])("%s", (_, source, html, twin) => {
    const found = rendered(source);
    expect(found.html).toContain(html);
    expect(found.twin).toBe(twin);
  });

  it("a line of code is not wrapped in the text, where a reader copies it, but on a telephone it is", () => {
    const line = `npm run console -- import list.csv --source "the form" --words "${"Yes ".repeat(20)}"`;
    const { html, text } = renderMarkdown(`    ${line}\n\n\`${line}\``);
    expect(setPlainText(`before\n\n${text}`)).toContain(`    ${line.trimEnd()}\n`);
    expect(html).toMatch(/<pre [^>]*white-space:pre-wrap;overflow-wrap:anywhere;/);
    expect(html).toMatch(/<code [^>]*overflow-wrap:anywhere;/);
  });

  it("text from right to left is set so, block by block, and code is not", () => {
    const { html } = renderMarkdown("שלום עולם\n\n- مرحبا\n\n> مرحبا\n\n    code\n\nHello שלום");
    expect(html).toMatch(/<p dir="rtl" style="[^"]*text-align:right;">/);
    expect(html).toMatch(/<ul dir="rtl" style="[^"]*padding:0 24px 0 0;/);
    expect(html).toContain("border-right:3px solid");
    expect(html).toContain('<pre dir="ltr"');
    expect(bare(html)).toContain("<p>Hello");
  });
});

describe("quotation marks are set in prose only:", () => {
  it.each<[what: string, source: string, html: string]>([
    ["not in indented code", "    print(\"a\")\n    x = 'a'...", "print(\"a\")\nx = 'a'...</pre>"],
    ["not between tildes", "~~~js\nx = 'a'...\n~~~", "x = 'a'...</pre>"],
    ["not in code of two backticks", "``a ` 'b'`` 'c'", "a ` 'b'</code> ‘c’"],
    ["not in a bare address", "https://example.com/it's it's", ">https://example.com/it's</a> it’s"],
    ["not in an address in brackets", "<https://example.com/it's>", ">https://example.com/it's</a>"],
    ["not where an author wrote a straight one on purpose", '6\\" and 6&quot;', '6" and 6"'],
    ["but behind a backtick that is alone", '`one and "it\'s"', "`one and “it’s”"],
    [
      "also around code, emphasis and links",
      '"`a`" "*b*" "[c](https://c.example)"',
      "“<code>a</code>” “<em>b</em>” “<a",
    ],
    ["across the end of a line", 'he said "yes\nor no" and', "“yes or no”"],
    ["also of a decade", "the '90s", "the ’90s"],
  ])("%s", (_, source, html) => {
    expect(rendered(source).html).toContain(html);
  });
});

describe("what one of the parts could not say is refused with its line:", () => {
  it.each<[source: string, line: number, says: string]>([
    ["a\n\n<!-- to do -->", 3, "holds HTML"],
    ["a\n\n- x <br> y", 3, "holds HTML"],
    ["a\n\nSee [the post][two].", 3, "holds [the post][two], and no line defines where it leads"],
    ["a\n\nb[^1]", 3, "refers to a note that is not there"],
    ["a\n\n[^1]: b", 3, "holds a note that nothing refers to"],
    ["a[^1]\n\n[^1]: b\n\n    c", 3, "holds a note of several paragraphs"],
    ["a\n\n: b", 3, "a meaning stands right below its term"],
    ["a\n\n> [!warning]\n> b", 3, "is marked [!warning]; there are [!example] and [!timeline]"],
    ["[](https://example.com)", 1, "without words"],
    ["a [b](https://example.com/c d)", 1, "holds a link that is none"],
    ["a\n[b]: https://example.com", 2, "defines a link within a paragraph"],
    ["www.example.com", 1, "begins with https:// or mailto:"],
    ["a\n\nb &#987654321; c", 3, "holds an entity that stands for no character"],
    ["a\n\n- b &#1;", 3, "holds an entity that stands for no character"],
    ["| a | b |\n|-|-|\n| 1 | 2 |\n| 1 | 2 | 3 |", 4, "a row of 3 cells in a table of 2 columns"],
    ["| a | b |\n|-|-|\n| `x|y` | 2 |", 3, "a row of 3 cells in a table of 2 columns"],
  ])("%j", (source, line, says) => {
    expect(readTree(source).problems.map((one) => [one.line, one.message])).toEqual([
      [line, expect.stringContaining(says)],
    ]);
  });

  it("all of it at once", () => {
    const { problems } = readTree("<b>x</b>\n\n![a](https://x.example/a.png)\n\n[z](javascript:1)");
    expect(problems.map(({ line }) => line)).toEqual([1, 1, 3, 5]);
  });
});

/** Words as they are read, without the marks of either part. */
const wordsOf = (text: string): string[] => text.match(/[\p{L}\p{N}]+/gu) ?? [];
const wordsOfHtml = (html: string): string[] =>
  wordsOf(
    decodeHTML(
      html
        .replace(/<\/?(?:strong|em|code|a|del)\b[^>]*>/g, "")
        .replace(/<span class="column".*?<\/span>|<[^>]*>/g, " "),
    ),
  );

/** The names of all tags, without what only narrow screens need. */
const tagsOf = (html: string): string[] =>
  html.replace(/<span class="column".*?<\/span>/g, "").match(/<\/?[a-z]\w*/g) ?? [];

it("the web copy keeps code that speaks of styles", () => {
  const { html } = renderMarkdown('Write `<p style="a">`.\n\n    <td style="b">');
  expect(decodeHTML(htmlForPage(html))).toBe(
    '<p>Write <code><p style="a"></code>.</p>\n\n<pre dir="ltr"><td style="b"></pre>',
  );
});

describe("whatever is written", () => {
  const word = fc.constantFrom(' style="b"', "one", "it's", '"two"', "café", "&amp;", "漢字", "שלום", "x...");
  const span = fc.oneof(
    word,
    word.map((one) => `*${one}*`),
    word.map((one) => `**${one}**`),
    word.map((one) => `\`${one}\``),
    word.map((one) => `[${one}](https://a.example)`),
    fc.constantFrom("`", "[", "]", "*", "_", "<", "&", "\\", "[^n]"),
  );
  const line = fc.array(span, { minLength: 1, maxLength: 6 }).map((spans) => spans.join(" "));
  const lead = fc.constantFrom(
    "",
    "",
    "# ",
    "- ",
    "1. ",
    "7) ",
    "> ",
    "> - ",
    "    ",
    "- [ ] ",
    ": ",
    "> [!example]\n> ",
    "```\n",
    "| a |\n|-|\n| ",
  );
  const source = fc
    .array(fc.tuple(lead, line, fc.constantFrom("\n", "\n\n")), { minLength: 1, maxLength: 8 })
    .map((blocks) => `${blocks.flat().join("")}\n\n[^n]: note`);

  it("never ends in a crash: it is refused by line, or both parts hold the same words in as many blocks", () => {
    let taken = 0;
    fc.assert(
      fc.property(source, (markdown) => {
        const { problems } = readTree(markdown);
        const lines = markdown.split("\n").length;
        for (const { line: at } of problems) expect(at >= 1 && at <= lines).toBe(true);
        if (problems.length > 0) return;
        taken++;
        const { html, text } = renderMarkdown(markdown);
        expect(text.split("\n\n")).toHaveLength(html.split("\n\n").length);
        const twin = text
          .replace(/[¹²]/g, " 1 ")
          .replace(/ <https:[^>]*>/g, "")
          .replace(/^ *(?:(?:- |\d+\. )(?:\[ \] )?)+/gm, "")
          .replaceAll(VERBATIM, "");
        expect(wordsOf(twin)).toEqual(wordsOfHtml(html));
        for (const onWeb of [htmlForPage(html), htmlForFeed(html)]) {
          expect(wordsOfHtml(onWeb)).toEqual(wordsOfHtml(html));
          expect(tagsOf(onWeb)).toEqual(tagsOf(htmlForFeed(html)));
          expect(onWeb.match(/<[^>]*style=/)).toBeNull();
        }
      }),
      { numRuns: 400 },
    );
    expect(taken).toBeGreaterThan(40);
  });
});
