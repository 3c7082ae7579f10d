import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { pauseBroadcast } from "../console/issue/start-broadcast.ts";
import { openBroadcasts } from "../functions/aws/broadcasts.ts";
import { random } from "../functions/aws/random.ts";
import { openStore } from "../functions/aws/store.ts";
import { openTable, type Table } from "../functions/aws/table.ts";
import { beginCourse } from "../functions/consent/begin-course.ts";
import { holdSending } from "../functions/deliver/breaker.ts";
import { closeGovernor, openSlots, refreshGovernor } from "../functions/deliver/governor.ts";
import { postponeBatch } from "../functions/deliver/issue-batch.ts";
import { withLeft } from "../functions/domain/course/enrolment.ts";
import type { Batch, Broadcast } from "../functions/domain/newsletter/broadcast.ts";
import type { Subscriber } from "../functions/domain/people/subscriber.ts";
import { newOwner, ownerGets } from "../functions/domain/sending/owner.ts";
import { HOUR, MINUTE, SECOND } from "../functions/domain/time.ts";
import type { Services } from "../functions/ports.ts";
import { plainContent } from "./support/content.ts";
import { aCourse } from "./support/course.ts";
import { startTableInMemory } from "./support/engines.ts";
import { addReader, CADENCE, startWorld, type World } from "./support/services.ts";

const NOW = Date.UTC(2026, 5, 1, 9);
const MOST_TRIES = 10;
const course = aCourse("one");
const PAGE: Batch = {
  kind: "page",
  slug: "june",
  number: 0,
  version: 0,
  waiting: [{ zone: "UTC", dueAt: NOW, ids: ["a"] }],
};
const BROADCAST: Broadcast = {
  ...{ kind: "broadcast", slug: "june", version: 0, status: "sending", revision: "r", title: "June" },
  ...{ preview: "", audience: "everybody", when: { from: NOW }, startedAt: NOW, gathered: true },
};

describe("a write that others are first at", () => {
  let world: World;
  let services: Services;
  let reader: Subscriber;
  /** How many of the next conditional writes the table refuses, as if another writer had been first. */
  let refusals: number;

  beforeEach(async () => {
    refusals = 0;
    world = await startWorld(plainContent(course), NOW, startTableInMemory);
    const whole = openTable("table", world.table);
    const put: Table["put"] = async (item, condition) =>
      condition && refusals-- > 0 ? false : whole.put(item, condition);
    const table = { ...whole, put };
    const store = openStore(table, world.clock, random);
    services = { ...world.services, store, broadcasts: openBroadcasts(table, world.clock, random) };
    reader = await addReader(world);
    const enrolment = await store.enrolment(reader.id, course.slug);
    if (enrolment) await store.change(enrolment, withLeft);
    await services.broadcasts.saveBroadcast(BROADCAST);
    await services.broadcasts.saveBatch(PAGE);
  });
  afterEach(() => world.stop());

  const consent = () => reader.consents[0] as Subscriber["consents"][number];
  const WRITES: [string, () => Promise<unknown>][] = [
    [
      "a change of a holder",
      () => services.store.change(newOwner(), (owner) => ownerGets(owner, "relay_r", { dueAt: NOW })),
    ],
    ["a stop of everything", () => services.store.stopEverything(reader.id, "bounce", consent())],
    ["a new owner of an address", () => services.store.bindAddress("a hash", "somebody")],
    ["one more use of a limit", () => services.store.count({ key: "k", most: 1, windowMs: HOUR })],
    ["the owner's hold on all mail", () => holdSending(services)],
    ["the beginning of a course", () => beginCourse(services, reader, course, CADENCE)],
    ["a page of an issue that waits", () => postponeBatch(services, PAGE, NOW + HOUR)],
    ["the pause of an issue", () => pauseBroadcast(services.broadcasts, "june")],
  ];

  it.each(WRITES)("ends with one coded error, to be tried again later: %s", async (_, write) => {
    refusals = Number.POSITIVE_INFINITY;
    await expect(write()).rejects.toMatchObject({ code: "changed-too-often", retry: "later" });
  });

  it.each(WRITES)("gets through if the last try does: %s", async (_, write) => {
    refusals = MOST_TRIES - 1;
    await write();
    expect(refusals).toBeLessThan(0);
  });

  it("leaves a mail to the next second when the slots of this one go to others", async () => {
    refusals = Number.POSITIVE_INFINITY;
    expect(await openSlots(services, "urgent").take()).toEqual({ refused: "full", again: NOW + SECOND });
  });

  it("leaves the closing of all sending to the next mail that SES refuses", async () => {
    refusals = Number.POSITIVE_INFINITY;
    await closeGovernor(services, "quota");
    expect(world.logged.join()).not.toContain("sending-closed");
    refusals = 0;
    await closeGovernor(services, "quota");
    expect(world.logged.join()).toContain("sending-closed");
  });

  it("leaves a lane with the rate that SES told last", async () => {
    world.clock.set(NOW + 2 * MINUTE);
    const known = await services.store.governor();
    refusals = Number.POSITIVE_INFINITY;
    expect(await refreshGovernor(services)).toEqual(known);
  });
});
