/** Random records for the laws that hold of all of them. */
import fc from 'fast-check';
import { formatMark } from '../../../bot/domain/records/marks.ts';
import type { RecordRequest } from '../../../bot/domain/records/record-plan.ts';
import type { ExactSet, NameState } from '../../../bot/domain/records/record-set.ts';
import type { SrvAnswer } from '../../../bot/domain/records/srv-answer.ts';
import { formatSrv } from '../../../bot/domain/records/srv-record.ts';

const label = fc.stringMatching(/^[a-z0-9_][a-z0-9_-]{0,14}$/);

/** Any answer that an SRV value can give. */
export const answer: fc.Arbitrary<SrvAnswer> = fc.record({
  priority: fc.nat(65_535),
  weight: fc.nat(65_535),
  port: fc.integer({ min: 1, max: 65_535 }),
  target: fc
    .tuple(fc.array(label, { minLength: 1, maxLength: 4 }), fc.stringMatching(/^[a-z]{2,8}$/))
    .map(([labels, top]) => [...labels, top].join('.')),
});

/** Few answers, so that values, marks and requests meet. */
const common: fc.Arbitrary<SrvAnswer> = fc.record({
  priority: fc.constantFrom(0, 10),
  weight: fc.constantFrom(0, 100),
  port: fc.constantFrom(1688, 1689),
  target: fc.constantFrom('kms-01.corp.example', 'kms-02.corp.example', 'kms.xn--bcher-kva.example'),
});

/** Spellings that people and Route 53 give one answer. */
const SPELLINGS: readonly ((text: string) => string)[] = [
  (text) => text,
  (text) => text.toUpperCase(),
  (text) => text.replace(/\.$/, ''),
  (text) => text.replaceAll(' ', '  '),
  (text) => text.replace(/^/, '0'),
  (text) => text.replace('k', '\\153'),
];

const UNREADABLE = [
  '0 0 0 .',
  'nonsense',
  '0 0 1688 10.0.0.1.',
  '0 0 1688 KMS01.',
  '0 0 99999 kms-01.corp.example.',
  '',
];
const TEXTS = ['"v=spf1 -all"', '"kms-bot owner=me"', '"x" "kms-bot"', `"\\"${'y'.repeat(20)}\\\\"`, 'unquoted'];

/** Deployments of the bot that write into one zone. */
export const BOTS = ['aaaaaaaaaaaa', 'bbbbbbbbbbbb', 'cccccccccccc'] as const;

/** One value of a set and who claims it, or a claim whose value has gone. */
interface Claimed {
  readonly answer: SrvAnswer;
  readonly spelling: number;
  readonly owners: readonly string[];
  readonly gone: boolean;
}

const claimed: fc.Arbitrary<Claimed> = fc.record({
  answer: common,
  spelling: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.nat(SPELLINGS.length - 1)),
  owners: fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom<readonly string[]>([], [BOTS[0]], [BOTS[0]], [BOTS[0]], [BOTS[1]]) },
    fc.subarray([...BOTS, ...BOTS.slice(0, 1)]),
  ),
  gone: fc.oneof({ weight: 6, arbitrary: fc.constant(false) }, fc.constant(true)),
});

const ttl = fc.constantFrom(60, 300, 900);

const unique = (values: readonly string[]): readonly string[] => [...new Set(values)];

const setOf = (ttlSeconds: number, values: readonly string[]): ExactSet | undefined =>
  values.length === 0 ? undefined : { ttlSeconds, values: unique(values) };

const marksOf = ({ answer: each, owners }: Claimed): readonly string[] =>
  owners.map((owner, index) => formatMark({ owner, change: `cbefore${index}`, answer: each }));

interface Parts {
  readonly claims: readonly Claimed[];
  readonly broken: readonly string[];
  readonly texts: readonly string[];
  readonly ttls: readonly [number, number];
  readonly order: boolean;
}

const parts: fc.Arbitrary<Parts> = fc.record({
  claims: fc.array(claimed, { maxLength: 4 }),
  broken: fc.oneof(fc.constant<string[]>([]), fc.subarray(UNREADABLE)),
  texts: fc.oneof(fc.constant<string[]>([]), fc.subarray(TEXTS)),
  ttls: fc.tuple(ttl, ttl),
  order: fc.boolean(),
});

const stateFrom = ({ claims, broken, texts, ttls, order }: Parts): NameState => {
  const values = claims.flatMap((each) => (each.gone ? [] : [spelled(each)]));
  const srv = setOf(ttls[0], order ? [...broken, ...values] : [...values, ...broken]);
  const txt = setOf(ttls[1], [...texts, ...claims.flatMap(marksOf)]);
  return { ...(srv && { srv }), ...(txt && { txt }) };
};

/** Any state of a name: foreign, ours and others' values, broken ones, two spellings of one, marks without values. */
export const nameState: fc.Arbitrary<NameState> = parts.map(stateFrom);

const spelled = ({ answer: each, spelling }: Claimed): string =>
  SPELLINGS[spelling]?.(formatSrv(each)) ?? formatSrv(each);

const present = <T extends object>(value: T): T =>
  Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as T;

export type DirectRequest = Exclude<RecordRequest, { kind: 'undo' }>;

/** What is asked about an answer: with all its numbers, or without some, or with others. */
interface Asking {
  readonly kind: 'add' | 'remove' | 'adopt';
  readonly port: boolean;
  /** `true`: as it stands. */
  readonly priority: number | true | undefined;
  readonly weight: number | true | undefined;
}

const number = (of: readonly [number, number]) =>
  fc.oneof(
    { weight: 2, arbitrary: fc.constant(undefined) },
    { weight: 3, arbitrary: fc.constant(true) },
    { weight: 1, arbitrary: fc.constantFrom(...of) },
  );

const asking: fc.Arbitrary<Asking> = fc.record({
  kind: fc.constantFrom('add', 'remove', 'adopt'),
  port: fc.boolean(),
  priority: number([0, 10]),
  weight: number([0, 100]),
});

const requestFrom = (asked: Asking, { target, ...own }: SrvAnswer): DirectRequest => {
  const taken = (field: 'priority' | 'weight') => (asked[field] === true ? own[field] : asked[field]);
  const numbers = { priority: taken('priority'), weight: taken('weight') };
  const { kind } = asked;
  return kind === 'add'
    ? (present({ kind, target, port: own.port, ...numbers }) as DirectRequest)
    : (present({ kind, target, port: asked.port ? own.port : undefined, ...numbers }) as DirectRequest);
};

/** Any request of a person, whatever is there. */
export const request: fc.Arbitrary<DirectRequest> = fc.tuple(asking, common).map((each) => requestFrom(...each));

/** A set, and a request that is mostly about something in it. */
export const situation: fc.Arbitrary<{ readonly state: NameState; readonly asked: DirectRequest }> = fc
  .record({ given: parts, asked: asking, about: fc.nat(8), other: common })
  .map(({ given, asked, about, other }) => {
    const kind = given.claims.length === 0 ? 'add' : asked.kind;
    const there = given.claims.filter(({ gone }) => kind === 'add' || !gone);
    const own = about === 8 ? undefined : there[about % there.length];
    return { state: stateFrom(given), asked: requestFrom({ ...asked, kind }, own?.answer ?? other) };
  });
