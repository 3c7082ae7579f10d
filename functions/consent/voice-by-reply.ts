import { findCourse } from "../domain/content.ts";
import { lessonPlace } from "../domain/course/course.ts";
import type { VoiceAsked } from "../domain/replies/asks/exact-voice.ts";
import { listCommands, type Reflection, type RepliedTo } from "../domain/replies/reflection.ts";
import type { Voice } from "../domain/replies/voices/voice.ts";
import { type Dispatch, readDispatchId } from "../domain/sending/dispatch.ts";
import type { HolderStore, Needs, ReflectionStore, VoiceStore } from "../ports.ts";
import { findOfferable, listOffered, offerVoice, takeBackVoice } from "./voices.ts";

type Obeying = Needs<HolderStore & ReflectionStore & VoiceStore, "content" | "clock" | "log">;

/** What the mail that was replied to lets its reader say of an answer of theirs. */
export async function findVoiceAsked(services: Obeying, about: RepliedTo): Promise<VoiceAsked> {
  return {
    mayOffer: (await findAnswerAsked(services, about)) !== undefined,
    mayTakeBack: (await listOffered(services, about.subscriber)).length > 0,
  };
}

/** The answer of which a prompt asked whether others may read it; undefined for every other mail. */
async function findAnswerAsked(
  services: Needs<HolderStore & ReflectionStore, "content">,
  { subscriber, dispatch }: RepliedTo,
): Promise<Reflection | undefined> {
  if (dispatch.kind !== "prompt") return undefined;
  const { store } = services;
  const enrolment = await store.enrolment(subscriber.id, dispatch.list);
  const id = enrolment?.run === dispatch.run ? enrolment.prompted[dispatch.slug] : undefined;
  const answer = id === undefined ? undefined : await store.reflection(subscriber.id, id);
  return answer && findOfferable(services, answer) ? answer : undefined;
}

/** What a page would record of its request: a mail has none. */
const BY_REPLY = { source: "reply", network: "unknown", userAgent: undefined };

/**
 * Does what a reply says of an answer that others may read: nothing, for all other replies. A yes counts where the mail is
 * proven to be its reader's; a taking back always.
 */
export async function obeyVoiceWord(
  services: Obeying,
  about: RepliedTo,
  reply: Reflection,
  { isProven }: { isProven: boolean },
): Promise<void> {
  const names = listCommands(reply).map(({ name }) => name);
  const answer = names.includes("offer") && isProven ? await findAnswerAsked(services, about) : undefined;
  if (answer) await offerVoice(services, answer, BY_REPLY);
  for (const voice of names.includes("take-back") ? await listMeant(services, about) : [])
    await takeBackVoice(services, voice, BY_REPLY);
}

/** What is taken back: what belongs to the lesson that the mail is about; where there is none of it, all of it. */
async function listMeant(services: Obeying, { subscriber, dispatch }: RepliedTo): Promise<Voice[]> {
  const offered = await listOffered(services, subscriber);
  const about = await findLessonMeant(services, dispatch);
  const course = findCourse(services, about.list);
  const isMeant = ({ course: list, lesson }: Voice): boolean =>
    course !== undefined &&
    list === course.slug &&
    lessonPlace(course, lesson) === lessonPlace(course, about.slug);
  const meant = offered.filter(isMeant);
  return meant.length > 0 ? meant : offered;
}

/** The notice about a yes names the reply that said it, and that one the prompt, which names its lesson. */
async function findLessonMeant({ store }: Obeying, dispatch: Dispatch): Promise<Dispatch> {
  if (dispatch.kind !== "notice") return dispatch;
  const said = await store.reflection(
    dispatch.subscriber,
    dispatch.slug.slice(dispatch.slug.lastIndexOf("-") + 1),
  );
  return readDispatchId(said?.inReplyTo ?? "") ?? dispatch;
}
