import { CONFLICT, retryConflict } from "../../conflict.ts";
import type { LetIn, Limit } from "../../domain/people/limits.ts";
import type { Instant } from "../../domain/time.ts";
import type { Clock, LimitStore } from "../../ports.ts";
import { fromItem, toItem } from "../items.ts";
import { letInKey, limitKey } from "../keys.ts";
import type { Table } from "../table.ts";

type LimitSlot = Parameters<LimitStore["take"]>[0];

/** One item for each limit: how often it was used in its present window. It fades when the window ends. */
export function openLimits(table: Table, clock: Clock): LimitStore {
  async function useOnce({ key, most, windowMs }: Limit): Promise<Instant | undefined | typeof CONFLICT> {
    const now = clock.now();
    const counted = await table.update(limitKey(key), "ADD #used :one", {
      expression: "windowEnds > :now",
      values: { ":now": now, ":one": 1 },
      names: { "#used": "used" },
    });
    if (counted) return (counted.used as number) > most ? (counted.windowEnds as number) : undefined;
    const windowEnds = now + windowMs;
    const isFirst = await table.put(toItem(limitKey(key), { used: 1, windowEnds }, windowEnds), {
      expression: "attribute_not_exists(pk) OR windowEnds <= :now",
      values: { ":now": now },
    });
    return isFirst ? undefined : CONFLICT;
  }

  async function takeOnce({ key, restMs, by }: LimitSlot): Promise<Instant | undefined | typeof CONFLICT> {
    const now = clock.now();
    const windowEnds = now + restMs;
    const isTaken = await table.put(toItem(limitKey(key), { takenBy: by, windowEnds }, windowEnds), {
      expression: "attribute_not_exists(pk) OR windowEnds <= :now",
      values: { ":now": now },
    });
    if (isTaken) return undefined;
    const taken = fromItem<{ takenBy: string; windowEnds: Instant }>(
      await table.get(limitKey(key)),
      clock.now(),
    );
    if (!taken) return CONFLICT;
    return taken.takenBy === by ? undefined : taken.windowEnds;
  }

  return {
    count: (limit) => retryConflict("limit", () => useOnce(limit)),
    take: (slot) => retryConflict("limit", () => takeOnce(slot)),
    async usedUpUntil({ key, most }) {
      const now = clock.now();
      const found = fromItem<{ used: number; windowEnds: Instant }>(await table.get(limitKey(key)), now);
      return found && found.used >= most && found.windowEnds > now ? found.windowEnds : undefined;
    },
    async letIn() {
      const items = await table.partition(letInKey("").pk);
      return items.map((item) => fromItem<LetIn>(item, clock.now())).filter((found) => found !== undefined);
    },
    async keepLetIn(letIn) {
      await table.put(toItem(letInKey(letIn.entry), letIn, letIn.until));
    },
    endLetIn: (entry) => table.remove(letInKey(entry), { expression: "attribute_exists(pk)" }),
  };
}
