/** Looks at records as operations tell of them, with every concern there is. */
import type {
  NamedHost,
  RecordConcern,
  RecordStory,
  RecordsReport,
  SuffixStory,
  Unread,
  ValueConcern,
  ValueStory,
} from '../../../bot/domain/records/records-report.ts';
import { parseSrv } from '../../../bot/domain/records/srv-record.ts';
import type { Content } from '../../../bot/ports.ts';
import { DAY_MS, NODE_ID, NOW_MS, TOKYO } from './content.ts';

const answer = { priority: 0, weight: 100, port: 1688, target: 'kms-old.corp.example' };

type RecordSamples = { readonly [K in RecordConcern['kind']]: readonly Extract<RecordConcern, { kind: K }>[] };
type ValueSamples = { readonly [K in ValueConcern['kind']]: readonly Extract<ValueConcern, { kind: K }>[] };

const RECORD_SAMPLES: RecordSamples = {
  'no-living-host': [{ kind: 'no-living-host' }],
  'no-record': [{ kind: 'no-record' }],
  'hidden-by-rule': [
    { kind: 'hidden-by-rule', vpcId: 'vpc-1', rule: 'corp.example', machines: 12 },
    { kind: 'hidden-by-rule', vpcId: 'vpc-1', rule: 'corp.example', machines: 0 },
  ],
  'not-associated': [{ kind: 'not-associated', vpcId: 'vpc-1', machines: 1 }],
  'not-found-by-machines': [
    { kind: 'not-found-by-machines', vpcId: 'vpc-1', machines: 3 },
    { kind: 'not-found-by-machines', machines: 1 },
  ],
  lost: [{ kind: 'lost', answer, atMs: NOW_MS - 3 * DAY_MS }],
  'mark-without-value': [{ kind: 'mark-without-value', answer }],
  'resolvers-differ': [
    { kind: 'resolvers-differ', host: 'kms-9.corp.example:1688', vpcId: 'vpc-1', machines: 4 },
    { kind: 'resolvers-differ', host: 'kms-9.corp.example:1700', machines: 1 },
  ],
  untouchable: [
    { kind: 'untouchable', why: 'routed' },
    { kind: 'untouchable', why: 'alias' },
    { kind: 'untouchable', why: 'cname' },
  ],
  'mark-lost': [{ kind: 'mark-lost', answer }],
};

const VALUE_SAMPLES: ValueSamples = {
  unreadable: [{ kind: 'unreadable' }],
  'target-without-address': [{ kind: 'target-without-address', by: 'corp.example' }],
  'no-kms-host': [{ kind: 'no-kms-host' }],
  'unknown-host': [
    { kind: 'unknown-host', why: 'public-address' },
    { kind: 'unknown-host', why: 'loopback' },
    { kind: 'unknown-host', why: 'link-local' },
  ],
  'host-dead': [
    { kind: 'host-dead', why: 'not-running', machines: 0 },
    { kind: 'host-dead', why: 'not-answering', machines: 0 },
    { kind: 'host-dead', why: 'unreached', machines: 6 },
  ],
  'host-not-activated': [{ kind: 'host-not-activated' }],
  'wrong-port': [{ kind: 'wrong-port', port: 1700 }],
  'not-reached': [
    { kind: 'not-reached', machines: 4, reached: 38 },
    { kind: 'not-reached', machines: 1, reached: 1 },
    { kind: 'not-reached', machines: 1, reached: 0 },
  ],
};

export const RECORD_CONCERNS: readonly RecordConcern[] = Object.values(RECORD_SAMPLES).flat();
export const VALUE_CONCERNS: readonly ValueConcern[] = Object.values(VALUE_SAMPLES).flat();

/** A host that answers. */
export const namedHost = (parts: Partial<NamedHost> = {}): NamedHost => ({
  nodeId: NODE_ID,
  siteId: 'tokyo',
  seen: 'asked',
  alive: true,
  count: 26,
  lastContactDays: 0,
  reached: 29,
  failed: 0,
  now: { reached: 2, failed: 0 },
  ...parts,
});

/** A value whose host answers, unless something is wrong with it. */
export const valueOfRecord = (
  text: string,
  concerns: readonly ValueConcern[] = [],
  parts: Partial<ValueStory> = {},
): ValueStory => {
  const parsed = parseSrv(text);
  const { alive: _, ...unknown } = namedHost({ reached: 0, now: { reached: 0, failed: 0 } });
  return {
    text,
    ownership: 'foreign',
    concerns,
    ...(parsed === undefined
      ? {}
      : { answer: parsed, host: concerns.length === 0 ? namedHost() : unknown, addresses: ['10.20.0.40'] }),
    ...parts,
  };
};

export const KMS1 = '0 100 1688 kms-01.corp.example.';
export const OLD = '0 100 1688 kms-old.corp.example.';

/** A record that is right. */
export const record = (domain: string, parts: Partial<RecordStory> = {}): RecordStory => ({
  place: { siteId: 'tokyo', zoneId: 'Z0CORP', zone: domain, private: true, vpcIds: ['vpc-1'], domain },
  write: true,
  set: { ttlSeconds: 300 },
  values: [valueOfRecord(KMS1)],
  spread: { kind: 'one' },
  concerns: [],
  networks: [
    {
      vpcId: 'vpc-1',
      machines: 31,
      found: 31,
      unanswered: 0,
      stranded: 0,
      example: { nodeId: NODE_ID, name: 'WEB-01' },
    },
  ],
  ...parts,
});

export const suffix = (domain: string, stranded: number, parts: Partial<SuffixStory> = {}): SuffixStory => ({
  domain,
  networks: [{ vpcId: 'vpc-1', machines: Math.max(stranded, 3), found: 0, unanswered: 0, stranded }],
  why: 'no-zone',
  ...parts,
});

export const UNREAD: readonly Unread[] = [
  { name: 'lab.example', of: 'zone', why: 'missing-right', action: 'route53:GetHostedZone' },
  { name: 'old.example', of: 'zone', why: 'not-in-route53' },
  { name: 'vpc-1', of: 'network', why: 'missing-right', action: 'route53resolver:ListResolverRules' },
  { name: 'hosted zones', of: 'list', why: 'unreachable' },
  { name: 'osaka', of: 'hosts', why: 'document-missing', action: 'KmsBot-Inspect' },
];

export const recordsReport = (records: readonly RecordStory[], parts: Partial<RecordsReport> = {}): RecordsReport => ({
  records,
  withoutRecord: [],
  living: [{ target: 'kms-01.corp.example', port: 1688, reached: 29 }],
  suffixes: [],
  unread: [],
  sites: [TOKYO],
  fleetAtMs: NOW_MS - 3_600_000,
  startedAtMs: NOW_MS - 9_000,
  finishedAtMs: NOW_MS,
  ...parts,
});

export const recordsContent = (records: readonly RecordStory[], parts: Partial<RecordsReport> = {}): Content => ({
  kind: 'records',
  asked: 'dns',
  report: recordsReport(records, parts),
});

/** A record for every concern. */
export const EVERY_RECORD: readonly RecordStory[] = [
  ...RECORD_CONCERNS.map((concern) =>
    record('corp.example', {
      concerns: [concern],
      ...(concern.kind === 'no-record' || concern.kind === 'untouchable'
        ? { values: [], networks: [{ vpcId: 'vpc-1', machines: 3, found: 0, unanswered: 0, stranded: 3 }] }
        : {}),
    }),
  ),
  ...VALUE_CONCERNS.map((concern) =>
    record('corp.example', {
      values: [
        concern.kind === 'unreadable' ? valueOfRecord('nonsense', [concern]) : valueOfRecord(OLD, [concern]),
        valueOfRecord(KMS1),
      ],
      spread: { kind: 'shared', hosts: 2 },
    }),
  ),
];
