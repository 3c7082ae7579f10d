import type { IndexRow, RowsWanted } from "../../functions/aws/desk-rows.ts";
import { waitsForOwner } from "../../functions/domain/desk-place.ts";
import type { Subscriber } from "../../functions/domain/people/subscriber.ts";
import { FOLLOWS } from "../../functions/domain/replies/follows.ts";
import type { Reflection, ReplyKind } from "../../functions/domain/replies/reflection.ts";
import type { Deployment } from "../connect.ts";
import { requireOwnerIndex } from "../desk-index.ts";
import type { OwnerIndex } from "../table/owner-index.ts";
import { type ReplyKey, replyName, toReplyKey } from "./reply-name.ts";

/** Which replies are looked for. All that is given must hold. */
export interface RepliesWanted {
  course?: string | undefined;
  lesson?: string | undefined;
  /** Without one: whatever a person wrote. */
  kind?: ReplyKind | undefined;
  /** The owner has neither answered it nor put it aside. */
  isUnanswered?: true | undefined;
  /** A person must see it, and nobody has dealt with it. */
  isWaiting?: true | undefined;
  /** Of one reader, by their id. */
  subscriber?: string | undefined;
  limit?: number;
  /** Where the page before ended. */
  before?: string | undefined;
}

export interface RepliesPage {
  /** Newest first. */
  replies: ListedReply[];
  /** For the next page; none is behind this one without it. */
  before?: string;
}

export interface ListedReply {
  /** By which commands, mails and the desk know it. */
  name: string;
  reply: Reflection;
  reader: Subscriber;
  isWaiting: boolean;
}

const A_PAGE = 25;
/** Of what waits for a person there are few: more than these are counted, not shown. */
const MOST_WAITING = 500;

/** Kinds that a person wrote, or may have. */
export const HUMAN_KINDS = (Object.keys(FOLLOWS) as ReplyKind[]).filter(
  (kind) => FOLLOWS[kind] !== "machine" && kind !== "owner-answer" && kind !== "unmatched",
);

/** A page of the replies that are looked for, as they are now. */
export async function listReplies(deployment: Deployment, wanted: RepliesWanted): Promise<RepliesPage> {
  const index = await requireOwnerIndex(deployment);
  const limit = wanted.limit ?? A_PAGE;
  const { rows, before } = await findRows(deployment, index, wanted, limit);
  const replies = await loadReplies(deployment, rows.map(toReplyKey));
  return { replies, ...(before !== undefined && { before }) };
}

async function findRows(
  deployment: Deployment,
  index: OwnerIndex,
  wanted: RepliesWanted,
  limit: number,
): Promise<{ rows: IndexRow[]; before?: string | undefined }> {
  const { subscriber, before } = wanted;
  if (subscriber !== undefined) return { rows: await findOwn(deployment, subscriber, wanted) };
  const rows = replyRows(wanted);
  if (!wanted.isWaiting)
    return index.page("replies", { ...rows, ...(before !== undefined && { before }) }, limit);
  const { rows: waiting } = await index.waiting(MOST_WAITING, {
    ...rows,
    equals: { ...rows.equals, kind: "reflection" },
  });
  const rest = waiting.toReversed().filter(({ order }) => before === undefined || order < before);
  const shown = rest.slice(0, limit);
  return { rows: shown, before: rest.length > limit ? shown.at(-1)?.order : undefined };
}

function replyRows({ course, lesson, kind, isUnanswered }: RepliesWanted): RowsWanted {
  return {
    equals: {
      ...(course !== undefined && { course }),
      ...(lesson !== undefined && { lesson }),
      ...(kind !== undefined && { replyKind: kind }),
    },
    ...(kind === undefined && { oneOf: { attribute: "replyKind", values: HUMAN_KINDS } }),
    ...(isUnanswered && { lacks: ["answeredAt", "doneAt"] }),
  };
}

/** One reader's replies are all read: they are few, and stand together. */
async function findOwn(
  { services }: Deployment,
  subscriber: string,
  { course, lesson, kind, isUnanswered, isWaiting }: RepliesWanted,
): Promise<IndexRow[]> {
  const all = await services.store.reflections(subscriber);
  return all
    .toReversed()
    .filter((one) => (kind === undefined ? HUMAN_KINDS.includes(one.replyKind) : one.replyKind === kind))
    .filter((one) => course === undefined || one.course === course)
    .filter((one) => lesson === undefined || one.lesson === lesson)
    .filter((one) => !isUnanswered || (one.answeredAt === undefined && one.doneAt === undefined))
    .filter((one) => !isWaiting || waitsForOwner(one))
    .map(({ id }) => ({ subscriber, sk: `reflection#${id}`, order: "" }));
}

/** In the order of the names; without those that are gone, or whose reader is. */
export async function loadReplies(
  { allPeople }: Pick<Deployment, "allPeople">,
  keys: readonly ReplyKey[],
): Promise<ListedReply[]> {
  const [replies, readers] = await Promise.all([
    allPeople.replies(keys),
    allPeople.subscribers([...new Set(keys.map(({ subscriber }) => subscriber))]),
  ]);
  const byName = new Map(replies.map((reply) => [replyName(reply), reply]));
  const byId = new Map(readers.map((reader) => [reader.id, reader]));
  return keys.flatMap((key) => {
    const name = replyName(key);
    const [reply, reader] = [byName.get(name), byId.get(key.subscriber)];
    return reply && reader ? [{ name, reply, reader, isWaiting: waitsForOwner(reply) }] : [];
  });
}
