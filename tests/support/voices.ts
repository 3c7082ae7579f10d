import { offerVoice } from "../../functions/consent/voices.ts";
import { inertEnrolment, withActivation } from "../../functions/domain/course/enrolment.ts";
import {
  newSubscriber,
  type Subscriber,
  withConfirmation,
} from "../../functions/domain/people/subscriber.ts";
import type { Reflection } from "../../functions/domain/replies/reflection.ts";
import { type Voice, withDecision } from "../../functions/domain/replies/voices/voice.ts";
import { addressHash } from "../../functions/links/links.ts";
import type { Services } from "../../functions/ports.ts";
import { aConsent } from "./consents.ts";
import { CADENCE } from "./services.ts";

const BY_TEST = { source: "test", network: "unknown", userAgent: undefined };

/** A reader of the course, at an address, who has had its first lesson. */
export async function addAuthor(
  { store, clock, random, keyring }: Services,
  address: string,
  course = "course",
) {
  const at = clock.now();
  const consent = aConsent("confirmed", course, at);
  const hash = addressHash(await keyring.keys(), address);
  const asks = { address, addressHash: hash, zone: "UTC", course, newsletter: false, consent };
  const id = random(10);
  await store.bindAddress(hash, id);
  await store.save(withConfirmation(newSubscriber(id, asks, at), consent));
  const begun = withActivation(inertEnrolment(id, course, CADENCE, at), at);
  await store.save({ ...begun, agenda: {}, done: ["one"] });
  return (await store.subscriber(id)) as Subscriber;
}

/** What somebody wrote in answer to a lesson. */
export const anAnswer = (
  subscriber: string,
  id: string,
  ownWords: string,
  more: Partial<Reflection> = {},
): Reflection => ({
  ...{ kind: "reflection", id, subscriber, course: "course", run: 1, lesson: "one", receivedAt: 1 },
  inReplyTo: `${subscriber}_course_1_lesson_one`,
  ...{ replyKind: "reflection", reason: "", ownWords, subject: "Re: About one" },
  ...{ messageId: `<${id}@mail.example>`, references: [], attachments: [] },
  ...more,
});

/** An answer that its author lets others read; chosen by the owner, unless told otherwise. */
export async function addVoice(
  services: Services,
  author: Pick<Subscriber, "id">,
  words: string,
  {
    standing = "accepted",
    ...more
  }: { standing?: "offered" | "accepted" | "refused" } & Partial<Reflection> = {},
): Promise<Voice> {
  const { store, clock, random } = services;
  const id = Buffer.from(random(10)).toString("hex").slice(0, 20);
  const answer = anAnswer(author.id, id, words, more);
  await store.keepReflection(answer);
  const offered = await offerVoice(services, answer, BY_TEST);
  if (!offered) throw new Error("It could not be offered");
  if (standing === "offered") return offered;
  return (await store.changeVoice(offered, (voice) => withDecision(voice, standing, clock.now()))) as Voice;
}
