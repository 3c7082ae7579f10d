import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { mayAskAgain } from "../../functions/consent/errands/ask-for-confirmation-again.ts";
import { runErrand } from "../../functions/consent/errands/run-errand.ts";
import { deliverNudged } from "../../functions/deliver/nudge.ts";
import type { Errand } from "../../functions/domain/people/errand.ts";
import { ADMITTED } from "../../functions/domain/people/limits.ts";
import type { Subscriber } from "../../functions/domain/people/subscriber.ts";
import { DAY, HOUR, MINUTE, SECOND } from "../../functions/domain/time.ts";
import { EVERYTHING, personalToken, unsubscribeToken } from "../../functions/links/links.ts";
import { aConsent } from "../support/consents.ts";
import { startTableInMemory } from "../support/engines.ts";
import { webContent } from "../support/pages.ts";
import { openSite, type Site } from "../support/web.ts";

const ADDRESS = "ada@acme.example";
let site: Site;
/** What answers have left to be done, as it lies in the queue. */
let left: string[];
beforeEach(async () => {
  site = await openSite(webContent(), startTableInMemory);
  left = [];
  site.services.errands = { leave: async (errand) => void left.push(JSON.stringify(errand)) };
});
afterEach(() => site.stop());

const run = (message: string) => runErrand(site.services, JSON.parse(message) as Errand);
const runAll = async () => {
  for (const message of left.splice(0)) await run(message);
};
const signUp = async () => {
  await site.signUp({ email: ADDRESS });
  return left[0] ?? "";
};
const confirmations = async () =>
  Object.keys((await site.personAt(ADDRESS))?.agenda ?? {}).filter((key) => key.startsWith("confirmation"));
const join = async () => {
  await signUp();
  await runAll();
  const { id = "" } = (await site.personAt(ADDRESS)) ?? {};
  await site.request("POST /confirm/{token}", { token: await site.confirmLink(id) });
  return id;
};
const passes = (ms: number) => site.clock.set(site.clock.now() + ms);

describe("what an answer leaves to be done", () => {
  it("is no confirmation to an address from which mail came back", async () => {
    const id = await join();
    const { addressHash = "" } = (await site.personAt(ADDRESS)) ?? {};
    const record = aConsent("withdrawn", EVERYTHING, site.clock.now());
    await site.services.store.stopEverything(id, "bounce", record);
    passes(DAY);
    await signUp();
    await runAll();
    expect(await confirmations()).toEqual([]);
    await site.services.store.liftSuppression(addressHash, "bounce");
    passes(DAY);
    await signUp();
    await runAll();
    expect(await confirmations()).toHaveLength(1);
  });

  it("is a second confirmation where something waits for its button, and else none", async () => {
    const now = site.clock.now();
    await signUp();
    await runAll();
    const waiting = (await site.personAt(ADDRESS)) as Subscriber;
    expect(mayAskAgain(waiting, now)).toBe(true);
    await site.request("POST /confirm/{token}", { token: await site.confirmLink(waiting.id) });
    const active = (await site.personAt(ADDRESS)) as Subscriber;
    expect(mayAskAgain(active, now)).toBe(false);
    const asksForMore = { ...active, consents: [...active.consents, aConsent("requested", "more", now)] };
    expect(mayAskAgain(asksForMore, now)).toBe(true);
    expect(mayAskAgain({ ...asksForMore, status: "stopped" }, now)).toBe(false);
  });

  it("is left before anything is looked up or written about the address", async () => {
    const before = await site.services.store.findSubscriber("nobody");
    await signUp();
    expect([before, await site.personAt(ADDRESS), left.length]).toEqual([undefined, undefined, 1]);
    await runAll();
    expect(await confirmations()).toHaveLength(1);
  });

  it("holds no link: whoever reads the queue opens no page", async () => {
    const id = await join();
    const token = personalToken(await site.services.keyring.keys(), {
      subscriber: id,
      expiresAt: site.clock.now() + MINUTE,
    });
    await site.request("POST /change-address/{token}", { token }, { form: { email: "ada@home.example" } });
    const link = await site.confirmLink(id);
    await site.request("POST /new-link/{token}", { token: link });
    expect(left).toHaveLength(2);
    for (const secret of [token, link]) expect(left.join()).not.toContain(secret.slice(-20));
  });

  describe("that the queue brings a second time", () => {
    /** What is left by each route that mails, with whatever has to be there before. */
    type Mailing = Exclude<Errand["does"], "judge-voice">;
    const leaves: Record<Mailing, () => Promise<unknown>> = {
      "sign-up": signUp,
      "confirm-again": async () => {
        await signUp();
        await runAll();
        const { id = "" } = (await site.personAt(ADDRESS)) ?? {};
        const token = await site.confirmLink(id);
        passes(2 * DAY);
        return site.request("POST /new-link/{token}", { token });
      },
      "mail-link": async () =>
        site.request("POST /fresh-link/{token}", { token: await ownToken(await join()) }),
      "change-address": async () => {
        const token = await ownToken(await join());
        return site.request(
          "POST /change-address/{token}",
          { token },
          { form: { email: "ada@home.example" } },
        );
      },
    };
    const ownToken = async (subscriber: string) =>
      personalToken(await site.services.keyring.keys(), { subscriber, expiresAt: site.clock.now() + MINUTE });

    it.each(Object.keys(leaves) as Mailing[])(
      "mails once, though its mail has left before: %s",
      async (does) => {
        await leaves[does]();
        const errand = JSON.parse(left[0] ?? "") as Errand;
        expect(errand.does).toBe(does);
        const before = site.ses.sent.length;
        for (const later of [0, SECOND, MINUTE]) {
          passes(later);
          await deliverNudged(site.services, errand);
          expect(site.ses.sent.length - before, `${later} ms later`).toBe(1);
        }
      },
    );

    it("uses up one of the day's links, however many of its runs are cut off", async () => {
      const subscriber = await join();
      const token = unsubscribeToken(await site.services.keyring.keys(), { subscriber, list: EVERYTHING });
      await site.request("POST /unsubscribe/{token}", { token });
      await site.request("POST /fresh-link/{token}", { token: await ownToken(subscriber) });
      const { store } = site.services;
      const cutOff = {
        ...site.services,
        store: { ...store, change: () => Promise.reject(new Error("cut off")) },
      };
      const errand = JSON.parse(left[0] ?? "") as Errand;
      for (let tries = 0; tries < 3; tries++)
        await expect(runErrand(cutOff, errand)).rejects.toThrow("cut off");
      expect(await runErrand(site.services, errand)).toEqual({ subscriber });
      // Control: whoever has left everything gets three in thirty days.
      const again = async () => {
        passes(HOUR);
        await site.request("POST /fresh-link/{token}", { token: await ownToken(subscriber) });
        return run(left.at(-1) ?? "");
      };
      const answers = [await again(), await again(), await again()];
      passes(28 * DAY);
      answers.push(await again());
      expect(answers.map((mailed) => mailed !== undefined)).toEqual([true, true, false, false]);
    });

    it("uses up nothing of its network's day, however many of its runs are cut off", async () => {
      const message = await signUp();
      const { store } = site.services;
      const cutOff = {
        ...site.services,
        store: { ...store, bindAddress: () => Promise.reject(new Error("cut off")) },
      };
      for (let tries = 0; tries < ADMITTED.network.most; tries++)
        await expect(runErrand(cutOff, JSON.parse(message) as Errand)).rejects.toThrow("cut off");
      expect(await run(message)).toMatchObject({ subscriber: expect.any(String) });
      const others = Array.from({ length: ADMITTED.network.most }, (_, at) => `ada@acme${at}.example`);
      const admitted: boolean[] = [];
      for (const email of others) {
        await site.signUp({ email });
        admitted.push((await run(left.at(-1) ?? "")) !== undefined);
      }
      // Control: the last one is the network's twenty-first.
      expect(admitted).toEqual(others.map((_, at) => at < ADMITTED.network.most - 1));
    });

    it("is one sign-up, also once it was confirmed and left", async () => {
      const message = await signUp();
      const once = await run(message);
      expect(await run(message)).toEqual(once);
      expect(await confirmations()).toHaveLength(1);
      const { id = "" } = (await site.personAt(ADDRESS)) ?? {};
      await site.request("POST /confirm/{token}", { token: await site.confirmLink(id) });
      passes(MINUTE);
      const token = unsubscribeToken(await site.services.keyring.keys(), {
        subscriber: id,
        list: EVERYTHING,
      });
      await site.request("POST /unsubscribe/{token}", { token });
      await run(message);
      expect(await site.personAt(ADDRESS)).toMatchObject({ status: "stopped" });
    });

    it("is one fresh confirmation, also once it has left", async () => {
      await signUp();
      await runAll();
      const { id = "" } = (await site.personAt(ADDRESS)) ?? {};
      const link = await site.confirmLink(id);
      const person = await site.services.store.subscriber(id);
      if (person) await site.services.store.change(person, (current) => ({ ...current, agenda: {} }));
      passes(2 * DAY);
      await site.request("POST /new-link/{token}", { token: link });
      const [message = ""] = left;
      await run(message);
      const [key = ""] = await confirmations();
      const dispatch = `${id}_account_1_${key}`;
      const at = site.clock.now();
      await site.services.store.recordSent({
        ...{ dispatch, messageId: "m", sentAt: at, state: "sent", stateAt: at },
      } as Parameters<typeof site.services.store.recordSent>[0]);
      const now = await site.services.store.subscriber(id);
      if (now) await site.services.store.change(now, (current) => ({ ...current, agenda: {} }));
      await run(message);
      expect(await confirmations()).toEqual([]);
    });
  });

  it("does not undo what its person has said since: who left everything meanwhile is not asked again", async () => {
    const id = await join();
    passes(DAY);
    await site.signUp({ email: ADDRESS, course: "small-steps" });
    passes(SECOND);
    const token = unsubscribeToken(await site.services.keyring.keys(), { subscriber: id, list: EVERYTHING });
    await site.request("POST /unsubscribe/{token}", { token });
    await runAll();
    expect(await site.personAt(ADDRESS)).toMatchObject({ status: "stopped" });
    // Control: who asks after they have left is asked whether it was them.
    passes(MINUTE);
    await signUp();
    await runAll();
    expect(await site.personAt(ADDRESS)).toMatchObject({ status: "unconfirmed" });
  });

  it("keeps the later of two wishes, in whichever order they are brought", async () => {
    const id = await join();
    const token = personalToken(await site.services.keyring.keys(), {
      subscriber: id,
      expiresAt: site.clock.now() + 30 * MINUTE,
    });
    const ask = (email: string) =>
      site.request("POST /change-address/{token}", { token }, { form: { email } });
    await ask("first@home.example");
    passes(MINUTE);
    await ask("second@home.example");
    for (const message of left.reverse()) await run(message);
    expect((await site.personAt(ADDRESS))?.addressAsked?.address).toBe("second@home.example");
  });
});
