export interface SigningKey {
  /** 0–255; the first byte of a token. */
  id: number;
  secret: Uint8Array;
}

/** Signing keys (the first one signs, all verify) and the one key for address hashes, which never changes. */
export interface Keys {
  signing: SigningKey[];
  addressHash: Uint8Array;
}
