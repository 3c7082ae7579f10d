import type { Services } from "../ports.ts";
import type { OpenedMail } from "./open-mail.ts";

/** A mail that belongs to no reader we know, or that is not taken as the owner's. */
export interface Unmatched {
  /** Why, for the owner. */
  unmatched: string;
}

/** Keeps it where the owner looks for it. */
export async function keepUnmatched(
  { store, log, alarms }: Services,
  { inbound, sesMessageId, receivedAt, key }: OpenedMail,
  reason: string,
): Promise<void> {
  const messageId = inbound?.messageId ?? `<${sesMessageId}>`;
  await store.keepUnmatched({ messageId, receivedAt, raw: key, reason });
  log.warn("reply-unmatched", { mail: sesMessageId, reason });
  log.count("RepliesUnmatched");
  await alarms.see("unmatched", reason);
}
