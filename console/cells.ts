/** What a spreadsheet takes for the beginning of a formula, also behind quotes that were put before one already. */
const FORMULA = /^'*[=+\-@\t\r]/;

/** A cell that no spreadsheet takes for a formula: a quote stands before it, which `readCell` takes away again. */
export const safeCell = (text: string): string => (FORMULA.test(text) ? `'${text}` : text);

/** A cell as it was before `safeCell`. */
export const readCell = (cell: string): string =>
  cell.startsWith("'") && FORMULA.test(cell) ? cell.slice(1) : cell;

/** One line of a CSV file (RFC 4180), with its end. */
export const csvLine = (cells: readonly string[]): string =>
  `${cells.map((cell) => `"${safeCell(cell).replaceAll('"', '""')}"`).join(",")}\r\n`;
