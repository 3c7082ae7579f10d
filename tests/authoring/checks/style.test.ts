import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { checkAuthored } from "../../../authoring/checks/check-content.ts";
import type { Finding } from "../../../authoring/checks/finding.ts";
import { findAuthored } from "../../../authoring/checks/passages.ts";
import { readStyles } from "../../../authoring/checks/style-choice.ts";
import { readCourses } from "../../../authoring/compile/compile-courses.ts";
import { readNewsletter } from "../../../authoring/compile/compile-issues.ts";
import { CONTENT, inWords, openSources } from "../../../authoring/compile/sources.ts";
import {
  chooseStyle,
  mildestStyle,
  STYLE_RULE_NAMES,
  STYLE_RULES,
  type StyleRuleName,
} from "../../../authoring/style-rules.ts";
import { ROOT } from "../../../cli/root.ts";

const folder = mkdtempSync(join(tmpdir(), "coursepost-style-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const COURSE = "content/courses/small";
const STRICT = "checks:\n  all: error\n";

interface Written {
  checks?: string;
  language?: string;
  /** In the order of the course. */
  lessons: string[];
  issue?: string;
}

/** What is said of a course that is written for it, without its templates. */
function checkWritten({ checks = STRICT, language = "en", lessons, issue }: Written): Finding[] {
  rmSync(join(folder, "content"), { recursive: true, force: true });
  const write = (file: string, text: string): void => {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  };
  const names = lessons.map((_, place) => `lesson-${String.fromCharCode(97 + place)}`);
  const list = names.map((name) => `  - ${name}\n`).join("");
  const attribution = "attribution:\n  author: Ada Lovelace\n  restsOn: own\n";
  write(`${COURSE}/course.yaml`, `language: ${language}\n${attribution}lessons:\n${list}${checks}`);
  for (const [place, text] of lessons.entries()) write(`${COURSE}/lessons/${names[place]}.md`, text);
  write("content/newsletter/newsletter.yaml", `title: News\nsenderName: Ada\n${checks}`);
  if (issue) write("content/newsletter/issue.md", issue);
  const sources = openSources(folder);
  return checkAuthored(sources, findAuthored(sources, CONTENT));
}

const findRules = (written: Written): string[] =>
  [...new Set(checkWritten(written).map(({ rule }) => rule))].sort();

const SENTENCE = "The order waits, and nobody says for what. ";
const HEAD = {
  title: "A title",
  subject: "A subject",
  preview: "A preview of it.",
  question: "What did it cost?",
  move: "When it happens, I will write it down.",
};

/** A lesson that no rule has anything against, with changes to its head and to its body. */
function lesson(head: Partial<typeof HEAD> & { more?: string } = {}, body = ""): string {
  const { more = "", ...fields } = { ...HEAD, ...head };
  const yaml = Object.entries(fields).map(([name, value]) => `${name}: ${JSON.stringify(value)}\n`);
  return `---\n${yaml.join("")}${more}---\n\n${body || `You wait.\n\n${SENTENCE.repeat(32)}`}\n`;
}

/** A lesson's body around some words. */
const saying = (words: string): string => `You wait.\n\n${SENTENCE.repeat(32)}\n\n${words}`;
const example = (words: string): string => `You wait.\n\n${SENTENCE.repeat(32)}\n\n> [!example]\n> ${words}`;
const FORM = (form: string, ends = "well"): string =>
  `example:\n  form: ${form}\n  ends: ${ends}\n  trade: pumps\n`;

describe("a rule of style", () => {
  it("has nothing against a lesson that is as it should be", () => {
    expect(findRules({ lessons: [lesson()] })).toEqual([]);
  });

  /** What each rule finds, and the nearest that it does not find. */
  const FOUND: [rule: StyleRuleName, wrong: string, right: string][] = [
    [
      "word-count",
      lesson({}, `You wait.\n\n${SENTENCE.repeat(30)}`),
      lesson({}, `You wait.\n\n${SENTENCE.repeat(31)}`),
    ],
    [
      "word-count",
      lesson({}, `You wait.\n\n${SENTENCE.repeat(48)}`),
      lesson({}, `You wait.\n\n${SENTENCE.repeat(47)}`),
    ],
    [
      "word-count",
      lesson({}, `You wait.\n\n${SENTENCE.repeat(40)}\n\n:::when replied\n${SENTENCE.repeat(8)}\n:::`),
      lesson(
        {},
        `You wait.\n\n${SENTENCE.repeat(30)}${["replied", "silent"].map((when) => `\n\n:::when ${when}\n${SENTENCE.repeat(16)}\n:::`).join("")}`,
      ),
    ],
    [
      "opening-length",
      lesson({}, `You wait for it. ${"You wait for. ".repeat(19)}\n\n${SENTENCE.repeat(30)}`),
      lesson({}, `You. ${"You wait for. ".repeat(19)}\n\n${SENTENCE.repeat(30)}`),
    ],
    [
      "banned-opening",
      lesson({}, saying("").replace("You wait", "Welcome, you")),
      lesson({}, saying("").replace("You wait", "You, welcome")),
    ],
    [
      "opening-you",
      lesson({}, saying("").replace("You wait", "Somebody waits")),
      lesson({}, saying("").replace("You wait", "Your boss waits")),
    ],
    [
      "first-screen",
      lesson({ move: `When it happens, I will ${"ask. Then ".repeat(62)}` }),
      lesson({ move: `When it happens, I will ${"ask. Then ".repeat(61)}` }),
    ],
    [
      "move-plan",
      lesson({ move: "Write it down more often." }),
      lesson({ move: "If it happens, I will write it down." }),
    ],
    ["one-question", lesson({ question: "Who? What?" }), lesson({ question: "Who, if anybody?" })],
    [
      "one-question",
      lesson({ question: "Who was it? Tell us." }),
      lesson({ question: "Who was it, to tell us?" }),
    ],
    [
      "question-length",
      lesson({ question: `Who ${"then ".repeat(20)}?` }),
      lesson({ question: `Who ${"then ".repeat(19)}?` }),
    ],
    [
      "question-halves",
      lesson({ question: "What was it, and what did it cost?" }),
      lesson({ question: "What was it: a sale and an order, or nothing?" }),
    ],
    [
      "question-halves",
      lesson({ question: "What did you see and how long did it last?" }),
      lesson({ question: "What did you and your boss see?" }),
    ],
    [
      "lesson-number",
      lesson({ preview: "Lesson 3 of 12. A preview." }),
      lesson({ preview: "One lesson of a life." }),
    ],
    ["lesson-number", lesson({ title: "4 of 12: a title" }), lesson({ title: "Four of them" })],
    [
      "introduction",
      lesson({}, saying("Ada Lovelace, who had been in the print trade for forty years, says so.")),
      lesson({}, saying("Ada Lovelace, forty years in print sales, says so.")),
    ],
    [
      "introduction",
      lesson({}, saying("Ada Lovelace says so. Ada Lovelace means it.")),
      lesson({}, saying("Ada Lovelace says so. Ada means it.")),
    ],
    ["banned-phrase", lesson({}, saying("The article says so.")), lesson({}, saying("An article says so."))],
    [
      "banned-phrase",
      lesson({}, saying("That is the course's advice.")),
      lesson({}, saying("Of course. Over the course of a day.")),
    ],
    [
      "banned-phrase",
      lesson({}, saying("In Ada's view it is so.")),
      lesson({}, saying("Ada thinks that it is so.")),
    ],
    [
      "banned-phrase",
      lesson({}, saying("It is so, as Ada puts it.")),
      lesson({}, saying("He said: “That was last week.”")),
    ],
    [
      "first-person",
      lesson({}, saying("Here I would wait.")),
      lesson({}, saying("He says, “Here I would wait.” Volume II.")),
    ],
    [
      "stands-alone",
      lesson({}, saying("It was in the previous lesson.")),
      lesson({}, saying("It was a lesson to him.")),
    ],
    ["stands-alone", lesson({}, saying("See lesson 3.")), lesson({}, saying("See below."))],
    [
      "history",
      lesson({}, `You wait.\n\n${SENTENCE.repeat(17)}\n\nIt was 1950. ${SENTENCE.repeat(15)}`),
      lesson({}, `You wait.\n\n${SENTENCE.repeat(17)}\n\nIt was 1950. ${SENTENCE.repeat(14)}`),
    ],
    [
      "reckoning",
      lesson({ more: FORM("scene") }, example("They sold 40 rolls.")),
      lesson(
        { more: `${FORM("scene")}reckoning: 40 rolls of 1,500 m fill a truck.\n` },
        example("They sold 40 rolls."),
      ),
    ],
    ["exclamation-mark", lesson({}, saying("Wait!")), lesson({}, saying("Wait."))],
    [
      "long-sentence",
      lesson({}, saying(`${"word ".repeat(36)}.`)),
      lesson({}, saying(`${"word ".repeat(35)}.`)),
    ],
    [
      "same-mould",
      lesson({}, example("They sold it.")),
      lesson({ more: FORM("note") }, example("They sold it.")),
    ],
  ];

  it.each(FOUND)("%s finds what breaks it, and not what does not", (rule, wrong, right) => {
    const found = checkWritten({ lessons: [wrong] });
    expect([...new Set(found.map((one) => one.rule))]).toEqual([rule]);
    expect(found[0]).toMatchObject({ file: `${COURSE}/lessons/lesson-a.md`, severity: "error" });
    expect(findRules({ lessons: [right] })).toEqual([]);
  });

  it("names the line on which the words stand", () => {
    const [found] = checkWritten({
      lessons: [lesson({}, "You wait.\n\nSo it is.\nHere I would wait.")],
      checks: "checks:\n  all: off\n  first-person: error\n",
    });
    expect(found?.line).toBe(12);
  });

  it("of English says nothing of another language", () => {
    const english = lesson(
      { move: "Schreib es auf.", question: "Was war es and what?" },
      saying("The article and I. See lesson 3."),
    );
    expect(findRules({ language: "de", lessons: [english] })).toEqual([]);
    expect(findRules({ lessons: [english] }).length).toBeGreaterThan(3);
  });

  it("of voice is for issues, too, by the newsletter's own choice", () => {
    const issue =
      "---\ntitle: News\nsubject: News\npreview: What there is.\n---\n\nThe article says so. See the last issue.\n";
    expect(findRules({ lessons: [], issue })).toEqual(["banned-phrase", "stands-alone"]);
    expect(findRules({ lessons: [], issue, checks: "checks:\n  all: off\n" })).toEqual([]);
  });
});

describe("the mould of a course", () => {
  const FORMS = ["scene", "dialogue", "mails", "note", "calendar", "list"];
  const WORDS = ["One", "They", "Her", "On", "Nobody", "Then"];
  /** Twelve lessons, some with an example, some with a quote, some of which end badly. */
  function twelve({ examples = 9, quotes = 9, open = 4, tired = 0, same = false } = {}): string[] {
    return Array.from({ length: 12 }, (_, place) => {
      const form = same ? "scene" : (FORMS[place % 6] as string);
      const quote = place < quotes ? "pullQuote: so it is\n" : "";
      const word = place < tired ? ["Picture", "Imagine"][place % 2] : WORDS[place % 6];
      return place < examples
        ? lesson({ more: quote + FORM(form, place < open ? "badly" : "well") }, example(`${word} sold it.`))
        : lesson({ more: quote });
    });
  }

  it("is none where examples, quotes and ends vary", () => {
    expect(findRules({ lessons: twelve() })).toEqual([]);
    expect(findRules({ lessons: twelve({ examples: 10, quotes: 10, tired: 3 }) })).toEqual([]);
  });

  it.each([
    ["examples", twelve({ examples: 8 })],
    ["examples", twelve({ examples: 12 })],
    ["pull-quotes", twelve({ quotes: 7 })],
    ["pull-quotes", twelve({ quotes: 11 })],
    ["endings", twelve({ open: 3 })],
    ["example-openings", twelve({ tired: 4 })],
    ["same-mould", twelve({ same: true })],
  ])("is found by %s", (rule, lessons) => {
    const found = checkWritten({ lessons });
    expect([...new Set(found.map((one) => one.rule))]).toEqual([rule]);
    expect(found[0]?.line).toBeGreaterThan(1);
  });

  it("is none in a course of two lessons", () => {
    expect(findRules({ lessons: [lesson(), lesson()] })).toEqual([]);
  });
});

describe("`checks:`", () => {
  const broken = lesson({ question: "Who? What?" }, saying("Wait!"));

  it("gives each rule its weight, and `all` the rest; a warning where nothing is said", () => {
    const weights = (checks: string) =>
      Object.fromEntries(
        checkWritten({ lessons: [broken], checks }).map(({ rule, severity }) => [rule, severity]),
      );
    expect(weights("")).toEqual({ "one-question": "warning", "exclamation-mark": "warning" });
    expect(weights("checks:\n  all: error\n  exclamation-mark: off\n")).toEqual({ "one-question": "error" });
    expect(weights("checks:\n  all: off\n  exclamation-mark: warning\n")).toEqual({
      "exclamation-mark": "warning",
    });
  });

  it("turns off no rule that protects readers", () => {
    const unsafe = lesson({}, saying("A [link](http://plain.example) and {{name}}."));
    expect(findRules({ lessons: [unsafe], checks: "checks:\n  all: off\n" })).toEqual([
      "dead-link",
      "unknown-field",
    ]);
    const named = STYLE_RULE_NAMES.filter((name) =>
      /link|field|mail|html|consent|slot|copied|source|alt|lang|unsubscribe/.test(name),
    );
    expect(named).toEqual([]);
  });

  it.each([
    ["  word-cuont: off", "checks.word-cuont: is not a rule of style; did you mean word-count"],
    [
      "  dead-link: off",
      "checks.dead-link: is not a rule of style; take it out (docs/YOUR-COURSE.md lists the rules; what protects readers is always checked)",
    ],
    ["  word-count: maybe", "checks.word-count: is not a weight; write one of error, warning, off"],
  ])("with %j is refused by file and line", (line, says) => {
    checkWritten({ lessons: [], checks: `checks:\n  all: off\n${line}\n` });
    const sources = openSources(folder);
    readNewsletter(sources);
    expect(sources.problems.map(inWords)).toContain(`content/newsletter/newsletter.yaml:5: ${says}`);
    readCourses(sources);
    expect(sources.problems.map(inWords).join("\n")).toMatch(/course\.yaml:\d+: checks\./);
  });

  it("is for words that courses share as the mildest of them has it", () => {
    const [strict, mild] = [
      chooseStyle({ all: "error" }),
      chooseStyle({ all: "error", "exclamation-mark": "off" }),
    ];
    expect(mildestStyle([strict, mild])).toEqual(mild);
    expect(mildestStyle([strict])).toEqual(strict);
  });

  it("of the course that ships is strict, and of a new course mild", () => {
    const [scaffold = chooseStyle({})] = [chooseStyle(scaffoldChecks())];
    expect(Object.values(scaffold)).toContain("off");
    for (const style of readStyles(openSources(ROOT), CONTENT)) expect(style).not.toEqual(scaffold);
  });
});

/** `name: weight` below `checks:` of the course that `course new` writes. */
const scaffoldChecks = (): Record<string, string> =>
  Object.fromEntries(
    (
      /^checks:\n((?: {2}.*\n)+)/m.exec(
        readFileSync(join(ROOT, "console/course/scaffold/course.yaml"), "utf8"),
      )?.[1] ?? ""
    )
      .trim()
      .split(/\s*\n\s*/)
      .map((line) => line.split(": ") as [string, string]),
  );

describe("the table of rules in YOUR-COURSE", () => {
  it("has each rule, what it asks, and what a new course makes of it", () => {
    const docs = readFileSync(join(ROOT, "docs/YOUR-COURSE.md"), "utf8");
    const rows = [...docs.matchAll(/^\| `([\w-]+)` \| (.*?) \| (error|warning|off) \|$/gm)];
    const scaffold = chooseStyle(scaffoldChecks());
    expect(rows.map(([, name, says, weight]) => [name, says, weight])).toEqual(
      STYLE_RULE_NAMES.map((name) => [name, STYLE_RULES[name], scaffold[name]]),
    );
  });
});
