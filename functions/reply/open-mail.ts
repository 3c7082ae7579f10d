import { OperationalError } from "../errors.ts";
import { type InboundMail, parseInbound } from "../mail/inbound/inbound.ts";
import type { ReceivedMail, Services } from "../ports.ts";

/** SES takes mails of 40 MB; what is parsed of one is less. */
const MOST_RAW_BYTES = 42 * 1024 * 1024;

/** A mail that came in, and what is in it. */
export interface OpenedMail extends ReceivedMail {
  /** Undefined if it cannot be parsed: it is then kept by what its envelope tells. */
  inbound: InboundMail | undefined;
}

/** Reads the raw mail, once for all who go on with it. */
export async function openMail(services: Services, mail: ReceivedMail): Promise<OpenedMail> {
  return { ...mail, inbound: await readInbound(services, mail) };
}

async function readInbound(services: Services, mail: ReceivedMail): Promise<InboundMail | undefined> {
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
