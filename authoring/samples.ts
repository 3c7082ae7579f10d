import type { Content, EmailName } from "../functions/domain/content.ts";
import { type Course, type Lesson, lessonBySlug } from "../functions/domain/course/course.ts";
import { type Enrolment, inertEnrolment, withActivation } from "../functions/domain/course/enrolment.ts";
import { archivePath } from "../functions/domain/newsletter/archive.ts";
import { type Issue, NEWSLETTER } from "../functions/domain/newsletter/issue.ts";
import type { Reflection } from "../functions/domain/replies/reflection.ts";
import type { WeekReport } from "../functions/domain/report.ts";
import type { DispatchKind } from "../functions/domain/sending/dispatch.ts";
import type { Settings } from "../functions/domain/settings.ts";
import { DAY } from "../functions/domain/time.ts";
import { COMPOSE } from "../functions/mail/compose/compose.ts";
import type { Composed, Composition } from "../functions/mail/compose/composition.ts";
import { isMailedLink, NOTICE_OCCASIONS } from "../functions/mail/compose/notices.ts";

/** Made-up settings of a stage: what an owner would set. */
export const sampleSettings: Settings = {
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
  pauseSilentReaders: false,
  archive: true,
  retention: { logDays: 30, inboxDays: 90, unconfirmedDays: 14 },
};

/** Tuesday, 24 November 2026, 07:30 in New York: when every sample leaves. */
export const SAMPLE_NOW = Date.UTC(2026, 10, 24, 12, 30);
const TOKEN = "aeb2gmzq7kx5n4wu3tojcl6fyvhdr2sp5iaeb2gmzq7kx5n4wu3t";
const SUBSCRIBER = "k5nb2gmzq7kx4wu3";

/** Somebody who could have signed up. */
export interface SampleReader {
  name: string;
  subscriber: Composition["subscriber"];
}

/** The first is the plain case; the others have what breaks layouts and sentences. */
export const SAMPLE_READERS: readonly [SampleReader, ...SampleReader[]] = [
  { name: "plain", subscriber: { address: "dana@printer.example", firstName: "Dana" } },
  {
    name: "long name",
    subscriber: {
      address: "maximiliana-konstantina.papadimitriou-wellington@regional-sales.packaging-and-labels.example",
      firstName: "Maximiliana-Konstantina Papadimitriou-Wellington III",
    },
  },
  { name: "no name", subscriber: { address: "k.lead@printer.example", firstName: undefined } },
  { name: "right-to-left name", subscriber: { address: "layla@printer.example", firstName: "ليلى الخطيب" } },
];

/** One mail that the content makes, for any reader. */
export interface Sample {
  /** Slug of the course, or the list that the mail goes to. */
  list: string;
  /** Unique within the list, of a-z, 0-9 and -, for example `prompt-bring-the-example-very-short`. */
  name: string;
  kind: EmailName;
  /** The slug of its dispatch. */
  slug: string;
  compositionFor(reader: SampleReader): Composition;
}

/** What is special about a sample of a kind: the slug of its dispatch, and what its composition has of its own. */
interface Variant {
  slug: string;
  /** Behind the kind in the sample's name; nothing where the kind has one sample only. */
  suffix?: string;
  changes?: Partial<Composition>;
}

/** Which samples there are of each kind of mail. Whoever adds a kind adds its samples. */
const VARIANTS: Partial<Record<EmailName, (course: Course, issues: Issue[]) => Variant[]>> = {
  confirmation: () => [{ slug: "1", changes: { enrolment: undefined } }],
  welcome: (course) => [
    { slug: "welcome" },
    { slug: "welcome", suffix: "lesson-on-its-way", changes: { enrolment: sampleEnrolment(course, 1) } },
  ],
  lesson: (course) =>
    course.lessons.map(({ slug }, place) => ({
      slug,
      suffix: slug,
      changes: { enrolment: sampleEnrolment(course, place) },
    })),
  prompt: (course) => course.lessons.flatMap((lesson) => promptVariants(course, lesson)),
  "look-back": (course) =>
    course.lessons.map(({ slug, part }) => ({
      slug: part,
      suffix: slug,
      changes: { reflection: sampleReflection(course, slug) },
    })),
  completion: (course) => [
    {
      slug: "completion",
      suffix: "full",
      changes: {
        enrolment: { ...sampleEnrolment(course, course.lessons.length), ratings: { before: 2, after: 4 } },
        journal: course.lessons.map(({ slug }) => sampleReflection(course, slug)),
      },
    },
    { slug: "completion", suffix: "empty", changes: { journal: [] } },
  ],
  issue: (_, issues) => issues.map((issue) => ({ slug: issue.slug, suffix: issue.slug, changes: { issue } })),
  answer: () => [{ slug: "a1", changes: { answer: SAMPLE_ANSWER } }],
  relay: (course) =>
    (["question", "foreign-sender", "very-short", "owner-answer"] as const).map((replyKind) => ({
      slug: replyKind,
      suffix: replyKind,
      changes: {
        reflection: sampleReflection(course, course.lessons[2]?.slug ?? "", {
          replyKind,
          reason: "It came from another address than the mail went to",
        }),
        relay: {
          name: "Dana",
          isPrompted: replyKind === "question",
          canAnswer: replyKind === "question" || replyKind === "very-short",
          isHere: replyKind !== "owner-answer",
        },
      },
    })),
  digest: () => [{ slug: "2026-11-24" }],
  report: () => [{ slug: SAMPLE_WEEK.monday }],
  notice: (course) =>
    NOTICE_OCCASIONS.map((occasion) => ({
      slug: `${occasion}-1`,
      suffix: occasion,
      // A mailed link is the subscriber's; the others answer a command in the course.
      changes: { enrolment: isMailedLink(occasion) ? undefined : sampleEnrolment(course, 3) },
    })),
};

function promptVariants(course: Course, { slug }: Lesson): Variant[] {
  return (["substantial", "very-short", "question"] as const).map((kind) => ({
    slug,
    suffix: `${slug}-${kind}`,
    changes: {
      // The answer to a question differs from others only where the author answers questions.
      course: kind === "question" ? { ...course, answersQuestions: true } : course,
      entry: { dueAt: SAMPLE_NOW, doubts: 0, reflection: "r1", answers: kind },
      reflection: sampleReflection(course, slug),
    },
  }));
}

/** Every mail that the content makes. Throws, saying what to add, if there is a kind of which there are no samples. */
export function makeSamples(
  content: Content,
  kinds: readonly EmailName[] = Object.keys(COMPOSE) as EmailName[],
): Sample[] {
  return content.courses.flatMap((course) => kinds.flatMap((kind) => samplesOfKind(content, course, kind)));
}

function samplesOfKind(content: Content, course: Course, kind: EmailName): Sample[] {
  // An owner without a newsletter has no issue to look at.
  const variants = VARIANTS[kind]?.(course, content.issues ?? []);
  if (!variants)
    throw new Error(
      `There is no sample of the mail "${kind}", so nobody checks or previews it: add one to VARIANTS in authoring/samples.ts.`,
    );
  return variants.map(({ slug, suffix, changes }) => ({
    list: course.slug,
    name: suffix ? `${kind}-${suffix}` : kind,
    kind,
    slug,
    compositionFor: ({ subscriber }) =>
      sampleComposition(content, course, kind, slug, { ...changes, subscriber }),
  }));
}

/** A sample as its reader would get it. Throws what composing throws. */
export const composeSample = (sample: Sample, reader: SampleReader = SAMPLE_READERS[0]): Composed =>
  COMPOSE[sample.kind](sample.compositionFor(reader));

/** Everything that any mail could ask for, about one reader who has had three lessons. */
export function sampleComposition(
  content: Content,
  course: Course,
  kind: DispatchKind,
  slug: string,
  changes: Partial<Composition> = {},
): Composition {
  return {
    content,
    course,
    settings: sampleSettings,
    links: {
      readerUrl: `https://learn.course.example/reader/${TOKEN}`,
      unsubscribeUrl: `https://learn.course.example/unsubscribe/${TOKEN}`,
      unsubscribeMailto: `mailto:unsubscribe+${TOKEN}@course.example?subject=unsubscribe`,
      replyAddress: `reply+${TOKEN}@course.example`,
      confirmUrl: `https://learn.course.example/confirm/${TOKEN}`,
      archiveUrl: kind === "issue" ? `https://learn.course.example${archivePath(slug)}` : undefined,
      personalUrl: `https://learn.course.example/personal/${TOKEN}`,
    },
    subscriber: SAMPLE_READERS[0].subscriber,
    dispatch: {
      subscriber: SUBSCRIBER,
      list: kind === "issue" ? NEWSLETTER : course.slug,
      run: 1,
      kind,
      slug,
    },
    now: SAMPLE_NOW,
    enrolment: sampleEnrolment(course, 0),
    entry: { dueAt: SAMPLE_NOW, doubts: 0, reflection: "r1", answers: "substantial" },
    reflection: sampleReflection(course, course.lessons[0]?.slug ?? ""),
    journal: course.lessons.slice(0, 3).map(({ slug: lesson }) => sampleReflection(course, lesson)),
    answer: SAMPLE_ANSWER,
    relay: { name: "Dana", isPrompted: true, canAnswer: true, isHere: true },
    digest: sampleDigest(course),
    report: { week: SAMPLE_WEEK, before: { ...SAMPLE_WEEK, signedUp: 9, replies: 35 }, stage: "production" },
    issue: content.issues?.[0],
    ...changes,
  };
}

/** As much of the owner's answer as a mail to the reader shows. */
const SAMPLE_ANSWER = {
  ownWords:
    "A lost customer is an example too.\n\nBring it with the date and the amount, and say what you would have needed on day one.",
} as Reflection;

/** A week of a course that is a few months old. */
const SAMPLE_WEEK: WeekReport = {
  monday: "2026-11-30",
  ...{ signedUp: 12, confirmed: 9, imported: 0, completed: 4, left: 2, bounced: 1, complained: 0 },
  ...{ replies: 31, mails: 412 },
  now: { active: 268, inCourse: 214, paused: 6, newsletter: 190, unconfirmed: 5 },
  waiting: { questions: 2, parked: 1, unmatched: 3, deadLetters: 0 },
  cost: {
    sending: 0.0659,
    around: 0.0029,
    standing: 0.85,
    prices: { date: "2026-11-24", region: "us-east-1" },
  },
};

function sampleDigest(course: Course): Composition["digest"] {
  const [first, , , fourth] = course.lessons;
  const question = sampleReflection(course, fourth?.slug ?? "", { replyKind: "question" });
  const entries = [
    { name: "Dana", reflection: sampleReflection(course, first?.slug ?? "") },
    { name: undefined, reflection: question },
  ];
  return { entries, more: 0, unmatched: 1 };
}

/** Somebody in the course who has had so many of its lessons. */
function sampleEnrolment(course: Course, lessonsHad: number): Enrolment {
  const cadence = { zone: "America/New_York", weekday: 2, time: "07:30", pace: "weekly" } as const;
  const begun = withActivation(inertEnrolment(SUBSCRIBER, course.slug, cadence, SAMPLE_NOW), SAMPLE_NOW);
  const agenda = lessonsHad > 0 ? {} : begun.agenda;
  return { ...begun, agenda, done: course.lessons.slice(0, lessonsHad).map(({ slug }) => slug) };
}

export function sampleReflection(
  course: Course,
  lesson: string,
  changes: Partial<Reflection> = {},
): Reflection {
  return {
    kind: "reflection",
    id: `r-${lesson}`,
    subscriber: SUBSCRIBER,
    course: course.slug,
    run: 1,
    lesson,
    inReplyTo: `${SUBSCRIBER}_${course.slug}_1_lesson_${lesson}`,
    receivedAt: SAMPLE_NOW - 20 * DAY,
    replyKind: "reflection",
    reason: "own words",
    ownWords:
      "We lost the carton job because finance wanted a third signature on a price we had agreed in May.\n\nIt cost us two weeks, and the buyer's patience.\n- Next time I ask before the quote goes out.",
    subject: `Re: ${lessonBySlug(course, lesson)?.subject ?? lesson}`,
    messageId: "<CAF0x-19a@mail.printer.example>",
    references: ["<0100019abc-000000@email.amazonses.com>"],
    attachments: [],
    raw: "inbox/abc",
    ...changes,
  };
}
