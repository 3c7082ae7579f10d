import { createHash } from "node:crypto";
import { findCourse } from "../domain/content.ts";
import { type Course, lessonBySlug } from "../domain/course/course.ts";
import { inLanguage } from "../domain/course/translations.ts";
import { consentRecord, type Origin, shown, UNDO_VOICE_TEXT, VOICE } from "../domain/people/consent.ts";
import { agreementText } from "../domain/people/consent-texts.ts";
import type { Consent, Subscriber } from "../domain/people/subscriber.ts";
import { quotable, type Reflection } from "../domain/replies/reflection.ts";
import { knownNames, listProposals } from "../domain/replies/voices/proposals.ts";
import {
  acceptedShelf,
  isOffered,
  mayOffer,
  offeredVoice,
  type Voice,
  type VoiceKey,
  withOffer,
  withWithdrawal,
} from "../domain/replies/voices/voice.ts";
import { type LedgerEntry, readDispatchId } from "../domain/sending/dispatch.ts";
import { base32 } from "../links/base32.ts";
import type { HolderStore, Needs, OnShelf, ReflectionStore, Services, VoiceStore } from "../ports.ts";

const ID_BYTES = 10;

/** The name of a reflection where it is a voice: always the same one, so that a second yes is the first. */
export function voiceId({ subscriber, id }: Pick<Reflection, "subscriber" | "id">): string {
  const digest = createHash("sha256").update(`voice ${subscriber} ${id}`).digest();
  return base32(digest.subarray(0, ID_BYTES));
}

/** The course of a reflection whose author may let others read it; undefined if nobody is asked about it. */
export function findOfferable(
  { content }: Pick<Services, "content">,
  reflection: Reflection,
): Course | undefined {
  const course = findCourse({ content }, reflection.course);
  return course && mayOffer(reflection, course) ? course : undefined;
}

type Offering = Needs<HolderStore & ReflectionStore & VoiceStore, "content" | "clock" | "log">;

/**
 * Its author has said yes. The owner looks at it before anybody reads it. Said twice, it is said once; after a taking back it
 * is offered anew.
 * @returns undefined where there is nothing to offer: the reflection is gone, or its author has left everything
 */
export async function offerVoice(
  services: Offering,
  { subscriber: author, id }: Pick<Reflection, "subscriber" | "id">,
  origin: Origin,
): Promise<Voice | undefined> {
  const { store, clock, log } = services;
  const subscriber = await store.subscriber(author);
  const reflection = await store.reflection(author, id);
  const offerable = reflection && findOfferable(services, reflection);
  if (subscriber?.status !== "active" || !offerable) return undefined;
  const course = inLanguage(offerable, subscriber.language);
  const words = quotable(await store.reflections(author))(reflection);
  const offered = offeredVoice({
    id: voiceId(reflection),
    course: course.slug,
    lesson: lessonBySlug(course, reflection.lesson)?.slug ?? reflection.lesson,
    language: course.language,
    proposals: listProposals(words, course.language, knownNames(subscriber)),
    ...{ reflection, words },
    consent: voiceConsent(course, clock.now(), origin),
  });
  const kept = await store.keepVoice(offered, (voice) => withOffer(voice, offered));
  log.info("voice-offered", { subscriber: author, voice: kept.id });
  return kept;
}

function voiceConsent(course: Course, at: number, origin: Origin): Consent {
  return consentRecord("confirmed", VOICE, shown(agreementText(course.language).voice), at, origin);
}

type TakingBack = Needs<VoiceStore, "clock" | "log">;

/** Its author takes it back: nobody reads it any more, once this has returned. Idempotent. Undefined if it is not there. */
export async function takeBackVoice(
  { store, clock, log }: TakingBack,
  key: VoiceKey,
  origin: Origin,
): Promise<Voice | undefined> {
  const consent = consentRecord("withdrawn", VOICE, shown(UNDO_VOICE_TEXT), clock.now(), origin);
  const voice = await store.changeVoice(key, (kept) => withWithdrawal(kept, consent));
  if (voice) log.info("voice-taken-back", { subscriber: key.subscriber, voice: key.id });
  return voice;
}

/** What its author can take back, the latest first. */
export async function listOffered(
  { store }: Needs<VoiceStore>,
  { id }: Pick<Subscriber, "id">,
): Promise<Voice[]> {
  const voices = (await store.voices(id)).filter(isOffered);
  return voices.sort((one, other) => other.offeredAt - one.offeredAt || (one.id < other.id ? -1 : 1));
}

/** An answer is deleted, or put otherwise, by its author on their page: nobody else reads it any more. */
export async function takeBackAnswer(
  services: TakingBack,
  reflection: Pick<Reflection, "subscriber" | "id">,
): Promise<void> {
  const key = { subscriber: reflection.subscriber, id: voiceId(reflection) };
  await takeBackVoice(services, key, { source: "/personal", network: "unknown", userAgent: undefined });
}

/** Of 25 voices each: a lesson has not more chosen ones than anybody could read. */
const MOST_PAGES = 40;

/** Whose it is: its own id leads to nobody but by the shelf of the lesson that the mail was about. */
export async function findShownVoice(
  { store, content, clock }: Needs<VoiceStore, "content" | "clock">,
  { dispatch, voice }: Pick<LedgerEntry, "dispatch"> & { voice?: string | undefined },
): Promise<VoiceKey | undefined> {
  const about = readDispatchId(dispatch);
  const course = findCourse({ content }, about?.list);
  const lesson = course && about && lessonBySlug(course, about.slug);
  for (const name of lesson ? [lesson.slug, ...lesson.was] : []) {
    const shelf = acceptedShelf(course?.slug ?? "", name);
    let last: OnShelf | undefined;
    for (let read = 0; read < MOST_PAGES; read++) {
      const page = await store.shelf(shelf, clock.now(), last);
      const found = page.find(({ id }) => id === voice);
      if (found) return found;
      last = page.at(-1);
      if (!last) break;
    }
  }
  return undefined;
}
