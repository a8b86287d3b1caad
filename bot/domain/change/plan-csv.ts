/** A plan as a table, value by value: the same in every language, so that what was approved can be compared. */
import { formatCsv } from '../csv.ts';
import type { ChangePlan } from './plan.ts';

/** Names of the columns, in order. */
export const PLAN_COLUMNS = ['id', 'name', 'site', 'setting', 'before', 'after', 'left_alone', 'detail'] as const;

/** The whole table: a line for each value that changes, and one for each machine that is left alone. */
export const planCsv = ({ nodes, left }: ChangePlan, plain: (text: string) => string): string =>
  formatCsv(
    PLAN_COLUMNS,
    [
      ...nodes.flatMap(({ nodeId, name, siteId, changes }) =>
        changes.map(({ what, before, after }) => [nodeId, name, siteId, what, before ?? '', after ?? '', '', '']),
      ),
      ...left.map(({ nodeId, name, siteId, left: alone }) => {
        const detail = 'detail' in alone ? alone.detail : 'reason' in alone ? alone.reason : '';
        return [nodeId, name, siteId, '', '', '', alone.why, detail];
      }),
    ].map((row) => row.map(plain)),
  );
