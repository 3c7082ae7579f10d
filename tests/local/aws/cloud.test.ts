import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Cloud, type CloudOptions, startCloud } from "../../../local/aws/cloud.ts";
import type { DynamoDb } from "../../../local/aws/dynamodb.ts";

const START = Date.UTC(2026, 2, 4, 9);
const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

const functionOf = (asset: string, more: object = {}) => ({
  Type: "AWS::Lambda::Function",
  Metadata: { "aws:asset:path": asset },
  Properties: { Handler: "index.handler", Timeout: 60, ...more },
});
const arn = (id: string) => ({ "Fn::GetAtt": [id, "Arn"] });

/** A small stack: a page, a queue with dead letters, an inbox that tells the queue, a schedule. */
const RESOURCES = {
  Table: {
    Type: "AWS::DynamoDB::Table",
    Properties: {
      KeySchema: [
        { AttributeName: "pk", KeyType: "HASH" },
        { AttributeName: "sk", KeyType: "RANGE" },
      ],
      AttributeDefinitions: ["pk", "sk", "shard", "dueAt"].map((AttributeName) => ({
        AttributeName,
        AttributeType: AttributeName === "dueAt" ? "N" : "S",
      })),
      GlobalSecondaryIndexes: [
        {
          IndexName: "due",
          KeySchema: [
            { AttributeName: "shard", KeyType: "HASH" },
            { AttributeName: "dueAt", KeyType: "RANGE" },
          ],
          Projection: { ProjectionType: "KEYS_ONLY" },
        },
      ],
    },
  },
  Api: { Type: "AWS::ApiGatewayV2::Api", Properties: { Name: "Api", ProtocolType: "HTTP" } },
  Page: functionOf("page", {
    Environment: {
      Variables: { ORIGIN: { "Fn::GetAtt": ["Api", "ApiEndpoint"] }, QUEUE: { Ref: "Letters" } },
    },
  }),
  PageIntegration: { Type: "AWS::ApiGatewayV2::Integration", Properties: { IntegrationUri: arn("Page") } },
  PageRoute: {
    Type: "AWS::ApiGatewayV2::Route",
    Properties: {
      RouteKey: "GET /page/{name}",
      Target: { "Fn::Join": ["/", ["integrations", { Ref: "PageIntegration" }]] },
    },
  },
  Lost: { Type: "AWS::SQS::Queue" },
  Letters: {
    Type: "AWS::SQS::Queue",
    Properties: {
      VisibilityTimeout: 30,
      RedrivePolicy: { deadLetterTargetArn: arn("Lost"), maxReceiveCount: 2 },
    },
  },
  Reader: functionOf("reader"),
  ReaderMapping: {
    Type: "AWS::Lambda::EventSourceMapping",
    Properties: {
      FunctionName: { Ref: "Reader" },
      EventSourceArn: arn("Letters"),
      FunctionResponseTypes: ["ReportBatchItemFailures"],
    },
  },
  Arrived: { Type: "AWS::SNS::Topic" },
  ArrivedSubscription: {
    Type: "AWS::SNS::Subscription",
    Properties: { Protocol: "sqs", TopicArn: { Ref: "Arrived" }, Endpoint: arn("Letters") },
  },
  Inbox: { Type: "AWS::S3::Bucket" },
  Rule: {
    Type: "AWS::SES::ReceiptRule",
    Properties: {
      Rule: {
        Enabled: true,
        Recipients: ["course.example"],
        Actions: [{ S3Action: { BucketName: { Ref: "Inbox" }, TopicArn: { Ref: "Arrived" } } }],
      },
    },
  },
  Clockwork: functionOf("clockwork"),
  Hourly: {
    Type: "AWS::Scheduler::Schedule",
    Properties: {
      ScheduleExpression: "rate(1 minute)",
      Target: { Arn: arn("Clockwork"), Input: '{"lane":3}' },
    },
  },
};

const CODE = {
  page: `export const handler = async (event) => {
    await new Promise((resolve) => setTimeout(resolve, 2000));
    const body = JSON.stringify({ name: event.pathParameters.name, now: Date.now(), origin: process.env.ORIGIN, queue: process.env.QUEUE });
    return { statusCode: 200, headers: { "content-type": "application/json" }, body };
  };`,
  reader: `export const handler = async ({ Records }) => ({
    batchItemFailures: Records.filter(({ body }) => body.includes("poison")).map(({ messageId }) => (console.log("bad"), { itemIdentifier: messageId })),
  });`,
  clockwork: "export const handler = async (input) => console.log(JSON.stringify(input));",
};

describe("a cloud made from a template", () => {
  let folder: string;
  const open: Cloud[] = [];

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "coursepost-cloud-"));
    for (const [name, source] of Object.entries(CODE)) {
      mkdirSync(join(folder, name));
      writeFileSync(join(folder, name, "index.mjs"), source);
    }
  });
  afterEach(async () => {
    for (const cloud of open.splice(0)) await cloud.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  async function start(options: Partial<CloudOptions> = {}, more: object = {}): Promise<Cloud> {
    const template = { Resources: { ...RESOURCES, ...more } };
    const cloud = await startCloud({
      template,
      outdir: folder,
      region: "eu-west-1",
      startAt: START,
      ...options,
    });
    open.push(cloud);
    return cloud;
  }
  const linesOf = (cloud: Cloud, where: string) =>
    cloud.logs().flatMap((line) => (line.where === where ? [`${line.at - START} ${line.text}`] : []));

  it("serves its routes while the clock stands still, and lets the time pass that a page takes", async () => {
    const cloud = await start();
    const page = await (await fetch(`${cloud.webOrigin}/page/one`)).json();
    expect(page).toEqual({
      name: "one",
      now: START + 2 * SECOND,
      origin: cloud.webOrigin,
      queue: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/\d+\/Letters$/),
    });
    expect(cloud.now()).toBe(START + 2 * SECOND);
  });

  it("serves the pictures of the assembly where its functions are told they are, for a year", async () => {
    writeFileSync(join(folder, "asset.abc.png"), "a picture");
    const distribution = { "Fn::GetAtt": ["Cache", "DomainName"] };
    const cloud = await start(undefined, {
      Pictures: { Type: "AWS::S3::Bucket" },
      Cache: {
        Type: "AWS::CloudFront::Distribution",
        Properties: {
          DistributionConfig: {
            Origins: [{ DomainName: { "Fn::GetAtt": ["Pictures", "RegionalDomainName"] } }],
          },
        },
      },
      Copier: {
        Type: "AWS::Lambda::Function",
        Properties: { Handler: "x", Code: { ZipFile: "at deploys" } },
      },
      Copies: {
        Type: "Custom::PictureCopies",
        Properties: {
          ...{ Bucket: { Ref: "Pictures" }, CacheControl: "public, max-age=31536000, immutable" },
          Pictures: [{ Key: "pictures/0a.png", AssetKey: "abc.png", ContentType: "image/png" }],
        },
      },
      Page: functionOf("page", {
        Environment: { Variables: { ORIGIN: { "Fn::Join": ["", ["https://", distribution]] }, QUEUE: "" } },
      }),
    });
    const { origin } = (await (await fetch(`${cloud.webOrigin}/page/one`)).json()) as { origin: string };
    const picture = await fetch(`${origin}/pictures/0a.png`);
    expect(await picture.text()).toBe("a picture");
    expect(picture.headers.get("content-type")).toBe("image/png");
    expect(picture.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
    expect((await fetch(`${origin}/pictures/0b.png`)).status, "control").toBe(404);
    expect((await fetch(`${origin}/pictures/0a.png`, { method: "POST" })).status).toBe(404);
  });

  it("brings a mail from the SMTP side to the function behind the queue", async () => {
    const cloud = await start();
    const receipt = cloud.receive({
      source: "reader@example.org",
      recipients: ["reply@course.example"],
      raw: Buffer.from("Subject: poison\r\n\r\npoison\r\n"),
    });
    expect(receipt.accepted).toBe(true);
    expect(cloud.s3.keys("inbox")).toContain(receipt.accepted ? receipt.keys[0] : "");
    await cloud.advanceBy(SECOND);
    expect(linesOf(cloud, "Reader")).toEqual(["0 bad"]);
  });

  it("moves a message to the dead letters after the tries that the template allows, and tells of it", async () => {
    const cloud = await start();
    cloud.sqs.send("Letters", "poison");
    cloud.sqs.send("Letters", "fine");
    await cloud.advanceBy(5 * MINUTE);
    expect(linesOf(cloud, "Reader")).toEqual(["0 bad", "30000 bad"]);
    expect(cloud.deadLetters()).toEqual([{ at: expect.any(Number), where: "Lost", text: "poison" }]);
    expect(cloud.sqs.bodies("Letters")).toEqual([]);
  });

  it("invokes a schedule's target every minute with its input, and only when something is due if it may skip", async () => {
    const everyMinute = await start({ skipIdleMinutes: false });
    await everyMinute.advanceBy(3 * MINUTE);
    expect(linesOf(everyMinute, "Clockwork")).toEqual([1, 2, 3].map((n) => `${n * MINUTE} {"lane":3}`));

    const skipping = await start();
    const Item = {
      pk: { S: "a" },
      sk: { S: "b" },
      shard: { S: "s" },
      dueAt: { N: String(START + 90 * SECOND) },
    };
    await (skipping.dynamodb as DynamoDb).call("PutItem", { TableName: skipping.tableName, Item });
    await skipping.advanceBy(3 * MINUTE);
    expect(linesOf(skipping, "Clockwork")).toEqual([2, 3].map((n) => `${n * MINUTE} {"lane":3}`));
  });

  it("invokes it too where trouble was noted, and where a hold ends, though nothing is due", async () => {
    const cloud = await start();
    const write = async (Item: object) => {
      const body = Buffer.from(JSON.stringify({ TableName: cloud.tableName, Item }));
      const authorization = "AWS4-HMAC-SHA256 Credential=k/20260304/eu-west-1/dynamodb/aws4_request";
      const headers = { authorization, "x-amz-target": "DynamoDB_20120810.PutItem" };
      await cloud.wire.exchange({ method: "POST", url: "/", headers, body });
    };
    await write({ pk: { S: "trouble" }, sk: { S: "2026-03-04T09:00" } });
    await cloud.advanceBy(3 * MINUTE);
    const until = (minutes: number) => ({ M: { until: { N: String(START + minutes * MINUTE) } } });
    const held = { held: until(7), confirmations: { M: { held: until(9) } } };
    await write({ pk: { S: "governor" }, sk: { S: "-" }, ...held });
    await cloud.advanceBy(HOUR);
    const looked = [1, 7, 9].map((minute) => `${minute * MINUTE} {"lane":3}`);
    expect(linesOf(cloud, "Clockwork")).toEqual(looked);
  });

  it("keeps its queues and its mail between runs in its folder", async () => {
    const stateFolder = join(folder, "state");
    const first = await start({ stateFolder });
    first.sqs.send("Lost", "not forgotten");
    first.s3.put("inbox", "letter", Buffer.from("words"));
    await first.stop();
    open.pop();
    const second = await start({ stateFolder, startAt: START + MINUTE });
    expect(second.sqs.bodies("Lost")).toEqual(["not forgotten"]);
    expect(second.s3.keys("inbox")).toContain("letter");
  });

  it("tells which file of the kept state is damaged", async () => {
    const stateFolder = join(folder, "state");
    mkdirSync(stateFolder);
    writeFileSync(join(stateFolder, "sqs.json"), "{");
    await expect(start({ stateFolder })).rejects.toThrow(/sqs\.json is damaged; remove it/);
  });

  it("stops although something is in the middle of its work", async () => {
    const cloud = await start();
    cloud.lambda.invoke("Page", { pathParameters: {} }).catch(() => undefined);
    await cloud.lambda.quiet();
    await cloud.stop();
    open.pop();
    expect(cloud.lambda.isBusy()).toBe(false);
  });

  it.each([
    [
      { Stream: { Type: "AWS::Kinesis::Stream" } },
      "Stream is a AWS::Kinesis::Stream, which the local cloud does not know",
    ],
    [{ Bare: { ...functionOf("x"), Metadata: {} } }, "does not say where the code of Bare is"],
    [
      {
        Astray: {
          Type: "AWS::ApiGatewayV2::Route",
          Properties: { RouteKey: "GET /x", Target: "integrations/Nobody" },
        },
      },
      "The route GET /x has no integration",
    ],
    [{ Other: RESOURCES.Table }, "expects one table"],
  ])("refuses a template that it cannot follow, and names the resource: %j", async (more, problem) => {
    await expect(start({}, more)).rejects.toThrow(problem);
  });
});
