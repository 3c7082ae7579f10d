import { randomBytes } from "node:crypto";
import type { Random } from "../ports.ts";

const BASE32 = "abcdefghijklmnopqrstuvwxyz234567";

/** The one source of randomness. Eight bytes of five bits each make eight letters, so nothing is biased. */
export const random: Random = (bytes) => {
  const letters = Math.ceil((bytes * 8) / 5);
  return Array.from(randomBytes(letters), (byte) => BASE32[byte % BASE32.length]).join("");
};
