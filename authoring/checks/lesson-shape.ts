import type { Finding } from "./finding.ts";
import type { Authored, Passage } from "./passages.ts";
import { splitWords } from "./sentences.ts";

const FEWEST_WORDS = 400;
const MOST_WORDS = 650;
/** How a lesson must not begin: it begins with a situation that the reader knows. */
const BANNED_OPENINGS = ["welcome", "in this lesson", "last week", "hi", "hello", "today we"];

/** How long a lesson is, how it begins, and that it asks one thing. */
export function checkLessonShape(lesson: Authored): Finding[] {
  const { file, bodyLine, body, fields } = lesson;
  const count = body.reduce((sum, { text }) => sum + splitWords(text).length, 0);
  const isWrongLength = count > 0 && (count < FEWEST_WORDS || count > MOST_WORDS);
  const error = { file, severity: "error" } as const;
  const length: Finding = {
    ...error,
    line: body[0]?.line ?? bodyLine,
    rule: "word-count",
    says: `The body has ${count} words; a lesson has ${FEWEST_WORDS} to ${MOST_WORDS}`,
    doThis: count < FEWEST_WORDS ? `Write ${FEWEST_WORDS - count} more` : `Cut ${count - MOST_WORDS} of them`,
  };
  return [
    ...(isWrongLength ? [length] : []),
    ...checkOpening(body[0]),
    ...fields.filter(({ field }) => field === "question").flatMap(checkQuestion),
  ];
}

function checkOpening(opening: Passage | undefined): Finding[] {
  const words =
    opening?.text
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, " ")
      .trim() ?? "";
  const banned = BANNED_OPENINGS.find((opening) => `${words} `.startsWith(`${opening} `));
  if (!opening || !banned) return [];
  return [
    {
      file: opening.file,
      line: opening.line,
      rule: "banned-opening",
      says: `The lesson opens with "${banned}"`,
      doThis: "Open with a situation that the reader knows, in the second person",
      severity: "error",
    },
  ];
}

function checkQuestion({ file, line, text }: Passage): Finding[] {
  const marks = text.split("?").length - 1;
  if (marks === 1) return [];
  return [
    {
      file,
      line,
      rule: "one-question",
      says: `The question has ${marks} question marks; it has exactly one`,
      doThis: "Ask one thing that can be answered now, from memory, in a few sentences",
      severity: "error",
    },
  ];
}
