import { statSync } from "node:fs";
import { ArgumentError } from "../../cli/arguments.ts";
import { getsIssues } from "../../functions/domain/people/subscriber.ts";
import { readCell } from "../cells.ts";
import type { Deployment } from "../connect.ts";
import { decodeFile, type Encoding } from "../import/decode.ts";
import { readCsv } from "../import/read-csv.ts";
import { fileOnDisk } from "../import/text-file.ts";
import { countInWords } from "../shown.ts";
import { findReader } from "../subscribers/reader.ts";

/** Whom a file names, and which lines name no reader of the newsletter. */
interface ListFile {
  ids: Set<string>;
  /** For people: how many, and why by line. Empty if the whole file counts. */
  leftOut: string[];
}

const MOST_BYTES = 50 * 1024 * 1024;
const MOST_NAMED = 20;
/** How many lines are looked up at once. */
const AT_ONCE = 25;

/**
 * A file of addresses or ids, one a line, or the first such cell of each row of a CSV, in whatever encoding and with
 * whatever quotes an import reads. Throws an ArgumentError.
 */
export async function readListFile(
  deployment: Deployment,
  file: string,
  encoding?: Encoding,
): Promise<ListFile> {
  const lines = await splitLines(file, encoding);
  const ids = new Set<string>();
  const leftOut: string[] = [];
  for (let from = 0; from < lines.length; from += AT_ONCE) {
    const some = lines.slice(from, from + AT_ONCE);
    const read = await Promise.all(some.map(({ cell }) => lookUp(deployment, cell)));
    for (const [place, { line }] of some.entries()) {
      const found = read[place] as Awaited<ReturnType<typeof lookUp>>;
      const why = "why" in found ? found.why : ids.has(found.id) ? "is in the file already" : undefined;
      if (why) leftOut.push(`  line ${line}: ${why}`);
      else if ("id" in found) ids.add(found.id);
    }
  }
  if (ids.size === 0)
    throw new ArgumentError(`${file} names nobody who gets the newsletter:${onLine(leftOut)}.`);
  return { ids, leftOut: sumUp(leftOut, file) };
}

const onLine = (leftOut: string[]): string =>
  leftOut
    .slice(0, 3)
    .map((why) => why.slice(1))
    .join(";") || " it is empty";

function sumUp(leftOut: string[], file: string): string[] {
  if (leftOut.length === 0) return [];
  const more = leftOut.length - MOST_NAMED;
  return [
    `${countInWords(leftOut.length, "line")} of ${file} ${leftOut.length === 1 ? "does" : "do"} not count:`,
    ...leftOut.slice(0, MOST_NAMED),
    ...(more > 0 ? [`  and ${more} more`] : []),
  ];
}

async function lookUp(deployment: Deployment, cell: string): Promise<{ id: string } | { why: string }> {
  try {
    const subscriber = await findReader(deployment, cell);
    if (!subscriber) return { why: "nobody on the list" };
    return getsIssues(subscriber) ? { id: subscriber.id } : { why: "does not get the newsletter" };
  } catch (error) {
    if (error instanceof ArgumentError) return { why: "no address" };
    throw error;
  }
}

interface ListLine {
  /** From 1. */
  line: number;
  cell: string;
}

async function splitLines(file: string, encoding: Encoding | undefined): Promise<ListLine[]> {
  const size = fileSize(file);
  if (size > MOST_BYTES) throw new ArgumentError(`${file} is larger than 50 MB; split it.`);
  const found: ListLine[] = [];
  let isFirst = true;
  for await (const { line, cells } of readCsv(file, decodeFile(fileOnDisk(file), encoding))) {
    const cell = addressCell(cells);
    // The first line of a CSV may name its columns.
    const isHeading = isFirst && !cell.includes("@") && !/^[a-z2-7]{16}$/.test(cell);
    isFirst = false;
    if (cell !== "" && !isHeading) found.push({ line, cell });
  }
  return found;
}

function fileSize(file: string): number {
  try {
    const stat = statSync(file);
    if (stat.isFile()) return stat.size;
  } catch {
    throw new ArgumentError(`There is no file "${file}".`);
  }
  throw new ArgumentError(`"${file}" is no file. Name one with an address or an id a line.`);
}

/** The cell that holds an address, or the first one. */
function addressCell(given: readonly string[]): string {
  const cells = given.map((cell) => readCell(cell).trim());
  return cells.find((cell) => cell.includes("@")) ?? cells[0] ?? "";
}
