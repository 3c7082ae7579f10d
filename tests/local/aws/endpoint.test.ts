import { request } from "node:http";
import { DescribeTableCommand } from "@aws-sdk/client-dynamodb";
import { PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { GetSecretValueCommand } from "@aws-sdk/client-secrets-manager";
import { GetSendQuotaCommand } from "@aws-sdk/client-ses";
import { GetQueueUrlCommand, SendMessageCommand } from "@aws-sdk/client-sqs";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openStation, type Station } from "../station.ts";

let station: Station;

beforeEach(async () => {
  station = await openStation();
  station.sqs.createQueue("queue");
  station.s3.createBucket("bucket");
});
afterEach(() => station.close());

const send = (MessageBody = "body") =>
  station.clients.sqs.send(new SendMessageCommand({ QueueUrl: station.sqs.url("queue"), MessageBody }));
const fault = (action = "SendMessage") => ({ service: "sqs", action }) as const;

/** What a server on this machine answers to a request that names a host. `fetch` would name its own. */
const statusFor = (origin: string, host: string): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(origin);
    const scope = "Credential=local/20261130/local/secretsmanager/aws4_request";
    const headers = { host, authorization: `AWS4-HMAC-SHA256 ${scope}` };
    request({ hostname, port, method: "POST", headers }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    })
      .on("error", reject)
      .end("{}");
  });

describe("the wire", () => {
  it("hands nothing to a page whose name was made to lead here", async () => {
    const origin = station.wire.endpoint();
    const { port } = new URL(origin);
    for (const host of ["evil.example", `evil.example:${port}`, "localhost.evil.example", ""])
      expect([host, await statusFor(origin, host)]).toEqual([host, host === "" ? 400 : 403]);
    // Control: the same request by this machine's own name is understood.
    for (const host of [`127.0.0.1:${port}`, `localhost:${port}`])
      expect(await statusFor(origin, host)).not.toBe(403);
  });

  it("knows each service by the signature's scope, and its operation", async () => {
    const seen: string[] = [];
    station.wire.watch(({ service, action }) => void seen.push(`${service} ${action}`));
    const { sqs, s3, ses, secrets, dynamodb } = station.clients;
    await sqs.send(new GetQueueUrlCommand({ QueueName: "queue" }));
    await s3.send(new PutObjectCommand({ Bucket: "bucket", Key: "a/b", Body: "text" }));
    await ses.send(new GetSendQuotaCommand({}));
    await secrets.send(new GetSecretValueCommand({ SecretId: "none" })).catch(() => undefined);
    await dynamodb.send(new DescribeTableCommand({ TableName: "none" })).catch(() => undefined);
    expect(seen).toEqual([
      "sqs GetQueueUrl",
      "s3 PutObject",
      "ses GetSendQuota",
      "secretsmanager GetSecretValue",
      "dynamodb DescribeTable",
    ]);
  });

  it("answers without the date of the real clock", async () => {
    const response = await fetch(station.wire.endpoint());
    expect([response.status, response.headers.get("date")]).toEqual([403, null]);
  });

  it("answers callers within the process", async () => {
    const authorization = "AWS4-HMAC-SHA256 Credential=a/20261124/eu-west-1/ses/aws4_request";
    const body = Buffer.from("Action=GetSendQuota&Version=2010-12-01");
    const answer = await station.wire.exchange({
      method: "POST",
      url: "/",
      headers: { authorization },
      body,
    });
    expect(String(answer.body)).toContain("<Max24HourSend>50000.0</Max24HourSend>");
  });
});

describe("a fault on the wire", () => {
  it("throttles so many requests in the service's own words, then lets them through", async () => {
    const injection = station.wire.faults.inject({ ...fault(), times: 2 }, { kind: "throttle" });
    await expect(send()).rejects.toMatchObject({ name: "ThrottlingException" });
    await expect(send()).rejects.toMatchObject({ name: "ThrottlingException" });
    await send();
    expect(injection.hits()).toBe(2);
    expect(station.sqs.bodies("queue")).toEqual(["body"]);
  });

  it("says of SES and S3 what they say when they are asked too often", async () => {
    station.wire.faults.inject({ service: "ses" }, { kind: "throttle" });
    station.wire.faults.inject({ service: "s3" }, { kind: "throttle" });
    const { ses, s3 } = station.clients;
    await expect(ses.send(new GetSendQuotaCommand({}))).rejects.toMatchObject({ name: "Throttling" });
    const put = new PutObjectCommand({ Bucket: "bucket", Key: "a", Body: "b" });
    await expect(s3.send(put)).rejects.toMatchObject({
      name: "SlowDown",
      $metadata: { httpStatusCode: 503 },
    });
  });

  it("rejects with any code and status", async () => {
    station.wire.faults.inject(fault(), {
      kind: "reject",
      code: "InternalFailure",
      message: "Sorry",
      status: 500,
    });
    await expect(send()).rejects.toMatchObject({
      name: "InternalFailure",
      $metadata: { httpStatusCode: 500 },
    });
    expect(station.sqs.bodies("queue")).toEqual([]);
  });

  it("loses an answer although the service did what it was asked", async () => {
    station.wire.faults.inject(fault(), { kind: "lose-answer" });
    await expect(send()).rejects.toThrow();
    expect(station.sqs.bodies("queue")).toEqual(["body"]);
  });

  it("loses a request before the service saw it", async () => {
    station.wire.faults.inject(fault(), { kind: "lose-request" });
    await expect(send()).rejects.toThrow();
    expect(station.sqs.bodies("queue")).toEqual([]);
  });

  it("leaves a client without an answer, and holds up nobody else", async () => {
    station.wire.faults.inject(fault(), { kind: "lose-answer", how: "silence" });
    const sending = send();
    sending.catch(() => undefined);
    await expect.poll(() => station.sqs.bodies("queue").length).toBe(1);
    await expect.poll(() => station.wire.outstanding()).toBe(0);
    expect(station.wire.held()).toBe(1);
    await station.wire.close();
    await expect(sending).rejects.toThrow();
    await expect.poll(() => station.wire.held()).toBe(0);
  });

  it("delays a request in virtual time, in which nobody waits for it", async () => {
    station.wire.faults.inject(fault(), { kind: "delay", ms: 5000 });
    const sending = send();
    await expect.poll(() => station.clock.pending()).toBe(station.clock.now() + 5000);
    expect([station.wire.outstanding(), station.sqs.bodies("queue")]).toEqual([0, []]);
    await station.pass(5000);
    await sending;
    expect(station.sqs.bodies("queue")).toEqual(["body"]);
  });

  it("is rid of a delayed request's caller who gives up, though the request still arrives", async () => {
    station.wire.faults.inject(fault(), { kind: "delay", ms: 5000 });
    const impatient = new AbortController();
    const command = new SendMessageCommand({ QueueUrl: station.sqs.url("queue"), MessageBody: "body" });
    const sending = station.clients.sqs.send(command, { abortSignal: impatient.signal });
    sending.catch(() => undefined);
    await expect.poll(() => station.wire.held()).toBe(1);
    impatient.abort();
    await expect.poll(() => station.wire.held()).toBe(0);
    await station.pass(5000);
    expect([station.wire.held(), station.sqs.bodies("queue")]).toEqual([0, ["body"]]);
    await expect.poll(() => station.wire.outstanding()).toBe(0);
  });

  it("delays an answer, while the service has done its work", async () => {
    station.wire.faults.inject(fault(), { kind: "delay-answer", ms: 5000 });
    const sending = send();
    await expect.poll(() => station.clock.pending()).toBeDefined();
    expect(station.sqs.bodies("queue")).toEqual(["body"]);
    await station.pass(5000);
    await sending;
  });

  it("shows the service a request twice", async () => {
    station.wire.faults.inject(fault(), { kind: "duplicate" });
    await send();
    expect(station.sqs.bodies("queue")).toEqual(["body", "body"]);
  });

  it("hits only what it is aimed at", async () => {
    const when = ({ body }: { body: Buffer }) => body.includes("second");
    station.wire.faults.inject({ ...fault(), when, after: 1 }, { kind: "throttle" });
    await send("first");
    await send("second");
    await expect(send("second")).rejects.toMatchObject({ name: "ThrottlingException" });
    station.wire.faults.inject({ service: "sqs", times: Number.POSITIVE_INFINITY }, { kind: "throttle" });
    await expect(send("first")).rejects.toMatchObject({ name: "ThrottlingException" });
    station.wire.faults.clear();
    await send("second");
  });

  it("makes an SDK client with its usual retries send a mail's request three times", async () => {
    const { DeleteObjectCommand } = await import("@aws-sdk/client-s3");
    const client = new S3Client({ ...station.common, maxAttempts: 3 });
    const injection = station.wire.faults.inject({ service: "s3", times: 9 }, { kind: "lose-answer" });
    await expect(client.send(new DeleteObjectCommand({ Bucket: "bucket", Key: "a" }))).rejects.toThrow();
    client.destroy();
    expect(injection.hits()).toBe(3);
  });
});
