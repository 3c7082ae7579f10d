import type { IndexRow } from "../../functions/aws/desk-rows.ts";
import { enrolmentPrefix, reflectionPrefix } from "../../functions/aws/keys.ts";
import { bringsGraveNews, type Reflection } from "../../functions/domain/replies/reflection.ts";
import { asksQuestion } from "../../functions/domain/replies/reply.ts";
import { OFFERED_SHELF } from "../../functions/domain/replies/voices/voice.ts";
import { parkedKeys } from "../../functions/domain/sending/agenda.ts";
import { type Holder, toHolderKey } from "../../functions/domain/sending/holder.ts";
import type { Instant } from "../../functions/domain/time.ts";
import type { Deployment } from "../connect.ts";
import { listQueues, openQueueDeadLetters } from "../dead-letters.ts";
import { describeParked } from "../parked.ts";
import { type ListedReply, loadReplies } from "../replies/list-replies.ts";
import { toReplyKey } from "../replies/reply-name.ts";
import type { OwnerIndex } from "../table/owner-index.ts";

/** What can wait for a person, the gravest first. */
const WAITING_KINDS = [
  ...[
    "grave",
    "leaving",
    "question",
    "besides",
    "wrote",
    "beside-request",
    "steering",
    "other-sender",
    "unreadable",
  ],
  ...["voices", "unmatched", "parked", "dead-letters"],
] as const;
type WaitingKind = (typeof WAITING_KINDS)[number];

export interface WaitingThing {
  what: WaitingKind;
  /** Since when; unknown of dead letters. */
  since?: Instant;
  /** What it is, in a sentence without anybody's name or words. */
  says: string;
  /** The reply, where it is one. */
  reply?: ListedReply;
  /** How many messages, where they are counted only. */
  count?: number;
  /** The console's command that deals with it, or shows it first. */
  act: string;
}

/** More than anybody deals with in a morning. */
const MOST = 100;

/** All that waits for a person, the gravest first, then what has waited longest. */
export async function listWaiting(
  deployment: Deployment,
  index: OwnerIndex,
): Promise<{ waiting: WaitingThing[]; hasMore: boolean }> {
  const { store } = deployment.services;
  const [{ rows, hasMore }, unmatched, owner, deadLetters] = await Promise.all([
    index.waiting(MOST),
    store.unmatched(),
    store.owner(),
    listDeadLetters(deployment),
  ]);
  const replies = await loadReplies(deployment, rows.filter(isReply).map(toReplyKey));
  const holders = await loadHolders(deployment, rows);
  const waiting: WaitingThing[] = [
    ...replies.filter(({ isWaiting }) => isWaiting).map(replyThing),
    ...(await waitingVoices(deployment)),
    ...unmatched.map(
      ({ receivedAt, reason, raw }): WaitingThing => ({
        ...{ what: "unmatched", since: receivedAt },
        says: `An email that belongs to nobody we know. ${reason}.`,
        act: `tray show ${raw}`,
      }),
    ),
    ...[owner, ...holders].flatMap(parkedThings),
    ...deadLetters,
  ];
  return { waiting: waiting.sort(byGravity), hasMore };
}

const byGravity = (one: WaitingThing, other: WaitingThing): number =>
  WAITING_KINDS.indexOf(one.what) - WAITING_KINDS.indexOf(other.what) ||
  (one.since ?? 0) - (other.since ?? 0);

const isReply = ({ sk }: IndexRow): boolean => sk.startsWith(reflectionPrefix);

async function loadHolders({ services: { store } }: Deployment, rows: IndexRow[]): Promise<Holder[]> {
  const found = await Promise.all(
    rows
      .filter((row) => !isReply(row))
      .map(({ subscriber, sk }) =>
        store.holder(
          sk.startsWith(enrolmentPrefix)
            ? { subscriber, course: sk.slice(enrolmentPrefix.length) }
            : { subscriber },
        ),
      ),
  );
  return found.filter((holder) => holder !== undefined);
}

const SAYS: Record<Exclude<WaitingKind, "voices" | "unmatched" | "parked" | "dead-letters">, string> = {
  grave: "Grave news. No machine has answered it.",
  leaving: "They may want to leave. They got an email with the button to do so.",
  question: "A question.",
  besides: "A question beside what they asked for, which was done.",
  wrote: "They wrote back to you, or to an issue.",
  "beside-request": "Words beside what they asked for, which was done.",
  steering: "They want something about when lessons come, and it is not certain what.",
  "other-sender": "A reply from another address than the reader's.",
  unreadable: "A reply in which no words could be read.",
};

function replyThing(listed: ListedReply): WaitingThing {
  const what = waitingKind(listed.reply);
  const act = what === "leaving" || what === "other-sender" || what === "unreadable" ? "show" : "answer";
  return {
    what,
    since: listed.reply.receivedAt,
    says: SAYS[what],
    reply: listed,
    act: `replies ${act} ${listed.name}`,
  };
}

function waitingKind(reply: Reflection): keyof typeof SAYS {
  const { replyKind, besides } = reply;
  if (bringsGraveNews(reply)) return "grave";
  if (replyKind === "question") return "question";
  if (replyKind === "unclear-leaving") return "leaving";
  if (replyKind === "unclear-command") return "steering";
  if (replyKind === "foreign-sender") return "other-sender";
  if (replyKind === "unparsed") return "unreadable";
  if (besides === undefined) return "wrote";
  return asksQuestion(besides) ? "besides" : "beside-request";
}

const parkedThings = (holder: Holder): WaitingThing[] =>
  parkedKeys(holder.agenda).map((key) => {
    const { name, says } = describeParked(holder, key);
    const since = holder.agenda[key]?.dueAt;
    return {
      what: "parked",
      ...(since !== undefined && { since }),
      says: `${key.replace("_", " ")} for ${toHolderKey(holder).subscriber}: ${says}`,
      act: `parked send --only ${name}`,
    };
  });

/** Answers that readers let others read, all together: none of them is in a hurry. */
async function waitingVoices({ services: { store, clock } }: Deployment): Promise<WaitingThing[]> {
  const [first, ...others] = await store.shelf(OFFERED_SHELF, clock.now());
  if (!first) return [];
  const count = 1 + others.length;
  const says =
    count === 1
      ? "An answer that its reader lets others read: accept it, or refuse it."
      : `${count} answers that readers let others read: accept them, or refuse them.`;
  return [{ what: "voices", since: first.dueAt, count, says, act: "voices list" }];
}

/** Where the stack does not tell of its queues, they are not asked: a world of tests has none. */
async function listDeadLetters(deployment: Deployment): Promise<WaitingThing[]> {
  if (deployment.outputs.NudgeDeadLettersUrl === undefined) return [];
  const counts = await Promise.all(
    listQueues(deployment).map(async (queue) => ({
      queue: queue.toLowerCase(),
      count: await openQueueDeadLetters(deployment, queue).waiting(),
    })),
  );
  return counts
    .filter(({ count }) => count > 0)
    .map(({ queue, count }) => ({
      what: "dead-letters",
      count,
      says: `${count === 1 ? "A message" : `${count} messages`} that the ${queue} queue has given up.`,
      act: `dead-letters show ${queue}`,
    }));
}
