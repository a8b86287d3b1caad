/** Tables as aligned columns. */
import { isObject, type JsonObject } from '../block-kit.ts';
import { plainRichElements, type Reader } from './inline.ts';
import { displayWidth, padTo, stripControls } from './width.ts';

export type Align = 'left' | 'center' | 'right';

/** Rows of texts as aligned columns, the first row underlined. */
export function alignColumns(rows: readonly (readonly string[])[], aligns: readonly Align[] = []): string[] {
  const columns = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, column) =>
    Math.max(...rows.map((row) => displayWidth(row[column] ?? ''))),
  );
  const lines = rows.map((row) =>
    widths
      .map((width, column) => padTo(row[column] ?? '', width, aligns[column]))
      .join('  ')
      .trimEnd(),
  );
  const [head, ...body] = lines;
  if (head === undefined) return [];
  return [head, widths.map((width) => '─'.repeat(width)).join('  '), ...body];
}

/** A `table` or `data_table` block. */
export function plainTable(block: JsonObject, reader: Reader): string[] {
  const rows = Array.isArray(block.rows) ? block.rows : [];
  const cells = rows.map((row) => (Array.isArray(row) ? row.map((cell) => plainCell(cell, reader)) : []));
  const settings = Array.isArray(block.column_settings) ? block.column_settings : [];
  const aligns = settings.map((one): Align => (isObject(one) && isAlign(one.align) ? one.align : 'left'));
  const caption = typeof block.caption === 'string' ? [stripControls(block.caption)] : [];
  return [...caption, ...alignColumns(cells, aligns)];
}

function isAlign(value: unknown): value is Align {
  return value === 'left' || value === 'center' || value === 'right';
}

function plainCell(cell: unknown, reader: Reader): string {
  if (!isObject(cell)) return '';
  if (cell.type === 'rich_text') {
    const parts = Array.isArray(cell.elements) ? cell.elements.filter(isObject) : [];
    return parts.map((part) => plainRichElements(part.elements, reader)).join(' ');
  }
  const text = typeof cell.text === 'string' ? cell.text : String(cell.value ?? '');
  return stripControls(text).replaceAll('\n', ' ');
}

/** A `data_visualization` block: its numbers as a table. */
export function plainChart(block: JsonObject): string[] {
  const title = stripControls(String(block.title ?? ''));
  const chart = isObject(block.chart) ? block.chart : {};
  const series = (Array.isArray(chart.series) ? chart.series : []).filter(isObject);
  if (series.length === 0) return [title, ...alignColumns([['', ''], ...pointRows(chart.segments)])];
  const names = series.map((one) => stripControls(String(one.name)));
  const columns = series.map((one) => new Map(pointRows(one.data)));
  const labels = [...(columns[0]?.keys() ?? [])];
  const rows = labels.map((label) => [label, ...columns.map((column) => column.get(label) ?? '')]);
  return [title, ...alignColumns([['', ...names], ...rows], ['left', ...names.map((): Align => 'right')])];
}

function pointRows(points: unknown): [label: string, value: string][] {
  const list = Array.isArray(points) ? points.filter(isObject) : [];
  return list.map((point) => [stripControls(String(point.label)), String(point.value)]);
}
