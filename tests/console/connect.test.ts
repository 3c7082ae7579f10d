import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { connect } from "../../console/connect.ts";
import { runSending } from "../../console/sending.ts";
import type { Cloud } from "../../local/cloud.ts";
import { closeDesk, type Desk, openDesk, readDesk } from "../../local/desk.ts";
import { clockServer } from "../support/clock-server.ts";
import { openCloud, removeAssembled } from "../support/cloud.ts";

const START = Date.UTC(2026, 2, 6, 17);

describe("the owner's console", () => {
  let cloud: Cloud;
  let clock: Awaited<ReturnType<typeof clockServer>>;
  let cloudFormation: Server;
  let says = { status: 200, body: "" };
  let desk: Desk;

  beforeAll(async () => {
    cloud = await openCloud({ startAt: START });
    clock = await clockServer(() => cloud.now());
    cloudFormation = await listening(
      createServer((request, response) =>
        request.resume().on("end", () => response.writeHead(says.status).end(says.body)),
      ),
    );
    desk = { ...cloud.deployment, pid: process.pid, clockUrl: clock.url };
  });
  afterAll(async () => {
    clock.close();
    cloudFormation.close();
    await cloud.stop();
    await removeAssembled();
  });
  afterEach(() => {
    vi.unstubAllEnvs();
  });

  it("reaches what runs on this machine, at its own time", async () => {
    const { place, services } = await connect("local", undefined, desk);
    expect(place).toBe("this machine");
    expect(Math.abs(services.clock.now() - START)).toBeLessThan(60_000);
    expect(await services.store.governor()).toMatchObject({ rate: expect.any(Number) });
  });

  it("holds all mail, says so, and lets it go again", async () => {
    const deployment = await connect("local", undefined, desk);
    expect(await runSending("hold", deployment, true)).toMatch(/All mail is held/);
    expect(await runSending("status", deployment)).toMatch(/held since 2026-03-06T17:0\d.*by you/);
    expect(await runSending("hold", deployment, true)).toMatch(/already/);
    expect(await runSending("resume", deployment, true)).toMatch(/leaves again/);
    expect(await runSending("status", deployment)).toMatch(/mail leaves/);
  });

  it("changes nothing without being asked to, where nobody can be asked", async () => {
    const deployment = await connect("local", undefined, desk);
    await expect(runSending("hold", deployment)).rejects.toThrow(/on this machine\? .*--yes/);
    expect(await runSending("status", deployment)).toMatch(/mail leaves/);
  });

  it("says what to start if nothing runs, and which stages there are", async () => {
    await expect(connect("local", undefined, undefined)).rejects.toThrow(/npm start/);
    await expect(connect("prod")).rejects.toThrow(/no stage "prod".*production/);
  });

  it("reaches an account by the outputs of its stack, and names the account", async () => {
    inAccount();
    says = { status: 200, body: stackXml(cloud.deployment.outputs) };
    const { place, services } = await connect("dev");
    expect(place).toBe("stage dev, account 222222222222 in eu-west-1");
    expect(await services.store.governor()).toMatchObject({ rate: expect.any(Number) });
  });

  it("says how to deploy a stage that is not there, and how to sign in", async () => {
    inAccount();
    const xml =
      "<ErrorResponse><Error><Code>ValidationError</Code><Message>Stack with id coursepost-dev does not exist</Message></Error></ErrorResponse>";
    says = { status: 400, body: xml };
    await expect(connect("dev")).rejects.toThrow(/no stack coursepost-dev.*npm run deploy/);
  });

  /** The environment of an owner whose account's CloudFormation is ours, and whose table is the local cloud's. */
  function inAccount(): void {
    for (const [name, value] of Object.entries(cloud.deployment.environment)) vi.stubEnv(name, value);
    vi.stubEnv("AWS_ENDPOINT_URL_CLOUDFORMATION", addressOf(cloudFormation));
  }
});

describe("what npm start leaves for the console", () => {
  it("is there while it runs, and not what a killed one left", async () => {
    const folder = await mkdtemp(join(tmpdir(), "desk-"));
    const file = join(folder, "desk.json");
    expect(readDesk(file)).toBeUndefined();
    openDesk({ outputs: { TableName: "t" }, environment: {}, clockUrl: "http://127.0.0.1" }, file);
    expect(readDesk(file)).toMatchObject({ outputs: { TableName: "t" }, pid: process.pid });
    closeDesk(file);
    expect(readDesk(file)).toBeUndefined();
    await rm(folder, { recursive: true });
  });
});

const listening = (server: Server): Promise<Server> =>
  new Promise((ready) => server.listen(0, "127.0.0.1", () => ready(server)));
const addressOf = (server: Server): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

function stackXml(outputs: Record<string, string>): string {
  const members = Object.entries(outputs).map(
    ([name, value]) =>
      `<member><OutputKey>Deployed${name}</OutputKey><OutputValue>${value}</OutputValue></member>`,
  );
  return `<DescribeStacksResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><DescribeStacksResult><Stacks><member>
    <StackId>arn:aws:cloudformation:eu-west-1:222222222222:stack/coursepost-dev/1</StackId><StackName>coursepost-dev</StackName>
    <Outputs>${members.join("")}</Outputs></member></Stacks></DescribeStacksResult></DescribeStacksResponse>`;
}
