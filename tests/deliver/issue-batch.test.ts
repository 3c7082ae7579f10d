import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Slot, Slots } from "../../functions/deliver/governor.ts";
import { postponeBatch, sendBatch } from "../../functions/deliver/issue-batch.ts";
import { type Batch, type Broadcast, issueDispatch } from "../../functions/domain/newsletter/broadcast.ts";
import type { Subscriber } from "../../functions/domain/people/subscriber.ts";
import { DAY, MINUTE, SECOND } from "../../functions/domain/time.ts";
import { OperationalError } from "../../functions/errors.ts";
import type { Services } from "../../functions/ports.ts";
import { addNewsletterReader, anIssue } from "../support/audience.ts";
import { plainContent } from "../support/content.ts";
import { aCourse } from "../support/course.ts";
import { startWorld, type World } from "../support/services.ts";

const NOW = Date.UTC(2026, 5, 1, 9);
const KEY = { slug: "news", number: 0 };

describe("a batch of an issue", () => {
  let world: World;
  let readers: Subscriber[];
  /** How long each mail's slot takes. */
  let slotTakes: number;
  const slots: Slots = {
    take: async () => {
      world.clock.set(world.clock.now() + slotTakes);
      return { at: world.clock.now() };
    },
  };
  beforeEach(async () => {
    slotTakes = 0;
    world = await startWorld(plainContent(aCourse("one")), NOW);
    readers = [];
    for (const name of ["a", "b", "c"])
      readers.push(await addNewsletterReader(world.services, `${name}@x.example`));
    await world.services.broadcasts.keepWords("v1", anIssue());
  });
  afterEach(() => world.stop());

  const [A, B, C] = [0, 1, 2].map((place) => () => (readers[place] as Subscriber).id) as [
    () => string,
    () => string,
    () => string,
  ];
  const issue = async (status: Broadcast["status"] = "sending") => {
    const found = await world.services.broadcasts.broadcast("news");
    await world.services.broadcasts.saveBroadcast({
      ...{
        kind: "broadcast",
        slug: "news",
        version: found?.version ?? 0,
        status,
        revision: "v1",
        title: "News",
      },
      ...{
        preview: "What is new",
        audience: "everybody",
        when: { from: NOW },
        startedAt: NOW,
        gathered: true,
      },
    });
  };
  const group = (dueAt: number, ...ids: string[]) => ({ dueAt, zone: "UTC", ids });
  const begin = async (...waiting: Batch["waiting"]) => {
    await issue();
    await world.services.broadcasts.saveBatch({ kind: "page", ...KEY, version: 0, waiting });
  };
  const batch = async () => (await world.services.broadcasts.batch(KEY)) as Batch;
  const slice = (more: { until?: number; slots?: Slots; sideBySide?: number; services?: Services } = {}) =>
    sendBatch(more.services ?? world.services, KEY, { slots, sideBySide: 1, until: NOW + DAY, ...more });
  const mailed = () => world.ses.sent.map(({ to }) => to[0]).join("");
  const change = async (id: string, apply: (one: Subscriber) => Subscriber) => {
    const found = (await world.services.store.subscriber(id)) as Subscriber;
    return world.services.store.change(found, apply);
  };

  it("mails who is due, in one slice, and strikes them out; the others wait as they did", async () => {
    await begin(group(NOW, A(), B()), group(NOW + 1, C()));
    expect(await slice()).toEqual({ outcome: "moved", sent: 2 });
    expect([mailed(), (await batch()).waiting]).toEqual(["ab", [group(NOW + 1, C())]]);
    expect(await slice()).toEqual({ outcome: "idle", sent: 0 });
  });

  it("is put down after four seconds: who was not reached is due in the next slice", async () => {
    slotTakes = 2 * SECOND;
    await begin(group(NOW, A(), B(), C()));
    let taken = 0;
    const counted: Slots = {
      take: () => {
        taken++;
        return slots.take();
      },
    };
    expect(await slice({ slots: counted })).toEqual({ outcome: "moved", sent: 2 });
    // A slot that is taken and not used is lost to all.
    expect(taken).toBe(2);
    expect((await batch()).waiting).toEqual([group(NOW, C())]);
    expect(await slice()).toEqual({ outcome: "moved", sent: 1 });
    expect(mailed()).toBe("abc");
  });

  it("begins no mail once the lane's time is up, although the slice is not over", async () => {
    slotTakes = SECOND;
    await begin(group(NOW, A(), B(), C()));
    expect(await slice({ until: NOW + SECOND })).toEqual({ outcome: "moved", sent: 1 });
    expect(mailed()).toBe("a");
  });

  it("works on several readers side by side", async () => {
    await begin(group(NOW, A(), B(), C()));
    let [now, most] = [0, 0];
    const { mailer } = world.services;
    const services: Services = {
      ...world.services,
      mailer: {
        ...mailer,
        send: async (mail) => {
          most = Math.max(most, ++now);
          await new Promise((done) => setTimeout(done, 5));
          now--;
          return mailer.send(mail);
        },
      },
    };
    await slice({ services, sideBySide: 2 });
    expect([most, mailed().length]).toEqual([2, 3]);
  });

  it("stops where SES takes no more, says so if nothing left, and strikes nobody out", async () => {
    const given: Slot[] = [];
    const few: Slots = { take: async () => given.shift() ?? { refused: "closed", again: NOW + DAY } };
    await begin(group(NOW, A(), B(), C()));
    const before = await batch();
    expect(await slice({ slots: few })).toEqual({ outcome: "later", sent: 0 });
    expect(await batch()).toEqual(before);
    given.push({ at: NOW });
    expect(await slice({ slots: few })).toEqual({ outcome: "moved", sent: 1 });
    expect((await batch()).waiting).toEqual([group(NOW, B(), C())]);
  });

  it("asks for no more slots once one was refused", async () => {
    let asked = 0;
    const none: Slots = {
      take: async () => {
        asked++;
        return { refused: "closed", again: NOW + DAY };
      },
    };
    await begin(group(NOW, A(), B(), C()));
    await slice({ slots: none });
    expect(asked).toBe(1);
  });

  describe("where one reader's mail fails", () => {
    /** The store fails at this reader. */
    const failingAt = (id: () => string, error: Error): Services => {
      const { store } = world.services;
      const subscriber: typeof store.subscriber = async (asked) => {
        if (asked === id()) throw error;
        return store.subscriber(asked);
      };
      return { ...world.services, store: { ...store, subscriber } };
    };

    it.each([
      ["in a minute, where that passes by itself", new OperationalError("store-unavailable", "test"), MINUTE],
      ["in five minutes, where it does not", new Error("a bug"), 5 * MINUTE],
    ])(
      "the others are mailed, the owner is told, and they are looked at again %s",
      async (_, error, after) => {
        await begin(group(NOW, A(), B(), C()));
        expect(await slice({ services: failingAt(B, error) })).toEqual({ outcome: "moved", sent: 2 });
        expect([mailed(), (await batch()).waiting]).toEqual(["ac", [group(NOW + after, B())]]);
        expect(world.told).toHaveLength(1);
        expect(world.logged.join()).toContain("delivery-failed");
      },
    );
  });

  describe("with a portion a day", () => {
    const ofPortions = async (perDay: number) => {
      await begin(group(NOW, A(), B(), C()));
      const found = (await world.services.broadcasts.broadcast("news")) as Broadcast;
      await world.services.broadcasts.saveBroadcast({ ...found, perDay });
    };
    const portion = async () => (await world.services.broadcasts.broadcast("news"))?.portion;

    it("leaves in small parts of it, and waits for the next when it is used up", async () => {
      await ofPortions(2);
      expect([await slice(), await slice()]).toEqual([
        { outcome: "moved", sent: 1 },
        { outcome: "moved", sent: 1 },
      ]);
      expect(await slice()).toEqual({ outcome: "moved", sent: 0 });
      expect([mailed(), (await batch()).waiting]).toEqual(["ab", [group(NOW + DAY, C())]]);
    });

    it("loses one part, and not the day, where a lane is killed after it took its places", async () => {
      await ofPortions(20);
      const killed: Slots = { take: () => new Promise(() => undefined) };
      void slice({ slots: killed });
      await vi.waitFor(async () => expect(await portion()).toEqual({ until: NOW + DAY, left: 18 }));
      expect(await slice()).toEqual({ outcome: "moved", sent: 2 });
    });
  });

  describe("of an issue", () => {
    it("that is paused, was never begun, or has no such batch, is left as it is", async () => {
      expect(await slice()).toEqual({ outcome: "idle", sent: 0 });
      await issue();
      expect(await slice()).toEqual({ outcome: "idle", sent: 0 });
      await begin(group(NOW, A()));
      await issue("paused");
      expect(await slice()).toEqual({ outcome: "idle", sent: 0 });
      expect([mailed(), (await batch()).waiting]).toEqual(["", [group(NOW, A())]]);
    });

    it("that was cancelled goes out of the lanes' sight, once", async () => {
      await begin(group(NOW, A()));
      await issue("cancelled");
      expect(await slice()).toEqual({ outcome: "moved", sent: 0 });
      expect(await batch()).toMatchObject({ isCancelled: true, waiting: [group(NOW, A())] });
      expect(await slice()).toEqual({ outcome: "idle", sent: 0 });
      expect(await world.services.broadcasts.dueBatches("bulk-0", NOW)).toEqual([]);
    });
  });

  describe("strikes out, unmailed,", () => {
    const struckOut = async () => {
      await begin(group(NOW, A(), "nobody", B()));
      expect(await slice()).toMatchObject({ outcome: "moved" });
      expect((await batch()).waiting).toEqual([]);
      return mailed();
    };

    it("who is gone, and who has left the newsletter", async () => {
      await change(A(), (one) => ({ ...one, newsletter: false }));
      expect(await struckOut()).toBe("b");
    });

    it("whose ledger says that it has left", async () => {
      const entry = { messageId: "m", sentAt: NOW, state: "sent", stateAt: NOW } as const;
      await world.services.store.recordSent({ dispatch: issueDispatch(A(), "news"), ...entry });
      expect(await struckOut()).toBe("b");
    });

    it("on whose own agenda it stands by now: it leaves from there", async () => {
      await change(A(), (one) => ({ ...one, agenda: { issue_news: { dueAt: NOW, doubts: 1 } } }));
      expect(await struckOut()).toBe("b");
    });
  });

  it("touches nothing else that waits for its reader, and stands on their agenda while it is in doubt", async () => {
    const waits = { dueAt: NOW + DAY, doubts: 0 };
    for (const id of [A(), B()]) await change(id, (one) => ({ ...one, agenda: { "notice_page-1": waits } }));
    await begin(group(NOW, A(), B()));
    world.ses.answers.push(
      { outcome: "accepted", messageId: "m" },
      { outcome: "in-doubt", detail: "timeout" },
    );
    await slice();
    expect(await world.services.store.subscriber(A())).toMatchObject({ agenda: { "notice_page-1": waits } });
    const doubted = await world.services.store.subscriber(B());
    expect(doubted?.agenda).toEqual({ "notice_page-1": waits, issue_news: { dueAt: NOW, doubts: 0 } });
  });

  describe("looks again at a reader", () => {
    const claimed = (until: number) =>
      change(A(), (one) => ({
        ...one,
        agenda: { "notice_page-1": { dueAt: NOW, doubts: 0 } },
        claim: { by: "another", until, key: "notice_page-1", dispatch: "d" },
      }));

    it("who is being mailed, when that is over", async () => {
      await begin(group(NOW, A()));
      await claimed(NOW + MINUTE);
      expect(await slice()).toEqual({ outcome: "moved", sent: 0 });
      expect((await batch()).waiting).toEqual([group(NOW + MINUTE, A())]);
    });

    it("whose mail is in doubt, when that is decided", async () => {
      await begin(group(NOW, A()));
      await claimed(NOW);
      await slice();
      expect((await batch()).waiting).toEqual([group(NOW + 15 * MINUTE, A())]);
    });

    it("whose item was written meanwhile, at once", async () => {
      await begin(group(NOW, A()));
      const { broadcasts } = world.services;
      const services: Services = {
        ...world.services,
        broadcasts: {
          ...broadcasts,
          // The words are fetched after the reader was read and before they are claimed.
          words: async (slug, revision) => {
            await change(A(), (one) => ({ ...one, firstName: "Ada" }));
            return broadcasts.words(slug, revision);
          },
        },
      };
      expect(await slice({ services })).toEqual({ outcome: "moved", sent: 0 });
      expect((await batch()).waiting).toEqual([group(NOW, A())]);
      expect(await slice()).toEqual({ outcome: "moved", sent: 1 });
    });
  });

  it("is put off whole, and brings nobody nearer who waits for longer", async () => {
    await begin(group(NOW, A()), group(NOW + DAY, B()));
    await postponeBatch(world.services, KEY, NOW + MINUTE);
    expect((await batch()).waiting).toEqual([group(NOW + MINUTE, A()), group(NOW + DAY, B())]);
    await expect(postponeBatch(world.services, { ...KEY, number: 9 }, NOW)).resolves.toBeUndefined();
  });

  it("is written again where another deliverer was first, and keeps what that one did", async () => {
    await begin(group(NOW, A(), B()));
    const { broadcasts } = world.services;
    let isFirst = true;
    const services: Services = {
      ...world.services,
      broadcasts: {
        ...broadcasts,
        saveBatch: async (mine) => {
          if (isFirst)
            await broadcasts.saveBatch({
              ...(await batch()),
              waiting: [group(NOW, A(), B()), group(NOW + DAY, C())],
            });
          isFirst = false;
          return broadcasts.saveBatch(mine);
        },
      },
    };
    expect(await slice({ services })).toEqual({ outcome: "moved", sent: 2 });
    expect((await batch()).waiting).toEqual([group(NOW + DAY, C())]);
  });

  it("says of which issue it is, where others are first each time", async () => {
    await begin(group(NOW, A()));
    const { broadcasts } = world.services;
    const services = { ...world.services, broadcasts: { ...broadcasts, saveBatch: async () => undefined } };
    await expect(slice({ services })).rejects.toThrow(/changed-too-often.*batch of news/);
  });
});
