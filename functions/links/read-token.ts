import type { Keys } from "../domain/keys.ts";

/** As much of the keyring as reading a token takes. */
interface TokenKeyring {
  keys(): Promise<Keys>;
  findKeys(keyId: number): Promise<Keys>;
}

/**
 * Reads a token with the keys at hand, and once more with a fresh keyring if it names a key that was added since:
 * a warm function must not refuse a link that another has just signed.
 */
export async function readWithKeyring<Reading extends object>(
  keyring: TokenKeyring,
  read: (keys: Keys) => Reading,
): Promise<Reading> {
  const reading = read(await keyring.keys());
  const { problem, keyId } = reading as { problem?: string; keyId?: number };
  if (problem !== "unknown-key" || keyId === undefined) return reading;
  return read(await keyring.findKeys(keyId));
}
