import { createHash, type Hash } from "node:crypto";
import { createReadStream, createWriteStream, openSync } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { createInterface } from "node:readline";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ReadableStream as WebStream } from "node:stream/web";
import { createGunzip, createGzip } from "node:zlib";
import { Decrypter, Encrypter } from "age-encryption";
import { ArgumentError } from "../../cli/arguments.ts";
import type { StoredItem } from "./stage-state.ts";

/**
 * A stage in a file: JSON lines, gzipped, encrypted with a passphrase as age does (age-encryption.org/v1, scrypt):
 *
 *   {"transfer":1,"from":…,"at":…}   version, and where and when it was written
 *   {"keyring":"…"}                  what signs links and hashes addresses
 *   {"item":{…}}                     an item, as DynamoDB's JSON
 *   {"mail":"KEY","raw":"base64"}    a raw mail
 *   {"end":{…},"sha256":"…"}         how many of each, and the sum of all lines before
 *
 * What is cut off or changed does not open: age proves each piece of 64 KB, and the last line all of it.
 */
export type TransferLine =
  | { transfer: number; from: string; at: string }
  | { keyring: string }
  | { item: StoredItem }
  | { mail: string; raw: string }
  | { end: TransferCounts; sha256: string };

export interface TransferCounts {
  items: number;
  mails: number;
}

export const VERSION = 1;
/** A passphrase is tried as often as an attacker can pay for: a second each here. */
const SHORTEST_PASSPHRASE = 16;

export interface Locked {
  passphrase: string;
  /** log2 of scrypt's work; age's own choice unless told. */
  work?: number;
}

/** Throws an ArgumentError for one that is too short to keep people's words safe. */
export function requirePassphrase(passphrase: string): string {
  const trimmed = passphrase.trim();
  if (trimmed.length < SHORTEST_PASSPHRASE)
    throw new ArgumentError(
      `The passphrase has ${trimmed.length} letters; it needs ${SHORTEST_PASSPHRASE} or more. Five words by dice are good.`,
    );
  return trimmed;
}

/** Writes a file that its owner alone may read, under its name once it is whole. Throws an ArgumentError if it cannot be written. */
export async function writeTransfer(
  file: string,
  lines: AsyncIterable<TransferLine>,
  { passphrase, work }: Locked,
): Promise<void> {
  const part = `${file}.part`;
  const encrypter = new Encrypter();
  encrypter.setPassphrase(passphrase);
  if (work !== undefined) encrypter.setScryptWorkFactor(work);
  try {
    const out = createWriteStream(part, { fd: openSync(part, "w", 0o600) });
    const packed = Readable.from(asText(lines)).compose(createGzip()) as Readable;
    const sealed = await encrypter.encrypt(Readable.toWeb(packed) as never);
    await pipeline(Readable.fromWeb(sealed as unknown as WebStream), out);
    await rename(part, file);
  } catch (error) {
    await rm(part, { force: true });
    if (!isOfFiles(error)) throw error;
    throw new ArgumentError(`${file} cannot be written: ${error.message}. Name another file.`);
  }
}

async function* asText(lines: AsyncIterable<TransferLine>): AsyncGenerator<string> {
  for await (const line of lines) yield `${JSON.stringify(line)}\n`;
}

/**
 * The lines of a file, checked as they come: the last one is only handed out if all before it were whole.
 * Throws an ArgumentError that says what is wrong with it.
 */
export async function* readTransfer(file: string, { passphrase }: Locked): AsyncGenerator<TransferLine> {
  const sum = createHash("sha256");
  const seen: TransferCounts = { items: 0, mails: 0 };
  let isFirst = true;
  let hasEnded = false;
  for await (const text of openLines(file, passphrase)) {
    const line = JSON.parse(text) as TransferLine;
    if (isFirst) requireVersion(line);
    isFirst = false;
    if ("item" in line) seen.items += 1;
    if ("mail" in line) seen.mails += 1;
    if ("end" in line) {
      requireWhole(line, seen, sum);
      hasEnded = true;
    } else sum.update(`${text}\n`);
    yield line;
  }
  if (!hasEnded) throw new ArgumentError(`${file} has no end: it was cut off. Export it again.`);
}

async function* openLines(file: string, passphrase: string): AsyncGenerator<string> {
  const decrypter = new Decrypter();
  decrypter.addPassphrase(passphrase);
  try {
    const opened = await decrypter.decrypt(Readable.toWeb(createReadStream(file)) as never);
    const unpacked = Readable.fromWeb(opened as unknown as WebStream).compose(createGunzip());
    yield* createInterface({ input: unpacked as Readable, crlfDelay: Number.POSITIVE_INFINITY });
  } catch (error) {
    if (error instanceof ArgumentError) throw error;
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") throw new ArgumentError(`There is no file ${file}.`);
    throw new ArgumentError(
      `${file} does not open (${message}): is the passphrase right, and the file whole?`,
    );
  }
}

function requireVersion(line: TransferLine): void {
  if ("transfer" in line && line.transfer === VERSION) return;
  throw new ArgumentError(
    "transfer" in line
      ? `It is of version ${line.transfer}; this Coursepost reads version ${VERSION}. Use the one that wrote it, or a newer one.`
      : "It is no transfer of a stage.",
  );
}

function requireWhole(
  { end, sha256 }: { end: TransferCounts; sha256: string },
  seen: TransferCounts,
  sum: Hash,
): void {
  if (end.items === seen.items && end.mails === seen.mails && sum.digest("hex") === sha256) return;
  throw new ArgumentError(
    `It says ${end.items} items and ${end.mails} mails, and has ${seen.items} and ${seen.mails}: it was changed. Export it again.`,
  );
}

const isOfFiles = (error: unknown): error is NodeJS.ErrnoException =>
  /^(ENOENT|EACCES|EISDIR|ENOSPC|EROFS|EPERM)$/.test((error as NodeJS.ErrnoException).code ?? "");
