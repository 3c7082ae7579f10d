import { sendAnswer } from "../consent/answer-reader.ts";
import { reflectionId } from "../consent/reflection-id.ts";
import { findCourse } from "../domain/content.ts";
import { readAddress } from "../domain/people/address.ts";
import type { Subscriber } from "../domain/people/subscriber.ts";
import { deliveryReport, machine } from "../domain/replies/machine.ts";
import type { Reflection } from "../domain/replies/reflection.ts";
import { dispatchId } from "../domain/sending/dispatch.ts";
import type { InboundMail } from "../mail/inbound/inbound.ts";
import { ownWords } from "../mail/inbound/own-words.ts";
import type { ReceivedMail, Services } from "../ports.ts";
import type { OpenedMail } from "./open-mail.ts";
import { tellOwner } from "./relay.ts";
import type { Unmatched } from "./unmatched.ts";

/**
 * The owner's reply to a relayed question, on its way to the reader. Taken only from the owner's mailbox and only
 * with DMARC's pass: others who come to know the address must not speak for the owner.
 */
export async function takeOwnerAnswer(
  services: Services,
  mail: OpenedMail,
  about: { subscriber: string; reflection: string },
): Promise<Unmatched | undefined> {
  const { inbound } = mail;
  if (!inbound) return { unmatched: "The owner's answer cannot be read" };
  const refused = refusal(services, mail, inbound);
  if (refused !== undefined) return { unmatched: refused };
  const subscriber = await services.store.subscriber(about.subscriber);
  const question = subscriber && (await services.store.reflection(subscriber.id, about.reflection));
  if (!question) return { unmatched: "The question that the owner answers is not there any more" };
  const answer = makeAnswer(services, mail, inbound, question);
  const why = machineSign(mail, inbound, answer);
  if (why === undefined) {
    await services.store.keepReflection(answer);
    await relayAnswer(services, subscriber, answer, question);
  } else services.log.info("owner-machine", { mail: mail.sesMessageId, reason: why });
  return undefined;
}

/** Why a mail to that address is not taken as the owner's, or undefined. */
function refusal(
  { settings }: Services,
  { verdicts }: ReceivedMail,
  { from }: InboundMail,
): string | undefined {
  if (!isOwner(settings, from))
    return "An answer to a reader came from another address than the owner's mailbox";
  if (verdicts.dmarc !== "PASS") return "DMARC did not pass: the owner's address may be forged";
  return verdicts.virus === "FAIL" || verdicts.spam === "FAIL"
    ? "SES took the owner's answer for spam, or found a virus"
    : undefined;
}

/** Whether a mail says that it is from the owner's mailbox. */
export const isOwner = ({ ownerMailbox }: Services["settings"], from: string | undefined): boolean =>
  canonical(from) !== undefined && canonical(from) === canonical(ownerMailbox);

function canonical(address: string | undefined): string | undefined {
  const read = address === undefined ? undefined : readAddress(address);
  return read && !("problem" in read) ? read.canonical : undefined;
}

/** An absence note of the owner's is no answer. */
function machineSign(
  { source }: ReceivedMail,
  { from, headers, subject }: InboundMail,
  { ownWords: words }: Reflection,
): string | undefined {
  const facts = { source, from, headers, subject, ownWords: words };
  return deliveryReport(facts) ?? machine(facts);
}

function makeAnswer(
  { settings, content }: Services,
  mail: ReceivedMail,
  inbound: InboundMail,
  question: Reflection,
): Reflection {
  const { text, html, subject, references, attachments } = inbound;
  const messageId = inbound.messageId ?? `<${mail.sesMessageId}@unnamed.invalid>`;
  const { subscriber, course, run, lesson } = question;
  const name = findCourse({ content }, course)?.senderName ?? settings.ownerName;
  const sent = { addresses: [`@${settings.mailDomain}`], name, subject: "", text: question.ownWords };
  return {
    ...{ kind: "reflection", id: reflectionId(messageId), subscriber, course, run, lesson },
    inReplyTo: dispatchId({ subscriber, list: course, run, kind: "relay", slug: question.id }),
    receivedAt: mail.receivedAt,
    replyKind: "owner-answer",
    reason: "From the owner's mailbox, with DMARC's pass",
    answers: question.id,
    ownWords: ownWords({ text, html, sent }).text,
    ...{ subject, messageId, references, attachments, raw: mail.key },
  };
}

/** To the reader, if they are here; else the owner is told that it went nowhere. */
async function relayAnswer(
  services: Services,
  subscriber: Subscriber,
  answer: Reflection,
  question: Reflection,
): Promise<void> {
  const isEmpty = answer.ownWords.trim() === "";
  if (isEmpty || (await sendAnswer(services, subscriber, answer, question)) === "left")
    return tellOwner(services, answer);
}
