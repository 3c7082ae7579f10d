import type { Enrolment } from "./course/enrolment.ts";
import { isRehearsal } from "./people/rehearsal.ts";
import type { Subscriber } from "./people/subscriber.ts";
import { isForOwner } from "./replies/conversation.ts";
import type { Reflection } from "./replies/reflection.ts";
import { parkedKeys } from "./sending/agenda.ts";
import { readDispatchId } from "./sending/dispatch.ts";
import type { Holder } from "./sending/holder.ts";
import { spreadId } from "./sending/shard.ts";
import { type Instant, iso } from "./time.ts";

/*
 * The owner asks every day: who is Ulrike, what was written, what waits for me. A scan of 50,000 readers answers that in
 * half a minute and for half a cent. So people, courses and replies stand in one sparse index, `desk`, on a few
 * partitions; parts of a name are searched there, by DynamoDB. What an item has in it is written with the item itself, in
 * the same conditional write. The owner's console reads it, and the function that answers
 * the owner's programs.
 */

/** What an item carries for its place in the `desk` index. */
export interface DeskPlace {
  /** The partition: `people-3`, `courses-3`, `replies-1`, or `waits`. */
  desk: string;
  /** When it began, in ISO's form, and whose it is: newest first, and none like another. */
  deskOrder: string;
  /** People: their name and address, as `toSearchable` writes them. */
  deskFind?: string;
  /** Courses: the lesson that was had last. */
  deskLesson?: string;
}

/** How many partitions each kind has: read side by side, 50,000 people are six pages of two calls. */
export const DESK_PARTITIONS = { people: 8, courses: 8, replies: 4 } as const;

/** Whatever waits for a person: replies that nobody dealt with, and holders with parked mail. Few, so one partition. */
export const WAITS = "waits";

/**
 * What the index holds of an item besides its keys. Words, names and tags of nobody but the person's own item; the words of a
 * reply are not among them. DynamoDB takes twenty at the most.
 */
export const DESK_ATTRIBUTES = [
  ...["kind", "status", "stoppedBy", "newsletter", "tags", "expiresAt", "deskFind"],
  ...["course", "deskLesson"],
  ...["lesson", "replyKind", "isGrave", "receivedAt", "answeredAt", "doneAt"],
] as const;

const LONGEST_SEARCHED = 400;

/** A text as it is searched: lower case, without accents, so that "Zoe" finds "Zoë" and "muller" finds "Müller". */
export const toSearchable = (text: string): string =>
  text.slice(0, LONGEST_SEARCHED).normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().normalize("NFC");

/** What of a person is searched. */
export const searchedText = ({
  firstName = "",
  address,
}: Pick<Subscriber, "firstName" | "address">): string => toSearchable(`${firstName}\n${address}`);

/** Undefined for what the owner never looks for: a rehearsal's, someone erased, the owner's own mail. */
export function holderDeskPlace(holder: Holder): DeskPlace | undefined {
  if (holder.kind === "owner") return undefined;
  return holder.kind === "subscriber" ? personPlace(holder) : coursePlace(holder);
}

function personPlace({ id, erasedAt, createdAt, firstName, address, agenda }: Subscriber) {
  if (isRehearsal(id) || erasedAt !== undefined) return undefined;
  const isParked = parkedKeys(agenda).length > 0;
  return {
    desk: isParked ? WAITS : deskPartition("people", id),
    deskOrder: order(createdAt, id),
    deskFind: searchedText({ address, ...(firstName !== undefined && { firstName }) }),
  };
}

function coursePlace({ subscriber, startedAt, done, agenda }: Enrolment): DeskPlace | undefined {
  if (isRehearsal(subscriber)) return undefined;
  const isParked = parkedKeys(agenda).length > 0;
  const had = done.at(-1);
  return {
    desk: isParked ? WAITS : deskPartition("courses", subscriber),
    deskOrder: order(startedAt, subscriber),
    ...(had !== undefined && { deskLesson: had }),
  };
}

/** The owner's own answers are no replies: they stand beside what they answer. */
export function replyDeskPlace(reply: Reflection): DeskPlace | undefined {
  const { id, subscriber, receivedAt, replyKind } = reply;
  if (isRehearsal(subscriber) || replyKind === "owner-answer") return undefined;
  return {
    desk: waitsForOwner(reply) ? WAITS : deskPartition("replies", id),
    deskOrder: order(receivedAt, id),
  };
}

/** A person must see it, or wrote something beside a request that no machine reads; and nobody has dealt with it. */
export function waitsForOwner(reply: Reflection): boolean {
  if (reply.answeredAt !== undefined || reply.doneAt !== undefined || reply.replyKind === "owner-answer")
    return false;
  if (reply.besides !== undefined) return true;
  const dispatch = readDispatchId(reply.inReplyTo);
  return dispatch !== undefined && isForOwner(reply, dispatch);
}

const deskPartition = (kind: keyof typeof DESK_PARTITIONS, id: string): string =>
  `${kind}-${spreadId(id) % DESK_PARTITIONS[kind]}`;

/** The partitions of a kind. */
export const listDeskPartitions = (kind: keyof typeof DESK_PARTITIONS): string[] =>
  Array.from({ length: DESK_PARTITIONS[kind] }, (_, place) => `${kind}-${place}`);

const order = (at: Instant, id: string): string => `${iso(at)} ${id}`;
