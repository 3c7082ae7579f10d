import fc from "fast-check";
import { marked, type Token, type Tokens } from "marked";
import { beforeAll, describe, expect, it } from "vitest";
import type { Course } from "../../../functions/domain/course/course.ts";
import { journalMarkdown } from "../../../functions/mail/compose/journal-text.ts";
import { english } from "../../support/words.ts";
import { reflectionOn, shippedContent, theCourse } from "../composition.ts";

const cadence = { zone: "America/New_York", weekday: 2, time: "07:30", pace: "weekly" } as const;
let course: Course;
beforeAll(async () => {
  course = theCourse(await shippedContent());
});

const slugAt = (place: number): string => course.lessons[place]?.slug ?? "";
const fileOf = (...reflections: ReturnType<typeof reflectionOn>[]): string =>
  journalMarkdown({ words: english, course, cadence, reflections });

describe("a journal as Markdown", () => {
  it("holds every entry whole, lesson by lesson, with its question and its day", () => {
    const file = fileOf(
      reflectionOn(course, "up", { ownWords: "Looking back." }),
      reflectionOn(course, slugAt(3), { ownWords: "Fourth." }),
      reflectionOn(course, slugAt(0), { ownWords: "First,\nin two lines.\n\nAnd a paragraph." }),
    );
    expect(file).toContain("# Managing Up, Leading Down: journal\n\n## Lesson 1: ");
    expect(file).toContain("> First,  \n> in two lines.  \n>\n> And a paragraph.  \n\n4 November 2026\n");
    expect(file.indexOf("> Fourth.")).toBeGreaterThan(file.indexOf("> First,"));
    expect(file.indexOf("## Looking back: Managing up")).toBeGreaterThan(file.indexOf("> Fourth."));
    expect(file).toContain(`*${course.lessons[3]?.question.slice(0, 30)}`);
  });

  it("says of an entry that was written on the lesson's page where that was", () => {
    const file = fileOf(
      reflectionOn(course, slugAt(0), { ownWords: "Here.", isFromPage: true }),
      reflectionOn(course, slugAt(1), { ownWords: "By mail." }),
    );
    expect(file).toContain("> Here.  \n\n4 November 2026, written on the page\n");
    expect(file).toContain("> By mail.  \n\n4 November 2026\n");
  });

  it("leaves out what is no reflection and what is another course's", () => {
    const file = fileOf(
      reflectionOn(course, slugAt(0), { ownWords: "away", replyKind: "out-of-office" }),
      reflectionOn(course, slugAt(0), { ownWords: "elsewhere", course: "other" }),
    );
    expect(file).toBe("# Managing Up, Leading Down: journal\n");
  });

  it("shows what a reader typed as they typed it, whatever marks it holds", () => {
    const marks = fc.constantFrom(
      ...["# ", "- ", "1. ", "> ", "```", "*", "_", "[a](b)", "<b>", "&amp;", "\\", "|", "---", "~~~", "==="],
      ...["word", " ", "\n", "\n\n", "10) ", "+ ", "!"],
    );
    fc.assert(
      fc.property(fc.array(marks, { minLength: 1, maxLength: 12 }), (pieces) => {
        const ownWords = pieces.join("");
        const tokens = marked.lexer(fileOf(reflectionOn(course, slugAt(0), { ownWords })));
        const entry = tokens.find((token): token is Tokens.Blockquote => token.type === "blockquote");
        expect(spoken(textIn(entry?.tokens ?? []))).toBe(spoken(ownWords));
      }),
    );
  });

  it("control: the same words, not escaped, would show as something else", () => {
    const [entry] = marked.lexer("> # *loud*") as Tokens.Blockquote[];
    expect(spoken(textIn(entry?.tokens ?? []))).not.toBe(spoken("# *loud*"));
  });
});

/** What a Markdown reader shows of it. */
const textIn = (tokens: Token[]): string =>
  tokens
    .map((token) => {
      if (token.type === "br" || token.type === "space") return "\n";
      if (token.type === "escape") return token.text;
      if ("tokens" in token && token.tokens) return `${textIn(token.tokens)}\n`;
      return "text" in token ? String(token.text) : "";
    })
    .join("");
const spoken = (text: string): string => text.replace(/\s+/g, " ").trim();
