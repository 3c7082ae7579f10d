import { ArgumentError } from "../cli/arguments.ts";
import { openDeadLetters } from "../functions/aws/dead-letters.ts";
import { iso } from "../functions/domain/time.ts";
import { STAGES } from "../infra/stages.ts";
import { type Group, verb, type Watching } from "./command.ts";
import { type Deployment, isAllowed, REACH_FLAGS, STAGE_FLAG } from "./connect.ts";
import { restoreWebhookMessages } from "./events/undelivered.ts";
import { countInWords, safe } from "./shown.ts";

/** Queues of the stack, by what their outputs are called. That of webhooks is there where a stage has some. */
const QUEUES = ["Nudge", "Reply", "Feedback", "Webhook"] as const;
type QueueName = (typeof QUEUES)[number];

export const listQueues = ({ outputs }: Pick<Deployment, "outputs">): QueueName[] =>
  QUEUES.filter((queue) => queue !== "Webhook" || outputs.WebhookQueueUrl !== undefined);

const QUEUE_NAMES = QUEUES.map((queue) => queue.toLowerCase()).join("|");
const FLAGS = { ...REACH_FLAGS, only: { value: QUEUE_NAMES, says: "one queue" } } as const;

/** What the queues gave up, and the way back. Doing it twice does no harm: what was done is known, and is not done again. */
export const DEAD_LETTERS: Group = {
  otherwise: "list",
  verbs: {
    list: verb({
      says: "how many messages each queue has given up",
      onlyReads: true,
      flags: STAGE_FLAG,
      run: async ({ reach }) => listDeadLetters(await reach()),
    }),
    show: verb({
      takes: ["QUEUE"],
      says: `the first hundred messages of one queue (${QUEUE_NAMES}), as they stand; addresses can be in them`,
      flags: STAGE_FLAG,
      async *run({ words: [queue = ""], reach }) {
        queueNamed(queue);
        yield* showDeadLetters(await reach(), queue);
      },
    }),
    redrive: verb({
      says: "put the messages back into their queues, once their cause is mended",
      flags: FLAGS,
      async run({ flags, reach, tell }) {
        if (flags.only !== undefined) queueNamed(flags.only);
        return redrive(await reach(), flags, tell);
      },
    }),
  },
};

function queueNamed(name: string): QueueName {
  const queue = QUEUES.find((one) => one.toLowerCase() === name.toLowerCase());
  if (!queue)
    throw new ArgumentError(`There is no queue "${name}"; there are ${QUEUES.join(", ").toLowerCase()}.`);
  return queue;
}

export async function listDeadLetters(deployment: Deployment): Promise<string> {
  const lines = await Promise.all(
    listQueues(deployment).map(
      async (queue) =>
        `${queue.toLowerCase().padEnd(12)} ${await openQueueDeadLetters(deployment, queue).waiting()}`,
    ),
  );
  return [`Dead letters, by queue (${deployment.place})`, ...lines.map((line) => `  ${line}`)].join("\n");
}

/** They stay where they are. */
export async function* showDeadLetters(deployment: Deployment, name: string): AsyncGenerator<string> {
  const queue = queueNamed(name);
  const letters = await openQueueDeadLetters(deployment, queue).look();
  for (const { id, sentAt, received, body } of letters)
    yield `${iso(sentAt)}  ${id}, received ${received} times\n    ${safe(body)}`;
  yield `${countInWords(letters.length, "message")} of the ${queue.toLowerCase()} queue (${deployment.place})`;
}

export interface PutBackFlags {
  only?: string | undefined;
  yes?: true | undefined;
}

/** Safe to run twice, and by two at once: each message is in the queue before it is taken from the dead letters. */
export async function redrive(
  deployment: Deployment,
  { only, yes }: PutBackFlags = {},
  tell: Watching["tell"] = () => {},
): Promise<string> {
  const queues = only === undefined ? listQueues(deployment) : [queueNamed(only)];
  const counted = await Promise.all(queues.map((queue) => openQueueDeadLetters(deployment, queue).waiting()));
  const total = counted.reduce((sum, count) => sum + count, 0);
  if (total === 0) return "No queue has given anything up.";
  if (!(await isAllowed(`Put about ${total} messages back`, deployment, yes))) return "Nothing was changed.";
  let moved = 0;
  for (const [place, queue] of queues.entries()) {
    const before = moved;
    moved += await openQueueDeadLetters(deployment, queue).putBack(counted[place] ?? 0, (now) =>
      tell("messages", before + now, total),
    );
  }
  return `${moved} messages are back in their queues. What fails again is set aside again.`;
}

/** Messages that are still to be worked on, in all queues. */
export async function countWaiting({
  outputs,
}: Deployment): Promise<{ queue: QueueName; waiting: number }[]> {
  return Promise.all(
    listQueues({ outputs }).map(async (queue) => {
      const url = findQueueUrl(outputs, `${queue}QueueUrl`);
      return { queue, waiting: await openDeadLetters(url, url).waiting() };
    }),
  );
}

/** The messages that one of the queues has given up. */
export const openQueueDeadLetters = ({ outputs, stage }: Deployment, queue: QueueName) =>
  openDeadLetters(
    findQueueUrl(outputs, `${queue}DeadLettersUrl`),
    findQueueUrl(outputs, `${queue}QueueUrl`),
    queue === "Webhook"
      ? { restore: (body) => restoreWebhookMessages(body, STAGES[stage].webhooks ?? []) }
      : {},
  );

function findQueueUrl(outputs: Record<string, string>, name: string): string {
  const url = outputs[name];
  if (!url)
    throw new ArgumentError(`The stack does not tell its ${name}: deploy it once more, then try again.`);
  return url;
}
