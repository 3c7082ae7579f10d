import { saysLeft } from "../consent/return-by-reply.ts";
import { findVoiceAsked } from "../consent/voice-by-reply.ts";
import { findCourseFor } from "../domain/content.ts";
import { choiceWords, findChoiceAsked } from "../domain/course/choices.ts";
import type { Course } from "../domain/course/course.ts";
import { findMoveAsked } from "../domain/course/moves.ts";
import { recipientDomain } from "../domain/people/address.ts";
import { LARGE_PROVIDERS } from "../domain/people/limits.ts";
import { isConfirmedSender } from "../domain/people/other-senders.ts";
import { isRehearsal } from "../domain/people/rehearsal.ts";
import { isSamePerson } from "../domain/people/twins.ts";
import type { MailAsked } from "../domain/replies/asks/asks.ts";
import { readRatingRequest } from "../domain/replies/command.ts";
import { mailKind } from "../domain/sending/mail-kinds.ts";
import type { InboundMail } from "../mail/inbound/inbound.ts";
import type { ReceivedMail, Services } from "../ports.ts";
import { allGraveWords, siteCommands } from "./commands.ts";
import { type Binding, fromHash } from "./match-reply.ts";
import type { Circumstances } from "./read-reply.ts";
import { sentMail } from "./sent-mail.ts";

/** What is known about a reply beside what stands in it. */
export async function makeCircumstances(
  services: Services,
  bound: Binding,
  mail: ReceivedMail,
  inbound: InboundMail,
): Promise<Circumstances> {
  const { subscriber } = bound;
  return {
    sent: await sentMail(services, bound),
    received: { receivedAt: mail.receivedAt, zone: subscriber.zone },
    source: mail.source,
    isFromSubscriber: await isFromReader(services, bound, inbound),
    isFromSubscribersDomain: isSameDomain(subscriber, inbound),
    isByToken: bound.isByToken,
    isRehearsal: isRehearsal(subscriber.id),
    mailDomain: services.settings.mailDomain,
    commands: siteCommands(services, bound),
    grave: allGraveWords(services),
    ...(await findAsked(services, bound)),
    verdicts: mail.verdicts,
  };
}

/**
 * From the address that we know; or, with the token, from another spelling of the same mailbox, or from an address that
 * its reader has confirmed. Whether DMARC failed is asked where it is decided what may follow.
 */
async function isFromReader(
  services: Services,
  { subscriber, isByToken }: Binding,
  inbound: InboundMail,
): Promise<boolean> {
  const hash = await fromHash(services, inbound);
  if (hash === undefined) return false;
  if (hash === subscriber.addressHash) return true;
  if (!isByToken) return false;
  return isSamePerson(subscriber.address, inbound.from ?? "") || isConfirmedSender(subscriber, hash);
}

/** A domain of their company or their own: everybody is at the large providers. */
function isSameDomain({ address }: Binding["subscriber"], { from = "" }: InboundMail): boolean {
  const domain = recipientDomain(from);
  return domain === recipientDomain(address) && !LARGE_PROVIDERS.has(domain);
}

/** What a mail asks its reader for, beside its question. One of an earlier run asks about no move any more, and for no choice. */
export async function findAsked(
  services: Services,
  bound: Binding,
): Promise<{ asksForRating: boolean; mailAsked: MailAsked }> {
  const { dispatch, subscriber } = bound;
  const course = findCourseFor(services, dispatch.list, subscriber);
  const enrolment = course && (await services.store.enrolment(subscriber.id, course.slug));
  const done = course && enrolment?.run === dispatch.run ? enrolment.done : undefined;
  return {
    asksForRating: course !== undefined && readRatingRequest(course, done ?? [], dispatch) !== undefined,
    mailAsked: {
      isToFarewell: saysLeft(dispatch),
      isAboutLetters: mailKind(dispatch.kind).needs.includes("letters-link"),
      voiceAsked: await findVoiceAsked(services, bound),
      ...(course && done && askedInCourse(course, done, dispatch)),
    },
  };
}

function askedInCourse(course: Course, done: readonly string[], dispatch: Binding["dispatch"]): MailAsked {
  const question = findChoiceAsked(course, dispatch);
  return {
    asksForMove: findMoveAsked(course, done, dispatch) !== undefined,
    choiceAsked: question && { question: question.slug, options: choiceWords(question, course.language) },
  };
}
