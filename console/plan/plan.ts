import { whenInWords } from "../../authoring/compile/when-in-words.ts";
import { ArgumentError, readArguments, usage } from "../../cli/arguments.ts";
import { ROOT } from "../../cli/root.ts";
import type { Course } from "../../functions/domain/course/course.ts";
import { nameOfLanguage } from "../../functions/domain/course/translations.ts";
import { connect, type Deployment, REACH_FLAGS } from "../connect.ts";
import { type Effects, findEffects, type LessonEffect, type TranslationEffect } from "./effects.ts";
import type { MidCourse } from "./paths.ts";
import { questionsInSentences } from "./questions-in-words.ts";
import { type Readers, readReaders, simulatedReaders } from "./readers.ts";
import { readCoursesAtRevision, readSnapshot } from "./versions.ts";

const NAME = "npm run plan";
const FLAGS = {
  against: { value: "BRANCH|FOLDER", says: "what is deployed now; the last commit otherwise" },
  stage: { ...REACH_FLAGS.stage, says: "count the readers of this stage; made-up ones otherwise" },
  readers: { value: "NUMBER", says: "how many made-up readers a course; 1000 otherwise" },
  json: { says: "the same as JSON" },
  help: { says: "this" },
} as const;
const MOST_READERS = 1_000_000;

/** Tells what the content in the working tree would do to readers in mid-course. Changes nothing. */
export async function plan(given: string[], root = ROOT, now = Date.now()): Promise<string> {
  const { against = "HEAD", stage, readers: count, json, help } = readArguments(NAME, FLAGS, given);
  if (help) return usage(NAME, FLAGS);
  const [before, after] = [await readCoursesAtRevision(against, root), await readSnapshot(root)];
  const asked = count === undefined ? 1_000 : Number(count);
  if (!Number.isInteger(asked) || asked < 1 || asked > MOST_READERS)
    throw new ArgumentError(`--readers ${count} is not a whole number from 1 to ${MOST_READERS}.`);
  const deployment = stage === undefined ? undefined : await connect(stage);
  return tell({ against, before, after }, { deployment, asked, now }, json);
}

/**
 * The same for a stage that has been reached.
 * @param against what is deployed now: a branch, a commit or a folder
 */
export async function tellPlan(deployment: Deployment, against = "HEAD", root = ROOT): Promise<string> {
  const [before, after] = [await readCoursesAtRevision(against, root), await readSnapshot(root)];
  return tell({ against, before, after }, { deployment, asked: 0, now: deployment.services.clock.now() });
}

async function tell(
  { against, before, after }: { against: string; before: Course[]; after: Course[] },
  { deployment, asked, now }: { deployment: Deployment | undefined; asked: number; now: number },
  json?: true,
): Promise<string> {
  const readers = deployment ? await readReaders(deployment) : simulatedReaders(before, asked, now);
  const who =
    deployment?.place ?? `made-up readers, ${asked} a course, spread evenly over it and over its answers`;
  const change = compare(before, after, readers);
  return json ? JSON.stringify({ against, who, ...change }, undefined, 2) : printChange(against, who, change);
}

interface Change {
  effects: Effects[];
  /** Courses that only the new content has. */
  added: string[];
  /** Courses that only the old content has, and how many readers are in the middle of one. */
  gone: { course: string; readers: number }[];
}

function compare(before: Course[], after: Course[], readers: Readers): Change {
  const findBySlug = (courses: Course[], slug: string) => courses.find((course) => course.slug === slug);
  return {
    effects: after.flatMap((course) => {
      const old = findBySlug(before, course.slug);
      return old ? [findEffects(old, course, readers.get(course.slug) ?? [])] : [];
    }),
    added: after.filter(({ slug }) => !findBySlug(before, slug)).map(({ slug }) => slug),
    gone: before
      .filter(({ slug }) => !findBySlug(after, slug))
      .map(({ slug }) => ({ course: slug, readers: countMidCourse(readers.get(slug)) })),
  };
}

const countMidCourse = (readers: readonly MidCourse[] = []): number =>
  readers.filter(({ wantsLater }) => !wantsLater).length;

function printChange(against: string, who: string, { effects, added, gone }: Change): string {
  return [
    `Against      ${against}`,
    `Readers      ${who}`,
    ...added.map((course) => `\n${course}: a new course; it concerns nobody yet`),
    ...gone.map(
      ({ course, readers }) =>
        `\n${course}: gone, with ${countReaders(readers)} in the middle of it${readers > 0 ? ".\n  ! They would get nothing more, and each minute the lanes would report course-unknown. Keep it until they are through." : ""}`,
    ),
    ...effects.map(inSentences),
  ].join("\n");
}

function inSentences(effects: Effects): string {
  const { course, lessons, readers, inserted, removed, renamed, skipped, waits, whom } = effects;
  const { otherStart, looksRenamed } = effects;
  const lines = [
    ...looksRenamed.map(
      ({ from, to, again }) =>
        `! ${to} reads like ${from} under another name: ${countReaders(again)} would get it twice. Add "was: [${from}]" to its front matter.`,
    ),
    ...inserted.map(
      (lesson) =>
        `+ ${nameLesson(lesson)}\n      ${countReaders(lesson.get)} get it; ${lesson.not} have passed its place and never will`,
    ),
    ...removed.map(
      (lesson) => `- ${nameLesson(lesson)}\n      ${countReaders(lesson.get)} would have got it`,
    ),
    ...renamed.map(({ from, to }) => `= ${from} is now ${to}: nobody gets it twice`),
    ...skipped.map(
      (lesson) =>
        `! ${nameLesson(lesson)}\n      ${countReaders(lesson.not)} would never get it: it was ahead of them, and is behind them now`,
    ),
    ...(otherStart > 0
      ? [
          `! ${countReaders(otherStart)} wait for a day on which the course begins no more by this content: they begin on the day that they were promised`,
        ]
      : []),
    ...waits.map(
      (lesson) =>
        `~ ${nameLesson(lesson)}\n      waits ${waitInWords(lesson.to)}, no more ${waitInWords(lesson.from)}; ${countReaders(lesson.get)} have it ahead. One that is planned already keeps its day.`,
    ),
    ...whom.map(whomInWords),
  ];
  lines.push(...questionsInSentences(effects.questions), ...effects.translated.map(translatedInSentences));
  if (lines.length === 0) lines.push("the sequence is the same: words may change, nobody's lessons do");
  return [
    `\n${course}: ${lessons.before} lessons, then ${lessons.after}; ${countReaders(readers)} in the middle of it`,
    ...lines.map((line) => `  ${line}`),
    `  sent by the deploy itself       0   a lesson leaves when it is due, whatever is deployed`,
    `  two lessons in a week           ${effects.tooSoon}`,
    ...(effects.later > 0
      ? [`  comes after the end, as asked   ${effects.later}   who has finished, and asked for later lessons`]
      : []),
    `  the course gets longer for      ${effects.longer}`,
    `  the course gets shorter for     ${effects.shorter}`,
  ].join("\n");
}

/** Of made-up readers only their answers are known. */
const whomInWords = ({ from, to, gain, lose, ...lesson }: Effects["whom"][number]): string =>
  `~ ${nameLesson(lesson)}\n      is for ${whenInWords(to)}, no more for ${whenInWords(from)}; ${countReaders(gain)} get it who would not have, ${countReaders(lose)} no more, by what is known of them now`;

/** A lesson is composed when it leaves: a translation is for whoever has it ahead. */
function translatedInSentences({ language, added, removed, get }: TranslationEffect): string {
  const changes = [
    ...(added.length > 0 ? [`from now on there is ${added.join(", ")} in it`] : []),
    ...(removed.length > 0 ? [`no more ${removed.join(", ")}: they get the course's own words`] : []),
  ];
  return `~ ${nameOfLanguage(language)} (${language})\n      ${changes.join("; ")}. ${countReaders(get)} chose it and ${get === 1 ? "has" : "have"} such a lesson ahead; nobody gets one again.`;
}

const waitInWords = (days: number | undefined): string =>
  days === undefined ? "as long as the pace says" : `${days} ${days === 1 ? "day" : "days"}`;

const nameLesson = ({ number, slug, title }: LessonEffect): string => `${number}. ${slug}: "${title}"`;
const countReaders = (count: number): string => `${count} ${count === 1 ? "reader" : "readers"}`;
