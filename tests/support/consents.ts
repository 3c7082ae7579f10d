import type { Consent } from "../../functions/domain/people/subscriber.ts";
import type { Instant } from "../../functions/domain/time.ts";

/** A consent as a press of a button makes it. */
export const aConsent = (event: Consent["event"], list: string, at: Instant): Consent => ({
  event,
  at,
  list,
  text: "v1",
  source: "test",
  actor: "self",
});
