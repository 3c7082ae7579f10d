import type { ConcernName } from "../domain/incidents.ts";
import {
  allowanceAfterHold,
  isHeld,
  isTooMuchBack,
  portionAfterHold,
} from "../domain/sending/hold-on-mail.ts";
import { DAY, HOUR, type Instant, iso } from "../domain/time.ts";
import type { Breaker, Governor, GovernorStore, Log, Needs, Trouble, TroubleCause } from "../ports.ts";

/*
 * Two breakers, so that a stranger at the form cannot pull the readers'. What confirmations cause holds confirmations;
 * what all other mail causes holds all mail.
 *
 *   mail ──▶ too much trouble ──▶ held, 6 h ──▶ a quarter of the allowance ──▶ a half ──▶ all of it
 *                                   ▲                       │ a day              a day
 *                                   └── twice as long ──────┘ trouble again
 */

/**
 * SES reviews an account from 5 % bounces and 0.1 % complaints on, and may then stop it for everybody (SES
 * developer guide, "Enforcement"). We stop ourselves before that: the shares of both causes stay below it together.
 */
const MOST: Record<TroubleCause, Record<Trouble, { inTenThousand: number; least: number }>> = {
  others: {
    bounces: { inTenThousand: 350, least: 40 },
    // One angry reader of a small list is not a trend; three are.
    complaints: { inTenThousand: 7, least: 3 },
  },
  confirmations: {
    bounces: { inTenThousand: 100, least: 20 },
    complaints: { inTenThousand: 2, least: 3 },
  },
};
/** Rates are taken over a day: as long as SES tells how many mails were sent. */
const WINDOW = DAY;
/**
 * The first hold; each that follows on it is twice as long. Of confirmations half a day at the most: all
 * that waits leaves in portions after it, so that a longer one would spare us no bounce, and cost readers a day.
 */
const FIRST_HOLD: Record<TroubleCause, number> = { others: 12 * HOUR, confirmations: 6 * HOUR };
const MOST_DOUBLINGS: Record<TroubleCause, number> = { others: 3, confirmations: 1 };
/** After this long without trouble the next hold is a first one again. */
const FORGIVEN_AFTER = 7 * DAY;
const COUNT_HELD: Record<TroubleCause, (log: Log) => void> = {
  others: (log) => log.count("SendingHeld"),
  confirmations: (log) => log.count("ConfirmationsHeld"),
};
const CONCERN: Record<TroubleCause, ConcernName> = { others: "held", confirmations: "confirmations-held" };

/**
 * What has gone over its limit, of the troubles noted in a day and the mails that SES has counted in it.
 * @param allowance less than 1 after a hold: it takes less to trip again
 */
export function trouble(
  cause: TroubleCause,
  troubles: Record<Trouble, number>,
  sent24h: number,
  allowance = 1,
): Trouble | undefined {
  const isOver = (trouble: Trouble) => {
    const { least, inTenThousand } = MOST[cause][trouble];
    return troubles[trouble] >= Math.max(1, allowance * Math.max(least, (inTenThousand * sent24h) / 10_000));
  };
  return (["complaints", "bounces"] as const).find(isOver);
}

/** The governor with both breakers as they stand now: tripped, or closed again by themselves. */
export async function checkBreaker(
  services: Needs<GovernorStore, "clock" | "log" | "alarms">,
  governor: Governor,
): Promise<Governor> {
  const { held: _, resumedAt: __, holds: ___, easedFrom: ____, confirmations, ...rest } = governor;
  const others = await turnBreaker(services, "others", governor, governor.sent24h);
  const turned = await turnBreaker(services, "confirmations", confirmations ?? {}, governor.sent24h);
  const ofConfirmations = await slowDown(services, turned);
  return {
    ...rest,
    ...others,
    ...(Object.keys(ofConfirmations).length > 0 && { confirmations: ofConfirmations }),
  };
}

async function turnBreaker(
  { store, clock, log, alarms }: Needs<GovernorStore, "clock" | "log" | "alarms">,
  cause: TroubleCause,
  whole: Breaker,
  sent24h: number,
): Promise<Breaker> {
  const now = clock.now();
  const breaker = onlyBreaker(whole);
  if (isHeld(breaker, now)) {
    COUNT_HELD[cause](log);
    await alarms.see(CONCERN[cause], breaker.held?.why);
    return breaker;
  }
  const open = breaker.held ? endedHold(breaker, now) : breaker;
  if (open !== breaker) log.warn("hold-ended", { cause, since: iso(breaker.held?.since ?? now) });
  const since = Math.max(now - WINDOW, open.resumedAt ?? 0);
  const why = trouble(cause, (await store.troubles(since))[cause], sent24h, allowanceAfterHold(open, now));
  if (!why) return open;
  const held = newHold(open, cause, why, now);
  log.warn("sending-held", { cause, why, sent24h, since: iso(since), until: iso(held.held?.until ?? now) });
  COUNT_HELD[cause](log);
  await alarms.see(CONCERN[cause], why);
  return held;
}

/** Portions begin anew where too much of the last hour's came back, whatever it was asked for by. */
async function slowDown({ store, clock }: Needs<GovernorStore, "clock">, breaker: Breaker): Promise<Breaker> {
  const now = clock.now();
  const portion = isHeld(breaker, now) ? undefined : portionAfterHold(breaker, now);
  if (portion === undefined) return breaker;
  const { waited, confirmations } = await store.troubles(now - HOUR);
  const cameBack = [waited, confirmations].reduce((sum, one) => sum + one.bounces + one.complaints, 0);
  return isTooMuchBack(cameBack, portion) ? { ...breaker, growsFrom: now } : breaker;
}

const onlyBreaker = ({ held, resumedAt, holds, easedFrom, growsFrom }: Breaker): Breaker => ({
  ...(held && { held }),
  ...(resumedAt !== undefined && { resumedAt }),
  ...(holds !== undefined && { holds }),
  ...(easedFrom !== undefined && { easedFrom }),
  ...(growsFrom !== undefined && { growsFrom }),
});

const endedHold = ({ held: _, ...free }: Breaker, now: Instant): Breaker => ({
  ...free,
  resumedAt: now,
  easedFrom: now,
});

function newHold(breaker: Breaker, cause: TroubleCause, why: Trouble, now: Instant): Breaker {
  const isForgiven = breaker.easedFrom === undefined || now - breaker.easedFrom > FORGIVEN_AFTER;
  const before = isForgiven ? 0 : (breaker.holds ?? 0);
  const lasts = FIRST_HOLD[cause] * 2 ** Math.min(before, MOST_DOUBLINGS[cause]);
  return { ...breaker, holds: before + 1, held: { why, since: now, until: now + lasts } };
}

/** The owner holds all mail back, until they resume. False if they held it already. */
export function holdSending(services: Needs<GovernorStore, "clock">): Promise<boolean> {
  return services.store.changeGovernor((governor) =>
    governor.held?.why === "owner"
      ? governor
      : { ...governor, held: { why: "owner", since: services.clock.now() } },
  );
}

/** The owner has seen why sending was held. Bounces and complaints are counted anew. False if nothing was held. */
export function resumeSending(services: Needs<GovernorStore, "clock">): Promise<boolean> {
  return services.store.changeGovernor((governor) => {
    const { held, easedFrom, holds: _, confirmations, ...free } = governor;
    const wasLess = [held, easedFrom, confirmations?.held, confirmations?.easedFrom].some(
      (one) => one !== undefined,
    );
    const resumedAt = services.clock.now();
    return wasLess ? { ...free, resumedAt, confirmations: { resumedAt } } : governor;
  });
}
