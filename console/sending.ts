import { holdSending, resumeSending } from "../functions/deliver/breaker.ts";
import { allowanceAfterHold, isHeld } from "../functions/domain/sending/hold-on-mail.ts";
import { rampAllowance, rampReaches, withRampDay } from "../functions/domain/sending/warm-up.ts";
import type { Settings } from "../functions/domain/settings.ts";
import { DAY, type Instant, iso } from "../functions/domain/time.ts";
import type { Breaker, Governor } from "../functions/ports.ts";
import { type Group, verb } from "./command.ts";
import { type Deployment, isAllowed, REACH_FLAGS, STAGE_FLAG } from "./connect.ts";

/** Whether mail leaves, and the owner's hand on it. */
export const SENDING: Group = {
  otherwise: "status",
  verbs: {
    status: verb({
      says: "whether mail leaves, the rate and the quota, bounces and complaints of the day",
      onlyReads: true,
      flags: STAGE_FLAG,
      run: async ({ reach }) => runSending("status", await reach()),
    }),
    hold: verb({
      says: "nothing leaves any more, until you resume",
      flags: REACH_FLAGS,
      run: async ({ reach, flags }) => runSending("hold", await reach(), flags.yes),
    }),
    resume: verb({
      says: "let mail go again, also after it was held by itself",
      flags: REACH_FLAGS,
      run: async ({ reach, flags }) => runSending("resume", await reach(), flags.yes),
    }),
  },
};

/** What the verb says that it did. */
export const runSending = (verb: SendingVerb, deployment: Deployment, yes?: true): Promise<string> =>
  VERBS[verb](deployment, yes);

type SendingVerb = "status" | "hold" | "resume";
const VERBS: Record<SendingVerb, (deployment: Deployment, yes?: true) => Promise<string>> = {
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
  const since = (resumedAt = 0) => Math.max(now - DAY, resumedAt);
  const { others } = await services.store.troubles(since(governor.resumedAt));
  const asked = await services.store.troubles(since(governor.confirmations?.resumedAt));
  const ofConfirmations = (trouble: "bounces" | "complaints") =>
    asked.confirmations[trouble] + asked.waited[trouble];
  const { closedUntil, rate, quota, sent24h, asOf } = governor;
  const stands =
    closedUntil > now && !isHeld(governor, now)
      ? `closed until ${iso(closedUntil)}: SES has no room, or has paused the account`
      : holdInWords(governor, now);
  return [
    `Where        ${place}`,
    `Sending      ${stands}`,
    `Rate         ${rate} mails a second`,
    `Quota        ${sent24h} of ${quota < 0 ? "any number" : quota} in 24 h`,
    ...rampLines(governor, services.settings, now),
    `Bounced      ${others.bounces} for good; ${ofConfirmations("bounces")} confirmations`,
    `Complaints   ${others.complaints}; ${ofConfirmations("complaints")} about confirmations`,
    `Asking       ${holdInWords(governor.confirmations ?? {}, now)}`,
    `As of        ${asOf ? iso(asOf) : "SES has not been asked yet: a lane does it each minute"}`,
  ].join("\n");
}

const rampLines = (governor: Governor, settings: Settings, now: Instant): string[] => {
  const says = rampInWords(governor, settings, now);
  return says === undefined ? [] : [`Warm-up      ${says}`];
};

/** How the ramp stands: also for the doctor. Undefined where the settings have none. */
export function rampInWords(governor: Governor, settings: Settings, now: Instant): string | undefined {
  const ramp = settings.warmUp;
  const { warmUp } = withRampDay(governor, settings, now);
  if (!ramp || !warmUp) return undefined;
  const { day, firstDay, booked, most } = warmUp;
  const { quota } = governor;
  const days = iso((day + 1) * DAY).slice(0, "2026-03-31".length);
  const stands = `day ${day - firstDay + 1}: ${booked} of ${most} mails used, ${rampAllowance(ramp, day - firstDay + 1)} on ${days} (days in UTC)`;
  const end = rampReaches({ warmUp }, ramp, quota);
  if (end === undefined) return stands;
  const on = iso(end).slice(0, "2026-03-31".length);
  return end <= now
    ? `over since ${on}: the ramp has grown to SES's ${quota} a day; take warmUp out of coursepost.config.ts`
    : `${stands}; it reaches SES's ${quota} a day on ${on}`;
}

/** How a breaker stands: also for the doctor. */
export function holdInWords(breaker: Breaker, now: Instant): string {
  const { held } = breaker;
  if (held && isHeld(breaker, now)) {
    const end = held.until === undefined ? "until you resume" : `until ${iso(held.until)}`;
    return `held since ${iso(held.since)}, by ${held.why === "owner" ? "you" : held.why}, ${end}`;
  }
  const allowance = allowanceAfterHold(breaker, now);
  if (allowance === 1) return "mail leaves";
  return `mail leaves; after a hold, ${Math.round(100 * allowance)} % of the usual allowance`;
}
