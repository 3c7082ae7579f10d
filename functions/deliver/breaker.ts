import { DAY, iso } from "../domain/time.ts";
import type { Governor, GovernorStore, Needs, Trouble } from "../ports.ts";

/**
 * SES reviews an account from 5 % bounces and 0.1 % complaints on, and may then stop it for everybody (SES
 * developer guide, "Enforcement"). We stop ourselves before that.
 */
const MOST: Record<Trouble, { share: number; least: number }> = {
  bounces: { share: 0.04, least: 40 },
  // One angry reader of a small list is not a trend; three are.
  complaints: { share: 0.0008, least: 3 },
};
/** Rates are taken over a day: as long as SES tells how many mails were sent. */
const WINDOW = DAY;

/** What has gone over its limit, of the troubles noted in a day and the mails that SES has counted in it. */
export function trouble(troubles: Record<Trouble, number>, sent24h: number): Trouble | undefined {
  const isOver = (trouble: Trouble) =>
    troubles[trouble] >= Math.max(MOST[trouble].least, MOST[trouble].share * sent24h);
  return (["complaints", "bounces"] as const).find(isOver);
}

/** The governor, held if too much bounced or was called spam since the owner last looked. */
export async function checkBreaker(
  { store, clock, log }: Needs<GovernorStore, "clock" | "log">,
  governor: Governor,
): Promise<Governor> {
  if (governor.held) {
    log.count("SendingHeld");
    return governor;
  }
  const now = clock.now();
  const since = Math.max(now - WINDOW, governor.resumedAt ?? 0);
  const why = trouble(await store.troubles(since), governor.sent24h);
  if (!why) return governor;
  log.warn("sending-held", { why, sent24h: governor.sent24h, since: iso(since) });
  log.count("SendingHeld");
  return { ...governor, held: { why, since: now } };
}

/** The owner holds all mail back, until they resume. False if it was held already. */
export function holdSending(services: Needs<GovernorStore, "clock">): Promise<boolean> {
  return services.store.changeGovernor((governor) =>
    governor.held ? governor : { ...governor, held: { why: "owner", since: services.clock.now() } },
  );
}

/** The owner has seen why sending was held. Bounces and complaints are counted anew. False if it was not held. */
export function resumeSending(services: Needs<GovernorStore, "clock">): Promise<boolean> {
  return services.store.changeGovernor((governor) => {
    const { held, ...free } = governor;
    return held ? { ...free, resumedAt: services.clock.now() } : governor;
  });
}
