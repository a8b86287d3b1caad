/** Records as a table: one line a value, and one for each domain without any; the same in every language. */
import { formatCsv } from '../csv.ts';
import type { RecordStory, RecordsReport, SuffixStory, ValueStory } from './records-report.ts';
import { total } from './suffix-stories.ts';

/** Names of the columns, in order. */
export const RECORD_COLUMNS = [
  'domain',
  'zone',
  'zoneId',
  'site',
  'visibility',
  'vpcs',
  'ttl',
  'value',
  'ownership',
  'target',
  'port',
  'priority',
  'weight',
  'addresses',
  'alive',
  'seen',
  'count',
  'reached',
  'failed',
  'valueConcerns',
  'recordConcerns',
  'machines',
  'found',
  'stranded',
  'askingVpcs',
] as const;
type Column = (typeof RECORD_COLUMNS)[number];
type Row = Readonly<Partial<Record<Column, string>>>;

/** Values that a message has room for; beyond that they are in a file as well. */
export const VALUES_SHOWN = 12;

/** Whether a message cannot show every value and domain. */
export const needsFile = ({ records, suffixes }: RecordsReport): boolean =>
  records.reduce((sum, { values }) => sum + Math.max(1, values.length), suffixes.length) > VALUES_SHOWN;

/** The whole table. `plain` makes text of records and machines fit for a cell; what is not known is empty. */
export const recordsCsv = ({ records, suffixes }: RecordsReport, plain: (text: string) => string): string =>
  formatCsv(
    RECORD_COLUMNS,
    [...records.flatMap(rowsOf), ...suffixes.map(rowOfSuffix)].map((row) =>
      RECORD_COLUMNS.map((column) => plain(row[column] ?? '')),
    ),
  );

function rowsOf(story: RecordStory): readonly Row[] {
  const { place, set, concerns } = story;
  const shared: Row = {
    domain: place.domain,
    zone: place.zone,
    zoneId: place.zoneId,
    site: place.siteId,
    visibility: place.private ? 'private' : 'public',
    vpcs: place.vpcIds.join(' '),
    ttl: set === undefined ? '' : String(set.ttlSeconds),
    recordConcerns: concerns.map(({ kind }) => kind).join(' '),
    ...usesOf(story.networks),
  };
  return story.values.length === 0 ? [shared] : story.values.map((value) => ({ ...shared, ...cellsOf(value) }));
}

const usesOf = (networks: RecordStory['networks']): Row =>
  networks === undefined
    ? {}
    : {
        machines: String(total(networks, 'machines')),
        found: String(total(networks, 'found')),
        stranded: String(total(networks, 'stranded')),
        askingVpcs: networks.map(({ vpcId }) => vpcId ?? '-').join(' '),
      };

const cellsOf = ({ text, answer, ownership, host, addresses, concerns }: ValueStory): Row => ({
  value: text,
  ownership,
  valueConcerns: concerns.map(({ kind }) => kind).join(' '),
  ...(answer === undefined
    ? {}
    : {
        target: answer.target,
        port: String(answer.port),
        priority: String(answer.priority),
        weight: String(answer.weight),
      }),
  ...(addresses === undefined ? {} : { addresses: addresses.join(' ') || 'none' }),
  ...(host === undefined
    ? {}
    : {
        seen: host.seen,
        alive: host.alive === undefined ? '' : host.alive ? 'yes' : 'no',
        count: host.count === undefined ? '' : String(host.count),
        reached: String(host.reached),
        failed: String(host.failed),
      }),
});

const rowOfSuffix = ({ domain, networks, why, zoneId }: SuffixStory): Row => ({
  domain,
  ...(zoneId === undefined ? {} : { zoneId }),
  recordConcerns: why,
  ...usesOf(networks),
});
