import { CONFLICT, retryConflict } from "../../conflict.ts";
import { type Voice, type VoiceKey, voicePlace } from "../../domain/replies/voices/voice.ts";
import type { Clock, Random, VoiceStore } from "../../ports.ts";
import { personKey, readVoiceKey, voiceKey, voicePrefix } from "../keys.ts";
import type { Table } from "../table.ts";
import { openVersionedItems } from "../versioned-items.ts";

/** As many as a page of the index: nobody looks at more before choosing one. */
const PAGE_OF_SHELF = 25;
/**
 * A shelf is kept in the index of what is due, and nothing on it is ever due: its places lie behind all moments, in the year
 * 128,725 and later. Whoever asks the index when there is work next, as one machine does before it lets idle minutes pass, is
 * not told of voices. Far below 2^53, so that no millisecond is lost.
 */
const NEVER_DUE = 4_000_000_000_000_000;

/** One item for each voice, beside its author; its place on a shelf is written with it. */
export function openVoices(table: Table, clock: Clock, random: Random): VoiceStore {
  const items = openVersionedItems(table, clock, random);
  const voice = (key: VoiceKey) => items.read<Voice>(voiceKey(key));
  const save = (changed: Voice) => {
    const place = voicePlace(changed);
    return items.write(voiceKey(changed), changed, place && { ...place, dueAt: NEVER_DUE + place.dueAt });
  };

  return {
    voice,
    async voices(subscriber) {
      return items.readAll<Voice>(await table.partition(personKey(subscriber), voicePrefix));
    },
    keepVoice(offered, again) {
      return retryConflict("voice", async () => {
        const kept = await voice(offered);
        const next = kept ? again(kept) : offered;
        return next === kept ? kept : ((await save(next)) ?? CONFLICT);
      });
    },
    changeVoice(key, apply) {
      return retryConflict("voice", async () => {
        const kept = await voice(key);
        if (!kept) return undefined;
        const next = apply(kept);
        return next === kept ? kept : ((await save(next)) ?? CONFLICT);
      });
    },
    async shelf(shard, until, after) {
      const start = after && { ...voiceKey(after), shard, dueAt: NEVER_DUE + after.dueAt };
      const rows = await table.due(shard, NEVER_DUE + until, PAGE_OF_SHELF, start);
      return rows.map((row) => ({
        ...readVoiceKey(row as { pk: string; sk: string }),
        dueAt: (row.dueAt as number) - NEVER_DUE,
      }));
    },
  };
}
