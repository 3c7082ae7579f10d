import { findLanguage, requestedCourse } from "../../domain/content.ts";
import type { Cadence } from "../../domain/course/cadence.ts";
import { lessonBySlug } from "../../domain/course/course.ts";
import { dateInWords } from "../../domain/course/dates-in-words.ts";
import { defaultCadence } from "../../domain/course/schedule.ts";
import { maskAddress } from "../../domain/people/address.ts";
import type { Subscriber } from "../../domain/people/subscriber.ts";
import type { Reflection } from "../../domain/replies/reflection.ts";
import { say, splitParagraphs } from "../../domain/words/words.ts";
import { entryHeading, type Journal, journalMarkdown, readJournal } from "../../mail/compose/journal-text.ts";
import type { Services, WebRequest, WebResponse } from "../../ports.ts";
import { pageAnswer, plainAnswer } from "../page.ts";
import type { Said } from "./act.ts";
import { readerUndo } from "./reader-view.ts";

/** A reader's words and data. Everything that came from a reader is escaped by the template. */
export async function personalView(
  services: Services,
  subscriber: Subscriber,
  { path }: WebRequest,
  said: Said,
): Promise<WebResponse> {
  const journals = await listJournals(services, subscriber);
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
      masked: maskAddress(subscriber.address),
      firstName: subscriber.firstName ?? "",
      journals: journals.map((journal) => ({
        slug: journal.course.slug,
        title: journal.course.title,
        canSend: journal.canSend,
        entries: readJournal(journal).map((one) => entry(journal, one)),
      })),
      isEmpty: journals.length === 0,
    },
  });
}

/** The journal of one course as a Markdown file. */
export async function journalDownload(
  services: Services,
  subscriber: Subscriber,
  slug: string,
): Promise<WebResponse> {
  const journal = (await listJournals(services, subscriber)).find(({ course }) => course.slug === slug);
  const body = journal ? journalMarkdown(journal) : `${nothingWritten(services, subscriber)}\n`;
  return plainAnswer(200, body, {
    "content-type": "text/markdown; charset=utf-8",
    "content-disposition": 'attachment; filename="journal.md"',
  });
}

function nothingWritten(services: Services, subscriber: Subscriber): string {
  const { words } = findLanguage(services.content, requestedCourse(services, subscriber));
  return splitParagraphs(say(words, "personal.noJournal")).join("\n\n");
}

/** Of every course in which something was written. */
async function listJournals({ store, content }: Services, { id, zone }: Subscriber) {
  const [reflections, enrolments] = await Promise.all([store.reflections(id), store.enrolments(id)]);
  return content.courses.flatMap((course) => {
    const enrolment = enrolments.find((one) => one.course === course.slug);
    const cadence: Cadence = enrolment?.cadence ?? defaultCadence(course, zone);
    const canSend = ["active", "paused", "completed"].includes(enrolment?.status ?? "");
    const { words } = findLanguage(content, course);
    const journal = { words, course, cadence, reflections, canSend };
    return readJournal(journal).length > 0 ? [journal] : [];
  });
}

function entry({ words, course, cadence }: Journal, reflection: Reflection) {
  return {
    id: reflection.id,
    title: entryHeading(words, course, reflection.lesson),
    question: lessonBySlug(course, reflection.lesson)?.question ?? "",
    date: dateInWords(words, cadence, reflection.receivedAt),
    words: reflection.ownWords,
  };
}
