import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { SECOND } from "../../functions/domain/time.ts";
import { plainContent } from "../support/content.ts";
import { aCourse } from "../support/course.ts";
import { openSendingWorld } from "../support/sending-world.ts";

/** What a mail costs while this many enrolments are due. */
interface Growth {
  backlog: number;
  mails: number;
  /** Of the table, a mail. */
  reads: number;
  writes: number;
  queries: number;
  bookings: number;
  /** Holders in work at once, at the most. */
  mostAtOnce: number;
  /** Bytes of heap a mail that stay: what the table in memory keeps of it, and whatever else would pile up. */
  keptBytes: number;
}

const NOW = Date.UTC(2026, 5, 1, 9);
const RATE = 500;

/** Drains `mails` of a backlog, or all of it. */
export async function growthAt(backlog: number, mails: number): Promise<Growth> {
  const content = plainContent(aCourse("one", "two"));
  const world = await openSendingWorld({ content, now: NOW, backlog, rate: RATE });
  const before = { ...world.table.counts };
  const heapBefore = heapInUse();
  await world.run(NOW + (Math.min(backlog, mails) / RATE) * SECOND + 2 * SECOND);
  const sent = world.accepted.length;
  const kept = heapInUse() - heapBefore;
  const aMail = (name: keyof typeof before) => (world.table.counts[name] - before[name]) / sent;
  return {
    backlog,
    mails: sent,
    reads: aMail("get"),
    writes: aMail("put"),
    queries: aMail("due"),
    bookings: aMail("bookings"),
    mostAtOnce: world.mostAtOnce,
    keptBytes: kept / sent,
  };
}

function heapInUse(): number {
  setFlagsFromString("--expose-gc");
  (runInNewContext("gc") as () => void)();
  return process.memoryUsage().heapUsed;
}
