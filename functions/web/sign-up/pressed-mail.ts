import type { Consent } from "../../domain/people/subscriber.ts";
import { type Dispatch, type LedgerEntry, readDispatchId } from "../../domain/sending/dispatch.ts";
import { type Instant, MINUTE } from "../../domain/time.ts";
import { CONFIRM_LINK_LIFE } from "../../links/links.ts";

/** Clocks of our functions and of SES agree by less. */
const CLOCKS_DIFFER_BY = MINUTE;

/**
 * The mail that a link came in: of those that are meant, the first that left after the link was made. Undefined if the
 * ledger does not know it (yet); the consent counts all the same.
 */
export function pressedMail(
  ledger: readonly LedgerEntry[],
  linkExpiresAt: Instant,
  isMeant: (dispatch: Dispatch) => boolean,
): Consent["confirmation"] {
  const madeAt = linkExpiresAt - CONFIRM_LINK_LIFE;
  const [mail] = ledger
    .filter(({ dispatch: id }) => {
      const dispatch = readDispatchId(id);
      return dispatch !== undefined && isMeant(dispatch);
    })
    .filter(({ sentAt }) => sentAt >= madeAt - CLOCKS_DIFFER_BY)
    .sort((one, other) => one.sentAt - other.sentAt);
  return mail && { messageId: mail.messageId, sentAt: mail.sentAt };
}
