import type { ChoiceChange, QuestionChange, QuestionEffects } from "./questions.ts";

/** What becomes of a course's questions and choices, in sentences with a sign before each, as `plan` prints them. */
export function questionsInSentences(effects: QuestionEffects): string[] {
  const { added, removed, changed, looksRenamed, choices } = effects;
  const isRenamed = (slug: string) => looksRenamed.some(({ from, to }) => from === slug || to === slug);
  return [
    ...looksRenamed.map(
      ({ from, to, hold }) =>
        `! ${to} asks what ${from} asked: ${answered(hold, `${from}, which nothing reads any more`)}. Keep the name: answers are kept by it.`,
    ),
    ...added
      .filter(({ slug }) => !isRenamed(slug))
      .map(
        ({ slug, label, isAskedInLesson, without }) =>
          `+ the question ${slug}: "${label}"\n      asked ${isAskedInLesson ? "in a lesson" : `at the sign-up; ${readers(without)} in the middle can answer on their page, and no mail asks them`}`,
      ),
    ...removed
      .filter(({ slug }) => !isRenamed(slug))
      .map(
        ({ slug, label, hold }) =>
          `${hold > 0 ? "!" : "-"} the question ${slug}: "${label}"\n      ${answered(hold, "it")}: nothing reads that any more`,
      ),
    ...changed.flatMap(changeInSentences),
    ...choices.map(choiceInWords),
  ];
}

function changeInSentences(change: QuestionChange): string[] {
  const { slug, hold, without, was, label, kind, isAskedInLesson, isNeeded } = change;
  const says = [
    ...(was === undefined
      ? []
      : [`~ ${slug} asks "${label}", no more "${was}"; ${answered(hold, "it")}, kept as it is`]),
    ...(kind === undefined ? [] : [kindInWords(slug, kind, hold)]),
    ...(isAskedInLesson === undefined ? [] : [askedInWords(slug, isAskedInLesson, without)]),
    ...(isNeeded === undefined
      ? []
      : [
          `~ ${slug} is ${isNeeded ? "needed from now on" : "needed no more"}: it concerns who signs up; ${have(without)} no answer`,
        ]),
  ];
  // Of a question of another kind, all options have come or gone.
  return kind === undefined ? [...says, ...optionsInSentences(change)] : says;
}

function optionsInSentences({ slug, removed, added, reworded, looksRenamed }: QuestionChange): string[] {
  const isRenamed = (option: string) => looksRenamed.some(({ from, to }) => from === option || to === option);
  return [
    ...looksRenamed.map(
      ({ from, to, hold }) =>
        `! ${slug}: ${to} says what ${from} said: ${readers(hold)} chose ${from}, and would count as having answered nothing. Keep the name: answers are kept by it.`,
    ),
    ...removed
      .filter((one) => !isRenamed(one.slug))
      .map(
        (one) =>
          `${one.hold > 0 ? "!" : "-"} ${slug}: the option ${one.slug} ("${one.label}") is gone\n      ${readers(one.hold)} chose it: they count as having answered nothing, until they choose again`,
      ),
    ...added
      .filter((one) => !isRenamed(one.slug))
      .map(
        (one) => `+ ${slug}: the option ${one.slug} ("${one.label}"); who has answered keeps their answer`,
      ),
    ...reworded.map(
      (one) =>
        `~ ${slug}: ${one.slug} says "${one.label}", no more "${one.was}"\n      ${readers(one.hold)} chose it, and that stays; a reply to an earlier mail in the old words chooses nothing`,
    ),
  ];
}

const kindInWords = (slug: string, kind: "choice" | "text", hold: number): string =>
  kind === "text"
    ? `! ${slug} is a text, no more a choice: ${readers(hold)} hold the name of an option, which stands there as their own words now`
    : `! ${slug} is a choice, no more a text: what ${readers(hold)} wrote counts as no answer, unless it is the name of an option`;

const askedInWords = (slug: string, isInLesson: boolean, without: number): string =>
  isInLesson
    ? `~ ${slug} is asked in a lesson from now on, no more at the sign-up; ${have(without)} no answer`
    : `~ ${slug} is asked at the sign-up from now on; ${have(without)} no answer, and can give it on their page`;

function choiceInWords({ lesson, title, number, from, to, ahead, had, never }: ChoiceChange): string {
  const name = `~ ${number}. ${lesson}: "${title}"\n      `;
  if (to === undefined)
    return `${name}ends in no choice any more, it asked ${from}: ${have(had)} had it, and its links tell them that nothing asks this now, unless another lesson of theirs does`;
  const instead = from === undefined ? "" : `, no more in ${from}`;
  const lost = never > 0 ? `; ${have(never)} passed its place, and nothing asks them` : "";
  return `${name}ends in the choice ${to}${instead}: ${have(ahead)} it ahead; ${have(had)} had it, and only their page asks them${lost}`;
}

const readers = (count: number): string => `${count} ${count === 1 ? "reader" : "readers"}`;
const have = (count: number): string => `${readers(count)} ${count === 1 ? "has" : "have"}`;
const answered = (count: number, what: string): string => `${have(count)} answered ${what}`;
