import { OperationalError } from "../errors.ts";
import { type InboundMail, parseInbound } from "../mail/inbound/inbound.ts";
import type { ReceivedMail, Services } from "../ports.ts";

/** SES takes mails of 40 MB; what is parsed of one is less. */
const MOST_RAW_BYTES = 42 * 1024 * 1024;

/** Undefined if the mail cannot be parsed: it is then kept by what its envelope tells. */
export async function openMail(services: Services, mail: ReceivedMail): Promise<InboundMail | undefined> {
  try {
    return await parseInbound(await services.inbox.read(mail.key, MOST_RAW_BYTES));
  } catch (error) {
    const isUnreadable =
      error instanceof OperationalError && ["mail-unreadable", "mail-too-large"].includes(error.code);
    if (!isUnreadable) throw error;
    services.log.warn(error.code, { mail: mail.sesMessageId, detail: error.message });
    return undefined;
  }
}

/** Keeps a mail that belongs to no reader we know where the owner looks for it. */
export async function keepUnmatched(
  { store, log, alarms }: Services,
  mail: ReceivedMail,
  inbound: InboundMail | undefined,
  reason: string,
): Promise<void> {
  const messageId = inbound?.messageId ?? `<${mail.sesMessageId}>`;
  await store.keepUnmatched({ messageId, receivedAt: mail.receivedAt, raw: mail.key, reason });
  log.warn("reply-unmatched", { mail: mail.sesMessageId, reason });
  log.count("RepliesUnmatched");
  await alarms.see("unmatched", reason);
}
