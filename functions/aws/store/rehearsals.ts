import type { RehearsalStore } from "../../ports.ts";
import { heardKey, heardPrefix, personKey } from "../keys.ts";
import type { Table } from "../table.ts";

/** One item for each dispatch of a rehearsal, beside its reader: the events that came about it, as a set. */
export function openRehearsals(table: Table): RehearsalStore {
  return {
    async noteHeard(dispatch, event) {
      await table.update(heardKey(dispatch), "ADD #heard :event", {
        names: { "#heard": "heard" },
        values: { ":event": new Set([event]) },
      });
    },
    async heardEvents(subscriber) {
      const items = await table.partition(personKey(subscriber), heardPrefix);
      const entries = items.map(({ sk, heard }) => [
        `${subscriber}_${(sk as string).slice(heardPrefix.length)}`,
        [...(heard as Set<string>)],
      ]);
      return Object.fromEntries(entries);
    },
  };
}
