import { admissionLimits, confirmationsADay, type SignUpOrigin } from "../../domain/people/limits.ts";
import { allowanceAfterHold } from "../../domain/sending/hold-on-mail.ts";
import { grantedToday, withRampDay } from "../../domain/sending/warm-up.ts";
import { addressHash } from "../../links/links.ts";
import type { GovernorStore, LimitStore, Needs } from "../../ports.ts";

/**
 * Whether one more confirmation may be asked for. Over a limit it is dropped, and counted: what only waited would all
 * leave in the end.
 */
export async function isAdmitted(
  services: Needs<LimitStore & GovernorStore, "keyring" | "settings" | "clock" | "log" | "alarms">,
  origin: SignUpOrigin,
): Promise<boolean> {
  const { store, settings, keyring, log, alarms, clock } = services;
  const keys = await keyring.keys();
  const governor = withRampDay(await store.governor(), settings, clock.now());
  const allowance = allowanceAfterHold(governor.confirmations ?? {}, clock.now());
  const aDay = confirmationsADay(settings.confirmationShare, grantedToday(governor), allowance);
  const letIn = [...settings.letIn, ...(await store.letIn()).map(({ entry }) => entry)];
  for (const limit of admissionLimits(origin, letIn, aDay, (text) => addressHash(keys, text))) {
    if ((await store.count(limit)) === undefined) continue;
    log.warn("sign-up-dropped", { limit: limit.key.split("#", 1)[0] });
    log.count("SignUpDropped");
    await alarms.see("sign-ups-dropped");
    return false;
  }
  return true;
}
