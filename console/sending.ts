import { holdSending, resumeSending } from "../functions/deliver/breaker.ts";
import { DAY, iso } from "../functions/domain/time.ts";
import { ArgumentError, readArguments, usage } from "../local/arguments.ts";
import type { Command } from "./commands.ts";
import { connect, type Deployment, isAllowed, REACH_FLAGS } from "./connect.ts";

const NAME = "npm run console -- sending status|hold|resume";
const FLAGS = { ...REACH_FLAGS, help: { says: "this" } } as const;

/** Whether mail leaves, and the owner's hand on it. */
export const SENDING: Command = {
  takes: "status|hold|resume [--stage NAME] [--yes]",
  says: "whether mail leaves, at which rate, and why not; hold all mail, or let it go again",
  run: sending,
};

async function sending(given: string[]): Promise<string> {
  const [verb = "status", ...flags] = given[0]?.startsWith("--") ? ["status", ...given] : given;
  const { stage, yes, help } = readArguments(NAME, FLAGS, flags);
  if (help) return usage(NAME, FLAGS);
  if (!Object.hasOwn(VERBS, verb))
    throw new ArgumentError(`sending ${verb}? It is one of ${Object.keys(VERBS).join(", ")}.`);
  return runSending(verb as Verb, await connect(stage), yes);
}

/** What the verb says that it did. */
export const runSending = (verb: Verb, deployment: Deployment, yes?: true): Promise<string> =>
  VERBS[verb](deployment, yes);

type Verb = "status" | "hold" | "resume";
const VERBS: Record<Verb, (deployment: Deployment, yes?: true) => Promise<string>> = {
  status,
  async hold(deployment, yes) {
    if (!(await isAllowed("Hold all mail", deployment, yes))) return "Nothing was changed.";
    const held = await holdSending(deployment.services);
    return held ? "All mail is held. `sending resume` lets it go." : "It was held already.";
  },
  async resume(deployment, yes) {
    if (!(await isAllowed("Let mail go again", deployment, yes))) return "Nothing was changed.";
    const resumed = await resumeSending(deployment.services);
    return resumed ? "Mail leaves again. Bounces and complaints are counted anew." : "It was not held.";
  },
};

async function status({ place, services }: Deployment): Promise<string> {
  const governor = await services.store.governor();
  const now = services.clock.now();
  const { bounces, complaints } = await services.store.troubles(Math.max(now - DAY, governor.resumedAt ?? 0));
  const { held, closedUntil, rate, quota, sent24h, asOf } = governor;
  const stands = held
    ? `held since ${iso(held.since)}, by ${held.why === "owner" ? "you" : held.why}`
    : closedUntil > now
      ? `closed until ${iso(closedUntil)}: SES has no room, or has paused the account`
      : "mail leaves";
  return [
    `Where        ${place}`,
    `Sending      ${stands}`,
    `Rate         ${rate} mails a second`,
    `Quota        ${sent24h} of ${quota < 0 ? "any number" : quota} in 24 h`,
    `Bounced      ${bounces} for good`,
    `Complaints   ${complaints}`,
    `As of        ${asOf ? iso(asOf) : "SES has not been asked yet: a lane does it each minute"}`,
  ].join("\n");
}
