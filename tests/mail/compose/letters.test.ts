import { beforeAll, describe, expect, it } from "vitest";
import { composeSample, makeSamples, type Sample } from "../../../authoring/samples.ts";
import type { Content } from "../../../functions/domain/content.ts";
import type { Course, Letter } from "../../../functions/domain/course/course.ts";
import { COMPOSE } from "../../../functions/mail/compose/compose.ts";
import { journalMarkdown } from "../../../functions/mail/compose/journal-text.ts";
import { english } from "../../support/words.ts";
import { makeComposition, reflectionOn, shippedContent, TUESDAY, theCourse } from "../composition.ts";

let content: Content;
let course: Course;
let letters: readonly Letter[];
let samples: Sample[];
beforeAll(async () => {
  content = await shippedContent();
  course = theCourse(content);
  letters = course.letters ?? [];
  samples = makeSamples(content, ["letter", "completion"]);
});

const unwrapped = (text: string): string => text.replace(/\s+/g, " ");
const sample = (name: string) => {
  const found = samples.find((one) => one.name === name);
  if (!found) throw new Error(`no sample ${name}`);
  return composeSample(found);
};
const slugAt = (place: number): string => course.lessons.at(place)?.slug ?? "";

describe("a letter", () => {
  it("has its subject, the reader's own words with their day and lesson, and its one question", () => {
    const { subject, text, html } = sample(`letter-${letters[0]?.slug}`);
    expect(subject).toBe(letters[0]?.subject);
    for (const said of [`Lesson 12 · ${course.lessons.at(-1)?.title}`, "On 4 November 2026 you wrote:"])
      expect(unwrapped(text)).toContain(said);
    expect(text).toContain("> We lost the carton job");
    expect(unwrapped(text)).toContain(letters[0]?.question);
    expect(html).toContain("We lost the carton job");
    expect(`${subject}${letters[0]?.preview}`).not.toContain("carton");
  });

  it("quotes another lesson's words where they answered that one alone", () => {
    expect(sample("letter-of-another-lesson").text).toContain(`Lesson 1 · ${course.lessons[0]?.title}`);
  });

  it("says when the next one comes and how to have none; the last one says that no other follows", () => {
    const [first, last] = letters.map(({ slug }) => sample(`letter-${slug}`));
    expect(unwrapped(first?.text ?? "")).toContain("the next one, which comes on 26 August 2027");
    expect(first?.html).toMatch(/href="[^"]*\/no-letters\/[^"]+"[^>]*>No letters<\/a>/);
    expect(unwrapped(last?.text ?? "")).toContain("No other follows.");
    expect(last?.html).not.toContain("/no-letters/");
  });

  it("is left like a lesson: by its fields, and by the link at its foot", () => {
    const { headers, html } = sample(`letter-${letters[1]?.slug}`);
    const names = headers.map(([name]) => name);
    expect(names).toEqual(expect.arrayContaining(["List-Unsubscribe", "List-Unsubscribe-Post", "List-Id"]));
    expect(html).toContain("/unsubscribe/");
  });

  it("of a name that the course has no more is a programmer's error", () => {
    expect(() => COMPOSE.letter(makeComposition(content, "letter", "gone"))).toThrow('the letter "gone"');
  });
});

describe("the completion", () => {
  it("announces the letters in one line, with their days and “No letters”", () => {
    const { text, html } = sample("completion-full");
    const line =
      "Long after this, on 22 February 2027 and 24 November 2027, a letter brings your own words back, with one question.";
    expect(unwrapped(text)).toContain(line);
    expect(unwrapped(html.replace(/<[^>]+>/g, ""))).toContain(line);
    expect(html).toMatch(/href="[^"]*\/no-letters\/[^"]+"[^>]*>No letters<\/a>/);
  });

  it("asks in one line who wants the lessons that are added later, and leads to the button", () => {
    const { text, html } = sample("completion-empty");
    expect(unwrapped(text)).toContain("or reply “later lessons”. Otherwise none comes.");
    expect(html).toMatch(/href="[^"]*\/reader\/[^"]+do(?:=|&#x3D;)later[^"]*"[^>]*>Later lessons<\/a>/);
    const asked = makeComposition(content, "completion", "completion");
    const again = COMPOSE.completion({
      ...asked,
      ...(asked.enrolment && { enrolment: { ...asked.enrolment, laterLessons: true } }),
    });
    expect(`${again.text}${again.html}`).not.toMatch(/later lessons|do=later/i);
  });

  it.each(["completion-without-letters", "completion-empty"])("announces none as %s", (name) => {
    const { text, html } = sample(name);
    expect(`${text}${html}`).not.toMatch(/no-letters|Long after this/);
  });

  it("is what a journal in mid-course is made like, and that one announces nothing", () => {
    const journal = COMPOSE.notice(
      makeComposition(content, "notice", "journal-1", { letters: [...letters] }),
    );
    expect(journal.html).not.toContain("/no-letters/");
  });
});

describe("an answer to a letter", () => {
  it("stands at the end of the journal under the letter's subject; under no name where the letter has gone", () => {
    const cadence = { zone: "America/New_York", weekday: 2, time: "07:30", pace: "weekly" } as const;
    const later = reflectionOn(course, letters[1]?.slug ?? "", {
      ownWords: "My deputy has.",
      receivedAt: TUESDAY,
    });
    const reflections = [later, reflectionOn(course, slugAt(0))];
    const file = journalMarkdown({ words: english, course, cadence, reflections });
    expect(file.indexOf(`## Letter: ${letters[1]?.subject}`)).toBeGreaterThan(file.indexOf("## Lesson 1"));
    const { letters: _, ...without } = course;
    expect(journalMarkdown({ words: english, course: without, cadence, reflections })).toContain(
      "## In between",
    );
  });
});
