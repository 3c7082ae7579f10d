import { findLanguage } from "../../domain/content.ts";
import { findPlace } from "../../domain/course/branches.ts";
import { type Course, findPart, type Lesson } from "../../domain/course/course.ts";
import type { Enrolment } from "../../domain/course/enrolment.ts";
import { readFacts } from "../../domain/course/whom.ts";
import { issueDispatch } from "../../domain/newsletter/broadcast.ts";
import { NEWSLETTER } from "../../domain/newsletter/issue.ts";
import type { Subscriber } from "../../domain/people/subscriber.ts";
import type { Services, WebRequest, WebResponse } from "../../ports.ts";
import { lessonForPage } from "../lesson-for-page.ts";
import { htmlForPage, pageAnswer } from "../page.ts";
import { answerBox, answerPath } from "./answer.ts";
import { choiceCard } from "./change-answers.ts";
import { findLessonSent, notSent } from "./lesson-sent.ts";
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
      : await lessonCopy(services, found.subscriber, request);
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
  values: Partial<Omit<typeof NOTHING_MORE, "place" | "wordsToUse" | "answer" | "choice">> & {
    place?: object;
    wordsToUse?: readonly string[];
    answer?: object;
    choice?: object | undefined;
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
  answer: undefined,
  choice: undefined,
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
  subscriber: Subscriber,
  request: WebRequest,
): Promise<Copy | undefined> {
  const { id } = subscriber;
  const { course: list = "", slug = "" } = request.path;
  const found = await findLessonSent(services, id, list, slug);
  if (!found) return undefined;
  const { course, lesson } = found;
  const { title, question } = lesson;
  const { text: attribution, url: attributionUrl = "" } = course.attribution;
  const enrolment = await services.store.enrolment(id, course.slug);
  const { number, of } = findPlace(course, lesson, enrolment ?? { done: [] });
  const place = { number, of, part: findPart(course, lesson).title };
  const reader = enrolment && { enrolment, facts: readFacts(enrolment, subscriber) };
  const words = { ...lessonForPage(course, lesson, reader), question, attribution, attributionUrl };
  const choice = enrolment && choiceValues(services, { course, lesson, enrolment }, request);
  const answer = answerBox(services, answerPath(request));
  return { title, course, values: { place, ...words, answer, choice } };
}

/** What the lesson asks at its end, as its mail does: a link only chooses, it takes a press on the page. */
function choiceValues(
  services: Services,
  { course, lesson, enrolment }: { course: Course; lesson: Lesson; enrolment: Enrolment },
  { path: { token = "" } }: WebRequest,
) {
  if (lesson.choice === undefined || enrolment.status === "left") return undefined;
  const { words } = findLanguage(services.content, course);
  const card = choiceCard(words, course, enrolment, { question: lesson.choice });
  return (
    card && {
      label: card.label,
      options: card.options.map(({ slug, label, isChosen }) => ({
        ...{ label, isChosen },
        href: `/reader/${token}/${course.slug}?do=choose&question=${card.slug}&answer=${slug}`,
      })),
    }
  );
}
