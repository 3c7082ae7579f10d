import type { Broadcast } from "../domain/newsletter/broadcast.ts";
import type { Issue } from "../domain/newsletter/issue.ts";
import type { Broadcasts, Clock, Random } from "../ports.ts";
import { issuePk, openBatches } from "./batches.ts";
import { toItem } from "./items.ts";
import type { ItemKey } from "./keys.ts";
import type { Table } from "./table.ts";
import { openVersionedItems } from "./versioned-items.ts";

/** All broadcasts stand in one partition, so that one query lists them. */
const BROADCASTS = "broadcasts";
const broadcastKey = (slug: string): ItemKey => ({ pk: BROADCASTS, sk: slug });
const wordsKey = (slug: string, revision: string): ItemKey => ({
  pk: issuePk(slug),
  sk: `words#${revision}`,
});

/** Broadcasts over the table: how each stands, its words, and its readers in batches. */
export function openBroadcasts(table: Table, clock: Clock, random: Random): Broadcasts {
  const items = openVersionedItems(table, clock, random);
  const words = new Map<string, Issue>();

  return {
    ...openBatches(table, items),
    broadcast: (slug) => items.read<Broadcast>(broadcastKey(slug)),
    async broadcasts() {
      return items.readAll<Broadcast>(await table.partition(BROADCASTS));
    },
    saveBroadcast: (broadcast) => items.write(broadcastKey(broadcast.slug), broadcast),

    async words(slug, revision) {
      const id = `${slug} ${revision}`;
      const known = words.get(id) ?? (await items.read<Issue>(wordsKey(slug, revision)));
      if (known) words.set(id, known);
      return known;
    },
    async keepWords(revision, issue) {
      await table.put(toItem(wordsKey(issue.slug, revision), issue));
    },
  };
}
