import type { Answer } from "dns-packet";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openLog } from "../../functions/aws/log.ts";
import { openMailDomains } from "../../functions/aws/mail-domains.ts";
import { clock } from "../../functions/aws/runtime.ts";
import { HOUR, MINUTE, SECOND } from "../../functions/domain/time.ts";
import type { MailDomains } from "../../functions/ports.ts";
import { DnsServer, type Zone } from "../../local/aws/dns.ts";

const mx = (name: string, exchange: string, preference = 10): Answer => ({
  type: "MX",
  name,
  data: { preference, exchange },
});

/** Longer than any machine is busy: what is not about time must not depend on it. */
const PATIENT = 30 * SECOND;

/** A server that knows this and nothing else, over the wire, and real time. */
const ZONE: Zone = {
  "acme.example": [mx("acme.example", "mx1.acme.example"), mx("acme.example", "mx2.acme.example", 20)],
  "alias.example": [
    { type: "CNAME", name: "alias.example", data: "acme.example" },
    mx("acme.example", "mx1.acme.example"),
  ],
  "address-only.example": [{ type: "A", name: "address-only.example", data: "192.0.2.7" }],
  "nothing-there.example": [],
  "null-mx.example": [mx("null-mx.example", ".", 0)],
  "null-and-real.example": [
    mx("null-and-real.example", ".", 0),
    mx("null-and-real.example", "mx.acme.example"),
  ],
  "large.example": Array.from({ length: 100 }, (_, place) => mx("large.example", `mx${place}.large.example`)),
  "busy.example": "refused",
  "broken.example": "server-failure",
  "silent.example": "silence",
};

describe("whether a domain may take mail", () => {
  let dns: DnsServer;
  let now: number;
  let logged: string[];
  let domains: MailDomains;
  beforeEach(async () => {
    dns = new DnsServer({ ...ZONE }, () => "no-such-name");
    await dns.listen();
    now = Date.UTC(2026, 2, 4);
    logged = [];
    domains = open(PATIENT);
  });
  afterEach(() => dns.close());

  const open = (deadline?: number): MailDomains => {
    const stage = { stage: "test", hasMetrics: false };
    const log = openLog(clock, stage, (line) => logged.push(line));
    return openMailDomains([dns.address()], { clock: { now: () => now, sleep: clock.sleep }, log }, deadline);
  };

  it.each([
    ["has hosts for it", "acme.example"],
    ["has them under another name", "alias.example"],
    ["has an address only (RFC 5321, §5.1)", "address-only.example"],
    ["is there, and says nothing of mail", "nothing-there.example"],
    ["says both that it takes none and where it goes", "null-and-real.example"],
    ["has more hosts than a datagram holds, told over TCP", "large.example"],
    ["is asked of a server that is asked too much", "busy.example"],
    ["is asked of a server that is broken", "broken.example"],
  ])("is not denied where it %s", async (_, domain) => {
    expect(await domains.mayTakeMail(domain)).toBe(true);
  });

  it.each([
    ["does not exist", "nobody.example"],
    ["says that it takes none (RFC 7505)", "null-mx.example"],
  ])("is denied where it %s", async (_, domain) => {
    expect(await domains.mayTakeMail(domain)).toBe(false);
  });

  it("is not denied where a server denies the name when asked for an MX, and has its address", async () => {
    const asked = dns.ask.bind(dns);
    dns.ask = (name, type) => (type === "MX" ? "no-such-name" : asked(name, type));
    expect(await domains.mayTakeMail("address-only.example")).toBe(true);
    expect(await domains.mayTakeMail("nobody.example")).toBe(false);
  });

  it("is left open after half a second of silence, whatever the resolver thinks; the log has the code, not the name", async () => {
    const hasty = open();
    const began = performance.now();
    expect(await hasty.mayTakeMail("silent.example")).toBe(true);
    const took = performance.now() - began;
    expect(took).toBeGreaterThan(350);
    expect(took).toBeLessThan(3 * SECOND);
    expect(logged.join()).toMatch(/"mail-domain-unknown".*"code":"DEADLINE"/);
    await hasty.mayTakeMail("busy.example");
    expect(logged.join()).toContain('"code":"EREFUSED"');
    expect(logged.join()).not.toContain("silent.example");
  });

  it("is left open where nobody answers at all", async () => {
    await dns.close();
    expect(await open().mayTakeMail("acme.example")).toBe(true);
  });

  it("is remembered: an hour where it takes mail, five minutes where not, a minute where that is not known", async () => {
    const asksAfter = async (domain: string, ms: number) => {
      await domains.mayTakeMail(domain);
      const before = dns.questions();
      now += ms;
      await domains.mayTakeMail(domain);
      return dns.questions() > before;
    };
    expect(await asksAfter("acme.example", HOUR - 1)).toBe(false);
    expect(await asksAfter("acme.example", HOUR)).toBe(true);
    expect(await asksAfter("null-mx.example", 5 * MINUTE - 1)).toBe(false);
    expect(await asksAfter("null-mx.example", 5 * MINUTE)).toBe(true);
    expect(await asksAfter("busy.example", MINUTE - 1)).toBe(false);
    expect(await asksAfter("busy.example", MINUTE)).toBe(true);
  });

  it("is remembered of a thousand domains, of which the oldest is forgotten first", async () => {
    await domains.mayTakeMail("acme.example");
    for (let count = 0; count < 999; count++) await domains.mayTakeMail(`made-up-${count}.example`);
    const full = dns.questions();
    await domains.mayTakeMail("acme.example");
    expect(dns.questions()).toBe(full);
    await domains.mayTakeMail("one-more.example");
    await domains.mayTakeMail("made-up-998.example");
    expect(dns.questions()).toBe(full + 3);
    await domains.mayTakeMail("acme.example");
    expect(dns.questions()).toBe(full + 4);
  });
});
