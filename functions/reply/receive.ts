import type { WrittenAnswer } from "../domain/replies/written.ts";
import { OperationalError } from "../errors.ts";
import type { HolderStore, Needs, ReceivedMail, Services } from "../ports.ts";
import { type Addressee, readAddressee } from "./addressee.ts";
import { leaveByAddress } from "./leave-by-address.ts";
import { openMail } from "./open-mail.ts";
import { takeOwnerAnswer } from "./owner-answer.ts";
import { takeReply } from "./take-reply.ts";
import { takeWritten } from "./take-written.ts";
import { keepUnmatched } from "./unmatched.ts";

/** What a reader wrote: by mail, or on a page. */
export const takeMessage = (services: Services, message: ReceivedMail | WrittenAnswer): Promise<void> =>
  "writes" in message ? takeWritten(services, message) : receive(services, message);

/** A mail to one of our addresses: whom it is addressed to says what it is about, and who goes on with it. */
export async function receive(services: Services, mail: ReceivedMail): Promise<void> {
  const addressee = await readAddressee(services, mail);
  try {
    await take(services, mail, addressee);
  } catch (error) {
    if (!(await wentWithItsReader(services, addressee, error))) throw error;
    services.log.info("mail-erased", { mail: mail.sesMessageId });
  }
}

async function take(services: Services, mail: ReceivedMail, addressee: Addressee): Promise<void> {
  if (addressee.about === "leaving") return leaveByAddress(services, mail, addressee.leavings);
  const opened = await openMail(services, mail);
  const nobodys =
    addressee.about === "question"
      ? await takeOwnerAnswer(services, opened, addressee)
      : await takeReply(services, opened, addressee);
  if (nobodys) await keepUnmatched(services, opened, nobodys.unmatched);
}

/**
 * A mail that was set aside may be put back after its reader has erased everything: its raw form went with them, and
 * nothing is left to be done. Tried again, it would be set aside for ever.
 */
async function wentWithItsReader(
  { store }: Needs<HolderStore>,
  addressee: Addressee,
  error: unknown,
): Promise<boolean> {
  const isMissing = error instanceof OperationalError && error.code === "mail-missing";
  if (!isMissing || !("subscriber" in addressee)) return false;
  const reader = await store.holder({ subscriber: addressee.subscriber });
  return reader === undefined || (reader.kind === "subscriber" && reader.erasedAt !== undefined);
}
