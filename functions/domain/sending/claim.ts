import { type Instant, MINUTE, SECOND } from "../time.ts";
import type { AgendaKey, DispatchId } from "./dispatch.ts";

/**
 * The right to send one dispatch now. It is held on the item that carries the reader's consent, so that one
 * conditional write decides both "may this be sent?" and "am I the one who sends it?".
 *
 *   claimed            no call starts         until               until + 15 min
 *     |------ SES calls ------|------ 20 s ------|------ in doubt ------|
 *                                               dead: did SES take it?  resolve by the ledger
 */
export interface Claim {
  dispatch: DispatchId;
  /** The agenda entry that the dispatch fulfils. */
  key: AgendaKey;
  /** A random word of the claimer's: after a write whose answer was lost, it tells whether the write was applied. */
  by: string;
  /** The claim is alive before this moment and dead from it on. */
  until: Instant;
  /** Set by the first deliverer that meets the claim dead; the item then waits out the grace. */
  inDoubt?: boolean;
  /** SES answered that it failed: the doubt is none that parks. */
  isAway?: boolean;
}

/** How long a claim lives. */
export const CLAIM_LIFE = 60 * SECOND;
/** No SES call starts in a claim's last 20 s: a call takes at most 10 s, so none is pending when the claim dies. */
const CLAIM_CLOSING = 20 * SECOND;
/** How long after a claim's death SES's Send event may still tell that the mail did leave. */
const DOUBT_GRACE = 15 * MINUTE;

export const isAlive = (claim: Claim, now: Instant): boolean => now < claim.until;
export const mayCallSes = (claim: Claim, now: Instant): boolean => now < claim.until - CLAIM_CLOSING;
/** When a dead claim may be resolved by looking into the ledger. */
export const doubtEnds = (claim: Claim): Instant => claim.until + DOUBT_GRACE;
