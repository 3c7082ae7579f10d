import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { openAllPeople } from "../../console/table/all-people.ts";
import { type IndexFilling, openIndexFilling } from "../../console/table/index-filling.ts";
import { type OwnerIndex, openOwnerIndex } from "../../console/table/owner-index.ts";
import type { AllPeople } from "../../console/table/people.ts";
import { openBroadcasts } from "../../functions/aws/broadcasts.ts";
import { random } from "../../functions/aws/random.ts";
import { openStore } from "../../functions/aws/store.ts";
import { openTable, type Table } from "../../functions/aws/table.ts";
import type { Broadcasts, Store } from "../../functions/ports.ts";
import { type Engine, startTableWithoutSteps } from "./engines.ts";

/** A clock that only a test moves. Who sleeps moves it too, in the order of their waking. */
export class TestClock {
  private time: number;
  private sleepers: { until: number; wake: () => void }[] = [];

  constructor(time: number) {
    this.time = time;
  }
  now = (): number => this.time;
  set(time: number): void {
    this.time = time;
  }
  sleep = (ms: number): Promise<void> =>
    new Promise((wake) => {
      this.sleepers.push({ until: this.time + ms, wake });
      setImmediate(() => this.wakeNext());
    });
  private wakeNext(): void {
    this.sleepers.sort((one, other) => one.until - other.until);
    const next = this.sleepers.shift();
    if (!next) return;
    this.time = Math.max(this.time, next.until);
    next.wake();
  }
}

interface StartedStore {
  store: Store;
  broadcasts: Broadcasts;
  allPeople: AllPeople;
  ownerIndex: OwnerIndex;
  indexFilling: IndexFilling;
  table: DynamoDBClient;
  items: Table;
  clock: TestClock;
  stop: () => Promise<void>;
}

/**
 * The real store over an engine, with a clock to move. It is the table in memory unless told otherwise: what the engines
 * have to do alike is tested of the store itself, on each of them.
 * @param tells whether what happens to readers is written down, to be told
 */
export async function startStore(
  now: number,
  start: (table: string) => Promise<Engine> = startTableWithoutSteps,
  tells = false,
): Promise<StartedStore> {
  const engine = await start("table");
  const clock = new TestClock(now);
  const items = openTable("table", engine.client);
  const store = openStore(items, clock, random, tells);
  const broadcasts = openBroadcasts(items, clock, random);
  const allPeople = openAllPeople("table", clock, engine.client);
  const ownerIndex = openOwnerIndex("table", engine.client);
  const indexFilling = openIndexFilling("table", clock, engine.client);
  const ofOwner = { allPeople, ownerIndex, indexFilling };
  return { store, broadcasts, ...ofOwner, table: engine.client, items, clock, stop: engine.stop };
}
