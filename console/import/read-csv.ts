import { pipeline, Readable } from "node:stream";
import { CsvError, parse } from "csv-parse";
import { ArgumentError } from "../../cli/arguments.ts";

/** A record of a CSV file. */
export interface CsvRow {
  /** Where it begins. */
  line: number;
  cells: string[];
}

/** Longer than any row of a list; an unbalanced quote or a wrong file is found before memory runs out. */
const MOST_CHARACTERS = 100_000;
const DELIMITERS = [",", ";", "\t"];

/**
 * The records of a CSV text, one by one, the heading first; empty lines are skipped. Commas, semicolons and tabs
 * are told apart by the heading. Throws an ArgumentError that names the line at which it is no CSV.
 */
export async function* readCsv(file: string, text: AsyncIterable<string>): AsyncGenerator<CsvRow> {
  const { head, rest } = await withHeading(text);
  const announced = /^sep=(.)\n/.exec(head);
  const delimiter = announced?.[1] ?? detectDelimiter(head);
  const skipped = announced ? 1 : 0;
  let parsed = 0;
  const parser = parse({
    delimiter,
    record_delimiter: "\n",
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: MOST_CHARACTERS,
    info: true,
    // The parser is ahead of its reader, and what it fails at is behind what it has read.
    on_record(record, { lines }) {
      parsed = lines;
      return record;
    },
  });
  pipeline(
    Readable.from(following(announced ? head.slice(announced[0].length) : head, rest)),
    parser,
    // The reader of the parser gets the failure.
    () => {},
  );
  try {
    for await (const { record, info } of parser as AsyncIterable<ParsedCsv>) {
      // The parser counts to the record's end, and a cell may hold lines.
      const within = record.reduce((sum, cell) => sum + cell.split("\n").length - 1, 0);
      yield { line: info.lines + skipped - within, cells: record };
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new ArgumentError(`${file}, ${describeFault(error, parsed + 1 + skipped, skipped)}`);
  }
}

interface ParsedCsv {
  record: string[];
  info: { lines: number };
}

/** @param line at which the row begins that is broken */
function describeFault({ code, message, lines }: CsvError, line: number, skipped: number): string {
  switch (code) {
    case "CSV_MAX_RECORD_SIZE":
      return `line ${line}: this row is longer than ${MOST_CHARACTERS.toLocaleString("en")} characters. A quote that is never closed does that, or a file that is not CSV.`;
    case "CSV_QUOTE_NOT_CLOSED":
      return `line ${line}: a quote in this row is never closed. Close it, or double it if it is part of the text.`;
    case "CSV_INVALID_CLOSING_QUOTE":
    case "INVALID_OPENING_QUOTE":
      return `line ${Number(lines) + skipped}: a quote stands in the middle of a cell. Put the cell in quotes, and double the quote within.`;
    default:
      return `line ${line}: ${message}`;
  }
}

/** The text up to the end of its first line that is not empty, and what follows. */
async function withHeading(text: AsyncIterable<string>) {
  const rest = text[Symbol.asyncIterator]();
  let head = "";
  while (!/\S[^\n]*\n/.test(head) && head.length < MOST_CHARACTERS) {
    const next = await rest.next();
    if (next.done) break;
    head += next.value;
  }
  return { head, rest: { [Symbol.asyncIterator]: () => rest } };
}

async function* following(head: string, rest: AsyncIterable<string>): AsyncGenerator<string> {
  if (head !== "") yield head;
  for await (const piece of rest) if (piece !== "") yield piece;
}

/** What stands most often in the heading, outside quotes. */
function detectDelimiter(head: string): string {
  const heading = head.trimStart().split("\n", 1)[0] ?? "";
  const bare = heading.replace(/"[^"]*"/g, "");
  const countCells = (delimiter: string) => bare.split(delimiter).length;
  return DELIMITERS.reduce((best, next) => (countCells(next) > countCells(best) ? next : best));
}
