import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { checkContent } from "../../authoring/checks/check-content.ts";
import { ROOT } from "../../cli/root.ts";
import { runDemo } from "../../local/demo/run-demo.ts";
import { inThisThread } from "../support/cloud.ts";

const CONTENT = "tests/fixtures/own-course";
const COURSE = `${CONTENT}/courses/sauerteig`;

describe("an owner's own course, on bread, in German, on four working days", () => {
  let folder: string;
  let lines: Record<string, unknown>[];

  const demo = (...given: string[]) =>
    runDemo(given, (text) => void lines.push(JSON.parse(text)), inThisThread());

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "own-course-demo-"));
    lines = [];
    await demo("--json", "--out", folder, "--course", COURSE);
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const mails = (kind: string) => lines.filter((line) => line.event === "mail" && line.kind === kind);

  it("runs through the demo: four lessons on four working days at a quarter past six", () => {
    expect(lines.at(-1)).toMatchObject({ event: "finished", lessons: 4, prompts: 2 });
    expect(mails("lesson").map(({ local }) => local)).toEqual([
      "Mon 9 Mar 2026, 06:15",
      "Tue 10 Mar 2026, 06:15",
      "Wed 11 Mar 2026, 06:15",
      "Thu 12 Mar 2026, 06:15",
    ]);
    expect(mails("completion").map(({ local }) => local)).toEqual(["Thu 19 Mar 2026, 06:15"]);
  });

  it("speaks German around the author's words, in mails and in their language tag", async () => {
    const lesson = await readFile(join(folder, "03-lesson-1.html"), "utf8");
    expect(lesson).toMatch(/<html[^>]* lang="de"/);
    expect(lesson).not.toMatch(/This week|The question|You get this|Next lesson|Unsubscribe</);
    expect(lesson).toMatch(/Lektion 1 von 4/);
    expect(lesson).toContain("Sie erhalten diese E-Mail");
  });

  it("passes the checks of the content, without a warning", async () => {
    const { findings } = await checkContent(ROOT, CONTENT);
    expect(findings.filter(({ file }) => file.startsWith(CONTENT))).toEqual([]);
  });

  it("control: a course that is not there is named", async () => {
    await expect(demo("--course", "no-such-course")).rejects.toThrow('there is no "no-such-course"');
  });
});
