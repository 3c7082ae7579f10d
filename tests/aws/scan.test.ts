import { PutItemCommand } from "@aws-sdk/client-dynamodb";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { scanItems } from "../../functions/aws/scan.ts";
import { type Engine, startDynalite } from "../support/engines.ts";

const SORT_KEYS = ["a", "b", "c", "d", "e"];

describe("a scan", () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await startDynalite("table");
    for (const sk of SORT_KEYS)
      await engine.client.send(
        new PutItemCommand({ TableName: "table", Item: { pk: { S: "p" }, sk: { S: sk } } }),
      );
  });
  afterAll(() => engine?.stop());

  const read = async (scan: object): Promise<unknown[]> => {
    const items = [];
    for await (const item of scanItems(engine.client, { TableName: "table", ...scan })) items.push(item.sk);
    return items;
  };

  it("brings the items of all pages once, in order", async () => {
    expect(await read({ Limit: 2 })).toEqual(SORT_KEYS);
  });

  it("begins behind the key that it is given", async () => {
    expect(await read({ Limit: 2, ExclusiveStartKey: { pk: "p", sk: "b" } })).toEqual(["c", "d", "e"]);
  });

  it("says by a code that the table does not answer", async () => {
    await expect(read({ TableName: "gone" })).rejects.toMatchObject({ code: "store-unavailable" });
  });
});
