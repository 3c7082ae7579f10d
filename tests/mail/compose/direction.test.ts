import { beforeAll, describe, expect, it } from "vitest";
import { renderMarkdown } from "../../../authoring/compile/markdown.ts";
import type { Content } from "../../../functions/domain/content.ts";
import { composeIssue } from "../../../functions/mail/compose/issue.ts";
import { composeLesson } from "../../../functions/mail/compose/lesson.ts";
import { makeComposition, shippedContent, theCourse } from "../composition.ts";

const HEBREW = "\u05de\u05db\u05ea\u05d1 \u05d7\u05d3\u05e9!";
const ARABIC = "\u0645\u0631\u062d\u0628\u0627 123.";

describe("what stands by itself in a mail", () => {
  let content: Content;
  beforeAll(async () => {
    content = await shippedContent();
  });

  const issueWith = (title: string, name = "The letter") => {
    const [issue] = content.issues ?? [];
    if (!issue) throw new Error("There is no issue");
    const newsletter = { ...issue.newsletter, title: name };
    const changed = { ...issue, title, subject: title, newsletter, body: renderMarkdown("Text.") };
    return composeIssue(makeComposition(content, "issue", issue.slug, { issue: changed })).html;
  };
  const tagBefore = (html: string, words: string) =>
    new RegExp(`<(h1|div)((?: [\\w-]+="[^"]*")*)>${words.replace(/[.!?]/g, "\\$&")}</\\1>`).exec(html)?.[2] ??
    "";

  it.each([
    ["Hebrew", HEBREW],
    ["Arabic", ARABIC],
    ["Hebrew behind a number", `12 ${HEBREW}`],
  ])("runs from right to left where it is %s, on the right side: an issue's title", (_, title) => {
    const tag = tagBefore(issueWith(title), title);
    expect(tag).toMatch(/ dir="rtl"/);
    expect(tag).toMatch(/text-align:right;/);
  });

  it("control: a title in English, also with a Hebrew word in it, runs from left to right", () => {
    for (const title of ["A new letter", `A ${HEBREW}`]) {
      const tag = tagBefore(issueWith(title), title);
      expect(tag).toMatch(/ dir="ltr"/);
      expect(tag).toMatch(/text-align:left;/);
    }
  });

  it("has a direction each: the newsletter's name in Hebrew above a title in English", () => {
    const html = issueWith("A new letter", HEBREW);
    expect(tagBefore(html, HEBREW)).toMatch(/ dir="rtl"/);
    expect(tagBefore(html, "A new letter")).toMatch(/ dir="ltr"/);
  });

  it("runs from right to left in a lesson, too: title, quotation, move and question", () => {
    const course = theCourse(content);
    const [first, ...others] = course.lessons;
    if (!first) throw new Error("There is no lesson");
    const lesson = {
      ...first,
      title: `${HEBREW} 1`,
      pullQuote: HEBREW,
      move: ARABIC,
      question: `${HEBREW}?`,
    };
    const hebrew = { ...course, lessons: [lesson, ...others] };
    const { html } = composeLesson(makeComposition(content, "lesson", lesson.slug, { course: hebrew }));
    for (const words of [lesson.title, lesson.move, lesson.question])
      expect(tagBefore(html, words), words).toMatch(/ dir="rtl"/);
    expect(html).toMatch(new RegExp(`<p dir="rtl" [^>]*>[^<]*${HEBREW.replace("!", "\\!")}`));
  });
});
