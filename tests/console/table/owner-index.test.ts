import { DeleteCommand, ScanCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openIndexFilling } from "../../../console/table/index-filling.ts";
import type { IndexRow } from "../../../functions/aws/desk-rows.ts";
import { withPause } from "../../../functions/domain/course/enrolment.ts";
import { DESK_ATTRIBUTES, toSearchable } from "../../../functions/domain/desk-place.ts";
import { markedErased, type Subscriber } from "../../../functions/domain/people/subscriber.ts";
import {
  type Reflection,
  withAnswer,
  withDone,
  withoutDone,
} from "../../../functions/domain/replies/reflection.ts";
import { DAY, HOUR } from "../../../functions/domain/time.ts";
import { plainContent } from "../../support/content.ts";
import { aCourse } from "../../support/course.ts";
import {
  enginesElsewhere,
  hasSecondEngine,
  startDynalite,
  startDynoxide,
  startTableInMemory,
} from "../../support/engines.ts";
import { anEnrolment, aReader, aReply, aSentLesson } from "../../support/person-records.ts";
import { startWorld, type World } from "../../support/services.ts";

const NOW = Date.UTC(2026, 5, 1, 9);
const engines = [
  ...[startDynalite, startTableInMemory, ...(hasSecondEngine() ? [startDynoxide] : [])],
  ...enginesElsewhere(),
];

describe.each(engines)("the owner's index over %o", (start) => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld(plainContent(aCourse("one", "two")), NOW, start);
    await joins("ulrike", "Ulrike Müller", NOW - 3 * DAY, { tags: ["vip", "berlin"], newsletter: true });
    await joins("zoe", "Zoë", NOW - 2 * DAY);
    await joins("late", "Ulrich", NOW - DAY, { status: "unconfirmed" });
    await joins("rehearsalabcdefg", "Ulrike", NOW);
  });
  afterAll(() => world.stop());

  async function joins(id: string, firstName: string, at: number, more: Partial<Subscriber> = {}) {
    await world.services.store.save(aReader(id, at, { firstName, ...more }));
    await world.services.store.save(anEnrolment(id, at, { done: id === "zoe" ? ["one"] : [] }));
  }
  const writes = async (id: string, kind: Reflection["replyKind"], at: number): Promise<Reflection> => {
    const reply = { ...aReply(aSentLesson(id, "one", at), at + HOUR, kind), id: `${id}${at}` };
    await world.services.store.keepReflection(reply);
    return reply;
  };
  const ids = (rows: readonly IndexRow[]) => rows.map(({ subscriber }) => subscriber);
  const found = async (part: string) =>
    ids((await world.ownerIndex.page("people", { contains: { deskFind: toSearchable(part) } }, 10)).rows);
  const waiting = async () => (await world.ownerIndex.waiting(50)).rows.map(({ sk }) => sk);

  it("finds people by a part of their name or address, newest first, whatever accents were typed", async () => {
    expect(await found("ulri")).toEqual(["late", "ulrike"]);
    expect(await found("MULLER")).toEqual(["ulrike"]);
    expect(await found("zoe@x")).toEqual(["zoe"]);
    expect(await found("Zoë")).toEqual(["zoe"]);
    expect(await found("nobody")).toEqual([]);
  });

  it("does not hold a rehearsal's reader, nor anyone who was erased", async () => {
    await joins("gone", "Ulrika", NOW);
    expect(await found("ulrika")).toEqual(["gone"]);
    const gone = (await world.services.store.subscriber("gone")) as Subscriber;
    await world.services.store.change(gone, (current) => markedErased(current, NOW));
    expect(await found("ulrika")).toEqual([]);
    expect(await found("")).not.toContain("rehearsalabcdefg");
  });

  it("finds people by tag, status and newsletter, and by what is so in their course", async () => {
    const { page, all } = world.ownerIndex;
    expect(ids((await page("people", { contains: { tags: "berlin" } }, 10)).rows)).toEqual(["ulrike"]);
    expect(ids((await page("people", { contains: { tags: "ber" } }, 10)).rows)).toEqual([]);
    expect(ids((await page("people", { equals: { status: "unconfirmed" } }, 10)).rows)).toEqual(["late"]);
    expect(ids((await page("people", { equals: { newsletter: true } }, 10)).rows)).toEqual(["ulrike"]);
    const had = { oneOf: { attribute: "deskLesson", values: ["one", "uno"] } };
    expect(ids(await all("courses", had))).toEqual(["zoe"]);
    expect(await all("people", {})).toHaveLength(3);
    const zoe = await world.services.store.enrolment("zoe", "course");
    await world.services.store.change(zoe as NonNullable<typeof zoe>, (current) => withPause(current));
    expect(ids(await all("courses", { equals: { status: "paused" } }))).toEqual(["zoe"]);
  });

  it("tells how many stand at each lesson, in one reading of the courses' rows", async () => {
    const tallied = await world.ownerIndex.tally("courses", ["course", "status", "deskLesson"]);
    const byWords = tallied.map(({ words, count }) => `${words.join(" ").trim()} ${count}`).sort();
    expect(byWords).toEqual(["course active 3", "course paused one 1"]);
  });

  it("gives replies page by page, newest first, each once, also where some wait for a person", async () => {
    for (let day = 0; day < 12; day++)
      await writes("zoe", day % 4 === 0 ? "question" : "reflection", NOW - 40 * DAY + day * DAY);
    const seen: string[] = [];
    let before: string | undefined;
    do {
      const page = await world.ownerIndex.page("replies", before === undefined ? {} : { before }, 5);
      expect(page.rows.length).toBeLessThanOrEqual(5);
      seen.push(...page.rows.map(({ order }) => order));
      before = page.before;
    } while (before !== undefined);
    expect(seen).toHaveLength(12);
    expect(seen).toEqual([...new Set(seen)].sort().reverse());
    const questions = await world.ownerIndex.page("replies", { equals: { replyKind: "question" } }, 5);
    expect(questions.rows).toHaveLength(3);
    expect(await world.ownerIndex.count("replies", { from: NOW - 31 * DAY + HOUR, until: NOW })).toBe(3);
    // The end itself is not in it, the beginning is.
    const moment = NOW - 40 * DAY + HOUR;
    expect(await world.ownerIndex.count("replies", { from: moment, until: moment + DAY })).toBe(1);
  });

  it("shows a reply among what waits until it is answered or put aside, and again when that is taken back", async () => {
    const { store } = world.services;
    const asked = await writes("ulrike", "question", NOW);
    const row = `reflection#${asked.id}`;
    expect(await waiting()).toContain(row);
    const answered = (await store.changeReflection(asked, (one) => withAnswer(one, NOW))) as Reflection;
    expect(await waiting()).not.toContain(row);
    const back = (await store.changeReflection(answered, withoutDone)) as Reflection;
    expect(await waiting()).toContain(row);
    await store.changeReflection(back, (one) => withDone(one, NOW));
    expect(await waiting()).not.toContain(row);
    const thanks = await writes("ulrike", "reflection", NOW);
    expect(await waiting()).not.toContain(`reflection#${thanks.id}`);
  });

  it("shows whose mail is parked among what waits, and still finds them", async () => {
    const { store } = world.services;
    const reader = (await store.subscriber("ulrike")) as Subscriber;
    const parked = (await store.change(reader, (current) => ({
      ...current,
      agenda: { confirmation_1: { dueAt: NOW, doubts: 2, parked: true } },
    }))) as Subscriber;
    expect(await waiting()).toContain("subscriber");
    expect(await found("ulrike")).toEqual(["ulrike"]);
    expect(await world.ownerIndex.count("people", { equals: { status: "active" } })).toBe(2);
    await store.change(parked, (current) => ({ ...current, agenda: {} }));
    expect(await waiting()).not.toContain("subscriber");
  });

  it("holds of an item what it says, and no words of a reply", async () => {
    const { Items = [] } = await world.table.send(new ScanCommand({ TableName: "table", IndexName: "desk" }));
    const names = new Set(Items.flatMap((item) => Object.keys(item)));
    const wanted = ["pk", "sk", "desk", "deskOrder", ...DESK_ATTRIBUTES];
    expect([...names].filter((name) => !wanted.includes(name))).toEqual([]);
    expect(names).toContain("deskFind");
  });

  it("is filled for items that were written before it: once, and again without a change", async () => {
    const { store } = world.services;
    const old = await writes("zoe", "question", NOW - 60 * DAY);
    const answered = await writes("zoe", "question", NOW - 2 * DAY);
    const open = await writes("zoe", "question", NOW - DAY);
    const answer = { ...(await writes("zoe", "owner-answer", NOW - DAY)), id: "a1", answers: answered.id };
    await store.keepReflection(answer);
    const before = await indexed();
    await withoutPlaces();
    expect(await indexed()).toEqual([]);
    const filling = () => openIndexFilling("table", world.clock, world.table);
    expect(await filling().isFilled()).toBe(false);
    expect(await filling().fill()).toBeGreaterThan(0);
    expect(await filling().isFilled()).toBe(true);
    expect(await indexed()).toEqual(before);
    // What was answered, or is old news, does not wait.
    expect(await waiting()).toEqual([`reflection#${open.id}`]);
    expect((await store.reflection("zoe", answered.id))?.answeredAt).toBe(answer.receivedAt);
    expect((await store.reflection("zoe", old.id))?.doneAt).toBe(NOW);
    await world.table.send(new DeleteCommand({ TableName: "table", Key: { pk: "desk-index", sk: "-" } }));
    expect(await filling().fill()).toBe(0);
  });

  async function indexed(): Promise<string[]> {
    const { Items = [] } = await world.table.send(new ScanCommand({ TableName: "table", IndexName: "desk" }));
    return Items.map(({ pk, sk }) => `${pk} ${sk}`).sort();
  }

  async function withoutPlaces(): Promise<void> {
    const { Items = [] } = await world.table.send(new ScanCommand({ TableName: "table", IndexName: "desk" }));
    for (const { pk, sk } of Items)
      await world.table.send(
        new UpdateCommand({
          TableName: "table",
          Key: { pk, sk },
          UpdateExpression: "REMOVE desk, deskOrder, deskFind, deskLesson",
        }),
      );
  }
});

describe("a filling that was cut off", () => {
  it("goes on from there, and reads no one twice", async () => {
    const world = await startWorld(plainContent(aCourse("one")), NOW);
    const { store } = world.services;
    for (let place = 0; place < 450; place++) await store.save(aReader(`reader${place}`, NOW));
    const { Items = [] } = await world.table.send(new ScanCommand({ TableName: "table" }));
    for (const { pk, sk } of Items.filter(({ desk }) => desk !== undefined))
      await world.table.send(
        new UpdateCommand({
          TableName: "table",
          Key: { pk, sk },
          UpdateExpression: "REMOVE desk, deskOrder",
        }),
      );
    const filling = openIndexFilling("table", world.clock, world.table);
    const cutOff = (looked: number) => {
      if (looked === 300) throw new Error("cut off");
    };
    await expect(filling.fill(cutOff)).rejects.toThrow("cut off");
    let looked = 0;
    await filling.fill((count) => {
      looked = count;
    });
    expect(looked).toBe(250);
    expect(await world.ownerIndex.count("people", {})).toBe(450);
    await world.stop();
  });
});
