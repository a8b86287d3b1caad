/** A zone whose record is right, seen from a fleet that finds it, and the parts that tests put in its place. */
import type { HostFacts } from '../../../bot/domain/diagnosis/facts.ts';
import {
  emptySummary,
  type FleetSummary,
  type HostReach,
  type SuffixUse,
} from '../../../bot/domain/fleet/fleet-summary.ts';
import type { WireRecord } from '../../../bot/domain/inspection-wire.ts';
import type { ManagedNode } from '../../../bot/domain/nodes.ts';
import { formatMark } from '../../../bot/domain/records/marks.ts';
import type { RecordsInput, ZoneRead } from '../../../bot/domain/records/records-input.ts';
import type { RecordStory, RecordsReport } from '../../../bot/domain/records/records-report.ts';
import { parseSrv } from '../../../bot/domain/records/srv-record.ts';
import { tellRecords } from '../../../bot/domain/records/tell-records.ts';
import { factsOf, reach } from '../hosts/sample-host.ts';
import { managedNode, NOW_MS, recordOf } from '../sample-record.ts';

export const OWNER = '0123456789ab';

/** What stands at a name: these values, and marks of ours beside those of them that are ours. */
export const stateOf = (values: readonly string[], ours: readonly string[] = []) => {
  const marks = ours.flatMap((text) => {
    const answer = parseSrv(text);
    return answer === undefined ? [] : [formatMark({ owner: OWNER, change: 'c1', answer })];
  });
  return {
    ...(values.length === 0 ? {} : { srv: { ttlSeconds: 300, values } }),
    ...(marks.length === 0 ? {} : { txt: { ttlSeconds: 300, values: marks } }),
  };
};

export const KMS1 = '0 100 1688 kms1.corp.example.';
export const OLD = '0 100 1688 kms-old.corp.example.';

export const zoneRead = (changes: Partial<ZoneRead> = {}, values: readonly string[] = [KMS1]): ZoneRead => {
  const name = changes.name ?? 'corp.example';
  return {
    siteId: 'tokyo',
    zoneId: 'ZCORP',
    name,
    private: true,
    vpcIds: ['vpc-1'],
    names: [{ domain: name, state: stateOf(values) }],
    addresses: { 'kms1.corp.example': ['10.20.0.40'] },
    ...changes,
  };
};

export const use = (changes: Partial<SuffixUse> = {}): SuffixUse => ({
  domain: 'corp.example',
  vpcId: 'vpc-1',
  machines: 40,
  found: 40,
  given: [{ host: 'kms1.corp.example:1688', machines: 40 }],
  examples: [],
  ...changes,
});

export const fleetOf = (suffixes: readonly SuffixUse[], ...reaches: readonly HostReach[]): FleetSummary => ({
  ...emptySummary(NOW_MS - 3_600_000),
  reach: reaches,
  suffixes,
});

/** A machine that was asked now to look from its network. */
export const vantage = (changes: Partial<WireRecord> = {}, node: Partial<ManagedNode> = {}): HostFacts => ({
  node: managedNode({ id: 'i-view', name: 'WEB-1', vpcId: 'vpc-1', ...node }),
  record: recordOf({ name: 'WEB-1', ...changes }),
  recordAtMs: NOW_MS,
  askedNow: true,
});

/** A look at the zones; the configured ones are those that were read, unless told. */
export const recordsInput = (zones: readonly ZoneRead[], changes: Partial<RecordsInput> = {}): RecordsInput => ({
  held: { zones, others: [], unread: [], rules: [] },
  zones: zones.map(({ zoneId: id, name, siteId }) => ({ id, name, siteId, write: true })),
  owner: OWNER,
  owned: {},
  hosts: [factsOf()],
  vantages: [],
  fleet: fleetOf([use()], reach()),
  knownHosts: [],
  failed: [],
  sites: [],
  startedAtMs: NOW_MS,
  nowMs: NOW_MS,
  ...changes,
});

export const tell = (zones: readonly ZoneRead[], changes: Partial<RecordsInput> = {}): RecordsReport =>
  tellRecords(recordsInput(zones, changes));

/** The only record of a report. */
export const onlyRecord = ({ records }: RecordsReport): RecordStory => {
  const [record, ...more] = records;
  if (record === undefined || more.length > 0) throw new Error(`${records.length} records`);
  return record;
};

export const kindsOf = (concerns: readonly { readonly kind: string }[]): readonly string[] =>
  concerns.map(({ kind }) => kind);
