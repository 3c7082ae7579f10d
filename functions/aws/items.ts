import { type Holder, placeInIndex, toHolderKey } from "../domain/sending/holder.ts";
import { chooseShard } from "../domain/sending/shard.ts";
import { type Instant, SECOND } from "../domain/time.ts";
import { holderKey, type ItemKey } from "./keys.ts";

/** Of the items' form. A reader of an older one would know it by this. */
const SCHEMA = 1;

/** What every item carries beside its content. */
interface Stored extends ItemKey {
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
  const { pk: _pk, sk: _sk, schema: _schema, expiresAt, ...content } = item as unknown as Stored;
  if (expiresAt === undefined) return content as T;
  return expiresAt * SECOND <= now ? undefined : ({ ...content, expiresAt: expiresAt * SECOND } as T);
}

/**
 * A holder with its place in the sparse `due` index, which it leaves when nothing is due.
 * @param by a random word of this write, by which a writer whose answer was lost recognizes its own
 */
export function toHolderItem(holder: Holder, by: string): Record<string, unknown> {
  const place = placeInIndex(holder);
  const index = place
    ? { shard: chooseShard(place.priority, toHolderKey(holder).subscriber), dueAt: place.dueAt }
    : {};
  const expiresAt = holder.kind === "subscriber" ? holder.expiresAt : undefined;
  return { ...toItem(holderKey(toHolderKey(holder)), holder, expiresAt), ...index, by };
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
