import { reflectionId } from "../consent/reflection-id.ts";
import { deliveryReport, machine } from "../domain/replies/machine.ts";
import { mailKey } from "../domain/sending/agenda.ts";
import { dispatchId } from "../domain/sending/dispatch.ts";
import { newOwner, OWNER_KEY, ownerGets, ownersDispatch } from "../domain/sending/owner.ts";
import { DAY } from "../domain/time.ts";
import type { InboundMail } from "../mail/inbound/inbound.ts";
import type { ReceivedMail, Services } from "../ports.ts";

/** An owner needs to be told once; a program that answers for them must not be told for ever. */
const MOST_A_DAY = 3;

/**
 * The owner wrote to an address of ours that leads to nobody, as a reply to the digest does: they are told how to reach a
 * reader. An absence note of theirs, and the same mail delivered again, get nothing.
 */
export async function tellHowToAnswer(
  { store, clock, nudge, log }: Services,
  { source, sesMessageId }: ReceivedMail,
  { from, headers, subject, messageId, text }: InboundMail,
): Promise<void> {
  const facts = { source, from, headers, subject, ownWords: text ?? "" };
  const sign = deliveryReport(facts) ?? machine(facts);
  if (sign !== undefined) return log.info("owner-machine", { mail: sesMessageId, reason: sign });
  const mail = { kind: "relay", slug: reflectionId(messageId ?? sesMessageId) } as const;
  const key = mailKey(mail.kind, mail.slug);
  const entry = { dueAt: clock.now() };
  if (await store.ledgerEntry(dispatchId(ownersDispatch(newOwner(), mail)))) return;
  const isKnown = (await store.owner()).agenda[key] !== undefined;
  const limit = { key: "how-to-answer", most: MOST_A_DAY, windowMs: DAY };
  if (!isKnown && (await store.count(limit)) !== undefined) return log.warn("how-to-answer-limited");
  const owner = await store.change(newOwner(), (current) => ownerGets(current, key, entry));
  if (owner?.agenda[key]) await nudge.send(OWNER_KEY, 0);
}
