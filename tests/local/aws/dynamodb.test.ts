import { PutItemCommand, QueryCommand } from "@aws-sdk/client-dynamodb";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { writesTable } from "../../../local/aws/dynamodb.ts";
import { openStation, type Station } from "../station.ts";

const TABLE = {
  KeySchema: [
    { AttributeName: "pk", KeyType: "HASH" },
    { AttributeName: "sk", KeyType: "RANGE" },
  ],
  AttributeDefinitions: [
    { AttributeName: "pk", AttributeType: "S" },
    { AttributeName: "sk", AttributeType: "S" },
    { AttributeName: "shard", AttributeType: "S" },
    { AttributeName: "dueAt", AttributeType: "N" },
  ],
  BillingMode: "PAY_PER_REQUEST",
  PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
  TimeToLiveSpecification: { AttributeName: "expiresAt", Enabled: true },
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
};

let station: Station;
beforeEach(async () => {
  station = await openStation();
  await station.dynamodb.createTable("course", TABLE);
});
afterEach(() => station.close());

const put = (pk: string, more: Record<string, { S: string } | { N: string }> = {}) =>
  station.clients.dynamodb.send(
    new PutItemCommand({ TableName: "course", Item: { pk: { S: pk }, sk: { S: "x" }, ...more } }),
  );

describe("the embedded DynamoDB", () => {
  it("takes the table as the template has it, and answers the SDK", async () => {
    await put("S#1");
    const { Items } = await station.clients.dynamodb.send(
      new QueryCommand({
        TableName: "course",
        KeyConditionExpression: "pk = :pk",
        ExpressionAttributeValues: { ":pk": { S: "S#1" } },
      }),
    );
    expect(Items).toHaveLength(1);
  });

  it("holds conditions: of two that write at once, one wins", async () => {
    const write = () =>
      station.clients.dynamodb.send(
        new PutItemCommand({
          TableName: "course",
          Item: { pk: { S: "S#1" }, sk: { S: "x" } },
          ConditionExpression: "attribute_not_exists(pk)",
        }),
      );
    const results = await Promise.allSettled([write(), write(), write()]);
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });

  it("tells when the earliest entry of the index is due", async () => {
    expect(await station.dynamodb.peekDue("course")).toBeUndefined();
    await put("S#1", { shard: { S: "lesson-0" }, dueAt: { N: "2000" } });
    await put("S#2", { shard: { S: "urgent-0" }, dueAt: { N: "1500" } });
    await put("S#3");
    expect(await station.dynamodb.peekDue("course")).toBe(1500);
    expect(await station.dynamodb.peekDue("course", "due", ["lesson-0", "lesson-1"])).toBe(2000);
  });

  it("lets the wire tell its writes from its reads", async () => {
    const writes: string[] = [];
    station.wire.watch((request) => {
      if (writesTable(request)) writes.push(request.action);
    });
    await put("S#1");
    await station.dynamodb.peekDue("course");
    expect(writes).toEqual(["PutItem"]);
  });

  it("makes a table once", async () => {
    await put("S#1", { shard: { S: "lesson-0" }, dueAt: { N: "1" } });
    await station.dynamodb.createTable("course", TABLE);
    expect(await station.dynamodb.peekDue("course")).toBe(1);
  });

  it("names what went wrong as DynamoDB does", async () => {
    await expect(station.dynamodb.call("DescribeTable", { TableName: "none" })).rejects.toMatchObject({
      code: "ResourceNotFoundException",
    });
  });
});
