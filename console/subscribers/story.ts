import type { Enrolment } from "../../functions/domain/course/enrolment.ts";
import type { Consent, Subscriber } from "../../functions/domain/people/subscriber.ts";
import type { Reflection } from "../../functions/domain/replies/reflection.ts";
import { type LedgerEntry, readDispatchId } from "../../functions/domain/sending/dispatch.ts";
import type { Instant } from "../../functions/domain/time.ts";

/** All that is kept about a reader's way. */
export interface PersonHistory {
  subscriber: Subscriber;
  enrolments: Enrolment[];
  ledger: LedgerEntry[];
  reflections: Reflection[];
}

export interface StoryEvent {
  at: Instant;
  says: string;
  /** The reader's own words, where they are asked for. */
  words?: string;
  /** The reply that they stand in, by its id. */
  reply?: string;
}

/** What happened, oldest first, as far as it is kept: what a reader changed on their page leaves only its result. */
export function tellStory({ subscriber, enrolments, ledger, reflections }: PersonHistory): StoryEvent[] {
  const events = [
    ...subscriber.consents.map(consentEvent),
    ...enrolments.flatMap(courseEvents),
    ...ledger.map(mailEvent),
    ...reflections.map(replyEvent),
  ];
  return events.sort((one, other) => one.at - other.at);
}

const CONSENT_WORDS: Record<Consent["event"], string> = {
  requested: "asked for",
  confirmed: "confirmed",
  withdrawn: "left",
  changed: "changed:",
};

function consentEvent({ event, list, at, actor, source, why, evidence }: Consent): StoryEvent {
  const by =
    actor === "self" ? "" : ` by ${actor === "mail-system" ? "a bounce or complaint" : `the ${actor}`}`;
  const more = [source, why && `because ${why}`, evidence].filter(Boolean).join("; ");
  return { at, says: `${CONSENT_WORDS[event]} ${list}${by} (${more})` };
}

function courseEvents({ course, run, status, startedAt, completedAt, hold }: Enrolment): StoryEvent[] {
  const began = status === "inert" ? "was about to begin" : "began";
  return [
    { at: startedAt, says: `${began} ${course}${run > 1 ? `, run ${run}` : ""}` },
    ...(completedAt === undefined ? [] : [{ at: completedAt, says: `completed ${course}` }]),
    ...(hold ? [{ at: hold.since, says: `${course} was held: their mailbox said that they are away` }] : []),
  ];
}

function mailEvent({ dispatch, sentAt, state, stateAt }: LedgerEntry): StoryEvent {
  const read = readDispatchId(dispatch);
  const { kind = "mail", slug = "", list = "", run = 1 } = read ?? {};
  // Some are told apart by their moment.
  const named = slug.replace(/-?\d{13}(-\d+)?$/, "");
  const about = named === "" || named === kind ? "" : ` ${named}`;
  const where = list === "account" ? "" : ` of ${list}${run > 1 ? `, run ${run}` : ""}`;
  const after = Math.max(0, Math.round((stateAt - sentAt) / 1000));
  const became = state === "sent" ? "sent" : `${state}${after > 0 ? ` after ${after} s` : ""}`;
  return { at: sentAt, says: `✉ ${kind}${about}${where}: ${became}` };
}

function replyEvent({
  id,
  receivedAt,
  replyKind,
  lesson,
  course,
  ownWords,
  reason,
  asked,
}: Reflection): StoryEvent {
  const names = replyKind === "command" ? (asked ?? []).map(({ name }) => `“${name}”`) : [];
  const what = names.length > 0 ? `asked for ${names.join(" and ")}` : `replied (${replyKind}: ${reason})`;
  return { at: receivedAt, says: `↩ ${what}, to ${lesson} of ${course}`, words: ownWords, reply: id };
}
