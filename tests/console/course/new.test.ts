import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { checkContent } from "../../../authoring/checks/check-content.ts";
import { loadContent } from "../../../authoring/compile/compile.ts";
import { ROOT } from "../../../cli/root.ts";
import { runConsole } from "../../../console/commands.ts";
import { newCourse } from "../../../console/course/new.ts";
import { giveNewsletter } from "../../../console/course/newsletter.ts";
import { foreignWords } from "../../../infra/placeholders.ts";

describe("console course new", () => {
  let root: string;

  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), "own-course-"));
    await mkdir(join(root, "content", "courses"), { recursive: true });
    await cp(join(ROOT, "content", "newsletter"), join(root, "content", "newsletter"), { recursive: true });
    await cp(join(ROOT, "templates"), join(root, "templates"), { recursive: true });
  });
  afterAll(() => rm(root, { recursive: true, force: true }));

  const names = () => readdir(join(root, "content", "courses"));

  it("makes a course of two lessons against which nothing is said but what is still to be written", async () => {
    await newCourse(root, "better-meetings", { title: 'Meetings: the "better" kind', language: "de" });
    const { findings, counted } = await checkContent(ROOT, relative(ROOT, join(root, "content")));
    const found = findings.filter(({ file }) => file.includes("better-meetings"));
    expect(found.map(({ rule, severity }) => `${severity} ${rule}`)).toEqual(
      Array(4).fill("warning placeholder"),
    );
    expect(found.map(({ file }) => file.split("/").slice(-2).join("/")).sort()).toEqual([
      "lessons/one-idea.md",
      "lessons/one-question.md",
      "texts/landing.md",
      "texts/landing.md",
    ]);
    expect(counted.lessons).toBe(2);
    const [course] = (await loadContent(root)).courses;
    expect(course).toMatchObject({
      slug: "better-meetings",
      title: 'Meetings: the "better" kind',
      language: "de",
    });
  });

  it("writes a German course in German, and a newsletter with a German name", async () => {
    const elsewhere = await mkdtemp(join(tmpdir(), "german-course-"));
    await cp(join(ROOT, "templates"), join(elsewhere, "templates"), { recursive: true });
    await newCourse(elsewhere, "sauerteig", { title: "Sauerteig", author: "Greta Mehl", language: "de" });
    await giveNewsletter(elsewhere, "sauerteig");
    const { courses, newsletter } = await loadContent(elsewhere);
    const said = JSON.stringify(courses);
    expect(said).toContain("lesen Greta Mehl und die Person");
    expect(said).not.toMatch(/\b(the|your|and|with)\b/);
    expect(newsletter?.title).toBe("Sauerteig: der Newsletter");
    await rm(elsewhere, { recursive: true, force: true });
  });

  it("has the same checks, lessons and files in each language", async () => {
    const [english, german] = ["scaffold", "scaffold-de"].map((name) => join(ROOT, "console/course", name));
    const files = async (folder = "") => (await readdir(folder, { recursive: true })).sort();
    const rules = async (folder = "") =>
      (await readFile(join(folder, "course.yaml"), "utf8")).split(
        "# In the order in which they are sent.",
      )[1];
    expect(await files(german)).toEqual(await files(english));
    expect(await rules(german)).toBe(await rules(english));
  });

  it("gives it the words of its slug for a title if none is named", async () => {
    await newCourse(root, "small-talk");
    const yaml = await readFile(join(root, "content/courses/small-talk/course.yaml"), "utf8");
    expect(yaml).toContain('title: "Small talk"');
  });

  it("begins no sentence with a small letter, whoever the author is", async () => {
    await newCourse(root, "nobody-yet");
    await newCourse(root, "of-ada", { author: 'Ada "the Countess" Lovelace' });
    const { courses } = await loadContent(root);
    const texts = (slug: string) => JSON.stringify(courses.find((one) => one.slug === slug)?.texts);
    expect(texts("nobody-yet")).toContain("read by the author and the person");
    expect(texts("nobody-yet")).not.toMatch(/[.*] the author/);
    expect(courses.find((one) => one.slug === "of-ada")?.attribution.author).toBe(
      'Ada "the Countess" Lovelace',
    );
  });

  it("is kept from production as long as a placeholder is in it, or the newsletter is another course's", async () => {
    const stage = { courses: ["small-talk"] };
    const lines = foreignWords(stage, root);
    expect(
      lines.filter((line) => line.includes("is still to be written: who should read this")),
    ).toHaveLength(1);
    expect(lines.at(-1)).toBe(
      'content/newsletter/newsletter.yaml: is the newsletter of "managing-up-leading-down", which this stage does not offer; npm run console -- course newsletter small-talk',
    );
    expect(foreignWords({ courses: ["managing-up-leading-down"] })).toEqual([]);
  });

  it("gets a newsletter of its own, and the issues of the other one are set aside, unread", async () => {
    expect(await giveNewsletter(root, "small-talk")).toContain("content/newsletter-before");
    const { newsletter, issues } = await loadContent(root);
    expect(newsletter).toMatchObject({
      title: "Small talk: the newsletter",
      senderName: "Small talk",
      language: "en",
    });
    expect(issues).toEqual([]);
    expect(await readdir(join(root, "content/newsletter-before"))).toContain("newsletter.yaml");
    expect(foreignWords({ courses: ["small-talk"] }, root).join()).not.toContain("newsletter");
    await expect(giveNewsletter(root, "small-talk")).rejects.toThrow(
      /is the newsletter of "small-talk" already/,
    );
    await expect(giveNewsletter(root, "better-meetings")).rejects.toThrow(/was set aside in .* before/);
    await expect(giveNewsletter(root, "no-such")).rejects.toThrow(/There is no course "no-such"/);
  });

  it.each([
    ["Better Meetings", {}, /"Better Meetings" is not a slug/],
    ["../elsewhere", {}, /is not a slug/],
    ["", {}, /is not a slug/],
    ["newsletter", {}, /"newsletter" is the name of a list of its own/],
    ["x".repeat(61), {}, /at most 60/],
    ["long-title", { title: "x".repeat(65) }, /--title takes one line of 1 to 64/],
    ["two-lines", { title: "one\ntwo" }, /--title takes one line/],
    ["in-klingon", { language: "tlh" }, /--language: there are no words in "tlh"; templates\/words has .*en/],
    ["small-talk", {}, /There is a course "small-talk" already/],
  ])("refuses %j %j, and writes nothing", async (slug, options, why) => {
    const before = await names();
    await expect(newCourse(root, slug, options)).rejects.toThrow(why);
    expect(await names()).toEqual(before);
  });

  it("names the folder that cannot be written", async () => {
    const elsewhere = join(root, "elsewhere");
    await mkdir(join(elsewhere, "content"), { recursive: true });
    await cp(join(root, "templates"), join(elsewhere, "templates"), { recursive: true });
    await writeFile(join(elsewhere, "content", "courses"), "a file where a folder should be");
    await expect(newCourse(elsewhere, "a-course")).rejects.toThrow(/a-course cannot be written: .*/);
  });

  it("ends with status 2 and one sentence where the slug is missing, or one that ships", async () => {
    expect(await runConsole(["course", "new"])).toMatchObject({ exitCode: 2 });
    const taken = await runConsole(["course", "new", "managing-up-leading-down"]);
    expect(taken).toMatchObject({ exitCode: 2, out: "" });
    expect(taken.error).toMatch(/^There is a course "managing-up-leading-down" already/);
  });
});
