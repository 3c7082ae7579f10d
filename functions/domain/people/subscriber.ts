import type { Answers } from "../course/questions.ts";
import type { Telling } from "../events/outbox.ts";
import { NEWSLETTER } from "../newsletter/issue.ts";
import {
  type Agenda,
  type AgendaEntry,
  type DuePlace,
  duePlace,
  ERASE_AGAIN_KEY,
  FINISH_STOP_KEY,
  FORGET_ADDRESS_KEY,
  isMailKey,
  mailKey,
  readKey,
  withoutEntry,
} from "../sending/agenda.ts";
import type { Claim } from "../sending/claim.ts";
import type { AgendaKey } from "../sending/dispatch.ts";
import { mailKind } from "../sending/mail-kinds.ts";
import { DAY, HOUR, type Instant } from "../time.ts";
import type { LeaveReason } from "./leave-reason.ts";
import type { OtherSender } from "./other-senders.ts";

/** A person. `unconfirmed → active → stopped`; `stopped → unconfirmed` by a new sign-up. */
export interface Subscriber extends Telling {
  kind: "subscriber";
  id: string;
  /** Counts the writes of the item; a write with an older one is refused. 0: not written yet. */
  version: number;
  status: "unconfirmed" | "active" | "stopped";
  /** As typed; mail goes to it. */
  address: string;
  /** Keyed hash of the canonical address: the address in places that outlive the person. */
  addressHash: string;
  /** While the address is changed: the one that is theirs as well, until the change is done. */
  otherAddressHash?: string;
  /** The address that they want mail to go to, until a button pressed there says that it is theirs. */
  addressAsked?: AskedAddress;
  /** Those from which they changed it themselves, oldest first: from each, for a time, that can be taken back. */
  addressesBefore?: FormerAddress[];
  /** Other addresses from which replies to their mail came; the confirmed ones are theirs. */
  otherSenders?: OtherSender[];
  firstName?: string;
  /** IANA time zone. */
  zone: string;
  /** The one that they chose, of a course that speaks several; absent of who chose none. Courses that do not speak it keep theirs. */
  language?: string;
  /** The list that the latest sign-up asked for (a course, or `newsletter` alone), and whether the newsletter comes with it. */
  asksFor: { course: string; newsletter: boolean };
  /** By course: the answers of the latest sign-up for it, until its button is pressed. Anybody could have typed them. */
  answersWaiting?: Readonly<Record<string, Answers>>;
  newsletter: boolean;
  /** The owner's own words for sorting their list. */
  tags?: string[];
  /** Proof of what was agreed to, oldest first; the last 20 are kept. */
  consents: Consent[];
  /** Confirmation mails asked for since the address was last confirmed or stopped. */
  requests: number;
  stoppedBy?: StopReason;
  /** What had stopped them, until the owner lifted it: since then they may come back, as who left may. */
  liftedFrom?: StopReason;
  createdAt: Instant;
  /** Set on what stays for an hour of someone who was erased: it counts as absent. */
  erasedAt?: Instant;
  /** Of someone who was erased: the slug of the last issue from whose audience they were taken out. */
  forgottenUpTo?: string;
  /** Unconfirmed only: when the item may be forgotten. The reader of an expired item treats it as absent. */
  expiresAt?: Instant;
  agenda: Agenda;
  claim?: Claim;
}

/** Not theirs until it is confirmed. */
export interface AskedAddress {
  /** As typed. */
  address: string;
  addressHash: string;
  /** Of the request, for the limits of the mail that asks. */
  network: string;
  until: Instant;
}

export interface FormerAddress {
  address: string;
  addressHash: string;
  /** The end of the time in which the change can be taken back from there. */
  until: Instant;
}

/** `never`: whoever has the address wants no confirmation again, whatever is typed into the form. */
export type StopReason = "reader" | "never" | "bounce" | "complaint" | "owner";

/** Who did it: the person themselves, the owner by the console, an import by the owner, or a mail system's word. */
export type Actor = "self" | "owner" | "import" | "mail-system";

/** One word of a person, or about them, about a list: what proves later that they agreed, and when they did not. */
export interface Consent {
  event: "requested" | "confirmed" | "withdrawn" | "changed";
  at: Instant;
  list: string;
  /** Version of the text that was agreed to; the text itself is kept under this name. */
  text: string;
  /** Version of the privacy notice that stood beside it, by its name among the texts. */
  notice?: string;
  /** SHA-256 of the text and the notice as they were shown, the owner's and the author's names filled in. */
  textHash?: string;
  /** The page on which it was pressed, or what else told us. */
  source: string;
  /** Version of the form that was filled in. */
  form?: string;
  /** Requested only: the word of the link that led to the form, and the host of the site with the link. */
  from?: string;
  referrer?: string;
  /** The language of the words that were shown. */
  locale?: string;
  actor: Actor;
  /** Why the owner did it; imports: which one, and the words that these people agreed to. One line. */
  evidence?: string;
  /** Confirmed only: the mail whose link was pressed. Its id is SES's; its Message-ID is made from it. */
  confirmation?: { messageId: string; sentAt: Instant };
  /** Network of the request, /24 or /48: enough for proof, less than an address. */
  network?: string;
  userAgent?: string;
  /** Withdrawn only: why, if they said so in one click. */
  why?: LeaveReason;
}

const MOST_CONSENTS = 20;

export interface SignUp {
  address: string;
  addressHash: string;
  firstName?: string;
  zone: string;
  /** Chosen on the form of a course that speaks several. */
  language?: string | undefined;
  course: string;
  newsletter: boolean;
  answers?: Answers;
  consent: Consent;
  /** How long it is kept if it is not confirmed; 14 days if not told. */
  keptFor?: number;
}
const KEPT_FOR = 14 * DAY;

/** A new person, who has not confirmed yet. */
export function newSubscriber(id: string, signUp: SignUp, now: Instant): Subscriber {
  return asksToJoin(
    {
      kind: "subscriber",
      id,
      version: 0,
      status: "unconfirmed",
      address: signUp.address,
      addressHash: signUp.addressHash,
      zone: signUp.zone,
      asksFor: { course: signUp.course, newsletter: signUp.newsletter },
      newsletter: false,
      consents: [],
      requests: 0,
      createdAt: now,
      agenda: {},
    },
    signUp,
    now,
    now,
  );
}

/**
 * A sign-up of someone who is not active: what they typed is taken over, and a confirmation is put on the agenda
 * for `confirmAt` (later than now where a limit was met).
 */
export function asksToJoin(
  subscriber: Subscriber,
  signUp: SignUp,
  now: Instant,
  confirmAt: Instant,
): Subscriber {
  const { keptFor = KEPT_FOR } = signUp;
  const startsOver = subscriber.status === "stopped" || lastRequestTime(subscriber) <= now - keptFor;
  const fresh: Subscriber = {
    ...withAnswersWaiting(subscriber, signUp),
    status: "unconfirmed",
    address: signUp.address,
    firstName: signUp.firstName ?? subscriber.firstName,
    zone: signUp.zone,
    ...(signUp.language !== undefined && { language: signUp.language }),
    asksFor: { course: signUp.course, newsletter: signUp.newsletter },
    consents: withConsent(subscriber.consents, signUp.consent),
    requests: startsOver ? 0 : subscriber.requests,
    expiresAt: now + keptFor,
  };
  // Someone who was here before is not forgotten because a stranger typed their address into the form.
  if (subscriber.consents.some(({ event }) => event === "confirmed")) delete fresh.expiresAt;
  delete fresh.stoppedBy;
  delete fresh.liftedFrom;
  return asksForConfirmation(fresh, confirmAt);
}

/** Those of the latest sign-up for a course stand alone: half of another form's would be nobody's word. */
function withAnswersWaiting(subscriber: Subscriber, { course, answers }: SignUp): Subscriber {
  const others = withoutAnswersWaiting(subscriber, course);
  if (!answers || Object.keys(answers).length === 0) return others;
  return { ...others, answersWaiting: { ...others.answersWaiting, [course]: answers } };
}

/** They stand on the enrolment now, or the sign-up has ended. */
export function withoutAnswersWaiting(subscriber: Subscriber, course: string): Subscriber {
  const { answersWaiting, ...rest } = subscriber;
  if (!answersWaiting || !Object.hasOwn(answersWaiting, course)) return subscriber;
  const { [course]: _, ...others } = answersWaiting;
  return Object.keys(others).length > 0 ? { ...rest, answersWaiting: others } : rest;
}

/** What last asked for a confirmation. */
const lastRequest = ({ consents }: Pick<Subscriber, "consents">): Consent | undefined =>
  consents.findLast(({ event }) => event === "requested");

/** Undefined where the owner brought the address: an import has a pace of its own. */
export function requestNetwork(subscriber: Subscriber): string | undefined {
  const request = lastRequest(subscriber);
  return request?.actor === "self" ? (request.network ?? "unknown") : undefined;
}

export const lastRequestTime = (subscriber: Subscriber): Instant =>
  lastRequest(subscriber)?.at ?? subscriber.createdAt;

/**
 * A sign-up of an active person who has left or completed the course: what they have goes on as it is, and a
 * confirmation asks whether it was them. Nothing typed into the form is taken over but what is asked for.
 */
export function asksToReturn(subscriber: Subscriber, signUp: SignUp, confirmAt: Instant): Subscriber {
  const returning: Subscriber = {
    ...withAnswersWaiting(subscriber, signUp),
    asksFor: { course: signUp.course, newsletter: signUp.newsletter },
    consents: withConsent(subscriber.consents, signUp.consent),
  };
  return asksForConfirmation(returning, confirmAt);
}

/**
 * One more confirmation mail at `confirmAt`, if one is not waiting already. How many leave is for the mailbox's limits
 * (`limits.ts`), which hold over all spellings, and which the owner can lift for a reader.
 */
export function asksForConfirmation(subscriber: Subscriber, confirmAt: Instant): Subscriber {
  const waiting = Object.keys(subscriber.agenda).some((key) => isMailKey("confirmation", key));
  if (waiting) return subscriber;
  const requests = subscriber.requests + 1;
  // Named by its moment: the count starts over when someone comes back, and a ledger entry must not stand for two mails.
  const key = mailKey("confirmation", `${confirmAt}-${requests}`);
  return {
    ...subscriber,
    requests,
    agenda: { ...subscriber.agenda, [key]: { dueAt: confirmAt, doubts: 0 } },
  };
}

/**
 * The reader pressed the button. Pressing it again changes nothing, and an old button does not bring back
 * someone who has stopped since: that takes a new sign-up.
 */
export function withConfirmation(subscriber: Subscriber, consent: Consent): Subscriber {
  if (subscriber.status === "stopped") return subscriber;
  const asked = latestConsent(subscriber, consent.list)?.event === "requested";
  if (subscriber.status === "active" && !asked) return subscriber;
  const { expiresAt: _, ...kept } = subscriber;
  const active: Subscriber = {
    ...kept,
    status: "active",
    consents: withConsent(subscriber.consents, consent),
  };
  const joins = consent.list === NEWSLETTER || comesWithNewsletter(subscriber, consent.list);
  const joined = joins ? { ...active, newsletter: true } : active;
  return listsToConfirm(joined, consent.at).length > 0 ? joined : nothingMoreToConfirm(joined);
}

/** Its form had the newsletter's box, and it was ticked: one button confirms both. */
const comesWithNewsletter = ({ asksFor }: Pick<Subscriber, "asksFor">, list: string): boolean =>
  asksFor.newsletter && asksFor.course === list;

const nothingMoreToConfirm = (subscriber: Subscriber): Subscriber => ({
  ...subscriber,
  requests: 0,
  agenda: withoutEntry(subscriber.agenda, (key) => isMailKey("confirmation", key)),
});

/** Older requests that nobody confirmed are not brought up again. */
const REQUEST_COUNTS_FOR = 14 * DAY;

/**
 * The lists that wait for their button, that of the latest sign-up first. A newsletter that was ticked beside a course
 * waits with it, and has no button of its own.
 */
export function listsToConfirm(subscriber: Subscriber, now: Instant): string[] {
  const { asksFor, consents } = subscriber;
  const asked = new Set(consents.map(({ list }) => list));
  const waiting = [...asked].filter((list) => {
    const latest = latestConsent(subscriber, list);
    return latest?.event === "requested" && latest.at > now - REQUEST_COUNTS_FOR;
  });
  const withTheirs = asksFor.newsletter && asksFor.course !== NEWSLETTER && waiting.includes(asksFor.course);
  return waiting
    .filter((list) => list !== NEWSLETTER || !(withTheirs || subscriber.newsletter))
    .sort((one, other) => Number(other === asksFor.course) - Number(one === asksFor.course));
}

/** Who asked for the newsletter alone, and confirmed it, gets one mail at once. Named by its moment: they may leave and come back. */
export function withNewsletterWelcome(subscriber: Subscriber, now: Instant): Subscriber {
  const key = mailKey("welcome", String(now));
  return { ...subscriber, agenda: { ...subscriber.agenda, [key]: { dueAt: now, doubts: 0 } } };
}

/** They get the newsletter, with the record of it; unchanged if they do already, or have not confirmed or have stopped. */
export function withNewsletter(subscriber: Subscriber, record: Consent): Subscriber {
  if (subscriber.newsletter || subscriber.status !== "active") return subscriber;
  return { ...subscriber, newsletter: true, consents: withConsent(subscriber.consents, record) };
}

/** The latest word of this person about a list; that of a list they left says so. */
export function latestConsent(subscriber: Pick<Subscriber, "consents">, list: string): Consent | undefined {
  return subscriber.consents.findLast((consent) => consent.list === list || consent.list === "everything");
}

/** Nothing more for this person. `finish-stop` lets the next pass finish what a killed request began. */
export function withStop(
  subscriber: Subscriber,
  reason: StopReason,
  consent: Consent,
  now: Instant,
): Subscriber {
  const { liftedFrom: _, answersWaiting: __, ...stopping } = subscriber;
  const forget = subscriber.agenda[FORGET_ADDRESS_KEY];
  return {
    ...stopping,
    status: "stopped",
    stoppedBy: reason,
    newsletter: false,
    requests: 0,
    consents: withConsent(subscriber.consents, consent),
    agenda: {
      [FINISH_STOP_KEY]: { dueAt: now, doubts: 0 },
      ...(forget && { [FORGET_ADDRESS_KEY]: forget }),
    },
  };
}

/** Mail on its way, and SES's word about it, can still write about someone: what they wrote goes after this. */
const ERASE_AGAIN_AFTER = HOUR;

/**
 * What stays of someone who is being erased, for an hour: their random id, the keyed hash of their address (for a
 * complaint that comes late), and the second erasing on the agenda. Nothing is sent for it.
 */
export function markedErased(subscriber: Subscriber, now: Instant): Subscriber {
  if (subscriber.erasedAt !== undefined) return subscriber;
  const { kind, id, version, addressHash, otherAddressHash } = subscriber;
  return {
    kind,
    id,
    version,
    status: "stopped",
    address: "",
    addressHash,
    ...(otherAddressHash && { otherAddressHash }),
    zone: "UTC",
    asksFor: { course: "", newsletter: false },
    newsletter: false,
    consents: [],
    requests: 0,
    createdAt: now,
    erasedAt: now,
    agenda: { [ERASE_AGAIN_KEY]: { dueAt: now + ERASE_AGAIN_AFTER, doubts: 0 } },
  };
}

/** What of a subscriber's agenda may act in their present status. */
export function maySubscriber(subscriber: Subscriber, key: AgendaKey): boolean {
  if (key === ERASE_AGAIN_KEY || subscriber.erasedAt !== undefined) return key === ERASE_AGAIN_KEY;
  if (key === FINISH_STOP_KEY || key === FORGET_ADDRESS_KEY) return true;
  if (isMailedLink(key) && subscriber.stoppedBy === "reader") return true;
  const mail = readKey(key);
  switch (mail && mailKind(mail.kind).onSubscriber?.getsIt) {
    case "not-stopped":
      return subscriber.status !== "stopped";
    case "reads-issues":
      return getsIssues(subscriber);
    default:
      return subscriber.status === "active";
  }
}

/**
 * A link to the page, or to what is kept; that someone has left, who asked for it in more than a word; or whether it was
 * them who asked to come back. Someone who stopped all mail themselves gets it.
 */
const isMailedLink = (key: AgendaKey): boolean =>
  ["page-", "personal-", "left-", "back-"].some((occasion) => isMailKey("notice", key, occasion));

/** The subscriber with a mail due that one may get who has left; unchanged if it waits already, or nothing may be sent. */
export function withLastNotice(subscriber: Subscriber, key: AgendaKey, entry: AgendaEntry): Subscriber {
  if (subscriber.agenda[key] || !maySubscriber(subscriber, key)) return subscriber;
  return { ...subscriber, agenda: { ...subscriber.agenda, [key]: entry } };
}

/** One mail with a link at `now`, unless one of its kind waits already or the person may get none. */
export function asksForLink(
  subscriber: Subscriber,
  occasion: "page" | "personal" | "join",
  now: Instant,
): Subscriber {
  const key = mailKey("notice", `${occasion}-${now}`);
  const waits = Object.keys(subscriber.agenda).some((other) => isMailKey("notice", other, `${occasion}-`));
  if (waits || !maySubscriber(subscriber, key)) return subscriber;
  return { ...subscriber, agenda: { ...subscriber.agenda, [key]: { dueAt: now, doubts: 0 } } };
}

export function subscriberDue(subscriber: Subscriber): DuePlace | undefined {
  return duePlace(subscriber.agenda, subscriber.claim, (key) => maySubscriber(subscriber, key));
}

/**
 * The records with one more; at most 20. The oldest request goes first: anybody can type an address into a form,
 * and must not be able to push out the proof that its owner confirmed.
 */
export function withConsent(consents: Consent[], consent: Consent): Consent[] {
  const all = [...consents, consent];
  if (all.length <= MOST_CONSENTS) return all;
  const least = Math.max(
    0,
    all.findIndex(({ event }) => event === "requested"),
  );
  return all.filter((_, place) => place !== least);
}

/** A reader who gets issues: asked for, and not stopped since. */
export const getsIssues = ({ status, newsletter }: Pick<Subscriber, "status" | "newsletter">): boolean =>
  status === "active" && newsletter;
