import { createHash } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import { CONFLICT, retryConflict } from "../../conflict.ts";
import { replyEvents } from "../../domain/events/happened.ts";
import { outboxPlace, withUntold } from "../../domain/events/outbox.ts";
import type { Reflection } from "../../domain/replies/reflection.ts";
import { WRITTEN_TWICE_WITHIN } from "../../domain/replies/written.ts";
import { DAY } from "../../domain/time.ts";
import type { Clock, ReflectionStore } from "../../ports.ts";
import { fromItem, fromReflectionItem, toItem, toReflectionItem } from "../items.ts";
import { personKey, reflectionKey, reflectionPrefix } from "../keys.ts";
import { type Condition, NEW, type Table } from "../table.ts";

/** Longer than a queue and its dead letters keep a message. */
const FORGOTTEN_KEPT_FOR = 30 * DAY;

/** One item for each reply that was kept, beside its person. */
export function openReflections(table: Table, clock: Clock, tells: boolean): ReflectionStore {
  const reflection = async (subscriber: string, id: string): Promise<Reflection | undefined> =>
    fromReflectionItem(await table.get(reflectionKey(subscriber, id)), clock.now());

  const withEvents = (before: Reflection | undefined, after: Reflection): Reflection =>
    tells ? withUntold(after, replyEvents(before, after)) : after;

  return {
    keepReflection: (reflection) => table.put(toReflectionItem(withEvents(undefined, reflection)), NEW),
    changeReflection(read, apply) {
      let current: Reflection | undefined = read;
      return retryConflict("reflection", async () => {
        if (!current) return undefined;
        const changed = apply(current);
        if (changed === current) return current;
        const next = { ...withEvents(current, changed), version: (current.version ?? 0) + 1 };
        if (await table.put(toReflectionItem(next), isAsRead(current))) return next;
        current = await reflection(read.subscriber, read.id);
        // The SDK tries again after a lost answer, and is then refused because of its own first write.
        return current && isSame(current, next) ? current : CONFLICT;
      });
    },
    reflection,
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
    writtenBefore(written) {
      const { id, subscriber } = written;
      const key = writtenKey(written);
      const mark = toItem(key, { reflection: id }, clock.now() + WRITTEN_TWICE_WITHIN);
      const isFirstOr = (of: string): Condition => ({
        expression: "attribute_not_exists(pk) OR reflection = :of",
        values: { ":of": of },
      });
      return retryConflict("written", async () => {
        if (await table.put(mark, isFirstOr(id))) return undefined;
        const item = await table.get(key);
        const marked = fromItem<{ reflection: string }>(item, clock.now());
        const other = marked && (await reflection(subscriber, marked.reflection));
        if (other) return other;
        return (await table.put(mark, isFirstOr(String(item?.reflection)))) ? undefined : CONFLICT;
      });
    },
    async forgetReflection(subscriber, id) {
      const forgottenAt = clock.now();
      // That it came is still to be told, where it was deleted within the minute.
      const untold = tells ? (await reflection(subscriber, id))?.untold : undefined;
      const trace = { reflection: id, forgottenAt, ...(untold && { untold }) };
      const key = reflectionKey(subscriber, id);
      const item = toItem(key, trace, forgottenAt + FORGOTTEN_KEPT_FOR);
      await table.put(
        { ...item, ...outboxPlace(key.pk, untold) },
        {
          expression: "attribute_exists(pk)",
        },
      );
    },
  };
}

/** Beside the person's replies, of which it is none. */
const writtenKey = ({ subscriber, inReplyTo, ownWords }: Reflection) =>
  reflectionKey(
    subscriber,
    `written-${createHash("sha256").update(`${inReplyTo} ${ownWords}`).digest("hex").slice(0, 20)}`,
  );

/** There, and not changed since it was read. */
const isAsRead = ({ version }: Reflection): Condition =>
  version === undefined
    ? { expression: "attribute_exists(ownWords) AND attribute_not_exists(version)" }
    : { expression: "attribute_exists(ownWords) AND version = :version", values: { ":version": version } };

/** As the table has it: what is undefined is not written. */
const isSame = (one: Reflection, other: Reflection): boolean =>
  isDeepStrictEqual(one, JSON.parse(JSON.stringify(other)));
