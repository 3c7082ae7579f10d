import { type Candidate, type Reject, readRow } from "../../../console/import/candidate.ts";
import { readColumns } from "../../../console/import/columns.ts";
import { type CsvRow, readCsv } from "../../../console/import/read-csv.ts";
import { surveyColumns } from "../../../console/import/survey.ts";

const NOW = Date.UTC(2026, 2, 4, 9);

async function* textOf(text: string): AsyncGenerator<string> {
  yield text;
}

/** What becomes of each row of a file, and whose export the file is taken for. */
export async function readList(lines: readonly string[], map?: string, file = "list.csv") {
  const rows: CsvRow[] = [];
  for await (const row of readCsv(file, textOf(`${lines.join("\n")}\n`))) rows.push(row);
  const [heading, ...people] = rows as [CsvRow, ...CsvRow[]];
  async function* all() {
    yield* people;
  }
  const surveys = await surveyColumns(all(), heading.cells.length);
  const columns = readColumns(file, heading.cells, map, surveys);
  return { columns, read: people.map((row) => readRow(row, columns, NOW)) };
}
export const outcome = (read: Candidate | Reject): string => ("reason" in read ? read.reason : "taken");
