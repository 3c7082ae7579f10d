import { afterEach, beforeEach, expect, it } from "vitest";
import { openOutbox } from "../../functions/aws/outbox.ts";
import { random } from "../../functions/aws/random.ts";
import { openStore } from "../../functions/aws/store.ts";
import { openTable } from "../../functions/aws/table.ts";
import { erase } from "../../functions/consent/erase.ts";
import { deliver } from "../../functions/deliver/deliver.ts";
import { openSlots } from "../../functions/deliver/governor.ts";
import type { ReaderEvent } from "../../functions/domain/events/reader-event.ts";
import { newSubscriber } from "../../functions/domain/people/subscriber.ts";
import { HOUR, MINUTE } from "../../functions/domain/time.ts";
import { tellWhatHappened } from "../../functions/events/tell.ts";
import { aConsent } from "../support/consents.ts";
import { startTableInMemory } from "../support/engines.ts";
import { webContent } from "../support/pages.ts";
import { startWorld, type World } from "../support/services.ts";

const NOW = Date.UTC(2026, 5, 1, 9);
const READER = "reader2345abcdef";
let world: World;
beforeEach(async () => {
  world = await startWorld(webContent(), NOW, startTableInMemory);
  const { services, table, clock } = world;
  services.settings = { ...services.settings, events: true };
  services.store = openStore(openTable("table", table), clock, random, true);
});
afterEach(() => world.stop());

it("who was erased while the bus was away is kept as a tombstone until that is told, and then gone", async () => {
  const { services, table, clock } = world;
  const asks = {
    address: "jo@x.example",
    addressHash: "hash",
    zone: "UTC",
    course: "course",
    newsletter: false,
  };
  const consent = aConsent("requested", "course", NOW);
  await services.store.save(newSubscriber(READER, { ...asks, consent }, NOW));
  await erase(services, READER);
  const pass = () =>
    deliver(services, { subscriber: READER }, openSlots(services, "urgent"), clock.now() + MINUTE);
  clock.set(NOW + HOUR);
  await pass();
  expect(await services.store.holder({ subscriber: READER }), "nothing was told yet").toBeDefined();
  const told: ReaderEvent[] = [];
  const bus = {
    async put(events: readonly ReaderEvent[]) {
      told.push(...events);
      return new Set(events);
    },
  };
  await tellWhatHappened({ ...services, bus, outbox: openOutbox("table", table) });
  expect(told.map(({ type }) => type)).toEqual(["reader.erased"]);
  clock.set(NOW + HOUR + 6 * MINUTE);
  await pass();
  expect(await services.store.holder({ subscriber: READER })).toBeUndefined();
});
