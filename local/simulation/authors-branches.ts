import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "yaml";
import type { Said } from "./said.ts";

/*
 * For whom a course's lessons and passages are, read from its author's files, and judged: nothing of the product's is used,
 * so that what it misreads or misjudges shows. What is said of tags, ratings, moves, replies and silence is not followed
 * here: it may hold or not.
 */

/** What must be true of a reader, as its author wrote it. */
export type Condition =
  | { all: Condition[] }
  | { any: Condition[] }
  | { not: Condition }
  /** The answer is one of these; `any`: there is one. `none` among them: there is none. */
  | { answer: string; is: string[] }
  | { again: true }
  /** Not followed. */
  | { open: string };

export type Verdict = "yes" | "no" | "maybe";

/** What can be known of a reader at a moment: each way that it may be, while an answer is on its way. */
export interface Known {
  /** By the question's slug; nothing is no answer. */
  answers: Readonly<Record<string, readonly Said[]>>;
  isAgain: boolean;
}

interface AuthorsOption {
  slug: string;
  /** In the course's own language. */
  label: string;
}

/** What a course asks: at the sign-up, or in a lesson. */
export interface AuthorsQuestion {
  slug: string;
  /** No sign-up asks it. */
  isInLesson: boolean;
  isNeeded: boolean;
  /** Of a choice; none where readers answer in their own words. */
  options: AuthorsOption[];
}

/** What a lesson's file says in one language. Marks are words that stand in both parts of its mail, and nowhere else in it. */
interface AuthorsWords {
  mark: string;
  passages: { when: Condition; mark: string }[];
}

/** A lesson by its author's files: for whom it is, and its words by their languages. */
export interface AuthorsLesson {
  when?: Condition;
  /** The question that it asks at its end. */
  choice?: string;
  words: Record<string, AuthorsWords>;
}

/** What a course says of its readers. */
export interface AuthorsBranches {
  /** Its own language first. */
  languages: string[];
  questions: AuthorsQuestion[];
  /** By their slugs. */
  lessons: Record<string, AuthorsLesson>;
}

interface CourseFile {
  language?: string;
  languages?: string[];
  questions?: {
    slug: string;
    needed?: boolean;
    asked?: string;
    options?: { slug: string; label: string | Record<string, string> }[];
  }[];
}

/** @param folder of a course that compiles: with its `course.yaml` and its `lessons` */
export async function readAuthorsBranches(folder: string): Promise<AuthorsBranches> {
  const file = parse(await readFile(join(folder, "course.yaml"), "utf8")) as CourseFile;
  const { language = "en", languages = [language], questions = [] } = file;
  const lessons: Record<string, AuthorsLesson> = {};
  const names = (await readdir(join(folder, "lessons"))).filter((name) => name.endsWith(".md"));
  for (const name of names.sort()) {
    const [slug = "", other = language] = name.replace(/\.md$/, "").split(".");
    const text = await readFile(join(folder, "lessons", name), "utf8");
    const { when, choice, words } = readLesson(text);
    const lesson = lessons[slug] ?? { words: {} };
    const asks = { ...(when && { when }), ...(choice !== undefined && { choice }) };
    lessons[slug] = { ...lesson, ...asks, words: { ...lesson.words, [other]: words } };
  }
  return {
    languages: [language, ...languages.filter((one) => one !== language)],
    questions: questions.map((question) => readQuestion(question, language)),
    lessons,
  };
}

function readQuestion(
  {
    slug,
    needed = false,
    asked = "at the sign-up",
    options = [],
  }: NonNullable<CourseFile["questions"]>[number],
  language: string,
): AuthorsQuestion {
  const named = options.map(({ slug: option, label }) => ({
    slug: option,
    label: typeof label === "string" ? label : (label[language] ?? ""),
  }));
  return { slug, isNeeded: needed, isInLesson: asked === "in a lesson", options: named };
}

const PASSAGE = /^:::when (.*)\n([\s\S]*?)\n:::$/gm;

interface WrittenLesson {
  when: Condition | undefined;
  choice: string | undefined;
  words: AuthorsWords;
}

function readLesson(text: string): WrittenLesson {
  const [, head = "", body = ""] = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(text) ?? [];
  const { when, choice } = parse(head) as { when?: string; choice?: string };
  const passages = [...body.matchAll(PASSAGE)].map(([, condition = "", words = ""]) => ({
    when: readCondition(condition),
    mark: chooseMark(words, text),
  }));
  const mark = chooseMark(body.replace(PASSAGE, ""), text);
  return { when: when === undefined ? undefined : readCondition(when), choice, words: { mark, passages } };
}

const LONGEST_MARK = 40;
/** What is filled in, shows a picture, or leads somewhere. */
const NO_WORDS = /\{\{.*?\}\}|!\[.*?\]|\]\(.*?\)|`.*?`/g;

/** The longest run of plain words, which no part of a mail writes otherwise. */
function chooseMark(words: string, text: string): string {
  const runs = words.replace(NO_WORDS, "|").match(/[A-Za-z][A-Za-z ,]*[A-Za-z]/g) ?? [];
  const marks = runs
    .map((run) => run.slice(0, LONGEST_MARK).trimEnd())
    .filter((run) => text.split(run).length === 2);
  return marks.reduce((longest, run) => (run.length > longest.length ? run : longest), "");
}

// Reading a condition ---------------------------------------------------------------------------------------------

const JOINS = ["and", "or", "not", ")"];

/** `not` binds closest, then `and`, then `or`. */
function readCondition(text: string): Condition {
  const words = text.match(/"[^"]*"|[()|]|!=|>=|<=|[=<>]|[^\s()|=!<>"]+/g) ?? [];
  const takes = (word: string): boolean => words[0] === word && words.shift() !== undefined;
  const either = (): Condition => {
    const any = [both()];
    while (takes("or")) any.push(both());
    return any.length === 1 ? (any[0] as Condition) : { any };
  };
  const both = (): Condition => {
    const all = [one()];
    while (takes("and")) all.push(one());
    return all.length === 1 ? (all[0] as Condition) : { all };
  };
  const one = (): Condition => {
    if (takes("not")) return { not: one() };
    if (!takes("(")) return named(takeNamed(words));
    const inside = either();
    takes(")");
    return inside;
  };
  const read = either();
  if (words.length > 0)
    throw new Error(`The simulation does not understand "${text}" from "${words.join(" ")}" on`);
  return read;
}

/** The words of one condition: up to what joins it to the next. */
function takeNamed(words: string[]): string[] {
  const end = words.findIndex((word) => JOINS.includes(word));
  return words.splice(0, end < 0 ? words.length : end);
}

const OPEN = ["tag", "rating", "move", "replied", "silent"];

function named([name = "", sign = "", ...values]: string[]): Condition {
  if (OPEN.includes(name)) return { open: name };
  const is = values.filter((value) => value !== "|");
  const stands: Condition =
    name !== "state" ? { answer: name, is } : is.join() === "again" ? { again: true } : { open: "state" };
  return sign === "!=" ? { not: stands } : stands;
}

// Judging one -----------------------------------------------------------------------------------------------------

const OPPOSITE = { yes: "no", no: "yes", maybe: "maybe" } as const;

/** Whether it is true of a reader. What names nobody is true of everybody. */
export function judge(when: Condition | undefined, known: Known): Verdict {
  if (when === undefined) return "yes";
  if ("all" in when) return judgeAll(when.all, known, "no");
  if ("any" in when) return judgeAll(when.any, known, "yes");
  if ("not" in when) return OPPOSITE[judge(when.not, known)];
  if ("again" in when) return known.isAgain ? "yes" : "no";
  if ("open" in when) return "maybe";
  const verdicts = new Set(
    (known.answers[when.answer] ?? [undefined]).map((answer) => isAmong(answer, when.is)),
  );
  if (verdicts.size > 1) return "maybe";
  return verdicts.has(true) ? "yes" : "no";
}

/** @param decides the verdict of one that decides for all */
function judgeAll(whens: readonly Condition[], known: Known, decides: "yes" | "no"): Verdict {
  const verdicts = whens.map((when) => judge(when, known));
  if (verdicts.includes(decides)) return decides;
  return verdicts.includes("maybe") ? "maybe" : OPPOSITE[decides];
}

const isAmong = (answer: string | undefined, is: readonly string[]): boolean =>
  answer === undefined ? is.includes("none") : is.includes("any") || is.includes(answer);

// How many lessons there can be -----------------------------------------------------------------------------------

/** Of how many of these something true can be said, by all ways in which their questions can be answered; undefined where more than answers counts. */
export function countsPossible(
  whens: readonly Condition[],
  questions: readonly AuthorsQuestion[],
  isAgain: boolean,
): ReadonlySet<number> | undefined {
  const asked = questions.filter(({ slug }) => whens.some((when) => asks(when, slug)));
  const ways = asked.reduce<Known["answers"][]>(
    (known, { slug, options }) =>
      known.flatMap((answers) =>
        [undefined, ...(options.length > 0 ? options.map((option) => option.slug) : ["in words"])].map(
          (answer) => ({
            ...answers,
            [slug]: [answer],
          }),
        ),
      ),
    [{}],
  );
  const verdicts = ways.map((answers) => whens.map((when) => judge(when, { answers, isAgain })));
  if (verdicts.flat().includes("maybe")) return undefined;
  return new Set(verdicts.map((each) => each.filter((verdict) => verdict === "yes").length));
}

function asks(when: Condition, question: string): boolean {
  if ("all" in when) return when.all.some((one) => asks(one, question));
  if ("any" in when) return when.any.some((one) => asks(one, question));
  if ("not" in when) return asks(when.not, question);
  return "answer" in when && when.answer === question;
}
