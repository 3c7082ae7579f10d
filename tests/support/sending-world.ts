import { createHash } from "node:crypto";
import { openBroadcasts } from "../../functions/aws/broadcasts.ts";
import { toHolderItem } from "../../functions/aws/items.ts";
import { holderKey, type ItemKey, readHolderKey } from "../../functions/aws/keys.ts";
import { openLog } from "../../functions/aws/log.ts";
import { openStore } from "../../functions/aws/store.ts";
import { runLane } from "../../functions/deliver/lane.ts";
import type { Content } from "../../functions/domain/content.ts";
import { inertEnrolment, withActivation } from "../../functions/domain/course/enrolment.ts";
import { newSubscriber, withConfirmation } from "../../functions/domain/people/subscriber.ts";
import type { Holder } from "../../functions/domain/sending/holder.ts";
import { chooseShard } from "../../functions/domain/sending/shard.ts";
import { MINUTE, SECOND } from "../../functions/domain/time.ts";
import { base32 } from "../../functions/links/base32.ts";
import type { SendOutcome, Services } from "../../functions/ports.ts";
import { VirtualClock } from "../../local/aws/clock.ts";
import { RollingCount, TokenBucket } from "../../local/aws/token-bucket.ts";
import { aConsent } from "./consents.ts";
import { type MemoryTable, openMemoryTable } from "./memory-table.ts";
import { CADENCE } from "./services.ts";
import { testSettings } from "./settings.ts";

/** Milliseconds that each call takes, as in one region; SES's are spread evenly around theirs. */
const TAKES = { get: 3, put: 6, query: 5, ses: 80 };
const SPREAD = 40;
const DAY = 24 * 60 * MINUTE;

export interface SendingWorld {
  services: Services;
  clock: VirtualClock;
  table: MemoryTable;
  /** When SES accepted each mail, and whose it was. */
  accepted: { at: number; dispatch: string }[];
  refused: number;
  /** Holders that were being worked on at once, at the most. */
  mostAtOnce: number;
  /** Wakes the lanes each minute, as the Scheduler does, until `until`. */
  run(until: number): Promise<void>;
  /** Goes on to a moment, doing all that happens until then. */
  advanceTo(time: number): Promise<void>;
  stop(): void;
}

/**
 * The lanes of one account in virtual time: the real verbs and the real store, a table in memory, and SES's rate
 * and quota by the emulator's own token bucket. Nothing is random: the same world runs the same way again.
 * @param backlog how many enrolments are due for their first lesson at the beginning
 */
export async function openSendingWorld(options: {
  content: Content;
  now: number;
  backlog: number;
  rate: number;
  /** Mails in 24 hours; -1: no limit. */
  quota?: number;
  /** The backlog's people are readers of the newsletter instead, to whom nothing is due. */
  newsletter?: boolean;
}): Promise<SendingWorld> {
  const { content, now, backlog, rate, quota = -1, newsletter = false } = options;
  const clock = new VirtualClock(now);
  const ids = new Set(Array.from({ length: backlog }, (_, place) => idOf(place)));
  const table = openMemoryTable((key) => (isOfReader(key) ? readerAt(ids, key, now, newsletter) : undefined));
  if (!newsletter) table.ground(Array.from(ids, (id) => placeOf(id, now)));
  // A clock that is read counts whole milliseconds, so nobody wakes between two.
  const sleep = (ms: number) =>
    new Promise<void>((wake) => void clock.at(clock.now() + Math.ceil(ms), "sleep", wake));
  table.latency = (operation) => sleep(TAKES[operation]);
  const bucket = new TokenBucket(rate);
  const lastDay = new RollingCount(DAY);
  let counter = 0;
  const random = (bytes: number) =>
    base32(createHash("sha256").update(`random ${counter++}`).digest().subarray(0, bytes));
  const answer = (dispatch: string): SendOutcome => {
    const at = clock.now();
    if (quota >= 0 && lastDay.at(at) >= quota)
      return { outcome: "refused", why: "quota", detail: "Daily message quota exceeded." };
    if (!bucket.take(1, at))
      return { outcome: "refused", why: "rate", detail: "Maximum sending rate exceeded." };
    lastDay.add(1, at);
    world.accepted.push({ at, dispatch });
    return { outcome: "accepted", messageId: `m-${world.accepted.length}` };
  };
  const keys = { signing: [{ id: 1, secret: new Uint8Array(32) }], addressHash: new Uint8Array(32) };
  const time = { now: () => clock.now(), sleep };
  const store = openStore(table, time, random);
  let atOnce = 0;
  const services: Services = {
    // What is looked at here is the sending: the invented readers come from one place, and may.
    settings: testSettings(content, { defaultZone: "UTC", letIn: ["x.example"] }),
    webOrigin: "https://web.example",
    messageIdDomain: "email.amazonses.com",
    content,
    broadcasts: openBroadcasts(table, time, random),
    store: {
      ...store,
      async holder(key) {
        atOnce++;
        world.mostAtOnce = Math.max(world.mostAtOnce, atOnce);
        return store.holder(key);
      },
      async recordSent(entry) {
        atOnce--;
        return store.recordSent(entry);
      },
    },
    mailer: {
      async send({ dispatch }) {
        // The same mail takes as long in each run; SES decides when the call reaches it.
        const takes =
          TAKES.ses + ((createHash("sha256").update(dispatch).digest()[0] as number) % SPREAD) - SPREAD / 2;
        await sleep(takes / 2);
        const outcome = answer(dispatch);
        if (outcome.outcome !== "accepted") world.refused++;
        await sleep(takes / 2);
        return outcome;
      },
      async quota() {
        await sleep(TAKES.ses);
        return { rate, quota, sent24h: lastDay.at(clock.now()), enabled: true };
      },
    },
    nudge: { send: async () => {} },
    errands: { leave: async () => {} },
    written: { handOver: async () => {} },
    inbox: { read: async () => new Uint8Array(), remove: async () => {} },
    mailDomains: { mayTakeMail: async () => true },
    keyring: { keys: async () => keys, findKeys: async () => keys },
    alarms: { see: async () => {}, settle: async () => {}, open: async () => [] },
    clock: { now: () => clock.now(), sleep },
    random,
    log: openLog({ now: () => clock.now(), sleep }, { stage: "test", hasMetrics: false }, () => {}),
  };
  const quiet = () => new Promise<void>((done) => setImmediate(done));
  let isStopped = false;
  const world: SendingWorld = {
    services,
    clock,
    table,
    accepted: [],
    refused: 0,
    mostAtOnce: 0,
    async run(until) {
      for (let minute = clock.now(); minute < until && !isStopped; minute += MINUTE) {
        for (let lane = 0; lane < services.settings.lanes; lane++) void runLane(services, { lane });
        await clock.advanceUntil(Math.min(minute + MINUTE, until), quiet);
      }
    },
    advanceTo: (time) => clock.advanceUntil(time, quiet),
    stop() {
      isStopped = true;
    },
  };
  await settle(services, clock, quiet, rate, quota);
  return world;
}

/** The governor as a minute of work has left it: SES has told the rate. */
async function settle(
  { store }: Services,
  clock: VirtualClock,
  quiet: () => Promise<void>,
  rate: number,
  quota: number,
): Promise<void> {
  const settled = store
    .governor()
    .then((governor) => store.saveGovernor({ ...governor, rate, quota, asOf: 0 }));
  await clock.advanceUntil(clock.now() + SECOND, quiet);
  if (!(await settled)) throw new Error("The governor could not be written");
}

/** A subscriber's id out of a number: 16 letters, spread like random ones. */
export const idOf = (place: number): string =>
  base32(createHash("sha256").update(`reader ${place}`).digest().subarray(0, 10));

const placeOf = (id: string, dueAt: number) => ({
  ...holderKey({ subscriber: id, course: "course" }),
  shard: chooseShard("lesson", id),
  dueAt,
});

const consent = aConsent("confirmed", "course", 0);

const isOfReader = ({ pk, sk }: ItemKey): boolean => pk.startsWith("S#") && !sk.startsWith("dispatch#");

/** A confirmed reader in the course, whose first lesson is due: their subscriber or their enrolment. */
function readerAt(
  ids: Set<string>,
  key: ItemKey,
  now: number,
  newsletter: boolean,
): Record<string, unknown> | undefined {
  const { subscriber: id, course } = readHolderKey(key);
  if (!ids.has(id)) return undefined;
  const holder: Holder = course
    ? {
        ...withActivation(inertEnrolment(id, course, CADENCE, now), now),
        agenda: { lesson: { dueAt: now, doubts: 0 } },
      }
    : withConfirmation(
        newSubscriber(
          id,
          {
            address: `${id}@x.example`,
            addressHash: id,
            firstName: "Reader",
            zone: "UTC",
            course: "course",
            newsletter,
            consent,
          },
          now,
        ),
        consent,
      );
  return { ...toHolderItem({ ...holder, version: 1 }, "ground") };
}
