import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { announceCloud, type RunningCloud, runningCloud, withdrawCloud } from "../../cli/running-cloud.ts";
import { connect } from "../../console/connect.ts";
import { runSending } from "../../console/sending.ts";
import type { Cloud } from "../../local/aws/cloud.ts";
import { type Account, error, stackWith, startAccount } from "../support/aws-account.ts";
import { clockServer } from "../support/clock-server.ts";
import { openCloud } from "../support/cloud.ts";

const START = Date.UTC(2026, 2, 6, 17);

describe("the owner's console", () => {
  let cloud: Cloud;
  let clock: Awaited<ReturnType<typeof clockServer>>;
  let account: Awaited<ReturnType<typeof startAccount>>;
  const answers: Account = {};
  let desk: RunningCloud;

  beforeAll(async () => {
    cloud = await openCloud({ startAt: START });
    clock = await clockServer(() => cloud.now());
    account = await startAccount(answers);
    desk = { ...cloud.deployment, pid: process.pid, clockUrl: clock.url };
  });
  afterAll(async () => {
    clock.close();
    await account.stop();
    await cloud.stop();
  });
  afterEach(() => {
    vi.unstubAllEnvs();
  });

  it("reaches what runs on this machine, at its own time", async () => {
    const { place, services } = await connect("local", undefined, () => desk);
    expect(place).toBe("this machine");
    expect(Math.abs(services.clock.now() - START)).toBeLessThan(60_000);
    expect(await services.store.governor()).toMatchObject({ rate: expect.any(Number) });
  });

  it("holds all mail, says so, and lets it go again", async () => {
    const deployment = await connect("local", undefined, () => desk);
    expect(await runSending("hold", deployment, true)).toMatch(/All mail is held/);
    expect(await runSending("status", deployment)).toMatch(/held since 2026-03-06T17:0\d.*by you/);
    expect(await runSending("hold", deployment, true)).toMatch(/already/);
    expect(await runSending("resume", deployment, true)).toMatch(/leaves again/);
    expect(await runSending("status", deployment)).toMatch(/mail leaves/);
  });

  it("changes nothing without being asked to, where nobody can be asked", async () => {
    const deployment = await connect("local", undefined, () => desk);
    await expect(runSending("hold", deployment)).rejects.toThrow(/on this machine\? .*--yes/);
    expect(await runSending("status", deployment)).toMatch(/mail leaves/);
  });

  it("says what to start if nothing runs, and which stages there are", async () => {
    await expect(connect("local", undefined, () => undefined)).rejects.toThrow(/npm start/);
    await expect(connect("prod")).rejects.toThrow(/no stage "prod".*production/);
  });

  it("reaches an account by the outputs of its stack, and names the account", async () => {
    inAccount();
    answers.DescribeStacks = stackWith(cloud.deployment.outputs);
    const { place, services } = await connect("dev");
    expect(place).toBe("stage dev, account 222222222222 in eu-west-1");
    expect(await services.store.governor()).toMatchObject({ rate: expect.any(Number) });
  });

  it("says how to deploy a stage that is not there", async () => {
    inAccount();
    answers.DescribeStacks = error("ValidationError", "Stack with id coursepost-dev does not exist");
    await expect(connect("dev")).rejects.toThrow(/no stack coursepost-dev.*npm run deploy/);
  });

  it.each([
    ["keys that have run out", "ExpiredToken", /does not know who you are.*AWS_PROFILE/],
    ["keys that AWS does not know", "InvalidClientTokenId", /does not know who you are.*AWS_PROFILE/],
    ["keys that may not read the stack", "AccessDenied", /they need cloudformation:DescribeStacks/],
    ["anything else", "Unheard", /cannot be read: Unheard: Not now/],
  ])("says what to do about %s", async (_, code, says) => {
    inAccount();
    answers.DescribeStacks = error(code, "Not now");
    await expect(connect("dev")).rejects.toThrow(says);
  });

  it("says so if AWS is not reached", async () => {
    inAccount();
    vi.stubEnv("AWS_ENDPOINT_URL_CLOUDFORMATION", "http://127.0.0.1:1");
    vi.stubEnv("AWS_MAX_ATTEMPTS", "1");
    await expect(connect("dev")).rejects.toThrow(/AWS is not reached from this machine.*network/);
  });

  /** The environment of an owner whose account's CloudFormation is ours, and whose table is the local cloud's. */
  function inAccount(): void {
    for (const [name, value] of Object.entries(cloud.deployment.environment)) vi.stubEnv(name, value);
    vi.stubEnv("AWS_ENDPOINT_URL_CLOUDFORMATION", account.url);
  }
});

describe("what npm start leaves for the console", () => {
  it("is there while it runs, and not what a killed one left", async () => {
    const folder = await mkdtemp(join(tmpdir(), "desk-"));
    const file = join(folder, "desk.json");
    expect(runningCloud(file)).toBeUndefined();
    announceCloud(
      { outputs: { TableName: "t" }, environment: {}, txtRecords: {}, clockUrl: "http://127.0.0.1" },
      file,
    );
    expect(runningCloud(file)).toMatchObject({ outputs: { TableName: "t" }, pid: process.pid });
    withdrawCloud(file);
    expect(runningCloud(file)).toBeUndefined();
    await rm(folder, { recursive: true });
  });
});
