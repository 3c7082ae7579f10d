import { ownNumber } from "../../domain/course/branches.ts";
import { type Lesson, lessonBySlug, type RichText } from "../../domain/course/course.ts";
import { dateInWords, datesInWords } from "../../domain/course/dates-in-words.ts";
import type { Enrolment, MoveOutcome } from "../../domain/course/enrolment.ts";
import { findLetter, plannedLetters } from "../../domain/course/letters.ts";
import { lessonsByMove } from "../../domain/course/moves.ts";
import { letterTime } from "../../domain/course/schedule.ts";
import { bringsGraveNews, quotable, type Reflection } from "../../domain/replies/reflection.ts";
import { say } from "../../domain/words/words.ts";
import { answerHeaders, automaticHeaders, lessonHeaders, replySubject } from "../mime/fields.ts";
import { composeMail, mailHead, pageUrl } from "./composed.ts";
import {
  type Composed,
  type Composition,
  chooseWords,
  composedLesson,
  courseText,
  need,
} from "./composition.ts";
import { excerpt } from "./excerpt.ts";
import { entryDate, entryHeading, movesMade, readJournal } from "./journal-text.ts";
import { moveBeforeValues } from "./lesson.ts";
import { journalSoFar, whatElseHappened } from "./notices.ts";
import { asQuoted, entryWords, tidy } from "./quotation.ts";

/** A reader's own words, shown to them again. Neither subject nor preview quotes them: screens are shared. */
export function composeLookBack(mail: Composition): Composed {
  const { course } = mail;
  const reflection = need(mail.reflection, "reflection");
  const lesson = composedLesson(course, reflection.lesson);
  const text = courseText(mail, "look-back");
  const values = { text, ...quotedWords(mail, reflection, lesson), question: lesson.lookBack };
  return composeMail(mail, "look-back", mailHead(text), values, lessonHeaders(mail));
}

/** Long after the course, their own words again, and one question. Where another follows, it says when, and one press ends them. */
export function composeLetter(mail: Composition): Composed {
  const { course, dispatch, links } = mail;
  const { subject, preview, question } = need(
    findLetter(course, dispatch.slug),
    `the letter "${dispatch.slug}" of ${course.slug}`,
  );
  const reflection = need(mail.reflection, "reflection");
  const enrolment = need(mail.enrolment, "enrolment");
  const next = plannedLetters(enrolment, course).find(({ letter }) => letter.slug !== dispatch.slug);
  const values = {
    ...quotedWords(mail, reflection, composedLesson(course, reflection.lesson)),
    question,
    nextLetter: next && dateInWords(chooseWords(mail), enrolment.cadence, next.dueAt),
    noLettersUrl: need(links.noLettersUrl, "the link that ends them"),
  };
  return composeMail(mail, "letter", { subject, preview }, values, lessonHeaders(mail));
}

/** What they wrote, when, and to which lesson. */
function quotedWords(mail: Composition, reflection: Reflection, lesson: Lesson) {
  const { cadence, done } = need(mail.enrolment, "enrolment");
  const quoted = tidy(quotable(mail.journal ?? [])(reflection));
  return {
    lessonNumber: ownNumber(mail.course, lesson, done),
    lessonTitle: lesson.title,
    writtenOn: dateInWords(chooseWords(mail), cadence, reflection.receivedAt),
    ...asQuoted(quoted, excerpt(quoted, MOST_IN_LOOK_BACK)),
  };
}

/** Characters: a look-back reminds, it does not repeat. */
const MOST_IN_LOOK_BACK = 600;

/**
 * What the reader wrote in this run, lesson by lesson, and both ratings if given. Grave news is left out: it is shown
 * to nobody who did not ask for it, and stands in the journal itself.
 */
export function composeCompletion(mail: Composition): Composed {
  const text = courseText(mail, "completion");
  const values = journalValues(mail, (reflection) => !bringsGraveNews(reflection));
  // Who wants later lessons already has asked in a run before.
  const laterUrl = mail.enrolment?.laterLessons ? undefined : `${pageUrl(mail)}?do=later`;
  const said = { ...values, text, letters: announceLetters(mail), laterUrl };
  return composeMail(mail, "completion", mailHead(text), said, lessonHeaders(mail));
}

/** On which days they come, and the button for who would rather have none. */
function announceLetters(mail: Composition) {
  const { letters = [], now, links } = mail;
  if (letters.length === 0) return undefined;
  const { cadence } = need(mail.enrolment, "enrolment");
  const dates = letters.map(({ days }) => letterTime(cadence, now, days));
  return {
    dates: datesInWords(chooseWords(mail), cadence, dates),
    url: need(links.noLettersUrl, "the link that ends them"),
  };
}

/** In the thread of the mail that asked for it, or on its own where a button of the page did. */
export function composeJournal(mail: Composition): Composed {
  const { heading, preview, paragraphs, automatic } = journalSoFar(chooseWords(mail), listOtherDeeds(mail));
  const { reflection } = mail;
  const subject = reflection ? replySubject(reflection.subject, mail.course.title) : heading;
  const headers = reflection ? answerHeaders(reflection) : automaticHeaders();
  const text = richText(reflection ? [...paragraphs, automatic] : paragraphs);
  return composeMail(
    mail,
    "completion",
    { subject, preview },
    { ...journalValues(mail, () => true), heading, text, letters: undefined, laterUrl: undefined },
    headers,
  );
}

/** What else the same mail asked for. */
function listOtherDeeds(mail: Composition): string[] {
  const { links, course, enrolment, facts: known, dispatch } = mail;
  if (dispatch.kind !== "notice" || !enrolment || !known) return [];
  const facts = { words: chooseWords(mail), course, enrolment, facts: known, ...links };
  const deeds = dispatch.slug.split("-");
  // The lesson that takes a press: a journal has no button.
  const press = deeds.includes("confirm") ? [`${pageUrl(mail)}?do=next-lesson`] : [];
  return [...whatElseHappened(deeds, facts), ...press];
}

const richText = (paragraphs: string[]): RichText => ({
  html: paragraphs.map((paragraph) => `<p style="margin:0 0 18px 0;">${paragraph}</p>`).join("\n"),
  text: paragraphs.join("\n\n"),
});

function journalValues(mail: Composition, isShown: (reflection: Reflection) => boolean) {
  const { course } = mail;
  const enrolment = need(mail.enrolment, "enrolment");
  const ofThisRun = need(mail.journal, "journal").filter(({ run }) => run === enrolment.run);
  const all = readJournal({ course, reflections: ofThisRun });
  const kept = all.filter(isShown);
  const { before, after } = enrolment.ratings;
  return {
    entries: journalEntries(mail, enrolment, kept),
    isEmpty: all.length === 0,
    isCut: kept.length > MOST_ENTRIES,
    moveCount: countMoves(mail, enrolment),
    moves: movesMade(chooseWords(mail), course, enrolment),
    moveBefore: moveBeforeValues(mail),
    ratings: before && after ? { question: course.ratingQuestion, before, after } : undefined,
  };
}

/** Undefined where nothing was told of any. */
function countMoves(mail: Composition, enrolment: Enrolment): string | undefined {
  const count = (outcome: MoveOutcome) => lessonsByMove(mail.course, enrolment, outcome).length;
  const counts = { made: count("made"), notYet: count("notYet"), noMoment: count("noMoment") };
  const isTold = Object.values(counts).some((told) => told > 0);
  return isTold ? say(chooseWords(mail), "moves.count", counts) : undefined;
}

function journalEntries(mail: Composition, { cadence, done }: Enrolment, kept: Reflection[]) {
  const { course, journal = [] } = mail;
  const words = chooseWords(mail);
  const theirs = quotable(journal);
  const shown = kept.slice(0, MOST_ENTRIES);
  const room = Math.floor(ROOM_IN_JOURNAL / Math.max(1, shown.length)) - ROOM_AROUND_ENTRY;
  return shown.map((reflection) => ({
    heading: entryHeading(words, course, reflection.lesson, done),
    question: lessonBySlug(course, reflection.lesson)?.question,
    writtenOn: entryDate(words, cadence, reflection),
    ...entryWords(theirs(reflection), room),
  }));
}

/** Gmail cuts a mail at 102 KB of HTML: how much of it may be a reader's words, and how much stands around them. */
const ROOM_IN_JOURNAL = 70_000;
const ROOM_AROUND_ENTRY = 1_000;
const MOST_ENTRIES = 55;
