import { ArgumentError, type Given } from "../../cli/arguments.ts";
import { leave } from "../../functions/consent/leave.ts";
import { NEWSLETTER } from "../../functions/domain/newsletter/issue.ts";
import { ownersRecord } from "../../functions/domain/people/consent.ts";
import type { StopReason, Subscriber } from "../../functions/domain/people/subscriber.ts";
import { EVERYTHING } from "../../functions/links/links.ts";
import { verb } from "../command.ts";
import { type Deployment, isAllowed, REACH_FLAGS } from "../connect.ts";
import { lift } from "./lift.ts";
import { BECAUSE_FLAG, because, findReader, hashOfAddress, requireReader } from "./reader.ts";

const FLAGS = { ...REACH_FLAGS, ...BECAUSE_FLAG } as const;
const LEAVE_FLAGS = {
  ...FLAGS,
  list: { value: "LIST", says: `a course's slug, or ${NEWSLETTER}; everything otherwise` },
} as const;
const LIFT_FLAGS = {
  ...FLAGS,
  "though-they-complained": { says: "lift it though they called a mail spam: only if they asked you to" },
} as const;

export const UNSUBSCRIBE = verb({
  takes: ["READER"],
  says: "what the reader's own link does, because they asked you; they can come back by signing up",
  flags: LEAVE_FLAGS,
  run: async ({ words: [reader = ""], reach, flags }) => unsubscribe(await reach(), reader, flags),
});

export const SUPPRESS = verb({
  takes: ["READER"],
  says: "never mail this address again, also one that is not on the list; a sign-up does not bring it back",
  flags: FLAGS,
  run: async ({ words: [reader = ""], reach, flags }) => suppress(await reach(), reader, flags),
});

export const UNSUPPRESS = verb({
  takes: ["READER"],
  says: "lift what a bounce or you have stopped; they come back by signing up",
  flags: LIFT_FLAGS,
  run: async ({ words: [reader = ""], reach, flags }) => unsuppress(await reach(), reader, flags),
});

async function unsubscribe(
  deployment: Deployment,
  word: string,
  flags: Given<typeof LEAVE_FLAGS>,
): Promise<string> {
  const why = because(flags.because, "unsubscribe");
  const reader = await requireReader(deployment, word);
  const { store, clock } = deployment.services;
  const list = flags.list ?? EVERYTHING;
  const courses = (await store.enrolments(reader.id)).map(({ course }) => course);
  if (![EVERYTHING, NEWSLETTER, ...courses].includes(list))
    throw new ArgumentError(
      `${reader.id} is not on "${list}"; they have ${[...courses, NEWSLETTER].join(", ")}.`,
    );
  if (reader.status === "stopped") return `${reader.id} gets nothing already: ${stopInWords(reader)}.`;
  if (!(await isAllowed(`${reader.id} leaves ${list}`, deployment, flags.yes))) return "Nothing was changed.";
  await leave(deployment.services, reader.id, ownersRecord("withdrawn", list, why, clock.now()));
  return `${reader.id} has left ${list}. A mail that was claimed before may leave within a minute.`;
}

async function suppress(deployment: Deployment, word: string, flags: Given<typeof FLAGS>): Promise<string> {
  const why = because(flags.because, "suppress");
  const { store, clock } = deployment.services;
  const reader = await findReader(deployment, word);
  if (!reader && !word.includes("@")) await requireReader(deployment, word);
  const hash = reader?.addressHash ?? (await hashOfAddress(deployment, word));
  const stands = await store.suppression(hash);
  const isDone = stands && stands.reason !== "reader" && (!reader || reader.status === "stopped");
  if (isDone) return `It is suppressed already: ${STOPPED[stands.reason]}.`;
  const who = reader?.id ?? "an address that is not on the list";
  if (!(await isAllowed(`Suppress ${who}`, deployment, flags.yes))) return "Nothing was changed.";
  if (reader)
    await store.stopEverything(reader.id, "owner", ownersRecord("withdrawn", EVERYTHING, why, clock.now()));
  else await store.suppress(hash, "owner");
  return `Nothing more goes to ${who}, and a sign-up changes nothing. "subscribers unsuppress" lifts it.`;
}

async function unsuppress(
  deployment: Deployment,
  word: string,
  flags: Given<typeof LIFT_FLAGS>,
): Promise<string> {
  const why = because(flags.because, "unsuppress");
  const { store } = deployment.services;
  const reader = await findReader(deployment, word);
  if (!reader && !word.includes("@")) await requireReader(deployment, word);
  const hash = reader?.addressHash ?? (await hashOfAddress(deployment, word));
  const stands = await store.suppression(hash);
  const who = reader?.id ?? "The address";
  if (!stands) return `${who} is not suppressed: nothing was changed.`;
  const problem = findProblem(stands.reason, flags["though-they-complained"]);
  if (problem) throw new ArgumentError(`${who} ${problem}`);
  const asks = `Lift the suppression of ${who} (${STOPPED[stands.reason]})`;
  if (!(await isAllowed(asks, deployment, flags.yes))) return "Nothing was changed.";
  const isLifted = await lift(deployment.services, {
    hash,
    subscriber: reader?.id,
    reason: stands.reason,
    because: why,
  });
  if (!isLifted) return `${who} was stopped again meanwhile, for a graver reason: that stands.`;
  const back = reader ? ", and go on where they were" : "";
  return `${who} is not suppressed any more. Nothing is mailed because of that: they come back by signing up${back}.`;
}

/** A reader who complained was promised silence, and providers remember who goes on; one who left comes back themselves. */
function findProblem(reason: StopReason, isMeant: true | undefined): string | undefined {
  if (reason === "reader")
    return "left by their own wish, which only they can take back: by signing up again.";
  if (reason === "complaint" && !isMeant)
    return "called a mail spam. Mail to them again harms all your mail: add --though-they-complained only if they asked you.";
  return undefined;
}

/** Why someone gets nothing; of what was lifted, what it was. "" of one who is not stopped. */
export function stopInWords({ stoppedBy, liftedFrom }: Pick<Subscriber, "stoppedBy" | "liftedFrom">): string {
  if (liftedFrom) return `${STOPPED[liftedFrom]}; you have lifted that, and they come back by signing up`;
  return stoppedBy ? STOPPED[stoppedBy] : "";
}

export const STOPPED: Record<NonNullable<Subscriber["stoppedBy"]>, string> = {
  reader: "they left everything",
  never: "they said “never again” at a confirmation",
  owner: "you suppressed it",
  bounce: "it bounced",
  complaint: "they called a mail spam",
};
