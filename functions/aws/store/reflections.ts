import type { Reflection } from "../../domain/replies/reflection.ts";
import { DAY, type Instant } from "../../domain/time.ts";
import type { Clock, ReflectionStore } from "../../ports.ts";
import { fromItem, toItem } from "../items.ts";
import { personKey, reflectionKey, reflectionPrefix } from "../keys.ts";
import { type Item, NEW, type Table } from "../table.ts";

/** Longer than a queue and its dead letters keep a message. */
const FORGOTTEN_KEPT_FOR = 30 * DAY;

/** One item for each reply that was kept, beside its person. */
export function openReflections(table: Table, clock: Clock): ReflectionStore {
  return {
    keepReflection: (reflection) => table.put(toReflectionItem(reflection), NEW),
    async updateReflection(reflection) {
      await table.put(toReflectionItem(reflection), { expression: "attribute_exists(ownWords)" });
    },
    async reflection(subscriber, id) {
      return fromReflectionItem(await table.get(reflectionKey(subscriber, id)), clock.now());
    },
    async reflections(subscriber) {
      const items = await table.partition(personKey(subscriber), reflectionPrefix);
      const found = items.map((item) => fromReflectionItem(item, clock.now()));
      const kept = found.filter((reflection) => reflection !== undefined);
      return kept.sort((one, other) => one.receivedAt - other.receivedAt);
    },
    async *eachReflection(subscriber) {
      let after: string | undefined;
      do {
        const page = await table.page(personKey(subscriber), reflectionPrefix, after);
        for (const item of page.items) {
          const found = fromReflectionItem(item, clock.now());
          if (found) yield found;
        }
        after = page.after;
      } while (after !== undefined);
    },
    async forgetReflection(subscriber, id) {
      const forgottenAt = clock.now();
      const trace = { reflection: id, forgottenAt };
      await table.put(toItem(reflectionKey(subscriber, id), trace, forgottenAt + FORGOTTEN_KEPT_FOR), {
        expression: "attribute_exists(pk)",
      });
    },
  };
}

const toReflectionItem = (reflection: Reflection): Item =>
  toItem(reflectionKey(reflection.subscriber, reflection.id), reflection);

/** Undefined also for the trace of one that was forgotten. */
function fromReflectionItem(item: Item | undefined, now: Instant): Reflection | undefined {
  const found = fromItem<Reflection | { forgottenAt: Instant }>(item, now);
  return found && "ownWords" in found ? found : undefined;
}
