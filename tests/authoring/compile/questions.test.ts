import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { courseSchema } from "../../../authoring/compile/front-matter.ts";
import { checkQuestions, compileQuestions, RESERVED_NAMES } from "../../../authoring/compile/questions.ts";
import type { Problem } from "../../../authoring/compile/sources.ts";
import { readYaml } from "../../../authoring/compile/yaml.ts";
import { ROOT } from "../../../cli/root.ts";
import { collectProblems } from "../../support/problems.ts";

const FILE = "content/courses/managing-up-leading-down/course.yaml";
const yaml = readFileSync(join(ROOT, FILE), "utf8");

/** The course that ships, with more lines at its beginning. */
function read(lines: string) {
  const { sources, problems } = collectProblems();
  const checked = readYaml(sources, FILE, `${lines}\n${yaml}`, courseSchema);
  if (checked) checkQuestions({ ...sources, names: () => ["de", "en"] } as typeof sources, FILE, checked);
  return { checked, problems };
}

const compile = (lines: string) => {
  const { checked, problems } = read(lines);
  expect(problems).toEqual([]);
  return checked && compileQuestions(checked.value.language, checked.value.questions);
};
const inOneLine = ({ line, field, todo }: Problem) => `${line} ${field}: ${todo}`;

const ROLE = `questions:
  - slug: role
    kind: choice
    needed: true
    label: { en: Whom do you lead?, de: Wen führen Sie? }
    options:
      - { slug: managers, label: { en: Managers, de: Führungskräfte } }
      - { slug: sellers, label: Sellers }
`;
const TEXT = "{ slug: goal, kind: text, label: What for? }";
const many = (count: number, line: (at: number) => string) =>
  Array.from({ length: count }, (_, at) => line(at)).join("\n");

describe("the questions of a course", () => {
  it("are none where its author asks nothing", () => {
    expect(compile("")).toEqual([]);
  });

  it("have a label in the course's language, and in others", () => {
    expect(compile(`${ROLE}  - ${TEXT}`)).toEqual([
      {
        ...{ slug: "role", kind: "choice", label: "Whom do you lead?", labels: { de: "Wen führen Sie?" } },
        options: [
          { slug: "managers", label: "Managers", labels: { de: "Führungskräfte" } },
          { slug: "sellers", label: "Sellers" },
        ],
        isNeeded: true,
      },
      { slug: "goal", kind: "text", label: "What for?", isNeeded: false },
    ]);
  });

  it("are five at most, of eight options at most", () => {
    const options = many(8, (at) => `      - { slug: o${at}, label: Option ${at} }`);
    const four = many(4, (at) => `  - { slug: q${at}, kind: text, label: Question ${at} }`);
    expect(
      compile(
        `questions:\n${four}\n  - slug: last\n    kind: choice\n    label: Which?\n    options:\n${options}`,
      ),
    ).toHaveLength(5);
  });
});

describe("a mistake in them", () => {
  it.each([
    ["questions: []", "1 questions: is empty; write a question, or take it out"],
    [
      `questions:\n${many(6, (at) => `  - { slug: q${at}, kind: text, label: Question ${at} }`)}`,
      "1 questions: has more than 5 questions;",
    ],
    [
      `questions:\n  - slug: role\n    kind: choice\n    label: Which?\n    options:\n${many(9, (at) => `      - { slug: o${at}, label: Option ${at} }`)}`,
      "5 questions.0.options: has more than 8 options;",
    ],
    [
      "questions:\n  - { slug: role, kind: choice, label: Which? }",
      "2 questions.0.kind: is a choice without options;",
    ],
    [
      "questions:\n  - slug: role\n    kind: choice\n    label: Which?\n    options: [{ slug: one, label: One }]",
      "5 questions.0.options: has fewer than 2 options;",
    ],
    [
      "questions:\n  - slug: role\n    kind: text\n    label: Which?\n    options: [{ slug: a, label: A }, { slug: b, label: B }]",
      "5 questions.0.options: is of a text, which everybody writes themselves;",
    ],
    [
      `questions:\n  - ${TEXT}\n  - { slug: goal, kind: text, label: Another? }`,
      "3 questions.1.slug: is the name of another before it, goal;",
    ],
    [
      `questions:\n  - ${TEXT}\n  - { slug: other, kind: text, label: What for? }`,
      "3 questions.1.label: says the same as another before it;",
    ],
    [
      `${ROLE}      - { slug: sellers, label: Others }`,
      "9 questions.0.options.2.slug: is the name of another before it, sellers;",
    ],
    [
      "questions:\n  - { slug: email, kind: text, label: What? }",
      "2 questions.0.slug: is a name that means something else",
    ],
    [
      "questions:\n  - { slug: Rôle, kind: text, label: What? }",
      "2 questions.0.slug: is not a name of a-z, 0-9 and -",
    ],
    [
      `questions:\n  - { slug: ${"a".repeat(25)}, kind: text, label: What? }`,
      "2 questions.0.slug: is not a name of a-z, 0-9 and -",
    ],
    [
      `questions:\n  - { slug: goal, kind: text, label: ${"a".repeat(121)} }`,
      "2 questions.0.label: is longer than 120 characters; shorten it",
    ],
    [
      "questions:\n  - { slug: goal, kind: number, label: What? }",
      "2 questions.0.kind: is not a kind of question;",
    ],
    ["questions:\n  - { slug: goal, kind: text }", "2 questions.0.label: is missing; add it"],
    ["questions:\n  - { slug: goal, kind: text, label: '' }", "2 questions.0.label: is empty; write it"],
    [
      "questions:\n  - { slug: goal, kind: text, label: What?, needed: perhaps }",
      "2 questions.0.needed: is not yes or no;",
    ],
    [
      "questions:\n  - { slug: goal, kind: text, label: { de: Wozu? } }",
      "2 questions.0.label: is not in the course's own language; add en",
    ],
    [
      "questions:\n  - { slug: goal, kind: text, label: { en: What?, xx: Was? } }",
      "2 questions.0.label.xx: is a language that there are no words of;",
    ],
    [
      "questions:\n  - { slug: goal, kind: text, label: What?, hint: x }",
      "2 questions.0.hint: is not a field",
    ],
  ])("is reported with its line: %j", (lines, says) => {
    const { problems } = read(lines);
    expect(problems.map(inOneLine)).toEqual([expect.stringContaining(says)]);
  });

  it("is each name that means something else", () => {
    for (const slug of RESERVED_NAMES)
      expect(read(`questions:\n  - { slug: ${slug}, kind: text, label: What? }`).problems).toHaveLength(1);
  });
});
