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
      .map(({ local }) => String(local));
  }

  it("walk their reader through the demo: a cohort, on its days from Sunday to Thursday", async () => {
    expect(await demo("the-handover", "--start-at", "2027-01-04T17:00Z")).toEqual([
      "Sun 10 Jan 2027, 08:15",
      "Tue 12 Jan 2027, 08:15",
      "Thu 14 Jan 2027, 08:15",
      "Sun 17 Jan 2027, 08:15",
      "Tue 19 Jan 2027, 08:15",
      "Tue 26 Jan 2027, 08:15",
    ]);
  });

  it("and a lesson a day but on Sundays, three of which wait as long as their author says", async () => {
    expect(await demo("a-sharp-knife")).toEqual([
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
