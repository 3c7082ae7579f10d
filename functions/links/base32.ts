const ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";

/** RFC 4648 base32, lower case, without padding: the one alphabet that survives a mail system that folds case. */
export function base32(bytes: Uint8Array): string {
  let text = "";
  let bits = 0;
  let held = 0;
  for (const byte of bytes) {
    held = (held << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += ALPHABET[(held >> bits) & 31];
    }
    held &= (1 << bits) - 1;
  }
  return bits > 0 ? text + ALPHABET[(held << (5 - bits)) & 31] : text;
}

/**
 * The bytes that a text stands for, in any letter case; undefined if it is not base32, or not the one
 * spelling that `base32` gives them (spare bits must be zero, so that no two texts mean the same bytes).
 */
export function readBase32(text: string): Uint8Array | undefined {
  const bytes: number[] = [];
  let bits = 0;
  let held = 0;
  for (const letter of text) {
    const value = letterValue(letter);
    if (value < 0) return undefined;
    held = (held << 5) | value;
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      bytes.push(held >> bits);
      held &= (1 << bits) - 1;
    }
  }
  return bits < 5 && held === 0 ? Uint8Array.from(bytes) : undefined;
}

/** ASCII letters only: `toLowerCase` would take the Kelvin sign for a k. */
function letterValue(letter: string): number {
  const isUpper = letter >= "A" && letter <= "Z";
  return ALPHABET.indexOf(isUpper ? letter.toLowerCase() : letter);
}
