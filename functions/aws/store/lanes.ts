import type { Clock, LaneLease, LaneStore } from "../../ports.ts";
import { toItem } from "../items.ts";
import { laneKey } from "../keys.ts";
import type { Table } from "../table.ts";

/** One item for each lane: who drains it, and until when. */
export function openLanes(table: Table, clock: Clock): LaneStore {
  return {
    async leaseLane(lane, { by, until, endsAt }) {
      const isOurs = await table.put(toItem(laneKey(lane), { holder: by, until, endsAt }), {
        expression: "attribute_not_exists(pk) OR #holder = :by OR #until <= :now",
        values: { ":by": by, ":now": clock.now() },
        names: { "#holder": "holder", "#until": "until" },
      });
      if (isOurs) return undefined;
      // A lease that was given back in between has ended.
      return ((await table.get(laneKey(lane))) as LaneLease | undefined)?.endsAt ?? clock.now();
    },
    async releaseLane(lane, by) {
      await table.remove(laneKey(lane), {
        expression: "#holder = :by",
        values: { ":by": by },
        names: { "#holder": "holder" },
      });
    },
  };
}
