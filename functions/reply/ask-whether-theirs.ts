import { maskAddress, readAddress } from "../domain/people/address.ts";
import { personalLimit } from "../domain/people/limits.ts";
import {
  findSender,
  findSenderAsked,
  SENDER_QUESTION_LIMIT,
  withSenderQuestion,
} from "../domain/people/other-senders.ts";
import type { Reflection, RepliedTo } from "../domain/replies/reflection.ts";
import type { InboundMail } from "../mail/inbound/inbound.ts";
import type { HolderStore, LimitStore, Needs } from "../ports.ts";
import { fromHash } from "./match-reply.ts";

/**
 * A reply came from an address that we do not know, with the token that only its reader was told. They are asked once,
 * at the address that we know, whether it was them; nothing is mailed to the other one. The same mail, delivered again,
 * asks nothing more.
 */
export async function askWhetherTheirs(
  services: Needs<HolderStore & LimitStore, "keyring" | "clock" | "nudge" | "log">,
  { subscriber }: RepliedTo,
  { id, awaits }: Reflection,
  inbound: InboundMail | undefined,
): Promise<void> {
  const addressHash = inbound && awaits ? await fromHash(services, inbound) : undefined;
  const from = readAddress(inbound?.from ?? "");
  if (addressHash === undefined || "problem" in from) return;
  const isFirst = findSender(subscriber, addressHash) === undefined;
  if (isFirst && (await isAskedEnough(services, subscriber.id))) return;
  const masked = maskAddress(from.canonical);
  const asked = await services.store.change(subscriber, (current) =>
    withSenderQuestion(current, { addressHash, masked, askedAt: services.clock.now(), reflection: id }),
  );
  if (asked && findSenderAsked(asked, id)) await services.nudge.send({ subscriber: subscriber.id }, 0);
}

async function isAskedEnough({ store, log }: Needs<LimitStore, "log">, subscriber: string): Promise<boolean> {
  const limit = { key: personalLimit("sender-question", subscriber), ...SENDER_QUESTION_LIMIT };
  if ((await store.count(limit)) === undefined) return false;
  log.warn("sender-questions-limited", { subscriber });
  return true;
}
