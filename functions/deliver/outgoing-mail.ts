import { findCourse, findCourseOrNewsletter, firstCourse, offeredList } from "../domain/content.ts";
import { type Course, lessonBySlug } from "../domain/course/course.ts";
import { type Enrolment, isGoingOn } from "../domain/course/enrolment.ts";
import { silenceToTell } from "../domain/course/silence.ts";
import { inLanguage } from "../domain/course/translations.ts";
import { readFacts } from "../domain/course/whom.ts";
import { archivePath, publishedAmong } from "../domain/newsletter/archive.ts";
import type { Broadcast } from "../domain/newsletter/broadcast.ts";
import { type Issue, NEWSLETTER } from "../domain/newsletter/issue.ts";
import { addressInMail, asksNewAddress } from "../domain/people/address-change.ts";
import { findSenderAsked } from "../domain/people/other-senders.ts";
import { listsToConfirm, type Subscriber } from "../domain/people/subscriber.ts";
import { ALSO } from "../domain/replies/command.ts";
import type { Reflection } from "../domain/replies/reflection.ts";
import { type AgendaKey, type Dispatch, dispatchId } from "../domain/sending/dispatch.ts";
import type { Holder } from "../domain/sending/holder.ts";
import { mailKind } from "../domain/sending/mail-kinds.ts";
import type { Instant } from "../domain/time.ts";
import {
  CONFIRM_LINK_LIFE,
  EVERYTHING,
  type Links,
  links,
  OWN_REPLY_LINK_LIFE,
  PERSONAL_LINK_LIFE,
  READER_LINK_LIFE,
} from "../links/links.ts";
import { hasButton } from "../mail/compose/address.ts";
import { compose, quotesReader } from "../mail/compose/compose.ts";
import type { Composition, MailLinks } from "../mail/compose/composition.ts";
import { noticeOccasions } from "../mail/compose/notice.ts";
import { isOwnReplyQuestion } from "../mail/compose/notices.ts";
import { openSplicer, type Write } from "../mail/mime/splice.ts";
import type { ComposedMail, HolderStore, Needs, Services } from "../ports.ts";
import { aboutLetters, saidOfLetters } from "./letters.ts";
import { ownersMail } from "./owners-mail.ts";
import { findPromptVoices } from "./prompt-voices.ts";
import { requireCourse } from "./require-course.ts";

/**
 * Writes the mail of a dispatch; or says that there is no one to write to, or nothing left to answer.
 * Throws `template-failed`, naming the dispatch.
 * @param person whom `findPerson` found: what is known of them decides for whom a lesson is, and what stands in it
 */
export async function writeMail(
  services: Services,
  holder: Holder,
  key: AgendaKey,
  dispatch: Dispatch,
  person: Subscriber | undefined,
): Promise<ComposedMail | "nobody" | "nothing" | "wait"> {
  if (holder.kind === "owner") return ownersMail(services, holder, key, dispatch);
  const subscriber = recipient(holder, person);
  if (!subscriber) return "nobody";
  const composition = await makeComposition(services, holder, key, dispatch, subscriber);
  if (!composition) return "nothing";
  if (composition === "wait") return "wait";
  return composeWithVoice(services, composition);
}

/** The mail; with a voice in it, also as it is without it, should that be taken back before it leaves. */
function composeWithVoice(services: Services, composition: Composition): ComposedMail {
  const { voice, ...without } = composition;
  const { dispatch } = composition;
  const { composed, raw } = chooseWriter(services)(composition);
  const said = saidOfLetters(composition);
  return {
    envelopeFrom: composed.from.address,
    to: composed.to.address,
    raw,
    tags: {
      ...{ "ses:feedback-id-a": dispatch.list, "ses:feedback-id-b": dispatch.kind },
      ...(voice && { voice: voice.key.id }),
    },
    ...(said && { said }),
    ...(voice && { voice: { key: voice.key, leaveOut: () => composeWithVoice(services, without) } }),
  };
}

/** One writer for a function instance: its content and settings never change. */
const writers = new WeakMap<Services, Write>();

function chooseWriter(services: Services): Write {
  const writer = writers.get(services) ?? openSplicer(compose);
  writers.set(services, writer);
  return writer;
}

/** Whose holder it is; undefined for the owner, and for who is not there any more. */
export async function findPerson(
  { store }: Needs<HolderStore>,
  holder: Holder,
): Promise<Subscriber | undefined> {
  if (holder.kind === "owner") return undefined;
  return holder.kind === "subscriber" ? holder : store.subscriber(holder.subscriber);
}

/** A course's mail does not go to a person who has stopped, even if the stop has not reached the enrolment yet. */
function recipient(holder: Subscriber | Enrolment, person: Subscriber | undefined): Subscriber | undefined {
  if (holder.kind === "subscriber") return holder;
  return person?.status === "active" ? person : undefined;
}

async function makeComposition(
  services: Services,
  holder: Subscriber | Enrolment,
  key: AgendaKey,
  dispatch: Dispatch,
  subscriber: Subscriber,
): Promise<Composition | "wait" | undefined> {
  const { content, settings, store, clock } = services;
  const now = clock.now();
  const [toConfirm, ...others] = dispatch.kind === "confirmation" ? listsToConfirm(subscriber, now) : [];
  const slug = toConfirm ?? aboutList(holder, dispatch);
  // Who only reads the newsletter may have asked for no course, or for one that is not shipped any more.
  const instead = dispatch.list === NEWSLETTER ? firstCourse(services) : undefined;
  const found = findCourseOrNewsletter(services, slug) ?? instead ?? requireCourse(services, slug);
  const course = inLanguage(found, subscriber.language);
  const entry = holder.agenda[key];
  // A letter chooses anew what it quotes, each time that it is written.
  const about = dispatch.kind === "letter" ? undefined : entry?.reflection;
  const reflection = about ? await store.reflection(subscriber.id, about) : undefined;
  if (about && !reflection) return undefined;
  const { needs } = mailKind(dispatch.kind);
  const needsBroadcast = needs.includes("broadcast");
  const running = needsBroadcast ? await runningBroadcast(services, dispatch.slug) : undefined;
  if (running === "wait") return "wait";
  const { isPrivate, ...broadcast } = running ?? {};
  if (needsBroadcast && !broadcast.issue) return undefined;
  const answer = entry?.answer ? await store.reflection(subscriber.id, entry.answer) : undefined;
  if (entry?.answer && !answer) return undefined;
  const issue =
    reflection?.course === NEWSLETTER ? await chooseWords(services, reflection.lesson) : undefined;
  // A lesson that was removed meanwhile has no question any more to ask about the words.
  if (reflection && needs.includes("lesson") && !lessonBySlug(course, reflection.lesson)) return undefined;
  const enrolment: Enrolment | undefined = holder.kind === "enrolment" ? holder : undefined;
  const quotes = quotesReader(course, dispatch, enrolment?.done ?? []);
  const journal = quotes ? await store.reflections(subscriber.id) : undefined;
  const ofLetters = enrolment && journal ? aboutLetters(dispatch, { course, enrolment, entry, journal }) : {};
  if (!ofLetters) return undefined;
  const ofAddress = needs.includes("address-link")
    ? await addressLink(services, subscriber, dispatch, entry?.to ?? "")
    : {};
  if (!ofAddress) return undefined;
  const ofPage = reflection?.isFromPage ? await removalLink(services, reflection, now) : {};
  const addresses = { ...(await makeLinks(services, dispatch, course, now)), ...ofAddress, ...ofPage };
  return {
    content,
    course,
    settings,
    links: isPrivate ? { ...addresses, archiveUrl: undefined } : addresses,
    subscriber,
    dispatch,
    now,
    enrolment,
    ...(enrolment && { facts: readFacts(enrolment, subscriber) }),
    silence: enrolment && silenceToTell(enrolment, settings),
    entry,
    reflection,
    otherAddress: reflection && findSenderAsked(subscriber, reflection.id)?.masked,
    answer,
    journal,
    issue,
    ...ofLetters,
    ...broadcast,
    ...(await findPromptVoices(services, dispatch, { course, subscriber, reflection, now })),
    ...(others.length > 0 && { alsoAsked: await questionsOfLists(services, subscriber, others, now) }),
    ...(dispatch.kind === "notice" &&
      noticeOccasions(dispatch).includes(ALSO) && {
        goesOn: await listOtherTitles(services, subscriber),
      }),
    ...(isNewslettersWelcome(dispatch) && { latestIssue: await findLatestIssue(services, now) }),
  };
}

/** What a mail speaks for: a course or the newsletter. */
function aboutList(holder: Subscriber | Enrolment, dispatch: Dispatch): string {
  if (holder.kind === "enrolment") return holder.course;
  return isNewslettersWelcome(dispatch) ? NEWSLETTER : holder.asksFor.course;
}

const isNewslettersWelcome = ({ kind, list }: Dispatch): boolean =>
  mailKind(kind).needs.includes("latest-issue") && list === NEWSLETTER;

/** The button of each list that waits for one beside the list that the mail is about. */
async function questionsOfLists(
  services: Services,
  { id }: Subscriber,
  lists: readonly string[],
  now: Instant,
): Promise<Composition["alsoAsked"]> {
  const { webOrigin, settings, keyring } = services;
  const to = links({ webOrigin, mailDomain: settings.mailDomain, keys: await keyring.keys() });
  const url = to.confirmUrl({ subscriber: id, expiresAt: now + CONFIRM_LINK_LIFE });
  const offered = lists.flatMap((list) => offeredList(services, list) ?? []);
  return offered.map(({ title, slug }) => ({ title, url: `${url}/${slug}` }));
}

/** Of the courses that somebody who left one is still in. */
async function listOtherTitles(services: Services, { id }: Subscriber): Promise<string[]> {
  const goingOn = (await services.store.enrolments(id)).filter(isGoingOn);
  return goingOn.flatMap(({ course }) => findCourse(services, course)?.title ?? []);
}

/** Nothing where the stage shows its issues to nobody but their readers. */
async function findLatestIssue(
  { settings, broadcasts, webOrigin }: Services,
  now: Instant,
): Promise<Composition["latestIssue"]> {
  if (!settings.archive) return undefined;
  const [latest] = publishedAmong(await broadcasts.broadcasts(), now);
  return latest && { title: latest.title, url: webOrigin + archivePath(latest.slug) };
}

/** The words of a running broadcast, as they were when it was started; none any more if it was cancelled. */
async function runningBroadcast(
  { broadcasts }: Services,
  slug: string,
): Promise<(Pick<Composition, "issue" | "revision"> & Pick<Broadcast, "isPrivate">) | "wait" | undefined> {
  const broadcast = await broadcasts.broadcast(slug);
  if (!broadcast || broadcast.status === "cancelled") return undefined;
  if (broadcast.status === "paused") return "wait";
  const { revision, isPrivate = false } = broadcast;
  return { issue: await broadcasts.words(slug, revision), revision, isPrivate };
}

/** The words of an issue that was replied to. */
async function chooseWords({ broadcasts }: Services, slug: string): Promise<Issue | undefined> {
  const broadcast = await broadcasts.broadcast(slug);
  return broadcast && broadcasts.words(slug, broadcast.revision);
}

async function makeLinks(
  services: Services,
  dispatch: Dispatch,
  course: Course,
  now: Instant,
): Promise<MailLinks> {
  const { webOrigin, settings, keyring } = services;
  const to: Links = links({ webOrigin, mailDomain: settings.mailDomain, keys: await keyring.keys() });
  const { subscriber } = dispatch;
  const { needs } = mailKind(dispatch.kind);
  const leave = {
    subscriber,
    list: dispatch.list === "account" ? EVERYTHING : dispatch.list,
    // Which issue people leave by is told to the owner.
    ...(needs.includes("broadcast") && { from: dispatchId(dispatch) }),
  };
  const lasting = (life: number) => ({ subscriber, expiresAt: now + life });
  // A person who asked for two lists presses the button of one.
  const { courses, newsletter } = services.content;
  const isOneOfSeveral = courses.length > 1 || newsletter !== undefined;
  const confirmUrl = (url: string) => (isOneOfSeveral ? `${url}/${course.slug}` : url);
  return {
    readerUrl: to.readerUrl(lasting(READER_LINK_LIFE)),
    unsubscribeUrl: to.unsubscribeUrl(leave),
    unsubscribeMailto: to.unsubscribeMailto(leave),
    ...(needs.includes("broadcast") &&
      settings.archive && { archiveUrl: webOrigin + archivePath(dispatch.slug) }),
    replyAddress: to.replyAddress({ subscriber, dispatch: dispatchId(dispatch) }),
    ...(needs.includes("confirm-link") && {
      confirmUrl: confirmUrl(to.confirmUrl(lasting(CONFIRM_LINK_LIFE))),
    }),
    ...(needs.includes("letters-link") && {
      noLettersUrl: to.noLettersUrl({ subscriber, list: dispatch.list }),
    }),
    ...(needs.includes("own-reply-link") && ownReplyLink(to, dispatch, now)),
    ...(needs.includes("personal-link") && { personalUrl: to.personalUrl(lasting(PERSONAL_LINK_LIFE)) }),
    ...(needs.includes("join-link") && { joinUrl: to.joinUrl(lasting(CONFIRM_LINK_LIFE)) }),
  };
}

/**
 * The button of a mail about a change of address; undefined where the change is not to be any more. That one was taken back
 * is told without a button.
 */
async function addressLink(
  { clock, webOrigin, settings, keyring }: Services,
  subscriber: Subscriber,
  dispatch: Dispatch,
  to: string,
): Promise<Pick<MailLinks, "newAddressUrl" | "oldAddressUrl"> | undefined> {
  if (!hasButton(dispatch)) return {};
  const about = addressInMail(subscriber, dispatch.slug, to, clock.now());
  if (!about) return undefined;
  const { newAddressUrl, oldAddressUrl } = links({
    ...{ webOrigin, mailDomain: settings.mailDomain, keys: await keyring.keys() },
  });
  const link = { subscriber: subscriber.id, expiresAt: about.until, addressHash: about.addressHash };
  return asksNewAddress(dispatch)
    ? { newAddressUrl: newAddressUrl(link) }
    : { oldAddressUrl: oldAddressUrl(link) };
}

/** Whoever has the link of a reader's page may write there: the mail about it goes to the reader, with the way to remove it. */
async function removalLink(
  { webOrigin, settings, keyring }: Services,
  { subscriber, id }: Reflection,
  now: Instant,
): Promise<Pick<MailLinks, "removalUrl">> {
  const to = links({ webOrigin, mailDomain: settings.mailDomain, keys: await keyring.keys() });
  const link = { subscriber, reflection: id, expiresAt: now + READER_LINK_LIFE };
  return { removalUrl: to.removalUrl(link) };
}

/** Only notices about a reply are named by one. */
function ownReplyLink(to: Links, dispatch: Dispatch, now: Instant): Pick<MailLinks, "ownReplyUrl"> {
  const [occasion = ""] = noticeOccasions(dispatch);
  if (!isOwnReplyQuestion(occasion)) return {};
  const { subscriber, slug } = dispatch;
  const about = { subscriber, reflection: slug.slice(slug.lastIndexOf("-") + 1) };
  return { ownReplyUrl: to.ownReplyUrl({ ...about, expiresAt: now + OWN_REPLY_LINK_LIFE }) };
}
