import { describe, expect, it } from "vitest";
import { runConsole } from "../../console/commands.ts";
import { asForm, asZoneFile, readRecord } from "../../console/dns-records.ts";
import {
  admissionLimits,
  leavingLimits,
  MAILBOX_REST,
  mailboxSlots,
} from "../../functions/domain/people/limits.ts";
import { DAY, HOUR } from "../../functions/domain/time.ts";

const RECORDS = [
  "a1._domainkey.mail.acme.org CNAME a1.dkim.amazonses.com",
  "bounce.mail.acme.org MX 10 feedback-smtp.eu-west-1.amazonses.com",
  'bounce.mail.acme.org TXT "v=spf1 include:amazonses.com ~all"',
  "mail.acme.org MX 10 inbound-smtp.eu-west-1.amazonaws.com",
].map(readRecord);

describe("the DNS records of a stage", () => {
  it("are told as a DNS host's form asks for them: host without the domain, priority apart", () => {
    expect(asForm(RECORDS, "acme.org").split("\n").slice(2)).toEqual([
      "Host                Type   Priority  Value",
      "a1._domainkey.mail  CNAME            a1.dkim.amazonses.com",
      "bounce.mail         MX     10        feedback-smtp.eu-west-1.amazonses.com",
      "bounce.mail         TXT              v=spf1 include:amazonses.com ~all",
      "mail                MX     10        inbound-smtp.eu-west-1.amazonaws.com",
    ]);
  });

  it("are told as a zone file, with the dots that keep a host from adding the domain again", () => {
    expect(asZoneFile(RECORDS, "mail.acme.org").split("\n")).toEqual([
      "$ORIGIN mail.acme.org.",
      "a1._domainkey 3600 IN CNAME a1.dkim.amazonses.com.",
      "bounce 3600 IN MX 10 feedback-smtp.eu-west-1.amazonses.com.",
      'bounce 3600 IN TXT "v=spf1 include:amazonses.com ~all"',
      "@ 3600 IN MX 10 inbound-smtp.eu-west-1.amazonaws.com.",
    ]);
  });

  it("are refused in a form that is not known", async () => {
    expect((await runConsole(["dns", "--as", "poem"])).error).toMatch(/form or zone-file/);
  });
});

describe("the request for production access", () => {
  it("tells the truth about this system, from the settings, and asks for the one thing it cannot know", async () => {
    const { out } = await runConsole(["production-access", "--readers", "400"]);
    for (const said of [
      "double opt-in",
      "RFC 8058",
      "400 readers",
      "course@mail.course.example",
      "www.course.example",
    ])
      expect(out).toContain(said);
    expect(out).toMatch(/12 lessons/);
    expect(out).toContain("aws sesv2 put-account-details --region eu-west-1");
    expect((await runConsole(["production-access"])).error).toMatch(/--readers NUMBER/);
    expect((await runConsole(["production-access", "--stage", "prod", "--readers", "1"])).error).toMatch(
      /no stage/,
    );
  });

  it("says the limits that the functions use, as numbers", async () => {
    const { out = "" } = await runConsole(["production-access", "--readers", "400"]);
    const origin = { address: "jo@acme.example", network: "192.0.2.0/24" };
    const [networkDay, domainDay] = admissionLimits(origin, [], 100, String);
    const [networkHour, domainHour] = leavingLimits(origin, [], 100, String);
    expect(mailboxSlots(origin.address, [], String)).toHaveLength(3);
    expect([MAILBOX_REST, networkDay?.windowMs, domainDay?.windowMs]).toEqual([DAY, DAY, DAY]);
    expect([networkHour?.windowMs, domainHour?.windowMs]).toEqual([HOUR, HOUR]);
    for (const said of [
      "one confirmation in 24 hours and 3 in 30 days, however its address is spelled",
      `from one network at most ${networkDay?.most} are taken in a day and ${networkHour?.most} confirmations leave in an hour`,
      `one company's domain ${domainDay?.most} in a day and ${domainHour?.most} in an hour`,
      "at most 50% of the day's quota",
    ])
      expect(out).toContain(said);
  });
});
