import * as z from "zod";
import { distance } from "../../cli/arguments.ts";
import { WEEKDAYS } from "../../functions/domain/course/cadence.ts";
import { ALL_RULES, isStyleRule, STYLE_RULE_NAMES, WEIGHTS } from "../style-rules.ts";
import { questions } from "./questions.ts";
import { after, afterTheLast, pace, paces, starts, week } from "./timing.ts";

const words = (most: number) =>
  z
    .string()
    .trim()
    .min(1, "is empty; write it")
    .max(most, `is longer than ${most} characters; shorten it`)
    .refine((value) => !/[\r\n]/.test(value), "runs over several lines; keep it to one (in YAML: `>-`)");
/** A message for a value of the wrong type; a value that is not there is reported as missing. */
export const unlessMissing = (todo: string) => ({
  error: ({ input }: { input?: unknown }) => (input === undefined ? undefined : todo),
});
const SLUG = /^[a-z0-9-]{1,60}$/;
const slug = z
  .string()
  .regex(SLUG, "is not a slug; use a-z, 0-9 and -, at most 60 of them, for example bring-the-example");

const LONGEST_SUBJECT = 45;
const LONGEST_PREVIEW = 140;
const LONGEST_LINE = 200;
const LONGEST_SENTENCE = 600;
const MOST_LINES_TO_USE = 4;
const EXAMPLE_FORMS = ["scene", "dialogue", "mails", "note", "calendar", "list"] as const;
const EXAMPLE_ENDS = ["well", "badly", "open"] as const;

/** A picture of the folder, by the path from it. */
const picture = z.optional(z.strictObject({ file: words(LONGEST_LINE), alt: words(LONGEST_LINE) }));
export type PictureFields = z.infer<typeof picture>;

/** The tag of a file in `templates/words`. Whether there is one, the build looks. */
const language = z.string(unlessMissing("is not a language; write its tag, for example de")).default("en");

const LIKELY_TYPO = 3;

/** What a course minds of style: a weight by the name of a rule, or by `all`. */
const checks = z
  .record(z.string(), z.enum(WEIGHTS, `is not a weight; write one of ${WEIGHTS.join(", ")}`))
  .superRefine((named, context) => {
    for (const name of Object.keys(named))
      if (name !== ALL_RULES && !isStyleRule(name))
        context.addIssue({ code: "custom", path: [name], message: unknownRule(name) });
  })
  .optional();

function unknownRule(name: string): string {
  const [near] = [ALL_RULES, ...STYLE_RULE_NAMES]
    .map((known) => ({ known, letters: distance(known, name) }))
    .filter(({ letters }) => letters <= LIKELY_TYPO)
    .sort((one, other) => one.letters - other.letters);
  return near
    ? `is not a rule of style; did you mean ${near.known}`
    : "is not a rule of style; take it out (docs/YOUR-COURSE.md lists the rules; what protects readers is always checked)";
}

const weekday = z.enum(WEEKDAYS, `is not a weekday; write one of ${WEEKDAYS.join(", ")}`);
const time = z
  .string(unlessMissing('is not a time in quotes; write for example "07:30"'))
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'is not a time; write 24 hours in quotes, for example "07:30"');
const LONGEST_MOVE = 240;
const minutes = z
  .int(unlessMissing("is not a number of minutes; write for example 15"))
  .min(1, "is less than a minute; write for example 15")
  .max(LONGEST_MOVE, `is longer than ${LONGEST_MOVE} minutes; a move is small`);

/** Sooner, a look-back of the course itself may still come. */
const FEWEST_DAYS = 30;
const MOST_DAYS = 1_100;
const MOST_LETTERS = 4;
const days = z
  .int(unlessMissing("is not a number of days; write for example 90"))
  .min(FEWEST_DAYS, `is less than ${FEWEST_DAYS} days; a letter comes long after the course`)
  .max(MOST_DAYS, `is more than ${MOST_DAYS} days; nobody knows any more what it is about`);
const letter = z.strictObject({
  slug,
  days,
  subject: words(LONGEST_SUBJECT),
  preview: words(LONGEST_PREVIEW),
  question: words(LONGEST_SENTENCE),
});
const letters = z.optional(
  z
    .array(letter)
    .min(1, "is empty; write a letter, or take it out")
    .max(MOST_LETTERS, `has more than ${MOST_LETTERS} letters; keep those that a reader would want`),
);

export const courseSchema = z.strictObject({
  title: words(LONGEST_LINE),
  language,
  languages: z.optional(
    z
      .array(z.string("is not a language; write its tag, for example de"))
      .min(2, "names one language; take it out"),
  ),
  senderName: words(64),
  description: words(LONGEST_SENTENCE),
  logo: picture,
  portrait: picture,
  defaults: z.strictObject({ weekday, time, pace: z.optional(pace) }),
  week,
  paces,
  starts,
  afterTheLast,
  attribution: z.strictObject({
    author: words(LONGEST_LINE),
    text: words(LONGEST_SENTENCE),
    url: z.optional(
      z.string().regex(/^https:\/\/\S+$/, "is not a web address; write one that begins with https://"),
    ),
    restsOn: z.enum(["article", "own"], "is not article or own").default("article"),
  }),
  answersQuestions: z.boolean(unlessMissing("is not yes or no; write true or false")),
  voices: z.optional(z.boolean("is not yes or no; write false where no reader is to be asked")),
  rating: z.strictObject({
    question: words(LONGEST_LINE),
    scale: z.strictObject({ "1": words(LONGEST_LINE), "3": words(LONGEST_LINE), "5": words(LONGEST_LINE) }),
  }),
  questions,
  parts: z
    .array(z.strictObject({ slug, title: words(LONGEST_LINE) }))
    .min(1, "is empty; name at least one part"),
  prompts: z.strictObject({ veryShort: words(LONGEST_SENTENCE), question: words(LONGEST_SENTENCE) }),
  lessons: z.array(slug).min(1, "is empty; name at least one lesson"),
  letters,
  checks,
});
export type CourseFile = z.infer<typeof courseSchema>;

/** What the checks cannot read from an example's words: its author says it. */
const exampleSchema = z.strictObject({
  form: z.enum(EXAMPLE_FORMS, `is not a form; write one of ${EXAMPLE_FORMS.join(", ")}`),
  ends: z.enum(EXAMPLE_ENDS, `is not an end; write one of ${EXAMPLE_ENDS.join(", ")}`),
  trade: words(LONGEST_LINE),
});

export const lessonSchema = z.strictObject({
  title: words(LONGEST_LINE),
  subject: words(LONGEST_SUBJECT),
  preview: words(LONGEST_PREVIEW),
  part: slug,
  was: z.optional(z.array(slug)),
  when: z.optional(words(LONGEST_SENTENCE)),
  choice: z.optional(slug),
  after,
  pullQuote: z.optional(words(LONGEST_LINE)),
  question: words(LONGEST_SENTENCE),
  move: words(LONGEST_SENTENCE),
  /** Only where the move has a time of the week: then it can be put into a calendar. */
  moment: z.optional(z.strictObject({ weekday, time, minutes })),
  wordsToUse: z.optional(
    z
      .array(words(LONGEST_LINE))
      .min(1, "is empty; write a line, or take it out")
      .max(
        MOST_LINES_TO_USE,
        `has more than ${MOST_LINES_TO_USE} lines; keep those that a reader would copy`,
      ),
  ),
  example: z.optional(exampleSchema),
  reckoning: z.optional(z.string().trim().min(1, "is empty; write it")),
  prompts: z.strictObject({
    substantial: words(LONGEST_SENTENCE),
    veryShort: z.optional(words(LONGEST_SENTENCE)),
    question: z.optional(words(LONGEST_SENTENCE)),
  }),
  lookBack: words(LONGEST_SENTENCE),
});
export type LessonFile = z.infer<typeof lessonSchema>;

/** A lesson in another language of its course. Its part, wait, moment and old names are those of the lesson itself. */
export const translationSchema = z.strictObject({
  title: words(LONGEST_LINE),
  subject: words(LONGEST_SUBJECT),
  preview: words(LONGEST_PREVIEW),
  pullQuote: z.optional(words(LONGEST_LINE)),
  question: words(LONGEST_SENTENCE),
  move: words(LONGEST_SENTENCE),
  wordsToUse: z.optional(
    z.array(words(LONGEST_LINE)).min(1, "is empty; write a line, or take it out").max(MOST_LINES_TO_USE),
  ),
  prompts: z.strictObject({
    substantial: words(LONGEST_SENTENCE),
    veryShort: words(LONGEST_SENTENCE),
    question: words(LONGEST_SENTENCE),
  }),
  lookBack: words(LONGEST_SENTENCE),
});

const mailText = z.strictObject({ subject: words(LONGEST_SUBJECT), preview: words(LONGEST_PREVIEW) });
export const issueSchema = z.strictObject({
  title: words(LONGEST_LINE),
  subject: words(LONGEST_SUBJECT),
  preview: words(LONGEST_PREVIEW),
  /** Whether it stands in the public archive. Otherwise it does, unless it goes to a segment alone. */
  archive: z.enum(["public", "private"], "is not public or private").optional(),
});
export const newsletterSchema = z.strictObject({
  title: words(64),
  language,
  senderName: words(64),
  /** The course that it belongs to: a stage that does not offer it is not deployed with it. */
  course: z.string().optional(),
  logo: picture,
  checks,
});
const plainText = z.strictObject({});

/** Front matter of the files in `texts/`. What opens a new part of the course, `recap-<part>`, may be left out. */
export const textSchemas: Record<string, z.ZodType<Record<string, string>>> = {
  confirmation: mailText,
  welcome: mailText,
  "look-back": mailText,
  completion: mailText,
  prompt: z.strictObject({ substantial: words(LONGEST_SENTENCE) }),
  signature: plainText,
  landing: z.strictObject({
    headline: words(LONGEST_LINE),
    subhead: words(LONGEST_SENTENCE),
    addressHint: words(LONGEST_SENTENCE),
    button: words(LONGEST_LINE),
  }),
};
export const recapSchema: z.ZodType<Record<string, string>> = plainText;
