import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openOutbox } from "../../functions/aws/outbox.ts";
import {
  type Enrolment,
  inertEnrolment,
  withActivation,
  withPause,
} from "../../functions/domain/course/enrolment.ts";
import type { ReaderEvent } from "../../functions/domain/events/reader-event.ts";
import { newSubscriber, type Subscriber } from "../../functions/domain/people/subscriber.ts";
import type { Settings } from "../../functions/domain/settings.ts";
import { DAY, MINUTE } from "../../functions/domain/time.ts";
import { tellWhatHappened } from "../../functions/events/tell.ts";
import type { Bus, Store } from "../../functions/ports.ts";
import { aConsent } from "../support/consents.ts";
import { startTableInMemory } from "../support/engines.ts";
import { everythingAbout } from "../support/everything-about.ts";
import { aReflection } from "../support/reflections.ts";
import { CADENCE } from "../support/services.ts";
import { startStore } from "../support/table.ts";

const NOW = Date.UTC(2026, 5, 1, 9);
const READER = "reader2345abcdef";
const DISPATCH = `${READER}_course_1_lesson_one`;

let world: Awaited<ReturnType<typeof startStore>>;
let store: Store;
let told: ReaderEvent[];
let refuses: (event: ReaderEvent) => boolean;
beforeEach(async () => {
  world = await startStore(NOW, startTableInMemory, true);
  ({ store } = world);
  told = [];
  refuses = () => false;
});
afterEach(() => world.stop());

const bus: Bus = {
  async put(events) {
    const taken = events.filter((event) => !refuses(event));
    told.push(...taken);
    return new Set(taken);
  },
};
const tell = (settings: Partial<Settings> = {}) =>
  tellWhatHappened({
    ...{ store, clock: world.clock, bus, outbox: openOutbox("table", world.table) },
    settings: { events: true, ...settings } as Settings,
    log: { info() {}, warn() {}, count() {}, measure() {} },
  });
const types = () => told.map(({ type }) => type).sort();
const signUp = async () =>
  (await store.save(
    newSubscriber(
      READER,
      {
        ...{ address: "jo@x.example", addressHash: "hash", zone: "UTC", course: "course", newsletter: false },
        consent: aConsent("requested", "course", NOW),
      },
      NOW,
    ),
  )) as Subscriber;
const begin = async () => {
  const inert = (await store.save(inertEnrolment(READER, "course", CADENCE, NOW))) as Enrolment;
  return (await store.save(withActivation(inert, NOW), inert)) as Enrolment;
};
const sent = { dispatch: DISPATCH, messageId: "m", sentAt: NOW, state: "sent" as const, stateAt: NOW };

describe("What happened to a reader", () => {
  it("is told once, by the items on which it was written, and leaves no trace on them", async () => {
    await signUp();
    await begin();
    await store.recordSent(sent);
    await store.updateEntry({ ...sent, state: "delivered", stateAt: NOW + MINUTE });
    await store.keepReflection(aReflection(READER, NOW));
    await tell();
    const all = ["course.began", "mail.delivered", "mail.sent", "reader.asked", "reader.replied"];
    expect(types()).toEqual(all);
    await tell();
    expect(types()).toEqual(all);
    expect(JSON.stringify(await everythingAbout(store, READER))).not.toMatch(/untold|outbox/);
    expect(await store.ledgerEntry(DISPATCH)).toEqual({ ...sent, state: "delivered", stateAt: NOW + MINUTE });
  });

  it("is written with the change: a write that another writer was ahead of tells nothing", async () => {
    const enrolment = await begin();
    await store.save({ ...enrolment, cadence: { ...CADENCE, time: "08:00" } }, enrolment);
    expect(await store.save(withPause(enrolment), enrolment)).toBeUndefined();
    expect(await store.recordSent(sent)).toBe(true);
    expect(await store.recordSent(sent)).toBe(false);
    await tell();
    expect(types()).toEqual(["course.began", "mail.sent"]);
  });

  it("stays, and goes again under the same id, where the bus refuses it, whatever is added meanwhile", async () => {
    const enrolment = await begin();
    refuses = ({ type }) => type === "course.began";
    await tell();
    await store.change(enrolment, (current) => withPause(current));
    refuses = ({ type }) => type === "course.paused";
    await tell();
    expect(types()).toEqual(["course.began"]);
    refuses = () => false;
    await tell();
    const [first, again, paused] = told;
    expect(again).toEqual(first);
    expect(paused?.type).toBe("course.paused");
  });

  it("is not taken off with what was added after it was seen", async () => {
    const enrolment = await begin();
    const outbox = openOutbox("table", world.table);
    const { items } = await outbox.page(await findPartition());
    await store.change(enrolment, (current) => withPause(current));
    await outbox.takeOff(items[0] as never);
    await tell();
    expect(types()).toEqual(["course.began", "course.paused"]);
  });

  it("is told to the owner by a run that fails, once it has waited for a quarter of an hour, and is not lost", async () => {
    await begin();
    refuses = () => true;
    await tell();
    world.clock.set(NOW + 16 * MINUTE);
    await expect(tell()).rejects.toThrow("bus-unavailable");
    refuses = () => false;
    await tell();
    expect(types()).toEqual(["course.began"]);
  });

  it("is told of a reply that was deleted within the minute, without its words", async () => {
    await store.keepReflection(aReflection(READER, NOW, { ownWords: "gone words" }));
    await store.forgetReflection(READER, "r1");
    await tell();
    expect(types()).toEqual(["reader.replied"]);
    expect(JSON.stringify(told)).not.toContain("gone words");
  });

  it("ends with the erasing: what was not told goes with the reader, and that they are gone is told", async () => {
    const reader = await signUp();
    await store.recordSent(sent);
    await store.entomb(reader.id);
    const page = await store.personPage(reader.id);
    await store.removeItems(reader.id, page.items);
    await tell();
    expect(types()).toEqual(["reader.erased"]);
    expect(told[0]?.data).toEqual({ reader: READER });
  });

  it("is told with the address only where the stage says so, and the item has none of it", async () => {
    expect(JSON.stringify((await signUp()).untold)).not.toContain("jo@x");
    await tell({ eventsWithAddresses: true });
    expect(told[0]?.data).toMatchObject({ address: "jo@x.example" });
    await begin();
    await tell();
    expect(told[1]?.data).not.toHaveProperty("address");
  });

  it("is written nowhere in a stage that tells nothing", async () => {
    const quiet = await startStore(NOW, startTableInMemory);
    await quiet.store.recordSent(sent);
    await quiet.store.keepReflection(aReflection(READER, NOW));
    const inert = await quiet.store.save(inertEnrolment(READER, "course", CADENCE, NOW));
    await quiet.store.save(withActivation(inert as Enrolment, NOW));
    expect(JSON.stringify(await everythingAbout(quiet.store, READER))).not.toMatch(/untold|outbox/);
    await quiet.stop();
  });

  it("control: whoever saves a holder without what it was before is found at once", async () => {
    const enrolment = await begin();
    await expect(store.save(withPause(enrolment, NOW + DAY))).rejects.toThrow("without what it was before");
  });
});

/** The one partition in which something waits. */
async function findPartition(): Promise<string> {
  const outbox = openOutbox("table", world.table);
  for (let number = 0; number < 8; number++) {
    const { items } = await outbox.page(`outbox-${number}`);
    if (items.length > 0) return `outbox-${number}`;
  }
  throw new Error("nothing waits");
}
