import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ROOT } from "../../../cli/root.ts";
import { findEffects } from "../../../console/plan/effects.ts";
import type { MidCourse } from "../../../console/plan/paths.ts";
import { plan } from "../../../console/plan/plan.ts";
import { findQuestionEffects } from "../../../console/plan/questions.ts";
import { questionsInSentences } from "../../../console/plan/questions-in-words.ts";
import { simulatedReaders } from "../../../console/plan/readers.ts";
import type { Course } from "../../../functions/domain/course/course.ts";
import type { Labelled, Question } from "../../../functions/domain/course/questions.ts";
import { isFor, NOTHING_KNOWN } from "../../../functions/domain/course/whom.ts";
import { DAY } from "../../../functions/domain/time.ts";
import { aCourse, aLesson } from "../../support/course.ts";

const NOW = Date.UTC(2026, 5, 3);
const MANAGERS = { slug: "managers", label: "I lead managers" };
const SELLERS = { slug: "sellers", label: "I lead sellers" };
const COACHES = { slug: "coaches", label: "I coach" };
const role = (options: Labelled[] = [MANAGERS, SELLERS], more: Partial<Question> = {}): Question => ({
  ...{ slug: "role", label: "Whom do you lead?", kind: "choice", options, isNeeded: false, ...more },
});
const inALesson = { isAskedInLesson: true } as const;

/** a, b and c, of which b asks for the role. */
const course = (questions: Question[], choice: string | null = questions[0]?.slug ?? null): Course => ({
  ...aCourse("a"),
  questions,
  lessons: [aLesson("a"), aLesson("b", choice === null ? {} : { choice }), aLesson("c")],
});

const reader = (answer: string | undefined, ...done: string[]): MidCourse => ({
  done,
  cadence: { zone: "UTC", weekday: 2, time: "07:30", pace: "weekly" },
  facts: { ...NOTHING_KNOWN, answers: answer === undefined ? {} : { role: answer } },
  nextAt: NOW + DAY,
});
const READERS = [
  ...[reader(undefined), reader(undefined, "a"), reader(undefined, "a", "b")],
  ...[reader("managers", "a", "b"), reader("sellers", "a", "b"), reader("sellers", "a", "b", "c")],
];
const says = (before: Course, after: Course, readers = READERS): string[] =>
  questionsInSentences(findQuestionEffects(before, after, readers));

describe("what the plan says of a changed question", () => {
  it("says nothing where none was changed", () => {
    expect(says(course([role()]), course([role()]))).toEqual([]);
  });

  it("names an option that is gone, with all who chose it: they count as having answered nothing", () => {
    expect(says(course([role()]), course([role([MANAGERS, COACHES])]))).toEqual([
      '! role: the option sellers ("I lead sellers") is gone\n      2 readers chose it: they count as having answered nothing, until they choose again',
      '+ role: the option coaches ("I coach"); who has answered keeps their answer',
    ]);
    // So a lesson for sellers is not theirs any more, and one for who has not answered is.
    const gone = { answer: "role", is: ["managers", "coaches"] };
    expect(READERS.map(({ facts }) => isFor({ when: { not: gone } }, facts))).toEqual([
      ...[true, true, true],
      ...[false, true, true],
    ]);
  });

  it("warns of none that nobody chose", () => {
    const [first] = says(course([role([MANAGERS, SELLERS, COACHES])]), course([role()]));
    expect(first).toMatch(/^- role: the option coaches .* is gone\n {6}0 readers chose it/);
  });

  it("takes an option under another name, in the same words, for a mistake, and says what it would cost", () => {
    const renamed = role([MANAGERS, { ...SELLERS, slug: "sales" }]);
    expect(says(course([role()]), course([renamed]))).toEqual([
      "! role: sales says what sellers said: 2 readers chose sellers, and would count as having answered nothing. Keep the name: answers are kept by it.",
    ]);
  });

  it("says of other words for the same option that their readers keep it", () => {
    const reworded = role([{ ...MANAGERS, label: "I manage managers" }, SELLERS], {
      label: "Who reports to you?",
    });
    expect(says(course([role()]), course([reworded]))).toEqual([
      '~ role asks "Who reports to you?", no more "Whom do you lead?"; 3 readers have answered it, kept as it is',
      '~ role: managers says "I manage managers", no more "I lead managers"\n      1 reader chose it, and that stays; a reply to an earlier mail in the old words chooses nothing',
    ]);
  });

  it("names a question that is gone, one that is new, and one that only has another name", () => {
    expect(says(course([role()]), course([]))).toEqual([
      '! the question role: "Whom do you lead?"\n      3 readers have answered it: nothing reads that any more',
      '~ 2. b: "About b"\n      ends in no choice any more, it asked role: 4 readers have had it, and its links tell them that nothing asks this now, unless another lesson of theirs does',
    ]);
    expect(says(course([], null), course([role()], null))).toEqual([
      '+ the question role: "Whom do you lead?"\n      asked at the sign-up; 3 readers in the middle can answer on their page, and no mail asks them',
    ]);
    expect(says(course([role()], null), course([{ ...role(), slug: "job" }], null))).toEqual([
      "! job asks what role asked: 3 readers have answered role, which nothing reads any more. Keep the name: answers are kept by it.",
    ]);
  });

  it("says where it is asked now, whether it is needed, and what becomes of answers of another kind", () => {
    expect(says(course([role()]), course([role(undefined, inALesson)]))).toEqual([
      "~ role is asked in a lesson from now on, no more at the sign-up; 3 readers have no answer",
    ]);
    expect(says(course([role(undefined, inALesson)]), course([role(undefined, { isNeeded: true })]))).toEqual(
      [
        "~ role is asked at the sign-up from now on; 3 readers have no answer, and can give it on their page",
        "~ role is needed from now on: it concerns who signs up; 3 readers have no answer",
      ],
    );
    const { options: _, ...free } = role(undefined, { kind: "text" });
    const [toText] = says(course([role()], null), course([free], null));
    expect(toText).toBe(
      "! role is a text, no more a choice: 3 readers hold the name of an option, which stands there as their own words now",
    );
    const [toChoice] = says(course([free], null), course([role()], null));
    expect(toChoice).toMatch(/^! role is a choice, no more a text: what 3 readers wrote counts as no answer/);
  });
});

describe("what the plan says of a choice in a lesson", () => {
  const asked = [role(undefined, inALesson)];

  it("counts of a new one who has the lesson ahead, and who has had it and is asked by their page alone", () => {
    expect(says(course([role()], null), course([role()]))).toEqual([
      '~ 2. b: "About b"\n      ends in the choice role: 2 readers have it ahead; 4 readers have had it, and only their page asks them',
    ]);
  });

  it("counts who has passed the place of a new lesson that asks, and is never asked", () => {
    const before = { ...course(asked), lessons: [aLesson("a"), aLesson("c")] };
    const readers = [reader(undefined), reader(undefined, "a"), reader(undefined, "a", "c")];
    expect(says(before, course(asked), readers)).toEqual([
      '~ 2. b: "About b"\n      ends in the choice role: 2 readers have it ahead; 0 readers have had it, and only their page asks them; 1 reader has passed its place, and nothing asks them',
    ]);
  });

  it("names the other question where the choice is another, and knows a renamed lesson", () => {
    const other: Question = { ...role(), slug: "team" };
    const after = { ...course([role(), other], "team") };
    const lessons = after.lessons.map((one) => (one.slug === "b" ? { ...one, slug: "x", was: ["b"] } : one));
    const [added, choice] = says(course([role()]), { ...after, lessons });
    expect(added).toMatch(/^\+ the question team/);
    expect(choice).toMatch(/2\. x: "About b"\n +ends in the choice team, no more in role: 2 readers have it/);
    const renamed = {
      ...course([role()]),
      lessons: course([role()]).lessons.map((one) =>
        one.slug === "b" ? { ...one, slug: "x", was: ["b"] } : one,
      ),
    };
    expect(says(course([role()]), renamed)).toEqual([]);
  });

  it("names the choice of a lesson that is gone", () => {
    const before = course([role()]);
    const after = { ...before, lessons: before.lessons.filter(({ slug }) => slug !== "b") };
    const [only, ...others] = says(before, after);
    expect(only).toMatch(/ends in no choice any more, it asked role: 4 readers have had it/);
    expect(others).toEqual([]);
  });
});

describe("made-up readers", () => {
  it("are spread over the answers, and have what their branch had by then", () => {
    const branching: Course = {
      ...course([role(undefined, inALesson)]),
      lessons: [
        ...[aLesson("a"), aLesson("b", { choice: "role" })],
        ...[aLesson("m", { when: { answer: "role", is: ["managers"] } }), aLesson("z")],
      ],
    };
    const made = simulatedReaders([branching], 300, NOW).get("course") ?? [];
    const at = (...done: string[]) =>
      made.filter((one) => one.done.join() === done.join()).map(({ facts }) => facts.answers.role);
    expect(new Set(at("a"))).toEqual(new Set([undefined]));
    const asked = at("a", "b");
    expect([...new Set(asked)].toSorted()).toEqual(["managers", "sellers", undefined]);
    expect(new Set(at("a", "b", "m"))).toEqual(new Set(["managers"]));
    expect(new Set(at("a", "b", "m", "z"))).toEqual(new Set(["managers"]));
    expect(new Set(at("a", "b", "z"))).toEqual(new Set(["sellers", undefined]));
    const widened = { ...branching, lessons: branching.lessons.map(({ when: _, ...lesson }) => lesson) };
    const [whom] = findEffects(branching, widened, made).whom;
    expect(whom?.gain).toBeGreaterThan(50);
  });
});

describe("npm run plan, of a course that asks something", () => {
  let folder: string;
  const COURSE = "content/courses/managing-up-leading-down/course.yaml";
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "plan-questions-"));
    cpSync(join(ROOT, "content"), join(folder, "content"), { recursive: true });
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it("says it in its course's paragraph, and as JSON", async () => {
    const question =
      "questions:\n  - slug: role\n    kind: choice\n    label: Whom do you lead?\n    options:\n      - { slug: managers, label: I lead managers }\n      - { slug: sellers, label: I lead sellers }\n";
    const path = join(folder, COURSE);
    const plain = readFileSync(path, "utf8");
    writeFileSync(path, plain.replace(/^parts:/m, `${question}parts:`));
    expect(await plan(["--against", ROOT], folder, NOW)).toMatch(
      /\n {2}\+ the question role: "Whom do you lead\?"\n {6}asked at the sign-up; 1000 readers/,
    );
    const { effects } = JSON.parse(await plan(["--against", ROOT, "--json"], folder, NOW));
    expect(effects[0].questions.added).toMatchObject([{ slug: "role", hold: 0, isAskedInLesson: false }]);
  });
});
