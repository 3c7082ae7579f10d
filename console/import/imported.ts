import type { Answers } from "../../functions/domain/course/questions.ts";
import { NEWSLETTER } from "../../functions/domain/newsletter/issue.ts";
import {
  asksForConfirmation,
  type Consent,
  type StopReason,
  type Subscriber,
} from "../../functions/domain/people/subscriber.ts";
import { isMailKey } from "../../functions/domain/sending/agenda.ts";
import type { Instant } from "../../functions/domain/time.ts";

/** Someone out of a file, as far as the file tells: they agreed elsewhere. */
export interface Imported {
  address: string;
  addressHash: string;
  firstName?: string;
  zone: string;
  /** One that a course of the stage speaks. */
  language?: string;
  tags: string[];
  /** When they agreed. */
  joinedAt: Instant;
  newsletter: boolean;
  /** The course that they asked for, or are asked about. */
  course: string;
  /** They had stopped all mail where they come from: they are kept as stopped, and the address as suppressed. */
  stoppedBy?: StopReason;
  /** To the questions of the course. */
  answers?: Answers;
}

/** What the owner says about the consent of all people of a file. */
export interface Evidence {
  /** Names the import: the same file with the same evidence is the same import. */
  import: string;
  /** Where they agreed. */
  source: string;
  /** What they agreed to, word for word. */
  words: string;
}

/** What an import leads to beyond the list: nothing, the question whether they want it, or the course at once. */
export type ImportAim = "list" | "confirm" | "course";

const IMPORT_TEXT = "import-1";

/** One line: which import, and the words. */
const evidenceLine = ({ import: name, words }: Evidence): string => `import ${name}: ${words}`;

/** Whether a person came by this import: a second run goes on with them instead of calling them known. */
export const isOfImport = ({ consents }: Subscriber, evidence: Evidence): boolean =>
  consents.some((consent) => consent.evidence === evidenceLine(evidence));

/** What an import says of a person about a list. */
export const importConsent = (
  event: Consent["event"],
  list: string,
  at: Instant,
  evidence: Evidence,
): Consent => ({
  event,
  at,
  list,
  text: IMPORT_TEXT,
  source: evidence.source,
  actor: "import",
  evidence: evidenceLine(evidence),
});

/**
 * A person out of a file, before it is known whether their address may be mailed: nothing is sent to them, and
 * they are forgotten if it stays at that.
 * @param keptFor how long someone who has not confirmed is kept
 */
export function inertImport(
  id: string,
  person: Imported,
  evidence: Evidence,
  aim: ImportAim,
  now: Instant,
  keptFor: number,
): Subscriber {
  const event = aim === "confirm" ? "requested" : "confirmed";
  const at = aim === "confirm" ? now : person.joinedAt;
  const lists = [
    ...(aim === "list" && person.newsletter ? [] : [person.course]),
    ...(person.newsletter ? [NEWSLETTER] : []),
  ];
  return {
    kind: "subscriber",
    id,
    version: 0,
    status: "unconfirmed",
    address: person.address,
    addressHash: person.addressHash,
    ...(person.firstName !== undefined && { firstName: person.firstName }),
    zone: person.zone,
    ...(person.language !== undefined && { language: person.language }),
    asksFor: { course: person.course, newsletter: person.newsletter },
    newsletter: false,
    ...(person.tags.length > 0 && { tags: person.tags }),
    // Of who is put into the list alone, no enrolment will ever have them.
    ...(person.answers && aim === "confirm" && { answersWaiting: { [person.course]: person.answers } }),
    consents: lists.map((list) => importConsent(event, list, at, evidence)),
    requests: 0,
    createdAt: person.joinedAt,
    expiresAt: now + keptFor,
    agenda: {},
  };
}

/** Nothing was done with them since the import wrote them down. */
const isUntouched = ({ status, requests }: Subscriber): boolean => status === "unconfirmed" && requests === 0;

/** In the list, by the consent that they gave elsewhere. Done before, or changed by someone since: as it is. */
export function joinedByImport(subscriber: Subscriber): Subscriber {
  if (!isUntouched(subscriber)) return subscriber;
  const { expiresAt: _, ...kept } = subscriber;
  return { ...kept, status: "active", newsletter: subscriber.asksFor.newsletter };
}

/** They are asked by mail at a moment, once. A question that waits long does not shorten the time to answer it. */
export function askedByImport(subscriber: Subscriber, at: Instant, keptFor: number): Subscriber {
  if (!isUntouched(subscriber)) return subscriber;
  return { ...asksForConfirmation(subscriber, at), expiresAt: at + keptFor };
}

/** When they will be asked; undefined if they were, or will not be. */
export function confirmationTime({ agenda }: Subscriber): Instant | undefined {
  const waiting = Object.entries(agenda).filter(([key]) => isMailKey("confirmation", key));
  return waiting.length > 0 ? Math.max(...waiting.map(([, { dueAt }]) => dueAt)) : undefined;
}
