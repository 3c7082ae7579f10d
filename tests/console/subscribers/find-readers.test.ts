import { UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findReaders, type ReadersWanted } from "../../../console/subscribers/find-readers.ts";
import { openIndexFilling } from "../../../console/table/index-filling.ts";
import { anEnrolment, aReader } from "../../support/person-records.ts";
import { type ConsoleWorld, NOW, openConsole } from "./world.ts";

let desk: ConsoleWorld;
beforeAll(async () => {
  desk = await openConsole();
});
afterAll(() => desk.stop());

/** Readers of the course, the first signed up first. */
async function join(...people: { id: string; firstName: string; had?: string[] }[]): Promise<void> {
  const { store } = desk.services;
  for (const [place, { id, firstName, had = [] }] of people.entries()) {
    await store.save(aReader(id, NOW + place, { firstName }));
    await store.save(anEnrolment(id, NOW + place, { done: had }));
  }
}
const found = async (wanted: ReadersWanted) =>
  (await findReaders(desk.deployment, wanted)).people.map(({ subscriber }) => subscriber.id);

describe("looking for readers", () => {
  it("finds somebody by their first name, and shows it only where it is asked for", async () => {
    await join({ id: "aaaaaaaaaaaaaaa2", firstName: "Ulrike" });
    const said = await desk.run("subscribers", "find", "ulrike");
    expect(said).toMatch(/^aaaaaaaaaaaaaaa2 {2}a•••@x.example .*\n1 subscriber /);
    expect(said).not.toContain("Ulrike");
    expect(await desk.run("subscribers", "find", "ulrike", "--show-addresses")).toContain("Ulrike");
    expect(await desk.run("subscribers", "find", "nobody-is-called-this")).toMatch(/^0 subscribers/);
  });

  it("finds somebody by their whole id", async () => {
    await join({ id: "bbbbbbbbbbbbbbb2", firstName: "Bea" });
    expect(await found({ part: "bbbbbbbbbbbbbbb2" })).toEqual(["bbbbbbbbbbbbbbb2"]);
  });

  it("finds who had a lesson last, who is in a course, and both with a part of a name", async () => {
    await join(
      { id: "ccccccccccccccc2", firstName: "Caro", had: ["one"] },
      { id: "ccccccccccccccc3", firstName: "Cem", had: ["one", "two"] },
      { id: "ccccccccccccccc4", firstName: "Carla", had: ["one", "two"] },
    );
    expect(await found({ course: "course", lesson: "two" })).toEqual([
      "ccccccccccccccc4",
      "ccccccccccccccc3",
    ]);
    expect(await found({ part: "car", lesson: "two" })).toEqual(["ccccccccccccccc4"]);
    expect(await found({ course: "another" })).toEqual([]);
  });

  it("gives a page at a time, each reader once", async () => {
    const people = Array.from({ length: 23 }, (_, place) => ({
      id: `ddddddddddddddd${"abcdefghijklmnopqrstuvw"[place]}`,
      firstName: "Dora",
      had: ["one", "two", "three"],
    }));
    await join(...people);
    const asked = [{ part: "dora" }, { part: "dora", course: "course" }, { lesson: "three" }];
    for (const wanted of asked) {
      const seen: string[] = [];
      let before: string | undefined;
      do {
        const page = await findReaders(desk.deployment, { ...wanted, limit: 10, before });
        seen.push(...page.people.map(({ subscriber }) => subscriber.id));
        before = page.before;
      } while (before !== undefined);
      expect(seen).toEqual(people.map(({ id }) => id).reverse());
    }
    expect(await desk.run("subscribers", "find", "dora")).toMatch(/\n23 subscribers /);
  });

  it("finds as many where the index of a large table is not filled yet, by reading the table", async () => {
    const id = "eeeeeeeeeeeeeee2";
    await join({ id, firstName: "Emil" });
    await desk.table.send(
      new UpdateCommand({
        TableName: "table",
        Key: { pk: `S#${id}`, sk: "subscriber" },
        UpdateExpression: "REMOVE desk",
      }),
    );
    expect(await desk.run("subscribers", "find", "emil"), "control").toMatch(/^0 subscribers/);
    const indexFilling = openIndexFilling("table", desk.clock, desk.table);
    desk.deployment.indexFilling = {
      ...indexFilling,
      isFilled: async () => false,
      isSmall: async () => false,
    };
    expect(await desk.run("subscribers", "find", "emil")).toMatch(/\n1 subscriber /);
    expect(await desk.run("desk-index")).toContain("not filled yet");
    await expect(findReaders(desk.deployment, { part: "emil" })).rejects.toThrow(
      "desk-index fill --stage local",
    );
    desk.deployment.indexFilling = indexFilling;
  });
});
