import { writesTable } from "./dynamodb.ts";
import type { TableItem, Value } from "./expressions.ts";
import type { WireRequest } from "./request.ts";

/**
 * When (epoch ms) the lanes have something to look at, though the index of what is due does not say so: the breaker
 * looks at trouble that was noted, and ends its holds. Without these ticks it would do both when the next mail is due.
 */
export function readLookTimes(request: WireRequest, now: number): number[] {
  if (!writesTable(request)) return [];
  const body = request.body.toString();
  if (body.includes('"pk":{"S":"trouble"}')) return [now];
  if (!body.includes('"pk":{"S":"governor"}') || !body.includes('"held"')) return [];
  const { Item: governor = {} } = JSON.parse(body) as { Item?: TableItem };
  const confirmations = governor.confirmations?.M as TableItem | undefined;
  const ends = [governor.held, confirmations?.held].map(readEnd);
  return ends.filter((end) => end > now);
}

/** NaN for a hold without an end, which is the owner's. */
const readEnd = (held: Value | undefined): number =>
  Number((held?.M as TableItem | undefined)?.until?.N ?? Number.NaN);
