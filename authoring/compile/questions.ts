import * as z from "zod";
import type { Labelled, Question } from "../../functions/domain/course/questions.ts";
import { type Sources, WORDS } from "./sources.ts";
import type { Checked } from "./yaml.ts";

/*
 * What a course asks when somebody signs up, as an author writes it in course.yaml: `questions`, each with its options
 * if it is a choice.
 */

const MOST_QUESTIONS = 5;
const MOST_OPTIONS = 8;
const FEWEST_OPTIONS = 2;
const LONGEST_LABEL = 120;
const LONGEST_OPTION = 60;
const LONGEST_SLUG = 24;
const AN_EXAMPLE = "write for example whom-you-lead";

/** What a segment or a `when:` says of a reader otherwise, and words that join there: a question of that name would be both. */
export const RESERVED_NAMES: readonly string[] = [
  ...["and", "or", "not", "none", "any", "all", "everybody", "when", "constructor"],
  ...["answer", "answers", "question", "questions", "tag", "tags", "rating", "ratings", "move", "moves"],
  ...["replied", "reply", "silent", "state", "status", "part", "zone", "joined", "from"],
  ...["address", "email", "name", "first-name", "language", "course", "newsletter", "author"],
];
/** What is said of who has not answered. */
const RESERVED_OPTIONS: readonly string[] = ["none", "any", "and", "or", "not"];

const name = (reserved: readonly string[]) =>
  z
    .string(`is not a name of a-z, 0-9 and -; ${AN_EXAMPLE}`)
    .regex(
      new RegExp(`^[a-z][a-z0-9-]{0,${LONGEST_SLUG - 1}}$`),
      `is not a name of a-z, 0-9 and -, a letter first, at most ${LONGEST_SLUG}; ${AN_EXAMPLE}`,
    )
    .refine(
      (slug) => !reserved.includes(slug),
      "is a name that means something else already; choose another",
    );

const line = (most: number) =>
  z
    .string("is not words; write them, or for each language of the course its own")
    .trim()
    .min(1, "is empty; write it")
    .max(most, `is longer than ${most} characters; shorten it`)
    .refine((value) => !/[\r\n]/.test(value), "runs over several lines; keep it to one (in YAML: `>-`)");
/** Words in the course's language, or by the tag of each language. */
const label = (most: number) =>
  z.union([line(most), z.record(z.string(), line(most))], {
    error: ({ input }) => (input === undefined ? "is missing; add it" : labelProblem(input, most)),
  });

/** A union says only that none of its forms fits. */
function labelProblem(input: unknown, most: number): string {
  const written = typeof input === "object" && input !== null ? Object.values(input) : [input];
  const wrong = written.map((one) => line(most).safeParse(one)).find(({ success }) => !success);
  return wrong?.error?.issues[0]?.message ?? "is not words; write them";
}

const option = z.strictObject({ slug: name(RESERVED_OPTIONS), label: label(LONGEST_OPTION) });
const KINDS = ["choice", "text"] as const;
const ASKED = ["at sign-up", "in a lesson"] as const;
const question = z.strictObject({
  slug: name(RESERVED_NAMES),
  kind: z.enum(KINDS, `is not a kind of question; write one of: ${KINDS.join(", ")}`),
  label: label(LONGEST_LABEL),
  options: z.optional(
    z
      .array(option, "is not a list of options; write each on a line of its own, behind a dash")
      .min(FEWEST_OPTIONS, `has fewer than ${FEWEST_OPTIONS} options; write two or more`)
      .max(MOST_OPTIONS, `has more than ${MOST_OPTIONS} options; keep those that change something`),
  ),
  asked: z.optional(z.enum(ASKED, `is not when it is asked; write one of: ${ASKED.join(", ")}`)),
  needed: z.optional(z.boolean("is not yes or no; write true where nobody signs up without an answer")),
});

export const questions = z.optional(
  z
    .array(question, "is not a list of questions; write each behind a dash")
    .min(1, "is empty; write a question, or take it out")
    .max(
      MOST_QUESTIONS,
      `has more than ${MOST_QUESTIONS} questions; each costs sign-ups: keep those that change a lesson`,
    ),
);

export type QuestionFile = z.infer<typeof question>;
type Label = z.infer<ReturnType<typeof label>>;

export const compileQuestions = (language: string, written: readonly QuestionFile[] = []): Question[] =>
  written.map(({ slug, kind, label: says, options, needed = false, asked }) => ({
    ...compileLabel(language, slug, says),
    kind,
    ...(options && { options: options.map((one) => compileLabel(language, one.slug, one.label)) }),
    isNeeded: needed,
    ...(asked === "in a lesson" && { isAskedInLesson: true as const }),
  }));

function compileLabel(language: string, slug: string, says: Label): Labelled {
  if (typeof says === "string") return { slug, label: says };
  const { [language]: own = "", ...labels } = says;
  return { slug, label: own, ...(Object.keys(labels).length > 0 && { labels }) };
}

/** That a question's parts go together, with the line of what does not. */
export function checkQuestions(
  sources: Sources,
  file: string,
  { value, findLine }: Checked<{ language: string; questions?: QuestionFile[] | undefined }>,
): void {
  const report: Report = (todo, ...path) =>
    sources.report({
      file,
      line: findLine("questions", ...path),
      field: ["questions", ...path].join("."),
      todo,
    });
  const asked = value.questions ?? [];
  const known = sources.names(WORDS, ".yaml");
  reportTwice(asked, report);
  for (const [index, one] of asked.entries()) {
    reportOptions(one, index, report);
    reportAsked(one, index, report);
    reportLanguages(one.label, { language: value.language, known }, report, index, "label");
    for (const [at, { label: says }] of (one.options ?? []).entries())
      reportLanguages(says, { language: value.language, known }, report, index, "options", at, "label");
  }
}

type Report = (todo: string, ...path: (string | number)[]) => void;

function reportOptions({ kind, options }: QuestionFile, index: number, report: Report): void {
  if (kind === "choice" && !options)
    report("is a choice without options; write them, or make it a text", index, "kind");
  if (kind === "text" && options)
    report(
      "is of a text, which everybody writes themselves; take them out, or make it a choice",
      index,
      "options",
    );
  reportTwice(options ?? [], (todo, ...path) => report(todo, index, "options", ...path));
}

/** What a lesson asks is answered after the sign-up, by a press. */
function reportAsked({ asked, kind, needed }: QuestionFile, index: number, report: Report): void {
  if (asked !== "in a lesson") return;
  if (needed)
    report("is asked after the sign-up, so nobody can be kept from it; take it out", index, "needed");
  if (kind === "text")
    report(
      "is of a text, and a lesson asks for one of two or three; make it a choice, or ask it at the sign-up",
      index,
      "asked",
    );
}

/** Neither a name nor its words stand for two. */
function reportTwice(list: readonly { slug: string; label: Label }[], report: Report): void {
  const inWords = list.map(({ label: says }) => JSON.stringify(says));
  for (const [index, { slug }] of list.entries()) {
    if (list.findIndex((one) => one.slug === slug) < index)
      report(`is the name of another before it, ${slug}; choose another`, index, "slug");
    if (inWords.indexOf(inWords[index] ?? "") < index)
      report("says the same as another before it; nobody could tell them apart", index, "label");
  }
}

function reportLanguages(
  says: Label,
  { language, known }: { language: string; known: readonly string[] },
  report: Report,
  ...path: (string | number)[]
): void {
  if (typeof says === "string") return;
  if (!(language in says)) report(`is not in the course's own language; add ${language}`, ...path);
  for (const tag of Object.keys(says))
    if (known.length > 0 && !known.includes(tag))
      report(`is a language that there are no words of; there are ${known.join(", ")}`, ...path, tag);
}
