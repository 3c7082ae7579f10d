/*
 * House style is the course's own choice: `checks:` in course.yaml (of issues, in newsletter.yaml) gives each rule a weight.
 * What protects readers (dead links, a mail without a way out, fields that nothing fills in, a source's words) is no style:
 * it is always an error, and has no name here.
 */

/** How much a course minds a rule. */
export const WEIGHTS = ["error", "warning", "off"] as const;
type Weight = (typeof WEIGHTS)[number];

/** Every rule of style, and what it asks for. docs/YOUR-COURSE.md lists them. */
export const STYLE_RULES = {
  "word-count": "a lesson's body has 250 to 380 words",
  "opening-length": "the first paragraph, before the move, has 60 words at the most",
  "banned-opening": "it does not begin with welcome, hello, hi, in this lesson, last week, today we",
  "opening-you": "the first paragraph speaks to the reader: you (English)",
  "first-screen": "opening, move and words to use have 130 words together at the most",
  "move-plan": "the move says when, and what I will do: When …, I will … (English)",
  "one-question": "the question has one question mark, at its end",
  "question-length": "the question has 20 words at the most",
  "question-halves": "the question has no second half: “…, and what did you do?” (English)",
  "lesson-number": "no number of a lesson is typed in title, subject or preview: the mail puts it there",
  introduction:
    "the author's full name stands once in a mail, with its introduction in eight words at the most",
  "banned-phrase":
    "not: the article, this course, the course, last week, in Ada's view, as Ada puts it (English)",
  "first-person": "no I outside quotation marks, but in the move and the words to use (English)",
  "stands-alone": "nothing is said of another lesson or issue (English)",
  history: "paragraphs with years in them have 120 words together at the most",
  reckoning: "an example with amounts in it has its arithmetic under `reckoning:`",
  "exclamation-mark": "no exclamation marks",
  "long-sentence": "no sentence has more than 35 words; a quoted question ends one",
  "reading-grade": "a Flesch–Kincaid grade of 10 at the most (English)",
  "pull-quotes": "of six lessons or more, two in three have a pull-quote, and five in six at the most",
  examples: "of six lessons or more, three in four have a block > [!example], and five in six at the most",
  "example-openings": "one example in three at the most begins with Picture or Imagine",
  "same-mould": "an example says its form, and neither form nor first word is that of the example before",
  endings: "of six lessons or more, a third have an example that ends badly or stays open",
} as const;
export type StyleRuleName = keyof typeof STYLE_RULES;
export const STYLE_RULE_NAMES = Object.keys(STYLE_RULES) as StyleRuleName[];

export const isStyleRule = (name: string): name is StyleRuleName => Object.hasOwn(STYLE_RULES, name);

/** The name in `checks:` that is for all rules that are not named there. */
export const ALL_RULES = "all";
/** Of what is not named, and has no `all` either. */
const USUAL_WEIGHT: Weight = "warning";

export type StyleChoice = Record<StyleRuleName, Weight>;

const isWeight = (value: unknown): value is Weight => WEIGHTS.some((weight) => weight === value);

/** The weight of every rule by the field `checks`, as far as it can be read. */
export function chooseStyle(checks: unknown): StyleChoice {
  const named = typeof checks === "object" && checks !== null ? (checks as Record<string, unknown>) : {};
  const all = isWeight(named[ALL_RULES]) ? named[ALL_RULES] : USUAL_WEIGHT;
  const weights = STYLE_RULE_NAMES.map((name) => [name, isWeight(named[name]) ? named[name] : all]);
  return Object.fromEntries(weights) as StyleChoice;
}

/** What is right for words that several courses share: each rule as the mildest of them has it. */
export function mildestStyle(choices: readonly StyleChoice[]): StyleChoice {
  const weights = STYLE_RULE_NAMES.map((name) => {
    const all = choices.map((choice) => WEIGHTS.indexOf(choice[name]));
    return [name, WEIGHTS[Math.max(0, ...all)]];
  });
  return Object.fromEntries(weights) as StyleChoice;
}
