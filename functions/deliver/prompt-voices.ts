import { findOfferable } from "../consent/voices.ts";
import { type Course, lessonBySlug } from "../domain/course/course.ts";
import { isRehearsal } from "../domain/people/rehearsal.ts";
import type { Subscriber } from "../domain/people/subscriber.ts";
import type { Reflection } from "../domain/replies/reflection.ts";
import {
  acceptedShelf,
  chooseVoice,
  mayBeShown,
  type Voice,
  type VoiceKey,
  type VoiceReader,
  type WithAuthor,
  withShowing,
} from "../domain/replies/voices/voice.ts";
import type { Dispatch } from "../domain/sending/dispatch.ts";
import type { Instant } from "../domain/time.ts";
import { type Links, links, OFFER_LINK_LIFE, VOICE_LINK_LIFE } from "../links/links.ts";
import type { Composition } from "../mail/compose/composition.ts";
import type { HolderStore, LedgerStore, Needs, OnShelf, Services, VoiceStore } from "../ports.ts";

/** Pages of 25: whoever has seen, or must not see, all of these gets none. */
const MOST_PAGES = 4;

/** What a prompt says of voices: the question whether others may read the answer, and what another reader wrote. */
export async function findPromptVoices(
  services: Services,
  dispatch: Dispatch,
  about: { course: Course; subscriber: Subscriber; reflection: Reflection | undefined; now: Instant },
): Promise<Pick<Composition, "offerUrl" | "voice">> {
  const { course, subscriber, reflection, now } = about;
  if (dispatch.kind !== "prompt" || !reflection || course.voices === false) return {};
  const { webOrigin, settings, keyring } = services;
  const to: Links = links({ webOrigin, mailDomain: settings.mailDomain, keys: await keyring.keys() });
  const voice = await findVoice(services, subscriber, course, reflection.lesson);
  const person = { subscriber: subscriber.id };
  return {
    ...(findOfferable(services, reflection) && {
      offerUrl: to.offerUrl({ ...person, reflection: reflection.id, expiresAt: now + OFFER_LINK_LIFE }),
    }),
    ...(voice && {
      voice: {
        key: { subscriber: voice.subscriber, id: voice.id },
        words: voice.words,
        url: to.voiceUrl({ ...person, voice: voice.id, expiresAt: now + VOICE_LINK_LIFE }),
      },
    }),
  };
}

/** What another reader wrote to the same question, if the owner has chosen enough. The shelf only hints: the voice itself decides. */
async function findVoice(
  { store, clock }: Needs<HolderStore & LedgerStore & VoiceStore, "clock">,
  { id, address }: Subscriber,
  course: Course,
  slug: string,
): Promise<Voice | undefined> {
  const lesson = lessonBySlug(course, slug);
  if (!lesson || isRehearsal(id)) return undefined;
  const names = [lesson.slug, ...lesson.was];
  const rows = await listShelves({ store }, course, names, clock.now());
  if (rows.length === 0) return undefined;
  const seen = new Set((await store.ledger(id)).flatMap(({ voice }) => voice ?? []));
  const reader: VoiceReader = {
    id,
    address,
    seen,
    lesson: { slug: course.slug, language: course.language, names },
  };
  const shelf = await Promise.all(rows.map((row) => readWithAuthor({ store }, row)));
  return chooseVoice(shelf.flat(), reader);
}

async function listShelves(
  { store }: Needs<VoiceStore>,
  course: Course,
  names: readonly string[],
  now: Instant,
): Promise<OnShelf[]> {
  const rows: OnShelf[] = [];
  for (const name of names) {
    const shelf = acceptedShelf(course.slug, name);
    let page = await store.shelf(shelf, now);
    for (let read = 1; page.length > 0; read++) {
      rows.push(...page);
      page = read < MOST_PAGES ? await store.shelf(shelf, now, page.at(-1)) : [];
    }
  }
  return rows.sort((one, other) => one.dueAt - other.dueAt);
}

async function readWithAuthor(
  { store }: Needs<HolderStore & VoiceStore>,
  row: OnShelf,
): Promise<WithAuthor[]> {
  const [voice, author] = await Promise.all([store.voice(row), store.subscriber(row.subscriber)]);
  return voice ? [{ voice, author }] : [];
}

/** Read once more, right before a mail leaves: whether its author and the owner still let it be shown. */
export async function isStillShown(
  { store }: Needs<HolderStore & VoiceStore>,
  key: VoiceKey,
): Promise<boolean> {
  const [voice, author] = await Promise.all([store.voice(key), store.subscriber(key.subscriber)]);
  return mayBeShown(voice, author);
}

/** It has left with a mail. */
export async function countShowing(
  { store, clock }: Needs<VoiceStore, "clock">,
  key: VoiceKey,
): Promise<void> {
  const now = clock.now();
  await store.changeVoice(key, (voice) => withShowing(voice, now));
}
