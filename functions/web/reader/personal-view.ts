import type { FileStart } from "../../consent/export.ts";
import { findLanguage, requestedCourse } from "../../domain/content.ts";
import type { Cadence } from "../../domain/course/cadence.ts";
import { lessonBySlug } from "../../domain/course/course.ts";
import { defaultCadence } from "../../domain/course/schedule.ts";
import { maskAddress } from "../../domain/people/address.ts";
import type { Subscriber } from "../../domain/people/subscriber.ts";
import { inJournal, type Reflection } from "../../domain/replies/reflection.ts";
import { say, splitParagraphs } from "../../domain/words/words.ts";
import { journalJson } from "../../mail/compose/journal-json.ts";
import {
  entryDate,
  entryHeading,
  type Journal,
  journalMarkdown,
  movesMade,
  ratingsGiven,
  readJournal,
} from "../../mail/compose/journal-text.ts";
import type { Services, WebRequest, WebResponse } from "../../ports.ts";
import { pageAnswer, plainAnswer } from "../page.ts";
import type { Said } from "./act.ts";
import { readerUndo } from "./reader-view.ts";

/**
 * Letters of a journal: Lambda answers with at most 6 MB. On the page each letter stands twice and may become six of
 * HTML; in a file it may become three.
 */
const MOST_ON_PAGE = 400_000;
const MOST_IN_A_FILE = 1_500_000;
/** Letters of the form, the heading and the question around each entry. */
const AROUND_AN_ENTRY = 300;

/** A reader's words and data. Everything that came from a reader is escaped by the template. */
export async function personalView(
  services: Services,
  subscriber: Subscriber,
  { path }: WebRequest,
  said: Said,
): Promise<WebResponse> {
  const { journals, wasCut } = await listJournals(services, subscriber, MOST_ON_PAGE);
  const course = requestedCourse(services, subscriber);
  const { words } = findLanguage(services.content, course);
  return pageAnswer(services, {
    name: "personal",
    title: say(words, "personal.heading"),
    course,
    values: {
      action: `/personal/${path.token}`,
      notice: said.notice ?? "",
      problem: said.problem ?? "",
      undo: said.undo ? await readerUndo(services, subscriber, said.undo) : "",
      files: (said.exported?.files ?? []).map(fileValues),
      more: said.exported?.more ? fileValues(said.exported.more) : false,
      masked: maskAddress(subscriber.address),
      changeAction: subscriber.status === "active" ? `/change-address/${path.token}` : "",
      firstName: subscriber.firstName ?? "",
      journals: journals.map((journal) => ({
        slug: journal.course.slug,
        title: journal.course.title,
        canSend: journal.canSend,
        entries: readJournal(journal).map((one) => entry(journal, one)),
        moves: movesMade(journal.words, journal.course, journal),
        ratings: ratingsGiven(journal.words, journal),
        ratingQuestion: journal.course.ratingQuestion,
      })),
      isEmpty: journals.length === 0,
      wasCut,
      senders: (subscriber.otherSenders ?? []).filter(({ confirmedAt }) => confirmedAt !== undefined),
    },
  });
}

/** The journal, moves and ratings of one course as a file: for reading, or for other programs. */
export async function journalDownload(
  services: Services,
  subscriber: Subscriber,
  { course: slug, do: format }: WebRequest["form"],
): Promise<WebResponse> {
  const { journals, wasCut } = await listJournals(services, subscriber, MOST_IN_A_FILE);
  const journal = journals.find(({ course }) => course.slug === slug);
  if (format === "json" && journal)
    return fileAnswer(journalJson(journal, wasCut), "application/json", "journal.json");
  const all = journal ? journalMarkdown(journal) : `${nothingWritten(services, subscriber)}\n`;
  const body = journal && wasCut ? `${all}\n${say(journal.words, "personal.cut")}\n` : all;
  return fileAnswer(body, "text/markdown; charset=utf-8", "journal.md");
}

const fileAnswer = (body: string, type: string, name: string): WebResponse =>
  plainAnswer(200, body, {
    "content-type": type,
    "content-disposition": `attachment; filename="${name}"`,
  });

function nothingWritten(services: Services, subscriber: Subscriber): string {
  const { words } = findLanguage(services.content, requestedCourse(services, subscriber));
  return splitParagraphs(say(words, "personal.noJournal")).join("\n\n");
}

/**
 * Of every course in which something was written.
 * @param mostWords letters of the newest entries; `wasCut` says that there are older ones
 */
async function listJournals({ store, content }: Services, { id, zone }: Subscriber, mostWords: number) {
  const [{ reflections, wasCut }, enrolments] = await Promise.all([
    newestEntries(store.eachReflection(id), mostWords),
    store.enrolments(id),
  ]);
  const journals = content.courses.flatMap((course) => {
    const enrolment = enrolments.find((one) => one.course === course.slug);
    const cadence: Cadence = enrolment?.cadence ?? defaultCadence(course, zone);
    const canSend = ["active", "paused", "completed"].includes(enrolment?.status ?? "");
    const { words } = findLanguage(content, course);
    const { moves, done, ratings } = enrolment ?? {};
    const told = { ...(moves && { moves }), ...(done && { done }), ...(ratings && { ratings }) };
    const journal = { words, course, cadence, reflections, canSend, ...told };
    const isEmpty =
      readJournal(journal).length === 0 &&
      movesMade(words, course, journal).length === 0 &&
      ratingsGiven(words, journal).length === 0;
    return isEmpty ? [] : [journal];
  });
  return { journals, wasCut };
}

/** Reads any number of them, and holds about twice what it returns. */
async function newestEntries(each: AsyncIterable<Reflection>, mostWords: number) {
  let newest: Reflection[] = [];
  let size = 0;
  let wasCut = false;
  const cut = () => {
    const fitting = takeNewest(newest, mostWords);
    wasCut ||= fitting.length < newest.length;
    newest = fitting;
    size = mostWords;
  };
  for await (const reflection of each) {
    if (!inJournal(reflection)) continue;
    newest.push(reflection);
    size += sizeOnPage(reflection);
    if (size > 2 * mostWords) cut();
  }
  cut();
  return { reflections: newest.reverse(), wasCut };
}

/** The newest first, and one at least. */
function takeNewest(reflections: Reflection[], mostWords: number): Reflection[] {
  const sorted = reflections.toSorted((one, other) => other.receivedAt - one.receivedAt);
  let size = 0;
  return sorted.filter((reflection, at) => {
    size += sizeOnPage(reflection);
    return at === 0 || size <= mostWords;
  });
}

const sizeOnPage = ({ ownWords }: Reflection): number => ownWords.length + AROUND_AN_ENTRY;

const fileValues = ({ number, after = "" }: FileStart) => ({ number, after });

function entry({ words, course, cadence, done }: Journal, reflection: Reflection) {
  return {
    id: reflection.id,
    title: entryHeading(words, course, reflection.lesson, done),
    question: lessonBySlug(course, reflection.lesson)?.question ?? "",
    date: entryDate(words, cadence, reflection),
    words: reflection.ownWords,
  };
}
