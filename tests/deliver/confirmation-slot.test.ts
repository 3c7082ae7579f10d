import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { takeConfirmationSlot } from "../../functions/deliver/confirmation-slot.ts";
import { deliver } from "../../functions/deliver/deliver.ts";
import { openSlots } from "../../functions/deliver/governor.ts";
import type { Subscriber } from "../../functions/domain/people/subscriber.ts";
import type { Dispatch } from "../../functions/domain/sending/dispatch.ts";
import { DAY, HOUR, MINUTE } from "../../functions/domain/time.ts";
import type { Governor } from "../../functions/ports.ts";
import { openSite, type Site, T0 } from "../support/web.ts";

let site: Site;
beforeEach(async () => {
  site = await openSite();
});
afterEach(() => site.stop());

const confirmation = (slug: string): Dispatch => ({
  ...{ subscriber: "s", list: "account", run: 1 },
  ...{ kind: "confirmation", slug },
});
const OTHERS = (n: number) => ({ ip: `10.${n >> 8}.${n & 255}.7` });
const dropped = () => site.logged.filter((line) => line.includes('"SignUpDropped"')).length;

/** All that is due now leaves, as far as it may. */
async function leaves(): Promise<void> {
  const { store } = site.services;
  const until = site.clock.now() + MINUTE;
  for (;;) {
    const due = await store.due("urgent-0", site.clock.now());
    const outcomes = [];
    for (const { holder } of due)
      outcomes.push(await deliver(site.services, holder, openSlots(site.services, "urgent"), until));
    if (!outcomes.some((outcome) => outcome === "sent" || outcome === "moved")) return;
  }
}

/** When each mail left, in hours from the beginning; looked at every hour. */
async function hoursOfMails(hours: number, step = 1): Promise<number[]> {
  const left: number[] = [];
  for (let hour = 0; hour <= hours; hour += step) {
    site.clock.set(Math.max(site.clock.now(), T0 + hour * HOUR));
    const before = site.ses.sent.length;
    await leaves();
    left.push(...Array<number>(site.ses.sent.length - before).fill(hour));
  }
  return left;
}

const quota = async (mails: number) => {
  const { store } = site.services;
  await store.saveGovernor({ ...(await store.governor()), quota: mails });
};

describe("a victim whose address strangers type", () => {
  it("gets one confirmation a day and three in thirty days, whatever the spelling and the network", async () => {
    for (let n = 0; n < 16; n++)
      await site.signUp({ email: n % 2 ? `victim+${n}@gmail.com` : `vic.tim+${n}@gmail.com` }, OTHERS(n));
    expect(await hoursOfMails(29 * 24, 6)).toEqual([0, 24, 48]);
    expect(dropped()).toBe(13);
    site.clock.set(T0 + 29 * DAY + 23 * HOUR);
    for (let n = 60; n < 70; n++) await site.signUp({ email: `victim+${n}@gmail.com` }, OTHERS(n));
    await leaves();
    expect(site.ses.sent).toHaveLength(3);
  }, 60_000);

  it("is not told apart from their neighbours: other mailboxes of the same provider are mailed at once", async () => {
    for (let n = 0; n < 30; n++) await site.signUp({ email: `reader${n}@gmail.com` }, OTHERS(n));
    expect(await hoursOfMails(0)).toHaveLength(30);
  });
});

describe("a network that signs up many", () => {
  it("has twenty admitted in a day, and five leave in an hour: never all of them at the window's end", async () => {
    for (let n = 0; n < 25; n++) await site.signUp({ email: `reader${n}@gmail.com` });
    const left = await hoursOfMails(30);
    const inEach = [0, 1, 2, 3].map((hour) => left.filter((one) => one === hour).length);
    expect([left.length, ...inEach]).toEqual([20, 5, 5, 5, 5]);
    expect(dropped()).toBe(5);
  });

  it("in a flood of hundreds is told to the owner in one mail, each drop is counted, and each is answered alike", async () => {
    const answers = [];
    for (let n = 0; n < 300; n++) {
      site.clock.set(T0 + n * 1_000);
      answers.push((await site.signUp({ email: `reader${n}@gmail.com` })).status);
    }
    expect([...new Set(answers)]).toEqual([200]);
    expect(dropped()).toBe(280);
    expect(site.told.map(({ subject }) => subject)).toEqual(["Coursepost test: sign-ups are dropped"]);
  });

  it("of a company is admitted whole, where the owner has let it in", async () => {
    site.services.settings = { ...site.services.settings, letIn: ["192.0.2.0/24"] };
    for (let n = 0; n < 40; n++) await site.signUp({ email: `reader${n}@acme.example` });
    expect(await hoursOfMails(0)).toHaveLength(40);
  });
});

describe("a company's domain", () => {
  it("gets twenty confirmations an hour and sixty a day, from however many networks they are asked for", async () => {
    for (let n = 0; n < 65; n++) await site.signUp({ email: `reader${n}@acme.example` }, OTHERS(n));
    const left = await hoursOfMails(5);
    const inEach = [0, 1, 2].map((hour) => left.filter((one) => one === hour).length);
    expect([left.length, ...inEach]).toEqual([60, 20, 20, 20]);
  });
});

describe("confirmations in all", () => {
  it("are at most half of a new account's 200 mails a day, and what is more is dropped", async () => {
    await quota(200);
    for (let n = 0; n < 105; n++) await site.signUp({ email: `reader${n}@gmail.com` }, OTHERS(n));
    expect(await hoursOfMails(25, 5)).toHaveLength(100);
    expect(dropped()).toBe(5);
  });

  it("are at most half of a young domain's day, however much SES grants", async () => {
    site.services.settings = { ...site.services.settings, warmUp: { from: 20, factor: 2 } };
    await quota(50_000);
    for (let n = 0; n < 12; n++) await site.signUp({ email: `reader${n}@gmail.com` }, OTHERS(n));
    expect(await hoursOfMails(0)).toHaveLength(10);
    expect(dropped()).toBe(2);
  });

  it("survive a launch day: hundreds of sign-ups on an ordinary account are all mailed at once", async () => {
    await quota(50_000);
    for (let n = 0; n < 200; n++) await site.signUp({ email: `reader${n}@gmail.com` }, OTHERS(n));
    expect(await hoursOfMails(0)).toHaveLength(200);
    expect(dropped()).toBe(0);
  }, 30_000);
});

describe("a confirmation", () => {
  it("waits while confirmations are held: until the end that is known, or from hour to hour", async () => {
    const { store } = site.services;
    const hold = async (confirmations: Governor["confirmations"]) => {
      const governor = await store.governor();
      await store.saveGovernor({ ...governor, confirmations });
    };
    await site.signUp({ email: "jo@acme.example" });
    const dueAt = async () => Object.values((await site.personAt("jo@acme.example"))?.agenda ?? {})[0]?.dueAt;
    await hold({ held: { why: "bounces", since: T0 } });
    await leaves();
    const isInTurn = async (from: number) => {
      const due = (await dueAt()) ?? 0;
      expect([due >= from, due <= from + MINUTE]).toEqual([true, true]);
    };
    await isInTurn(site.clock.now() + HOUR);
    site.clock.set(T0 + HOUR + MINUTE);
    await hold({ held: { why: "bounces", since: T0, until: T0 + 7 * HOUR } });
    await leaves();
    await isInTurn(T0 + 7 * HOUR);
    expect(site.ses.sent).toEqual([]);
    site.clock.set(T0 + 7 * HOUR + MINUTE);
    await leaves();
    expect(site.ses.sent).toHaveLength(1);
  });

  it("has a quarter of all their room on the day after a hold", async () => {
    await quota(80);
    const { store } = site.services;
    const easedFrom = site.clock.now() - 13 * HOUR;
    await store.saveGovernor({ ...(await store.governor()), confirmations: { easedFrom } });
    for (let n = 0; n < 12; n++) await site.signUp({ email: `reader${n}@gmail.com` }, OTHERS(n));
    expect(await hoursOfMails(0)).toHaveLength(10);
  });

  it("of somebody whom the owner brought is held to no network's pace", async () => {
    for (let n = 0; n < 7; n++) {
      await site.signUp({ email: `reader${n}@gmail.com` });
      const person = (await site.personAt(`reader${n}@gmail.com`)) as Subscriber;
      const consents = person.consents.map((one) => ({ ...one, actor: "owner" as const }));
      await site.services.store.change(person, (current) => ({ ...current, consents }));
    }
    expect(await hoursOfMails(0)).toHaveLength(7);
  });

  it("of whom no network is known shares one with all such", async () => {
    for (let n = 0; n < 7; n++) {
      await site.signUp({ email: `reader${n}@gmail.com` }, OTHERS(n));
      const person = (await site.personAt(`reader${n}@gmail.com`)) as Subscriber;
      const consents = person.consents.map(({ network: _, ...one }) => one);
      await site.services.store.change(person, (current) => ({ ...current, consents }));
    }
    expect(await hoursOfMails(0)).toHaveLength(5);
  });
});

describe("a confirmation that is tried again", () => {
  it("after SES's refusal uses the mailbox's slot that it has, and leaves the same day", async () => {
    await site.signUp({ email: "jo@acme.example" });
    site.ses.answers.push({ outcome: "refused", why: "later", detail: "not now" });
    await leaves();
    site.clock.set(T0 + 6 * MINUTE);
    await leaves();
    expect(site.ses.sent).toHaveLength(2);
    expect((await site.personAt("jo@acme.example"))?.agenda).toEqual({});
  });
});

describe("a confirmation whose attempts are cut off before its mail is claimed", () => {
  const origin = { address: "jo@acme.example", network: "192.0.2.0/24" };
  const attempt = (dispatch: string, of = origin) =>
    takeConfirmationSlot(site.services, of, confirmation(dispatch));

  it("uses up no more of its network's hour and its company's than one, and leaves at the next", async () => {
    for (let cut = 0; cut < 25; cut++) expect(await attempt("jo")).toBe("now");
    for (let n = 0; n < 4; n++)
      expect(await attempt(`${n}`, { ...origin, address: `jo${n}@acme.example` })).toBe("now");
    // Control: the sixth mail of the network waits, for an hour from the first.
    site.clock.set(site.clock.now() + 10 * MINUTE);
    expect(await attempt("six", { ...origin, address: "six@acme.example" })).toBe(T0 + HOUR);
  });

  it("uses up no more of the day in all than one", async () => {
    await quota(4);
    for (let cut = 0; cut < 9; cut++) expect(await attempt("jo")).toBe("now");
    const elsewhere = { address: "ann@other.example", network: "198.51.100.0/24" };
    expect(await attempt("ann", elsewhere)).toBe("now");
    // Control: half of four mails a day are two.
    expect(await attempt("third", { ...elsewhere, address: "third@third.example" })).toBe(T0 + DAY);
    expect(await attempt("ann", elsewhere), "what has its place keeps it").toBe("now");
  });
});

describe("a mailbox that has had its three confirmations", () => {
  it("gets no fourth within thirty days, whoever let it be asked for", async () => {
    const answers = [];
    for (let day = 0; day < 4; day++) {
      site.clock.set(T0 + 2 * day * DAY);
      const origin = { address: "jo@acme.example", network: `10.0.${day}.0/24` };
      answers.push(await takeConfirmationSlot(site.services, origin, confirmation(`${day}`)));
    }
    expect(answers).toEqual(["now", "now", "now", "never"]);
  });
});
