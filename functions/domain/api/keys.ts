import { createHash, timingSafeEqual } from "node:crypto";
import type { Instant } from "../time.ts";

/*
 * A key of the HTTP API: `cp_<id>_<secret>`. The id finds its item; of the secret a hash is kept, which is of no use to whoever
 * reads the table. The secret has 160 random bits, so a plain SHA-256 of it cannot be guessed back.
 */

export const SCOPES = [
  "sign-ups:write",
  "subscribers:read",
  "subscribers:write",
  "subscribers:erase",
] as const;
export type Scope = (typeof SCOPES)[number];

/** What is kept of a key. */
export interface ApiKey {
  id: string;
  /** The owner's word for where it is used. */
  name: string;
  scopes: readonly Scope[];
  /** SHA-256 of the secret, in hex. */
  hash: string;
  madeAt: Instant;
  /** To the hour; absent of one that was never used. */
  usedAt?: Instant;
  revokedAt?: Instant;
}

const ID_BYTES = 5;
const SECRET_BYTES = 20;
const KEY = /^cp_([a-z2-7]{8})_([a-z2-7]{32})$/;

/** A new key, and the whole of it, which is shown once. @param random text of so many random bytes, in base 32 */
export function makeApiKey(
  random: (bytes: number) => string,
  { name, scopes, now }: { name: string; scopes: readonly Scope[]; now: Instant },
): { key: ApiKey; shown: string } {
  const [id, secret] = [random(ID_BYTES), random(SECRET_BYTES)];
  return { key: { id, name, scopes, hash: hashOf(secret), madeAt: now }, shown: `cp_${id}_${secret}` };
}

/** The id and the secret of what a caller sent; undefined for what is no key. */
export function readApiKey(authorization: string | undefined): { id: string; secret: string } | undefined {
  const [, key = ""] = /^Bearer ([^\s]{1,80})$/i.exec(authorization ?? "") ?? [];
  const [, id, secret] = KEY.exec(key) ?? [];
  return id !== undefined && secret !== undefined ? { id, secret } : undefined;
}

const hashOf = (secret: string): string => createHash("sha256").update(secret).digest("hex");

/** Whether it is this key's secret, and the key is good: the same time for each. */
export const isKeys = ({ hash, revokedAt }: ApiKey, secret: string): boolean =>
  timingSafeEqual(Buffer.from(hash, "hex"), Buffer.from(hashOf(secret), "hex")) && revokedAt === undefined;

export const isScope = (word: string): word is Scope => SCOPES.some((scope) => scope === word);
