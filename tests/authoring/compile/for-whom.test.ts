import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { readCourses } from "../../../authoring/compile/compile-courses.ts";
import { inWords, openSources } from "../../../authoring/compile/sources.ts";
import { ROOT } from "../../../cli/root.ts";
import type { Lesson } from "../../../functions/domain/course/course.ts";
import { readersBody } from "../../../functions/domain/course/lesson-body.ts";
import { NOTHING_KNOWN } from "../../../functions/domain/course/whom.ts";

const COURSE = "content/courses/managing-up-leading-down";
const folder = mkdtempSync(join(tmpdir(), "coursepost-whom-"));
cpSync(join(ROOT, "content"), join(folder, "content"), { recursive: true });
cpSync(join(ROOT, "templates"), join(folder, "templates"), { recursive: true });
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const QUESTIONS = `questions:
  - slug: role
    kind: choice
    label: Whom do you lead?
    options:
      - { slug: managers, label: Managers }
      - { slug: sellers, label: Sellers }
`;
/** Without the picture, which only a build of the whole reads. */
const yaml = readFileSync(join(ROOT, COURSE, "course.yaml"), "utf8").replace(/^logo:.*\n/m, "");

/** A file of the course: its name, and what becomes of its text. */
type Edit = [name: string, edit: (text: string) => string];
const inLesson = (slug: string, edit: (text: string) => string): Edit => [`lessons/${slug}.md`, edit];
/** A line at the end of a lesson's front matter. */
const withLine = (slug: string, line: string): Edit =>
  inLesson(slug, (text) => text.replace(/\n---\n/, `\n${line}\n---\n`));

/** The lessons with some files edited, and what is said of them. */
function compile(...edits: Edit[]): { lessons: Lesson[]; says: string[] } {
  writeFileSync(join(folder, COURSE, "course.yaml"), yaml + QUESTIONS);
  for (const [name, edit] of edits) {
    const path = join(folder, COURSE, name);
    writeFileSync(path, edit(readFileSync(path, "utf8")));
  }
  const sources = openSources(folder);
  const [course] = readCourses(sources);
  for (const [name] of edits) cpSync(join(ROOT, COURSE, name), join(folder, COURSE, name));
  return { lessons: course?.lessons ?? [], says: sources.problems.map(inWords) };
}
const lessonOf = (lessons: Lesson[], slug: string) =>
  lessons.find((lesson) => lesson.slug === slug) as Lesson;
const lineOf = (slug: string): number =>
  readFileSync(join(ROOT, COURSE, `lessons/${slug}.md`), "utf8")
    .split("\n")
    .indexOf("---", 1) + 1;

describe("for whom a lesson is", () => {
  it("is taken from its front matter, and is for everybody where nothing is said", () => {
    const { lessons, says } = compile(withLine("bring-the-example", "when: role = managers or replied"));
    expect(says).toEqual([]);
    expect(lessonOf(lessons, "bring-the-example").when).toEqual({
      some: [{ answer: "role", is: ["managers"] }, { replied: "any" }],
    });
    expect(lessonOf(lessons, "who-is-in")).not.toHaveProperty("when");
  });

  it.each([
    ["role = bosses", "names bosses, which is no answer to role; there are managers, sellers"],
    ["company = big", "asks company, and nothing asks it; there are role, tag,"],
    ["move who-is-in = made", "names the lesson who-is-in, which comes no earlier"],
    ["role = managers and role = sellers", "is true of nobody, so nobody gets the lesson"],
    ["not role = any and role != none", "is true of nobody, so nobody gets the lesson"],
    ["silent >= 4", "is true of nobody, so nobody gets the lesson"],
    ["role = any or role = none", "is true of everybody; take it out"],
    ["silent < 4", "is true of everybody; take it out"],
    ["rating >= 1 and rating < 1", "is true of nobody"],
    ["replied where-your-boss-came-from and not replied", "is true of nobody"],
  ])("is found wrong by file and line: %s", (when, says) => {
    const slug = "bring-the-example";
    const { says: said } = compile(withLine(slug, `when: ${when}`));
    expect(said).toEqual([expect.stringContaining(`${COURSE}/lessons/${slug}.md:${lineOf(slug)}: when: `)]);
    expect(said[0]).toContain(says);
  });

  it("may be for few, as long as somebody can be one of them", () => {
    for (const when of ["silent >= 3", "role = sellers and rating = 1 and tag = a and not tag = b"])
      expect(compile(withLine("bring-the-example", `when: ${when}`)).says).toEqual([]);
  });

  it("leaves nobody without any lesson", () => {
    const all = readFileSync(join(ROOT, COURSE, "course.yaml"), "utf8");
    const slugs = [...all.matchAll(/^ {2}- ([a-z-]+)$/gm)].map(([, slug = ""]) => slug);
    const some = slugs.map((slug) => withLine(slug, "when: role = managers"));
    expect(compile(...some).says).toEqual([
      expect.stringMatching(/course\.yaml:\d+: lessons: leaves somebody without any lesson/),
    ]);
    const [first = "", ...rest] = slugs;
    const others = [...rest.map((slug) => withLine(slug, "when: role = managers"))];
    expect(compile(withLine(first, "when: role != managers"), ...others).says).toEqual([]);
  });
});

const PASSAGE = ":::when role = managers\nOnly **managers** read this.\n\n- Their list\n:::";
const bodyWith = (passage: string) =>
  inLesson("bring-the-example", (text) => {
    const [head = "", ...blocks] = text.split("\n\n");
    return [head, ...blocks.slice(0, 2), passage, ...blocks.slice(2)].join("\n\n");
  });

describe("a passage for some readers", () => {
  it("stands apart from what is for everybody, in its place, in both parts of the mail", () => {
    const before = lessonOf(compile().lessons, "bring-the-example");
    const { lessons, says } = compile(bodyWith(PASSAGE));
    expect(says).toEqual([]);
    const lesson = lessonOf(lessons, "bring-the-example");
    expect(lesson.body).toEqual(before.body);
    expect(lesson.passages).toMatchObject([{ when: { answer: "role", is: ["managers"] } }]);
    const managers = readersBody(lesson, { ...NOTHING_KNOWN, answers: { role: "managers" } });
    const blocks = (text: string) => text.split("\n\n");
    for (const part of ["html", "text"] as const) {
      const at = blocks(managers[part]).findIndex((block) => block.includes("read this"));
      expect(at).toBe(lesson.passages?.[0]?.before);
      expect(blocks(managers[part]).toSpliced(at, 2)).toEqual(blocks(before.body[part]));
      expect(readersBody(lesson, NOTHING_KNOWN)[part]).toBe(before.body[part]);
    }
    expect(managers.html).toContain("<strong>managers</strong>");
  });

  it.each([
    [":::when role = bosses\nWords.\n:::", "names bosses, which is no answer to role"],
    [":::when role = managers and role = none\nWords.\n:::", "can never show"],
    [":::when silent >= 4\nWords.\n:::", "can never show"],
    [":::when role = any or role = none\nWords.\n:::", "is shown to everybody who gets the lesson"],
    [":::when\nWords.\n:::", "says nothing"],
    [":::when role = managers\nWords.", "begins a passage and does not end it"],
    [":::when role = managers\n:::", "begins a passage without words"],
    [":::when role = managers\n\n:::when replied\nWords.\n:::\n\n:::", "begins a passage within another"],
    [":::", "holds a ::: that neither begins nor ends a passage"],
    [":::note\nWords.\n:::", "holds a ::: that neither begins nor ends a passage"],
    ["> :::when role = managers\n> Words.\n> :::", "begins a passage inside of another block"],
    [":::when role = managers\nWords.[^1]\n:::\n\n[^1]: A note.", "refers to a note"],
    [":::when role = managers\n<b>Words</b>\n:::", "holds HTML"],
  ])("is found wrong by file and line: %s", (passage, says) => {
    const { says: said } = compile(bodyWith(passage));
    expect(said.join("\n")).toContain(says);
    const [, line = ""] = /bring-the-example\.md:(\d+)/.exec(said[0] ?? "") ?? [];
    const text = bodyWith(passage)[1](
      readFileSync(join(ROOT, COURSE, "lessons/bring-the-example.md"), "utf8"),
    ).split("\n");
    expect(passage.split("\n")).toContain(text[Number(line) - 1]);
  });

  it("can never show in a lesson for others, and is none in one for the same", () => {
    const [file] = bodyWith("");
    const forManagers = (passage: string): Edit => [
      file,
      (text) => withLine("", "when: role = managers")[1](bodyWith(passage)[1](text)),
    ];
    expect(compile(forManagers(":::when role = sellers\nWords.\n:::")).says[0]).toContain("can never show");
    expect(compile(forManagers(PASSAGE)).says[0]).toContain("is shown to everybody who gets the lesson");
  });

  it("is code within a fence, and does not end there", () => {
    const { lessons, says } = compile(
      bodyWith(":::when role = managers\n```\n:::\n```\n:::\n\n```\n:::when nothing\n```"),
    );
    expect(says).toEqual([]);
    expect(lessonOf(lessons, "bring-the-example").passages?.[0]?.body.text).toContain(":::");
  });

  it("opens no lesson, and stands in no other text", () => {
    const first = inLesson("bring-the-example", (text) => text.replace("\n---\n", `\n---\n\n${PASSAGE}\n`));
    expect(compile(first).says[0]).toContain("begin with words for everybody");
    expect(compile(["texts/welcome.md", (text) => `${text}\n${PASSAGE}\n`]).says[0]).toContain(
      "which only lessons have",
    );
  });
});
