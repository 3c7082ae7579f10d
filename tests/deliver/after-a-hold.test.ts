import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { resumeSending } from "../../functions/deliver/breaker.ts";
import { takeConfirmationSlot } from "../../functions/deliver/confirmation-slot.ts";
import { deliver } from "../../functions/deliver/deliver.ts";
import { openSlots, refreshGovernor } from "../../functions/deliver/governor.ts";
import type { Dispatch } from "../../functions/domain/sending/dispatch.ts";
import { LONGEST_WAIT } from "../../functions/domain/sending/hold-on-mail.ts";
import { DAY, HOUR, MINUTE } from "../../functions/domain/time.ts";
import { feedback } from "../../functions/feedback/feedback.ts";
import type { Breaker, OutgoingMail } from "../../functions/ports.ts";
import { openSite, type Site, T0 } from "../support/web.ts";

let site: Site;
/** When each mail left, by its address. */
let left: Map<string, number>;
let strangers: number;
beforeEach(async () => {
  site = await openSite();
  left = new Map();
  strangers = 0;
});
afterEach(() => site.stop());

const ELSEWHERE = (n: number) => ({ ip: `10.${n >> 8}.${n & 255}.7` });
const READERS_NETWORK = { ip: "192.0.2.7" };
const confirmations = async (): Promise<Breaker> =>
  (await site.services.store.governor()).confirmations ?? {};
const count = (event: string) => site.logged.filter((line) => line.includes(`"${event}"`)).length;

/** Addresses that bounce, each of a company and a network of its own. */
async function strangersSignUp(many: number): Promise<void> {
  for (let n = 0; n < many; n++) {
    strangers++;
    await site.signUp({ email: `nobody@nowhere${strangers}.example` }, ELSEWHERE(strangers));
  }
}
async function readerSignsUp(email: string, more = READERS_NETWORK): Promise<void> {
  const { random } = site.services;
  // Of those that are due in the same moment the index has this one last.
  site.services.random = () => "z".repeat(16);
  await site.signUp({ email }, more);
  site.services.random = random;
}

/** What a lane does in ten minutes at the slowest rate, and what SES tells of it. */
async function tenMinutesPass(most = 10): Promise<void> {
  const { services, clock } = site;
  clock.set(clock.now() + 10 * MINUTE);
  await refreshGovernor(services);
  let sent = 0;
  for (const { holder } of await services.store.due("urgent-0", clock.now())) {
    const before = site.ses.sent.length;
    await deliver(services, holder, openSlots(services, "urgent"), clock.now() + MINUTE);
    const mails = site.ses.sent.slice(before);
    for (const mail of mails) await isTold(mail);
    sent += mails.length;
    if (sent >= most) return;
  }
}

async function isTold({ to, dispatch }: OutgoingMail): Promise<void> {
  const at = site.clock.now();
  left.set(to, at);
  if (!to.startsWith("nobody@")) return;
  const bounce = { type: "Permanent", subType: "General" };
  await feedback(site.services, { type: "Bounce", messageId: `m ${dispatch}`, at, dispatch, bounce });
}

async function hoursPass(hours: number): Promise<void> {
  for (let step = 0; step < hours * 6; step++) await tenMinutesPass();
}

describe("who signs up while strangers' addresses bounce", () => {
  it("is asked within a day, however many of theirs wait: one hold, and what waited leaves in portions", async () => {
    await strangersSignUp(22);
    await hoursPass(1);
    expect(await confirmations()).toHaveProperty("held.why", "bounces");
    await strangersSignUp(24);
    await readerSignsUp("reader@company.example");
    const askedAt = site.clock.now();
    const perHour: number[] = [];
    for (let hour = 0; hour < 48 && !left.has("reader@company.example"); hour++) {
      const sent = site.ses.sent.length;
      await hoursPass(1);
      perHour.push(site.ses.sent.length - sent);
    }
    expect((left.get("reader@company.example") ?? Number.POSITIVE_INFINITY) - askedAt).toBeLessThan(DAY);
    expect(Math.max(...perHour)).toBeLessThanOrEqual(5);
    // All of theirs came back, and brought no second hold.
    await hoursPass(8);
    expect([...left.keys()].filter((address) => address.startsWith("nobody@"))).toHaveLength(46);
    expect([(await confirmations()).holds, (await confirmations()).held]).toEqual([1, undefined]);
  }, 60_000);

  it("waits a day and a half at the most while strangers come again every six hours for days, and none is given up", async () => {
    const asked = new Map<string, number>();
    for (let quarter = 0; quarter < 4 * 4; quarter++) {
      await strangersSignUp(12);
      const email = `reader${quarter}@company${quarter}.example`;
      await site.signUp({ email }, { ip: `192.0.${quarter}.7` });
      asked.set(email, site.clock.now());
      await hoursPass(6);
    }
    await hoursPass(30);
    const waits = [...asked].map(([email, at]) => (left.get(email) ?? Number.POSITIVE_INFINITY) - at);
    expect(Math.max(...waits) / HOUR).toBeLessThanOrEqual(36);
    expect(count("SignUpDropped")).toBe(0);
    expect((await confirmations()).holds).toBeGreaterThan(1);
  }, 60_000);
});

describe("portions after a hold", () => {
  const hold = async (confirmations: Breaker) => {
    const { store } = site.services;
    await store.saveGovernor({ ...(await store.governor()), confirmations });
  };

  it("grow each hour that next to nothing comes back, so that two hundred readers who waited are asked within a night", async () => {
    await hold({ held: { why: "bounces", since: T0, until: T0 + 6 * HOUR } });
    for (let n = 0; n < 200; n++) await site.signUp({ email: `reader${n}@gmail.com` }, ELSEWHERE(n));
    const leaving: number[] = [];
    for (let hour = 0; hour < 14; hour++) {
      const sent = site.ses.sent.length;
      for (let step = 0; step < 6; step++) await tenMinutesPass(1_000);
      leaving.push(site.ses.sent.length - sent);
    }
    expect(leaving.slice(0, 5)).toEqual([0, 0, 0, 0, 0]);
    expect(leaving.reduce((sum, one) => sum + one, 0)).toBe(200);
    expect(leaving[6]).toBeLessThanOrEqual(10);
  }, 60_000);

  it("give no network and no company more than a fifth", async () => {
    await hold({ held: { why: "bounces", since: T0 - 6 * HOUR, until: T0 } });
    for (let n = 0; n < 8; n++) await site.signUp({ email: `colleague${n}@company.example` }, ELSEWHERE(n));
    await readerSignsUp("reader@other.example");
    await tenMinutesPass();
    expect([...left.keys()].map((address) => address.split("@")[1])).toEqual([
      "company.example",
      "other.example",
    ]);
  });

  it("have no place for those whose network or company has bounced: they leave one an hour, and are dropped after a week", async () => {
    await strangersSignUp(1);
    await hoursPass(1.5);
    await hold({ held: { why: "bounces", since: T0 - 6 * HOUR, until: site.clock.now() } });
    const suspects = [
      { email: "a@elsewhere.example" },
      { email: "b@nowhere1.example" },
      { email: "c@there.example" },
    ];
    for (const [n, suspect] of suspects.entries())
      await site.signUp(suspect, n === 1 ? ELSEWHERE(90) : ELSEWHERE(1));
    await readerSignsUp("reader@company.example");
    await tenMinutesPass();
    expect(left.has("reader@company.example")).toBe(true);
    expect(suspects.filter(({ email }) => left.has(email))).toHaveLength(1);
    await hoursPass(2.5);
    expect(suspects.filter(({ email }) => left.has(email))).toHaveLength(3);
    // One that has waited for a week.
    const { clock, services } = site;
    await services.store.count({ key: "leaving-suspects", most: 1, windowMs: HOUR });
    const origin = { address: "d@nowhere1.example", network: "10.9.9.0/24" };
    const leave = (ago: number) => takeConfirmationSlot(services, origin, confirmation(clock.now() - ago));
    expect(await leave(6 * DAY)).toBeGreaterThan(clock.now());
    expect(await leave(7 * DAY)).toBe("given-up");
  });

  it("give up what has waited for two days and still has no place, and tell the owner; never what they brought", async () => {
    await hold({ easedFrom: T0 });
    for (let n = 0; n < 5; n++)
      await site.services.store.count({ key: "leaving-after-hold", most: 5, windowMs: HOUR });
    const leave = (ago: number, network?: string) =>
      takeConfirmationSlot(site.services, { address: "a@b.example", network }, confirmation(T0 - ago));
    expect(await leave(LONGEST_WAIT - 2 * HOUR, "10.9.9.0/24")).toBeGreaterThan(T0);
    expect(await leave(LONGEST_WAIT, "10.9.9.0/24")).toBe("given-up");
    expect(await leave(LONGEST_WAIT)).toBeGreaterThan(T0);

    await site.signUp({ email: "reader@company.example" }, ELSEWHERE(7));
    site.clock.set(T0 + LONGEST_WAIT);
    await hold({ easedFrom: site.clock.now() });
    for (let n = 0; n < 5; n++)
      await site.services.store.count({ key: "leaving-after-hold", most: 5, windowMs: HOUR });
    await tenMinutesPass();
    expect(left.size).toBe(0);
    expect([count("SignUpDropped"), site.told.length]).toEqual([1, 1]);
    expect(site.told[0]?.subject).toContain("given up");
    expect((await site.personAt("reader@company.example"))?.agenda).toEqual({});
  });

  it("end where the owner resumes", async () => {
    await hold({ held: { why: "bounces", since: T0, until: T0 + 6 * HOUR } });
    for (let n = 0; n < 9; n++) await site.signUp({ email: `reader${n}@gmail.com` }, ELSEWHERE(n));
    await resumeSending(site.services);
    await tenMinutesPass();
    expect(left.size).toBe(9);
  });
});

const confirmation = (askedAt: number): Dispatch => ({
  ...{ subscriber: "s", list: "account", run: 1 },
  ...{ kind: "confirmation", slug: `${askedAt}-1` },
});
