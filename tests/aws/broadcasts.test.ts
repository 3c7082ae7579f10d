import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  cancelBroadcast,
  pauseBroadcast,
  resumeBroadcast,
  startBroadcast,
} from "../../console/issue/start-broadcast.ts";
import { openAllPeople } from "../../console/table/all-people.ts";
import type { AllPeople } from "../../console/table/people.ts";
import { openBroadcasts } from "../../functions/aws/broadcasts.ts";
import { random } from "../../functions/aws/random.ts";
import { openStore } from "../../functions/aws/store.ts";
import { openTable } from "../../functions/aws/table.ts";
import { issueDispatch } from "../../functions/domain/newsletter/broadcast.ts";
import type { Broadcasts, Store } from "../../functions/ports.ts";
import { addNewsletterReader, anIssue } from "../support/audience.ts";
import { plainContent } from "../support/content.ts";
import { aCourse } from "../support/course.ts";
import {
  type Engine,
  hasSecondEngine,
  startDynalite,
  startDynoxide,
  startTableInMemory,
} from "../support/engines.ts";
import { TestClock } from "../support/table.ts";

const NOW = Date.UTC(2026, 5, 1, 9);
const engines = [startDynalite, startTableInMemory, ...(hasSecondEngine() ? [startDynoxide] : [])];

describe.each(engines)("two consoles at once, over %o", (startEngine) => {
  const clock = new TestClock(NOW);
  let engine: Engine;
  let store: Store;
  let consoles: Broadcasts[];
  let allPeople: AllPeople;
  let ids: string[];

  beforeAll(async () => {
    engine = await startEngine("table");
    const table = openTable("table", engine.client);
    store = openStore(table, clock, random);
    consoles = [0, 1].map(() => openBroadcasts(table, clock, random));
    allPeople = openAllPeople("table", clock, engine.client);
    const added = ["a", "b", "c"].map((name) =>
      addNewsletterReader({ store, clock, random }, `${name}@x.example`),
    );
    ids = (await Promise.all(added)).map(({ id }) => id).sort();
  }, 30_000);
  afterAll(() => engine.stop());

  const start = (broadcasts: Broadcasts, slug: string) => {
    const content = plainContent(aCourse("one"));
    const settings = { defaultZone: "UTC" } as Parameters<typeof startBroadcast>[0]["settings"];
    const asked = { issue: anIssue(slug), audience: {}, asked: "everybody", when: { from: NOW } };
    return startBroadcast({ broadcasts, clock, settings, content, allPeople }, asked);
  };

  it("start one broadcast of the same readers", async () => {
    await Promise.all(consoles.map((one) => start(one, "race")));
    const [one] = consoles as [Broadcasts];
    const pages = await one.batches("race");
    expect(pages.map(({ waiting }) => waiting.flatMap((group) => group.ids).sort())).toEqual([ids]);
    expect(await one.broadcast("race")).toMatchObject({ gathered: true, publishedAt: NOW, title: "News" });
    expect((await one.broadcasts()).filter(({ slug }) => slug === "race")).toHaveLength(1);
  });

  it("pause, resume and cancel it: cancelled it stays, and neither loses the other's word", async () => {
    const [one, other] = consoles as [Broadcasts, Broadcasts];
    await start(one, "steered");
    await Promise.all([pauseBroadcast(one, "steered"), pauseBroadcast(other, "steered")]);
    expect((await other.broadcast("steered"))?.status).toBe("paused");
    await Promise.all([
      resumeBroadcast(one, "steered"),
      cancelBroadcast(other, "steered"),
      pauseBroadcast(one, "steered"),
    ]);
    expect((await one.broadcast("steered"))?.status).toBe("cancelled");
    expect((await start(other, "steered")).outcome).toBe("cancelled");
  });

  it("keep what a reader did with a mail, whatever SES's events write at the same time", async () => {
    const [id = ""] = ids;
    const dispatch = issueDispatch(id, "race");
    const entry = { dispatch, messageId: "m", sentAt: NOW, state: "sent", stateAt: NOW } as const;
    await store.recordSent(entry);
    const isIt = (other: string) => other === dispatch;
    await Promise.all([
      store.noteOnEntry(id, isIt, "leftAt", NOW + 1),
      store.noteOnEntry(id, isIt, "repliedAt", NOW + 2),
      store.updateEntry({ ...entry, state: "delivered", stateAt: NOW + 3 }),
    ]);
    await store.noteOnEntry(id, isIt, "leftAt", NOW + 9);
    await store.updateEntry({ ...entry, state: "delayed", stateAt: NOW + 9 });
    const noted = { leftAt: NOW + 1, repliedAt: NOW + 2, state: "delivered", stateAt: NOW + 3 };
    expect(await store.ledgerEntry(dispatch)).toEqual({ ...entry, ...noted });
  });
});
