import { describe, expect, it } from "vitest";
import { STAGES } from "../../infra/stages.ts";
import { synthesize } from "../../infra/synthesis.ts";
import {
  ALL_FUNCTIONS,
  emptyFolder,
  functionsDir,
  members,
  resources,
  stageWith,
  templateOf,
} from "./fixture.ts";

const hook = (url: string) => ({ url, events: [], secretName: "hook" });
const of = (type: string, template = ALL_FUNCTIONS) => resources(template, type);
const texts = (template = ALL_FUNCTIONS) => JSON.stringify(template.toJSON());

describe("A stage that tells nothing", () => {
  it("has no bus, no index, no function and no queue for it", () => {
    const dev = templateOf(STAGES.dev);
    expect(of("AWS::Events::EventBus", dev)).toEqual([]);
    expect(of("AWS::Events::Rule", dev)).toEqual([]);
    expect(texts(dev)).not.toMatch(/outbox|WEBHOOK|EVENT_BUS/);
    expect(of("AWS::SQS::Queue")).toHaveLength(of("AWS::SQS::Queue", dev).length + 3);
  });
  it("control: one that tells has all of them", () => {
    expect(of("AWS::Events::EventBus")).toHaveLength(1);
    expect(texts()).toMatch(/"IndexName":"outbox"/);
  });
});

describe("A stage that tells what happens", () => {
  it("leads to its webhook what it asked for, and sets aside what the bus cannot deliver", () => {
    const rule = of("AWS::Events::Rule").find(([id]) => id.includes("Webhook"))?.[1].Properties;
    expect(rule?.EventPattern).toEqual({ source: ["coursepost"], "detail-type": ["reader.left"] });
    const [target] = members(rule?.Targets);
    expect(target?.DeadLetterConfig).toBeDefined();
    expect(String(target?.InputTransformer?.InputTemplate)).toBe(
      '{"webhook":"https://hooks.example.org/course","event":<detail>}',
    );
  });

  it("lets what tells touch nothing of an item but what is to be told, and what calls read its own secret alone", () => {
    const statements = of("AWS::IAM::Policy").flatMap(([id, policy]) =>
      members(policy.Properties?.PolicyDocument?.Statement).map((statement) => ({
        id,
        text: JSON.stringify(statement),
      })),
    );
    const find = (role: string, action: string) =>
      statements.find(({ id, text }) => id.startsWith(role) && text.includes(action))?.text;
    expect(find("EventsRole", "dynamodb:UpdateItem")).toContain(
      '["pk","sk","untold","outbox","outboxOrder"]',
    );
    expect(find("WebhooksRole", "secretsmanager:GetSecretValue")).toContain(":secret:hook-??????");
    expect(find("WebhooksRole", "dynamodb")).toBeUndefined();
    expect(find("EventsRole", "secretsmanager")).toBeUndefined();
  });

  it("keeps the addresses of webhooks, which may hold a secret, from all other functions", () => {
    const told = of("AWS::Lambda::Function").filter(([, one]) =>
      JSON.stringify(one).includes("hooks.example.org"),
    );
    expect(told.map(([id]) => id.replace(/Function.*/, ""))).toEqual(["Webhooks"]);
  });

  it("passes the checks of AWS's solutions as every stage does", () => {
    const stage = stageWith({ events: true, webhooks: [hook("https://hooks.example.org/x")] });
    const { findings } = synthesize(stage, { outdir: emptyFolder(), functionsDir, checked: true });
    expect(findings).toEqual([]);
  });
});

describe("A webhook's settings", () => {
  const problem = (url: string, more: object = {}) => {
    try {
      stageWith({ events: true, webhooks: [hook(url)], ...more });
      return "";
    } catch (error) {
      return (error as Error).message;
    }
  };
  it.each([
    ["no TLS", "http://hooks.example.org/"],
    ["this machine, deployed", "http://localhost:4000/"],
    ["an address of digits", "https://10.0.0.1/"],
    ["one in other digits", "https://0x7f000001/"],
    ["one of IPv6", "https://[::1]/"],
    ["a bare name", "https://intranet/"],
    ["a user", "https://me:secret@hooks.example.org/"],
    ["a fragment", "https://hooks.example.org/#here"],
    ["no address", "hooks.example.org"],
  ])("are refused with %s", (_, url) => {
    expect(problem(url)).toContain("webhooks");
  });
  it("are refused without events, with one address twice, and beyond five", () => {
    expect(problem("https://a.example.org/", { events: false })).toContain("without events: true");
    const url = "https://a.example.org/";
    expect(problem(url, { webhooks: [hook(url), hook(url)] })).toContain("an address each");
    const six = Array.from({ length: 6 }, (_, n) => hook(`https://a${n}.example.org/`));
    expect(problem(url, { webhooks: six })).toContain("at most five");
    expect(problem(url), "control").toBe("");
    expect(problem("https://hooks.example.org:8443/a?b=c"), "control").toBe("");
  });
});
