import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ScanCommand } from "@aws-sdk/client-dynamodb";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { EXPORT_READER } from "../../console/subscribers/data.ts";
import { webResult } from "../../functions/aws/http.ts";
import { A_PIECE } from "../../functions/consent/erase.ts";
import { listExportFiles } from "../../functions/consent/export.ts";
import { deliver } from "../../functions/deliver/deliver.ts";
import { openSlots } from "../../functions/deliver/governor.ts";
import type { Reflection } from "../../functions/domain/replies/reflection.ts";
import { dispatchId } from "../../functions/domain/sending/dispatch.ts";
import { HOUR, MINUTE, SECOND } from "../../functions/domain/time.ts";
import { personalToken } from "../../functions/links/links.ts";
import type { Inbox, WebResponse } from "../../functions/ports.ts";
import { ALONE, deploymentOf } from "../support/console.ts";
import { everythingAbout } from "../support/everything-about.ts";
import { addReplies } from "../support/large-person.ts";
import { openSite, type Site } from "../support/web.ts";

/** `npm run bench` does the same with 20,000. */
const REPLIES = 3_000;
const COURSE = "managing-up-leading-down";
/** Lambda's own limit for an answer: bytes of JSON around ours. */
const MOST_BYTES = 6_291_556;

let site: Site;
let id: string;
let token: string;
/** Keys in the bucket. Bytes do not matter to who only deletes: five kilobytes each would be a hundred megabytes. */
let mails: Set<string>;
/** Virtual milliseconds that S3 takes for a request, and the request that kills the function; none unless set. */
let s3 = { takes: 0, killsAt: Number.POSITIVE_INFINITY, requests: 0 };

const inbox: Pick<Inbox, "remove"> = {
  async remove(keys) {
    if (++s3.requests === s3.killsAt) throw new Error("killed");
    site.clock.set(site.clock.now() + s3.takes);
    for (const key of keys) mails.delete(key);
  },
};

beforeAll(async () => {
  site = await openSite();
  site.services.inbox = { ...site.services.inbox, ...inbox };
  ({ id } = await site.join("jo@acme.example", { name: "Josephine" }));
  mails = new Set(await addReplies(site.table, id, REPLIES, { course: COURSE, letters: 4_000 }));
  const expiresAt = site.clock.now() + 30 * MINUTE;
  token = personalToken(await site.services.keyring.keys(), { subscriber: id, expiresAt });
});
afterAll(() => site.stop());

/** Items that the table reads for what is done. */
async function countReads(deed: () => Promise<unknown>): Promise<number> {
  const { send } = site.table;
  const sent = send.bind(site.table) as (command: never) => Promise<object>;
  let items = 0;
  site.table.send = (async (command: never) => {
    const answer: { Items?: unknown[]; Item?: unknown } = await sent(command);
    items += (answer.Items?.length ?? 0) + (answer.Item ? 1 : 0);
    return answer;
  }) as typeof send;
  await deed().finally(() => {
    site.table.send = send;
  });
  return items;
}

const press = (form: Record<string, string>) => site.request("POST /personal/{token}", { token }, { form });
const size = (answer: WebResponse) => Buffer.byteLength(JSON.stringify(webResult(answer)));
/** What each form of a page would send. */
const formsIn = ({ body }: WebResponse) =>
  [...body.matchAll(/<form[^>]*>(.*?)<\/form>/gs)].map(([, inside = ""]) =>
    Object.fromEntries(
      [...inside.matchAll(/name="([^"]+)" value="([^"]*)"/g)].map(([, name, value]) => [name, value]),
    ),
  ) as Record<string, string>[];
const itemsOf = (text: string): Record<string, unknown>[] => JSON.parse(text).items;
const names = (items: Record<string, unknown>[]) => items.map(({ sk }) => String(sk)).sort();

async function traces(): Promise<string[]> {
  const found: string[] = [];
  let ExclusiveStartKey: Record<string, never> | undefined;
  do {
    const { Items = [], LastEvaluatedKey } = await site.table.send(
      new ScanCommand({ TableName: "table", ExclusiveStartKey }),
    );
    for (const item of Items) {
      const text = JSON.stringify(item);
      if ([id, "jo@acme", "Josephine", "only I know", "raw/"].some((trace) => text.includes(trace)))
        found.push(text);
    }
    ExclusiveStartKey = LastEvaluatedKey as typeof ExclusiveStartKey;
  } while (ExclusiveStartKey);
  return found;
}
const anHourLater = async () => {
  site.clock.set(site.clock.now() + HOUR);
  const slots = openSlots(site.services, "lesson");
  for (let looks = 0; looks < 20; looks++) {
    site.clock.set(site.clock.now() + SECOND);
    await deliver(site.services, { subscriber: id }, slots, site.clock.now() + MINUTE);
  }
};

describe("whoever wrote thousands of replies", () => {
  const written = (reflection: string): Reflection => ({
    ...{
      kind: "reflection",
      id: reflection,
      subscriber: id,
      course: COURSE,
      run: 1,
      lesson: "headwinds-inside",
    },
    ...{
      inReplyTo: dispatchId({
        kind: "lesson",
        subscriber: id,
        list: COURSE,
        run: 1,
        slug: "headwinds-inside",
      }),
    },
    ...{ receivedAt: site.clock.now(), replyKind: "reflection", reason: "", subject: "", references: [] },
    ...{ messageId: "<a@b.example>", attachments: [], ownWords: "The same.", isFromPage: true },
  });

  it("writes on a page with three reads, and what was written twice is told by them", async () => {
    const { store } = site.services;
    const first = written("first");
    const reads = await countReads(async () => {
      expect(await store.writtenBefore(first)).toBeUndefined();
      await store.keepReflection(first);
      expect(await store.writtenBefore(first)).toBeUndefined();
      expect(await store.writtenBefore(written("second"))).toMatchObject({ id: "first" });
    });
    expect(reads).toBeLessThanOrEqual(3);
    await store.forgetReflection(id, "first");
    expect(await store.writtenBefore(written("third"))).toBeUndefined();
    expect(await store.writtenBefore(written("fourth"))).toBeUndefined();
  });

  it("control: whoever reads all of the journal is counted", async () => {
    expect(await countReads(() => site.services.store.reflections(id))).toBeGreaterThanOrEqual(REPLIES);
  });
});

describe("a reader of whom more is kept than a function reads, answers with or removes at once", () => {
  it("sees their newest words on a page that Lambda can answer with, and is told that there are more", async () => {
    const page = await site.request("GET /personal/{token}", { token });
    expect(page.status).toBe(200);
    expect(size(page)).toBeLessThan(MOST_BYTES);
    expect(page.body).toContain(`entry ${REPLIES - 1} `);
    expect(page.body).not.toContain("entry 0 ");
    expect(page.body).toContain("these are the newest entries");
  });

  it("downloads the newest as Markdown, which says what is missing", async () => {
    const journal = await press({ do: "markdown", course: COURSE });
    expect(size(journal)).toBeLessThan(MOST_BYTES);
    expect(journal.body).toContain(`entry ${REPLIES - 1} `);
    expect(journal.body).toContain("these are the newest entries");
  });

  it("downloads everything in files that Lambda can answer with, each of it once", async () => {
    const list = await press({ do: "export" });
    const files = formsIn(list).filter(({ do: act, number }) => act === "export" && number !== undefined);
    expect(files.length).toBeGreaterThan(2);
    const items: Record<string, unknown>[] = [];
    for (const form of files) {
      const file = await press(form);
      expect(size(file)).toBeLessThan(MOST_BYTES);
      expect(file.headers?.["content-disposition"]).toContain("attachment");
      items.push(...itemsOf(file.body));
    }
    expect(names(items)).toEqual(names(await everythingAbout(site.services.store, id)));
    expect(items.length).toBeGreaterThan(REPLIES);
  });

  it("gets a list that had no time to end in pieces, which join", async () => {
    const { store, clock } = site.services;
    const late = { ...site.services, clock: { ...clock, now: () => clock.now() + slow.ms } };
    const slow = { ms: 0 };
    const personPage: typeof store.personPage = async (...of) => {
      slow.ms += 2 * SECOND;
      return store.personPage(...of);
    };
    const whole = await listExportFiles(site.services, id, { number: 1 }, Number.POSITIVE_INFINITY);
    const joined = [];
    let from: typeof whole.more = { number: 1 };
    for (let looks = 0; from && looks < 20; looks++) {
      slow.ms = 0;
      const found = await listExportFiles(
        { ...late, store: { ...store, personPage } },
        id,
        from,
        clock.now() + 8 * SECOND,
      );
      joined.push(...found.files);
      from = found.more;
      if (looks === 0) expect(from).toBeDefined();
    }
    expect(joined).toEqual(whole.files);
  });

  it("cannot see another person's items by a key that they make up", async () => {
    const other = await site.join("eve@acme.example");
    for (const after of [other.id, `S#${other.id}`, "x".repeat(2_000), "\u0000", "zzz"]) {
      const { body } = await press({ do: "export", number: "2", after });
      expect(itemsOf(body).filter(({ pk }) => pk !== `S#${id}`)).toEqual([]);
    }
  });

  it("is exported by the console into one file, readable as a whole", async () => {
    const folder = mkdtempSync(join(tmpdir(), "any-size-"));
    try {
      const to = join(folder, "one.json");
      const call = { ...ALONE, words: [id], flags: { to }, reach: async () => deploymentOf(site) };
      const output = EXPORT_READER.run(call as unknown as Parameters<typeof EXPORT_READER.run>[0]);
      for await (const said of output as AsyncIterable<string>) expect(said).toContain(to);
      expect(names(itemsOf(readFileSync(to, "utf8")))).toEqual(
        names(await everythingAbout(site.services.store, id)),
      );
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("is erased in pieces that a request has time for, through a kill in the midst, until nothing is left", async () => {
    s3 = { takes: 3 * SECOND, killsAt: 3, requests: 0 };
    await expect(press({ do: "erase", sure: "yes" })).rejects.toThrow("killed");
    expect(mails.size).toBeGreaterThan(REPLIES / 2);
    expect(mails.size).toBeLessThan(REPLIES);
    // Each mail that is there is still named by an item.
    const named = (await everythingAbout(site.services.store, id)).flatMap(({ raw = [] }) => raw);
    expect([...mails].filter((key) => !named.includes(key))).toEqual([]);

    let presses = 0;
    for (let next: Record<string, string> | undefined = { do: "erase", sure: "yes" }; next; presses++) {
      const begun = site.clock.now();
      const page = await press(next);
      expect(site.clock.now() - begun).toBeLessThanOrEqual(A_PIECE + s3.takes);
      next = formsIn(page)[0];
      expect(page.body.includes("Everything is erased")).toBe(next === undefined);
    }
    expect(presses).toBeGreaterThan(1);
    expect(mails.size).toBe(0);
    await anHourLater();
    expect(await traces()).toEqual([]);
  });
});

describe("what came about a person since they were erased", () => {
  it("goes an hour later, however much it is, a look at a time", async () => {
    const { id: late } = await site.join("late@acme.example");
    const expiresAt = site.clock.now() + 30 * MINUTE;
    const link = personalToken(await site.services.keyring.keys(), { subscriber: late, expiresAt });
    const form = { do: "erase", sure: "yes" };
    await site.request("POST /personal/{token}", { token: link }, { form });
    [id, token] = [late, link];
    for (let number = 0; number < 1_200; number++)
      await site.services.store.recordSent({
        dispatch: `${late}_${COURSE}_1_lesson_l${number}`,
        ...{ messageId: "m", sentAt: 0, state: "sent", stateAt: 0 },
      });
    expect((await traces()).length).toBeGreaterThan(1_200);
    await anHourLater();
    expect(await traces()).toEqual([]);
  });
});
