import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { readNewsletter } from "../../../authoring/compile/compile-issues.ts";
import { inWords, openSources } from "../../../authoring/compile/sources.ts";

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
    [">-\n  Letter #12\n  goes on", "Letter #12 goes on"],
  ])("and what it reads as it stands is taken: title: %s", (title, reads) => {
    const { issue, says } = read(withTitle(title));
    expect(says).toEqual([]);
    expect(issue?.title).toBe(reads);
  });

  it("may have comments on lines of their own, and behind quotation marks", () => {
    const { issue, says } = read(withTitle('"Growth" # a working title\n# to do: a better one'));
    expect(says).toEqual([]);
    expect(issue?.title).toBe("Growth");
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
