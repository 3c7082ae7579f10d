import { openDeadLetters } from "../functions/aws/dead-letters.ts";
import { scanHolders } from "../functions/aws/scan.ts";
import { type AgendaKey, parkedKeys, unparked } from "../functions/domain/agenda.ts";
import { type Holder, keyOf } from "../functions/domain/holder.ts";
import { iso } from "../functions/domain/time.ts";
import { ArgumentError } from "../local/arguments.ts";
import { type Group, verb } from "./command.ts";
import { type Deployment, isAllowed, REACH_FLAGS, STAGE_FLAG } from "./connect.ts";

const FLAGS = {
  ...REACH_FLAGS,
  only: { value: "WHICH", says: "one queue, or one parked mail by the name that the list gives it" },
} as const;
/** Queues of the stack, by what their outputs are called. */
export const QUEUES = ["Nudge", "Reply", "Feedback"] as const;

/** Puts back what was set aside. Doing it twice does no harm: what was done is known, and is not done again. */
export const REDRIVE: Group = {
  says: "what was set aside, and put it back: messages that a queue gave up, mails that were parked",
  otherwise: "list",
  verbs: {
    list: verb({
      says: "how many messages each queue has given up, and which mails are parked",
      flags: STAGE_FLAG,
      run: async ({ reach }) => runRedrive("list", await reach()),
    }),
    "dead-letters": verb({
      says: "put the messages back into their queues",
      flags: FLAGS,
      run: async ({ reach, flags }) => runRedrive("dead-letters", await reach(), flags),
    }),
    parked: verb({
      says: "send the mails that were parked",
      flags: FLAGS,
      run: async ({ reach, flags }) => runRedrive("parked", await reach(), flags),
    }),
  },
};

type Verb = "list" | "dead-letters" | "parked";
interface Wanted {
  only?: string | undefined;
  yes?: true | undefined;
}

/** What the verb says that it found, or did. */
export const runRedrive = (verb: Verb, deployment: Deployment, wanted: Wanted = {}): Promise<string> =>
  VERBS[verb](deployment, wanted);

const VERBS: Record<Verb, (deployment: Deployment, wanted: Wanted) => Promise<string>> = {
  async list(deployment) {
    const queues = await Promise.all(
      QUEUES.map(async (queue) => `${queue.padEnd(12)} ${await deadLettersOf(deployment, queue).waiting()}`),
    );
    const parked = (await findParked(deployment)).map(({ name, says }) => `  ${name}\n      ${says}`);
    return [
      `Where        ${deployment.place}`,
      "Dead letters, by queue",
      ...queues.map((line) => `  ${line}`),
      `Parked mails ${parked.length}`,
      ...parked,
    ].join("\n");
  },

  async "dead-letters"(deployment, { only, yes }) {
    const queues = QUEUES.filter((queue) => !only || queue.toLowerCase() === only.toLowerCase());
    if (queues.length === 0)
      throw new ArgumentError(`There is no queue "${only}"; there are ${QUEUES.join(", ")}.`);
    const counted = await Promise.all(queues.map((queue) => deadLettersOf(deployment, queue).waiting()));
    const total = counted.reduce((sum, count) => sum + count, 0);
    if (total === 0) return "No queue has given anything up.";
    if (!(await isAllowed(`Put about ${total} messages back`, deployment, yes)))
      return "Nothing was changed.";
    let moved = 0;
    for (const [place, queue] of queues.entries()) {
      const before = moved;
      moved += await deadLettersOf(deployment, queue).putBack(counted[place] ?? 0, (now) =>
        progress(`${before + now} of ${total}`),
      );
    }
    return `${moved} messages are back in their queues. What fails again is set aside again.`;
  },

  async parked(deployment, { only, yes }) {
    const found = (await findParked(deployment)).filter(({ name }) => !only || name === only);
    if (found.length === 0) return only ? `Nothing is parked as "${only}".` : "Nothing is parked.";
    const what = `Send ${found.length} parked ${found.length === 1 ? "mail" : "mails"}`;
    if (!(await isAllowed(what, deployment, yes))) return "Nothing was changed.";
    for (const [place, { holder, key }] of found.entries()) {
      await free(deployment, holder, key);
      progress(`${place + 1} of ${found.length}`);
    }
    return `${found.length} ${found.length === 1 ? "mail is" : "mails are"} due now; the lanes send them within a minute. Those that SES is known to have taken are not sent again.`;
  },
};

/** The messages that one of the queues has given up. */
export const deadLettersOf = ({ outputs }: Deployment, queue: (typeof QUEUES)[number]) =>
  openDeadLetters(urlIn(outputs, `${queue}DeadLettersUrl`), urlIn(outputs, `${queue}QueueUrl`));

function urlIn(outputs: Record<string, string>, name: string): string {
  const url = outputs[name];
  if (!url)
    throw new ArgumentError(`The stack does not tell its ${name}: deploy it once more, then try again.`);
  return url;
}

interface Parked {
  holder: Holder;
  key: AgendaKey;
  /** By which it can be chosen. */
  name: string;
  says: string;
}

async function findParked({ services, outputs }: Deployment): Promise<Parked[]> {
  const found: Parked[] = [];
  for await (const holder of scanHolders(outputs.TableName as string, services.clock.now())) {
    for (const key of parkedKeys(holder.agenda)) found.push(describe(holder, key));
  }
  return found;
}

function describe(holder: Holder, key: AgendaKey): Parked {
  const entry = holder.agenda[key];
  const why = entry && entry.doubts > 1 ? "in doubt twice" : "SES rejected it";
  return {
    holder,
    key,
    name: [...Object.values(keyOf(holder)), key].join("/"),
    says: `due ${entry ? iso(entry.dueAt) : ""}, ${why}`,
  };
}

async function free({ services }: Deployment, holder: Holder, key: AgendaKey): Promise<void> {
  const now = services.clock.now();
  await services.store.change(holder, (current) => {
    const agenda = unparked(current.agenda, key, now);
    return agenda === current.agenda ? current : { ...current, agenda };
  });
}

/** One line that is written over, where somebody looks on. */
function progress(says: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r${says} `);
}
