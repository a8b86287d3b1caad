/** Plans, outcomes and refusals of changes of records. */
import type { ChangeSpec, RecordSpec } from '../../../bot/domain/change/change-spec.ts';
import type { ChangePlan } from '../../../bot/domain/change/plan.ts';
import type { RecordOutcome, ResolverAnswer } from '../../../bot/domain/records/record-outcome.ts';
import type {
  HostNote,
  RecordEdit,
  RecordLine,
  RecordPlan,
  RecordRefusal,
} from '../../../bot/domain/records/record-plan.ts';
import type { RecordPlace } from '../../../bot/domain/records/record-set.ts';
import type { SrvAnswer } from '../../../bot/domain/records/srv-answer.ts';
import { formatSrv } from '../../../bot/domain/records/srv-record.ts';
import { nodeId, planOf } from './changes.ts';
import { NOW_MS } from './content.ts';

export const PLACE: RecordPlace = {
  siteId: 'tokyo',
  zoneId: 'Z0123456789ABC',
  zone: 'corp.example',
  private: true,
  vpcIds: ['vpc-0a1b2c3d'],
  domain: 'corp.example',
};

export const answer = (name: string, parts: Partial<SrvAnswer> = {}): SrvAnswer => ({
  priority: 0,
  weight: 100,
  port: 1688,
  target: `${name}.corp.example`,
  ...parts,
});

export const DNS_ADD: RecordSpec = {
  kind: 'dns-add',
  zone: 'corp.example',
  host: { host: 'kms1.corp.example', port: 0 },
};
export const DNS_REMOVE: RecordSpec = {
  kind: 'dns-remove',
  zone: 'corp.example',
  host: { host: 'kms-old.corp.example', port: 0 },
};
export const DNS_ADOPT: RecordSpec = {
  kind: 'dns-adopt',
  zone: 'Z0123456789ABC',
  host: { host: 'kms2.corp.example', port: 0 },
};
export const UNDO: ChangeSpec = { kind: 'undo', change: 'c9xd4k7m2q' };

const WELL: HostNote = { reached: 61, failed: 0, count: 50, atMs: NOW_MS - 600_000 };
const DEAD: HostNote = { reached: 0, failed: 9, atMs: NOW_MS - 3_600_000 };

export const line = (what: RecordLine['what'], of: SrvAnswer, parts: Partial<RecordLine> = {}): RecordLine => ({
  what,
  text: formatSrv(of),
  ownership: 'ours',
  answer: of,
  ...parts,
});

const UNREAD: RecordLine = { what: 'kept', text: 'kms9 1688', ownership: 'foreign' };

/** A plan of these lines: the sets before and after are what the lines say. */
export const recordPlan = (
  lines: readonly RecordLine[],
  edits: readonly RecordEdit[],
  parts: Partial<RecordPlan> = {},
): RecordPlan => {
  const before = lines.flatMap(({ what, text }) => (what === 'added' ? [] : [text]));
  const after = lines.flatMap(({ what, text, to }) => (what === 'removed' ? [] : [to ?? text]));
  const set = (values: readonly string[]) =>
    values.length === 0 ? {} : { srv: { ttlSeconds: parts.ttl?.seconds ?? 300, values } };
  return {
    place: PLACE,
    edits,
    before: set(before),
    after: set(after),
    lines,
    inverse: edits,
    createsSet: before.length === 0,
    ttl: { seconds: 300, why: before.length === 0 ? 'default' : 'kept' },
    ...parts,
  };
};

const add: RecordEdit = { kind: 'add', answer: answer('kms1') };
const foreign = line('kept', answer('kms2'), { ownership: 'foreign', host: WELL });

/** A plan of every form, by what it shows. */
export const RECORD_PLANS: Readonly<Record<string, readonly [ChangeSpec, RecordPlan]>> = {
  'add, first': [DNS_ADD, recordPlan([line('added', answer('kms1'), { host: WELL })], [add])],
  'add beside others': [
    DNS_ADD,
    recordPlan(
      [
        line('added', answer('kms1'), { host: { ...WELL, publishes: true } }),
        foreign,
        line('kept', answer('kms3', { priority: 10 }), { ownership: 'other-bot', host: DEAD }),
        UNREAD,
      ],
      [add],
      { ttl: { seconds: 3_600, why: 'kept' } },
    ),
  ],
  'add, unknown host, public zone': [
    DNS_ADD,
    recordPlan([line('added', answer('kms1'))], [add], { place: { ...PLACE, private: false, vpcIds: [] } }),
  ],
  'add, a host without an address': [
    DNS_ADD,
    recordPlan([line('added', answer('kms1'), { host: { inZone: { zone: 'corp.example', addresses: [] } } })], [add]),
  ],
  'add, a host of which only addresses are known': [
    DNS_ADD,
    recordPlan(
      [
        line('added', answer('kms1'), {
          host: { inZone: { zone: 'corp.example', addresses: ['10.20.0.40', 'fd00::40', '10.20.0.41'] } },
        }),
        line('kept', answer('kms2'), {
          host: { ...WELL, inZone: { zone: 'corp.example', addresses: ['10.20.0.42'] } },
        }),
      ],
      [add],
    ),
  ],
  'add below a zone that nobody sees': [
    { ...DNS_ADD, zone: 'lab.corp.example' },
    recordPlan([line('added', answer('kms1'), { host: { reached: 3, failed: 2 } })], [add], {
      place: { ...PLACE, domain: 'lab.corp.example', vpcIds: [] },
    }),
  ],
  'other numbers': [
    { ...DNS_ADD, priority: 10, weight: 50 },
    recordPlan(
      [
        line('kept', answer('kms2'), { ownership: 'ours' }),
        line('changed', answer('kms1'), { to: formatSrv(answer('kms1', { priority: 10, weight: 50 })), host: WELL }),
      ],
      [{ kind: 'change', from: answer('kms1'), to: answer('kms1', { priority: 10, weight: 50 }) }],
    ),
  ],
  remove: [
    DNS_REMOVE,
    recordPlan(
      [line('removed', answer('kms-old'), { host: DEAD }), line('kept', answer('kms1'), { host: WELL })],
      [{ kind: 'remove', answer: answer('kms-old') }],
      { place: { ...PLACE, vpcIds: ['vpc-1', 'vpc-2', 'vpc-3', 'vpc-4', 'vpc-5'] } },
    ),
  ],
  adopt: [
    DNS_ADOPT,
    recordPlan(
      [line('adopted', answer('kms2'), { ownership: 'foreign', host: WELL }), line('kept', answer('kms1'))],
      [{ kind: 'adopt', answer: answer('kms2') }],
    ),
  ],
  'undo of an adoption': [
    UNDO,
    recordPlan(
      [line('released', answer('kms2')), line('kept', answer('kms1'))],
      [{ kind: 'release', answer: answer('kms2') }],
    ),
  ],
  'undo of the first': [
    UNDO,
    recordPlan([line('removed', answer('kms1'), { host: WELL })], [{ kind: 'remove', answer: answer('kms1') }]),
  ],
  'undo of several': [
    UNDO,
    recordPlan(
      [line('added', answer('kms-old'), { host: DEAD }), line('removed', answer('kms1')), foreign],
      [
        { kind: 'add', answer: answer('kms-old') },
        { kind: 'remove', answer: answer('kms1') },
      ],
    ),
  ],
};

/** Nothing is left to be done: the value is there, as ours or as somebody's. */
export const NOTHING_TO_DO: Readonly<Record<string, readonly [ChangeSpec, RecordPlan]>> = {
  'already ours': [DNS_ADD, recordPlan([line('kept', answer('kms1'), { host: WELL }), foreign], [])],
  'already somebody’s': [DNS_ADD, recordPlan([line('kept', answer('kms1'), { ownership: 'foreign' })], [])],
};

export const changePlan = ([spec, records]: readonly [ChangeSpec, RecordPlan]): ChangePlan =>
  planOf(spec, [], { records, approval: { why: 'always' } });

export const resolved = (
  at: number,
  gives: ResolverAnswer['gives'],
  parts: Partial<ResolverAnswer> = {},
): ResolverAnswer => ({
  nodeId: nodeId(at),
  siteId: 'tokyo',
  name: `fileserver-0${at}`,
  gives,
  values: gives === 'nothing' ? [] : ['0 100 1688 kms1.corp.example.'],
  ...parts,
});

const done = (parts: Partial<RecordOutcome> = {}): RecordOutcome => ({
  result: 'done',
  inSync: true,
  answers: [],
  ...parts,
});

/** Every way in which a change of a record can end once it was written, or was to be. */
export const RECORD_OUTCOMES: Readonly<Record<string, RecordOutcome>> = {
  'seen by one': done({ answers: [resolved(7, 'planned', { reaches: true })] }),
  'seen by all': done({ answers: [1, 2, 3].map((at) => resolved(at, 'planned')) }),
  'still cached': done({ answers: [resolved(1, 'planned'), resolved(2, 'before')] }),
  'cached everywhere': done({ answers: [resolved(1, 'before')] }),
  'old after its time': done({ answers: [resolved(1, 'planned'), resolved(2, 'before', { outlived: true })] }),
  'another answer': done({
    answers: [resolved(1, 'planned'), resolved(2, 'otherwise', { values: ['0 0 1688 kms9.corp.example.'] })],
  }),
  'no answer at all': done({
    answers: [resolved(1, 'nothing', { code: '8007232B' }), resolved(2, 'nothing', { code: 'timeout' })],
  }),
  'nothing, no code': done({ answers: [resolved(1, 'nothing')] }),
  'no address': done({ answers: [resolved(1, 'planned', { unresolved: true })] }),
  'not there yet': done({ inSync: false, answers: [resolved(1, 'before')] }),
  'not followed': done({ inSync: false, missingRight: 'route53:GetChange' }),
  'not reached': done({ answers: [resolved(1, 'planned', { reaches: false })] }),
  'one of each': done({
    answers: [
      resolved(1, 'planned'),
      resolved(2, 'before'),
      resolved(3, 'otherwise'),
      resolved(4, 'nothing', { code: '0x8007232B' }),
      resolved(5, 'planned', { reaches: false }),
    ],
  }),
  'public zone': done({ unasked: 'public-zone' }),
  'no machine': done({ unasked: 'no-machine' }),
  'nobody answered': done({ unasked: 'no-answer' }),
  'not in sync': done({ inSync: false, unasked: 'no-answer' }),
  'answer lost': { result: 'done', answerLost: true, answers: [resolved(1, 'planned')] },
  moved: { result: 'moved', answers: [] },
  overtaken: { result: 'moved', by: 'c9xd4k7m2q', answers: [] },
  ...Object.fromEntries(
    (['zone-gone', 'limit', 'value', 'name', 'conflict', 'malformed'] as const).map((why) => [
      `failed, ${why}`,
      { result: 'failed', why, detail: 'RRSet with DNS name _vlmcs._tcp.corp.example. is not permitted', answers: [] },
    ]),
  ),
  'failed, unsaid': { result: 'failed', answers: [] },
};

const VALUES = ['0 100 1688 kms1.corp.example.', '10 100 1690 kms1.corp.example.'];

/** A refusal of every kind and reason. */
export const RECORD_REFUSALS: readonly RecordRefusal[] = [
  { kind: 'zone-not-configured', domain: 'corp.example', inRoute53: ['Z0123456789ABC', 'Z9876543210XYZ'] },
  { kind: 'zone-not-configured', domain: 'corp.example', inRoute53: [] },
  ...[true, false, undefined].map(
    (publishes) =>
      ({
        kind: 'zone-elsewhere',
        domain: 'ad.corp.example',
        answer: answer('kms1', { priority: 10 }),
        ...(publishes === undefined ? {} : { publishes }),
      }) as const,
  ),
  {
    kind: 'zone-elsewhere',
    domain: 'lab.ad.corp.example',
    answer: answer('kms1'),
    directory: { domain: 'ad.corp.example', machines: 5, zone: 'corp.example' },
  },
  { kind: 'zone-ambiguous', domain: 'corp.example', zoneIds: ['Z0123456789ABC', 'Z9876543210XYZ'] },
  { kind: 'zone-read-only', zone: 'corp.example', zoneId: 'Z0123456789ABC' },
  { kind: 'zone-gone', zone: 'corp.example', zoneId: 'Z0123456789ABC' },
  { kind: 'zone-renamed', zone: 'corp.example', zoneId: 'Z0123456789ABC', found: 'corp2.example' },
  { kind: 'zone-kept-by-service', zone: 'corp.example', service: 'AWS Cloud Map' },
  ...(['routed', 'alias', 'cname'] as const).map(
    (why) => ({ kind: 'untouchable', domain: 'corp.example', why }) as const,
  ),
  ...(['address', 'single-label', 'root', 'not-a-name', 'too-long', 'service', 'reserved'] as const).map(
    (why) => ({ kind: 'bad-target', host: why === 'address' ? '10.20.0.40' : 'kms1', why }) as const,
  ),
  { kind: 'not-ours', text: VALUES[0] ?? '', ownership: 'foreign' },
  { kind: 'not-ours', text: VALUES[0] ?? '', ownership: 'other-bot' },
  { kind: 'not-ours', text: 'kms9 1688', ownership: 'foreign' },
  { kind: 'would-be-empty', domain: 'corp.example', text: VALUES[0] ?? '' },
  { kind: 'no-such-value', domain: 'corp.example', target: 'kms3.corp.example', texts: VALUES },
  { kind: 'no-such-value', domain: 'corp.example', target: 'kms3.corp.example', texts: [] },
  { kind: 'several-values', texts: VALUES },
  { kind: 'unreadable-value', text: 'kms9 1688' },
  { kind: 'set-full', domain: 'corp.example', of: 'set', limit: 400 },
  { kind: 'set-full', domain: 'corp.example', of: 'batch-values', limit: 1_000 },
  { kind: 'set-full', domain: 'corp.example', of: 'batch-characters', limit: 32_000 },
  { kind: 'changed-since', domain: 'corp.example', texts: VALUES },
];
