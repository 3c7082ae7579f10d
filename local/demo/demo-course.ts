import { existsSync } from "node:fs";
import { cp, mkdir, rm } from "node:fs/promises";
import { basename, join, relative, resolve, sep } from "node:path";
import { CONTENT } from "../../authoring/compile/sources.ts";
import { ArgumentError } from "../../cli/arguments.ts";
import { ROOT } from "../../cli/root.ts";
import type { Course } from "../../functions/domain/course/course.ts";
import type { Question } from "../../functions/domain/course/questions.ts";
import type { Instead } from "../assemble.ts";
import { judge, readAuthorsBranches } from "../simulation/authors-branches.ts";
import type { PlannedReply } from "./journey.ts";

/** Content of one course only, beside nothing of the working tree's; each process has its own. */
const STAGED = join(ROOT, "out", `demo-content-${process.pid}`);
const SLUG = /^[a-z0-9-]{1,60}$/;

/**
 * A course for the demo, wherever its folder is. It runs alone, with the newsletter, so what else is in `content/`
 * need not be right.
 * @param course a slug of `content/courses`, or a folder with a course.yaml
 * Throws an ArgumentError if there is no such course.
 */
export async function stagedCourse(course: string): Promise<Instead> {
  const folder = [join(ROOT, CONTENT, "courses", course), resolve(course)].find((one) =>
    existsSync(join(one, "course.yaml")),
  );
  if (!folder)
    throw new ArgumentError(
      `--course: there is no "${course}"; name a folder of ${CONTENT}/courses, or a folder with a course.yaml in it.`,
    );
  const slug = basename(folder);
  if (!SLUG.test(slug))
    throw new ArgumentError(
      `--course: a course's folder is its slug; "${slug}" is more than a-z, 0-9 and -.`,
    );
  await removeStaged();
  await mkdir(join(STAGED, "courses"), { recursive: true });
  await cp(folder, join(STAGED, "courses", slug), { recursive: true });
  await cp(join(ROOT, CONTENT, "newsletter"), join(STAGED, "newsletter"), { recursive: true });
  return { folder: relative(ROOT, STAGED).split(sep).join("/"), courses: [slug] };
}

/** What was staged is needed as long as the demo runs. */
export const removeStaged = (): Promise<void> => rm(STAGED, { recursive: true, force: true });

/**
 * A newsletter for the demo, without any course.
 * @param newsletter a folder with a newsletter.yaml, or one that holds such a folder as `newsletter`
 * Throws an ArgumentError if there is none.
 */
export async function stagedNewsletter(newsletter: string): Promise<Instead> {
  const folder = [resolve(newsletter), resolve(newsletter, "newsletter")].find((one) =>
    existsSync(join(one, "newsletter.yaml")),
  );
  if (!folder)
    throw new ArgumentError(
      `--newsletter: ${newsletter} holds no newsletter.yaml; name a folder like ${CONTENT}/newsletter.`,
    );
  await removeStaged();
  await cp(folder, join(STAGED, "newsletter"), { recursive: true });
  return { folder: relative(ROOT, STAGED).split(sep).join("/"), courses: [] };
}

interface DemoReplies {
  substantial: string;
  veryShort: string;
}

/** What anybody could answer to any question, by the course's language; in English where there is none. */
const ANSWERS: Record<string, DemoReplies> = {
  en: {
    substantial:
      "It was on a Thursday in May. Two of us knew what had to be done, each thought that the other one would do it, and by the evening nobody had. Since then we say aloud whose turn it is.",
    veryShort: "The blue key.",
  },
  de: {
    substantial:
      "Das war an einem Donnerstag im Mai. Zwei von uns wussten, was zu tun war, jeder dachte, der andere tut es, und am Abend hatte es keiner getan. Seitdem sagen wir laut, wer an der Reihe ist.",
    veryShort: "Der blaue Schlüssel.",
  },
};

/** Of the course that ships, in its readers' words. */
const SHIPPED: Record<string, DemoReplies> = {
  "managing-up-leading-down": {
    substantial:
      "The last one was slowed by nobody being willing to decide. Three people had to sign off a price for a press upgrade, each waited for the other two, and the customer signed elsewhere after nine days.",
    veryShort: "A second operator.",
  },
};

/** What three other readers answer to the first question. */
const OTHERS: Record<string, readonly string[]> = {
  en: [
    "Nobody had said who decides, so the two of us waited for each other until the week was over.",
    "I asked for it in writing, got it the same day, and wished that I had asked a month before.",
    "It stalled for nine days on a signature that nobody needed, and the customer told me so.",
  ],
  de: [
    "Niemand hatte gesagt, wer entscheidet, und so warteten wir aufeinander, bis die Woche um war.",
    "Ich bat schriftlich darum, bekam es am selben Tag und hätte einen Monat früher fragen sollen.",
    "Es lag neun Tage wegen einer Unterschrift, die niemand brauchte, und der Kunde sagte es mir.",
  ],
};

export const othersAnswers = ({ language }: Course): readonly string[] =>
  OTHERS[language] ?? (OTHERS.en as readonly string[]);

/** In their own words, where an answer is needed. */
const IN_WORDS = "Fewer surprises";

/** What the reader answers, by the questions' slugs. */
export type DemoAnswers = Readonly<Record<string, string>>;

/**
 * The first option of each choice, and words where they are needed; or what was asked for.
 * @param wanted `role=sellers,goal=Fewer calls`: an empty one is left out
 * Throws an ArgumentError for what the course does not ask.
 */
export function chooseAnswers({ questions }: Pick<Course, "questions">, wanted = ""): DemoAnswers {
  const pairs = wanted.split(",").filter((pair) => pair.trim() !== "");
  const typed = new Map(
    pairs.map((pair) => {
      const [slug = "", ...words] = pair.split("=");
      return [slug.trim(), words.join("=").trim()];
    }),
  );
  for (const [slug, answer] of typed) checkAnswer(questions, slug, answer);
  const chosen = questions.map((question) => [
    question.slug,
    typed.get(question.slug) ?? question.options?.[0]?.slug ?? (question.isNeeded ? IN_WORDS : ""),
  ]);
  return Object.fromEntries(chosen.filter(([, answer]) => answer !== ""));
}

function checkAnswer(questions: readonly Question[], slug: string, answer: string): void {
  const question = questions.find((one) => one.slug === slug);
  const asked = questions.map((one) => one.slug).join(", ") || "nothing";
  if (!question) throw new ArgumentError(`--answers: nothing asks ${slug}; the course asks ${asked}.`);
  if (answer === "" && question.isNeeded)
    throw new ArgumentError(`--answers: nobody signs up without an answer to ${slug}.`);
  const options = question.options?.map((option) => option.slug);
  if (answer !== "" && options?.includes(answer) === false)
    throw new ArgumentError(`--answers: ${slug} is one of ${options.join(", ")}, not "${answer}".`);
}

/** The course as it is for who answers so: with the lessons that are theirs, by its author's files. */
export async function coursesOwn(course: Course, content: string, answers: DemoAnswers): Promise<Course> {
  const { lessons } = await readAuthorsBranches(join(ROOT, content, "courses", course.slug));
  const known = Object.fromEntries(course.questions.map(({ slug }) => [slug, [answers[slug]]]));
  const isTheirs = ({ slug }: { slug: string }) =>
    judge(lessons[slug]?.when, { answers: known, isAgain: false }) !== "no";
  return { ...course, lessons: course.lessons.filter(isTheirs) };
}

const LATER_LESSON = 4;

/** Two replies: by mail a few sentences to the first lesson, and on its page few words to the fourth, or the last of a shorter course. */
export function sampleReplies({ slug, language, lessons }: Course): PlannedReply[] {
  const { substantial, veryShort } = SHIPPED[slug] ?? ANSWERS[language] ?? (ANSWERS.en as DemoReplies);
  const first: PlannedReply = { lesson: 1, kind: "substantial", words: substantial };
  const later = Math.min(LATER_LESSON, lessons.length);
  return later === 1
    ? [first]
    : [first, { lesson: later, kind: "veryShort", words: veryShort, isOnPage: true }];
}
