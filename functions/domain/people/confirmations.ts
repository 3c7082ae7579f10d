import { NEWSLETTER } from "../newsletter/issue.ts";
import type { Consent } from "./subscriber.ts";

/**
 * A request is answered once, by the first that confirms it. Who takes their leaving back, or ticks the newsletter's box on
 * their own page later, has confirmed nothing that was asked.
 */
export const isAnswerToRequest = (consents: Consent[], consent: Consent): boolean =>
  consents.some((request) => request.event === "requested" && findAnswer(consents, request) === consent);

/** A confirmation has the newsletter in it where its box was ticked. */
const findAnswer = (consents: Consent[], request: Consent): Consent | undefined =>
  consents.find(
    ({ event, actor, at, list }) =>
      event === "confirmed" &&
      actor === "self" &&
      at >= request.at &&
      (list === request.list || list === NEWSLETTER),
  );
