import { CONFLICT, retryConflict } from "../../conflict.ts";
import type { Enrolment } from "../../domain/course/enrolment.ts";
import { holderEvents } from "../../domain/events/happened.ts";
import { withUntold } from "../../domain/events/outbox.ts";
import type { Subscriber } from "../../domain/people/subscriber.ts";
import { type Holder, type HolderKey, toHolderKey } from "../../domain/sending/holder.ts";
import { newOwner } from "../../domain/sending/owner.ts";
import { type Instant, SECOND } from "../../domain/time.ts";
import type { Clock, DueKey, HolderStore, Random } from "../../ports.ts";
import { fromHolderItem, toHolderItem } from "../items.ts";
import { enrolmentPrefix, holderKey, personKey, readHolderKey } from "../keys.ts";
import type { Condition, Table } from "../table.ts";

const PAGE_OF_DUE = 25;

/** Subscribers, enrolments and the owner. A stop of everything stands beside it, in `stop-everything.ts`. */
export function openHolders(
  table: Table,
  clock: Clock,
  random: Random,
  tells: boolean,
): Omit<HolderStore, "stopEverything"> {
  const load = async <H extends Holder>(key: HolderKey): Promise<H | undefined> =>
    fromHolderItem<H>(await table.get(holderKey(key)), clock.now());

  /** What a change tells is written with it: no writer of holders can go around this. */
  function withEvents<H extends Holder>(holder: H, before: H | undefined): H {
    if (!tells) return holder;
    if (!before && holder.version > 0) throw new Error(`${holder.kind}: saved without what it was before`);
    return withUntold(holder, holderEvents(before, holder, clock.now()));
  }

  async function save<H extends Holder>(holder: H, before?: H): Promise<H | undefined> {
    const by = random(8);
    const next = { ...withEvents(holder, before), version: holder.version + 1 };
    const condition = isAsRead(holder, clock.now());
    if (await table.put(toHolderItem(next, by), condition)) return next;
    // The SDK tries again after a lost answer, and is then refused because of its own first write.
    const item = await table.get(holderKey(toHolderKey(holder)));
    return item?.by === by ? next : undefined;
  }

  const change = <H extends Holder>(holder: H, apply: (current: H) => H): Promise<H | undefined> =>
    retryConflict(holder.kind, async () => {
      const current = (await load<H>(toHolderKey(holder))) ?? unwrittenOwner(holder);
      if (!current) return undefined;
      const changed = apply(current);
      if (changed === current) return current;
      return (await save(changed, current)) ?? CONFLICT;
    });

  return {
    async subscriber(id) {
      const found = await load<Subscriber>({ subscriber: id });
      return found?.erasedAt === undefined ? found : undefined;
    },
    enrolment: (subscriber, course) => load<Enrolment>({ subscriber, course }),
    async enrolments(subscriber) {
      const items = await table.partition(personKey(subscriber), enrolmentPrefix);
      const found = items.map((item) => fromHolderItem<Enrolment>(item, clock.now()));
      return found.filter((enrolment) => enrolment !== undefined);
    },
    holder: (key) => load<Holder>(key),
    save,
    change,
    async due(shard, until, after) {
      const start = after && { ...holderKey(after.holder), shard: after.shard, dueAt: after.dueAt };
      return (await table.due(shard, until, PAGE_OF_DUE, start)).map(toDueKey);
    },
  };
}

/** The item is as it was read; for version 0: not there yet, or expired. */
const isAsRead = ({ version }: Holder, now: Instant): Condition =>
  version === 0
    ? { expression: "attribute_not_exists(pk) OR expiresAt <= :now", values: { ":now": now / SECOND } }
    : { expression: "version = :version", values: { ":version": version } };

/** The owner counts as there before the first write; every other holder has to be written first. */
const unwrittenOwner = <H extends Holder>(holder: H): H | undefined =>
  holder.kind === "owner" ? (newOwner() as H) : undefined;

function toDueKey(item: Record<string, unknown>): DueKey {
  const { pk, sk, shard, dueAt } = item as { pk: string; sk: string; shard: string; dueAt: number };
  return { shard, dueAt, holder: readHolderKey({ pk, sk }) };
}
