import { readCell } from "../cells.ts";
import { type DateSurvey, emptyDateSurvey, surveyDate } from "./dates.ts";
import type { CsvRow } from "./read-csv.ts";
import { isBarringState, isState } from "./standing.ts";

/** What a whole column shows that no cell of it shows alone. */
export interface ColumnSurvey {
  filled: number;
  /** Cells that say whether somebody is in a list, and those that say they are not. */
  states: number;
  barring: number;
  dates: DateSurvey;
}

export const emptySurvey = (): ColumnSurvey => ({
  filled: 0,
  states: 0,
  barring: 0,
  dates: emptyDateSurvey(),
});

/** Goes through all rows once. Whatever their number, as much is kept as there are columns. */
export async function surveyColumns(rows: AsyncIterable<CsvRow>, count: number): Promise<ColumnSurvey[]> {
  const columns = Array.from({ length: count }, emptySurvey);
  for await (const { cells } of rows)
    for (const [place, column] of columns.entries()) note(column, readCell(cells[place] ?? "").trim());
  return columns;
}

function note(column: ColumnSurvey, cell: string): void {
  if (cell === "") return;
  column.filled++;
  surveyDate(column.dates, cell);
  if (!isState(cell)) return;
  column.states++;
  if (isBarringState(cell)) column.barring++;
}
