import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { GetSendQuotaCommand, SendRawEmailCommand } from "@aws-sdk/client-ses";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openStation, type Station } from "./station.ts";

const TABLE = {
  KeySchema: [{ AttributeName: "pk", KeyType: "HASH" }],
  AttributeDefinitions: [{ AttributeName: "pk", AttributeType: "S" }],
};

let folder: string;
let station: Station;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "coursepost-"));
  station = await openStation({ folder });
});
afterEach(async () => {
  await station.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Stops, as Ctrl-C does, and starts again on the same folder. */
async function restart() {
  for (const kept of [station.ses, station.s3, station.sqs]) kept.save();
  await station.close();
  station = await openStation({ folder });
}

describe("what is kept between runs in a folder", () => {
  it.skipIf(process.platform === "win32")("is its owner's to read: readers' mails are in it", async () => {
    await restart();
    const files = readdirSync(folder).filter((name) => name.endsWith(".json"));
    expect(files).toEqual(expect.arrayContaining(["s3.json", "ses.json", "sqs.json"]));
    for (const name of files)
      expect([name, statSync(join(folder, name)).mode & 0o777]).toEqual([name, 0o600]);
  });

  it("is the table", async () => {
    await station.dynamodb.createTable("course", TABLE);
    await station.dynamodb.call("PutItem", { TableName: "course", Item: { pk: { S: "a" } } });
    await restart();
    await station.dynamodb.createTable("course", TABLE);
    const { Items } = await station.dynamodb.call<{ Items: unknown[] }>("Scan", { TableName: "course" });
    expect(Items).toEqual([{ pk: { S: "a" } }]);
  });

  it("is the table with an index that it did not have, which holds what was there before", async () => {
    await station.dynamodb.createTable("course", TABLE);
    await station.dynamodb.call("PutItem", {
      TableName: "course",
      Item: { pk: { S: "a" }, desk: { S: "people" } },
    });
    await restart();
    const withIndex = {
      ...TABLE,
      AttributeDefinitions: [...TABLE.AttributeDefinitions, { AttributeName: "desk", AttributeType: "S" }],
      GlobalSecondaryIndexes: [
        {
          IndexName: "desk",
          KeySchema: [{ AttributeName: "desk", KeyType: "HASH" }],
          Projection: { ProjectionType: "KEYS_ONLY" },
        },
      ],
    };
    for (const start of ["first", "second"]) {
      await station.dynamodb.createTable("course", withIndex);
      const { Items } = await station.dynamodb.call<{ Items: unknown[] }>("Scan", {
        TableName: "course",
        IndexName: "desk",
      });
      expect(Items, start).toHaveLength(1);
    }
  });

  it("is the secret, at once", async () => {
    station.secrets.create("arn", { GenerateSecretString: {} });
    const value = station.secrets.value("arn");
    await station.close();
    station = await openStation({ folder });
    expect(station.secrets.value("arn")).toBe(value);
  });

  it("are objects and queued messages", async () => {
    station.s3.createBucket("inbox");
    station.s3.put("inbox", "mail", Buffer.from([0, 255]));
    station.sqs.createQueue("queue");
    station.sqs.send("queue", "waiting", 10);
    await restart();
    station.s3.createBucket("inbox");
    station.sqs.createQueue("queue");
    expect([...(station.s3.get("inbox", "mail")?.body ?? [])]).toEqual([0, 255]);
    expect(station.sqs.bodies("queue")).toEqual(["waiting"]);
  });

  it("are mails, those on their way too, and how many of the day's are used", async () => {
    station.ses.verifyIdentity("course.example");
    const Data = Buffer.from("From: a@course.example\r\nTo: b@c.example\r\n\r\nHello\r\n");
    const { MessageId } = await station.clients.ses.send(new SendRawEmailCommand({ RawMessage: { Data } }));
    await restart();
    const delivered: string[] = [];
    station.ses.onDelivered(({ messageId }) => void delivered.push(messageId));
    await station.pass(2000);
    expect(delivered).toEqual([MessageId]);
    const quota = await station.clients.ses.send(new GetSendQuotaCommand({}));
    expect(quota.SentLast24Hours).toBe(1);
  });

  it("is never half read: a damaged file is named", async () => {
    writeFileSync(join(folder, "ses.json"), "{");
    await expect(openStation({ folder })).rejects.toThrow(/ses\.json is damaged; remove it/);
  });
});
