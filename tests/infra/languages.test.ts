import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ROOT } from "../../cli/root.ts";
import { refuseUnreadLanguages, unreadLanguages } from "../../infra/languages.ts";
import { STAGES } from "../../infra/stages.ts";

const COURSE = "content/courses/bread/course.yaml";
const NEWSLETTER = "content/newsletter/newsletter.yaml";

let root: string;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), "coursepost-unread-"));
  for (const folder of ["content/courses/bread", "content/newsletter"])
    mkdirSync(join(root, folder), { recursive: true });
  cpSync(join(ROOT, "content/newsletter/newsletter.yaml"), join(root, NEWSLETTER));
  writeFileSync(join(root, COURSE), "title: Bread\nlanguage: en\nlanguages: [en, fr]\n");
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

const production = { ...STAGES.production, courses: ["bread"] };

describe("words that nobody has read who speaks them", () => {
  it("keep a production stage from being deployed, by file, line and what to do", () => {
    expect(unreadLanguages(production, root)).toEqual([
      expect.stringMatching(
        /^content\/courses\/bread\/course\.yaml:3: speaks "fr".*templates\/words\/fr\.yaml.*languagesRead: \["fr"\] for "production" in coursepost\.config\.ts$/,
      ),
    ]);
    expect(() => refuseUnreadLanguages(production, root)).toThrow(/speaks "fr".*\nNothing was deployed\.$/);
  });

  it("do so in the newsletter, too", () => {
    const file = join(root, NEWSLETTER);
    const before = readFileSync(file, "utf8");
    writeFileSync(file, before.replace("language: en", "language: nl"));
    if (!before.includes("language: en")) writeFileSync(file, `language: nl\n${before}`);
    const says = unreadLanguages({ ...production, languagesRead: ["fr"] }, root);
    writeFileSync(file, before);
    expect(says).toEqual([expect.stringContaining('speaks "nl"')]);
    expect(says[0]).toContain('languagesRead: ["fr","nl"]');
  });

  it("are said as soon as the settings say that somebody has read them", () => {
    expect(unreadLanguages({ ...production, languagesRead: ["fr"] }, root)).toEqual([]);
    expect(() => refuseUnreadLanguages({ ...production, languagesRead: ["fr"] }, root)).not.toThrow();
  });

  it("are said on one machine and on a stage that is not production, and by nobody whom they are not offered to", () => {
    expect(unreadLanguages({ ...STAGES.local, courses: ["bread"] }, root)).toEqual([]);
    expect(unreadLanguages({ ...STAGES.dev, courses: ["bread"] }, root)).toEqual([]);
    expect(unreadLanguages({ ...production, courses: [] }, root)).toEqual([]);
  });

  it("ship with no course: the stages here can be synthesized", () => {
    for (const stage of Object.values(STAGES)) expect(() => refuseUnreadLanguages(stage)).not.toThrow();
  });
});
