/** Entries of the audit as a table: one line an entry, the same in every language, so that files can be compared. */
import { formatCsv } from '../csv.ts';
import type { AuditEntry, ChainedEntry } from './audit-entry.ts';

/** Names of the columns, in order. */
export const AUDIT_COLUMNS = [
  'seq',
  'time',
  'event',
  'user',
  'change',
  'asked',
  'machines',
  'more',
  'record',
  'detail',
  'reason',
  'digest',
  'previous',
  'hash',
] as const;
type AuditColumn = (typeof AUDIT_COLUMNS)[number];

/** The whole table. `plain` makes text of people and machines fit for a cell; times are ISO 8601, UTC. */
export const auditCsv = (entries: readonly ChainedEntry[], plain: (text: string) => string): string =>
  formatCsv(
    AUDIT_COLUMNS,
    entries.map((link) => AUDIT_COLUMNS.map((column) => plain(cellOf(column, link)))),
  );

function cellOf(column: AuditColumn, { entry, ...link }: ChainedEntry): string {
  switch (column) {
    case 'seq':
      return String(link.seq);
    case 'previous':
    case 'hash':
      return link[column];
    case 'time':
      return isoOf(entry.atMs);
    case 'user':
      return entry.userId ?? '';
    case 'machines':
      return (entry.nodes ?? []).map(machineText).join('; ');
    case 'record':
      return entry.record === undefined ? '' : recordText(entry.record);
    case 'more':
      return entry.more === undefined ? '' : String(entry.more);
    default:
      return entry[column] ?? '';
  }
}

const recordText = ({
  zoneId,
  domain,
  removed = [],
  added = [],
  adopted = [],
  released = [],
}: NonNullable<AuditEntry['record']>): string =>
  [
    `_vlmcs._tcp.${domain} (${zoneId})`,
    ...removed.map((value) => `- ${value}`),
    ...added.map((value) => `+ ${value}`),
    ...adopted.map((value) => `adopted ${value}`),
    ...released.map((value) => `released ${value}`),
  ].join('; ');

const machineText = ({ id, name, result }: NonNullable<AuditEntry['nodes']>[number]): string =>
  `${name} (${id})${result === undefined ? '' : ` ${result}`}`;

/** Empty for what no date can hold. */
const isoOf = (ms: number): string => (Math.abs(ms) <= 8_640_000_000_000_000 ? new Date(ms).toISOString() : '');
