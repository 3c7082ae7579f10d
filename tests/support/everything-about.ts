import type { ErasureStore } from "../../functions/ports.ts";

/** All items about a person, as they stand in the table. */
export async function everythingAbout(store: ErasureStore, subscriber: string) {
  const items: Record<string, unknown>[] = [];
  let after: string | undefined;
  do {
    const page = await store.personPage(subscriber, after);
    items.push(...page.items);
    after = page.after;
  } while (after !== undefined);
  return items;
}
