import { CONSENT_TEXTS } from "../domain/people/consent-texts.ts";
import { type Instant, iso } from "../domain/time.ts";
import type { ErasureStore, Needs } from "../ports.ts";
import { CONSENT_FIELDS, FIELD_PURPOSES } from "./field-purposes.ts";

type Exporting = Needs<ErasureStore, "clock">;
type ExportItem = Record<string, unknown>;

/**
 * Lambda answers with at most 6 MB, in which each quotation mark and each line end of a text counts double. What stands
 * around the items takes some 20 KB.
 */
const MOST_IN_A_FILE = 5_000_000;

/** All that is known about a person, in pieces of one JSON text: every item, what its fields are for, the texts they agreed to. */
export async function* exportText(services: Exporting, subscriber: string): AsyncGenerator<string> {
  const file = beginFile(services.clock.now());
  yield file.opening;
  for await (const item of eachItem(services, subscriber)) yield file.entry(item);
  yield file.closing();
}

/** One of the files that an export is cut into: a JSON text of its own. `after` is where the next begins; the last has none. */
interface ExportFile {
  text: string;
  after?: string;
}

/** The file that begins behind the item with the sort key `after`; with the first, if there is none. */
export async function makeExportFile(
  services: Exporting,
  subscriber: string,
  after?: string,
  most = MOST_IN_A_FILE,
): Promise<ExportFile> {
  const file = beginFile(services.clock.now());
  const pieces = [file.opening];
  let size = 0;
  let last = after;
  for await (const item of eachItem(services, subscriber, after)) {
    size += sizeInAnswer(item);
    if (size > most && pieces.length > 1)
      return { text: [...pieces, file.closing()].join(""), ...(last !== undefined && { after: last }) };
    pieces.push(file.entry(item));
    last = item.sk as string;
  }
  return { text: [...pieces, file.closing()].join("") };
}

/** Where a file of an export begins: behind which item (with the first without one), and which file it is. */
export interface FileStart {
  number: number;
  after?: string;
}

/**
 * The files of an export from one on, without making them. Stops looking at `until`: `more` is then the file from which
 * to look further.
 */
export async function listExportFiles(
  services: Exporting,
  subscriber: string,
  from: FileStart,
  until: Instant,
  most = MOST_IN_A_FILE,
): Promise<{ files: FileStart[]; more?: FileStart }> {
  const files = [from];
  let size = 0;
  let last = from.after;
  for await (const item of eachItem(services, subscriber, from.after)) {
    size += sizeInAnswer(item);
    if (size > most && last !== from.after) {
      const next = { number: from.number + files.length, ...(last !== undefined && { after: last }) };
      if (services.clock.now() >= until) return { files, more: next };
      files.push(next);
      size = sizeInAnswer(item);
    }
    last = item.sk as string;
  }
  return { files };
}

/** In the order of their sort keys, a page at a time. */
async function* eachItem(
  { store }: Exporting,
  subscriber: string,
  behind?: string,
): AsyncGenerator<ExportItem> {
  let after = behind;
  do {
    const page = await store.personPage(subscriber, after);
    yield* page.items;
    after = page.after;
  } while (after !== undefined);
}

const entryText = (item: ExportItem): string => JSON.stringify(item, undefined, 2);

/** In bytes, as a part of Lambda's answer, which is JSON around our JSON. */
const sizeInAnswer = (item: ExportItem): number => Buffer.byteLength(JSON.stringify(entryText(item)));

/** The text around the items. What their fields are for stands behind them: only then it is known which they have. */
function beginFile(now: Instant) {
  const names = new Set<string>();
  let entries = 0;
  return {
    opening: `{\n"exportedAt": ${JSON.stringify(iso(now))},\n"explanation": ${JSON.stringify(EXPLANATION)},\n"items": [`,
    entry(item: ExportItem): string {
      for (const name of Object.keys(item)) names.add(name);
      return `${entries++ > 0 ? "," : ""}\n${entryText(item)}`;
    },
    closing(): string {
      const fields = Object.fromEntries([...names].map((name) => [name, FIELD_PURPOSES[name] ?? ""]));
      const around = { fields, consentFields: CONSENT_FIELDS, consentTexts: CONSENT_TEXTS };
      return `\n],\n${JSON.stringify(around, undefined, 2).slice(2)}\n`;
    },
  };
}

const EXPLANATION =
  "Times are milliseconds since 1970-01-01 UTC. Raw mails are named by their key under raw.";
