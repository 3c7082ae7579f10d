import { splitFrontMatter } from "../compile/yaml.ts";
import { findFigures } from "./figures.ts";
import type { Finding } from "./finding.ts";
import type { Authored, Passage } from "./passages.ts";
import { splitWords } from "./sentences.ts";

const FEWEST_WORDS = 250;
const MOST_WORDS = 380;
const LONGEST_OPENING = 60;
/** Of opening, move and words to use: what a reader sees before they scroll. */
const FIRST_SCREEN = 130;
const LONGEST_QUESTION = 20;
const MOST_HISTORY = 120;
/** How a lesson must not begin: it begins with a situation that the reader knows. */
const BANNED_OPENINGS = ["welcome", "in this lesson", "last week", "hi", "hello", "today we"];

const countAllWords = (passages: readonly Passage[]): number =>
  passages.reduce((sum, { text }) => sum + splitWords(text).length, 0);

const findField = ({ fields }: Authored, name: string): Passage | undefined =>
  fields.find(({ field }) => field === name);

const wordsToUse = ({ fields }: Authored): Passage[] =>
  fields.filter(({ field }) => field?.startsWith("wordsToUse."));

/** How long a lesson and its parts are, how it begins, and that it asks one thing. */
export const checkLessonShape = (lesson: Authored, isEnglish: boolean): Finding[] => [
  ...checkLength(lesson),
  ...checkOpening(lesson.body[0], isEnglish),
  ...checkFirstScreen(lesson),
  ...(isEnglish ? checkMove(findField(lesson, "move")) : []),
  ...checkQuestion(findField(lesson, "question"), isEnglish),
  ...checkHistory(lesson),
  ...checkReckoning(lesson),
];

/** A letter after the course asks one thing, as a lesson does. */
export const checkLetterQuestions = ({ fields }: Authored, isEnglish: boolean): Finding[] =>
  fields
    .filter(({ field }) => field !== undefined && /^letters\.\d+\.question$/.test(field))
    .flatMap((question) => checkQuestion(question, isEnglish));

/** A finding at a passage. */
export const wrong = (
  { file, line }: Pick<Passage, "file" | "line">,
  rule: string,
  says: string,
  doThis: string,
): Finding => ({ file, line, rule, says, doThis, severity: "error" });

/** As long as its readers get it: of its passages for some readers, one at a time. */
function checkLength({ file, body, bodyLine }: Authored): Finding[] {
  const forSome = [...new Set(body.flatMap(({ when }) => when ?? []))];
  const counts = [undefined, ...forSome].map((whom) =>
    countAllWords(body.filter(({ when }) => when === undefined || when === whom)),
  );
  const count = Math.max(...counts);
  if (count === 0 || (count >= FEWEST_WORDS && count <= MOST_WORDS)) return [];
  const says = `The body has ${count} words; a lesson has ${FEWEST_WORDS} to ${MOST_WORDS}`;
  const doThis =
    count < FEWEST_WORDS ? `Write ${FEWEST_WORDS - count} more` : `Cut ${count - MOST_WORDS} of them`;
  return [wrong({ file, line: body[0]?.line ?? bodyLine }, "word-count", says, doThis)];
}

function checkOpening(opening: Passage | undefined, isEnglish: boolean): Finding[] {
  if (!opening) return [];
  const words = opening.text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
  const banned = BANNED_OPENINGS.find((begin) => `${words} `.startsWith(`${begin} `));
  const count = splitWords(opening.text).length;
  const situation = "Open with a situation that the reader knows, in the second person";
  const findings: Finding[] = [];
  if (banned) findings.push(wrong(opening, "banned-opening", `The lesson opens with "${banned}"`, situation));
  if (isEnglish && !/\byou(?:r|rs|rself|'|’|\b)/i.test(opening.text))
    findings.push(
      wrong(opening, "opening-you", "The first paragraph does not speak to the reader", situation),
    );
  if (count > LONGEST_OPENING)
    findings.push(
      wrong(
        opening,
        "opening-length",
        `The first paragraph has ${count} words; ${LONGEST_OPENING} are the most`,
        "Cut it, or make two of it: the move stands behind the first",
      ),
    );
  return findings;
}

function checkFirstScreen(lesson: Authored): Finding[] {
  const move = findField(lesson, "move");
  const [opening] = lesson.body;
  if (!move || !opening) return [];
  const count = countAllWords([opening, move, ...wordsToUse(lesson)]);
  if (count <= FIRST_SCREEN) return [];
  const says = `Opening, move and words to use have ${count} words; ${FIRST_SCREEN} are the most`;
  return [wrong(move, "first-screen", says, "Shorten one of them: they are what is seen before scrolling")];
}

const PLAN = /^(?:When|If)\b[\s\S]*\bI will\b/;

function checkMove(move: Passage | undefined): Finding[] {
  if (!move || PLAN.test(move.text)) return [];
  const says = "The move does not say when, and what the reader will do";
  return [wrong(move, "move-plan", says, "Write: When this happens, I will do that")];
}

const SECOND_HALF =
  /[,;]?\s+(?:and|or)\s+(?:in\s+|to\s+|for\s+|with\s+)?(?:what|who|whom|whose|which|how|why|when|where|did|do|does|has|have|had|is|are|was|were)\b/i;

function checkQuestion(question: Passage | undefined, isEnglish: boolean): Finding[] {
  if (!question) return [];
  const marks = question.text.split("?").length - 1;
  const count = splitWords(question.text).length;
  const half = isEnglish ? SECOND_HALF.exec(question.text)?.[0] : undefined;
  const findings: Finding[] = [];
  if (marks !== 1 || !/\?["”’)]?\s*$/.test(question.text))
    findings.push(
      wrong(
        question,
        "one-question",
        marks === 1
          ? "The question goes on behind its question mark"
          : `The question has ${marks} question marks; it has exactly one`,
        "Ask one thing that can be answered now, from memory, in a line",
      ),
    );
  if (count > LONGEST_QUESTION)
    findings.push(
      wrong(
        question,
        "question-length",
        `The question has ${count} words; ${LONGEST_QUESTION} are the most`,
        "Ask for one fact, in one clause",
      ),
    );
  if (half)
    findings.push(
      wrong(
        question,
        "question-halves",
        `The question has a second half: "${half.trim()} …"`,
        "End it there; the other half can be the prompt's question, under prompts.substantial",
      ),
    );
  return findings;
}

/** Paragraphs with years in them, outside examples. */
function checkHistory({ body }: Authored): Finding[] {
  const history = body.filter(
    ({ text, isExample }) => !isExample && findFigures(text).some(({ kind }) => kind === "year"),
  );
  const count = countAllWords(history);
  const [first] = history;
  if (!first || count <= MOST_HISTORY) return [];
  const says = `The paragraphs with years in them have ${count} words; ${MOST_HISTORY} are the most`;
  return [wrong(first, "history", says, "Keep what the reader needs this week")];
}

/** So that somebody of the trade can check what is made up. */
function checkReckoning({ source, body }: Authored): Finding[] {
  const amounts = body.find(
    ({ text, isExample }) => isExample && findFigures(text).some(({ kind }) => kind === "amount"),
  );
  if (!amounts || /^reckoning:/m.test(splitFrontMatter(source)?.yaml ?? "")) return [];
  const says = "The example has amounts, and nobody can check them";
  return [wrong(amounts, "reckoning", says, "Write their arithmetic under `reckoning:`; it is not mailed")];
}
