import { isAtMailDomain } from "./address.ts";

/*
 * A rehearsal (`npm run rehearse`) is a stage that proves itself: its readers sign up, learn, reply and leave as all
 * others do, in the owner's account, and nothing of them stays. Their mail is at the stage's own mail domain, which SES
 * may always mail, and receives. So they are exempt from what guards against loops, strangers and bad lists, and are
 * counted nowhere.
 *
 * The exemption is in the subscriber's id, because the id is all that most functions know of a person: it stands in each
 * item's key, in each dispatch and in each token. Only a sign-up with a form that the keyring has signed for this run
 * makes such an id (`web/sign-up/sign-up.ts`); ids of all other people are drawn here too, and are none.
 */

/** `rehearsal+<run>@` the mail domain; a receipt rule of its own takes it. */
export const REHEARSAL_LOCAL_PART = "rehearsal";

/** How the id of a rehearsal's reader begins. Letters of base32, as ids are. */
const ID_BEGINS = "rehearsal";
/** A subscriber's id is 80 random bits. */
const ID_BYTES = 10;

/** Whether a subscriber's id is that of a rehearsal's reader. */
export const isRehearsal = (subscriber: string): boolean => subscriber.startsWith(ID_BEGINS);

/** A new id of a rehearsal's reader; 35 of its bits are random, and there are four of them at a time. */
export const makeRehearsalId = (random: (bytes: number) => string): string =>
  ID_BEGINS + random(ID_BYTES).slice(ID_BEGINS.length);

/** A new id of any other person. One in 2^45 would be taken for a rehearsal's: it is drawn again. */
export function makeSubscriberId(random: (bytes: number) => string): string {
  for (;;) {
    const id = random(ID_BYTES);
    if (!isRehearsal(id)) return id;
  }
}

/** What a rehearsal plays: a reader, and what SES's mailbox simulator does to a mail. */
export const REHEARSAL_PARTS = ["reader", "bounce", "complaint", "ooto"] as const;
export type RehearsalPart = (typeof REHEARSAL_PARTS)[number];

/** The addresses of a run. The simulator's carry the run as a label, so that no run meets what another has left. */
export const rehearsalAddress = (part: RehearsalPart, run: string, mailDomain: string): string =>
  part === "reader"
    ? `${REHEARSAL_LOCAL_PART}+${run}@${mailDomain}`
    : `${part}+${run}@simulator.amazonses.com`;

/**
 * Whether an address may be signed up with a form.
 * @param run the rehearsal that the form is signed for; undefined for everybody else's, who may not name an address of ours
 */
export function maySignUp(canonical: string, run: string | undefined, mailDomain: string): boolean {
  if (run === undefined) return !isAtMailDomain(canonical, mailDomain);
  return REHEARSAL_PARTS.some((part) => rehearsalAddress(part, run, mailDomain).toLowerCase() === canonical);
}
