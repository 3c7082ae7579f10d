import type { Content } from "../../functions/domain/content.ts";
import type { Subscriber } from "../../functions/domain/people/subscriber.ts";
import { addressHash, CONFIRM_LINK_LIFE, confirmToken, formToken } from "../../functions/links/links.ts";
import type { WebRequest, WebResponse } from "../../functions/ports.ts";
import { unsubscribeRoutes } from "../../functions/web/leave/unsubscribe.ts";
import { withOtherPaths } from "../../functions/web/other-paths.ts";
import { type Routes, webRoutes } from "../../functions/web/routes.ts";
import { aRequest, find, webContent } from "./pages.ts";
import { startWorld, type World } from "./services.ts";

/** All routes of the stack, joined as the handlers join them. */
const ROUTES: Routes = { ...withOtherPaths(webRoutes), ...unsubscribeRoutes };

/** Tuesday, 10:00 in Berlin. */
export const T0 = Date.UTC(2026, 10, 24, 9);

/** The pages over the real store, as a browser meets them. */
export interface Site extends World {
  request(route: string, path?: Record<string, string>, more?: Partial<WebRequest>): Promise<WebResponse>;
  /** Fills in the form as a person does, ten seconds after it was shown. */
  signUp(form: Record<string, string>, more?: Partial<WebRequest>): Promise<WebResponse>;
  personAt(address: string): Promise<Subscriber | undefined>;
  /** The link that the confirmation mail of this moment carries. */
  confirmLink(subscriber: string): Promise<string>;
  /** Signs up and confirms; returns the id and the token of the reader's own page. */
  join(address: string, form?: Record<string, string>): Promise<{ id: string; page: string }>;
}

export async function openSite(
  content: Content = webContent(),
  engine?: Parameters<typeof startWorld>[2],
): Promise<Site> {
  const world = await startWorld(content, T0, engine);
  const { services, clock } = world;
  const request: Site["request"] = (route, path, more) => {
    const answer = ROUTES[route];
    if (!answer) throw new Error(`no such route: ${route}`);
    return answer(services, aRequest(route, path, more));
  };
  const signUp: Site["signUp"] = async (form, more) => {
    const shown = formToken(await services.keyring.keys(), clock.now() - 10_000);
    return request("POST /sign-up", {}, { form: { form: shown, "leave-empty": "", ...form }, ...more });
  };
  const personAt: Site["personAt"] = async (address) => {
    const keys = await services.keyring.keys();
    const id = await services.store.findSubscriber(addressHash(keys, address));
    return id === undefined ? undefined : services.store.subscriber(id);
  };
  const confirmLink: Site["confirmLink"] = async (subscriber) => {
    const keys = await services.keyring.keys();
    return confirmToken(keys, { subscriber, expiresAt: clock.now() + CONFIRM_LINK_LIFE });
  };
  const join: Site["join"] = async (address, form = {}) => {
    await signUp({ email: address, ...form });
    const id = (await personAt(address))?.id ?? "";
    const token = await confirmLink(id);
    const { body } = await request("POST /confirm/{token}", { token });
    return { id, page: find(body, /action="\/reader\/([^"]+)"/) };
  };
  return { ...world, request, signUp, personAt, confirmLink, join };
}
