import {
  type Content,
  type EmailName,
  findLanguage,
  newsletterAsCourse,
} from "../functions/domain/content.ts";
import type { Pace } from "../functions/domain/course/cadence.ts";
import { findStart, startAwaited } from "../functions/domain/course/cohort.ts";
import { type Course, type Lesson, type Letter, lessonBySlug } from "../functions/domain/course/course.ts";
import { dateInWords } from "../functions/domain/course/dates-in-words.ts";
import {
  type Enrolment,
  inertEnrolment,
  withActivation,
  withPause,
} from "../functions/domain/course/enrolment.ts";
import { findFacts } from "../functions/domain/course/foreseen.ts";
import { nextLessonTime } from "../functions/domain/course/schedule.ts";
import { inLanguage, listLanguages } from "../functions/domain/course/translations.ts";
import { type Facts, isFor, NOTHING_KNOWN, readFacts } from "../functions/domain/course/whom.ts";
import { archivePath } from "../functions/domain/newsletter/archive.ts";
import { type Issue, NEWSLETTER } from "../functions/domain/newsletter/issue.ts";
import { ADDRESS_OCCASIONS } from "../functions/domain/people/address-change.ts";
import type { Reflection } from "../functions/domain/replies/reflection.ts";
import type { WeekReport } from "../functions/domain/report.ts";
import { type Agenda, mailKey } from "../functions/domain/sending/agenda.ts";
import type { DispatchKind } from "../functions/domain/sending/mail-kinds.ts";
import type { Settings } from "../functions/domain/settings.ts";
import { DAY } from "../functions/domain/time.ts";
import { say, type Words } from "../functions/domain/words/words.ts";
import { COMPOSE } from "../functions/mail/compose/compose.ts";
import type { Composed, Composition } from "../functions/mail/compose/composition.ts";
import { isMailedLink, NOTICE_OCCASIONS } from "../functions/mail/compose/notices.ts";
import type { WhoWrote } from "../functions/mail/compose/relay-words.ts";
import { whatCanBeAt } from "./compile/for-whom.ts";
import { composedFor, enrolmentOf } from "./known-reader.ts";
import type { Looked, Shows } from "./sample-faults.ts";
import { walkThrough } from "./walk-through.ts";

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
  confirmationShare: 0.5,
  pictureOrigin: "https://pictures.course.example",
  letIn: [],
  pauseSilentReaders: false,
  archive: true,
  dashboard: false,
  retention: { logDays: 30, inboxDays: 90, unconfirmedDays: 14 },
};

/** Tuesday, 24 November 2026, 07:30 in New York: when every sample leaves. */
export const SAMPLE_NOW = Date.UTC(2026, 10, 24, 12, 30);
const TOKEN = "aeb2gmzq7kx5n4wu3tojcl6fyvhdr2sp5iaeb2gmzq7kx5n4wu3t";
const SUBSCRIBER = "k5nb2gmzq7kx4wu3";

/** Someone who could have signed up. */
export interface SampleReader {
  name: string;
  subscriber: Composition["subscriber"];
  /** What is known of them in a course; absent: each sample is shown to somebody whom it is for. */
  factsIn?: (course: Course) => Facts;
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
  /** Unique, of a-z, 0-9 and -, for example `prompt-bring-the-example-very-short`; behind an @ its course, if there are several. */
  name: string;
  kind: EmailName;
  /** The slug of its dispatch. */
  slug: string;
  /** The file below the content folder that most of its words come from; undefined where that is its template. */
  words: string | undefined;
  /** A lesson once more, to somebody else, for a passage of it. */
  isPassage?: true;
  shows: Shows;
  makeComposition(reader: SampleReader): Composition;
}

/** What is special about a sample of a kind: the slug of its dispatch, and what its composition has of its own. */
interface Variant {
  slug: string;
  /** Behind the kind in the sample's name; nothing where the kind has one sample only. */
  suffix?: string;
  changes?: Partial<Composition>;
  isPassage?: true;
  shows: Shows;
}

/** What the samples of one course are made from. */
interface SampleSource {
  course: Course;
  /** As a course, where the samples of the newsletter alone are made; with the first of several courses only. */
  newsletter: Course | undefined;
  issues: Issue[];
  words: Words;
}

/** Which samples there are of each kind of mail. */
const VARIANTS: Record<EmailName, (source: SampleSource) => Variant[]> = {
  confirmation: ({ course, newsletter, words }) => [
    ...(course === newsletter
      ? []
      : [
          {
            slug: "1",
            changes: { enrolment: undefined },
            shows: { heading: findSubject(course, "confirmation"), fact: `/confirm/${TOKEN}` },
          },
        ]),
    ...(newsletter ? questionsOfNewsletter(words, course, newsletter) : []),
  ],
  welcome: ({ course, newsletter, issues, words }) => [
    ...(course === newsletter ? [] : welcomesOfCourse(words, course)),
    ...(newsletter ? welcomesOfNewsletter(words, newsletter, issues) : []),
  ],
  lesson: ({ course }) => course.lessons.flatMap((lesson, place) => lessonVariants(course, lesson, place)),
  prompt: ({ course }) => [
    ...course.lessons.flatMap((lesson) => promptVariants(course, lesson)),
    ...course.lessons.slice(0, 1).map((lesson) => promptWithVoice(course, lesson)),
  ],
  "look-back": ({ course }) =>
    course.lessons.map(({ slug, part, title }) => ({
      slug: part,
      suffix: slug,
      changes: { reflection: sampleReflection(course, slug) },
      shows: { heading: findSubject(course, "look-back"), fact: title },
    })),
  letter: ({ course }) => lettersOfCourse(course),
  completion: ({ course }) => [
    {
      slug: "completion",
      suffix: "full",
      changes: {
        enrolment: { ...sampleEnrolment(course, course.lessons.length), ratings: { before: 2, after: 4 } },
        letters: course.letters ?? [],
        journal: course.lessons.map(({ slug }) => sampleReflection(course, slug)),
      },
      shows: {
        heading: findSubject(course, "completion"),
        fact: course.letters ? `/no-letters/${TOKEN}` : SAMPLE_LINE,
      },
    },
    {
      slug: "completion",
      suffix: "without-letters",
      changes: { journal: course.lessons.map(({ slug }) => sampleReflection(course, slug)) },
      shows: { heading: findSubject(course, "completion"), fact: SAMPLE_LINE, lacks: "/no-letters/" },
    },
    {
      slug: "completion",
      suffix: "empty",
      changes: { journal: [] },
      shows: { heading: findSubject(course, "completion"), lacks: SAMPLE_LINE },
    },
  ],
  issue: ({ issues }) =>
    issues.map((issue) => ({
      slug: issue.slug,
      suffix: issue.slug,
      changes: { issue },
      shows: { heading: issue.subject, fact: archivePath(issue.slug) },
    })),
  answer: ({ course, issues }) => [
    {
      slug: "a1",
      changes: { answer: SAMPLE_ANSWER, issue: undefined },
      shows: {
        heading: `Re: ${course.lessons[0]?.subject}`,
        fact: "what you would have needed on day one.",
        lacks: issues[0]?.newsletter.title,
      },
    },
    ...issues.slice(0, 1).map((issue) => answerToIssue(course, issue)),
  ],
  relay: ({ course, issues }) => [
    ...RELAYS.map((relay) => relayVariant(course, relay)),
    ...issues.slice(0, 1).map((issue) => relayFromIssue(course, issue)),
    {
      slug: "how-to-answer",
      suffix: "how-to-answer",
      changes: { relay: "how-to-answer" },
      shows: { heading: "Your email reached nobody: how to answer a reader" },
    },
  ],
  digest: () => [
    {
      slug: "2026-11-24",
      shows: { heading: "2 new reflections", fact: "1 email belongs to nobody we know" },
    },
  ],
  report: () => [
    {
      slug: SAMPLE_WEEK.monday,
      shows: { heading: "Your week: 12 sign-ups, 31 replies", fact: "23 to 29 November 2026" },
    },
  ],
  address: ({ words }) =>
    ADDRESS_OCCASIONS.map((occasion) => ({
      slug: `${occasion}-1`,
      suffix: occasion,
      changes: { enrolment: undefined },
      shows: {
        heading: say(words, `address.${occasion}.heading`),
        ...(occasion === "back" ? { lacks: TOKEN } : { fact: `/${occasion}-address/${TOKEN}` }),
      },
    })),
  notice: ({ course, words }) =>
    NOTICE_OCCASIONS.map((occasion) => ({
      slug: `${occasion}-1`,
      suffix: occasion,
      // A mailed link is the subscriber's; the others answer a command in the course.
      changes: { enrolment: isMailedLink(occasion) ? undefined : noticeEnrolment(course, occasion) },
      shows: noticeShows(words, course, occasion),
    })),
};

/** Each letter, with an answer to the last lesson; the first one also to somebody who answered another alone. */
function lettersOfCourse(course: Course): Variant[] {
  const [first, last] = [course.lessons[0], course.lessons.at(-1)];
  const { letters = [] } = course;
  if (!first || !last) return [];
  const quote = ({ slug, title }: Lesson, { slug: name, subject }: Letter, suffix: string): Variant => ({
    slug: name,
    suffix,
    changes: { enrolment: completedEnrolment(course, name), reflection: sampleReflection(course, slug) },
    shows: { heading: subject, fact: title },
  });
  return [
    ...letters.map((letter) => quote(last, letter, letter.slug)),
    ...letters.slice(0, 1).map((letter) => quote(first, letter, "of-another-lesson")),
  ];
}

/** Long after: this letter is due, and those behind it are planned. */
function completedEnrolment(course: Course, letter: string): Enrolment {
  const { letters = [] } = course;
  const days = letters.find(({ slug }) => slug === letter)?.days ?? 0;
  const ahead = letters.filter((one) => one.days >= days);
  const agenda: Agenda = Object.fromEntries(
    ahead.map((one) => [
      mailKey("letter", one.slug),
      { dueAt: SAMPLE_NOW + (one.days - days) * DAY, doubts: 0 },
    ]),
  );
  return { ...sampleEnrolment(course, course.lessons.length), status: "completed", agenda };
}

/** What the newsletter alone says is in words of ours, not in a course's files. */
const NEWSLETTER_SLUG = "newsletter-1";

function questionsOfNewsletter(words: Words, course: Course, newsletter: Course): Variant[] {
  const changes = { course: newsletter, enrolment: undefined };
  const heading = say(words, "newsletterAlone.confirm.subject");
  const other = { title: course.title, url: `https://learn.course.example/confirm/${TOKEN}/${course.slug}` };
  return [
    {
      ...{ slug: NEWSLETTER_SLUG, suffix: "newsletter", changes },
      shows: { heading, fact: `/confirm/${TOKEN}`, lacks: other.url },
    },
    {
      ...{ slug: NEWSLETTER_SLUG, suffix: "several", changes: { ...changes, alsoAsked: [other] } },
      shows: { heading, fact: other.url },
    },
  ];
}

function welcomesOfNewsletter(words: Words, newsletter: Course, [latest]: Issue[]): Variant[] {
  const changes = { course: newsletter, enrolment: undefined };
  const heading = say(words, "newsletterAlone.welcome.heading");
  const url = latest && `https://learn.course.example${archivePath(latest.slug)}`;
  const read = latest && url ? [{ title: latest.title, url }] : [];
  return [
    ...read.map((latestIssue) => ({
      ...{ slug: NEWSLETTER_SLUG, suffix: "newsletter", changes: { ...changes, latestIssue } },
      shows: { heading, fact: latestIssue.url },
    })),
    {
      ...{ slug: NEWSLETTER_SLUG, suffix: "newsletter-without-issue", changes },
      shows: { heading, fact: `/reader/${TOKEN}`, lacks: url ?? archivePath("") },
    },
  ];
}

/** Before a cohort begins it names the day, and offers no lesson. */
function welcomesOfCourse(words: Words, course: Course): Variant[] {
  const heading = findSubject(course, "welcome");
  const starts = startAwaited(sampleEnrolment(course, 0));
  const day = starts === undefined ? undefined : dateInWords(words, SAMPLE_CADENCE, starts);
  const first = { slug: "welcome", shows: { heading, fact: day ?? NEXT_LESSON } };
  const late: Variant = {
    ...{ slug: "welcome", suffix: "after-the-last-start" },
    changes: { enrolment: sampleEnrolment({ ...course, starts: undefined }, 0) },
    shows: { heading, fact: NEXT_LESSON },
  };
  const onItsWay: Variant = {
    ...{ slug: "welcome", suffix: "lesson-on-its-way" },
    changes: { enrolment: sampleEnrolment(course, 1) },
    shows: { heading, lacks: NEXT_LESSON },
  };
  return day === undefined ? [first, onItsWay] : [first, late, onItsWay];
}

/** Of a link that sends the next lesson at once. */
const NEXT_LESSON = "?do=next-lesson";

const findSubject = (course: Course, text: string): string => course.texts[text]?.fields?.subject ?? "";

/** A lesson as somebody gets it of whom little is known, then to others, until each of its passages was shown. */
function lessonVariants(
  course: Course,
  { slug, subject, question, when, passages = [] }: Lesson,
  place: number,
): Variant[] {
  const possible = whatCanBeAt({ questions: course.questions, place });
  const own = when ? [when] : [];
  const to = (facts: Facts, suffix: string, fact: string, lacks?: string): Variant => ({
    ...{ slug, suffix },
    changes: {
      enrolment: enrolmentOf(sampleEnrolment(course, place), hadBy(course, place, facts), facts),
      facts,
    },
    shows: { heading: subject, fact, lacks },
  });
  const plain = findFacts(own, possible) ?? NOTHING_KNOWN;
  const shown = [plain];
  const others = passages.flatMap((passage, at) => {
    const isShown = shown.some((facts) => isFor(passage, facts));
    const facts = isShown ? undefined : findFacts([...own, passage.when], possible);
    if (!facts) return [];
    shown.push(facts);
    return [
      { ...to(facts, `${slug}-passage-${at + 1}`, firstWords(passage.body.html)), isPassage: true as const },
    ];
  });
  return [to(plain, slug, question, others[0]?.shows.fact), ...others];
}

/** Words of a passage that stand in its mail as they are written; its first picture, where it has none. */
function firstWords(html: string): string {
  const runs = html.match(/(?<=>)[^<>]*[^<>\s][^<>]*(?=<)/g) ?? [];
  return runs.find((run) => !run.includes("{{")) ?? /alt="([^"]+)"/.exec(html)?.[1] ?? "";
}

function promptVariants(course: Course, { slug, subject, prompts }: Lesson): Variant[] {
  const asks = {
    substantial: prompts.substantial,
    "very-short": prompts.veryShort,
    question: prompts.question,
  };
  const fromPage = sampleReflection(course, slug, { isFromPage: true });
  const written = {
    slug,
    suffix: `${slug}-written-on-the-page`,
    changes: { reflection: fromPage },
    shows: { heading: `Re: ${subject}`, fact: "/remove-answer/" },
  };
  const answers = (["substantial", "very-short", "question"] as const).map((kind) => ({
    slug,
    suffix: `${slug}-${kind}`,
    changes: {
      // The answer to a question differs from others only where the author answers questions.
      course: kind === "question" ? { ...course, answersQuestions: true } : course,
      entry: { dueAt: SAMPLE_NOW, doubts: 0, reflection: "r1", answers: kind },
      reflection: sampleReflection(course, slug),
    },
    shows: { heading: `Re: ${subject}`, fact: asks[kind] },
  }));
  return slug === course.lessons[0]?.slug ? [...answers, written] : answers;
}

/** What another reader wrote, as its owner has shortened it. */
const SAMPLE_VOICE =
  "Nobody deciding. [name] and the plant manager each thought the other would answer the customer …\n\nWe lost eleven days, and the renewal with them.";

/** A prompt that shows another reader's answer, and asks whether others may read this one. */
function promptWithVoice(course: Course, { slug, subject }: Lesson): Variant {
  return {
    slug,
    suffix: `${slug}-voice`,
    changes: {
      entry: { dueAt: SAMPLE_NOW, doubts: 0, reflection: "r1", answers: "substantial" },
      reflection: sampleReflection(course, slug),
      offerUrl: `https://learn.course.example/offer/${TOKEN}`,
      voice: {
        key: { subscriber: SUBSCRIBER, id: "voice" },
        words: SAMPLE_VOICE,
        url: `https://learn.course.example/voice/${TOKEN}`,
      },
    },
    shows: { heading: `Re: ${subject}`, fact: "each thought the other would answer the customer" },
  };
}

/** All that is about a reader has one subject. */
const DANA_WROTE = "Dana (d•••@mail.example) wrote to you";
const DANA: WhoWrote = { id: SUBSCRIBER, masked: "d•••@mail.example", stage: "production" };

/** The kinds of reply that are passed on, and what the owner is told about each. */
const RELAYS = [
  { kind: "question", heading: DANA_WROTE, says: "An automatic answer goes to them" },
  {
    kind: "foreign-sender",
    heading: "A reply from another address (d•••@mail.example)",
    says: "It came from another address than the mail went to.",
  },
  { kind: "very-short", heading: DANA_WROTE, says: "Dana wrote back" },
  { kind: "grave", heading: "Grave news from Dana (d•••@mail.example)", says: "Grave news from Dana" },
  {
    kind: "owner-answer",
    heading: "Your answer was not sent (d•••@mail.example)",
    says: "The reader has left.",
  },
] as const;

function relayVariant(course: Course, { kind, heading, says }: (typeof RELAYS)[number]): Variant {
  const lesson = course.lessons.slice(0, 3).at(-1);
  return {
    slug: kind,
    suffix: kind,
    changes: {
      reflection: sampleReflection(course, lesson?.slug ?? "", {
        replyKind: kind,
        reason: "It came from another address than the mail went to",
      }),
      relay: {
        ...{ name: "Dana", who: DANA },
        isPrompted: kind === "question",
        canAnswer: kind === "question" || kind === "very-short" || kind === "grave",
        isHere: kind !== "owner-answer",
      },
    },
    shows: { heading, fact: says },
  };
}

/** A reply to an issue, which no lesson is about. */
const replyToIssue = (course: Course, { slug, subject }: Issue): Reflection =>
  sampleReflection(course, slug, { course: NEWSLETTER, lesson: slug, subject: `Re: ${subject}` });

function answerToIssue(course: Course, issue: Issue): Variant {
  return {
    slug: "a2",
    suffix: "to-an-issue",
    changes: { answer: SAMPLE_ANSWER, issue, reflection: replyToIssue(course, issue) },
    shows: { heading: `Re: ${issue.subject}`, fact: issue.newsletter.title },
  };
}

function relayFromIssue(course: Course, issue: Issue): Variant {
  const relay = {
    name: "Dana",
    who: DANA,
    isPrompted: false,
    canAnswer: true,
    isHere: true,
    issue: issue.title,
  };
  return {
    slug: "issue",
    suffix: "issue",
    changes: { reflection: replyToIssue(course, issue), relay },
    shows: { heading: DANA_WROTE, fact: `The newsletter · ${issue.title}` },
  };
}

/** Letters and later lessons are asked about in the completion. */
const AFTER_THE_END = ["over", "later", "noletters"];
/** A week behind the samples: a cohort that has not begun. */
const NEXT_START: Course["starts"] = { dates: ["2026-12-01"], afterTheLast: "closed" };

/** How a reader stands when they get a notice: as the notice itself says. */
function noticeEnrolment(course: Course, occasion: string): Enrolment {
  const running = sampleEnrolment(course, Math.min(3, course.lessons.length - 1));
  const withPace = (pace: Pace): Enrolment => ({ ...running, cadence: { ...running.cadence, pace } });
  if (occasion === "paused") return withPause(running, SAMPLE_NOW + 14 * DAY);
  if (AFTER_THE_END.includes(occasion))
    return { ...sampleEnrolment(course, course.lessons.length), status: "completed" };
  if (occasion === "waits") return sampleEnrolment({ ...course, starts: course.starts ?? NEXT_START }, 0);
  if (occasion === "faster") return withPace("twice-weekly");
  return occasion === "fastest" ? withPace("workdays") : running;
}

/** A mailed link and a reminder have a subject of their own; an answer to a command is in its thread. */
function noticeShows(words: Words, course: Course, occasion: string): Shows {
  const place = isMailedLink(occasion) ? `notices.links.${occasion}` : `notices.${occasion}`;
  const [heading, says] = [words.texts[`${place}.heading`], words.texts[`${place}.says`]].map(String);
  const stands = isMailedLink(occasion) || occasion === "silence" || occasion === "sender";
  const [first = ""] = (says ?? "").split("\n");
  return {
    heading: stands ? (heading ?? "") : `Re: ${course.lessons[0]?.subject}`,
    // What is said of the pace is filled in.
    fact: first.split("{")[0],
  };
}

/** Every mail that the content makes. */
export function makeSamples(
  content: Content,
  kinds: readonly EmailName[] = Object.keys(COMPOSE) as EmailName[],
): Sample[] {
  const courses =
    content.courses.length > 0 ? content.courses.flatMap(inEachLanguage) : [newsletterAsCourse(content)];
  const [first] = courses;
  // An issue is of no course, and what the owner gets is in one language: each is shown once.
  const isOwn = ({ slug, language }: Course) =>
    content.courses.every((course) => course.slug !== slug || course.language === language);
  const isShown = (course: Course, kind: EmailName) =>
    kind === "issue" ? course === first : !TO_THE_OWNER.includes(kind) || isOwn(course);
  const listShown = (course: Course) => kindsOfCourse(course, kinds).filter((kind) => isShown(course, kind));
  return courses.flatMap((course) =>
    course === undefined ? [] : listShown(course).flatMap((kind) => samplesOfKind(content, course, kind)),
  );
}

const TO_THE_OWNER: readonly EmailName[] = ["relay", "digest", "report"];

const inEachLanguage = (course: Course): Course[] =>
  listLanguages(course).map((language) => inLanguage(course, language));

/** Of a newsletter without a course: what its readers get. */
const kindsOfCourse = ({ slug }: Course, kinds: readonly EmailName[]): readonly EmailName[] =>
  slug === NEWSLETTER
    ? kinds.filter((kind) => ["confirmation", "welcome", "issue", "address"].includes(kind))
    : kinds;

/** Where there are several courses, each sample is named by its own too. */
function ofCourse({ courses }: Content, { slug, language }: Course, kind: EmailName): string {
  if (kind === "issue") return "";
  const own = courses.find((course) => course.slug === slug)?.language ?? language;
  return `${courses.length > 1 ? `@${slug}` : ""}${language === own ? "" : `@${language}`}`;
}

function samplesOfKind(content: Content, course: Course, kind: EmailName): Sample[] {
  // An owner without a newsletter has no issue to look at.
  const { words } = findLanguage(content, course);
  const isFirst = course.slug === (content.courses[0]?.slug ?? NEWSLETTER);
  const newsletter = isFirst ? findNewsletter(content, course) : undefined;
  const variants = VARIANTS[kind]({ course, newsletter, issues: content.issues ?? [], words });
  return variants.map(({ slug, suffix, changes, isPassage, shows }) => ({
    list: course.slug,
    name: `${suffix ? `${kind}-${suffix}` : kind}${ofCourse(content, course, kind)}`,
    kind,
    slug,
    words: findWords(course, kind, slug),
    ...(isPassage && { isPassage }),
    shows,
    makeComposition({ subscriber, factsIn }) {
      const composition = sampleComposition(content, course, kind, slug, { ...changes, subscriber });
      return factsIn ? composedFor(composition, factsIn(course)) : composition;
    },
  }));
}

const findNewsletter = (content: Content, course: Course): Course | undefined =>
  course.slug === NEWSLETTER ? course : newsletterAsCourse(content);

const TEXTS: readonly EmailName[] = ["confirmation", "welcome", "completion"];

function findWords(
  { slug: course, language, translations = {} }: Course,
  kind: EmailName,
  slug: string,
): string | undefined {
  if (kind === "issue") return `newsletter/${slug}.md`;
  const { lessons = {}, texts = {} } = translations[language] ?? {};
  const ending = (all: object, name: string) => (Object.hasOwn(all, name) ? `.${language}.md` : ".md");
  if (kind === "lesson" || kind === "prompt")
    return `courses/${course}/lessons/${slug}${ending(lessons, slug)}`;
  if (!TEXTS.includes(kind) || slug === NEWSLETTER_SLUG) return undefined;
  return `courses/${course}/texts/${kind}${ending(texts, kind)}`;
}

/** A sample as its reader would get it. Throws what composing throws. */
export const composeSample = (sample: Sample, reader: SampleReader = SAMPLE_READERS[0]): Composed =>
  COMPOSE[sample.kind](sample.makeComposition(reader));

/** A sample with its subject for a heading, to be held against what it should show. */
export function lookAtSample(sample: Sample, reader: SampleReader = SAMPLE_READERS[0]): Looked {
  const { subject, html } = composeSample(sample, reader);
  return { heading: subject, html, shows: sample.shows };
}

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
      noLettersUrl: `https://learn.course.example/no-letters/${TOKEN}`,
      joinUrl: `https://learn.course.example/join/${TOKEN}`,
      newAddressUrl: `https://learn.course.example/new-address/${TOKEN}`,
      oldAddressUrl: `https://learn.course.example/old-address/${TOKEN}`,
      ownReplyUrl: `https://learn.course.example/own-reply/${TOKEN}`,
      removalUrl: `https://learn.course.example/remove-answer/${TOKEN}`,
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
    facts: readFacts(changes.enrolment ?? sampleEnrolment(course, 0), {}),
    entry: {
      dueAt: SAMPLE_NOW,
      doubts: 0,
      reflection: "r1",
      answers: "substantial",
      to: "dana@paper.example",
    },
    reflection: sampleReflection(course, course.lessons[0]?.slug ?? ""),
    otherAddress: "d•••@mail.example",
    journal: course.lessons.slice(0, 3).map(({ slug: lesson }) => sampleReflection(course, lesson)),
    answer: SAMPLE_ANSWER,
    relay: { name: "Dana", who: DANA, isPrompted: true, canAnswer: true, isHere: true },
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
    {
      ...{ name: "Dana", who: DANA, reflection: sampleReflection(course, first?.slug ?? "") },
      answerAddress: "relay+sample@course.example",
    },
    { name: undefined, who: { ...DANA, masked: "t•••@office.example" }, reflection: question },
  ];
  return { entries, more: 0, unmatched: 1 };
}

const SAMPLE_CADENCE = { zone: "America/New_York", weekday: 2, time: "07:30", pace: "weekly" } as const;

/** Of so many lessons those that were for this reader. */
const hadBy = (course: Pick<Course, "lessons" | "questions">, lessons: number, facts: Facts): string[] =>
  walkThrough(course, lessons, facts).done;

/** A reader in the course who has come by this many of its lessons. */
function sampleEnrolment(
  course: Omit<Course, "starts"> & { starts?: Course["starts"] | undefined },
  lessonsHad: number,
): Enrolment {
  const cadence = SAMPLE_CADENCE;
  const start = findStart(course, cadence, SAMPLE_NOW);
  const inert = inertEnrolment(SUBSCRIBER, course.slug, cadence, SAMPLE_NOW);
  const begun = withActivation(inert, SAMPLE_NOW, start);
  const next = { dueAt: nextLessonTime(cadence, SAMPLE_NOW), doubts: 0 };
  const later: Agenda = lessonsHad < course.lessons.length ? { lesson: next } : {};
  const agenda = lessonsHad > 0 ? later : begun.agenda;
  return { ...begun, agenda, done: hadBy(course, lessonsHad, NOTHING_KNOWN) };
}

const SAMPLE_LINE =
  "We lost the carton job because finance wanted a third signature on a price we had agreed in May.";

/** A reader's reply to a lesson, 20 days before the samples leave. */
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
    ownWords: `${SAMPLE_LINE}\n\nIt cost us two weeks, and the buyer's patience.\n- Next time I ask before the quote goes out.`,
    subject: `Re: ${lessonBySlug(course, lesson)?.subject ?? lesson}`,
    messageId: "<CAF0x-19a@mail.printer.example>",
    references: ["<0100019abc-000000@email.amazonses.com>"],
    attachments: [],
    raw: "inbox/abc",
    ...changes,
  };
}
