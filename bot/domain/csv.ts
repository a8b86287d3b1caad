/**
 * Comma-separated values as RFC 4180 has them, safe to open in a spreadsheet.
 *
 * Names come from machines: one that begins like a formula would run when the file is opened, so such a cell is
 * given an apostrophe in front.
 */

/** One file: a line of headers and a line a row, each ended by CR LF. */
export const formatCsv = (headers: readonly string[], rows: readonly (readonly string[])[]): string =>
  [headers, ...rows].map((cells) => `${cells.map(cell).join(',')}\r\n`).join('');

/** What a spreadsheet takes for the beginning of a formula, full-width forms included. */
const FORMULA = /^[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]/;

function cell(value: string): string {
  const safe = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
