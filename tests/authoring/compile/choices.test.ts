import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { findMisheardChoices } from "../../../authoring/checks/choices.ts";
import { readCourses } from "../../../authoring/compile/compile-courses.ts";
import { inWords, openSources } from "../../../authoring/compile/sources.ts";
import { ROOT } from "../../../cli/root.ts";
import type { Course } from "../../../functions/domain/course/course.ts";
import { webContent } from "../../support/pages.ts";

const COURSE = "content/courses/managing-up-leading-down";
const FIRST = "where-your-boss-came-from";
const ASKING = "bring-the-example";
const folder = mkdtempSync(join(tmpdir(), "coursepost-choice-"));
cpSync(join(ROOT, "content"), join(folder, "content"), { recursive: true });
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const yaml = readFileSync(join(ROOT, COURSE, "course.yaml"), "utf8").replace(/^logo:.*\n/m, "");

interface Written {
  /** Lines of `course.yaml`, from `questions:` on. */
  questions?: string;
  /** By the lesson, a line at the end of its head. */
  lines?: Record<string, string>;
}

const options = (...labels: string[]) =>
  labels.map((label, at) => `      - { slug: o${at}, label: "${label}" }`).join("\n");
const question = (labels: string[], more = "    asked: in a lesson") =>
  `questions:\n  - slug: role\n    kind: choice\n    label: Whom do you lead?\n${more}\n    options:\n${options(...labels)}\n`;
const TWO = question(["I lead managers", "I lead sellers"]);

function compile({ questions = TWO, lines = { [ASKING]: "choice: role" } }: Written) {
  writeFileSync(join(folder, COURSE, "course.yaml"), yaml + questions);
  for (const [slug, line] of Object.entries(lines)) {
    const text = readFileSync(join(ROOT, COURSE, `lessons/${slug}.md`), "utf8");
    writeFileSync(join(folder, COURSE, `lessons/${slug}.md`), text.replace(/\n---\n/, `\n${line}\n---\n`));
  }
  const sources = openSources(folder);
  const [course] = readCourses(sources);
  for (const slug of Object.keys(lines))
    cpSync(join(ROOT, COURSE, `lessons/${slug}.md`), join(folder, COURSE, `lessons/${slug}.md`));
  return { course: course as Course, says: sources.problems.map(inWords), sources };
}
const lineOf = (slug: string) =>
  readFileSync(join(ROOT, COURSE, `lessons/${slug}.md`), "utf8")
    .split("\n")
    .indexOf("---", 1) + 1;
const inYaml = (line: string) => `${yaml}${TWO}`.split("\n").indexOf(line) + 1;

describe("a choice in which a lesson ends", () => {
  it("is a question of course.yaml, by its name; marked so, no sign-up asks it", () => {
    const { course, says } = compile({});
    expect(says).toEqual([]);
    expect(course.lessons.find(({ slug }) => slug === ASKING)?.choice).toBe("role");
    expect(course.questions).toEqual([expect.objectContaining({ slug: "role", isAskedInLesson: true })]);
  });

  it("may be one that a sign-up asks as well", () => {
    const { course, says } = compile({ questions: question(["Managers", "Sellers"], "    needed: true") });
    expect(says).toEqual([]);
    expect(course.questions[0]).not.toHaveProperty("isAskedInLesson");
  });

  it.each<[string, Written, string]>([
    [
      "no question has",
      { lines: { [ASKING]: "choice: rule" } },
      "asks rule, which is no question of course.yaml; there are role",
    ],
    ["a course without questions", { questions: "" }, "asks role, and course.yaml has no questions"],
    [
      "everybody answers in their own words",
      { questions: "questions:\n  - { slug: role, kind: text, label: Whom do you lead? }\n" },
      "asks role, which everybody answers in their own words",
    ],
    [
      "has too many options for a mail",
      { questions: question(["One", "Two", "Three", "Four"], "    needed: false") },
      "asks role, which has 4 options; a mail has room for 3",
    ],
  ])("is found wrong by file and line: what %s", (_, written, todo) => {
    const { says } = compile(written);
    const at = `${COURSE}/lessons/${ASKING}.md:${lineOf(ASKING)}: choice: `;
    expect(
      says.some((one) => one.startsWith(at) && one.includes(todo)),
      says.join("\n"),
    ).toBe(true);
  });

  it.each<[string, Written, string, string]>([
    [
      "asked in a lesson, and no lesson asks it",
      { lines: {} },
      "    asked: in a lesson",
      "is asked in a lesson, and no lesson does; write choice: role in its head",
    ],
    [
      "needed, though nobody is asked before they are in",
      {
        questions: question(
          ["I lead managers", "I lead sellers"],
          "    asked: in a lesson\n    needed: true",
        ),
      },
      "    asked: in a lesson",
      "is asked after the sign-up, so nobody can be kept from it",
    ],
    [
      "a text",
      {
        questions:
          "questions:\n  - slug: role\n    kind: text\n    label: Whom do you lead?\n    asked: in a lesson\n",
      },
      "    asked: in a lesson",
      "is of a text, and a lesson asks for one of two or three",
    ],
  ])("is found wrong in course.yaml: a question that is %s", (_, written, line, todo) => {
    const { says } = compile(written);
    const found = says.find((one) => one.includes(todo));
    expect(found, says.join("\n")).toBeDefined();
    const at = Number(/course\.yaml:(\d+):/.exec(found ?? "")?.[1]);
    expect(Math.abs(at - inYaml(line))).toBeLessThanOrEqual(1);
  });

  it("is known from the next lesson on: a condition before it, or in it, is found", () => {
    const asksBefore = { [ASKING]: "choice: role", [FIRST]: "when: role != o0" };
    expect(compile({ lines: asksBefore }).says).toEqual([
      expect.stringContaining(`asks role, which the lesson ${ASKING} asks, and that comes no earlier`),
    ]);
    expect(compile({ lines: { [ASKING]: "choice: role\nwhen: role != o0" } }).says).toEqual([
      expect.stringContaining("nobody has answered by then"),
    ]);
    const asksAfter = { [FIRST]: "choice: role", [ASKING]: "when: role != o0" };
    expect(compile({ lines: asksAfter }).says).toEqual([]);
  });
});

describe("the words of a choice", () => {
  const misheard = (labels: string[]) => {
    const { course, sources } = compile({ questions: question(labels) });
    const content = { ...webContent(), courses: [course] };
    return findMisheardChoices(sources, content, "content");
  };

  it("are heard as a reply, where they ask for nothing else", () => {
    expect(misheard(["I lead managers", "I lead sellers"])).toEqual([]);
  });

  it.each(["Stop", "Pause", "Please unsubscribe me", "Made it", "Next lesson"])(
    "are found where a reply that says them asks for something else: %s",
    (label) => {
      const [finding, ...others] = misheard(["I lead managers", label]);
      expect(others).toEqual([]);
      expect(finding).toMatchObject({ file: `${COURSE}/course.yaml`, severity: "error" });
      expect(finding?.says).toContain(`"${label}"`);
      expect(finding?.line).toBe(inYaml('      - { slug: o1, label: "I lead sellers" }'));
    },
  );
});
