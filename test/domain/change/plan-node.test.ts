import { describe, expect, it } from 'vitest';
import type { LeftNode, PlannedNode } from '../../../bot/domain/change/plan.ts';
import { type DirectSpec, planNode } from '../../../bot/domain/change/plan-node.ts';
import type { WireRecord } from '../../../bot/domain/inspection-wire.ts';
import type { ManagedNode } from '../../../bot/domain/nodes.ts';
import { failing, wireProduct, wireTarget } from '../sample-record.ts';
import { factsOf, GIVEN, service } from './sample-facts.ts';

const KMS_OLD: [string, number] = ['kms-old.corp.example', 1688];
const BYOL = { usageOperation: 'RunInstances:0800' };
const INCLUDED = { usageOperation: 'RunInstances:0002' };
const POINT: DirectSpec = { kind: 'point', to: { host: 'kms1.corp.example', port: 0 } };

const TEST: DirectSpec = { kind: 'test', host: { host: 'kms1.corp.example', port: 0 } };
const KEY: DirectSpec = { kind: 'client-key' };
const HOST_KEY = { prod: [wireProduct({ ch: 'VOLUME_KMS_WS19', key: 'H7KQ2' })] };
const NO_REQUESTS: WireRecord['req'] = { s: 0, ok: 1, n: 0, c: 0, w: 0, d: [], f: [], dup: [] };
type Left = [string, DirectSpec, Partial<WireRecord>, Partial<ManagedNode>, LeftNode['left']];

const plannedFor = (
  spec: DirectSpec,
  record: Partial<WireRecord> = {},
  node: Partial<ManagedNode> = {},
): PlannedNode => {
  const plan = planNode(spec, factsOf(record, node), GIVEN);
  if (!('action' in plan)) throw new Error(`left alone: ${JSON.stringify(plan.left)}`);
  return plan;
};

const leftBy = (
  spec: DirectSpec,
  record: Partial<WireRecord> = {},
  node: Partial<ManagedNode> = {},
): LeftNode['left'] => {
  const plan = planNode(spec, factsOf(record, node), GIVEN);
  if (!('left' in plan)) throw new Error(`planned: ${JSON.stringify(plan.changes)}`);
  return plan.left;
};

describe('what a change does on a machine', () => {
  it('sends a pinned machine back to discovery, and keeps what it was pinned to for the way back', () => {
    const plan = plannedFor({ kind: 'discover' }, service({ kms: KMS_OLD }));

    expect(plan.action).toEqual({
      document: 'KmsBot-AssignHost',
      options: { svc: null, prod: null, expect: { svc: KMS_OLD, prod: null } },
    });
    expect(plan.inverse).toEqual({
      document: 'KmsBot-AssignHost',
      options: { svc: KMS_OLD, prod: null, expect: { svc: null, prod: null } },
    });
    expect(plan.changes).toEqual([{ what: 'assignment', before: 'kms-old.corp.example:1688', after: null }]);
    expect(plan).toMatchObject({ thenActivate: true, wasActivated: true });
  });

  it("takes away the Windows product's own assignment as well, which would win over the machine's", () => {
    const plan = plannedFor(POINT, { prod: [wireProduct({ kms: KMS_OLD })] });

    expect(plan.action.options).toEqual({
      svc: ['kms1.corp.example', 0],
      prod: null,
      expect: { svc: null, prod: KMS_OLD },
    });
    expect(plan.changes.map(({ what, after }) => [what, after])).toEqual([
      ['assignment', 'kms1.corp.example'],
      ['product-assignment', null],
    ]);
  });

  it('points a licence-included machine to Amazon, by IPv6 where it has no IPv4', () => {
    const ipv6 = { if: [{ ip: ['fd00::17'], gw: [], dns: [], sfx: '' }], sfx: '', list: [] };

    expect(plannedFor({ kind: 'point-amazon' }, {}, INCLUDED).action.options).toMatchObject({
      svc: ['169.254.169.250', 1688],
    });
    expect(plannedFor({ kind: 'point-amazon' }, { net: ipv6 }, INCLUDED).action.options).toMatchObject({
      svc: ['[fd00:ec2::250]', 1688],
    });
  });

  it('activates by the key that is there, and takes nothing of that back', () => {
    const plan = plannedFor({ kind: 'activate' }, { prod: [failing()] });

    expect(plan.action).toEqual({ document: 'KmsBot-Activate', options: { expect: { key: 'VMK7H' } } });
    expect(plan).toMatchObject({ inverse: { none: 'activation' }, wasActivated: false, thenActivate: false });
  });

  it.each([
    ['auto', 2, 0],
    ['kms', 0, 2],
    ['ad', 2, 1],
  ] as const)('sets the activation type to %s', (to, before, after) => {
    const plan = plannedFor({ kind: 'activation-type', to }, { prod: [wireProduct({ ve: before })] });

    expect(plan.action.options).toEqual({ set: 'type', to: after, expect: before });
    expect(plan.inverse).toMatchObject({ options: { set: 'type', to: before, expect: after } });
  });

  it('sets and clears the lookup domain at both levels', () => {
    const record = { ...service({ look: 'old.example' }), prod: [wireProduct({ look: 'own.example' })] };

    expect(plannedFor({ kind: 'lookup', domain: 'corp.example' }, record).action.options).toEqual({
      set: 'lookup',
      svc: 'corp.example',
      prod: null,
      expect: { svc: 'old.example', prod: 'own.example' },
    });
    expect(plannedFor({ kind: 'lookup', domain: null }, record).inverse).toMatchObject({
      options: { svc: 'old.example', prod: 'own.example', expect: { svc: null, prod: null } },
    });
  });

  it('puts back only keys that everybody knows', () => {
    const key = (tail: string, ch: string) =>
      plannedFor({ kind: 'client-key' }, { prod: [wireProduct({ key: tail, ch })] });

    expect(key('6VM33', 'VOLUME_KMSCLIENT').inverse).toEqual({
      document: 'KmsBot-InstallClientKey',
      options: { key: '6VM33', expect: { key: 'VMK7H' }, back: 1 },
    });
    expect(key('AAAAA', 'VOLUME_MAK').inverse).toEqual({ none: 'unknown-key' });
    expect(plannedFor({ kind: 'client-key' }, { prod: [] }).inverse).toEqual({ none: 'no-key-before' });
  });

  it("tests the route with the host's address as the machine itself finds it", () => {
    const plan = plannedFor({ kind: 'test', host: { host: 'kms1.corp.example', port: 1688 } });

    expect(plan.action).toEqual({
      document: 'KmsBot-TestRouting',
      options: { host: 'kms1.corp.example', port: 1688, address: '10.20.0.40' },
    });
    expect(plan.inverse).toEqual({ none: 'leaves-nothing' });
  });
});

describe('a machine that discovers already and is not activated', () => {
  const unlicensed = { prod: [wireProduct({ st: 5 })] };

  it('tries now where DNS gives it a host that answers, as after its record was mended', () => {
    expect(plannedFor({ kind: 'discover' }, unlicensed)).toMatchObject({
      action: { document: 'KmsBot-Activate' },
      changes: [{ what: 'activation', after: 'licensed' }],
    });
  });

  it.each([
    ['the host does not answer', { tgt: [wireTarget({ tcp: 'timeout' })] }],
    ['DNS gives none', { tgt: [] }],
  ])('is left alone where %s: that would only repeat a failure', (_, targets) => {
    expect(leftBy({ kind: 'discover' }, { ...unlicensed, ...targets })).toEqual({ why: 'already-so' });
  });
});

it('gives a KMS host that nobody asks the key of its clients, which cannot be undone', () => {
  const plan = plannedFor(KEY, { ...service({ host: 1 }), ...HOST_KEY, req: NO_REQUESTS });

  expect(plan.changes).toMatchObject([{ what: 'key', before: 'H7KQ2' }]);
  expect(plan.inverse).toEqual({ none: 'unknown-key' });
});

describe('a machine that a change leaves alone', () => {
  it.each<Left>([
    ['is already back at discovery', { kind: 'discover' }, {}, {}, { why: 'already-so' }],
    [
      'is pointed there already, the default port written or not',
      POINT,
      service({ kms: ['kms1.corp.example', 1688] }),
      {},
      { why: 'already-so' },
    ],
    ['has no key to activate', { kind: 'activate' }, { prod: [] }, {}, { why: 'no-product' }],
    [
      'has a MAK that is licensed',
      { kind: 'activate' },
      { prod: [wireProduct({ ch: 'VOLUME_MAK', min: 0, vt: 0 })] },
      {},
      { why: 'mak-licensed' },
    ],
    [
      'is a licensed KMS host',
      { kind: 'activate' },
      { prod: [wireProduct({ ch: 'VOLUME_KMS_WS22', min: 0 })] },
      {},
      { why: 'already-so' },
    ],
    ['may activate by token only', { kind: 'activate' }, { prod: [failing({ ve: 3 })] }, {}, { why: 'token-only' }],
    [
      'has its service disabled',
      { kind: 'activate' },
      { prod: [failing()], spp: ['Stopped', 'Disabled'] },
      {},
      { why: 'service-disabled' },
    ],
    [
      'is an evaluation edition',
      { kind: 'activate' },
      { prod: [failing({ ch: 'TIMEBASED_EVAL' })] },
      {},
      { why: 'evaluation' },
    ],
    ['holds a KMS host key', POINT, service({ host: 1 }), {}, { why: 'host-key' }],
    ...([{ kind: 'discover' }, { kind: 'lookup', domain: null }, { kind: 'caching', on: false }, TEST] as const).map(
      (spec): Left => ['is a KMS host itself', spec, service({ host: 1 }), {}, { why: 'host-key' }],
    ),
    [
      'is a KMS host whose log cannot be read',
      KEY,
      { ...service({ host: 1 }), ...HOST_KEY, req: null, err: { req: 'timeout' } },
      {},
      { why: 'host-key' },
    ],
    [
      'is a KMS host that clients ask',
      KEY,
      { ...service({ host: 1 }), ...HOST_KEY, req: { ...NO_REQUESTS, n: 1, c: 1, d: [1] } },
      {},
      { why: 'host-key' },
    ],
    ['brings its own licence', { kind: 'point-amazon' }, {}, BYOL, { why: 'byol' }],
    [
      'brings its own licence, Amazon typed by address',
      { kind: 'point', to: { host: '169.254.169.251', port: 0 } },
      {},
      BYOL,
      { why: 'byol' },
    ],
    ['has its licence included', POINT, {}, INCLUDED, { why: 'licence-included' }],
    [
      'would be sent away from Amazon',
      { kind: 'discover' },
      service({ kms: ['169.254.169.250', 1688] }),
      INCLUDED,
      { why: 'licence-included' },
    ],
    [
      'says nothing of its licence',
      { kind: 'point-amazon' },
      { aws: null, err: { aws: 'timeout' } },
      {},
      { why: 'licence-model-unknown' },
    ],
    [
      'is retail, which knows no activation type',
      { kind: 'activation-type', to: 'kms' },
      { prod: [wireProduct({ ch: 'RETAIL' })] },
      {},
      { why: 'not-client' },
    ],
    ['caches its host already', { kind: 'caching', on: true }, {}, {}, { why: 'already-so' }],
    ['has the key of its edition', { kind: 'client-key' }, {}, {}, { why: 'already-so' }],
    [
      'could not tell its products',
      { kind: 'discover' },
      { prod: null, err: { prod: 'timeout' } },
      {},
      { why: 'unreadable' },
    ],
    [
      'had texts cut, which would be put back cut',
      { kind: 'discover' },
      { ...service({ kms: KMS_OLD }), cut: { txt: 1 } },
      {},
      { why: 'unreadable' },
    ],
  ])('because it %s', (_, spec, record, node, left) => {
    expect(leftBy(spec, record, node)).toEqual(left);
  });

  it('for want of a right, before anything else is looked at', () => {
    const { record: _, ...silent } = factsOf({}, {}, { mayChange: false });

    expect(planNode({ kind: 'discover' }, silent, GIVEN)).toMatchObject({ left: { why: 'no-right' } });
  });

  it('when it did not answer, with why', () => {
    const { record: _, ...facts } = factsOf();
    const verdict = { state: 'no-answer', why: { kind: 'delivery-timed-out' } } as const;
    const result = { ...facts.result, verdict };

    expect(planNode(POINT, { ...facts, result }, GIVEN)).toMatchObject({
      left: { why: 'out-of-reach', detail: 'delivery-timed-out' },
    });
  });
});
