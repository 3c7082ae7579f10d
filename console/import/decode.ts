import { TextDecoder } from "node:util";
import { ArgumentError } from "../../cli/arguments.ts";
import type { TextFile } from "./text-file.ts";

export const ENCODINGS = ["utf-8", "utf-16le", "utf-16be", "windows-1252"] as const;
export type Encoding = (typeof ENCODINGS)[number];

/** The encoding that is named. Throws an ArgumentError. */
export function readEncoding(typed: string | undefined): Encoding | undefined {
  const found = ENCODINGS.find((known) => known === typed?.toLowerCase());
  if (typed !== undefined && !found)
    throw new ArgumentError(`--encoding ${typed}? It is one of ${ENCODINGS.join(", ")}.`);
  return found;
}

const BYTE_ORDER_MARKS: readonly (readonly [Encoding, readonly number[]])[] = [
  ["utf-8", [0xef, 0xbb, 0xbf]],
  ["utf-16le", [0xff, 0xfe]],
  ["utf-16be", [0xfe, 0xff]],
];
/** Of the bytes that a guess without a byte order mark looks at. */
const LOOKED_AT = 64;

/**
 * A text file as strings, piece by piece, its line ends all `\n`. The encoding is read from the byte order mark;
 * without one it is UTF-8, or UTF-16 if every other byte is zero. Throws an ArgumentError that names the line of
 * what cannot be text.
 */
export async function* decodeFile(file: TextFile, given?: Encoding): AsyncGenerator<string> {
  let lines = 1;
  let decoder: TextDecoder | undefined;
  let encoding: Encoding | undefined;
  let endsInReturn = false;
  const decode = (bytes: Uint8Array | undefined): string => {
    try {
      return decoder?.decode(bytes, { stream: bytes !== undefined }) ?? "";
    } catch {
      throw new ArgumentError(
        `${file.name}, line ${lines + linesBeforeFault(bytes, encoding)}: that is not ${encoding}. Save the file as UTF-8, or name its encoding: --encoding ${ENCODINGS.join("|")}.`,
      );
    }
  };
  const clean = (text: string): string => {
    // A line end of two characters can be cut in two by a piece's end.
    const whole = (endsInReturn ? "\r" : "") + text;
    endsInReturn = whole.endsWith("\r");
    const plain = (endsInReturn ? whole.slice(0, -1) : whole).replace(/\r\n?/g, "\n");
    const zero = plain.indexOf("\0");
    if (zero >= 0)
      throw new ArgumentError(
        `${file.name}, line ${lines + newLines(plain.slice(0, zero))} holds a NUL byte, so it is not a text file. Save it as CSV, UTF-8.`,
      );
    lines += newLines(plain);
    return plain;
  };
  for await (const bytes of file.bytes()) {
    encoding ??= given ?? detectEncoding(bytes);
    decoder ??= new TextDecoder(encoding, { fatal: true });
    yield clean(decode(bytes));
  }
  yield clean(decode(undefined)) + (endsInReturn ? "\n" : "");
}

function detectEncoding(bytes: Uint8Array): Encoding {
  const marked = BYTE_ORDER_MARKS.find(([, mark]) => mark.every((byte, at) => bytes[at] === byte));
  if (marked) return marked[0];
  const beginning = [...bytes.subarray(0, LOOKED_AT - (bytes.length % 2))];
  const isZero = (parity: number) =>
    beginning.length > 1 && beginning.every((byte, at) => (byte === 0) === (at % 2 === parity));
  if (isZero(1)) return "utf-16le";
  return isZero(0) ? "utf-16be" : "utf-8";
}

/** How many lines of a piece come before the first byte that is none of the encoding's. */
function linesBeforeFault(bytes: Uint8Array | undefined, encoding: Encoding | undefined): number {
  const text = bytes ? new TextDecoder(encoding).decode(bytes) : "";
  return newLines(text.slice(0, Math.max(0, text.indexOf("\ufffd"))));
}

const newLines = (text: string): number => text.split("\n").length - 1;
