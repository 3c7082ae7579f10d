import { SendMessageBatchCommand, SQSClient } from "@aws-sdk/client-sqs";
import type { Answer } from "dns-packet";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { connect } from "../../../console/connect.ts";
import type { Dns } from "../../../console/doctor/check.ts";
import { openDns } from "../../../console/doctor/dns.ts";
import { type Examined, examine } from "../../../console/doctor/doctor.ts";
import { openAlarms } from "../../../functions/aws/alarms.ts";
import { openTable } from "../../../functions/aws/table.ts";
import { holdSending, resumeSending } from "../../../functions/deliver/breaker.ts";
import { newSubscriber } from "../../../functions/domain/people/subscriber.ts";
import { DAY } from "../../../functions/domain/time.ts";
import { addressHash } from "../../../functions/links/links.ts";
import { STAGES } from "../../../infra/stages.ts";
import type { Cloud } from "../../../local/aws/cloud.ts";
import { DnsServer, type Zone } from "../../../local/aws/dns.ts";
import { type Account, error, stackWith, startAccount } from "../../support/aws-account.ts";
import { type OwnersCloud, openOwnersCloud } from "../../support/console.ts";

const DOMAIN = "mail.dev.course.example";
const TOKENS = ["one", "two", "three"];

/** An account and a DNS in which all is well. */
const WELL: Account = {
  GetSendQuota:
    "<Max24HourSend>50000.0</Max24HourSend><MaxSendRate>14.0</MaxSendRate><SentLast24Hours>7.0</SentLast24Hours>",
  GetAccountSendingEnabled: "<Enabled>true</Enabled>",
  GetIdentityVerificationAttributes: entry(
    "VerificationAttributes",
    "<VerificationStatus>Success</VerificationStatus>",
  ),
  GetIdentityDkimAttributes: dkim("Success"),
  GetIdentityMailFromDomainAttributes: entry(
    "MailFromDomainAttributes",
    `<MailFromDomain>bounce.${DOMAIN}</MailFromDomain><MailFromDomainStatus>Success</MailFromDomainStatus><BehaviorOnMXFailure>UseDefaultValue</BehaviorOnMXFailure>`,
  ),
  DescribeActiveReceiptRuleSet: ruleSet("coursepost-dev", rule("coursepost-dev-replies")),
  ListSubscriptionsByTopic: subscription("arn:aws:sns:eu-west-1:222222222222:alarms:1"),
};
const mx = (name: string, exchange: string) => ({
  type: "MX" as const,
  name,
  data: { preference: 10, exchange },
});
const txt = (name: string, data: string) => ({ type: "TXT" as const, name, data });
const ZONE: Zone = {
  [DOMAIN]: [mx(DOMAIN, "inbound-smtp.eu-west-1.amazonaws.com")],
  [`bounce.${DOMAIN}`]: [
    mx(`bounce.${DOMAIN}`, "feedback-smtp.eu-west-1.amazonses.com"),
    txt(`bounce.${DOMAIN}`, "v=spf1 include:amazonses.com ~all"),
  ],
  [`_dmarc.${DOMAIN}`]: [txt(`_dmarc.${DOMAIN}`, `v=DMARC1; p=quarantine; rua=mailto:dmarc@${DOMAIN}`)],
};

describe("the doctor", () => {
  let cloud: Cloud;
  let owners: OwnersCloud;
  let account: Awaited<ReturnType<typeof startAccount>>;
  let names: DnsServer;
  let dns: Dns;
  const answers: Account = {};
  const zone: Zone = {};

  beforeAll(async () => {
    owners = await openOwnersCloud({ startAt: Date.now() });
    cloud = owners.cloud;
    account = await startAccount(answers);
    names = new DnsServer(zone, () => "no-such-name");
    await names.listen();
    dns = openDns([names.address()]);
  });
  afterAll(async () => {
    await names.close();
    await account.stop();
    await owners.stop();
  });
  beforeEach(() => {
    for (const [name, value] of Object.entries(cloud.deployment.environment)) vi.stubEnv(name, value);
    for (const service of ["SES", "SNS", "CLOUDFORMATION"])
      vi.stubEnv(`AWS_ENDPOINT_URL_${service}`, account.url);
    Object.assign(answers, WELL, { DescribeStacks: stackWith(cloud.deployment.outputs) });
    for (const name of Object.keys(zone)) delete zone[name];
    Object.assign(zone, ZONE);
  });
  afterEach(() => {
    vi.unstubAllEnvs();
  });

  const inAccount = async (...only: string[]) => examine(await connect("dev"), dns, ...only);
  const finding = async (name: string): Promise<Examined> => {
    const [found] = await inAccount(name);
    if (!found) throw new Error(`There is no check ${name}`);
    return found;
  };

  it("finds nothing that stops mail where all is well, but for the examples in the settings and the lanes' tick", async () => {
    const findings = await inAccount();
    const trouble = findings.filter(({ state }) => state !== "pass").map(({ name }) => name);
    expect(trouble.sort()).toEqual(["Last tick", "Quota", "Settings"]);
  });

  it("says what each failing state is, and what to do", async () => {
    const cases: [name: string, state: string, change: () => void, says: RegExp][] = [
      [
        "Sandbox",
        "stops",
        () => set("GetSendQuota", "<Max24HourSend>200.0</Max24HourSend><MaxSendRate>1.0</MaxSendRate>"),
        /sandbox.*production access/s,
      ],
      ["Account", "stops", () => set("GetAccountSendingEnabled", "<Enabled>false</Enabled>"), /paused/],
      [
        "Identity",
        "stops",
        () =>
          set(
            "GetIdentityVerificationAttributes",
            entry("VerificationAttributes", "<VerificationStatus>Pending</VerificationStatus>"),
          ),
        /not verified \(Pending\)/,
      ],
      [
        "Identity",
        "stops",
        () => set("GetIdentityVerificationAttributes", "<VerificationAttributes/>"),
        /not known to SES.*deploy/s,
      ],
      [
        "DKIM",
        "stops",
        () => set("GetIdentityDkimAttributes", dkim("Pending")),
        /one\._domainkey\.mail\.dev\.course\.example CNAME one\.dkim\.amazonses\.com/,
      ],
      [
        "DKIM",
        "look",
        () => {
          set("GetIdentityDkimAttributes", dkim("Pending"));
          cnames();
        },
        /the records stand/,
      ],
      [
        "MAIL FROM",
        "look",
        () =>
          set(
            "GetIdentityMailFromDomainAttributes",
            entry(
              "MailFromDomainAttributes",
              "<MailFromDomain>b</MailFromDomain><MailFromDomainStatus>Failed</MailFromDomainStatus><BehaviorOnMXFailure>UseDefaultValue</BehaviorOnMXFailure>",
            ),
          ),
        /Failed.*amazonses\.com/s,
      ],
      ["MX (replies)", "stops", () => without(DOMAIN), /MX 10 inbound-smtp\.eu-west-1\.amazonaws\.com/],
      [
        "MX (replies)",
        "stops",
        () => at(DOMAIN, mx(DOMAIN, "mail.elsewhere.example")),
        /replies go to mail\.elsewhere\.example/,
      ],
      [
        "MX (replies)",
        "look",
        () =>
          at(
            DOMAIN,
            mx(DOMAIN, "mail.elsewhere.example"),
            mx(DOMAIN, "inbound-smtp.eu-west-1.amazonaws.com"),
          ),
        /lost at random/,
      ],
      ["MAIL FROM MX", "look", () => without(`bounce.${DOMAIN}`), /feedback-smtp/],
      [
        "SPF",
        "look",
        () => at(`bounce.${DOMAIN}`, txt(`bounce.${DOMAIN}`, "v=spf1 -all")),
        /does not name SES/,
      ],
      [
        "SPF",
        "look",
        () =>
          at(`bounce.${DOMAIN}`, txt(`bounce.${DOMAIN}`, "v=spf1 a"), txt(`bounce.${DOMAIN}`, "v=spf1 b")),
        /2 SPF records/,
      ],
      ["DMARC", "look", () => without(`_dmarc.${DOMAIN}`), /no DMARC policy.*p=none/s],
      [
        "DMARC",
        "look",
        () =>
          at(`_dmarc.${DOMAIN}`, txt(`_dmarc.${DOMAIN}`, "v=DMARC1; p=none; rua=mailto:me@owner.example")),
        /p=none, and nobody is asked for reports to this stage/,
      ],
      [
        "DMARC",
        "pass",
        () => {
          without(`_dmarc.${DOMAIN}`);
          at("_dmarc.course.example", txt("_dmarc.course.example", "v=DMARC1; p=reject"));
        },
        /p=reject, at _dmarc\.course\.example/,
      ],
      [
        "Receipt rules",
        "stops",
        () => set("DescribeActiveReceiptRuleSet", ""),
        /is none.*ActivateReceiving/s,
      ],
      [
        "Receipt rules",
        "stops",
        () => set("DescribeActiveReceiptRuleSet", ruleSet("theirs", "")),
        /"theirs".*joinRuleSet/s,
      ],
      [
        "Receipt rules",
        "stops",
        () => set("DescribeActiveReceiptRuleSet", ruleSet("coursepost-dev", "")),
        /no rule of ours/,
      ],
      [
        "Receipt rules",
        "look",
        () =>
          set(
            "DescribeActiveReceiptRuleSet",
            ruleSet("coursepost-dev", rule("catch-all"), rule("coursepost-dev-replies")),
          ),
        /catch-all comes before/,
      ],
      [
        "Alarms",
        "look",
        () => set("ListSubscriptionsByTopic", subscription("PendingConfirmation")),
        /not confirmed/,
      ],
      [
        "Sandbox",
        "stops",
        () => void delete answers.GetSendQuota,
        /could not be looked at: your credentials may not.*AccessDenied.*those you deploy with/s,
      ],
      [
        "Sandbox",
        "stops",
        () => set("GetSendQuota", error("ExpiredToken", "too old")),
        /could not be looked at: AWS does not know your credentials.*ExpiredToken.*sign in/s,
      ],
      [
        "Sandbox",
        "stops",
        () => set("GetSendQuota", error("InternalFailure", "oops")),
        /could not be looked at: InternalFailure: oops.*reaches AWS/s,
      ],
      [
        "Version",
        "look",
        () => set("DescribeStacks", stackWith({ ...cloud.deployment.outputs, Version: "older" })),
        /differs.*npm run plan/s,
      ],
    ];
    const set = (action: string, result: string) => void Object.assign(answers, { [action]: result });
    const without = (name: string) => void delete zone[name];
    const at = (name: string, ...records: Answer[]) => void Object.assign(zone, { [name]: records });
    const cnames = () => {
      for (const token of TOKENS) {
        const name = `${token}._domainkey.${DOMAIN}`;
        at(name, { type: "CNAME", name, data: `${token}.dkim.amazonses.com` });
      }
    };
    for (const [name, state, change, says] of cases) {
      Object.assign(answers, WELL, { DescribeStacks: stackWith(cloud.deployment.outputs) });
      Object.assign(zone, ZONE);
      change();
      const found = await finding(name);
      expect(found.state, `${name}: ${found.says}`).toBe(state);
      expect(`${found.says}\n${found.doThis}`, name).toMatch(says);
      for (const known of Object.keys(zone)) delete zone[known];
    }
  });

  it("tells a role that may not send from an address that SES does not know, and what else goes on", async () => {
    const { services } = await connect("dev");
    expect(await finding("Incidents")).toMatchObject({ state: "pass" });
    await services.alarms.see("unmatched", "no token");
    expect(await finding("Incidents")).toMatchObject({
      state: "look",
      says: expect.stringContaining("belongs to nobody we know"),
    });
    const refusals: [detail: string, doThis: RegExp][] = [
      ["AccessDenied: User <arn> is not authorized to perform ses:SendRawEmail", /deploy the stage again/],
      ["MessageRejected: Email address is not verified.", /in the sandbox every recipient/],
    ];
    for (const [detail, doThis] of refusals) {
      await (await connect("dev")).services.alarms.see("refused", detail);
      const found = await finding("Incidents");
      expect(found.state).toBe("stops");
      expect(found.doThis).toMatch(doThis);
    }
    const { log } = services;
    const clock = { ...services.clock, now: () => services.clock.now() + 2 * DAY };
    const later = openAlarms(openTable(cloud.tableName), { clock, log, stage: "dev", topic: async () => {} });
    await later.settle(true);
    expect(await finding("Incidents")).toMatchObject({ state: "pass" });
  });

  it("tells when sending is held, and when the last lane ran", async () => {
    const { services } = await connect("dev");
    await holdSending(services);
    expect(await finding("Breaker")).toMatchObject({
      state: "stops",
      says: expect.stringContaining("by you"),
    });
    await resumeSending(services);
    expect(await finding("Breaker")).toMatchObject({ state: "pass" });
    const governor = await services.store.governor();
    await services.store.saveGovernor({
      ...governor,
      asOf: services.clock.now(),
      quota: 1_000,
      sent24h: 900,
    });
    expect(await finding("Last tick")).toMatchObject({ state: "pass" });
    expect(await finding("Quota")).toMatchObject({
      state: "look",
      says: expect.stringContaining("900 of 1000"),
    });
  });

  it("tells how a young domain's ramp stands, when it ends, and when lessons wait for it", async () => {
    expect(await finding("Warm-up")).toMatchObject({
      state: "pass",
      says: expect.stringContaining("no ramp"),
    });
    const deployment = await connect("dev");
    const { services } = deployment;
    const now = services.clock.now();
    const ramped = { ...services, settings: { ...services.settings, warmUp: { from: 100, factor: 2 } } };
    const warmUp = async (booked: number, quota: number, firstDay = Math.floor(now / DAY)) => {
      const { mailDomain: domain } = services.settings;
      const governor = await services.store.governor();
      const state = { domain, firstDay, day: Math.floor(now / DAY), most: 0, booked };
      await services.store.saveGovernor({ ...governor, quota, warmUp: state });
      const [found] = await examine({ ...deployment, services: ramped }, dns, "Warm-up");
      return found;
    };
    const day = (after: number) => new Date(now + after * DAY).toISOString().slice(0, 10);
    expect(await warmUp(40, 1_000)).toMatchObject({
      state: "pass",
      says: `day 1: 40 of 100 mails used, 200 on ${day(1)} (days in UTC); it reaches SES's 1000 a day on ${day(4)}`,
    });
    expect(await warmUp(95, 1_000)).toMatchObject({
      state: "look",
      says: expect.stringContaining("lessons wait"),
    });
    expect(await warmUp(95, 1_000, Math.floor(now / DAY) - 5)).toMatchObject({
      state: "pass",
      says: expect.stringContaining(`over since ${day(-1)}`),
    });
  });

  it("tells when messages pile up, and where", async () => {
    expect(await finding("Queues")).toMatchObject({ state: "pass" });
    const { outputs } = cloud.deployment;
    const url = outputs.ReplyDeadLettersUrl ?? "";
    const sqs = new SQSClient({});
    for (let batch = 0; batch < 11; batch++) {
      const Entries = Array.from({ length: 10 }, (_, at) => ({ Id: String(at), MessageBody: "{}" }));
      await sqs.send(new SendMessageBatchCommand({ QueueUrl: url, Entries }));
    }
    Object.assign(answers, { DescribeStacks: stackWith({ ...outputs, ReplyQueueUrl: url }) });
    expect(await finding("Queues")).toMatchObject({
      state: "look",
      says: expect.stringContaining("Reply 110"),
    });
    sqs.destroy();
  });

  it("tells when the owner's own mailbox is on the suppression list, which keeps it from being a reader's", async () => {
    expect(await finding("Suppression")).toMatchObject({ state: "pass" });
    const { services } = await connect("dev");
    const keys = await services.keyring.keys();
    const { ownerMailbox } = STAGES.dev;
    const consent = { at: services.clock.now(), list: "everything", text: "v1", source: "test" };
    const asks = {
      ...{ address: ownerMailbox, addressHash: addressHash(keys, ownerMailbox), zone: "UTC" },
      ...{ course: "course", newsletter: false },
      consent: { ...consent, event: "requested", actor: "self" } as const,
    };
    const reader = await services.store.save(newSubscriber("ownersown", asks, consent.at));
    const word = { ...consent, event: "withdrawn", actor: "mail-system" } as const;
    await services.store.stopEverything(reader?.id ?? "", "complaint", word);
    expect(await finding("Suppression")).toMatchObject({
      state: "look",
      says: expect.stringContaining("complaint"),
    });
  });

  it("looks at what there is on one machine, and leaves the account out", async () => {
    const findings = await examine(await owners.reached(), dns);
    expect(findings.filter(({ state }) => state === "stops")).toEqual([]);
    const looked = findings.filter(({ state }) => state !== "skipped").map(({ name }) => name);
    expect(looked).toEqual([
      ...[
        "Languages",
        "Keys",
        "Version",
        "Quota",
        "Warm-up",
        "Breaker",
        "Incidents",
        "Suppression",
        "DMARC reports",
        "Queues",
        "Dead letters",
      ],
    ]);
  });
});

function entry(name: string, value: string): string {
  return `<${name}><entry><key>${DOMAIN}</key><value>${value}</value></entry></${name}>`;
}
function dkim(status: string): string {
  const tokens = TOKENS.map((token) => `<member>${token}</member>`).join("");
  return entry(
    "DkimAttributes",
    `<DkimEnabled>true</DkimEnabled><DkimVerificationStatus>${status}</DkimVerificationStatus><DkimTokens>${tokens}</DkimTokens>`,
  );
}
function ruleSet(name: string, ...rules: string[]): string {
  return `<Metadata><Name>${name}</Name></Metadata><Rules>${rules.join("")}</Rules>`;
}
function rule(name: string): string {
  return `<member><Name>${name}</Name><Enabled>true</Enabled></member>`;
}
function subscription(arn: string): string {
  return `<Subscriptions><member><SubscriptionArn>${arn}</SubscriptionArn></member></Subscriptions>`;
}
