import { readCell } from "../cells.ts";
import { type DateSurvey, emptyDateSurvey, surveyDate } from "./dates.ts";
import type { CsvRow } from "./read-csv.ts";
import { withoutUnseen } from "./split-words.ts";
import { isNo, isYes } from "./standing.ts";
import { readState } from "./states.ts";

/** What a whole column shows that no cell of it shows alone. */
export interface ColumnSurvey {
  rows: number;
  filled: number;
  /** Cells that say whether somebody is in a list, and those that say they are not. */
  states: number;
  barring: number;
  /** Cells that are a yes or a no, and numbers that are neither. */
  answers: number;
  numbers: number;
  /** What stands in it, as long as that is little. */
  values: Set<string>;
  dates: DateSurvey;
}

/** A status has few words. */
export const MOST_VALUES = 24;

export const emptySurvey = (): ColumnSurvey => ({
  rows: 0,
  filled: 0,
  states: 0,
  barring: 0,
  answers: 0,
  numbers: 0,
  values: new Set(),
  dates: emptyDateSurvey(),
});

/** Goes through all rows once. Whatever their number, as much is kept as there are columns. */
export async function surveyColumns(rows: AsyncIterable<CsvRow>, count: number): Promise<ColumnSurvey[]> {
  const columns = Array.from({ length: count }, emptySurvey);
  for await (const { cells } of rows)
    for (const [place, column] of columns.entries())
      note(column, withoutUnseen(readCell(cells[place] ?? "")).trim());
  return columns;
}

function note(column: ColumnSurvey, cell: string): void {
  column.rows++;
  if (cell === "") return;
  column.filled++;
  if (column.values.size <= MOST_VALUES) column.values.add(cell);
  surveyDate(column.dates, cell);
  const state = readState(cell);
  if (state) column.states++;
  if (state === "gone" || state === "unconfirmed") column.barring++;
  if (isYes(cell) || isNo(cell)) column.answers++;
  else if (/^\d+$/.test(cell)) column.numbers++;
}
