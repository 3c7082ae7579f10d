import { type DynamoDBClient, ScanCommand } from "@aws-sdk/client-dynamodb";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { planAnew } from "../../console/issue/plan-anew.ts";
import { cancelBroadcast, startBroadcast } from "../../console/issue/start-broadcast.ts";
import { openAllPeople } from "../../console/table/all-people.ts";
import { fromItem } from "../../functions/aws/items.ts";
import { proofKey } from "../../functions/aws/keys.ts";
import { openTable } from "../../functions/aws/table.ts";
import { deliver } from "../../functions/deliver/deliver.ts";
import { openSlots } from "../../functions/deliver/governor.ts";
import type { Enrolment } from "../../functions/domain/course/enrolment.ts";
import { PERSONAL_LIMITS, personalLimit, personalLimitKeys } from "../../functions/domain/people/limits.ts";
import type { Subscriber } from "../../functions/domain/people/subscriber.ts";
import { DAY, HOUR, MINUTE, SECOND } from "../../functions/domain/time.ts";
import { feedback } from "../../functions/feedback/feedback.ts";
import { EVERYTHING, personalToken, unsubscribeToken } from "../../functions/links/links.ts";
import type { ConsentProof } from "../../functions/ports.ts";
import { addNewsletterReader, anIssue } from "../support/audience.ts";
import { startTableInMemory } from "../support/engines.ts";
import { everythingAbout } from "../support/everything-about.ts";
import { webContent } from "../support/pages.ts";
import { aReflection } from "../support/reflections.ts";
import { openSite, type Site, T0 } from "../support/web.ts";

const COURSE = "managing-up-leading-down";
const SURE = { do: "erase", sure: "yes" };
let site: Site;
let id: string;
let hash: string;
let token: string;
let removed: string[];
beforeEach(async () => {
  site = await openSite(webContent(), startTableInMemory);
  ({ id } = await site.join("jo@acme.example", { name: "Josephine" }));
  hash = (await site.services.store.subscriber(id))?.addressHash ?? "";
  token = await personal(id);
  removed = [];
  site.services.inbox = { ...site.services.inbox, remove: async (keys) => void removed.push(...keys) };
  await site.services.store.keepReflection(reflection());
});
afterEach(() => site.stop());

const personal = async (subscriber: string) =>
  personalToken(await site.services.keyring.keys(), {
    subscriber,
    expiresAt: site.clock.now() + 30 * MINUTE,
  });
const press = (form: Record<string, string> = SURE) =>
  site.request("POST /personal/{token}", { token }, { form });
const everything = () => everythingAbout(site.services.store, id);
const reflection = () =>
  aReflection(id, T0, { course: COURSE, lesson: "headwinds-inside", ownWords: "what only I know" });

/** All items of the table, read in two segments side by side, as text. */
async function scan(table: DynamoDBClient): Promise<string[]> {
  const segments = [0, 1].map((Segment) =>
    table.send(new ScanCommand({ TableName: "table", Segment, TotalSegments: 2, ConsistentRead: true })),
  );
  return (await Promise.all(segments)).flatMap(({ Items = [] }) => Items.map((item) => JSON.stringify(item)));
}
const traces = async (of = [id, "jo@acme", "Josephine", "only I know"]) =>
  (await scan(site.table)).filter((item) => of.some((trace) => item.includes(trace)));
const anHourLater = async () => {
  site.clock.set(Math.max(site.clock.now(), T0) + HOUR);
  return deliver(
    site.services,
    { subscriber: id },
    openSlots(site.services, "lesson"),
    site.clock.now() + MINUTE,
  );
};

describe("a reader who erases everything", () => {
  it("control: can be found in the table until then", async () => {
    expect((await traces()).length).toBeGreaterThan(3);
  });

  it("must mean it: following the link or pressing without the tick erases nothing", async () => {
    const before = await everything();
    expect((await site.request("GET /personal/{token}", { token })).status).toBe(200);
    expect((await press({ do: "erase" })).body).toContain("tick the box");
    expect(await everything()).toEqual(before);
  });

  it("has every item, raw mail and reflection removed, and the same answer however often it is pressed", async () => {
    const first = await press();
    expect(first.body).toContain("Everything is erased");
    expect(removed).toEqual(["raw/1"]);
    expect(await site.personAt("jo@acme.example")).toBeUndefined();
    expect(await site.services.store.subscriber(id)).toBeUndefined();
    expect((await press()).status).toBe(200);
    expect((await site.request("GET /personal/{token}", { token })).status).toBe(410);
  });

  it("leaves no trace in a scan of the whole table an hour later, whatever mail and events wrote meanwhile", async () => {
    const dispatch = `${id}_${COURSE}_1_lesson_headwinds-inside`;
    await press();
    await site.services.store.recordSent({
      dispatch,
      messageId: "m",
      sentAt: T0,
      state: "sent",
      stateAt: T0,
    });
    expect(await everything()).toHaveLength(2);
    await anHourLater();
    expect(await traces()).toEqual([]);
    expect(await anHourLater()).toBe("idle");
  });

  it("is erased wholly when the function is killed after any of its writes and pressed again", async () => {
    for (let writes = 1; ; writes++) {
      ({ id } = await site.join(`reader-${writes}@acme.example`));
      token = await personal(id);
      await site.services.store.keepReflection(reflection());
      const killed = await killedAfter(writes, press);
      await press();
      await anHourLater();
      expect(await traces([id, `reader-${writes}@`]), `killed after write ${writes}`).toEqual([]);
      if (!killed) return expect(writes).toBeGreaterThan(4);
    }
  });

  it("has the raw mails removed by the next press when S3 failed at the first", async () => {
    const { inbox } = site.services;
    site.services.inbox = { ...inbox, remove: () => Promise.reject(new Error("S3 is not there")) };
    await expect(press()).rejects.toThrow("S3");
    await anHourLater();
    expect(await traces(["raw/1"])).toHaveLength(1);
    site.services.inbox = inbox;
    token = await personal(id);
    await press();
    expect(removed).toEqual(["raw/1"]);
    await anHourLater();
    expect(await traces()).toEqual([]);
  });

  it("keeps the least proof of consent under the keyed hash, without network and browser", async () => {
    await press();
    const kept = await openTable("table", site.table).get(proofKey(hash));
    const proof = fromItem<ConsentProof>(kept, site.clock.now());
    expect(proof?.consents.map(({ event, list }) => `${event} ${list}`)).toEqual([
      `requested ${COURSE}`,
      `confirmed ${COURSE}`,
    ]);
    expect(Object.keys(proof?.consents[0] ?? {}).sort()).toEqual([
      ...["actor", "at", "event", "list", "notice", "text", "textHash"],
    ]);
  });

  it("stays suppressed if they had stopped or complained before, and only then", async () => {
    await press();
    expect(await site.services.store.suppression(hash)).toBeUndefined();
    const other = await site.join("eve@acme.example");
    const eve = await site.services.store.subscriber(other.id);
    const leave = unsubscribeToken(await site.services.keyring.keys(), {
      subscriber: other.id,
      list: EVERYTHING,
    });
    await site.request("POST /unsubscribe/{token}", { token: leave });
    await site.request("POST /personal/{token}", { token: await personal(other.id) }, { form: SURE });
    expect((await site.services.store.suppression(eve?.addressHash ?? ""))?.reason).toBe("reader");
  });

  it("is suppressed by a complaint that comes late, and nothing is written about them", async () => {
    await press();
    const dispatch = `${id}_${COURSE}_1_welcome_welcome`;
    await feedback(site.services, { type: "Complaint", messageId: "m", at: T0, dispatch, complaint: {} });
    expect((await site.services.store.suppression(hash))?.reason).toBe("complaint");
    expect(await everything()).toHaveLength(1);
  });

  it("can sign up anew within the hour, and keeps the address when the hour is over", async () => {
    await press();
    site.clock.set(T0 + DAY);
    const again = await site.join("jo@acme.example");
    expect(again.id).not.toBe(id);
    await anHourLater();
    expect((await site.personAt("jo@acme.example"))?.id).toBe(again.id);
  });

  it("cannot by a link that is half an hour old, or that we signed for something else", async () => {
    site.clock.set(T0 + 30 * MINUTE);
    expect((await press()).status).toBe(410);
    const other = await site.confirmLink(id);
    expect((await site.request("POST /personal/{token}", { token: other }, { form: SURE })).status).toBe(403);
    expect(await everything()).not.toEqual([]);
  });
});

describe("somebody who erases everything and was among the readers of issues", () => {
  const start = async (slug: string, from = site.clock.now()) => {
    const allPeople = openAllPeople("table", site.clock, site.table);
    const asked = { issue: anIssue(slug), audience: {}, asked: "everybody", when: { from } };
    await startBroadcast({ ...site.services, allPeople }, asked);
    return { ...asked, allPeople };
  };
  const waiting = async (slug: string) =>
    (await site.services.broadcasts.batches(slug)).flatMap((batch) =>
      batch.waiting.flatMap(({ ids }) => ids),
    );
  let other: string;
  beforeEach(async () => {
    ({ id: other } = await addNewsletterReader(site.services, "stays@acme.example"));
    const { store } = site.services;
    const reader = await store.subscriber(id);
    await store.change(reader as Subscriber, (one) => ({ ...one, newsletter: true }));
    const enrolment = await store.enrolment(id, COURSE);
    await store.change(enrolment as Enrolment, (one) => ({ ...one, status: "completed", agenda: {} }));
    await start("now");
    await start("next-week", site.clock.now() + 7 * DAY);
    const moved = await start("moved", site.clock.now() + 7 * DAY);
    await planAnew({ ...site.services, allPeople: moved.allPeople }, moved);
    await start("moved", site.clock.now() + 8 * DAY);
    await start("called-off", site.clock.now() + 7 * DAY);
    await cancelBroadcast(site.services.broadcasts, "called-off");
  });

  it("control: stands in all their audiences until then", async () => {
    expect((await traces([id])).filter((item) => item.includes("issue#"))).toHaveLength(10);
    expect((await waiting("next-week")).sort()).toEqual([id, other].sort());
  });

  it("is in none of them an hour later, and the others are in all", async () => {
    await press();
    await anHourLater();
    expect(await traces([id])).toEqual([]);
    for (const slug of ["now", "next-week", "moved", "called-off"])
      expect(new Set(await waiting(slug)), slug).toEqual(new Set([other]));
    expect(await site.services.broadcasts.gathered({ slug: "now", number: 0 })).toMatchObject({
      readers: [{ ids: [other] }],
    });
  });

  it("is in none of them when several are erased at once, however long each issue takes", async () => {
    const { store, broadcasts } = site.services;
    const slow = {
      ...broadcasts,
      forget: async (slug: string, who: string) => {
        site.clock.set(site.clock.now() + 5 * SECOND);
        await broadcasts.forget(slug, who);
      },
    };
    await press();
    await store.entomb(other);
    site.clock.set(site.clock.now() + HOUR);
    const look = (subscriber: string) =>
      deliver(
        { ...site.services, broadcasts: slow },
        { subscriber },
        openSlots(site.services, "lesson"),
        site.clock.now() + MINUTE,
      );
    const looks: string[] = [];
    for (let round = 0; round < 6; round++) looks.push(...(await Promise.all([look(id), look(other)])));
    expect(await traces([id, other])).toEqual([]);
    // Control: one slice was not enough.
    expect(looks.filter((outcome) => outcome === "moved").length).toBeGreaterThan(4);
  });

  it("takes what was counted of them with it", async () => {
    const { store } = site.services;
    for (const name of PERSONAL_LIMITS)
      await store.count({ key: personalLimit(name, id), most: 3, windowMs: DAY });
    for (const key of personalLimitKeys(id)) await store.take({ key, restMs: DAY, by: "a press" });
    expect(await traces([`#${id}`])).not.toEqual([]);
    await press();
    await anHourLater();
    expect(await traces([id])).toEqual([]);
  });
});

/** Runs, and is killed when the nth write is done. True if it came to that. */
async function killedAfter(nth: number, run: () => Promise<unknown>): Promise<boolean> {
  let writes = 0;
  const killer = "killer";
  site.table.middlewareStack.add(
    (next, context) => async (args) => {
      const answer = await next(args);
      const isWrite = !/Get|Query|Scan/.test(context.commandName ?? "");
      if (isWrite && ++writes === nth) throw new Error("killed");
      return answer;
    },
    { step: "initialize", name: killer },
  );
  try {
    await run();
    return false;
  } catch {
    return true;
  } finally {
    site.table.middlewareStack.remove(killer);
  }
}
