import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { laneRun, runLane } from "../../functions/deliver/lane.ts";
import type { Enrolment } from "../../functions/domain/course/enrolment.ts";
import type { Batch, Broadcast } from "../../functions/domain/newsletter/broadcast.ts";
import { DAY, HOUR, MINUTE, SECOND } from "../../functions/domain/time.ts";
import { OperationalError } from "../../functions/errors.ts";
import type { Broadcasts, DueKey, Governor, Services, Store } from "../../functions/ports.ts";
import { addNewsletterReader, anIssue } from "../support/audience.ts";
import { plainContent } from "../support/content.ts";
import { aCourse } from "../support/course.ts";
import { addReader, startWorld, type World } from "../support/services.ts";

const NOW = Date.UTC(2026, 5, 1, 9);

describe("a lane's input", () => {
  it("names the lane, from 0 on", () => {
    expect([0, 3].map((lane) => laneRun({ lane, more: 1 }))).toEqual([{ lane: 0 }, { lane: 3 }]);
  });

  it.each([null, undefined, {}, { lane: "0" }, { lane: 1.5 }, { lane: -1 }])("%j names none", (input) => {
    expect(() => laneRun(input)).toThrow(
      /event-not-understood.*lane: the schedule's input must be \{"lane": 0\}/,
    );
  });
});

describe("a lane", () => {
  let world: World;
  /** What the owner is to hear of. */
  let seen: string[];
  /** Whether a mail was sent, as the alarms were told. */
  let settled: boolean[];
  /** How often SES was asked for its rate. */
  let asked: number;
  beforeEach(async () => {
    world = await startWorld(plainContent(aCourse("one", "two")), NOW);
    [seen, settled, asked] = [[], [], 0];
    await govern({ rate: 100 });
  });
  afterEach(() => world.stop());

  const govern = async (change: Partial<Governor>) => {
    const { store } = world.services;
    await store.saveGovernor({ ...(await store.governor()), asOf: NOW, ...change });
  };
  interface Changes {
    store?: Partial<Store>;
    broadcasts?: Partial<Broadcasts>;
  }
  const run = (changes: Changes = {}, lane = 0): Promise<void> => {
    const { store, broadcasts, mailer } = world.services;
    const services: Services = {
      ...world.services,
      store: { ...store, ...changes.store },
      broadcasts: { ...broadcasts, ...changes.broadcasts },
      mailer: {
        ...mailer,
        quota: async () => {
          asked++;
          return mailer.quota();
        },
      },
      alarms: {
        ...world.services.alarms,
        see: async (name, detail = "") => void seen.push(`${name} ${detail}`.trim()),
        settle: async (wasSent) => void settled.push(wasSent),
      },
    };
    return runLane(services, { lane });
  };
  const logged = (event: string) =>
    world.logged.map((line) => JSON.parse(line)).filter((line) => line.event === event);
  const keyOf = (subscriber: string, shard = "lesson-0", dueAt = NOW): DueKey => ({
    holder: { subscriber },
    shard,
    dueAt,
  });
  /** A table in which these are due in a shard, on one page, and nobody is there any more who is looked at. */
  const due = (shard: string, keys: DueKey[]): Partial<Store> => ({
    due: async (name, _until, after) => (name === shard && !after ? keys : []),
  });
  /** Keys of people who are gone. */
  const gone = (count: number, shard?: string) =>
    Array.from({ length: count }, (_, place) => keyOf(`gone-${place}`, shard));

  describe("begins", () => {
    it("with SES's rate, if it is the first; the others take what that one was told", async () => {
      await govern({ asOf: 0, rate: 1_000 });
      await run({}, 1);
      expect(asked).toBe(0);
      await run({}, 0);
      expect(asked).toBe(1);
    });

    it("only where SES grants more than the lanes before it send", async () => {
      const leased: number[] = [];
      const leaseLane: Store["leaseLane"] = async (lane) => void leased.push(lane);
      await govern({ rate: 150 });
      await run({ store: { leaseLane } }, 1);
      expect(leased).toEqual([]);
      await govern({ rate: 151 });
      await run({ store: { leaseLane } }, 1);
      expect(leased).toEqual([1]);
    });

    it("only where something may leave: while all is closed it takes no lease", async () => {
      const leased: number[] = [];
      const leaseLane: Store["leaseLane"] = async (lane) => void leased.push(lane);
      await govern({ closedUntil: NOW + 1 });
      await run({ store: { leaseLane } });
      expect(leased).toEqual([]);
      await govern({ closedUntil: NOW });
      await run({ store: { leaseLane } });
      expect(leased).toEqual([0]);
    });

    it("with a lease of 20 seconds that says when it ends, and gives it back", async () => {
      const calls: unknown[] = [];
      const store: Partial<Store> = {
        leaseLane: async (lane, { by, ...lease }) => void calls.push([lane, by.length > 9, lease]),
        releaseLane: async (lane, by) => void calls.push([lane, by.length > 9]),
      };
      await run({ store });
      const lease = { until: NOW + 20 * SECOND, endsAt: NOW + 10 * MINUTE };
      expect(calls).toEqual([
        [0, true, lease],
        [0, true],
      ]);
    });
  });

  describe("that finds another at work", () => {
    const looks = async (othersEnd: (now: number) => number | undefined) => {
      const at: number[] = [];
      const looked: string[] = [];
      await run({
        store: {
          leaseLane: async () => {
            at.push(world.clock.now() - NOW);
            return othersEnd(world.clock.now());
          },
          due: async (shard) => {
            looked.push(shard);
            return [];
          },
        },
      });
      return { at, looked: looked.length };
    };

    it("waits for its end, if that comes in 75 seconds", async () => {
      const end = NOW + 75 * SECOND;
      expect(await looks((now) => (now < end ? end : undefined))).toEqual({ at: [0, 75_000], looked: 9 });
    });

    it("is not needed, if that comes later", async () => {
      expect(await looks(() => NOW + 75 * SECOND + 1)).toEqual({ at: [0], looked: 0 });
    });

    it("asks each second after that end, until a lease of it has run out, and then gives up", async () => {
      const { at, looked } = await looks((now) => now);
      expect(at.slice(0, 3)).toEqual([0, 1_000, 2_000]);
      expect([at.at(-1), looked]).toEqual([96_000, 0]);
    });
  });

  describe("looks", () => {
    it("at what someone waits for first, then at lessons, then at issues", async () => {
      const looked: string[] = [];
      const note = async (shard: string) => {
        looked.push(shard);
        return [];
      };
      await run({ store: { due: note }, broadcasts: { dueBatches: note } });
      const numbered = (name: string, count: number) =>
        Array.from({ length: count }, (_, at) => `${name}-${at}`);
      expect(looked).toEqual(["urgent-0", ...numbered("lesson", 8), ...numbered("bulk", 4)]);
    });

    it("not at lessons and issues that the day's quota has no room for", async () => {
      await govern({ quota: 1_000, sent24h: 970 });
      const looked: string[] = [];
      const note = async (shard: string) => {
        looked.push(shard);
        return [];
      };
      await run({ store: { due: note }, broadcasts: { dueBatches: note } });
      expect(looked).toEqual(["urgent-0"]);
    });

    it("at page after page of what is due by now", async () => {
      const pages: [until: number, after: string | undefined][] = [];
      const looked: string[] = [];
      await run({
        store: {
          due: async (shard, until, after) => {
            if (shard !== "lesson-0") return [];
            pages.push([until, after?.holder.subscriber]);
            if (!after) return [keyOf("a"), keyOf("b")];
            return after.holder.subscriber === "b" ? [keyOf("c", shard, NOW - HOUR)] : [];
          },
          holder: async ({ subscriber }) => void looked.push(subscriber),
        },
      });
      expect(looked).toEqual(["a", "b", "c"]);
      expect(pages).toEqual([
        [NOW, undefined],
        [NOW, "b"],
        [NOW, "c"],
      ]);
      // The first of a shard is its oldest, whatever a later page says.
      expect(logged("OldestDue")).toEqual([]);
      expect(logged("lane-done")).toEqual([]);
    });

    it.each([
      { rate: 1, atOnce: 2 },
      { rate: 3.2, atOnce: 7 },
      { rate: 100, atOnce: 50 },
    ])("at $atOnce readers side by side where SES grants $rate mails a second", async ({ rate, atOnce }) => {
      await govern({ rate });
      let [now, most] = [0, 0];
      const holder: Store["holder"] = async () => {
        most = Math.max(most, ++now);
        await new Promise((done) => setImmediate(done));
        now--;
        return undefined;
      };
      await run({ store: { ...due("lesson-0", gone(60)), holder } });
      expect(most).toBe(atOnce);
    });
  });

  describe("tells of mail that has been due", () => {
    const oldest = async (age: number) => {
      world.logged.length = 0;
      await run({ store: due("lesson-0", [keyOf("gone", "lesson-0", NOW - age), keyOf("gone-2")]) });
      return logged("OldestDue").map((line) => line.OldestDue);
    };

    it("for more than a minute, in seconds, of the oldest of each shard", async () => {
      expect(await oldest(MINUTE)).toEqual([]);
      expect(await oldest(MINUTE + 600)).toEqual([61]);
      expect(seen).toEqual([]);
    });

    it("and for more than a quarter of an hour, to the owner", async () => {
      await oldest(15 * MINUTE);
      expect(seen).toEqual([]);
      await oldest(15 * MINUTE + 1);
      expect(seen).toEqual(["late"]);
    });

    it("not where nothing is due", async () => {
      await run({ store: due("lesson-0", []) });
      expect(logged("OldestDue")).toEqual([]);
    });
  });

  describe("in the midst of a long shard", () => {
    /** Each look at a holder takes a second. Which lease was asked for when, and how many were looked at. */
    const through = async (count: number, { shard = "lesson-0", lost = false } = {}) => {
      await govern({ rate: 0.5 });
      const leases: unknown[] = [];
      const urgent: number[] = [];
      let looked = 0;
      const keys = due(shard, gone(count, shard)).due as Store["due"];
      await run({
        store: {
          due: async (name, until, after) => {
            if (name === "urgent-0") urgent.push(world.clock.now() - NOW);
            if (name === "lesson-1" && lost && !after) return gone(1, name);
            return keys(name, until, after);
          },
          holder: async () => {
            looked++;
            world.clock.set(world.clock.now() + SECOND);
            return undefined;
          },
          leaseLane: async (_lane, { until, endsAt }) => {
            leases.push([world.clock.now() - NOW, until - world.clock.now(), endsAt - NOW]);
            return lost && leases.length > 1 ? NOW + DAY : undefined;
          },
        },
      });
      return { leases, urgent, looked };
    };
    const lease = (at: number) => [at, 20 * SECOND, 10 * MINUTE];

    it("renews its lease every four seconds, and looks at what someone waits for", async () => {
      const { leases, urgent, looked } = await through(10);
      expect(looked).toBe(10);
      expect(leases).toEqual([lease(0), lease(4_000), lease(8_000)]);
      expect(urgent).toEqual([0, 4_000, 8_000]);
    });

    it("does not look for that while it is at that very shard", async () => {
      const { leases, urgent } = await through(10, { shard: "urgent-0" });
      expect(leases).toHaveLength(3);
      expect(urgent).toHaveLength(2);
    });

    it("stops where another has taken it, also with the shards behind", async () => {
      expect(await through(10, { lost: true })).toMatchObject({ looked: 4 });
    });

    it("stops after ten minutes, and looks at nobody else", async () => {
      const { looked, urgent } = await through(700);
      expect(looked).toBe(600);
      expect(urgent.at(-1)).toBeLessThan(10 * MINUTE);
    });
  });

  it("says how many mails it sent and how many failed, if it sent any; the first lane ends what is over", async () => {
    await run();
    expect([logged("lane-done"), settled]).toEqual([[], [false]]);
    await addReader(world);
    await run();
    expect(logged("lane-done")).toMatchObject([{ level: "info", lane: 0, sent: 1, failed: 0 }]);
    expect(settled).toEqual([false, true]);
    await govern({ rate: 1_000 });
    await run({}, 1);
    expect(settled).toHaveLength(2);
  });

  it("goes round again while something moves: the lesson that a mail has made due leaves in the same run", async () => {
    const reader = await addReader(world);
    const { store } = world.services;
    const enrolment = await store.enrolment(reader.id, "course");
    if (!enrolment) throw new Error("no enrolment");
    const due = { dueAt: NOW, doubts: 0 };
    await store.change(enrolment, (current) => ({ ...current, agenda: { welcome: due, lesson: due } }));
    await run();
    expect(world.ses.sent).toHaveLength(2);
  });

  describe("that goes round", () => {
    /** Something moves in one shard, again and again, a second each time. When each shard was looked at. */
    const rounds = async (count: number) => {
      const looked: Record<string, number[]> = {};
      const moving = { kind: "enrolment", status: "active", agenda: { resume: { dueAt: 0, doubts: 0 } } };
      let moved = 0;
      await run({
        store: {
          due: async (shard, _until, after) => {
            if (after) return [];
            looked[shard] = [...(looked[shard] ?? []), (world.clock.now() - NOW) / SECOND];
            return shard === "lesson-0" && moved < count ? [keyOf("moving")] : [];
          },
          holder: async () => {
            moved++;
            world.clock.set(world.clock.now() + SECOND);
            return moving as unknown as Enrolment;
          },
          change: async () => undefined,
        },
      });
      return looked;
    };

    it("looks where something moved, each time at what someone waits for, and at all the others every five seconds", async () => {
      const { "urgent-0": urgent, "lesson-0": lesson, "lesson-1": other } = await rounds(12);
      expect(lesson).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
      expect(new Set(urgent)).toEqual(new Set(lesson));
      expect(other).toEqual([1, 6, 11]);
    });

    it("looks once where nothing moves", async () => {
      expect(await rounds(0)).toMatchObject({ "urgent-0": [0], "lesson-0": [0], "lesson-7": [0] });
    });
  });

  describe("that SES takes no lessons of", () => {
    it("looks at nobody else of them, and at the issues behind", async () => {
      const ids: string[] = [];
      for (const name of ["a", "b", "c"]) ids.push((await addReader(world, `${name}@x.example`)).id);
      await govern({ rate: 1, bookedUntil: NOW + DAY });
      const looked: string[] = [];
      const shards: string[] = [];
      const { store } = world.services;
      await run({
        store: {
          due: async (shard, _until, after) => {
            shards.push(shard);
            const keys = ids.map((id) => ({
              ...keyOf(id, shard),
              holder: { subscriber: id, course: "course" },
            }));
            return shard.startsWith("lesson") && !after ? keys : [];
          },
          holder: async (key) => {
            looked.push(key.subscriber);
            return store.holder(key);
          },
        },
        broadcasts: {
          dueBatches: async (shard) => {
            shards.push(shard);
            return [];
          },
        },
      });
      // Two at a time: the third is not begun.
      expect(looked).toEqual(ids.slice(0, 2));
      expect(shards).toEqual(["urgent-0", "lesson-0", "bulk-0", "bulk-1", "bulk-2", "bulk-3"]);
    });
  });

  describe("that cannot deliver to one", () => {
    const failing = (error: Error): Partial<Store> => ({
      ...due("lesson-0", [keyOf("broken"), keyOf("gone")]),
      holder: async ({ subscriber }) => {
        if (subscriber === "broken") throw error;
        return undefined;
      },
    });

    it("tells the owner the code, logs whose it was and goes on with the others", async () => {
      await run({ store: failing(new OperationalError("store-unavailable", "table")) });
      expect(seen).toEqual(["delivery-failed store-unavailable"]);
      expect(logged("delivery-failed")).toMatchObject([{ level: "warn", subscriber: "broken" }]);
      expect(logged("DeliveryFailed")).toHaveLength(1);
    });

    it("tells no words of a programmer's error, which may be a reader's", async () => {
      await run({ store: failing(new TypeError("Jane wrote this")) });
      expect(seen).toEqual(["delivery-failed TypeError"]);
      expect(world.logged.join()).not.toContain("Jane");
    });

    it("counts it beside those that left", async () => {
      await addReader(world);
      const { store } = world.services;
      await run({
        store: {
          due: async (shard, until, after) => {
            if (shard === "lesson-0" && !after) return [keyOf("broken")];
            return store.due(shard, until, after);
          },
          holder: async (key) => {
            if (key.subscriber === "broken") throw new Error("no");
            return store.holder(key);
          },
        },
      });
      expect(logged("lane-done")[0]).toMatchObject({ sent: 1 });
      expect(logged("lane-done")[0].failed).toBeGreaterThan(0);
    });
  });

  describe("at an issue", () => {
    const batchOf = (number: number, ids: string[]): Batch => ({
      ...{ kind: "page", slug: "news", number, version: 0 },
      waiting: [{ dueAt: NOW, zone: "UTC", ids }],
    });
    const issueOf = async (status: Broadcast["status"], batches: Batch[]) => {
      const { broadcasts } = world.services;
      await broadcasts.saveBroadcast({
        ...{
          kind: "broadcast",
          slug: "news",
          version: 0,
          status,
          revision: "v1",
          title: "News",
          gathered: true,
        },
        ...{ preview: "What is new", audience: "everybody", when: { from: NOW }, startedAt: NOW },
      });
      await broadcasts.keepWords("v1", anIssue());
      for (const batch of batches) await broadcasts.saveBatch(batch);
    };
    const mailed = () => world.ses.sent.length;

    it("sends one batch, then looks at the other shards, and goes on until all is done", async () => {
      const ids = [];
      for (const name of ["a", "b"])
        ids.push((await addNewsletterReader(world.services, `${name}@x.example`)).id);
      // Both batches stand in one shard.
      await issueOf("sending", [batchOf(0, ids.slice(0, 1)), batchOf(4, ids.slice(1))]);
      const order: string[] = [];
      const { store, broadcasts } = world.services;
      await run({
        store: {
          due: async (shard, until, after) => {
            if (shard === "urgent-0" && !after) order.push(`urgent, ${mailed()} mailed`);
            return store.due(shard, until, after);
          },
        },
        broadcasts: {
          dueBatches: async (shard, until, after) => {
            if (shard === "bulk-0") order.push(`issues, ${mailed()} mailed`);
            return broadcasts.dueBatches(shard, until, after);
          },
        },
      });
      expect(order).toEqual([
        ...["urgent, 0 mailed", "issues, 0 mailed"],
        ...["urgent, 1 mailed", "issues, 1 mailed"],
        ...["urgent, 2 mailed", "issues, 2 mailed"],
      ]);
      expect(logged("lane-done")).toMatchObject([{ sent: 2, failed: 0 }]);
      // Mail has left again: what SES refused before is over.
      expect(settled).toEqual([true]);
    });

    it("that is paused goes on to the batches behind it, page after page", async () => {
      await issueOf("paused", []);
      const pages: (number | undefined)[] = [];
      const dueBatches: Broadcasts["dueBatches"] = async (shard, _until, after) => {
        if (shard !== "bulk-0") return [];
        pages.push(after?.number);
        if (after?.number === 4) return [];
        return (after ? [4] : [0, 8]).map((number) => ({ slug: "news", number, shard, dueAt: NOW }));
      };
      await run({ broadcasts: { dueBatches } });
      expect(pages).toEqual([undefined, 8, 4]);
    });

    it.each([
      ["puts it off by five minutes", new OperationalError("template-failed", "a bug"), 5 * MINUTE],
      [
        "leaves it to the next minute, where that passes",
        new OperationalError("store-unavailable", "table"),
        0,
      ],
    ])("that fails %s, tells the owner, and goes on", async (_, error, after) => {
      await issueOf("sending", [batchOf(0, ["someone"])]);
      await addReader(world);
      const broadcast = async () => {
        throw error;
      };
      await run({ broadcasts: { broadcast } });
      const batch = await world.services.broadcasts.batch({ slug: "news", number: 0 });
      expect(batch?.waiting).toEqual([{ dueAt: NOW + after, zone: "UTC", ids: ["someone"] }]);
      expect(logged("page-failed")).toMatchObject([{ level: "warn", issue: "news", page: 0 }]);
      expect(seen).toEqual([`delivery-failed ${error.code}`]);
      expect(logged("lane-done")).toMatchObject([{ sent: 1, failed: 1 }]);
    });

    it("stops where its time is up, or another has the lane", async () => {
      await issueOf("sending", [batchOf(0, ["someone"]), batchOf(1, ["someone"])]);
      let looked = 0;
      await run({
        store: {
          leaseLane: async () => (world.clock.now() > NOW ? NOW + DAY : undefined),
          due: async (shard) => {
            if (shard === "lesson-7") world.clock.set(NOW + 5 * SECOND);
            return [];
          },
        },
        broadcasts: {
          broadcast: async () => {
            looked++;
            return undefined;
          },
        },
      });
      expect(looked).toBe(0);
    });

    it("looks at what someone waits for when it renews its lease", async () => {
      await issueOf("sending", [batchOf(0, ["nobody"])]);
      let urgent = 0;
      await run({
        store: {
          due: async (shard) => {
            if (shard === "urgent-0") urgent++;
            if (shard === "lesson-7") world.clock.set(NOW + 5 * SECOND);
            return [];
          },
        },
        broadcasts: { broadcast: async () => undefined },
      });
      expect(urgent).toBe(2);
    });

    it("does no more of its kind once SES takes none", async () => {
      const reader = await addNewsletterReader(world.services, "a@x.example");
      await issueOf("sending", [batchOf(0, [reader.id]), batchOf(1, [reader.id])]);
      const { broadcasts } = world.services;
      const looked: string[] = [];
      await govern({ bookedUntil: NOW + 2 * SECOND });
      await run({
        broadcasts: {
          dueBatches: async (shard, until, after) => {
            looked.push(shard);
            // Too far ahead for an issue, and for longer than the lane waits.
            await govern({ bookedUntil: world.clock.now() + DAY });
            return broadcasts.dueBatches(shard, until, after);
          },
        },
      });
      expect([mailed(), looked]).toEqual([0, ["bulk-0"]]);
    });
  });
});
