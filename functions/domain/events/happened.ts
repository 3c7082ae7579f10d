import { type Enrolment, MOVE_OUTCOMES } from "../course/enrolment.ts";
import { isRehearsal } from "../people/rehearsal.ts";
import type { Consent, Subscriber } from "../people/subscriber.ts";
import type { Reflection, ReplyKind } from "../replies/reflection.ts";
import { RESUME_KEY } from "../sending/agenda.ts";
import { type DeliveryState, type LedgerEntry, readDispatchId } from "../sending/dispatch.ts";
import type { Holder } from "../sending/holder.ts";
import { mailKind } from "../sending/mail-kinds.ts";
import { type Instant, iso } from "../time.ts";
import type { EventOf, EventType, ReaderEvent } from "./reader-event.ts";
import { TOLD_REPLIES } from "./told-replies.ts";

/*
 * What happened is told by what has changed on the item, at the one place where items are written, so that no verb can
 * forget it. An id is made of what happened, so it is the same however often it is told.
 */

type Before = { version: number } | undefined;

/** @param name of this event among all of its type; no dot may stand in a webhook's id */
const makeEvent = <T extends EventType>(
  type: T,
  name: readonly (string | number)[],
  at: Instant,
  data: EventOf<T>["data"],
): ReaderEvent =>
  ({
    id: ["evt", type.replace(".", "-"), ...name].join("_"),
    type,
    timestamp: iso(at),
    data,
  }) as EventOf<T> as ReaderEvent;

/**
 * What the change of a holder tells.
 * @param before as it was read; undefined for one that is new
 */
export function holderEvents<H extends Holder>(before: H | undefined, after: H, now: Instant): ReaderEvent[] {
  if (after.kind === "subscriber") return personEvents(before as Subscriber | undefined, after, now);
  if (after.kind === "enrolment") return courseEvents(before as Enrolment | undefined, after, now);
  return [];
}

function personEvents(before: Subscriber | undefined, after: Subscriber, now: Instant): ReaderEvent[] {
  const { id: reader } = after;
  if (isRehearsal(reader)) return [];
  if (after.erasedAt !== undefined)
    return before?.erasedAt === undefined ? [makeEvent("reader.erased", [reader], now, { reader })] : [];
  if (before?.consents === after.consents) return [];
  const known = before?.consents ?? [];
  const fresh = after.consents.filter((consent) => !known.some((one) => isSameConsent(one, consent)));
  return fresh.flatMap((consent, place) => consentEvent(before, after, consent, place));
}

const isSameConsent = (one: Consent, other: Consent): boolean =>
  one.event === other.event && one.at === other.at && one.list === other.list;

function consentEvent(
  before: Subscriber | undefined,
  { id: reader, version, newsletter, stoppedBy }: Subscriber,
  { event, list, actor: by, at, why }: Consent,
  place: number,
): ReaderEvent[] {
  const name = [reader, at, nextVersion({ version }), place];
  switch (event) {
    case "requested":
      return [makeEvent("reader.asked", name, at, { reader, list, by })];
    case "confirmed": {
      const more = newsletter && !before?.newsletter && list !== "newsletter";
      return [
        makeEvent("reader.confirmed", name, at, { reader, list, by, ...(more && { newsletter: true }) }),
      ];
    }
    case "withdrawn": {
      const isAll = list === "everything" && stoppedBy !== undefined && stoppedBy !== "reader";
      const because = isAll ? stoppedBy : by === "owner" ? "owner" : "asked";
      return [makeEvent("reader.left", name, at, { reader, list, by, because, ...(why && { why }) })];
    }
    default:
      return [];
  }
}

/** An item's version names each of its writes: the one that carries the event. */
const nextVersion = (item: Before): number => (item?.version ?? 0) + 1;

function courseEvents(before: Enrolment | undefined, after: Enrolment, now: Instant): ReaderEvent[] {
  const { subscriber: reader, course, run } = after;
  if (!before || isRehearsal(reader)) return [];
  const name = [reader, course, nextVersion(after)];
  const data = { reader, course, run };
  const until = after.agenda[RESUME_KEY]?.dueAt;
  const tell = (isTrue: boolean, event: () => ReaderEvent): ReaderEvent[] => (isTrue ? [event()] : []);
  return [
    ...tell(hasBegun(before, after), () => makeEvent("course.began", name, now, data)),
    ...tell(before.status === "active" && after.status === "paused", () =>
      makeEvent("course.paused", name, now, { ...data, ...(until !== undefined && { until: iso(until) }) }),
    ),
    ...tell(before.status === "paused" && after.status === "active" && before.run === run, () =>
      makeEvent("course.resumed", name, now, data),
    ),
    ...tell(hasFinished(before, after), () =>
      makeEvent("course.finished", name, after.completedAt ?? now, data),
    ),
    ...moveEvents(before, after, now),
  ];
}

const hasBegun = (before: Enrolment, { status, run }: Enrolment): boolean =>
  status === "active" && (before.status === "inert" || run > Math.max(before.run, before.earlier?.run ?? 0));

const hasFinished = (before: Enrolment, { completedAt, run }: Enrolment): boolean =>
  completedAt !== undefined && completedAt !== before.completedAt && run === before.run;

/** A lesson that was renamed since keeps its move under the new name alone. */
function moveEvents(before: Enrolment, after: Enrolment, now: Instant): ReaderEvent[] {
  const { subscriber: reader, course, run, moves = {} } = after;
  if (before.run !== run) return [];
  const had = before.moves ?? {};
  const make = (lesson: string, outcome: EventOf<"course.move">["data"]["outcome"]) =>
    makeEvent("course.move", [reader, course, nextVersion(after), lesson], now, {
      ...{ reader, course, run, lesson, outcome },
    });
  const told = Object.keys(moves).filter((lesson) => moves[lesson] !== had[lesson]);
  if (told.length > 0)
    return told.flatMap((lesson) =>
      MOVE_OUTCOMES.filter((one) => one === moves[lesson]).map((one) => make(lesson, one)),
    );
  const gone = Object.keys(had).filter((lesson) => !Object.hasOwn(moves, lesson));
  return gone.map((lesson) => make(lesson, "takenBack"));
}

/** What of a mail's way is told; a delay is none of it. */
const MAIL_EVENTS: Partial<Record<DeliveryState, EventType & `mail.${string}`>> = {
  delivered: "mail.delivered",
  bounced: "mail.bounced",
  complained: "mail.complained",
  rejected: "mail.rejected",
};

/** What a new entry of the ledger tells: that the mail was sent, and how far it came if that is known. */
export const sentEvents = (entry: LedgerEntry): ReaderEvent[] => [
  ...mailEvent("mail.sent", entry, entry.sentAt),
  ...stateEvents(entry),
];

/** What an entry tells that has moved on. */
export function stateEvents(entry: LedgerEntry): ReaderEvent[] {
  const type = MAIL_EVENTS[entry.state];
  return type ? mailEvent(type, entry, entry.stateAt) : [];
}

function mailEvent(
  type: EventType & `mail.${string}`,
  { dispatch: id }: LedgerEntry,
  at: Instant,
): ReaderEvent[] {
  const dispatch = readDispatchId(id);
  if (!dispatch || isRehearsal(dispatch.subscriber) || mailKind(dispatch.kind).to === "owner") return [];
  const { subscriber: reader, list, run, kind, slug } = dispatch;
  return [makeEvent(type, [id], at, { reader, list, run, kind, slug, dispatch: id })];
}

/** What is told of a reply that is kept, or that turns out to be of another kind. */
export function replyEvents(before: Reflection | undefined, after: Reflection): ReaderEvent[] {
  const { subscriber: reader, course, run, lesson: slug, id: reply, inReplyTo: dispatch } = after;
  const kind = toldKind(after.replyKind);
  if (isRehearsal(reader) || !kind || (before && toldKind(before.replyKind) === kind)) return [];
  const data = { reader, course, run, slug, dispatch, reply, kind };
  return [makeEvent("reader.replied", [reader, reply, kind], after.receivedAt, data)];
}

/** Of grave news other tools learn nothing. */
const toldKind = (kind: ReplyKind): EventOf<"reader.replied">["data"]["kind"] | undefined =>
  kind === "grave" ? "reflection" : TOLD_REPLIES.find((told) => told === kind);
