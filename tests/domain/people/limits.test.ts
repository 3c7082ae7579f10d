import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  admissionLimits,
  confirmationsADay,
  hashLetInEntry,
  isLetInEntry,
  LARGE_PROVIDERS,
  type LetInNow,
  leavingLimits,
  likelyMailbox,
  mailboxRest,
  mailboxSlots,
} from "../../../functions/domain/people/limits.ts";
import { DAY, HOUR } from "../../../functions/domain/time.ts";

const hash = (text: string): string => Buffer.from(text).toString("hex");
const origin = { address: "jo@acme.example", network: "192.0.2.0/24" };
const numbers = (limits: { most: number; windowMs: number }[]) =>
  limits.map(({ most, windowMs }) => [most, windowMs]);

describe("the limits of a sign-up", () => {
  it("admit 20 a day of a network, 60 of a company, 3 in 30 days of a mailbox, and a day's mail in all", () => {
    expect(numbers(admissionLimits(origin, [], 100, hash))).toEqual([
      [20, DAY],
      [60, DAY],
      [3, 30 * DAY],
      [100, DAY],
    ]);
  });

  it("count a mailbox by who asks, so that what failed half-way and is sent again uses up no more", () => {
    const byAsking = admissionLimits(origin, [], 100, hash).filter((limit) => limit.isByAsking);
    expect(numbers(byAsking)).toEqual([[3, 30 * DAY]]);
    const leaving = leavingLimits(origin, [], 100, hash).filter((limit) => limit.isByAsking);
    expect(numbers(leaving)).toEqual([
      [5, HOUR],
      [20, HOUR],
    ]);
  });

  it("let 5 an hour leave for a network, 20 for a company, and a day's mail in all", () => {
    expect(numbers(leavingLimits(origin, [], 100, hash))).toEqual([
      [5, HOUR],
      [20, HOUR],
      [100, DAY],
    ]);
  });

  it("admit in a day no more than may leave in it, so that what waits cannot grow", () => {
    const [network, domain] = admissionLimits(origin, [], 100, hash);
    const [networkLeaves, domainLeaves] = leavingLimits(origin, [], 100, hash);
    expect((networkLeaves?.most ?? 0) * 24).toBeGreaterThanOrEqual(network?.most ?? 0);
    expect((domainLeaves?.most ?? 0) * 24).toBeGreaterThanOrEqual(domain?.most ?? 0);
  });

  it("do not take the large mailbox providers for one company", () => {
    for (const domain of ["gmail.com", "GMAIL.com", "outlook.com", "privaterelay.appleid.com"]) {
      expect(leavingLimits({ ...origin, address: `jo@${domain}` }, [], undefined, hash)).toHaveLength(1);
    }
  });

  it("are the mailbox's and the day's alone for whom the owner has let in or has brought", () => {
    const letIn = (entry: string) => numbers(admissionLimits(origin, [{ entry }], 100, hash));
    const few = [
      [3, 30 * DAY],
      [100, DAY],
    ];
    for (const entry of ["192.0.2.0/24", "192.0.2.77", "acme.example", "ACME.example", "Jo@acme.example"])
      expect(letIn(entry)).toEqual(few);
    expect(numbers(admissionLimits({ ...origin, network: undefined }, [], 100, hash))).toEqual(few);
    // Controls: what only looks alike lets nobody in.
    for (const entry of ["192.0.3.0/24", "192.0.2.0/25", "cme.example", "o@acme.example"])
      expect(letIn(entry)).toHaveLength(4);
  });

  it("give the mailbox of an address its three anew, each time that the owner lets in the address, in that spelling alone", () => {
    const entry = hashLetInEntry("jo@acme.example", hash);
    const keys = (address: string, letIn: LetInNow[]) => [
      admissionLimits({ ...origin, address }, letIn, 100, hash).find(({ most }) => most === 3)?.key,
      ...mailboxSlots(address, letIn, hash),
      mailboxRest(address, letIn, hash),
    ];
    const usual = keys("jo@acme.example", []);
    const terms = [[{ entry, until: 5 }], [{ entry, until: 6 }], [{ entry: "jo@acme.example" }]];
    const all = [usual, ...terms.map((letIn) => keys("jo@acme.example", letIn))].flat();
    expect(new Set(all).size).toBe(all.length);
    // Controls: another spelling of the mailbox, its company and its network have what they had.
    for (const other of [[{ entry, until: 5 }], [{ entry: "acme.example" }], [{ entry: origin.network }]])
      expect(keys("jo+tag@acme.example", other)).toEqual(usual);
  });

  it("have a key each, and never hold a network, a domain or a mailbox in clear", () => {
    fc.assert(
      fc.property(fc.domain(), fc.ipV4(), (domain, ip) => {
        const network = `${ip.split(".").slice(0, 3).join(".")}.0/24`;
        const of = { address: `jo.doe@${domain}`, network };
        const keys = [...admissionLimits(of, [], 9, hash), ...leavingLimits(of, [], 9, hash)].map(
          ({ key }) => key,
        );
        const all = [...keys, ...mailboxSlots(of.address, [], hash), mailboxRest(of.address, [], hash)];
        expect(new Set(all).size).toBe(all.length);
        expect(all.filter((key) => key.includes(domain) || key.includes(network))).toEqual([]);
      }),
    );
  });

  it("name providers in lower case, as domains are compared", () => {
    expect([...LARGE_PROVIDERS].filter((domain) => domain !== domain.toLowerCase())).toEqual([]);
  });
});

describe("a mailbox", () => {
  it("is one under all spellings that reach it", () => {
    const spellings = ["victim@gmail.com", "v.i.c.t.i.m@gmail.com", "Victim+7@googlemail.com"];
    expect(new Set(spellings.map(likelyMailbox))).toEqual(new Set(["victim@gmail.com"]));
    expect(likelyMailbox("jo+news@acme.example")).toBe("jo@acme.example");
  });

  it.each([
    ["proton.me", ["jo.doe@proton.me", "jo-doe@protonmail.com", "JO_DOE+x@pm.me", "jodoe@protonmail.ch"]],
    ["icloud.com", ["jodoe@icloud.com", "jodoe@me.com", "jodoe+x@mac.com"]],
    ["yandex.ru", ["jo.doe@yandex.ru", "jo-doe@ya.ru", "jodoe@yandex.com"]],
    ["fastmail.com", ["jodoe@fastmail.com", "a@jodoe.fastmail.com", "b+c@JoDoe.fastmail.com"]],
    ["mozmail.com", ["jodoe@mozmail.com", "anything@jodoe.mozmail.com"]],
  ])("is one where its provider has several names for it: %s", (provider, spellings) => {
    expect(new Set(spellings.map(likelyMailbox))).toEqual(new Set([`jodoe@${provider}`]));
  });

  it("is another where dots tell people apart, and where the plus begins the name", () => {
    expect(likelyMailbox("jo.doe@acme.example")).toBe("jo.doe@acme.example");
    expect(likelyMailbox("+jo@acme.example")).toBe("+jo@acme.example");
    expect(likelyMailbox("jo-doe@icloud.com")).toBe("jo-doe@icloud.com");
    expect(likelyMailbox("a@jo.acme.example")).toBe("a@jo.acme.example");
  });
});

describe("whom the owner lets in", () => {
  it("is an address, a domain, an IP number or a network of the size that is counted by", () => {
    for (const entry of ["jo@acme.example", "acme.example", "192.0.2.7", "192.0.2.0/24", "2001:db8:7::/48"])
      expect([entry, isLetInEntry(entry)]).toEqual([entry, true]);
    for (const entry of ["", "acme", "192.0.2.0/16", "2001:db8::/32", "jo@", "everybody at acme"])
      expect([entry, isLetInEntry(entry)]).toEqual([entry, false]);
  });
});

describe("a day's confirmations", () => {
  it("are a share of what SES grants, one at the least, and any number where it grants any number", () => {
    expect([200, 50_000, 1, -1].map((quota) => confirmationsADay(0.5, quota))).toEqual([
      100,
      25_000,
      1,
      undefined,
    ]);
  });

  it("are a tenth of the share while the owner allows a tenth", () => {
    expect(confirmationsADay(0.5, 200, 0.1)).toBe(10);
  });
});
