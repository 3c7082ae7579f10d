import { findCourse } from "../../domain/content.ts";
import {
  type Course,
  findPart,
  type Lesson,
  lessonBySlug,
  lessonNumber,
  lessonPlace,
} from "../../domain/course/course.ts";
import { issueDispatch } from "../../domain/newsletter/broadcast.ts";
import { NEWSLETTER } from "../../domain/newsletter/issue.ts";
import type { Subscriber } from "../../domain/people/subscriber.ts";
import { readDispatchId } from "../../domain/sending/dispatch.ts";
import type { Services, WebRequest, WebResponse } from "../../ports.ts";
import { lessonForPage } from "../lesson-for-page.ts";
import { htmlForPage, messagePage, pageAnswer } from "../page.ts";
import { whosePage } from "./reader.ts";

/**
 * `GET /reader/{token}/{course}/{slug}`: a lesson or an issue (then the course is `newsletter`) as its reader got it by
 * mail, to be read on the web. What was not sent to them is not shown, whatever name stands in the address.
 */
export async function webCopy(services: Services, request: WebRequest): Promise<WebResponse> {
  const found = await whosePage(services, request);
  if ("answer" in found) return found.answer;
  const { token = "", course = "", slug = "" } = request.path;
  const copy =
    course === NEWSLETTER
      ? await issueCopy(services, found.subscriber, slug)
      : await lessonCopy(services, found.subscriber, course, slug);
  if (!copy) return notSent(services);
  return pageAnswer(services, {
    name: "copy",
    title: copy.title,
    course: copy.course,
    language: copy.language,
    values: { ...NOTHING_MORE, ...copy.values, ownPage: `/reader/${token}` },
  });
}

interface Copy {
  title: string;
  course?: Course;
  language?: string;
  /** What the page shows besides, as far as there is any of it. */
  values: Partial<Omit<typeof NOTHING_MORE, "place" | "wordsToUse">> & {
    place?: object;
    wordsToUse?: readonly string[];
  };
}

/** An issue is its words and nothing else; the template asks for all. */
const NOTHING_MORE = {
  kicker: "",
  place: undefined,
  body: "",
  opening: "",
  beforeQuote: "",
  afterQuote: "",
  pullQuote: "",
  author: "",
  isWeekly: false,
  move: "",
  wordsToUse: [],
  question: "",
  attribution: "",
  attributionUrl: "",
};

async function issueCopy(
  { store, broadcasts }: Services,
  { id }: Subscriber,
  slug: string,
): Promise<Copy | undefined> {
  const broadcast = await broadcasts.broadcast(slug);
  if (!broadcast || !(await store.ledgerEntry(issueDispatch(id, slug)))) return undefined;
  const issue = await broadcasts.words(slug, broadcast.revision);
  return (
    issue && {
      title: issue.title,
      language: issue.newsletter.language,
      values: { kicker: issue.newsletter.title, body: htmlForPage(issue.body.html) },
    }
  );
}

async function lessonCopy(
  services: Services,
  { id }: Subscriber,
  slug: string,
  name: string,
): Promise<Copy | undefined> {
  const found = await findLessonSent(services, id, slug, name);
  if (!found) return undefined;
  const { course, lesson } = found;
  const { title, question } = lesson;
  const { text: attribution, url: attributionUrl = "" } = course.attribution;
  const place = {
    number: lessonNumber(course, lesson),
    of: course.lessons.length,
    part: findPart(course, lesson).title,
  };
  const words = { ...lessonForPage(course, lesson), question, attribution, attributionUrl };
  return { title, course, values: { place, ...words } };
}

/** A lesson that its reader has had; undefined for any other, and for what is none. */
export async function findLessonSent(
  services: Services,
  id: string,
  slug: string,
  name: string,
): Promise<{ course: Course; lesson: Lesson } | undefined> {
  const course = findCourse(services, slug);
  const lesson = course && lessonBySlug(course, name);
  return lesson && (await wasSent(services, id, course, lesson)) ? { course, lesson } : undefined;
}

/** In whichever run, and under whichever of its names. */
async function wasSent({ store }: Services, id: string, course: Course, lesson: Lesson): Promise<boolean> {
  const place = lessonPlace(course, lesson.slug);
  const enrolment = await store.enrolment(id, course.slug);
  if (enrolment?.done.some((slug) => lessonPlace(course, slug) === place)) return true;
  return (await store.ledger(id)).some((entry) => {
    const dispatch = readDispatchId(entry.dispatch);
    const isLesson = dispatch?.kind === "lesson" && dispatch.list === course.slug;
    return isLesson && lessonPlace(course, dispatch.slug) === place;
  });
}

export const notSent = (services: Services): WebResponse => messagePage(services, 404, "notSent");
