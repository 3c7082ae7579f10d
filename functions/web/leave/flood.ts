import { MINUTE } from "../../domain/time.ts";
import type { Routes } from "../routes.ts";

const WINDOW = 5 * MINUTE;
/** An instance that is at work for half of the window: a mail scanner that follows each link of an issue is a seventh. */
const FLOOD = WINDOW / 2;
/** A request counts for so much at the least, for what the platform does around it: 6,000 of the quickest are a flood. */
const LEAST_MS = 25;

/**
 * The same routes, and the owner is told when they are flooded: links to unsubscribe are never throttled. Each instance
 * of the function counts for itself, in memory, since the table must not be asked for what is nobody's.
 */
export function toldOfFloods(routes: Routes): Routes {
  let window = { since: 0, busy: 0 };
  const watchFloods =
    (answer: Routes[string]): Routes[string] =>
    async (services, request) => {
      const began = services.clock.now();
      if (began - window.since >= WINDOW) window = { since: began, busy: 0 };
      const response = await answer(services, request);
      window.busy += Math.max(LEAST_MS, services.clock.now() - began);
      if (window.busy >= FLOOD) await services.alarms.see("unsubscribe-flood");
      return response;
    };
  return Object.fromEntries(Object.entries(routes).map(([route, answer]) => [route, watchFloods(answer)]));
}
