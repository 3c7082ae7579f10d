import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openMailer, sesClient } from "../../functions/aws/mailer.ts";
import { sendOutcome } from "../../functions/aws/ses-refusals.ts";
import type { SendOutcome } from "../../functions/ports.ts";
import { type REFUSALS, refusal } from "../../local/aws/ses-refusals.ts";
import { openStation, type Station } from "../local/station.ts";

const refused = (why: Extract<SendOutcome, { outcome: "refused" }>["why"]) => ({ outcome: "refused", why });
const NEVER = { outcome: "rejected" };
const IN_DOUBT = { outcome: "in-doubt" };

/** Each refusal that SES is known to give, and what it means for the mail. */
const MEANINGS: Record<keyof typeof REFUSALS, object> = {
  "paused by AWS": refused("paused"),
  "suspended by AWS": refused("paused"),
  "paused by the owner": refused("paused"),
  "configuration set paused": refused("paused"),
  "configuration set missing": refused("mend"),
  "MAIL FROM not verified": refused("mend"),
  "not verified": refused("mend"),
  "rate exceeded": refused("rate"),
  "API asked too often": refused("rate"),
  "API asked too often, by other names": refused("rate"),
  "API overloaded": refused("rate"),
  "quota used up": refused("quota"),
  "quota used up, by another name": refused("quota"),
  "paused, in version 2": refused("paused"),
  "restricted, in version 2": refused("paused"),
  "role lacks the recipient": refused("mend"),
  "role lacks our identity": refused("mend"),
  "address without a domain": NEVER,
  "address without a local part": NEVER,
  "address with a space": NEVER,
  "domain with a letter that is none": NEVER,
  "two addresses in one": NEVER,
  "address not understood": NEVER,
  "address in a group": NEVER,
  "address with a dot at its end": NEVER,
  "address on SES's own list": NEVER,
  "header not understood": NEVER,
  "header twice": NEVER,
  "header too long": NEVER,
  "an unknown reason": refused("mend"),
  "keys have run out": refused("later"),
  "keys unknown": refused("mend"),
  "signature wrong": refused("mend"),
  "clock wrong": refused("later"),
  "request too old": refused("later"),
  "not subscribed": refused("mend"),
  "SES unavailable": IN_DOUBT,
  "SES failed": IN_DOUBT,
};

let station: Station;
beforeAll(async () => {
  station = await openStation();
  station.ses.createConfigurationSet("course");
  station.ses.verifyIdentity("course.example");
});
afterAll(() => station.close());

const RAW = "From: course@course.example\r\nTo: jane@reader.example\r\nSubject: Lesson 1\r\n\r\nHello\r\n";

/** Over the wire, by the client that is deployed. */
function send(change: { to?: string; raw?: string } = {}, from: Station = station) {
  const mail = {
    dispatch: "d",
    from: "course@course.example",
    to: "jane@reader.example",
    tags: {},
    ...change,
  };
  return openMailer("course", sesClient(from.common)).send({ ...mail, raw: Buffer.from(change.raw ?? RAW) });
}

describe("what SES's refusal means for a mail", () => {
  it.each(Object.entries(MEANINGS))("%s", async (kind, meaning) => {
    const { code, message, status } = refusal(kind as keyof typeof REFUSALS);
    station.wire.faults.inject({ service: "ses" }, { kind: "reject", code, message, status });
    expect(await send()).toMatchObject(meaning);
  });

  it("control: the same mail, not refused, is taken", async () => {
    expect(await send()).toMatchObject({ outcome: "accepted" });
  });

  // The client's own words.
  const unconnected =
    "@smithy/node-http-handler - the request socket did not establish a connection with the server within the configured timeout of 10000 ms.";

  it.each([
    ["nobody listens", { code: "ECONNREFUSED" }, refused("later")],
    ["there are no keys yet", { name: "CredentialsProviderError" }, refused("later")],
    ["no way leads there", { code: "ENETUNREACH" }, refused("later")],
    ["its certificate is not good", { code: "CERT_HAS_EXPIRED" }, refused("later")],
    [
      "no connection was made in ten seconds",
      { name: "TimeoutError", message: unconnected },
      refused("later"),
    ],
    ["no answer in ten seconds", { name: "TimeoutError" }, IN_DOUBT],
    ["a connection that broke", { code: "ECONNRESET" }, IN_DOUBT],
  ])("is not known from SES where %s", (_, change, meaning) => {
    expect(sendOutcome(Object.assign(new Error("failed"), change))).toMatchObject(meaning);
  });

  it("is not read out of an address or a role, and neither stands in the log", () => {
    const about = (message: string) =>
      sendOutcome(
        Object.assign(new Error(message), { name: "MessageRejected", $metadata: { httpStatusCode: 400 } }),
      );
    const told = about("No: jane@suspended.example by arn:aws:iam::1:role/paused");
    expect(told).toMatchObject(refused("mend"));
    expect(JSON.stringify(told)).not.toMatch(/jane|suspended|paused/);
  });
});

describe("SES's emulator says it as SES does", () => {
  const answer = async (arrange: (station: Station) => void, change: Parameters<typeof send>[0] = {}) => {
    const fresh = await openStation({ sandbox: true, limits: { max24HourSend: 1 } });
    fresh.ses.createConfigurationSet("course");
    fresh.ses.verifyIdentity("course.example");
    fresh.ses.verifyIdentity("reader.example");
    arrange(fresh);
    const outcome = await send(change, fresh);
    await fresh.close();
    return "detail" in outcome ? outcome.detail : outcome.outcome;
  };
  const says = (kind: keyof typeof REFUSALS) => `${refusal(kind).code}: ${refusal(kind).message}`;

  it.each<[keyof typeof REFUSALS, (station: Station) => void]>([
    ["paused by AWS", ({ ses }) => ses.pauseAccount()],
    ["paused by the owner", ({ ses }) => ses.pauseAccount("the owner")],
    ["configuration set paused", ({ ses }) => ses.pauseConfigurationSet("course")],
    ["quota used up", ({ ses }) => ses.setLimits({ max24HourSend: 0 })],
  ])("%s", async (kind, arrange) => {
    expect(await answer(arrange)).toBe(says(kind));
  });

  it("names who is not verified in the sandbox, and the bad address or header of a mail", async () => {
    const nothing = () => {};
    expect(await answer(nothing, { to: "jane@stranger.example" })).toMatch(
      /^MessageRejected: .*not verified/,
    );
    expect(await answer(nothing, { to: "jane" })).toBe(says("address without a domain"));
    expect(await answer(nothing, { raw: `MIME-Version: 1.0\r\nMIME-Version: 1.0\r\n${RAW}` })).toBe(
      says("header twice"),
    );
    expect(await answer(nothing)).toBe("accepted");
  });
});
