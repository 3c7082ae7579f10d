import { createHash } from "node:crypto";
import type { PersonRecord } from "../../console/table/people.ts";
import type { Course } from "../../functions/domain/course/course.ts";
import {
  type Enrolment,
  inertEnrolment,
  type Rating,
  withActivation,
} from "../../functions/domain/course/enrolment.ts";
import type { Subscriber } from "../../functions/domain/people/subscriber.ts";
import type { Reflection } from "../../functions/domain/replies/reflection.ts";
import { dispatchId, type LedgerEntry } from "../../functions/domain/sending/dispatch.ts";
import { DAY, HOUR, type Instant, MINUTE } from "../../functions/domain/time.ts";
import { aConsent } from "./consents.ts";
import { aReflection } from "./reflections.ts";
import { CADENCE } from "./services.ts";

const WEEK = 7 * DAY;

/** Someone who signed up at a moment and confirmed an hour later. */
export const aReader = (id: string, at: Instant, more: Partial<Subscriber> = {}): Subscriber => ({
  kind: "subscriber",
  id,
  version: 0,
  status: "active",
  address: `${id}@x.example`,
  addressHash: `hash of ${id}`,
  zone: "UTC",
  asksFor: { course: "course", newsletter: false },
  newsletter: false,
  consents: [aConsent("requested", "course", at), aConsent("confirmed", "course", at + HOUR)],
  requests: 0,
  createdAt: at,
  agenda: {},
  ...more,
});

export const anEnrolment = (subscriber: string, at: Instant, more: Partial<Enrolment> = {}): Enrolment => ({
  ...withActivation(inertEnrolment(subscriber, "course", CADENCE, at), at),
  ...more,
});

export const aSentLesson = (
  subscriber: string,
  slug: string,
  sentAt: Instant,
  state: LedgerEntry["state"] = "delivered",
): LedgerEntry => ({
  dispatch: dispatchId({ subscriber, list: "course", run: 1, kind: "lesson", slug }),
  messageId: `${subscriber}-${slug}`,
  sentAt,
  state,
  stateAt: sentAt + MINUTE,
});

export const aReply = (
  to: LedgerEntry,
  receivedAt: Instant,
  replyKind: Reflection["replyKind"] = "reflection",
): Reflection =>
  aReflection(to.dispatch.split("_")[0] as string, receivedAt, {
    id: `${to.messageId}-${receivedAt}`,
    lesson: to.dispatch.split("_").at(-1) as string,
    inReplyTo: to.dispatch,
    replyKind,
    messageId: `<${to.messageId}@x.example>`,
  });

/** Always the same for the same reader and question: from 0 to 1. */
const chance = (reader: number, what: string): number =>
  createHash("sha256").update(`${reader} ${what}`).digest().readUInt32BE() / 2 ** 32;

/** Readers as a course may have them, joining over a year: some reply, some leave, some stay to the end. */
export async function* readersOfAYear(
  course: Course,
  count: number,
  now: Instant,
): AsyncGenerator<PersonRecord> {
  for (let reader = 0; reader < count; reader++) yield readerOfAYear(course, reader, now);
}

function readerOfAYear(course: Course, reader: number, now: Instant): PersonRecord {
  const id = `reader${reader}`;
  const joinedAt = now - Math.floor(chance(reader, "joined") ** 1.4 * 52 * WEEK);
  if (chance(reader, "confirms") > 0.82)
    return {
      subscriber: aReader(id, joinedAt, {
        status: "unconfirmed",
        consents: [aConsent("requested", "course", joinedAt)],
      }),
      enrolments: [],
      ledger: [],
      reflections: [],
    };
  const ledger: LedgerEntry[] = [];
  const reflections: Reflection[] = [];
  let leftAt: Instant | undefined;
  for (const [place, { slug }] of course.lessons.entries()) {
    const sentAt = joinedAt + (place + 1) * WEEK;
    if (sentAt > now || leftAt !== undefined) break;
    const state = chance(reader, `bounces ${slug}`) > 0.99 ? "bounced" : "delivered";
    const entry = {
      ...aSentLesson(id, slug, sentAt, state),
      dispatch: dispatchId({ subscriber: id, list: course.slug, run: 1, kind: "lesson", slug }),
    };
    ledger.push(entry);
    if (chance(reader, `replies ${slug}`) > 0.66 + place * 0.012)
      reflections.push(aReply(entry, sentAt + Math.floor(chance(reader, `waits ${slug}`) ** 3 * 60 * HOUR)));
    if (chance(reader, `leaves ${slug}`) > 0.965) leftAt = sentAt + DAY;
  }
  const done = ledger.map(({ dispatch }) => dispatch.split("_").at(-1) as string);
  const completedAt = joinedAt + (course.lessons.length + 1) * WEEK;
  const isDone = leftAt === undefined && completedAt <= now;
  const before = Math.ceil(chance(reader, "before") * 4) as Rating;
  const after = Math.min(5, before + Math.round(chance(reader, "after") * 2)) as Rating;
  const left = leftAt === undefined ? [] : [aConsent("withdrawn", course.slug, leftAt)];
  const subscriber = aReader(id, joinedAt, { newsletter: chance(reader, "newsletter") > 0.6 });
  return {
    subscriber: { ...subscriber, consents: [...subscriber.consents, ...left] },
    enrolments: [
      anEnrolment(id, joinedAt, {
        course: course.slug,
        status:
          leftAt !== undefined
            ? "left"
            : isDone
              ? "completed"
              : chance(reader, "pauses") > 0.93
                ? "paused"
                : "active",
        done,
        ...(isDone && { completedAt }),
        ratings: { ...(chance(reader, "rates") > 0.4 && { before, ...(isDone && { after }) }) },
      }),
    ],
    ledger,
    reflections,
  };
}
