/** Rules over all blocks together: ids that must be unique, and what adds up. */
import { BLOCK_LIMITS } from '../block-limits.ts';
import { isObject, type JsonObject, type Problem } from './rules.ts';

/** Checks what no single block can know. */
export function checkWhole(blocks: readonly unknown[]): Problem[] {
  const objects = blocks.map((block) => (isObject(block) ? block : {}));
  return [
    ...duplicateBlockIds(objects),
    ...objects.flatMap((block, index) => duplicateActionIds(block, `/blocks/${index}`)),
    ...objects.flatMap((block, index) => unevenTable(block, `/blocks/${index}`)),
    ...objects.flatMap((block, index) => unevenChart(block, `/blocks/${index}`)),
    ...tooMany(objects, 'table', BLOCK_LIMITS.message.tables, 'only_one_table_allowed'),
    ...tooMany(objects, 'data_visualization', BLOCK_LIMITS.message.charts, 'no more than 2 charts allowed'),
    ...tooMuchText(objects, 'table', BLOCK_LIMITS.message.tableCharacters),
    ...tooMuchText(objects, 'data_table', BLOCK_LIMITS.message.tableCharacters),
    ...tooMuchText(objects, 'markdown', BLOCK_LIMITS.message.markdownText),
    ...twoFocused(objects),
  ];
}

function duplicateBlockIds(blocks: readonly JsonObject[]): Problem[] {
  const seen = new Set<unknown>();
  return blocks.flatMap((block, index) => {
    if (typeof block.block_id !== 'string' || block.block_id === '') return [];
    if (seen.has(block.block_id)) return [{ pointer: `/blocks/${index}/block_id`, message: 'block_id already exists' }];
    seen.add(block.block_id);
    return [];
  });
}

/** Every interactive element of a block: its elements, its accessory, its input. */
export function elementsOf(block: JsonObject): JsonObject[] {
  const listed = Array.isArray(block.elements) ? block.elements : [];
  const ofCards = listed.filter((entry) => isObject(entry) && entry.type === 'card').flatMap(elementsOf);
  const cardActions = Array.isArray(block.actions) ? block.actions : [];
  const inside = Array.isArray(block.child_blocks) ? block.child_blocks.filter(isObject).flatMap(elementsOf) : [];
  const single = [block.accessory, block.element];
  return [...[...listed, ...cardActions, ...single].filter(isObject), ...ofCards, ...inside];
}

function duplicateActionIds(block: JsonObject, at: string): Problem[] {
  const ids = elementsOf(block)
    .map((element) => element.action_id)
    .filter((id) => typeof id === 'string');
  const repeated = ids.find((id, index) => ids.indexOf(id) !== index);
  return repeated === undefined ? [] : [{ pointer: at, message: `action_id \`${repeated}\` already exists` }];
}

function unevenTable(block: JsonObject, at: string): Problem[] {
  if ((block.type !== 'table' && block.type !== 'data_table') || !Array.isArray(block.rows)) return [];
  const lengths = new Set(block.rows.map((row) => (Array.isArray(row) ? row.length : 0)));
  return lengths.size <= 1 ? [] : [{ pointer: `${at}/rows`, message: 'all rows must have the same number of cells' }];
}

function unevenChart(block: JsonObject, at: string): Problem[] {
  const chart = block.type === 'data_visualization' && isObject(block.chart) ? block.chart : undefined;
  if (chart === undefined) return [];
  if (chart.type === 'pie') return negativeSegments(chart, at);
  const axis = isObject(chart.axis_config) ? chart.axis_config : {};
  const categories = Array.isArray(axis.categories) ? axis.categories : [];
  const series = Array.isArray(chart.series) ? chart.series.filter(isObject) : [];
  const even = series.every((one) => Array.isArray(one.data) && sameLabels(one.data, categories));
  return even ? [] : [{ pointer: `${at}/chart/series`, message: 'every series needs one point for each category' }];
}

function sameLabels(points: readonly unknown[], categories: readonly unknown[]): boolean {
  const labels = points.map((point) => (isObject(point) ? point.label : undefined));
  return labels.length === categories.length && categories.every((category) => labels.includes(category));
}

function negativeSegments(chart: JsonObject, at: string): Problem[] {
  const segments = Array.isArray(chart.segments) ? chart.segments.filter(isObject) : [];
  const positive = segments.every((segment) => typeof segment.value === 'number' && segment.value > 0);
  return positive ? [] : [{ pointer: `${at}/chart/segments`, message: 'must be greater than 0' }];
}

function tooMany(blocks: readonly JsonObject[], type: string, max: number, message: string): Problem[] {
  const places = blocks.flatMap((block, index) => (block.type === type ? [index] : []));
  return places.slice(max).map((index) => ({ pointer: `/blocks/${index}`, message }));
}

function tooMuchText(blocks: readonly JsonObject[], type: string, max: number): Problem[] {
  const total = blocks.filter((block) => block.type === type).reduce((sum, block) => sum + charactersIn(block), 0);
  if (total <= max) return [];
  return [{ pointer: '/blocks', message: `${type} blocks must have less than ${max + 1} characters together` }];
}

/** Characters a reader sees in a JSON value: every `text`, `alt_text` and `value` of a number apart. */
export function charactersIn(value: unknown): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, entry) => sum + charactersIn(entry), 0);
  if (!isObject(value)) return 0;
  return Object.entries(value).reduce((sum, [name, entry]) => {
    if (typeof entry === 'string') return sum + (name === 'text' || name === 'alt_text' ? entry.length : 0);
    return sum + charactersIn(entry);
  }, 0);
}

function twoFocused(blocks: readonly JsonObject[]): Problem[] {
  const focused = blocks.flatMap(elementsOf).filter((element) => element.focus_on_load === true);
  return focused.length <= 1 ? [] : [{ pointer: '/blocks', message: 'only one element may have focus_on_load' }];
}
