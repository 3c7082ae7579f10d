import { fileURLToPath } from "node:url";
import { loadContent } from "../../authoring/compile/compile.ts";
import { renderMarkdown } from "../../authoring/compile/markdown.ts";
import { sampleComposition } from "../../authoring/samples.ts";
import type { Course } from "../../functions/domain/course/course.ts";
import { composeIssue } from "../../functions/mail/compose/issue.ts";
import { composeLesson } from "../../functions/mail/compose/lesson.ts";
import { mimeMessage } from "../../functions/mail/mime/mime.ts";
import { openSplicer } from "../../functions/mail/mime/splice.ts";

/** Microseconds of processor time for one of each, in this process. */
export interface CostOfComposing {
  lesson: number;
  lessonEncoded: number;
  /** By what is known of the lesson already. */
  lessonSpliced: number;
  cyrillicIssue: number;
  cyrillicIssueEncoded: number;
  /** Bytes of its HTML. */
  cyrillicHtml: number;
}

const ROUNDS = 300;
const SPLICES = 3_000;
/** A letter of 21 KB of Markdown. */
const CYRILLIC = `${"Новая глава — о том, кто решает: «мы» или «они».\n\n".repeat(8)}## Заголовок\n\n`.repeat(
  35,
);

export async function costOfComposing(): Promise<CostOfComposing> {
  const content = await loadContent(fileURLToPath(new URL("../..", import.meta.url)));
  const course = content.courses[0] as Course;
  const [written] = content.issues ?? [];
  if (!written) throw new Error("There is no issue to compose");
  const lesson = sampleComposition(content, course, "lesson", course.lessons[1]?.slug ?? "");
  const issue = { ...written, body: renderMarkdown(CYRILLIC) };
  const letter = sampleComposition(content, course, "issue", issue.slug, { issue });
  const composed = composeLesson(lesson);
  const composedLetter = composeIssue(letter);
  const write = openSplicer(composeLesson);
  // A lesson that quotes its reader is never shared.
  const common = { ...lesson, journal: [] };
  return {
    lesson: cpuOf(ROUNDS, () => composeLesson(lesson)),
    lessonEncoded: cpuOf(ROUNDS, () => mimeMessage(composed)),
    lessonSpliced: cpuOf(SPLICES, () => write(common)),
    cyrillicIssue: cpuOf(ROUNDS, () => composeIssue(letter)),
    cyrillicIssueEncoded: cpuOf(ROUNDS, () => mimeMessage(composedLetter)),
    cyrillicHtml: Buffer.byteLength(composedLetter.html),
  };
}

/** After as many rounds in which V8 warms up. */
function cpuOf(rounds: number, work: () => unknown): number {
  for (let round = 0; round < rounds; round++) work();
  const before = process.cpuUsage();
  for (let round = 0; round < rounds; round++) work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / rounds;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(JSON.stringify(await costOfComposing()));
