import { PutCommand } from "@aws-sdk/lib-dynamodb";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openLeftovers } from "../../../console/table/leftovers.ts";
import { plainContent } from "../../support/content.ts";
import { aCourse } from "../../support/course.ts";
import { startTableInMemory } from "../../support/engines.ts";
import { addReader, startWorld, type World } from "../../support/services.ts";

const RUN = "abcd2345";
const HASH = "f".repeat(64);

let world: World;
beforeAll(async () => {
  world = await startWorld(plainContent(aCourse("one")), Date.UTC(2026, 5, 1, 9), startTableInMemory);
  for (let count = 0; count < 20; count++) await addReader(world, `reader${count}@x.example`);
});
afterAll(() => world.stop());

const put = (Item: { pk: string; sk: string } & Record<string, unknown>) =>
  world.table.send(new PutCommand({ TableName: "table", Item }));
const holding = () => openLeftovers("table", world.table).holding([RUN, HASH]);

describe("what a rehearsal has left in the table", () => {
  it("is nothing, where none was", async () => {
    expect(await holding()).toEqual([]);
  });

  it.each<[string, Parameters<typeof put>[0]]>([
    ["a reader of its own", { pk: "S#rehearsalaaaaaaa", sk: "ledger#x", note: { deep: [`to ${RUN}`] } }],
    ["a suppression", { pk: `suppression#${HASH}`, sk: "-" }],
    [
      "a word in what belongs to nobody",
      { pk: "unmatched", sk: "1", words: new Set([`rehearsal+${RUN}@x`]) },
    ],
    ["a note for the owner", { pk: "S#owner", sk: "digest#1", entries: [{ address: `rehearsal+${RUN}@x` }] }],
    [
      "another person with its address",
      { pk: "S#aaaaaaaaaaaaaaaa", sk: "subscriber", address: `ooto+${RUN}@x` },
    ],
    [
      "another person with its address's hash",
      { pk: "S#bbbbbbbbbbbbbbbb", sk: "subscriber", addressHash: HASH },
    ],
  ])("is found in %s", async (_, item) => {
    const before = await holding();
    await put(item);
    expect(await holding()).toEqual(expect.arrayContaining([...before, `${item.pk} ${item.sk}`]));
    expect(await holding()).toHaveLength(before.length + 1);
  });

  it("is looked for without other people's items being sent here: DynamoDB leaves them out", async () => {
    const sent: string[] = [];
    world.table.middlewareStack.add(
      (next) => async (request) => {
        const answer = await next(request);
        sent.push(
          ...((answer.output as { Items?: object[] }).Items ?? []).map((item) => JSON.stringify(item)),
        );
        return answer;
      },
      { step: "initialize", name: "watch" },
    );
    await holding();
    world.table.middlewareStack.remove("watch");
    expect(sent.length).toBeGreaterThan(0);
    expect(sent.join()).not.toContain("@x.example");
  });
});
