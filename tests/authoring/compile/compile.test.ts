import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { afterEach, describe, expect, it } from "vitest";
import { compileContent, loadContent } from "../../../authoring/compile/compile.ts";
import { ROOT } from "../../../cli/root.ts";
import { type Content, findLanguage } from "../../../functions/domain/content.ts";
import { composeLesson } from "../../../functions/mail/compose/lesson.ts";
import { makeComposition, shippedContent, theCourse } from "../../mail/composition.ts";

const COURSE = "content/courses/managing-up-leading-down";
const YAML = `${COURSE}/course.yaml`;
const LESSON = `${COURSE}/lessons/bring-the-example.md`;

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** A copy of what an author edits. */
function copy(): string {
  const folder = mkdtempSync(join(tmpdir(), "coursepost-content-"));
  folders.push(folder);
  for (const name of ["content", "templates"])
    cpSync(join(ROOT, name), join(folder, name), { recursive: true });
  return folder;
}

type Edit = (source: string) => string;

/** What the build says about a copy in which one file was changed. */
async function complaintAfter(file: string, edit: Edit): Promise<string> {
  const folder = copy();
  const path = join(folder, file);
  writeFileSync(path, edit(existsSync(path) ? readFileSync(path, "utf8") : ""));
  return complaintOf(folder);
}

const complaintOf = (folder: string): Promise<string> =>
  compileContent(folder).then(
    () => "",
    (error: Error) => error.message,
  );

const lineOf = (file: string, part: string): number =>
  readFileSync(join(ROOT, file), "utf8").split(part)[0]?.split("\n").length ?? 0;

describe("the content that ships", () => {
  it("compiles to a module that makes the same mails and imports only Handlebars' runtime", async () => {
    const { module } = await compileContent(ROOT);
    expect([...module.matchAll(/^import .* from "(.*)";/gm)].map(([, name]) => name)).toEqual([
      "handlebars/runtime",
    ]);
    const outfile = join(copy(), "content.mjs");
    const stdin = { contents: module, resolveDir: ROOT };
    await build({ stdin, outfile, bundle: true, format: "esm", platform: "node", logLevel: "silent" });
    const built: { content: Content } = await import(pathToFileURL(outfile).href);
    const slug = theCourse(built.content).lessons[3]?.slug ?? "";
    const shipped = composeLesson(makeComposition(await shippedContent(), "lesson", slug));
    expect(composeLesson(makeComposition(built.content, "lesson", slug))).toEqual(shipped);
  });

  it("has twelve lessons whose subjects are short enough for a phone", async () => {
    const course = theCourse(await shippedContent());
    expect(course.lessons).toHaveLength(12);
    for (const { subject } of course.lessons) expect(subject.length).toBeLessThanOrEqual(45);
  });

  it("refuses to render a mail from which a value is missing", async () => {
    const { emails } = findLanguage(await shippedContent(), { language: "en" });
    expect(() => emails.prompt.html({ subject: "x" })).toThrow("not defined");
    expect(() => emails.prompt.text({ subject: "x" })).toThrow("not defined");
  });
});

describe("a mistake in the newsletter", () => {
  const ISSUE = "content/newsletter/the-roads-to-ceo.md";
  it.each([
    [ISSUE, `${ISSUE}:2: preview: is missing; add it`, (text: string) => text.replace(/^preview:.*\n/m, "")],
    [
      ISSUE,
      `${ISSUE}:3: subject: is longer`,
      (text: string) => text.replace(/^subject:.*/m, `subject: ${"a".repeat(46)}`),
    ],
    [
      ISSUE,
      `${ISSUE}:5: auther: is not a field`,
      (text: string) => text.replace("\n---\n", "\nauther: Me\n---\n"),
    ],
    [
      ISSUE,
      `${ISSUE}:5: archive: is not public or private`,
      (text: string) => text.replace("\n---\n", "\narchive: hidden\n---\n"),
    ],
    [ISSUE, `${ISSUE}:1: has no front matter`, (text: string) => text.slice(4)],
    [
      ISSUE,
      `${ISSUE}:${lineOf(ISSUE, "> [!timeline]")}: is no timeline`,
      (text: string) => text.replace("The 1980s and 1990s: Finance", "The 1980s"),
    ],
    [
      "content/newsletter/newsletter.yaml",
      "newsletter.yaml:2: senderName: is missing",
      (text: string) => text.replace(/senderName.*/, ""),
    ],
    [
      "content/newsletter/Big News.md",
      "Big News.md:1: its name cannot be a slug",
      () => readFileSync(join(ROOT, ISSUE), "utf8"),
    ],
  ])("is refused with its place: %s, %s", async (file, says, edit) => {
    expect(await complaintAfter(file, edit)).toContain(says);
  });
});

describe("a mistake in a course", () => {
  const inYaml = (says: string, edit: Edit) => [YAML, says, edit] as const;
  const inLesson = (says: string, edit: Edit) => [LESSON, says, edit] as const;

  it.each([
    inYaml(`${YAML}:2: senderName: is missing; add it`, (text) => text.replace(/^senderName:.*\n/m, "")),
    inYaml(`${YAML}:${lineOf(YAML, "title:")}: titel: is not a field`, (text) =>
      text.replace("title:", "titel:"),
    ),
    inYaml(`${YAML}:${lineOf(YAML, "weekday:")}: defaults.weekday: is not a weekday`, (text) =>
      text.replace("Tuesday", "Tue"),
    ),
    inYaml(`${YAML}:${lineOf(YAML, "time:")}: defaults.time: is not a time`, (text) =>
      text.replace('"07:30"', "7.30"),
    ),
    inYaml(`${YAML}:${lineOf(YAML, "answersQuestions:")}: answersQuestions: is not yes or no`, (text) =>
      text.replace(/answersQuestions: \w+/, "answersQuestions: maybe"),
    ),
    inYaml(`${YAML}:${lineOf(YAML, "- who-is-in")}: lessons.11: names a lesson without a file`, (text) =>
      text.replace("- who-is-in", "- who-is-out"),
    ),
    inYaml(`${COURSE}/lessons/who-is-in.md:1: is not in the list`, (text) =>
      text.replace("  - who-is-in\n", ""),
    ),
    inYaml("names who-is-in a second time", (text) =>
      text.replace("  - who-is-in\n", "  - who-is-in\n".repeat(2)),
    ),
    inYaml(`${YAML}:`, (text) => `${text}\n  a: [`),
    inLesson(`${LESSON}:5: part: is not a part of the course; course.yaml names up, down, growth`, (text) =>
      text.replace("part: up", "part: upp"),
    ),
    inLesson(`${LESSON}:3: subject: is longer than 45 characters`, (text) =>
      text.replace(/subject: .*/, `subject: ${"long ".repeat(12)}`),
    ),
    inLesson(`${LESSON}:2: question: is missing; add it`, (text) => text.replace(/^question:.*\n/m, "")),
    inLesson(`${LESSON}:2: title: is not text`, (text) => text.replace(/^title:.*/m, "title: 4")),
    inLesson(`${LESSON}:${lineOf(LESSON, "prompts:")}: prompts.substantial: is missing; add it`, (text) =>
      text.replace("  substantial:", "  veryShort:"),
    ),
    inLesson(`${LESSON}:1: has no front matter`, (text) => text.replace("---", "")),
    inLesson(`${LESSON}:${lineOf(LESSON, "You ask for")}: holds HTML (<b>)`, (text) =>
      text.replace("You ask", "<b>You</b> ask"),
    ),
    inLesson("was: names headwinds-inside, which the lesson headwinds-inside has", (text) =>
      text.replace("part: up", "part: up\nwas: [headwinds-inside]"),
    ),
  ])("in %s is told as %s", async (file, says, edit) => {
    expect(await complaintAfter(file, edit)).toContain(says);
  });

  it("in a text's front matter, or in its name, is told with its file", async () => {
    const folder = copy();
    writeFileSync(join(folder, COURSE, "texts/welcome.md"), "---\nsubject: Hello\n---\n\nHello");
    writeFileSync(join(folder, COURSE, "texts/welcom.md"), "Hello");
    rmSync(join(folder, COURSE, "texts/completion.md"));
    const complaint = await complaintOf(folder);
    expect(complaint).toContain(`${COURSE}/texts/welcome.md:2: preview: is missing; add it`);
    expect(complaint).toContain(`${COURSE}/texts/welcom.md:1: is not a text of a course`);
    expect(complaint).toContain(`${COURSE}/texts/completion.md:1: is missing; write it`);
  });

  it("does not hide another: all of them are told at once", async () => {
    const folder = copy();
    for (const file of [YAML, LESSON])
      writeFileSync(join(folder, file), readFileSync(join(folder, file), "utf8").replace(/^title:.*\n/m, ""));
    rmSync(join(folder, "templates/emails/prompt.mjml"));
    const complaint = await complaintOf(folder);
    expect(complaint.split("\n")).toEqual([
      expect.stringContaining(`${YAML}:2: title: is missing`),
      expect.stringContaining("templates/emails/prompt.mjml:1: is missing; the HTML of the prompt email"),
    ]);
  });
});

describe("a mistake in a template", () => {
  it.each([
    ["templates/emails/lesson.mjml", "is lost in MJML", (text: string) => `{{#if recap}}\n${text}\n{{/if}}`],
    [
      "templates/emails/lesson.mjml",
      "lesson.mjml:1: {{aside}}: is lost in MJML",
      (text: string) => `{{aside}}\n${text}`,
    ],
    [
      "templates/emails/lesson.mjml",
      "is not Handlebars",
      (text: string) => text.replace("{{#if recap}}", "{{#if recap"),
    ],
    [
      "templates/emails/notice.txt.hbs",
      "{{postalAddress}}: is missing",
      (text: string) => text.replace("{{> footer}}", ""),
    ],
    [
      "templates/emails/issue.mjml",
      "issue.mjml:3: </mj-txt>: closes nothing; write </mj-text>, which is open since line 3",
      (text: string) => text.replace("</mj-text>", "</mj-txt>"),
    ],
    [
      "templates/partials/signature.mjml",
      "</mj-column>: closes nothing; write </mj-text>, which is open since line",
      (text: string) => text.replace("</mj-text>", ""),
    ],
    [
      "templates/emails/issue.mjml",
      "issue.mjml:3: mj-text: is no MJML (Attribute colour is illegal)",
      (text: string) => text.replace("<mj-text ", '<mj-text colour="red" '),
    ],
    ["templates/emails/notice.mjml", "mj-txt", (text: string) => text.replaceAll("mj-text", "mj-txt")],
    [
      "templates/layout.mjml",
      "signed.mjml:1: is missing",
      (text: string) => text.replace("signature.mjml", "signed.mjml"),
    ],
    [
      "templates/layout.mjml",
      "has no place for the email",
      (text: string) => text.replace("<!-- the email -->", ""),
    ],
  ])("%s is told: %s", async (file, says, edit) => {
    expect(await complaintAfter(file, edit)).toContain(says);
  });

  it("a page without its template is named", async () => {
    const folder = copy();
    rmSync(join(folder, "templates/pages/erased.hbs"));
    await expect(loadContent(folder)).rejects.toThrow(
      "templates/pages/erased.hbs:1: is missing; the erased page",
    );
  });
});
