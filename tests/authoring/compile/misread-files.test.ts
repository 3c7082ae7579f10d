import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { readCourses } from "../../../authoring/compile/compile-courses.ts";
import { readNewsletter } from "../../../authoring/compile/compile-issues.ts";
import { inWords, openSources } from "../../../authoring/compile/sources.ts";
import { splitFrontMatter } from "../../../authoring/compile/yaml.ts";

const ISSUE = "content/newsletter/letter.md";

const folder = mkdtempSync(join(tmpdir(), "coursepost-misread-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function write(file: string, bytes: string | Buffer): void {
  const path = join(folder, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, bytes);
}

/** The issue of a file, and what is said of it. */
function read(bytes: string | Buffer) {
  write("content/newsletter/newsletter.yaml", "title: News\nsenderName: Me\n");
  write(ISSUE, bytes);
  const sources = openSources(folder);
  const [issue] = readNewsletter(sources).issues;
  return { issue, says: sources.problems.map(inWords) };
}

const withTitle = (title: string): string =>
  `---\nsubject: Hello\ntitle: ${title}\npreview: What there is to see\n---\n\nText.\n`;

describe("front matter that YAML reads as something else than it says", () => {
  it.each([
    ["Letter #12: who decides", 'title: loses "#12: who decides"', "put it in quotes"],
    ["#1 in sales", 'title: loses "#1 in sales"', "put it in quotes"],
    ["!Important news", 'title: loses "!Important"', "put it in quotes"],
    ["!!str 5", 'title: loses "', "put it in quotes"],
    ["&co and more", 'title: loses "&co"', "put it in quotes"],
    ["*Growth*", "title: begins with *", "put it in quotes"],
    ["Growth: how", "is not YAML (", "put it in quotes"],
    ["[Draft] news", "is not YAML (", "put it in quotes"],
    ["@home", "is not YAML (", "put it in quotes"],
    ["`code`", "is not YAML (", "put it in quotes"],
    ["%name%", "is not YAML (", "put it in quotes"],
    ['"Growth" and more', "is not YAML (", "put it in quotes"],
    ["- one", "is not YAML (", "put it in quotes"],
    ["2024", "title: is not text", "put it in quotes"],
    ["007", "title: is not text", "put it in quotes"],
    ["0o17", "title: is not text", "put it in quotes"],
    ["1e3", "title: is not text", "put it in quotes"],
    ["true", "title: is not text", "put it in quotes"],
    ["[Growth]", "title: is not text", "put it in quotes"],
    ["{{name}}", "title: is not text", "put it in quotes"],
    ["", "title: is empty", "write it"],
    ["~", "title: is empty", "write it"],
    ["Caf&eacute; news", "title: holds &eacute;, which is mailed as it stands", "write \u00e9 instead"],
    ["Q&amp;A", "title: holds &amp;", "write & instead"],
    ["one &#8211; two", "title: holds &#8211;", "write \u2013 instead"],
    ['"\\x41nna"', "title: reads \\x41 as something else", "write the letter itself"],
    ['"Caf\\u00e9"', "title: reads \\u00e9 as something else", "two backslashes"],
    ['"a\\/b"', "title: reads \\/ as something else", "two backslashes"],
    ['"\\u200bHello"', "title: holds a character that cannot be seen", ""],
    ['"Growth" # a working title', 'title: loses "# a working title"', "line of its own"],
    ["'Growth' #1 in sales", 'title: loses "#1 in sales"', "put it in quotes"],
    [">- # to do", 'title: loses "# to do"', "line of its own"],
    ['"C:\\temp"', "title: holds a character that cannot be seen", "two backslashes"],
  ])("is refused with its line: title: %s", (title, what, todo) => {
    const { issue, says } = read(withTitle(title));
    expect(issue).toBeUndefined();
    expect(says[0]?.startsWith(`${ISSUE}:3: `)).toBe(true);
    expect(says[0]).toContain(what);
    expect(says[0]).toContain(todo);
  });

  it.each([
    ['"Letter #12: who decides"', "Letter #12: who decides"],
    ["C#, and issue#12", "C#, and issue#12"],
    ["'!Important news'", "!Important news"],
    ["2024-01-01", "2024-01-01"],
    ["No", "No"],
    ["yes", "yes"],
    ["12:30", "12:30"],
    ["1,000 & more", "1,000 & more"],
    ["Q&A; and more", "Q&A; and more"],
    ['"C:\\\\x41 and \\"more\\""', "C:\\x41 and \u201cmore\u201d"],
    ["'C:\\x41'", "C:\\x41"],
    [">-\n  Letter #12\n  goes on", "Letter #12 goes on"],
  ])("and what it reads as it stands is taken: title: %s", (title, reads) => {
    const { issue, says } = read(withTitle(title));
    expect(says).toEqual([]);
    expect(issue?.title).toBe(reads);
  });

  it("may have comments on lines of their own, and a # within quotation marks", () => {
    const { issue, says } = read(withTitle('"Growth # and more"\n# to do: a better one'));
    expect(says).toEqual([]);
    expect(issue?.title).toBe("Growth # and more");
  });

  it("cannot choose another version of YAML", () => {
    write("content/newsletter/newsletter.yaml", "%YAML 1.1\n---\ntitle: yes\nsenderName: Me\n");
    write(ISSUE, withTitle("Growth"));
    const sources = openSources(folder);
    readNewsletter(sources);
    expect(sources.problems.map(inWords)).toEqual([
      expect.stringContaining("newsletter.yaml:1: chooses a version of YAML"),
    ]);
  });
});

describe("a character that nobody sees", () => {
  it.each([
    ["a space of no width", "\u200b"],
    ["a mark that turns the line around", "\u202e"],
    ["a mark of a byte order within", "\ufeff"],
    ["a filler", "\u3164"],
    ["an empty cell of Braille", "\u2800"],
    ["a tag", "\u{e0041}"],
  ])("is refused with its line, in front matter and below it: %s", (_, sign) => {
    const sign16 = `U+${sign.codePointAt(0)?.toString(16).toUpperCase()}`;
    const says = (line: number) => [
      `${ISSUE}:${line}: holds ${sign16}, which nobody can see; take it out, or write that line anew`,
    ];
    expect(read(withTitle(`Hel${sign}lo`)).says).toEqual(says(3));
    expect(read(withTitle("Hello").replace("Text.", `One.\n\nTe${sign}xt.`)).says).toEqual(says(9));
    expect(read(withTitle("Hello").replace("Text.", `\`co${sign}de\``)).says).toEqual(says(7));
    const entity = `&#x${sign.codePointAt(0)?.toString(16)};`;
    expect(read(withTitle("Hello").replace("Text.", `One.\n\n- Te${entity}xt.`)).says).toEqual([
      `${ISSUE}:9: holds ${entity}, which is ${sign16}: nobody can see it; take it out`,
    ]);
    expect(read(withTitle("Hello").replace("Text.", `\`Te${entity}xt\``)).says).toEqual([]);
  });

  it.each([
    ["a flag of tags", "\u{1f3f4}\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}"],
    ["a family of joined people", "\u{1f469}\u200d\u{1f467}"],
    ["where a Thai line may end", "\u0e20\u0e32\u200b\u0e29\u0e32"],
    ["Persian with what keeps letters apart", "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645"],
    ["a mark behind Hebrew", "\u05e9\u05dc\u05d5\u05dd!\u200f"],
    ["a soft hyphen", "Donau\u00addampf"],
    ["Braille with its spaces", "\u2801\u2800\u2803"],
  ])("is none where writing needs it: %s", (_, words) => {
    expect(read(withTitle(words).replace("Text.", words)).says).toEqual([]);
  });
});

describe("a file that is no UTF-8", () => {
  it.each<[string, Buffer, string]>([
    [
      "of Windows-1252",
      Buffer.from(withTitle("Café"), "latin1"),
      `${ISSUE}:3: is not UTF-8; save it as UTF-8`,
    ],
    [
      "of UTF-16",
      Buffer.from(`\ufeff${withTitle("Café")}`, "utf16le"),
      `${ISSUE}:1: is UTF-16; save it as UTF-8`,
    ],
    ["of UTF-16 that does not say so", Buffer.from(withTitle("Cafe"), "utf16le"), `${ISSUE}:1: holds U+0000`],
    ["in which a program has lost letters", Buffer.from(withTitle("Caf\ufffd")), `${ISSUE}:3: holds U+FFFD`],
    [
      "cut off within a letter",
      Buffer.from(`${withTitle("Café")}é`).subarray(0, -1),
      `${ISSUE}:8: is not UTF-8`,
    ],
  ])("%s is refused by its name, and nothing else is said of it", (_, bytes, says) => {
    expect(read(bytes).says).toEqual([expect.stringContaining(says)]);
  });

  it.each([
    ["with the mark of its encoding", Buffer.from(`\ufeff${withTitle("Café")}`)],
    ["with the line ends of Windows", Buffer.from(withTitle("Café").replaceAll("\n", "\r\n"))],
    ["with the line ends of an old Mac", Buffer.from(withTitle("Café").replaceAll("\n", "\r"))],
  ])("control: UTF-8 %s is taken", (_, bytes) => {
    const { issue, says } = read(bytes);
    expect(says).toEqual([]);
    expect(issue).toMatchObject({ title: "Café", body: { text: "Text." } });
  });
});

describe("a course folder with the name of a list", () => {
  it.each(["newsletter", "everything", "account"])("%s is refused by name, and any other is read", (slug) => {
    const read = (name: string) => {
      const root = mkdtempSync(join(tmpdir(), "coursepost-reserved-"));
      mkdirSync(join(root, "content/courses", name), { recursive: true });
      const sources = openSources(root);
      const courses = readCourses(sources);
      rmSync(root, { recursive: true, force: true });
      return { courses, says: sources.problems.map(inWords).join("\n") };
    };
    expect(read(slug).courses).toEqual([]);
    expect(read(slug).says).toMatch(new RegExp(`courses/${slug}/course.yaml:1.*"${slug}".*another name`));
    expect(read("newsletters").says).not.toContain("another name");
  });
});

describe("front matter in which nothing stands", () => {
  it.each(["\n", "\r\n"])("is no rule across the mail, with line ends %j", (end) => {
    const text = ["---", "---", "", "Words", "---", "More"].join(end);
    expect(splitFrontMatter(text)).toEqual({
      yaml: "",
      body: ["", "Words", "---", "More"].join(end),
      bodyLine: 3,
    });
    // Control: where something stands, it is read, and a rule is one in a text that has no front matter.
    expect(splitFrontMatter(["---", "a: b", "---", "Words"].join(end))).toMatchObject({
      yaml: "a: b",
      bodyLine: 4,
    });
    expect(splitFrontMatter(["Words", "", "---", "---"].join(end))).toBeUndefined();
  });
});
