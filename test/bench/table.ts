/** The figures of a run as text for people. */
import { figure, isKept, type Line } from './budgets.ts';

const cellsOf = (line: Line): readonly string[] => [
  line.what,
  figure(line.value, line.unit),
  line.limit === undefined ? '' : `${line.limit.kind} ${line.limit.value}${line.unit === '' ? '' : ` ${line.unit}`}`,
  line.limit === undefined ? '' : isKept(line) ? 'kept' : 'BROKEN',
  line.beside,
];

const HEADER = ['figure', 'measured', 'budget', '', 'beside'];

/** One line a figure under a header, in columns; the figures themselves are aligned to the right. */
export const table = (lines: readonly Line[]): string => {
  const rows = [HEADER, ...lines.map(cellsOf)];
  const widths = HEADER.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => (column === 1 ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
};
