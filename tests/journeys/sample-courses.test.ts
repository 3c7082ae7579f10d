import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { checkContent } from "../../authoring/checks/check-content.ts";
import { loadContent } from "../../authoring/compile/compile.ts";
import { ROOT } from "../../cli/root.ts";
import { findEffects } from "../../console/plan/effects.ts";
import { simulatedReaders } from "../../console/plan/readers.ts";
import type { Course } from "../../functions/domain/course/course.ts";
import type { When } from "../../functions/domain/course/whom.ts";
import { runDemo } from "../../local/demo/run-demo.ts";
import { inThisThread } from "../support/cloud.ts";

const CONTENT = "tests/fixtures/sample-courses";

describe("courses with a shape of their own", () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "sample-courses-"));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  /** When each lesson and the completion came, on the reader's clock in Berlin. */
  async function demo(course: string, ...more: string[]) {
    const lines: Record<string, unknown>[] = [];
    const given = [
      "--json",
      "--out",
      join(folder, course),
      "--course",
      `${CONTENT}/courses/${course}`,
      ...more,
    ];
    expect(await runDemo(given, (text) => void lines.push(JSON.parse(text)), inThisThread())).toBe(0);
    return lines
      .filter(({ event, kind }) => event === "mail" && (kind === "lesson" || kind === "completion"))
      .map(({ local, subject }) => ({ local: String(local), subject: String(subject) }));
  }
  const days = async (...given: Parameters<typeof demo>) => (await demo(...given)).map(({ local }) => local);
  const subjects = async (answers: string) =>
    (await demo("clear-ask", "--answers", answers)).map(({ subject }) => subject);

  it("walk their reader through the demo: what comes is theirs by what they say and choose", async () => {
    const [first, ...ends] = [
      "What do you want, in one sentence",
      ...["A no is an answer, too", "The course, in your own words"],
    ];
    const day = "An ask without a day is a wish";
    expect(await subjects("ask=above")).toEqual([first, "The one above has four minutes", day, ...ends]);
    expect(await subjects("ask=led,way=write,since=,goal=An answer")).toEqual([
      ...[first, "The one beside you owes you nothing", day],
      ...["Five lines, and the ask is the first", ...ends],
    ]);
  });

  it("control: an answer that nothing asks for, or that is none, is named", async () => {
    await expect(subjects("role=above")).rejects.toThrow("nothing asks role; the course asks ask, since");
    await expect(subjects("ask=nobody")).rejects.toThrow('ask is one of above, beside, led, not "nobody"');
    await expect(subjects("ask=")).rejects.toThrow("nobody signs up without an answer to ask");
  });

  it("and a cohort, on its days from Sunday to Thursday", async () => {
    expect(await days("the-handover", "--start-at", "2027-01-04T17:00Z")).toEqual([
      "Sun 10 Jan 2027, 08:15",
      "Tue 12 Jan 2027, 08:15",
      "Thu 14 Jan 2027, 08:15",
      "Sun 17 Jan 2027, 08:15",
      "Tue 19 Jan 2027, 08:15",
      "Tue 26 Jan 2027, 08:15",
    ]);
  });

  it("and a lesson a day but on Sundays, three of which wait as long as their author says", async () => {
    expect(await days("a-sharp-knife")).toEqual([
      "Sat 7 Mar 2026, 06:45",
      "Mon 9 Mar 2026, 06:45",
      "Thu 12 Mar 2026, 06:45",
      "Fri 13 Mar 2026, 06:45",
      "Mon 16 Mar 2026, 06:45",
      "Mon 23 Mar 2026, 06:45",
      "Mon 30 Mar 2026, 06:45",
    ]);
  });

  it("pass the checks of the content without a warning", async () => {
    const { findings } = await checkContent(ROOT, CONTENT);
    expect(findings.filter(({ file }) => file.startsWith(CONTENT))).toEqual([]);
  });

  it("are known to the plan: to whom another condition gives a lesson, and from whom it takes one", async () => {
    const { courses } = await loadContent(ROOT, CONTENT);
    const ask = courses.find(({ slug }) => slug === "clear-ask") as Course;
    const readers = simulatedReaders(courses, 70, Date.UTC(2026, 11, 1)).get("clear-ask") ?? [];
    const leading = readers.map((reader) => ({
      ...reader,
      facts: { ...reader.facts, answers: { ask: "led" } },
    }));
    const meant = (when: When | undefined): Course => ({
      ...ask,
      lessons: ask.lessons.map((lesson) =>
        lesson.slug === "the-one-beside" ? { ...lesson, ...(when && { when }) } : lesson,
      ),
    });
    const whom = (after: Course) =>
      findEffects(ask, after, leading).whom.map(({ slug, gain, lose }) => [slug, gain, lose]);
    expect(whom(meant(undefined))).toEqual([]);
    // Ten at each place. Before it are three places; and of those behind it, the four whose way led by the lesson above it.
    expect(whom(meant({ answer: "ask", is: ["beside"] }))).toEqual([["the-one-beside", 0, 34]]);
  });

  it("are known to the plan: whose waits change, and whose cohort is named no more", async () => {
    const { courses } = await loadContent(ROOT, CONTENT);
    const [knife, handover] = ["a-sharp-knife", "the-handover"].map((slug) =>
      courses.find((course) => course.slug === slug),
    ) as [Course, Course];
    const readers = simulatedReaders(courses, 70, Date.UTC(2026, 11, 1)).get(knife.slug) ?? [];
    const hasty = { ...knife, lessons: knife.lessons.map(({ after: _, ...lesson }) => lesson) };
    expect(findEffects(knife, hasty, readers).waits.map(({ slug, from }) => [slug, from])).toEqual([
      ["soak-the-stone", 3],
      ["ten-strokes", 2],
      ["a-week-of-cutting", 7],
    ]);
    const waiting = readers.map((reader) => ({ ...reader, startsOn: "2027-01-10" }));
    expect(findEffects(handover, handover, waiting).otherStart).toBe(0);
    const later = { ...handover, starts: { dates: ["2027-01-17"], afterTheLast: "closed" as const } };
    expect(findEffects(handover, later, waiting).otherStart).toBe(70);
  });
});
