import { resolve } from "node:path";
import type { Content } from "../../functions/domain/content.ts";
import type { Course } from "../../functions/domain/course.ts";
import type { DispatchKind } from "../../functions/domain/dispatch.ts";
import { activated, inertEnrolment } from "../../functions/domain/enrolment.ts";
import type { Reflection } from "../../functions/domain/reflection.ts";
import type { Settings } from "../../functions/domain/settings.ts";
import { loadContent } from "../../functions/mail/compile.ts";
import type { Composition } from "../../functions/mail/compose.ts";

/** The content that ships, read once for all tests of a file. */
export const shippedContent = (): Promise<Content> => loadContent(resolve(import.meta.dirname, "../.."));

export const settings: Settings = {
  stage: "test",
  mailDomain: "course.example",
  senderLocalPart: "lessons",
  ownerName: "Riverside Print Academy",
  ownerMailbox: "owner@course.example",
  postalAddress: "12 Mill Lane, Springfield, IL 62701, USA",
  defaultZone: "America/New_York",
  lanes: 4,
  courses: ["managing-up-leading-down"],
  promptDelayMinutes: 10,
};

/** Tuesday, 24 November 2026, 07:30 in New York. */
export const TUESDAY = Date.UTC(2026, 10, 24, 12, 30);
const TOKEN = "aeb2gmzq7kx5n4wu3tojcl6fyvhdr2sp5iaeb2gmzq7kx5n4wu3t";
const SUBSCRIBER = "k5nb2gmzq7kx4wu3";

export const theCourse = (content: Content): Course => content.courses[0] as Course;

/** Everything that any mail could ask for, about one reader who has had three lessons. */
export function compositionFor(
  content: Content,
  kind: DispatchKind,
  slug: string,
  changes: Partial<Composition> = {},
): Composition {
  const course = theCourse(content);
  const cadence = { zone: "America/New_York", weekday: 2, time: "07:30", pace: "weekly" } as const;
  const enrolment = activated(inertEnrolment(SUBSCRIBER, course.slug, cadence, TUESDAY), TUESDAY);
  return {
    content,
    course,
    settings,
    links: {
      readerUrl: `https://learn.course.example/reader/${TOKEN}`,
      unsubscribeUrl: `https://learn.course.example/unsubscribe/${TOKEN}`,
      unsubscribeMailto: `mailto:unsubscribe+${TOKEN}@course.example?subject=unsubscribe`,
      replyAddress: `reply+${TOKEN}@course.example`,
      confirmUrl: `https://learn.course.example/confirm/${TOKEN}`,
      eraseUrl: `https://learn.course.example/erase/${TOKEN}`,
    },
    subscriber: { address: "dana@printer.example", firstName: "Dana" },
    dispatch: { subscriber: SUBSCRIBER, list: course.slug, run: 1, kind, slug },
    now: TUESDAY,
    enrolment,
    entry: { dueAt: TUESDAY, doubts: 0, reflection: "r1", answers: "substantial" },
    reflection: reflectionOn(course, course.lessons[0]?.slug ?? ""),
    journal: course.lessons.slice(0, 3).map(({ slug: lesson }) => reflectionOn(course, lesson)),
    ...changes,
  };
}

export function reflectionOn(course: Course, lesson: string, changes: Partial<Reflection> = {}): Reflection {
  return {
    kind: "reflection",
    id: `r-${lesson}`,
    subscriber: SUBSCRIBER,
    course: course.slug,
    run: 1,
    lesson,
    inReplyTo: `${SUBSCRIBER}_${course.slug}_1_lesson_${lesson}`,
    receivedAt: TUESDAY - 20 * 86_400_000,
    replyKind: "reflection",
    reason: "own words",
    ownWords:
      "We lost the carton job because finance wanted a third signature on a price we had agreed in May.\n\nIt cost us two weeks, and the buyer's patience.\n- Next time I ask before the quote goes out.",
    subject: "Re: Where your hardest headwind can come from",
    messageId: "<CAF0x-19a@mail.printer.example>",
    references: ["<0100019abc-000000@email.amazonses.com>"],
    attachments: [],
    raw: "inbox/abc",
    ...changes,
  };
}
