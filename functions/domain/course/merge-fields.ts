import { findAnswer } from "./answers.ts";
import type { CourseText, RichText } from "./course.ts";
import type { Enrolment } from "./enrolment.ts";
import { type Asking, answerInWords, findQuestion } from "./questions.ts";

/** In a text: the answer to a question, or what stands there for whoever has given none. */
const MERGE_FIELD = /\{\{answers\.([a-z][a-z0-9-]*) or ([^{}]+)\}\}/g;

/** Whose answers are filled in. */
interface Filling {
  course: Asking;
  /** Absent: everybody may read it, and nobody's answers stand in it. */
  enrolment?: Pick<Enrolment, "answers"> | undefined;
  language: string;
  /** Pages, which others reach by a forwarded link, show what was chosen alone. */
  hidesTexts?: boolean;
}

/** A body with the answers of its reader in it. What they wrote is words, in HTML as well. */
export function fillAnswers<Text extends RichText | CourseText>(written: Text, filling: Filling): Text {
  if (!written.text.includes("{{answers.")) return written;
  const fill = (text: string, say: (answer: string) => string): string =>
    text.replace(MERGE_FIELD, (_, slug: string, fallback: string) => {
      const answer = findWords(filling, slug);
      return answer === undefined ? fallback : say(answer);
    });
  return { ...written, html: fill(written.html, escapeHtml), text: fill(written.text, (answer) => answer) };
}

function findWords({ course, enrolment, language, hidesTexts }: Filling, slug: string): string | undefined {
  const question = findQuestion(course, slug);
  const answer = question && enrolment && findAnswer(course, enrolment, slug);
  if (!question || answer === undefined || (hidesTexts && question.kind === "text")) return undefined;
  return answerInWords(question, answer, language);
}

const escapeHtml = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
