import { fileURLToPath } from "node:url";
import { MINUTE, SECOND } from "../../functions/domain/time.ts";
import { plainContent } from "../support/content.ts";
import { aCourse } from "../support/course.ts";
import { openSendingWorld } from "../support/sending-world.ts";

/** What SES saw of a backlog, in virtual time. */
interface Throughput {
  rate: number;
  mails: number;
  /** Of the granted rate, while there is backlog for all lanes: without the first second of sending and the last two. */
  share: number;
  refusedShare: number;
  lost: number;
  twice: number;
}

const NOW = Date.UTC(2026, 5, 1, 9);

/** Sends a backlog of `seconds` at the granted rate. */
export async function throughputAt(rate: number, seconds: number): Promise<Throughput> {
  const backlog = rate * seconds;
  const world = await openSendingWorld({
    content: plainContent(aCourse("one", "two")),
    now: NOW,
    backlog,
    rate,
  });
  await world.run(NOW + seconds * SECOND * 1.2 + 3 * MINUTE);
  const times = world.accepted.map(({ at }) => at);
  const [from, to] = [(times[0] ?? 0) + SECOND, (times.at(-1) ?? 0) - 2 * SECOND];
  const steady = times.filter((at) => at > from && at <= to).length;
  const different = new Set(world.accepted.map(({ dispatch }) => dispatch)).size;
  return {
    rate,
    mails: times.length,
    share: steady / ((to - from) / SECOND) / rate,
    refusedShare: world.refused / (world.refused + times.length),
    lost: backlog - different,
    twice: times.length - different,
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  for (const rate of [14, 50, 200, 500]) console.log(JSON.stringify(await throughputAt(rate, 40)));
