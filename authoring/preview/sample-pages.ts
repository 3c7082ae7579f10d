import { voiceId } from "../../functions/consent/voices.ts";
import { type Content, findLanguage, newsletterAsCourse } from "../../functions/domain/content.ts";
import { countLessons } from "../../functions/domain/course/branches.ts";
import { choiceWords, findChoice } from "../../functions/domain/course/choices.ts";
import type { Course, Letter } from "../../functions/domain/course/course.ts";
import type { Enrolment } from "../../functions/domain/course/enrolment.ts";
import { countInWords } from "../../functions/domain/course/progress.ts";
import { atSignUp } from "../../functions/domain/course/questions.ts";
import { type Facts, NOTHING_KNOWN } from "../../functions/domain/course/whom.ts";
import { type Issue, NEWSLETTER } from "../../functions/domain/newsletter/issue.ts";
import { withoutAddressChanges } from "../../functions/domain/people/address-change.ts";
import { withSenderQuestion } from "../../functions/domain/people/other-senders.ts";
import { OTHER_PATHS } from "../../functions/domain/routes.ts";
import { mailKey } from "../../functions/domain/sending/agenda.ts";
import { DAY, SECOND } from "../../functions/domain/time.ts";
import { say, splitParagraphs, type Words } from "../../functions/domain/words/words.ts";
import {
  type AddressPurpose,
  addressHash,
  addressToken,
  CONFIRM_LINK_LIFE,
  confirmToken,
  EVERYTHING,
  formToken,
  joinToken,
  links,
  OWN_REPLY_LINK_LIFE,
  offerToken,
  ownReplyToken,
  PERSONAL_LINK_LIFE,
  personalToken,
  READER_LINK_LIFE,
  readerToken,
  removalToken,
  unsubscribeToken,
  voiceToken,
} from "../../functions/links/links.ts";
import type { Services } from "../../functions/ports.ts";
import { fieldName } from "../../functions/web/sign-up/answers.ts";
import { enrolmentOf } from "../known-reader.ts";
import { firstHeading, type Looked, type Shows } from "../sample-faults.ts";
import { type SampleReader, sampleReflection } from "../samples.ts";
import { walkThrough } from "../walk-through.ts";
import { openSampleSite, type SampleRequest, type SampleSite } from "./sample-site.ts";

const PRESSED = { page: "yes" };
const WEEK = 7 * DAY;

/** Every page by its name, each as one reader meets it from the first to the last. Throws what a page throws. */
export async function samplePages(
  content: Content,
  reader: SampleReader,
): Promise<ReadonlyMap<string, Looked>> {
  const site = await openSampleSite(content);
  try {
    const walk = new Walk(site, content, reader);
    const alone = () => newsletterAlone(site, content, reader);
    if (content.courses.length === 0) {
      await inTheArchive(walk);
      return new Map([...walk.pages, ...(await alone())]);
    }
    await beforeJoining(walk);
    await publicPages(walk);
    await inTheArchive(walk);
    await confirming(walk);
    await inTheCourse(walk);
    await leaving(walk);
    return new Map([...walk.pages, ...(await afterItsLastDay(content, reader)), ...(await alone())]);
  } finally {
    site.close();
  }
}

/** One reader's way through the site. */
class Walk {
  readonly pages = new Map<string, Looked>();
  readonly site: SampleSite;
  readonly services: Services;
  readonly reader: SampleReader["subscriber"];
  /** The first of the content: the pages are about it. */
  readonly course: Course;
  readonly words: Words;
  /** What comes to be known of the reader. */
  readonly known: Facts;
  /** How many lessons someone in mid-course has come by. */
  readonly had: number;

  constructor(site: SampleSite, content: Content, { subscriber, factsIn }: SampleReader) {
    const course = content.courses[0] ?? newsletterAsCourse(content);
    if (!course) throw new Error("There is neither a course nor a newsletter, so there are no pages");
    this.site = site;
    this.services = site.services;
    this.reader = subscriber;
    this.course = course;
    this.words = findLanguage(content, course).words;
    this.known = factsIn?.(course) ?? NOTHING_KNOWN;
    this.had = Math.min(4, course.lessons.length - 1);
  }

  /** Keeps what a route answers with, under a name. Throws where the name is taken. */
  async show(name: string, shows: Shows, route: string, asked: SampleRequest = {}): Promise<void> {
    if (this.pages.has(name)) throw new Error(`There are two sample pages named "${name}"`);
    const html = await this.site.page(route, asked);
    this.pages.set(name, { heading: firstHeading(html), html, shows });
  }

  now(): number {
    return this.services.clock.now();
  }

  /** Id of the reader. Throws before they have signed up. */
  async id(): Promise<string> {
    const id = await this.site.findId(this.reader.address);
    if (id === undefined) throw new Error("the sample reader has not signed up");
    return id;
  }

  async confirmLink(expiresAt: number): Promise<SampleRequest> {
    return { path: { token: confirmToken(this.site.keys, { subscriber: await this.id(), expiresAt }) } };
  }

  async readerLink(expiresAt = this.now() + READER_LINK_LIFE): Promise<Record<string, string>> {
    return { token: readerToken(this.site.keys, { subscriber: await this.id(), expiresAt }) };
  }

  async personalLink(): Promise<SampleRequest> {
    const expiresAt = this.now() + PERSONAL_LINK_LIFE;
    return { path: { token: personalToken(this.site.keys, { subscriber: await this.id(), expiresAt }) } };
  }

  async joinLink(expiresAt: number): Promise<SampleRequest> {
    return { path: { token: joinToken(this.site.keys, { subscriber: await this.id(), expiresAt }) } };
  }

  /** The reader's own page: as it is opened, or as it answers to a form. */
  async look(name: string, fact: string, asked: SampleRequest = {}): Promise<void> {
    const route = `${asked.form ? "POST" : "GET"} /reader/{token}`;
    const shows = { heading: say(this.words, "reader.heading"), fact };
    await this.show(name, shows, route, { ...asked, path: await this.readerLink() });
  }
}

/** What a page shows that only says something. */
type SampleMessage =
  | "offerTooOld"
  | "offerGone"
  | "voiceTooOld"
  | "voiceNotUseful"
  | "voiceTold"
  | "ownReplyTooOld"
  | "addressLapsed"
  | "addressChanged"
  | "addressBack"
  | "unknownLink"
  | "unknownLesson"
  | "nothingHere"
  | "confirmedLongAgo"
  | "notSent"
  | "removeTooOld"
  | "answerRemoved"
  | "lookInInbox"
  | "nobody"
  | "joined"
  | "joinedAlone"
  | "joinTooLate";
const message = (words: Words, name: SampleMessage): Shows => ({
  heading: say(words, `messages.${name}.heading`),
  fact: splitParagraphs(say(words, `messages.${name}.says`))[0],
});

/** A field of a form that says what its button does: only that form has it. */
const button = (act: string): string => `name="do" value="${act}"`;

/** At the head of a page: where what it is about has its form. */
const homeLink = (path: string): string => `<header><a href="${path}">`;

async function beforeJoining(walk: Walk): Promise<void> {
  const { site, words, reader, course } = walk;
  const headline = course.texts.landing?.fields?.headline ?? "";
  await walk.show("landing", { heading: headline, lacks: 'role="alert"' }, "GET /");
  const form = formToken(site.keys, walk.now());
  site.wait(20 * SECOND);
  const answers = typedAnswers(course, walk.known);
  const typed = { form, name: reader.firstName ?? "", email: reader.address, ...answers };
  const mistaken = { ...typed, email: `${typed.email} or so`, newsletter: "yes" };
  const sorry = { heading: headline, fact: 'aria-invalid="true"' };
  await walk.show("landing-with-mistakes", sorry, "POST /sign-up", { form: mistaken });
  const inbox = { heading: say(words, "checkInbox.heading"), fact: homeLink("/") };
  await walk.show("check-inbox", inbox, "POST /sign-up", { form: typed });
}

/** What is known of the reader, and the first that comes to mind where nobody signs up without an answer. */
function typedAnswers(course: Course, { answers }: Facts): Record<string, string> {
  const typed = atSignUp(course).questions.map((question) => {
    const any = question.isNeeded ? (question.options?.[0]?.slug ?? "I heard of it") : "";
    return [fieldName(question), answers[question.slug] ?? any] as const;
  });
  return Object.fromEntries(typed.filter(([, answer]) => answer !== ""));
}

async function publicPages(walk: Walk): Promise<void> {
  const { words, course } = walk;
  const [first] = course.lessons;
  const lesson = { heading: first?.title ?? "", fact: '<aside class="say">' };
  await walk.show("lesson", lesson, "GET /lesson/{slug}", { path: { slug: first?.slug ?? "" } });
  const unknown = message(words, "unknownLesson");
  await walk.show("error", unknown, "GET /lesson/{slug}", { path: { slug: "none" } });
  await walk.show("privacy", { heading: say(words, "privacy.heading"), fact: "<dl>" }, "GET /privacy");
  const accessibility = { heading: say(words, "accessibility.heading"), fact: "WCAG" };
  await walk.show("accessibility", accessibility, "GET /accessibility");
  const nothing = message(words, "nothingHere");
  await walk.show("nothing-here", nothing, OTHER_PATHS, { rawPath: "/no-such-page" });
  const ownSite = { heading: say(words, "ownSite.heading"), fact: `value=&quot;${course.slug}&quot;` };
  await walk.show("own-site", ownSite, "GET /form");
}

/** As if the issues had been sent, a week apart. */
async function inTheArchive(walk: Walk): Promise<void> {
  const { services } = walk;
  const { newsletter, issues = [] } = services.content;
  if (!newsletter) return;
  const title = say(findLanguage(services.content, newsletter).words, "archive.title");
  await walk.show("archive-empty", { heading: title, lacks: "<time" }, "GET /newsletter");
  for (const [at, issue] of issues.entries())
    await publish(services, issue, walk.now() - (issues.length - at) * WEEK);
  const [first, ...others] = issues;
  if (!first) return;
  await walk.show("archive", { heading: newsletter.title, fact: first.title }, "GET /newsletter");
  const open = (name: string, { slug, title: heading, newsletter: own }: Issue) =>
    walk.show(name, { heading, fact: own.title }, "GET /newsletter/{slug}", { path: { slug } });
  await open("issue", first);
  for (const issue of others) await open(`issue-${issue.slug}`, issue);
}

async function publish({ broadcasts }: Services, issue: Issue, at: number): Promise<void> {
  const revision = "sample";
  await broadcasts.keepWords(revision, issue);
  await broadcasts.saveBroadcast({
    ...{ kind: "broadcast", version: 0, status: "sending", audience: "everybody", gathered: true },
    ...{ slug: issue.slug, title: issue.title, preview: issue.preview, revision },
    ...{ when: { from: at }, startedAt: at, publishedAt: at },
  });
}

/** The link of the confirmation: pressed too late, in time, once more, and long afterwards. */
async function confirming(walk: Walk): Promise<void> {
  const { words } = walk;
  const asked = [say(words, "confirm.heading"), say(words, "confirmed.heading")] as const;
  const before = [say(words, "confirm.headingIn"), say(words, "confirmed.headingIn")] as const;
  const late = await walk.confirmLink(walk.now() - DAY);
  const expired = { heading: say(words, "linkExpired.heading"), fact: 'action="/new-link/' };
  await walk.show("link-expired", expired, "GET /confirm/{token}", late);
  const link = await walk.confirmLink(walk.now() + CONFIRM_LINK_LIFE);
  const get = "GET /confirm/{token}";
  const post = "POST /confirm/{token}";
  await walk.show("confirm", { heading: asked[0], fact: "<button autofocus>" }, get, link);
  await walk.show("confirmed", { heading: asked[1], fact: button("begin") }, post, link);
  await walk.show("confirm-again", { heading: before[0], lacks: button("begin") }, get, link);
  await walk.show("confirmed-again", { heading: before[1], fact: button("begin") }, post, link);
  await walk.show("confirm-long-ago", message(words, "confirmedLongAgo"), get, late);
  const forged = { path: { token: "forged" } };
  await walk.show("unknown-link", message(words, "unknownLink"), get, forged);
}

async function inTheCourse(walk: Walk): Promise<void> {
  const { words, course } = walk;
  await walk.look("reader", say(words, "progress.none"));
  const old = { path: await walk.readerLink(walk.now() - DAY) };
  const tooOld = { heading: say(words, "linkTooOld.heading"), fact: 'action="/fresh-link/' };
  await walk.show("link-too-old", tooOld, "GET /reader/{token}", old);
  await walk.show("fresh-link", message(words, "lookInInbox"), "POST /fresh-link/{token}", old);
  if (course.starts) await beforeItsDay(walk);
  await journal(walk);
  if (walk.had > 0) await inMidCourse(walk);
  await copies(walk);
  await walk.look("reader-paused", say(words, "acts.paused"), { form: { do: "pause", weeks: "2" } });
  await walk.look("reader-resumed", say(words, "acts.resumed"), { form: { do: "resume" } });
  await walk.look("reader-asked-for-link", say(words, "acts.linkAskedFor"), { form: { do: "personal" } });
  const wrong = { do: "settings", weekday: "0" };
  await walk.look("reader-with-mistake", say(words, "cadence.badWeekday"), { form: wrong });
  const wanted = { do: "newsletter", newsletter: "yes" };
  await walk.look("reader-asked-for-newsletter", say(words, "acts.newsletterAsked"), { form: wanted });
  await joining(walk);
  await walk.look("reader-with-newsletter", say(words, "acts.newsletter"), { form: wanted });
  const count = course.lessons.length;
  await sendLessons(walk, count);
  await walk.look("reader-after-the-last-lesson", progressBehind(walk, count));
  if (course.letters) await afterTheCourse(walk, course.letters);
  await laterLessons(walk);
}

/** Who has finished asks for what the course gets later, and then would rather not. */
async function laterLessons(walk: Walk): Promise<void> {
  const { words, course, services } = walk;
  const before = await services.store.enrolment(await walk.id(), course.slug);
  if (!before) throw new Error("the sample reader is not in the course");
  await services.store.change<Enrolment>(before, (current) => ({ ...current, status: "completed" }));
  const press = (later: string) => ({ form: { do: "later", later } });
  await walk.look("reader-asked-for-later", 'name="later" value="yes"', { query: { do: "later" } });
  await walk.look("reader-with-later-lessons", say(words, "acts.later"), press("yes"));
  await walk.look("reader-without-later-lessons", say(words, "acts.noLater"), press("no"));
  const after = await services.store.enrolment(await walk.id(), course.slug);
  if (!after) throw new Error("the sample reader is not in the course");
  await services.store.change<Enrolment>(after, (current) => ({
    ...{ ...current, status: before.status, agenda: before.agenda },
  }));
}

/** Whoever asks for a lesson before their cohort begins. */
async function beforeItsDay(walk: Walk): Promise<void> {
  const { words, course } = walk;
  const form = { do: "next-lesson", course: course.slug, lesson: course.lessons[0]?.slug ?? "" };
  await walk.look("reader-before-its-day", say(words, "acts.startsLater"), { form });
}

/** A site of its own, after the last day on which the course begins, where its owner closes it then. */
async function afterItsLastDay(content: Content, reader: SampleReader): Promise<ReadonlyMap<string, Looked>> {
  const starts = content.courses[0]?.starts;
  const last = starts?.dates.at(-1);
  if (last === undefined || starts?.afterTheLast !== "closed") return new Map();
  const site = await openSampleSite(content);
  try {
    const walk = new Walk(site, content, reader);
    site.wait(Date.parse(last) + 2 * DAY - walk.now());
    const heading = walk.course.texts.landing?.fields?.headline ?? "";
    await walk.show("landing-closed", { heading, lacks: 'action="/sign-up"' }, "GET /");
    return walk.pages;
  } finally {
    site.close();
  }
}

/** The button in the mail that asks whether the newsletter shall come. */
async function joining(walk: Walk): Promise<void> {
  const { words } = walk;
  const [get, post] = ["GET /join/{token}", "POST /join/{token}"];
  const link = await walk.joinLink(walk.now() + CONFIRM_LINK_LIFE);
  await walk.show("join", { heading: say(words, "join.heading"), fact: 'action="/join/' }, get, link);
  await walk.show("joined", message(words, "joined"), post, link);
  await walk.show("join-too-late", message(words, "joinTooLate"), get, await walk.joinLink(walk.now() - DAY));
}

async function journal(walk: Walk): Promise<void> {
  const { words, course, services } = walk;
  const heading = say(words, "personal.heading");
  const page = "GET /personal/{token}";
  await walk.show("personal-empty", { heading, lacks: "<article" }, page, await walk.personalLink());
  const subscriber = await walk.id();
  for (const { slug } of course.lessons.slice(0, 3))
    await services.store.keepReflection(sampleReflection(course, slug, { subscriber }));
  const [wrote] = sampleReflection(course, "").ownWords.split("\n");
  await walk.show("personal", { heading, fact: wrote }, page, await walk.personalLink());
  const form = { do: "name", name: `${walk.reader.firstName ?? "Kim"} B.` };
  const post = "POST /personal/{token}";
  const saved = { heading, fact: say(words, "personal.saved") };
  await walk.show("personal-saved", saved, post, { ...(await walk.personalLink()), form });
  await ownReply(walk);
}

/** A reply came from elsewhere, and its reader says that it was theirs. */
async function ownReply(walk: Walk): Promise<void> {
  const { words, course, services, site } = walk;
  const [subscriber, reflection, address] = [await walk.id(), "0123456789abcdef0123", "d•••@mail.example"];
  const awaits = { replyKind: "unparsed" as const, reason: "theirs" };
  const reply = { id: reflection, subscriber, replyKind: "foreign-sender" as const, awaits };
  await services.store.keepReflection(sampleReflection(course, "", reply));
  const person = await services.store.subscriber(subscriber);
  const asked = { addressHash: "sample", masked: address, askedAt: walk.now(), reflection };
  if (person) await services.store.change(person, (current) => withSenderQuestion(current, asked));
  const expiresAt = walk.now() + OWN_REPLY_LINK_LIFE;
  const link = { path: { token: ownReplyToken(site.keys, { subscriber, reflection, expiresAt }) } };
  const old = {
    path: { token: ownReplyToken(site.keys, { subscriber, reflection, expiresAt: walk.now() - 1 }) },
  };
  const [get, post] = ["GET /own-reply/{token}", "POST /own-reply/{token}"];
  await walk.show("own-reply", { heading: say(words, "ownReply.sender"), fact: address }, get, link);
  const done = say(words, "ownReply.doneSender", { address });
  await walk.show("own-reply-taken", { heading: say(words, "ownReply.done"), fact: done }, post, link);
  await walk.show("own-reply-too-old", message(words, "ownReplyTooOld"), get, old);
  const page = { heading: say(words, "personal.heading"), fact: address };
  await walk.show("personal-other-address", page, "GET /personal/{token}", await walk.personalLink());
  await addresses(walk);
  if (course.voices !== false && course.lessons.length > 0) await voices(walk);
}

/** An answer is offered to others, and taken back; and what another's is thought of. */
async function voices(walk: Walk): Promise<void> {
  const { words, course, services, site } = walk;
  const [lesson] = course.lessons;
  const [subscriber, reflection, voice] = [await walk.id(), "0123456789abcdef0124", "samplesamplesamp"];
  const answer = sampleReflection(course, lesson?.slug ?? "", { id: reflection, subscriber });
  await services.store.keepReflection(answer);
  const sign = (expiresAt: number) => ({
    offer: { path: { token: offerToken(site.keys, { subscriber, reflection, expiresAt }) } },
    judge: { path: { token: voiceToken(site.keys, { subscriber, voice, expiresAt }) } },
  });
  const [{ offer, judge }, old] = [sign(walk.now() + DAY), sign(walk.now() - 1)];
  const [get, post] = ["GET /offer/{token}", "POST /offer/{token}"];
  const asks = { heading: say(words, "offer.asked.heading"), fact: button("offer") };
  await walk.show("offer", asks, get, offer);
  const given = { heading: say(words, "offer.given.heading"), fact: 'value="take-back"' };
  await walk.show("offer-given", given, post, { ...offer, form: { do: "offer" } });
  await walk.show("offer-too-old", message(words, "offerTooOld"), get, old.offer);
  await walk.look("reader-with-offer", say(words, "reader.voice.offered"));
  const back = { do: "take-back", voice: voiceId({ subscriber, id: reflection }) };
  await walk.look("reader-took-offer-back", say(words, "acts.voiceTakenBack"), { form: back });
  const question = sampleReflection(course, lesson?.slug ?? "", {
    ...{ id: "0123456789abcdef0125", subscriber, replyKind: "question" },
  });
  await services.store.keepReflection(question);
  const unasked = { subscriber, reflection: question.id, expiresAt: walk.now() + DAY };
  const none = { path: { token: offerToken(site.keys, unasked) } };
  await walk.show("offer-gone", message(words, "offerGone"), get, none);
  const [look, judged] = ["GET /voice/{token}", "POST /voice/{token}"];
  const judges = { heading: say(words, "judgeVoice.heading"), fact: 'value="should-not-be"' };
  await walk.show("voice", judges, look, { ...judge, query: { say: "should-not-be" } });
  const press = (verdict: string) => ({ ...judge, form: { do: verdict } });
  await walk.show("voice-not-useful", message(words, "voiceNotUseful"), judged, press("not-useful"));
  await walk.show("voice-told", message(words, "voiceTold"), judged, press("should-not-be"));
  await walk.show("voice-too-old", message(words, "voiceTooOld"), look, old.judge);
}

/** The address is changed, and the change taken back. */
async function addresses(walk: Walk): Promise<void> {
  const { words, services, site, reader } = walk;
  const heading = say(words, "personal.heading");
  const address = "somebody.else@paper.example";
  const ask = "POST /change-address/{token}";
  const asked = { heading, fact: say(words, "personal.addressAsked", { address }) };
  const link = await walk.personalLink();
  await walk.show("personal-asked-for-address", asked, ask, { ...link, form: { email: address } });
  const wrong = { heading, fact: say(words, "form.addressAt") };
  await walk.show("personal-with-mistake", wrong, ask, { ...link, form: { email: "somebody" } });
  const subscriber = await walk.id();
  const sign = (purpose: AddressPurpose, of: string, expiresAt: number) => ({
    path: {
      token: addressToken(site.keys, purpose, {
        ...{ subscriber, expiresAt, addressHash: addressHash(site.keys, of) },
      }),
    },
  });
  const soon = walk.now() + DAY;
  const [get, post] = ["GET /new-address/{token}", "POST /new-address/{token}"];
  const there = sign("newAddress", address, soon);
  const lapsed = sign("newAddress", address, walk.now() - 1);
  const question = { heading: say(words, "newAddress.heading"), fact: button("refuse") };
  await walk.show("address", question, get, there);
  await walk.show("address-lapsed", message(words, "addressLapsed"), get, lapsed);
  await walk.show("address-changed", message(words, "addressChanged"), post, there);
  const back = sign("oldAddress", reader.address, soon);
  const former = { heading: say(words, "oldAddress.heading"), lacks: button("refuse") };
  await walk.show("address-before", former, "GET /old-address/{token}", back);
  await walk.show("address-back", message(words, "addressBack"), "POST /old-address/{token}", back);
  const person = await services.store.subscriber(subscriber);
  if (person) await services.store.change(person, withoutAddressChanges);
  site.wait(SECOND);
}

/** What links in mails preselect on the reader's page. */
async function inMidCourse(walk: Walk): Promise<void> {
  const { had } = walk;
  await sendLessons(walk, had);
  await walk.look("reader-in-mid-course", progressBehind(walk, had));
  await walk.look("reader-asked-for-sign-of-life", button("here"), { query: { do: "here" } });
  const rating = { do: "rating", rating: "4" };
  await walk.look("reader-asked-to-rate", 'name="rating" value="4" checked', { query: rating });
  await choosing(walk);
}

/** How far the reader is who has come by so many lessons. */
function progressBehind({ words, course, known }: Walk, lessons: number): string {
  const { done } = walkThrough(course, lessons, known);
  const { least, most } = countLessons(course, { done });
  return countInWords(words, done.length, least === most ? most : undefined);
}

/** Behind a link of a lesson that ends in a choice. */
async function choosing(walk: Walk): Promise<void> {
  const { words, course, had, known } = walk;
  const { done } = walkThrough(course, had, known);
  const theirs = course.lessons.filter(({ slug }) => done.includes(slug));
  const [question] = theirs.flatMap((lesson) => findChoice(course, lesson) ?? []);
  const asking = theirs.find(({ choice }) => choice === question?.slug);
  const options = question ? choiceWords(question, words.language) : [];
  const option = options.find(({ slug }) => slug === known.answers[question?.slug ?? ""]) ?? options[0];
  if (!question || !option || !asking) return;
  const chosen = { do: "choose", question: question.slug, answer: option.slug };
  const fact = `name="answer" value="${option.slug}" checked`;
  await walk.look("reader-asked-to-choose", fact, { query: chosen });
  const copy = { heading: asking.title, fact: `question=${question.slug}&amp;answer=${option.slug}` };
  const path = { ...(await walk.readerLink()), course: course.slug, slug: asking.slug };
  // The copy of the first lesson is a sample of its own.
  if (asking !== theirs[0])
    await walk.show("copy-with-choice", copy, "GET /reader/{token}/{course}/{slug}", { path });
  const kept = say(words, "acts.chosen", { answer: option.label });
  await walk.look("reader-chose", kept, { form: { ...chosen, course: course.slug } });
}

async function copies(walk: Walk): Promise<void> {
  const { words, course, known } = walk;
  const lesson = course.lessons.find(({ slug }) =>
    walkThrough(course, course.lessons.length, known).done.includes(slug),
  );
  const own = { ...(await walk.readerLink()), course: course.slug };
  const route = "GET /reader/{token}/{course}/{slug}";
  const copy = { heading: lesson?.title ?? "", fact: '<textarea class="prose"' };
  await sendLessons(walk, Math.max(1, walk.had));
  await walk.show("copy", copy, route, { path: { ...own, slug: lesson?.slug ?? "" } });
  await answers(walk, { ...own, slug: lesson?.slug ?? "" });
  await walk.show("copy-not-sent", message(words, "notSent"), route, { path: { ...own, slug: "none" } });
}

/** An answer is written below a lesson, and removed. */
async function answers(walk: Walk, path: Record<string, string>): Promise<void> {
  const { words, course, services, site } = walk;
  const route = "POST /reader/{token}/{course}/{slug}";
  const none = { heading: say(words, "answerPage.box"), fact: say(words, "answerPage.empty") };
  await walk.show("answer", none, route, { path, form: { answer: " " } });
  const taken = { heading: say(words, "answerPage.taken"), lacks: "<textarea" };
  await walk.show("answer-taken", taken, route, { path, form: { answer: "It was a Monday." } });
  const [subscriber, reflection] = [await walk.id(), "00112233445566778899"];
  const lesson = path.slug ?? "";
  const written = { id: reflection, subscriber, isFromPage: true } as const;
  await services.store.keepReflection(sampleReflection(course, lesson, written));
  const link = (expiresAt: number) => ({
    path: { token: removalToken(site.keys, { subscriber, reflection, expiresAt }) },
  });
  const [get, post] = ["GET /remove-answer/{token}", "POST /remove-answer/{token}"];
  const asks = { heading: say(words, "removeAnswer.heading"), fact: say(words, "removeAnswer.button") };
  await walk.show("remove-answer", asks, get, link(walk.now() + DAY));
  await walk.show("remove-answer-too-old", message(words, "removeTooOld"), get, link(walk.now() - 1));
  await walk.show("remove-answer-done", message(words, "answerRemoved"), post, link(walk.now() + DAY));
}

/** As if the reader had come by this many lessons, and had said what is known of them. */
async function sendLessons(walk: Walk, lessons: number): Promise<void> {
  const { services, course } = walk;
  const enrolment = await services.store.enrolment(await walk.id(), course.slug);
  if (!enrolment) throw new Error("the sample reader is not in the course");
  const { done, facts } = walkThrough(course, lessons, walk.known);
  await services.store.change<Enrolment>(enrolment, (current) => enrolmentOf(current, done, facts));
}

/** Letters are announced: the reader ends them by the link of a mail, and has them after all by the page. */
async function afterTheCourse(walk: Walk, letters: readonly Letter[]): Promise<void> {
  const { words, course, services, site } = walk;
  const subscriber = await walk.id();
  const planned = letters.map(({ slug, days }) => [
    mailKey("letter", slug),
    { dueAt: walk.now() + days * DAY, doubts: 0 },
  ]);
  const before = await services.store.enrolment(subscriber, course.slug);
  if (!before) throw new Error("the sample reader is not in the course");
  await services.store.change<Enrolment>(before, (current) => ({
    ...{ ...current, status: "completed", agenda: Object.fromEntries(planned) },
  }));
  await walk.look("reader-with-letters", 'name="letters" value="no"');
  const { noLettersUrl } = links({
    ...{ webOrigin: services.webOrigin, mailDomain: services.settings.mailDomain, keys: site.keys },
  });
  const token = noLettersUrl({ subscriber, list: course.slug }).split("/").at(-1) as string;
  const [get, post] = ["GET /no-letters/{token}", "POST /no-letters/{token}"];
  const link = { path: { token } };
  await walk.show(
    "no-letters",
    { heading: say(words, "noLetters.heading"), fact: "<button autofocus>" },
    get,
    link,
  );
  const done = say(words, "noLetters.done");
  await walk.show("no-letters-pressed", { heading: done, fact: 'action="/undo/' }, post, link);
  await walk.show("no-letters-again", { heading: done, lacks: 'action="/undo/' }, post, link);
  await walk.look("reader-without-letters", 'name="letters" value="yes"');
  const form = { do: "letters", letters: "yes" };
  await walk.look("reader-with-letters-after-all", say(words, "acts.letters"), { form });
  await services.store.change<Enrolment>(
    (await services.store.enrolment(subscriber, course.slug)) ?? before,
    (current) => ({ ...current, status: "active", agenda: before.agenda }),
  );
}

async function leaving(walk: Walk): Promise<void> {
  const { words, course, site } = walk;
  const subscriber = await walk.id();
  const { title } = course;
  const from = (list: string): SampleRequest => ({
    path: { token: unsubscribeToken(site.keys, { subscriber, list }) },
  });
  const [get, post] = ["GET /unsubscribe/{token}", "POST /unsubscribe/{token}"];
  await walk.show(
    "unsubscribe",
    { heading: say(words, "unsubscribe.heading.course", { title }), fact: 'name="instead" value="pause"' },
    get,
    from(course.slug),
  );
  const [paused] = say(words, "messages.pausedUntil.says", { date: "{date}" }).split("{date}");
  const instead = { heading: say(words, "messages.pausedUntil.heading"), fact: paused };
  await walk.show("paused-instead", instead, post, {
    ...from(course.slug),
    form: { ...PRESSED, instead: "pause" },
  });
  const left = { heading: say(words, "left.heading.course", { title }), fact: 'name="why"' };
  await walk.show("left", left, post, { ...from(course.slug), form: PRESSED });
  await walk.show("left-told-why", { ...left, fact: 'role="status"' }, post, {
    ...from(course.slug),
    form: { ...PRESSED, why: "no-time" },
  });
  await walk.look("reader-who-left", say(words, "progress.left"));
  await comeBack(walk);
  await leaveTheRest(walk, from);
}

async function comeBack(walk: Walk): Promise<void> {
  const link = await walk.confirmLink(walk.now() + CONFIRM_LINK_LIFE);
  await sendLessons(walk, Math.max(1, walk.had));
  const shows = { heading: say(walk.words, "confirmed.headingBack"), fact: button("again") };
  await walk.show("confirmed-back", shows, "POST /confirm/{token}", link);
}

async function leaveTheRest(walk: Walk, from: (list: string) => SampleRequest): Promise<void> {
  const { words, services } = walk;
  const [get, post] = ["GET /unsubscribe/{token}", "POST /unsubscribe/{token}"];
  const { newsletter } = services.content;
  const spoken = newsletter ? findLanguage(services.content, newsletter).words : words;
  const leave = { heading: say(spoken, "unsubscribe.heading.newsletter"), fact: 'value="everything"' };
  await walk.show("unsubscribe-newsletter", leave, get, from(NEWSLETTER));
  const left = { heading: say(spoken, "left.heading.newsletter"), fact: 'action="/undo/' };
  await walk.show("left-newsletter", left, post, { ...from(NEWSLETTER), form: PRESSED });
  const all = from(EVERYTHING);
  const leaveAll = { heading: say(words, "unsubscribe.heading.everything"), fact: 'value="One-Click"' };
  await walk.show("unsubscribe-everything", leaveAll, get, all);
  const leftAll = { heading: say(words, "left.heading.everything"), fact: 'name="why"' };
  await walk.show("left-everything", leftAll, post, { ...all, form: PRESSED });
  await walk.look("reader-who-left-everything", '<p class="say">');
  const [own, link] = [await walk.readerLink(), await walk.personalLink()];
  const gone = { heading: say(words, "erased.heading") };
  await walk.show("erased", gone, "POST /personal/{token}", {
    ...link,
    form: { do: "erase", sure: "yes" },
  });
  await walk.show("reader-erased", message(words, "nobody"), "GET /reader/{token}", { path: own });
}

/** Another reader, who asks for the newsletter without a course. */
async function newsletterAlone(
  site: SampleSite,
  content: Content,
  { name, subscriber }: SampleReader,
): Promise<ReadonlyMap<string, Looked>> {
  const newsletter = newsletterAsCourse(content);
  if (!newsletter) return new Map();
  const address = `alone.${subscriber.address}`.slice(-64).replace(/^\./, "");
  const walk = new Walk(site, content, { name, subscriber: { ...subscriber, address } });
  const { words } = findLanguage(content, newsletter);
  const list = (expiresAt: number) =>
    walk.confirmLink(expiresAt).then(({ path }) => ({ path: { ...path, course: NEWSLETTER } }));
  const field = 'name="course" value="newsletter"';
  await walk.show("subscribe", { heading: newsletter.title, fact: field }, "GET /subscribe");
  const form = formToken(site.keys, walk.now());
  site.wait(20 * SECOND);
  const typed = { form, course: NEWSLETTER, email: address };
  const sorry = { heading: newsletter.title, fact: 'aria-invalid="true"' };
  const mistaken = { form: { ...typed, email: `${address} or so` } };
  await walk.show("subscribe-with-mistakes", sorry, "POST /sign-up", mistaken);
  const home = content.courses.length > 0 ? "/subscribe" : "/";
  const inbox = { heading: say(words, "checkInbox.heading"), fact: homeLink(home) };
  await walk.show("check-inbox-newsletter", inbox, "POST /sign-up", { form: typed });
  const late = { heading: say(words, "linkExpired.heading"), fact: 'action="/new-link/' };
  const [get, post] = ["GET /confirm/{token}/{course}", "POST /confirm/{token}/{course}"];
  await walk.show("link-expired-newsletter", late, get, await list(walk.now() - DAY));
  const link = await list(walk.now() + CONFIRM_LINK_LIFE);
  const asked = { heading: say(words, "join.heading"), fact: `/${NEWSLETTER}"><button autofocus>` };
  await walk.show("confirm-newsletter", asked, get, link);
  await walk.show("confirmed-newsletter", message(words, "joinedAlone"), post, link);
  const own = { heading: say(words, "reader.headingNewsletter"), fact: 'name="newsletter" value="no"' };
  await walk.show("reader-newsletter", own, "GET /reader/{token}", { path: await walk.readerLink() });
  const snippet = { heading: say(words, "ownSite.heading"), fact: "value=&quot;newsletter&quot;" };
  await walk.show("own-site-newsletter", snippet, "GET /form", { query: { newsletter: "" } });
  return walk.pages;
}
