import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { random } from "../../functions/aws/random.ts";
import { openStore } from "../../functions/aws/store.ts";
import { openTable, type Table } from "../../functions/aws/table.ts";
import {
  type Enrolment,
  inertEnrolment,
  withActivation,
  withPause,
} from "../../functions/domain/course/enrolment.ts";
import {
  newSubscriber,
  type Subscriber,
  withConfirmation,
} from "../../functions/domain/people/subscriber.ts";
import { DAY, HOUR, MINUTE } from "../../functions/domain/time.ts";
import type { Store } from "../../functions/ports.ts";
import { aConsent } from "../support/consents.ts";
import {
  type Engine,
  enginesElsewhere,
  hasSecondEngine,
  startDynalite,
  startDynoxide,
  startTableInMemory,
} from "../support/engines.ts";
import { everythingAbout } from "../support/everything-about.ts";
import { aReflection } from "../support/reflections.ts";

const NOW = Date.UTC(2026, 5, 1, 9);
const consent = aConsent("requested", "course", NOW);
const cadence = { zone: "UTC", weekday: 2 as const, time: "07:30", pace: "weekly" as const };

let hash = 0;
const aSubscriber = (): Subscriber =>
  newSubscriber(
    random(10),
    {
      address: "r@x.example",
      addressHash: `hash-${hash++}`,
      zone: "UTC",
      course: "course",
      newsletter: true,
      consent,
    },
    NOW,
  );
const anEnrolment = (subscriber: string): Enrolment =>
  withActivation(inertEnrolment(subscriber, "course", cadence, NOW), NOW);

const engines = [
  ...[startDynalite, startTableInMemory, ...(hasSecondEngine() ? [startDynoxide] : [])],
  ...enginesElsewhere(),
];
if (!hasSecondEngine()) console.log("The second DynamoDB engine has no package for this machine: skipped.");

describe.each(engines)("the store over %o", (start) => {
  let engine: Engine;
  let table: Table;
  let store: Store;
  let now = NOW;

  beforeAll(async () => {
    engine = await start("table");
    table = openTable("table", engine.client);
    store = openStore(table, { now: () => now, sleep: async () => {} }, random);
  });
  afterAll(() => engine?.stop());

  it("forgets one reflection for good, though the same mail comes again, and keeps the others", async () => {
    const subscriber = random(10);
    const [first, second] = [keptReply(subscriber, "r1"), keptReply(subscriber, "r2")];
    await store.keepReflection(first);
    await store.keepReflection(second);
    await store.forgetReflection(subscriber, "r1");
    await store.forgetReflection(subscriber, "never-there");
    expect(await store.reflection(subscriber, "r1")).toBeUndefined();
    expect(await store.keepReflection(first)).toBe(false);
    expect(await store.reflections(subscriber)).toEqual([second]);
    expect(JSON.stringify(await everythingAbout(store, subscriber))).not.toContain("words of r1");
  });

  it("gives back what it was given", async () => {
    const saved = await store.save(aSubscriber());
    expect(await store.subscriber(saved?.id as string)).toEqual(saved);
    const enrolment = await store.save(anEnrolment(saved?.id as string));
    expect(await store.enrolments(saved?.id as string)).toEqual([enrolment]);
  });

  it("lets one of many who write the same version win, and loses none of their changes when they try again", async () => {
    const saved = (await store.save(anEnrolment(random(10)))) as Enrolment;
    const writes = await Promise.all(
      Array.from({ length: 8 }, () => store.save({ ...saved, status: "paused" as const })),
    );
    expect(writes.filter(Boolean)).toHaveLength(1);
    const slugs = ["a", "b", "c", "d"];
    await Promise.all(
      slugs.map((slug) => store.change(saved, (current) => ({ ...current, done: [...current.done, slug] }))),
    );
    expect((await store.enrolment(saved.subscriber, "course"))?.done.sort()).toEqual(slugs);
  });

  it("finds what is due, earliest first, a page at a time, and nothing that is not", async () => {
    const ids = Array.from({ length: 60 }, () => random(10));
    for (const [place, id] of ids.entries()) {
      const enrolment = anEnrolment(id);
      await store.save({ ...enrolment, agenda: { lesson: { dueAt: NOW + place * MINUTE, doubts: 0 } } });
    }
    const found: number[] = [];
    for (let shard = 0; shard < 8; shard++) {
      let page = await store.due(`lesson-${shard}`, NOW + 40 * MINUTE);
      while (page.length > 0) {
        const times = page.map((key) => key.dueAt);
        expect(times).toEqual([...times].sort((one, other) => one - other));
        expect(page.length).toBeLessThanOrEqual(25);
        found.push(...times);
        page = await store.due(`lesson-${shard}`, NOW + 40 * MINUTE, page.at(-1));
      }
    }
    expect(found).toHaveLength(41);
  });

  it("takes a paused reader's lessons out of the index", async () => {
    const saved = (await store.save({
      ...anEnrolment(random(10)),
      agenda: { lesson: { dueAt: NOW, doubts: 0 } },
    })) as Enrolment;
    const isDue = async () => {
      const shards = await Promise.all(
        Array.from({ length: 8 }, (_, shard) => store.due(`lesson-${shard}`, NOW)),
      );
      return shards.flat().some((key) => key.holder.subscriber === saved.subscriber);
    };
    expect(await isDue()).toBe(true);
    await store.change(saved, (current) => withPause(current));
    expect(await isDue()).toBe(false);
  });

  it("stops everything for a person, so that nothing of theirs is due, and does so as often as it is told", async () => {
    const person = (await store.save(withConfirmation(aSubscriber(), consent))) as Subscriber;
    const enrolment = (await store.save(anEnrolment(person.id))) as Enrolment;
    for (const reason of ["reader", "complaint", "bounce"] as const)
      await store.stopEverything(person.id, reason, consent);
    expect(await store.suppression(person.addressHash)).toMatchObject({ reason: "complaint" });
    expect(await store.subscriber(person.id)).toMatchObject({
      status: "stopped",
      agenda: {},
      newsletter: false,
    });
    expect(await store.enrolment(enrolment.subscriber, "course")).toMatchObject({ status: "left" });
    await store.liftSuppression(person.addressHash);
    expect(await store.suppression(person.addressHash)).toBeDefined();
  });

  it("makes an address one person's, also if two ask at the same time", async () => {
    const owners = await Promise.all(
      Array.from({ length: 6 }, (_, asker) => store.bindAddress("address", `s${asker}`)),
    );
    expect(new Set(owners).size).toBe(1);
    expect(await store.findSubscriber("address")).toBe(owners[0]);
  });

  it("counts a limit in its window, and starts again when the window ends", async () => {
    const limit = { key: "network#1", most: 2, windowMs: HOUR };
    expect([await store.count(limit), await store.count(limit)]).toEqual([undefined, undefined]);
    expect(await store.count(limit)).toBe(NOW + HOUR);
    now = NOW + HOUR;
    expect(await store.count(limit)).toBeUndefined();
    now = NOW;
  });

  it("counts soft bounces by day", async () => {
    expect(await store.strike("mailbox", "2026-06-01")).toEqual(["2026-06-01"]);
    expect(await store.strike("mailbox", "2026-06-01")).toEqual(["2026-06-01"]);
    expect([...(await store.strike("mailbox", "2026-06-02"))].sort()).toEqual(["2026-06-01", "2026-06-02"]);
    await store.clearStrikes("mailbox");
    expect(await store.strike("mailbox", "2026-06-03")).toEqual(["2026-06-03"]);
  });

  it("treats an unconfirmed sign-up that has expired as absent, before DynamoDB has swept it", async () => {
    const saved = (await store.save(aSubscriber())) as Subscriber;
    now = NOW + 15 * DAY;
    expect(await store.subscriber(saved.id)).toBeUndefined();
    expect(await store.save({ ...saved, version: 0 })).toBeDefined();
    now = NOW;
  });

  it("writes a dispatch into the ledger once, and never moves it back", async () => {
    const entry = { dispatch: "p_course_1_lesson_one", messageId: "m", sentAt: NOW, stateAt: NOW };
    expect(await store.recordSent({ ...entry, state: "sent" })).toBe(true);
    expect(await store.recordSent({ ...entry, state: "sent" })).toBe(false);
    await store.updateEntry({ ...entry, state: "bounced" });
    await store.updateEntry({ ...entry, state: "delivered" });
    expect(await store.ledgerEntry(entry.dispatch)).toEqual({ ...entry, state: "bounced" });
  });

  it("gives a lane to one at a time, until its lease ends or it is given back", async () => {
    const endsAt = NOW + 10 * MINUTE;
    const lease = (by: string, minutes: number) =>
      store.leaseLane(7, { by, until: NOW + minutes * MINUTE, endsAt });
    expect(await lease("one", 1)).toBeUndefined();
    expect(await lease("two", 1)).toBe(endsAt);
    expect(await lease("one", 2)).toBeUndefined();
    await store.releaseLane(7, "two");
    expect(await lease("two", 1)).toBe(endsAt);
    await store.releaseLane(7, "one");
    expect(await lease("two", 1)).toBeUndefined();
  });

  it("exports all of a person with one query, and erases all of it but the suppression", async () => {
    const person = (await store.save(aSubscriber())) as Subscriber;
    await store.bindAddress(person.addressHash, person.id);
    await store.save(anEnrolment(person.id));
    await store.keepReflection(keptReply(person.id));
    expect(await store.keepReflection(keptReply(person.id))).toBe(false);
    await store.recordSent({
      dispatch: `${person.id}_course_1_lesson_one`,
      messageId: "m",
      sentAt: NOW,
      state: "sent",
      stateAt: NOW,
    });
    // An entry of the digest that has expired, and that DynamoDB has not swept yet.
    await store.noteForDigest({ subscriber: person.id, reflection: "r1", receivedAt: NOW - 20 * DAY });
    await store.noteForDigest({
      subscriber: "somebody-else",
      reflection: "r1",
      receivedAt: NOW - 20 * DAY,
    });
    const digest = async () => (await table.partition("digest")).map(({ subscriber }) => subscriber);
    expect((await digest()).sort()).toEqual(["somebody-else", person.id].sort());
    await store.stopEverything(person.id, "reader", consent);
    expect(await everythingAbout(store, person.id)).toHaveLength(4);
    await store.entomb(person.id);
    expect(await store.subscriber(person.id)).toBeUndefined();
    await store.removeItems(person.id, await everythingAbout(store, person.id));
    await store.removeTraces(person.id);
    expect(await digest()).toEqual(["somebody-else"]);
    expect(await everythingAbout(store, person.id)).toHaveLength(1);
    await store.removeTombstone(person.id);
    expect(await everythingAbout(store, person.id)).toEqual([]);
    expect(await store.findSubscriber(person.addressHash)).toBeUndefined();
    expect(await store.suppression(person.addressHash)).toBeDefined();
  });
});

const keptReply = (subscriber: string, id = "r1") =>
  aReflection(subscriber, NOW, { id, ownWords: `The words of ${id}.` });
