import { admissionLimits, confirmationsADay, type SignUpOrigin } from "../../domain/people/limits.ts";
import { addressHash } from "../../links/links.ts";
import type { GovernorStore, LimitStore, Needs } from "../../ports.ts";

/**
 * Whether one more confirmation may be asked for. Over a limit it is dropped, and counted: what only waited would all
 * leave in the end.
 */
export async function isAdmitted(
  services: Needs<LimitStore & GovernorStore, "keyring" | "settings" | "log">,
  origin: SignUpOrigin,
): Promise<boolean> {
  const { store, settings, keyring, log } = services;
  const keys = await keyring.keys();
  const { quota } = await store.governor();
  const aDay = confirmationsADay(settings.confirmationShare, quota);
  for (const limit of admissionLimits(origin, settings.letIn, aDay, (text) => addressHash(keys, text))) {
    if ((await store.count(limit)) === undefined) continue;
    log.warn("sign-up-dropped", { limit: limit.key.split("#", 1)[0] });
    log.count("SignUpDropped");
    return false;
  }
  return true;
}
