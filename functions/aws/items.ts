import { type DeskPlace, holderDeskPlace, replyDeskPlace } from "../domain/desk-place.ts";
import { type OutboxPlace, outboxPlace } from "../domain/events/outbox.ts";
import type { Reflection } from "../domain/replies/reflection.ts";
import { type Holder, placeInIndex, toHolderKey } from "../domain/sending/holder.ts";
import { chooseShard } from "../domain/sending/shard.ts";
import { type Instant, SECOND } from "../domain/time.ts";
import { holderKey, type ItemKey, personKey, reflectionKey } from "./keys.ts";

/** Of the items' form. A reader of an older one would know it by this. */
const SCHEMA = 1;

/** What every item carries beside its content. */
interface Stored extends ItemKey, Partial<DeskPlace>, Partial<OutboxPlace> {
  schema: number;
  /** DynamoDB's time to live, in seconds since the epoch. */
  expiresAt?: number;
}

const seconds = (at: Instant): number => Math.ceil(at / SECOND);

/** An item as it is written: the content, its key, and its time to live. */
export function toItem<T extends object>(
  key: ItemKey,
  content: T,
  expiresAt?: Instant,
): Record<string, unknown> {
  const item: Record<string, unknown> = { ...content, ...key, schema: SCHEMA };
  if (expiresAt === undefined) delete item.expiresAt;
  else item.expiresAt = seconds(expiresAt);
  return item;
}

/** The content of an item, or undefined if there is none or it is past its expiry: TTL is only the broom. */
export function fromItem<T>(item: Record<string, unknown> | undefined, now: Instant): T | undefined {
  if (!item) return undefined;
  const { pk: _pk, sk: _sk, schema: _schema, expiresAt, ...placed } = item as unknown as Stored;
  const { desk: _desk, deskOrder: _order, deskFind: _find, deskLesson: _lesson, ...told } = placed;
  const { outbox: _outbox, outboxOrder: _last, ...content } = told;
  if (expiresAt === undefined) return content as T;
  return expiresAt * SECOND <= now ? undefined : ({ ...content, expiresAt: expiresAt * SECOND } as T);
}

/**
 * A holder with its places in the sparse indexes: `due`, which it leaves when nothing is due, the owner's, and that of what
 * is to be told.
 * @param by a random word of this write, by which a writer whose answer was lost recognizes its own
 */
export function toHolderItem(holder: Holder, by: string): Record<string, unknown> {
  const place = placeInIndex(holder);
  const index = place
    ? { shard: chooseShard(place.priority, toHolderKey(holder).subscriber), dueAt: place.dueAt }
    : {};
  const expiresAt = holder.kind === "subscriber" ? holder.expiresAt : undefined;
  const key = holderKey(toHolderKey(holder));
  const places = { ...holderDeskPlace(holder), ...outboxPlace(key.pk, holder.untold) };
  return { ...toItem(key, holder, expiresAt), ...index, ...places, by };
}

/** The holder in an item. */
export function fromHolderItem<H extends Holder>(
  item: Record<string, unknown> | undefined,
  now: Instant,
): H | undefined {
  const content = fromItem<H & { shard?: string; dueAt?: number; by?: string }>(item, now);
  if (!content) return undefined;
  const { shard: _shard, dueAt: _dueAt, by: _by, ...holder } = content;
  return holder as unknown as H;
}

/** A reflection with its places in the indexes: the owner's, and that of what is to be told. */
export const toReflectionItem = (reflection: Reflection): Record<string, unknown> => ({
  ...toItem(reflectionKey(reflection.subscriber, reflection.id), reflection),
  ...replyDeskPlace(reflection),
  ...outboxPlace(personKey(reflection.subscriber), reflection.untold),
});

/** The reflection in an item. Undefined also for the trace of one that was forgotten. */
export function fromReflectionItem(
  item: Record<string, unknown> | undefined,
  now: Instant,
): Reflection | undefined {
  const found = fromItem<Reflection | { forgottenAt: Instant }>(item, now);
  return found && "ownWords" in found ? found : undefined;
}
