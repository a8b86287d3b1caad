/** The report as a table: one line a machine, in the columns and words the caller gives. */
import { endOf } from './cause-groups.ts';
import type { Cause, NextAction, NodeResult, Verdict } from './check-report.ts';
import { formatCsv } from './csv.ts';

/** Columns of the table, in order. */
export const REPORT_COLUMNS = [
  'name',
  'nodeId',
  'site',
  'os',
  'state',
  'channel',
  'cause',
  'code',
  'expires',
  'lastSeen',
  'missedRenewals',
  'next',
  'actor',
] as const;
/** One of the columns. */
export type ReportColumn = (typeof REPORT_COLUMNS)[number];

/** Headers and sentences in one language. */
export interface ReportWords {
  readonly headers: Readonly<Record<ReportColumn, string>>;
  readonly state: (verdict: Verdict) => string;
  readonly cause: (cause: Cause) => string;
  readonly next: (next: NextAction, cause: Cause | undefined) => string;
  /** Who has to act; empty where nobody can be named. */
  readonly actor: (cause: Cause) => string;
}

/** The whole table. Times are ISO 8601, UTC; what a machine has not is empty. */
export const reportCsv = (results: readonly NodeResult[], words: ReportWords): string =>
  formatCsv(
    REPORT_COLUMNS.map((column) => words.headers[column]),
    results.map((result) => REPORT_COLUMNS.map((column) => cellOf(column, result, words))),
  );

function cellOf(column: ReportColumn, result: NodeResult, words: ReportWords): string {
  const { verdict, cause } = result;
  switch (column) {
    case 'name':
      return result.name;
    case 'nodeId':
      return result.nodeId;
    case 'site':
      return result.siteId;
    case 'os':
      return result.os ?? '';
    case 'state':
      return words.state(verdict);
    case 'channel':
      return 'channel' in verdict ? verdict.channel : '';
    case 'cause':
      return cause === undefined ? '' : words.cause(cause);
    case 'code':
      return cause?.code ?? ('reason' in verdict ? verdict.reason : '');
    case 'expires':
      return isoOf(endOf(verdict));
    case 'lastSeen':
      return verdict.state === 'not-asked' && 'lastSeenMs' in verdict.why ? isoOf(verdict.why.lastSeenMs) : '';
    case 'missedRenewals':
      return verdict.state === 'activated' ? String(verdict.missedRenewals) : '';
    case 'next':
      return words.next(result.next, cause);
    case 'actor':
      return cause === undefined ? '' : words.actor(cause);
  }
}

/** Whole seconds; empty for no time or one beyond what a date can hold. */
function isoOf(ms: number | undefined): string {
  if (ms === undefined || Math.abs(ms) > 8_640_000_000_000_000) return '';
  return new Date(ms).toISOString().replace(/\.\d{3}Z$/, 'Z');
}
