import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Audience } from "../../console/audience.ts";
import {
  cancelBroadcast,
  pauseBroadcast,
  resumeBroadcast,
  type Start,
  type Started,
  startBroadcast,
} from "../../console/issue/start-broadcast.ts";
import type { AllPeople } from "../../console/table/people.ts";
import { runLane } from "../../functions/deliver/lane.ts";
import { findLanguage } from "../../functions/domain/content.ts";
import { inertEnrolment, withActivation } from "../../functions/domain/course/enrolment.ts";
import { issueDispatch } from "../../functions/domain/newsletter/broadcast.ts";
import { type Subscriber, withStop } from "../../functions/domain/people/subscriber.ts";
import { DAY, HOUR, MINUTE } from "../../functions/domain/time.ts";
import type { Services } from "../../functions/ports.ts";
import { addNewsletterReader, anIssue } from "../support/audience.ts";
import { aConsent } from "../support/consents.ts";
import { plainContent } from "../support/content.ts";
import { aCourse } from "../support/course.ts";
import { CADENCE, startWorld, type World } from "../support/services.ts";

const NOW = Date.UTC(2026, 5, 1, 9);
const READERS = 12;
/** A claim's minute, and the grace. */
const GRACE = 16 * MINUTE;

describe("an issue of the newsletter", () => {
  let world: World;
  let readers: Subscriber[];
  beforeEach(async () => {
    world = await startWorld(plainContent(aCourse("one", "two")), NOW);
    readers = await Promise.all(
      Array.from({ length: READERS }, (_, at) => addNewsletterReader(world.services, `r${at}@x.example`)),
    );
  });
  afterEach(() => world.stop());

  const start = (more: Partial<Start> = {}, allPeople: AllPeople = world.allPeople): Promise<Started> => {
    const asked = { issue: anIssue(), audience: {}, asked: "everybody", when: { from: world.clock.now() } };
    return startBroadcast({ ...world.services, allPeople }, { ...asked, ...more });
  };
  const lanes = async (services: Services = world.services) => {
    for (let lane = 0; lane < 4; lane++) await runLane(services, { lane });
  };
  /** Lets this time pass, and the lanes come round at its end. */
  const pass = async (ms: number) => {
    world.clock.set(world.clock.now() + ms);
    await lanes();
  };
  const mailed = () => world.ses.sent.map(({ to }) => to).sort();
  const everybody = () => readers.map(({ address }) => address).sort();
  const change = (id: string, apply: (one: Subscriber) => Subscriber) =>
    world.services.store.change<Subscriber>(readers.find((one) => one.id === id) as Subscriber, apply);

  it("reaches everybody who asked for it once, however often it is started and looked at", async () => {
    expect((await start()).outcome).toBe("started");
    expect((await start()).outcome).toBe("running");
    await lanes();
    await pass(2 * MINUTE);
    expect(mailed()).toEqual(everybody());
    expect(await world.services.store.ledgerEntry(issueDispatch(readers[0]?.id ?? "", "news"))).toBeDefined();
  });

  it("reaches nobody who did not ask for it, has stopped, or is in mid-course", async () => {
    await addNewsletterReader(world.services, "no@x.example", { newsletter: false });
    await addNewsletterReader(world.services, "asked@x.example", { status: "unconfirmed" });
    const busy = await addNewsletterReader(world.services, "busy@x.example");
    await world.services.store.save(
      withActivation(inertEnrolment(busy.id, "course", CADENCE, NOW - 9 * DAY), NOW + DAY),
    );
    await start();
    await lanes();
    expect(mailed()).toEqual(everybody());
  });

  it("control: it reaches the reader in mid-course where they are meant", async () => {
    const busy = await addNewsletterReader(world.services, "busy@x.example");
    await world.services.store.save(
      withActivation(inertEnrolment(busy.id, "course", CADENCE, NOW - 9 * DAY), NOW + DAY),
    );
    const audience: Audience = { states: ["mid-course"] };
    await start({ audience });
    await lanes();
    expect(mailed()).toEqual(["busy@x.example"]);
  });

  it("is mailed to nobody twice when two people start it at once and all lanes look at the same pages", async () => {
    const outcomes = await Promise.all([start(), start(), start()]);
    expect(outcomes.map(({ outcome }) => outcome).filter((outcome) => outcome !== "running")).not.toEqual([]);
    await Promise.all([lanes(), lanes()]);
    await pass(2 * MINUTE);
    expect(mailed()).toEqual(everybody());
  });

  it("goes on behind the page at which a start was cut off", async () => {
    const cutOff: AllPeople = {
      ...world.allPeople,
      async *people(after) {
        let seen = 0;
        for await (const person of world.allPeople.people(after)) {
          if (++seen > 10) throw new Error("killed");
          yield person;
        }
      },
    };
    await expect(start({}, cutOff)).rejects.toThrow("killed");
    expect((await world.services.broadcasts.broadcast("news"))?.gathered).toBe(false);
    expect((await start()).outcome).toBe("started");
    await lanes();
    expect(mailed()).toEqual(everybody());
  });

  it("is not mailed to somebody who leaves the newsletter or everything before their turn", async () => {
    const [one, two] = readers as [Subscriber, Subscriber];
    await start();
    await change(one.id, (current) => ({ ...current, newsletter: false }));
    const consent = aConsent("withdrawn", "everything", NOW);
    await change(two.id, (current) => withStop(current, "reader", consent, NOW));
    await lanes();
    expect(mailed()).toEqual(everybody().filter((address) => ![one.address, two.address].includes(address)));
  });

  it("is not mailed to somebody who leaves between the look at them and the claim", async () => {
    const [one] = readers as [Subscriber];
    await start();
    const leaving: Services = {
      ...world.services,
      broadcasts: {
        ...world.services.broadcasts,
        // The words are fetched after the reader was read and before they are claimed.
        words: async (slug, revision) => {
          await change(one.id, (current) =>
            current.newsletter ? { ...current, newsletter: false } : current,
          );
          return world.services.broadcasts.words(slug, revision);
        },
      },
    };
    await lanes(leaving);
    await pass(2 * MINUTE);
    expect(mailed()).toEqual(everybody().filter((address) => address !== one.address));
  });

  describe("when a lane is killed", () => {
    const killed = new Error("killed");
    const dyingAt = (
      step: "after claim" | "after SES" | "after ledger" | "before the page is written",
    ): Services => {
      const { store, mailer, broadcasts } = world.services;
      const die = async () => Promise.reject(killed);
      if (step === "after claim") return { ...world.services, mailer: { ...mailer, send: die } };
      if (step === "after SES") return { ...world.services, store: { ...store, recordSent: die } };
      if (step === "after ledger") return { ...world.services, store: { ...store, change: die } };
      return { ...world.services, broadcasts: { ...broadcasts, saveBatch: die } };
    };

    it.each(["after claim", "after ledger", "before the page is written"] as const)(
      "%s, everybody gets it once in the end",
      async (step) => {
        await start();
        await lanes(dyingAt(step));
        await pass(5 * MINUTE);
        await pass(GRACE);
        await pass(MINUTE);
        expect(mailed()).toEqual(everybody());
      },
    );

    it("after SES, it is in doubt: sent once more only if no event comes within the grace", async () => {
      await start();
      await lanes(dyingAt("after SES"));
      const inDoubt = mailed();
      expect(inDoubt.length).toBeGreaterThan(0);
      await pass(5 * MINUTE);
      expect(mailed()).toEqual(everybody());
      await pass(GRACE);
      await pass(MINUTE);
      expect(mailed()).toEqual([...everybody(), ...inDoubt].sort());
    });
  });

  it("stops within the minute when it is paused, and goes on when it is resumed", async () => {
    const { broadcasts } = world.services;
    // At this rate six are looked at side by side: what has its words when the pause is written still leaves.
    world.services.mailer.quota = async () => ({ rate: 3, quota: -1, sent24h: 0, enabled: true });
    world.clock.set(NOW + MINUTE);
    await start();
    const pausing: Services = {
      ...world.services,
      mailer: {
        ...world.services.mailer,
        send: async (mail) => {
          await pauseBroadcast(broadcasts, "news");
          return world.services.mailer.send(mail);
        },
      },
    };
    await lanes(pausing);
    const before = mailed().length;
    expect(before).toBeGreaterThan(0);
    expect(before).toBeLessThanOrEqual(6);
    await pass(10 * MINUTE);
    expect(mailed()).toHaveLength(before);
    await resumeBroadcast(broadcasts, "news");
    await pass(6 * MINUTE);
    expect(mailed()).toEqual(everybody());
  });

  it("ends for good when it is cancelled", async () => {
    await start();
    await cancelBroadcast(world.services.broadcasts, "news");
    await lanes();
    await resumeBroadcast(world.services.broadcasts, "news");
    await pass(3 * MINUTE);
    expect(mailed()).toEqual([]);
    expect((await start()).outcome).toBe("cancelled");
  });

  it("refuses other words after the start, unless they are meant; then they reach those who wait", async () => {
    const text: (object & { body: { text: string } })[] = [];
    findLanguage(world.services.content, { language: "en" }).emails.issue.text = (values) => {
      text.push(values as (typeof text)[number]);
      return "text";
    };
    await start({ when: { from: NOW + HOUR } });
    const issue = anIssue("news", "Corrected.");
    expect((await start({ issue })).outcome).toBe("changed");
    expect((await start({ issue, isChangeMeant: true })).outcome).toBe("running");
    await pass(HOUR + MINUTE);
    expect(mailed()).toEqual(everybody());
    expect(new Set(text.map(({ body }) => body.text))).toEqual(new Set(["Corrected."]));
  });

  it("comes at the hour of each reader's own clock", async () => {
    await addNewsletterReader(world.services, "tokyo@x.example", { zone: "Asia/Tokyo" });
    await addNewsletterReader(world.services, "york@x.example", { zone: "America/New_York" });
    await addNewsletterReader(world.services, "nowhere@x.example", { zone: "Nowhere/Land" });
    const at = new Map<string, string>();
    world.services.mailer.send = async ({ to }) => {
      at.set(to, new Date(world.clock.now()).toISOString().slice(0, 13));
      return { outcome: "accepted", messageId: to };
    };
    await start({ when: { from: NOW, local: "08:00" } });
    for (const hour of [3, 12, 14, 21, 23].map((hours) => hours * HOUR)) {
      world.clock.set(NOW + hour - 1);
      await lanes();
      world.clock.set(NOW + hour);
      await lanes();
    }
    // It is 09:00 UTC on the first of June: 08:00 in New York is at 12, in Tokyo at 23, in Berlin (the default) at 06.
    expect(at.get("york@x.example")).toBe("2026-06-01T12");
    expect(at.get("tokyo@x.example")).toBe("2026-06-01T23");
    expect(at.get("nowhere@x.example")).toBe("2026-06-02T06");
    expect(at.get("r0@x.example")).toBe("2026-06-02T08");
  });

  it("leaves the last tenth of the day's quota to what is not an issue", async () => {
    const quota = async () => ({ rate: 1_000, quota: 1_000, sent24h: 900, enabled: true });
    world.services.mailer.quota = quota;
    world.clock.set(NOW + MINUTE);
    await start();
    await lanes();
    expect(mailed()).toEqual([]);
    world.services.mailer.quota = async () => ({ ...(await quota()), sent24h: 899 });
    await pass(2 * MINUTE);
    expect(mailed()).toEqual(everybody());
  });
});
