import { ADDRESS_ROUTES } from "../domain/routes.ts";
import { SECOND } from "../domain/time.ts";
import type { Routes } from "./routes.ts";

/**
 * Answers about an address take as long whatever is known about it: how long they take would tell who is in the course.
 * Nothing is looked up about it before they leave (`consent/errands/`); the floor is above what is left: a domain that DNS
 * does not answer for, one read of who asks, and SQS.
 */
export const ANSWER_FLOOR = SECOND;

/** The same routes, with one floor under each answer about an address. */
export function answeringEvenly(routes: Routes): Routes {
  const even = ADDRESS_ROUTES.map((route) => [route, withFloor(requireRoute(routes, route))]);
  return { ...routes, ...Object.fromEntries(even) };
}

function requireRoute(routes: Routes, route: string): Routes[string] {
  const answer = routes[route];
  if (!answer)
    throw new Error(`ADDRESS_ROUTES names the route "${route}", which web/routes.ts does not answer`);
  return answer;
}

/** A slower answer leaves at the next whole multiple: it tells as little. */
const withFloor =
  (answer: Routes[string]): Routes[string] =>
  async (services, request) => {
    const { clock } = services;
    const began = clock.now();
    const response = await answer(services, request);
    const took = clock.now() - began;
    const floors = Math.max(1, Math.ceil(took / ANSWER_FLOOR));
    await clock.sleep(floors * ANSWER_FLOOR - took);
    return response;
  };
