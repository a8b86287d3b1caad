/** A plan as a table, value by value: the same in every language, so that what was approved can be compared. */
import { formatCsv } from '../csv.ts';
import type { RecordPlan } from '../records/record-plan.ts';
import type { ChangePlan, LeftAlone } from './plan.ts';

/** Names of the columns, in order. */
export const PLAN_COLUMNS = ['id', 'name', 'site', 'setting', 'before', 'after', 'left_alone', 'detail'] as const;

/**
 * The whole table: a line for each value that changes, and one for each machine that is left alone; of a record, a line
 * for every value, those that stay among them.
 */
export const planCsv = ({ nodes, left, records }: ChangePlan, plain: (text: string) => string): string =>
  formatCsv(
    PLAN_COLUMNS,
    [
      ...nodes.flatMap(({ nodeId, name, siteId, changes }) =>
        changes.map(({ what, before, after }) => [nodeId, name, siteId, what, before ?? '', after ?? '', '', '']),
      ),
      ...left.map(({ nodeId, name, siteId, left: alone }) => [
        ...[nodeId, name, siteId, '', '', '', alone.why, detailOf(alone)],
      ]),
      ...(records === undefined ? [] : recordRows(records)),
    ].map((row) => row.map(plain)),
  );

/** What belongs to a reason: by itself where it is a word, else with its name. */
const detailOf = ({ why: _, ...facts }: LeftAlone): string =>
  Object.entries(facts)
    .map(([name, fact]) => (name === 'detail' || name === 'reason' ? String(fact) : `${name}: ${words(fact)}`))
    .join('; ');

const words = (fact: unknown): string => (Array.isArray(fact) ? fact.join(' ') : String(fact));

/** Values of the record as clients would try them, then those that mark whose each is. */
function recordRows({ place, lines, before, after }: RecordPlan): readonly (readonly string[])[] {
  const row = (setting: string, from: string, to: string, detail: string) =>
    [place.zoneId, `_vlmcs._tcp.${place.domain}`, place.siteId, setting, from, to, '', detail] as const;
  const marks = new Set([...(before.txt?.values ?? []), ...(after.txt?.values ?? [])]);
  return [
    ...lines.map(({ what, text, to, ownership }) =>
      row('srv', what === 'added' ? '' : text, what === 'removed' ? '' : (to ?? text), `${what}, ${ownership}`),
    ),
    ...[...marks].map((mark) => row('txt', held(before, mark), held(after, mark), '')),
  ];
}

const held = ({ txt }: RecordPlan['before'], value: string): string =>
  txt?.values.includes(value) === true ? value : '';

/** Machines that a message names all of, and values of a record that it has room for, with what is said of each. */
const NAMED = 5;
export const SHOWN_VALUES = 12;
const SHOWN_CHARACTERS = 900;

/** Whether a message shows less than there is: the rest is in the file. */
export const needsFile = ({ nodes, left, records }: ChangePlan): boolean =>
  nodes.length + left.length > NAMED || (records !== undefined && isLong(records));

const isLong = ({ lines }: RecordPlan): boolean =>
  lines.length > SHOWN_VALUES ||
  lines.reduce((sum, { text, to = '' }) => sum + text.length + to.length, 0) > SHOWN_CHARACTERS;
