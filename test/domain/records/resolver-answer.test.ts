import { describe, expect, it } from 'vitest';
import type { WireRecord } from '../../../bot/domain/inspection-wire.ts';
import type { RecordEdit, RecordPlan } from '../../../bot/domain/records/record-plan.ts';
import type { NameState } from '../../../bot/domain/records/record-set.ts';
import { keptSeconds, mayBeKept, resolverAnswer } from '../../../bot/domain/records/resolver-answer.ts';
import { recordOf, wireTarget } from '../sample-record.ts';

const answer = (target: string, priority = 0, weight = 0) => ({ priority, weight, port: 1688, target });
const set = (...values: string[]): NameState => ({ srv: { ttlSeconds: 120, values } });
const KMS1 = '0 100 1688 kms1.corp.example.';
const KMS2 = '10 0 1688 KMS2.corp.example.';

const plan = (before: NameState, after: NameState, edits: readonly RecordEdit[] = []): RecordPlan => ({
  place: { siteId: 'tokyo', zoneId: 'Z1', zone: 'corp.example', private: true, vpcIds: [], domain: 'corp.example' },
  edits,
  before,
  after,
  lines: [],
  inverse: [],
  createsSet: false,
  ttl: { seconds: 300, why: 'kept' },
});

const joining = plan(set(KMS1), set(KMS1, KMS2), [{ kind: 'add', answer: answer('kms2.corp.example', 10) }]);

/** A machine with these two hosts as targets, whose resolver gives this. */
const seeing = (srv: NonNullable<WireRecord['srv']>, more: Partial<WireRecord> = {}) =>
  recordOf({ tgt: [wireTarget(), wireTarget({ n: 'kms2.corp.example' })], srv, ...more });

describe("a machine's own resolver after a change of the record", () => {
  it('gives what was planned, whatever the order and the case', () => {
    const record = seeing([
      {
        d: 'CORP.example.',
        a: [
          [10, 0, 1688, 1],
          [0, 100, 1688, 0],
        ],
      },
    ]);

    expect(resolverAnswer(record, joining)).toEqual({
      gives: 'planned',
      values: ['10 0 1688 kms2.corp.example.', KMS1],
      reaches: true,
    });
  });

  it('gives what was there before, which a resolver may have kept', () => {
    const given = resolverAnswer(seeing([{ d: 'corp.example', a: [[0, 100, 1688, 0]] }]), joining);

    expect(given).toMatchObject({ gives: 'before', values: [KMS1] });
    expect(given && mayBeKept(given, joining)).toBe(true);
    expect(keptSeconds(joining)).toBe(120);
  });

  it.each([
    [
      'another weight',
      [
        [0, 50, 1688, 0],
        [10, 0, 1688, 1],
      ],
    ],
    [
      'another port',
      [
        [0, 100, 1689, 0],
        [10, 0, 1688, 1],
      ],
    ],
    ['only the new value', [[10, 0, 1688, 1]]],
  ] as const)('gives something else: %s', (_, answers) => {
    const given = resolverAnswer(seeing([{ d: 'corp.example', a: answers.map((each) => [...each]) }]), joining);

    expect(given?.gives).toBe('otherwise');
    expect(given && mayBeKept(given, joining)).toBe(false);
  });

  it('gives what was planned where values that name no host stand beside it', () => {
    const wrong = ['0 0 1688 kms9', '0 0 1688 10.20.1.10'];
    const beside = plan(set(...wrong), set(...wrong, KMS2), [{ kind: 'add', answer: answer('kms2.corp.example', 10) }]);
    const record = seeing(
      [
        {
          d: 'corp.example',
          a: [
            [0, 0, 1688, 2],
            [0, 0, 1688, 3],
            [10, 0, 1688, 1],
          ],
        },
      ],
      {
        tgt: [...['kms1.corp.example', 'kms2.corp.example', 'kms9', '10.20.1.10'].map((n) => wireTarget({ n }))],
      },
    );

    expect(resolverAnswer(record, beside)?.gives).toBe('planned');
  });

  it('gives nothing, with the code of its question', () => {
    const given = resolverAnswer(seeing([{ d: 'corp.example', e: 'servfail' }]), joining);

    expect(given).toMatchObject({ gives: 'nothing', values: [], code: 'servfail' });
    expect(given && mayBeKept(given, joining)).toBe(false);
  });

  it('may have kept that there is no record, where there was none', () => {
    const first = plan({}, set(KMS1), [{ kind: 'add', answer: answer('kms1.corp.example', 0, 100) }]);
    const given = resolverAnswer(seeing([{ d: 'corp.example', e: 'nxdomain' }]), first);

    expect(given).toMatchObject({ gives: 'nothing', code: 'nxdomain' });
    expect(given && mayBeKept(given, first)).toBe(true);
    expect(keptSeconds(first)).toBe(300);
  });

  it('gives nothing as planned, where the record was taken away', () => {
    const given = resolverAnswer(seeing([{ d: 'corp.example', e: 'nxdomain' }]), plan(set(KMS1), {}));

    expect(given).toMatchObject({ gives: 'planned', code: 'nxdomain' });
  });

  it('is judged by what only one side has, where its record had no room for the whole set', () => {
    const many = ['kms3', 'kms4', 'kms5', 'kms6'].map((name) => `0 0 1688 ${name}.corp.example.`);
    const large = plan(set(KMS1, ...many), set(KMS1, ...many, KMS2));
    const partly = (answers: [number, number, number, number][]) =>
      resolverAnswer(seeing([{ d: 'corp.example', a: answers }], { cut: { srv: 2 } }), large)?.gives;

    expect(
      partly([
        [0, 100, 1688, 0],
        [10, 0, 1688, 1],
      ]),
    ).toBe('planned');
    expect(partly([[0, 100, 1688, 0]])).toBe('otherwise');
  });

  it('is of no machine that does not ask in the domain, or cannot tell', () => {
    expect(resolverAnswer(seeing([{ d: 'other.example', a: [[0, 100, 1688, 0]] }]), joining)).toBeUndefined();
    expect(resolverAnswer(recordOf({ srv: null, err: { srv: '80004005' } }), joining)).toBeUndefined();
  });

  it('says whether a host that was added answers there, and nothing where that was not tried', () => {
    const there = [
      {
        d: 'corp.example',
        a: [
          [0, 100, 1688, 0],
          [10, 0, 1688, 1],
        ],
      },
    ] as NonNullable<WireRecord['srv']>;
    const dead = wireTarget({ n: 'kms2.corp.example', tcp: 'timeout' });
    const { bind: _, ...silent } = dead;
    const { tcp: __, ...untried } = silent;

    expect(resolverAnswer(seeing(there, { tgt: [wireTarget(), silent] }), joining)?.reaches).toBe(false);
    expect(resolverAnswer(seeing(there, { tgt: [wireTarget(), untried] }), joining)).not.toHaveProperty('reaches');
    expect(resolverAnswer(seeing(there, { tgt: [wireTarget(), untried] }), joining)).not.toHaveProperty('unresolved');

    const { ip: ___, ...nameless } = untried;
    const gone = { ...nameless, e: 'nxdomain' as const };
    expect(resolverAnswer(seeing(there, { tgt: [wireTarget(), gone] }), joining)).toMatchObject({ unresolved: true });
  });
});
