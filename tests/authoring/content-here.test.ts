import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { checkIssue } from "../../authoring/checks/check-content.ts";
import { contentHere, coursesHere, issuesHere, outlineHere } from "../../authoring/content-here.ts";
import { ROOT } from "../../cli/root.ts";
import { COMMANDS, runConsole } from "../../console/commands.ts";
import type { Content } from "../../functions/domain/content.ts";

const COURSE = "content/courses/managing-up-leading-down";
const LESSON = `${COURSE}/lessons/who-is-in.md`;
const DRAFT = "content/newsletter/draft.md";
const SOUND = "declining-a-number-with-grace";

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

let root = "";
let told: string[] = [];
const tell = (says: string): void => void told.push(says);
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "coursepost-here-"));
  folders.push(root);
  told = [];
  for (const name of ["content", "templates"])
    cpSync(join(ROOT, name), join(root, name), { recursive: true });
});

const write = (file: string, text: string | Buffer): void => writeFileSync(join(root, file), text);
const edit = (file: string, from: RegExp, to: string): void => {
  const before = readFileSync(join(root, file), "utf8");
  write(file, before.replace(from, to));
  expect(readFileSync(join(root, file), "utf8")).not.toBe(before);
};
const slugs = ({ issues = [] }: Content): string[] => issues.map(({ slug }) => slug);

describe("an issue that cannot be read", () => {
  it.each<[string, string | Buffer]>([
    ["with an empty field", "---\ntitle: A\nsubject: A\npreview:\n---\n\nText.\n"],
    ["without a text", "---\ntitle: A\nsubject: A\npreview: What there is to see\n---\n"],
    ["without front matter", "Text.\n"],
    ["of Windows-1252", Buffer.from("---\ntitle: Café\n---\n", "latin1")],
    ["whose YAML is broken", "---\ntitle: [A\n---\n\nText.\n"],
    ["with HTML in it", "---\ntitle: A\nsubject: A\npreview: What there is to see\n---\n\n<!-- to do -->\n"],
  ])("%s is named and left out, and all else can be used", async (_, text) => {
    write(DRAFT, text);
    for (const read of [outlineHere, issuesHere, contentHere, coursesHere]) {
      told = [];
      const content = await read(root, tell);
      expect(slugs(content)).toContain(SOUND);
      expect(slugs(content)).not.toContain("draft");
      expect(told).toEqual([expect.stringMatching(new RegExp(`left out:\n  ${DRAFT}:\\d+: `))]);
    }
    expect(await checkIssue(root, SOUND)).toEqual([]);
    const [found] = await checkIssue(root, "draft");
    expect(found).toMatchObject({ file: DRAFT, severity: "error" });
  });

  it("control: of what can be read, nothing is said", async () => {
    expect(slugs(await contentHere(root, tell))).toContain(SOUND);
    expect(told).toEqual([]);
  });
});

describe("a lesson that cannot be read", () => {
  it("keeps its place for whoever counts lessons, with its old names and its part", async () => {
    edit(LESSON, /^subject: .*\n/m, "was: [who-was-in]\n");
    const [course] = (await outlineHere(root, tell)).courses;
    expect(course?.lessons).toHaveLength(12);
    expect(course?.lessons.find(({ slug }) => slug === "who-is-in")).toMatchObject({
      title: "who-is-in",
      was: ["who-was-in"],
      part: "growth",
    });
    expect(told.join()).toContain(`${LESSON}:2: subject: is missing`);
  });

  it("keeps nobody from an issue, and stops what mails the course", async () => {
    edit(LESSON, /^part: .*$/m, "part: nowhere");
    expect(slugs(await issuesHere(root, tell))).toContain(SOUND);
    expect(await checkIssue(root, SOUND)).toEqual([]);
    await expect(contentHere(root, tell)).rejects.toThrow(`${LESSON}:5: part: is not a part of the course`);
  });
});

describe("a course that cannot be read", () => {
  it("is left out, but not where people would begin another one instead", async () => {
    appendFileSync(join(root, COURSE, "course.yaml"), "\n  a: [");
    expect((await outlineHere(root, tell)).courses).toEqual([]);
    expect(told.join()).toContain("course.yaml:");
    await expect(coursesHere(root, tell)).rejects.toThrow("course.yaml:");
  });
});

describe("an issue and its mail", () => {
  it("are an error where Gmail would cut the mail off, in bytes and not in letters", async () => {
    const paragraphs = (count: number): string => "Каждую неделю приходит письмо.\n\n".repeat(count);
    const front = "---\ntitle: A\nsubject: A\npreview: What there is to see today\n---\n\n";
    const sizes = async (count: number) => {
      write(DRAFT, front + paragraphs(count));
      return (await checkIssue(root, "draft")).filter(({ rule }) => rule === "html-size");
    };
    expect(await sizes(300)).toEqual([]);
    expect(await sizes(760)).toEqual([expect.objectContaining({ file: DRAFT, severity: "warning" })]);
    expect(await sizes(1_100)).toEqual([expect.objectContaining({ file: DRAFT, severity: "error" })]);
  });
});

describe("the owner's commands", () => {
  const reached: unknown[] = [];
  const reach = async (_: unknown, content: unknown): Promise<never> => {
    reached.push(content);
    throw Object.assign(new Error("not asked"), { name: "Refused", $metadata: {} });
  };

  it.each(["pause", "resume", "cancel", "status"])("issue %s reads no content at all", async (verb) => {
    expect(COMMANDS.has("issue")).toBe(true);
    reached.length = 0;
    await runConsole(["issue", verb, "whatever"], { reach });
    expect(reached).toEqual([undefined]);
  });

  it("issue send stores the words as they leave, with the colours of the look in them", async () => {
    const [{ slug } = { slug: "" }] = (await issuesHere()).issues ?? [];
    reached.length = 0;
    await runConsole(["issue", "send", slug], { reach });
    expect(JSON.stringify(reached)).toContain(slug);
    expect(JSON.stringify(reached)).not.toContain("{{look.");
    const outline = JSON.stringify((await outlineHere()).issues);
    expect(outline, "control: before the look is put in").toContain("{{look.");
  });

  it("that need content get it only when they reach the stage", async () => {
    reached.length = 0;
    await runConsole(["subscribers", "pause", "dana@x.example"], { reach });
    expect(reached).toEqual([expect.any(Function)]);
  });
});
