import { afterEach, beforeAll, describe, expect, inject, it } from "vitest";
import { STAGES } from "../../../infra/stages.ts";
import { type Cloud, startCloud } from "../../../local/aws/cloud.ts";
import { TableInMemory } from "../../../local/aws/table-in-memory.ts";
import { findForm } from "../../../local/demo/web-form.ts";
import { findLink, oneClickTarget, readLetter } from "../../../local/mailbox/letter.ts";
import { Chance } from "../../../local/simulation/random.ts";
import { OneThread } from "../../../local/simulation/runtime.ts";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
/** A Wednesday morning in Europe: the first lesson comes the next day. */
const START = Date.UTC(2026, 2, 4, 9);
const ORIGIN = "https://course.example";
/** A new account's. */
const IN_ALL = 10;
/** Requests a second to unsubscribe, three times what Lambda begins of one function in such an account. */
const FLOOD = 300;
/** Before the lesson is due: the first second uses up what Lambda and the gateway let through at once. */
const BEGINS_BEFORE = 2 * SECOND;
/** There and back, in ms: five calls are an invocation of about 40 ms. */
const TABLE = [2, 6] as const;

interface Flooded {
  cloud: Cloud;
  ask(
    method: string,
    url: string,
    form?: Record<string, string>,
  ): Promise<{ statusCode?: number; body?: string }>;
  lettersOf(address: string): ReturnType<typeof readLetter>[];
}

let open: Cloud | undefined;
afterEach(() => open?.stop());

/** All in one thread, so that each request takes virtual time and many are at work at once. */
async function openThere(latency: readonly [number, number], concurrency?: number): Promise<Flooded> {
  const chance = new Chance("room for lanes");
  const { template, outdir } = inject("synthesis");
  const codes = codeFolders(template, outdir);
  const cloud = await startCloud({
    ...{ template, outdir, region: STAGES.local.region, startAt: START, concurrency },
    machinery: {
      lambda: (clock, wire, dns) =>
        new OneThread({
          ...{ clock, wire, dns, chance },
          codeOf: (name) => codes[name] as string,
          skew: () => 0,
          kills: () => false,
          latency: () => chance.between(...latency),
        }),
      table: new TableInMemory(),
      webOrigin: ORIGIN,
      uuid: () => chance.uuid(),
      pick: (below) => chance.below(below),
      arrivals: () => [0],
    },
  });
  open = cloud;
  const ask: Flooded["ask"] = async (method, url, form) => {
    const body = Buffer.from(new URLSearchParams(form).toString());
    const headers = form ? { "content-type": "application/x-www-form-urlencoded" } : {};
    const path = url.replace(ORIGIN, "");
    return cloud.gateway.answer({ method, url: path, headers, body });
  };
  const lettersOf: Flooded["lettersOf"] = (address) =>
    cloud
      .mails()
      .filter(({ to }) => to.includes(address))
      .map(readLetter);
  return { cloud, ask, lettersOf };
}

function codeFolders(template: unknown, outdir: string): Record<string, string> {
  const { Resources } = template as { Resources: Record<string, { Metadata?: Record<string, string> }> };
  return Object.fromEntries(
    Object.entries(Resources).map(([id, { Metadata }]) => [id, `${outdir}/${Metadata?.["aws:asset:path"]}`]),
  );
}

/** For somebody at a browser, whose wait is time that passes. */
async function waited<T>({ cloud }: Flooded, asked: Promise<T>): Promise<T> {
  await cloud.advanceBy(10 * SECOND);
  return asked;
}

async function join(there: Flooded, address: string): Promise<void> {
  const page = (await waited(there, there.ask("GET", "/"))).body ?? "";
  const fields = { ...findForm(page, "/sign-up")?.fields, email: address, zone: "Europe/Berlin" };
  await waited(there, there.ask("POST", "/sign-up", fields));
  await there.cloud.advanceBy(2 * MINUTE);
  const letters = await Promise.all(there.lettersOf(address));
  const link = letters.map((letter) => findLink(letter, `${ORIGIN}/confirm/`)).find(Boolean) ?? "";
  await waited(there, there.ask("POST", link, {}));
  await there.cloud.advanceBy(2 * MINUTE);
}

const READER = "reader@acme.example";
const STRANGER = "stranger@acme.example";

type Request = Parameters<Flooded["ask"]>;

/** The link to unsubscribe of a stranger's own welcome, which is never throttled, as their welcome has it. */
async function findLeaveLink(there: Flooded): Promise<string> {
  const welcome = (await Promise.all(there.lettersOf(STRANGER))).at(-1);
  return (welcome && oneClickTarget(welcome)) ?? "";
}
const pressing = (link: string): Request => ["POST", link, { "List-Unsubscribe": "One-Click" }];
const FRONT_PAGE: Request = ["GET", "/"];
const SIGNING_UP: Request = ["POST", "/sign-up", { email: STRANGER, zone: "Europe/Berlin" }];
const ARCHIVE: Request = ["GET", "/newsletter"];
const NO_PAGE: Request = ["GET", "/wp-login.php"];
const PAGES: [name: string, flood: (leaveLink: string) => Request[]][] = [
  ["the front page", () => [FRONT_PAGE]],
  ["the form to sign up", () => [SIGNING_UP]],
  // A third of it is not throttled: as much as Lambda begins of one function.
  [
    "these, the archive, a path of nobody's and both methods of unsubscribing by turns",
    (link) => [FRONT_PAGE, SIGNING_UP, ARCHIVE, ["GET", link], pressing(link), NO_PAGE],
  ],
];

/** How late (ms) the first lesson leaves while a stranger, who has joined as well, floods: by unsubscribing, if not told. */
async function lateBy(
  there: Flooded,
  { due, give, flood: of }: { due: number; give: number; flood?: (leaveLink: string) => Request[] },
): Promise<{ late: number; refused: number }> {
  const { cloud } = there;
  await join(there, READER);
  await join(there, STRANGER);
  const link = await findLeaveLink(there);
  const flooded = of?.(link) ?? [pressing(link)];
  let at = 0;
  await cloud.advanceTo(due - BEGINS_BEFORE);
  let refused = 0;
  let leftAt: number | undefined;
  cloud.onMail(({ destinations, at }) => {
    if (destinations.includes(READER)) leftAt ??= at;
  });
  const press = async () => {
    const { statusCode } = await there.ask(...(flooded[at++ % flooded.length] as Request));
    if (statusCode === 503 || statusCode === 429) refused++;
  };
  let next = cloud.now();
  const flood = () => {
    void press();
    next += SECOND / FLOOD;
    if (leftAt === undefined) cloud.clock.at(Math.round(next), "a flood", flood);
  };
  flood();
  while (leftAt === undefined && cloud.now() < due + give) await cloud.advanceBy(SECOND);
  return { late: (leftAt ?? Number.POSITIVE_INFINITY) - due, refused };
}

/** The minute in which the first lesson leaves if nobody disturbs. */
async function whenDue(): Promise<number> {
  const there = await openThere(TABLE);
  await join(there, READER);
  let leftAt = 0;
  there.cloud.onMail(({ at }) => {
    leftAt ||= at;
  });
  while (leftAt === 0) await there.cloud.advanceBy(HOUR);
  await there.cloud.stop();
  return Math.floor(leftAt / MINUTE) * MINUTE;
}

describe("in an account of ten invocations in all, while strangers flood", () => {
  let due: number;
  beforeAll(async () => {
    due = await whenDue();
  });

  it("with unsubscribing a lesson leaves in its minute: Lambda begins a hundred a second of one function, and each is short", async () => {
    const { late, refused } = await lateBy(await openThere(TABLE, IN_ALL), { due, give: 5 * MINUTE });
    expect(late).toBeLessThan(10 * SECOND);
    expect(refused).toBeGreaterThan(FLOOD);
  });

  it.each(PAGES)("with %s a lesson leaves in its minute: few of them are let through", async (_, flood) => {
    const { late, refused } = await lateBy(await openThere(TABLE, IN_ALL), { due, give: 5 * MINUTE, flood });
    expect(late).toBeLessThan(10 * SECOND);
    expect(refused).toBeGreaterThan(FLOOD);
  });

  it("control: with a table forty times as slow the flood holds all ten, and the lesson is late", async () => {
    const slow = await openThere([40 * TABLE[0], 40 * TABLE[1]], IN_ALL);
    const { late } = await lateBy(slow, { due, give: 12 * SECOND });
    expect(late).toBeGreaterThan(10 * SECOND);
  });

  it("control: without a limit nothing is refused", async () => {
    const { late, refused } = await lateBy(await openThere(TABLE), { due, give: MINUTE });
    expect({ isInTime: late < 10 * SECOND, refused }).toEqual({ isInTime: true, refused: 0 });
  });
});
