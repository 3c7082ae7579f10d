/** The bytes of a part's body, taken in pieces and decoded into one buffer at its end. Each is one pass, whatever the bytes. */
interface BodyDecoder {
  /** Bytes as they stand in the mail, line ends included; boundary lines are not among them. */
  update(bytes: Uint8Array): void;
  finalize(): Promise<ArrayBuffer>;
}

/** How much of all text parts together is decoded. */
export interface Budget {
  left: number;
  wasCut: boolean;
}

/** For a part that is read: as much of it as the budget allows. */
export function textDecoder(encoding: string, budget: Budget): BodyDecoder {
  const pieces: Uint8Array[] = [];
  return {
    update(bytes) {
      const taken = bytes.subarray(0, budget.left);
      budget.left -= taken.length;
      budget.wasCut ||= taken.length < bytes.length;
      if (taken.length > 0) pieces.push(taken);
    },
    async finalize() {
      return decodeBody(Buffer.concat(pieces), encoding);
    },
  };
}

function decodeBody(source: Uint8Array, encoding: string): ArrayBuffer {
  if (/base64/i.test(encoding)) return decodeBase64(source);
  return /quoted-printable/i.test(encoding) ? decodeQuotedPrintable(source) : unifyLineEnds(source);
}

/** For a part that is only listed: counts the bytes that it would have. */
export function counter(encoding: string, tell: (size: number) => void): BodyDecoder {
  const isBase64 = /base64/i.test(encoding);
  let size = 0;
  return {
    update(bytes) {
      size += isBase64 ? countBase64(bytes) : bytes.length;
    },
    async finalize() {
      tell(Math.floor(size));
      return new ArrayBuffer(0);
    },
  };
}

/** Exact for what is short; else by the length of its first line, as all lines but the last are as long. */
const MOST_COUNTED = 100_000;

function countBase64(bytes: Uint8Array): number {
  const counted = bytes.subarray(0, MOST_COUNTED);
  let digits = 0;
  for (const byte of counted) if ((BASE64[byte] as number) < 64) digits++;
  return ((digits / Math.max(1, counted.length)) * bytes.length * 3) / 4;
}

const LF = 0x0a;
const CR = 0x0d;
const EQUALS = 0x3d;

/** A byte's value in base64; 64 for padding, 65 for what is none. */
const BASE64 = new Uint8Array(256).fill(65);
for (const [value, digit] of [
  ..."ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=",
].entries())
  BASE64[digit.charCodeAt(0)] = value;

/** Some mailers pad each line: padding ends a unit, not the body. */
function decodeBase64(source: Uint8Array): ArrayBuffer {
  const out = new Uint8Array(Math.ceil((source.length * 3) / 4));
  let [length, bits, count] = [0, 0, 0];
  for (const byte of source) {
    const value = BASE64[byte] as number;
    if (value === 65) continue;
    if (value === 64) {
      [bits, count] = [0, 0];
      continue;
    }
    bits = ((bits << 6) | value) & 0xffffff;
    count += 6;
    if (count < 8) continue;
    count -= 8;
    out[length++] = (bits >> count) & 0xff;
  }
  return out.buffer.slice(0, length);
}

const hex = (byte: number | undefined): number => {
  if (byte === undefined) return -1;
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const letter = byte | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1;
};

/** RFC 2045 §6.7; what is no escape is kept as it stands. */
function decodeQuotedPrintable(source: Uint8Array): ArrayBuffer {
  const out = new Uint8Array(source.length);
  let length = 0;
  for (let at = 0; at < source.length; at++) {
    const byte = source[at] as number;
    if (byte === EQUALS) {
      const end = softBreakEnd(source, at + 1);
      const [high, low] = [hex(source[at + 1]), hex(source[at + 2])];
      if (end !== undefined) at = end;
      else if (high >= 0 && low >= 0) {
        out[length++] = (high << 4) | low;
        at += 2;
      } else out[length++] = byte;
    } else if (byte !== CR || source[at + 1] !== LF) out[length++] = byte;
  }
  return out.buffer.slice(0, length);
}

/** Where a line end right behind `=` ends. */
function softBreakEnd(source: Uint8Array, at: number): number | undefined {
  if (source[at] === LF) return at;
  return source[at] === CR && source[at + 1] === LF ? at + 1 : undefined;
}

function unifyLineEnds(source: Uint8Array): ArrayBuffer {
  const out = new Uint8Array(source.length);
  let length = 0;
  for (let at = 0; at < source.length; at++) {
    const byte = source[at] as number;
    if (byte !== CR || source[at + 1] !== LF) out[length++] = byte;
  }
  return out.buffer.slice(0, length);
}
