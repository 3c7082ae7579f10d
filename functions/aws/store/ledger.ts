import { sentEvents, stateEvents } from "../../domain/events/happened.ts";
import { outboxPlace, type Telling } from "../../domain/events/outbox.ts";
import { DELIVERY_STATES, type LedgerEntry } from "../../domain/sending/dispatch.ts";
import type { Instant } from "../../domain/time.ts";
import type { Clock, LedgerStore } from "../../ports.ts";
import { fromItem, toItem } from "../items.ts";
import { dispatchKey, dispatchPrefix, personKey } from "../keys.ts";
import { type Item, NEW, type Table } from "../table.ts";

/** One item for each dispatch that left, beside its person. */
export function openLedger(table: Table, clock: Clock, tells: boolean): LedgerStore {
  async function ledger(subscriber: string): Promise<LedgerEntry[]> {
    const items = await table.partition(personKey(subscriber), dispatchPrefix);
    return items.map((item) => fromLedgerItem(item, clock.now())).filter((entry) => entry !== undefined);
  }

  return {
    async ledgerEntry(dispatch) {
      return fromLedgerItem(await table.get(dispatchKey(dispatch)), clock.now());
    },
    async ledgerEntryOfLate(dispatch) {
      return fromLedgerItem(await table.getOfLate(dispatchKey(dispatch)), clock.now());
    },
    recordSent(entry) {
      const item = toLedgerItem(entry);
      const untold = tells ? sentEvents(entry) : [];
      const place = outboxPlace(item.pk as string, untold);
      return table.put(place ? { ...item, untold, ...place } : item, NEW);
    },
    async updateEntry(entry) {
      // Field by field: what was noted on it since it was read stays.
      const { pk, sk: _sk, ...kept } = toLedgerItem(entry);
      const events = tells ? stateEvents(entry) : [];
      const fields: Item = { ...kept, ...outboxPlace(pk as string, events) };
      const names = Object.keys(fields);
      const sets = names.map((name) => `#${name} = :${name}`);
      const adds = events.length > 0 ? ["#untold = list_append(if_not_exists(#untold, :none), :untold)"] : [];
      await table.update(dispatchKey(entry.dispatch), `SET ${[...sets, ...adds].join(", ")}`, {
        expression: "attribute_not_exists(pk) OR #rank < :rank",
        names: Object.fromEntries([...names, ...adds.map(() => "untold")].map((name) => [`#${name}`, name])),
        values: {
          ...Object.fromEntries(names.map((name) => [`:${name}`, fields[name]])),
          ...(events.length > 0 && { ":none": [], ":untold": events }),
        },
      });
    },
    async noteOnEntry(subscriber, isMeant, note, at) {
      const meant = (await ledger(subscriber)).find(({ dispatch }) => isMeant(dispatch));
      if (!meant || meant[note] !== undefined) return;
      await table.update(dispatchKey(meant.dispatch), "SET #note = :at", {
        expression: "attribute_exists(pk) AND attribute_not_exists(#note)",
        names: { "#note": note },
        values: { ":at": at },
      });
    },
    async noteVerdict({ dispatch, verdict: before }, verdict) {
      const isAsRead = before === undefined ? "attribute_not_exists(#verdict)" : "#verdict = :before";
      const noted = await table.update(dispatchKey(dispatch), "SET #verdict = :verdict", {
        expression: `attribute_exists(pk) AND ${isAsRead}`,
        names: { "#verdict": "verdict" },
        values: { ":verdict": verdict, ...(before !== undefined && { ":before": before }) },
      });
      return noted !== undefined;
    },
    ledger,
  };
}

/** `rank` orders the states, so that an update can refuse to move one back. */
const toLedgerItem = (entry: LedgerEntry): Item =>
  toItem(dispatchKey(entry.dispatch), { ...entry, rank: DELIVERY_STATES.indexOf(entry.state) });

function fromLedgerItem(item: Item | undefined, now: Instant): LedgerEntry | undefined {
  const content = fromItem<LedgerEntry & Telling & { rank: number }>(item, now);
  if (!content) return undefined;
  const { rank: _rank, untold: _untold, ...entry } = content;
  return entry;
}
