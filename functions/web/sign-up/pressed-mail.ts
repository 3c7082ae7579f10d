import type { Consent } from "../../domain/people/subscriber.ts";
import { type LedgerEntry, readDispatchId } from "../../domain/sending/dispatch.ts";
import { type Instant, MINUTE } from "../../domain/time.ts";
import { CONFIRM_LINK_LIFE } from "../../links/links.ts";

/** Clocks of our functions and of SES agree by less. */
const CLOCKS_DIFFER_BY = MINUTE;

/**
 * The confirmation mail that a link came in: the first that left after the link was made. Undefined if the ledger does
 * not know it (yet); the consent counts all the same.
 */
export function pressedMail(ledger: readonly LedgerEntry[], linkExpiresAt: Instant): Consent["confirmation"] {
  const madeAt = linkExpiresAt - CONFIRM_LINK_LIFE;
  const [mail] = ledger
    .filter(({ dispatch }) => readDispatchId(dispatch)?.kind === "confirmation")
    .filter(({ sentAt }) => sentAt >= madeAt - CLOCKS_DIFFER_BY)
    .sort((one, other) => one.sentAt - other.sentAt);
  return mail && { messageId: mail.messageId, sentAt: mail.sentAt };
}
