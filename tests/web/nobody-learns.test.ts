import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { erase } from "../../functions/consent/erase.ts";
import type { Errand } from "../../functions/domain/people/errand.ts";
import {
  CONFIRM_LINK_LIFE,
  confirmToken,
  EVERYTHING,
  formToken,
  readerToken,
  unsubscribeToken,
} from "../../functions/links/links.ts";
import type { Services, WebResponse } from "../../functions/ports.ts";
import { ANSWER_FLOOR, answeringEvenly } from "../../functions/web/even-answers.ts";
import { type Routes, webRoutes } from "../../functions/web/routes.ts";
import { startTableInMemory } from "../support/engines.ts";
import { aRequest, webContent } from "../support/pages.ts";
import { openSite, type Site } from "../support/web.ts";

/** Virtual milliseconds of DynamoDB, by what is asked; and of SQS. */
const TAKES = { read: 7, write: 13, queue: 9 };
/** A table in trouble: even one call takes longer than the floor. */
const IN_TROUBLE = 200;
/** What an address can be to us. All have as many letters, since an answer may show what was typed. */
const STATES = ["unknown", "waiting", "active", "left", "bounced", "never", "erased"] as const;
type State = (typeof STATES)[number];

let site: Site;
/** How many times as long the table takes as it should. */
let slowness: number;
let left: Errand[];
let people: Record<State, { address: string; id: string }>;
beforeEach(async () => {
  site = await openSite(webContent(), startTableInMemory);
  people = Object.fromEntries(
    await Promise.all(
      STATES.map(async (state, at) => [state, await make(state, `person-${at}@acme.example`)]),
    ),
  );
  slowness = 1;
  site.table.middlewareStack.add(
    (next, context) => async (args) => {
      const isRead = /Get|Query|Scan/.test(context.commandName ?? "");
      passes(slowness * (isRead ? TAKES.read : TAKES.write));
      return next(args);
    },
    { step: "initialize", name: "slow" },
  );
  left = [];
});
afterEach(() => site.stop());

const passes = (ms: number): void => site.clock.set(site.clock.now() + ms);

/** As deployed: what is left to be done lies in a queue when the answer leaves. */
const queued = (): Services => ({
  ...site.services,
  errands: {
    async leave(errand) {
      passes(TAKES.queue);
      left.push(errand);
    },
  },
});

async function make(state: State, address: string) {
  if (state === "unknown") return { address, id: "aaaaaaaaaaaaaaaa" };
  if (state === "waiting") await site.signUp({ email: address }, { ip: "198.51.100.1" });
  const { id } =
    state === "waiting" ? { id: (await site.personAt(address))?.id ?? "" } : await site.join(address);
  const { store, keyring } = site.services;
  const keys = await keyring.keys();
  const hash = (await store.subscriber(id))?.addressHash ?? "";
  const token = unsubscribeToken(keys, { subscriber: id, list: EVERYTHING });
  if (state === "left") await site.request("POST /unsubscribe/{token}", { token });
  if (state === "bounced" || state === "never")
    await store.suppress(hash, state === "never" ? "never" : "bounce");
  if (state === "erased") await erase(site.services, id);
  return { address, id };
}

/** What whoever asks can see: how long it took, and all that came. The page's own random word is as long each time. */
async function seen(routes: Routes, route: string, state: State, services: Services) {
  const { address, id } = people[state];
  const keys = await site.services.keyring.keys();
  const form = { form: formToken(keys, site.clock.now() - 10_000), "leave-empty": "", email: address };
  const expiresAt = site.clock.now() - 1;
  const tokens: Record<string, string> = {
    "POST /fresh-link/{token}": readerToken(keys, { subscriber: id, expiresAt }),
    "POST /new-link/{token}": confirmToken(keys, {
      subscriber: id,
      expiresAt: expiresAt - CONFIRM_LINK_LIFE / 7,
    }),
  };
  // Each from a network of its own: none has used up what a network may.
  const ip = `203.0.${STATES.indexOf(state)}.9`;
  const request = aRequest(route, { token: tokens[route] ?? "" }, { form, ip });
  const began = site.clock.now();
  const answer = (await routes[route]?.(services, request)) as WebResponse;
  return { ms: site.clock.now() - began, shown: visible(answer, address) };
}

const visible = ({ status, headers = {}, body }: WebResponse, address: string): string =>
  JSON.stringify([status, headers, body])
    .replaceAll(/nonce(-|=\\")[a-z2-7]+/g, "nonce")
    .replaceAll(address, "ADDRESS");

const ROUTES = ["POST /sign-up", "POST /fresh-link/{token}", "POST /new-link/{token}"];
const seenOfAll = async (routes: Routes, route: string, services: Services) => {
  const all = [];
  for (const state of STATES) all.push(await seen(routes, route, state, services));
  return all;
};

describe("who asks about an address", () => {
  it.each(ROUTES)(
    "sees the same answer after the same millisecond, whatever it is to us: %s",
    async (route) => {
      const all = await seenOfAll(answeringEvenly(webRoutes), route, queued());
      expect(all.map(({ ms }) => ms)).toEqual(STATES.map(() => ANSWER_FLOOR));
      expect([...new Set(all.map(({ shown }) => shown))]).toHaveLength(1);
      expect(left).toHaveLength(STATES.length);
    },
  );

  it.each(ROUTES)(
    "sees the same where the table is in trouble, and where no answer waits: %s",
    async (route) => {
      slowness = IN_TROUBLE;
      const even = (await seenOfAll(answeringEvenly(webRoutes), route, queued())).map(({ ms }) => ms);
      const bare = (await seenOfAll(webRoutes, route, queued())).map(({ ms }) => ms);
      expect([new Set(even).size, new Set(bare).size]).toEqual([1, 1]);
    },
  );

  it.each(ROUTES)("control: were it done before the answer, the times would tell: %s", async (route) => {
    const times = async (routes: Routes) =>
      (await seenOfAll(routes, route, site.services)).map(({ ms }) => ms);
    const bare = await times(webRoutes);
    expect(new Set(bare).size).toBeGreaterThan(1);
    expect(Math.max(...bare)).toBeLessThan(ANSWER_FLOOR);
    slowness = IN_TROUBLE;
    expect(new Set(await times(answeringEvenly(webRoutes))).size).toBeGreaterThan(1);
  });
});
