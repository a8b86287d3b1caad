import { describe, expect, it } from 'vitest';
import type { ChangeSpec } from '../../../bot/domain/change/change-spec.ts';
import { makePlan, planDigest, stillHolds } from '../../../bot/domain/change/make-plan.ts';
import type { LeftNode, PlannedNode } from '../../../bot/domain/change/plan.ts';
import { type DirectSpec, planNode } from '../../../bot/domain/change/plan-node.ts';
import { isUndoable, planUndo } from '../../../bot/domain/change/plan-undo.ts';
import type { WireRecord } from '../../../bot/domain/inspection-wire.ts';
import { hostKey, hostRecord } from '../hosts/sample-host.ts';
import { wireProduct } from '../sample-record.ts';
import { factsOf, GIVEN, service } from './sample-facts.ts';

const PHONE: DirectSpec = { kind: 'phone' };
const MAK = { prod: [wireProduct({ ch: 'VOLUME_MAK', key: 'QQQQ7', st: 5 })] };

const plannedFor = (spec: DirectSpec, record: Partial<WireRecord> = {}): PlannedNode => {
  const node = planNode(spec, factsOf(record), GIVEN);
  if (!('action' in node)) throw new Error(`left alone: ${JSON.stringify(node.left)}`);
  return node;
};

const stepsOf = ({ course = [] }: PlannedNode) => course.map(({ step }) => step);

describe('activation by telephone', () => {
  it('reads the Installation ID of the key that is there, then waits for people, then looks', () => {
    const node = plannedFor(PHONE, MAK);
    const action = { document: 'KmsBot-ReadInstallationId', options: { expect: { key: 'QQQQ7' } } };

    expect(node).toMatchObject({
      action,
      inverse: { none: 'activation' },
      changes: [{ what: 'activation', before: 'notification', after: 'licensed' }],
    });
    expect(node.course).toEqual([{ step: 'phone', action }, { step: 'verify' }]);
  });

  it('is for KMS hosts too', () => {
    expect(stepsOf(plannedFor(PHONE, hostRecord({ prod: [hostKey({ st: 5 })] })))).toEqual(['phone', 'verify']);
  });

  it.each<[string, Partial<WireRecord>, LeftNode['left']]>([
    ['a KMS client', { prod: [wireProduct({ st: 5 })] }, { why: 'no-phone' }],
    ['a MAK that is activated', { prod: [wireProduct({ ch: 'VOLUME_MAK' })] }, { why: 'already-so' }],
    ['an evaluation', { prod: [wireProduct({ ch: 'TIMEBASED_EVAL', st: 5 })] }, { why: 'evaluation' }],
    ['a machine without a key', { prod: [] }, { why: 'no-product' }],
  ])('is not for %s', (_, record, left) => {
    expect(planNode(PHONE, factsOf(record), GIVEN)).toMatchObject({ left });
  });
});

/** A machine in grace, with these values of its licensing service. */
const unlicensed = (values: Parameters<typeof service>[0]): Partial<WireRecord> => ({
  ...service(values),
  prod: [wireProduct({ st: 5 })],
});

describe('a rearm', () => {
  it('tells how many are left, and has no way back', () => {
    const node = plannedFor({ kind: 'rearm', restart: false }, unlicensed({ rearm: 3 }));

    expect(node.changes).toEqual([{ what: 'rearms', before: '3', after: '2' }]);
    expect(node.action.options).toEqual({ rearm: 1, restart: 0, expect: { rearms: 3 } });
    expect(node.inverse).toEqual({ none: 'rearm' });
    expect(stepsOf(node)).toEqual(['rearm']);
    expect(node).not.toHaveProperty('warnings');
  });

  it('with a restart warns that it interrupts, and waits until the machine is back', () => {
    const node = plannedFor({ kind: 'rearm', restart: true }, unlicensed({}));

    expect(stepsOf(node)).toEqual(['rearm', 'restart', 'return', 'verify']);
    expect(node.warnings).toEqual([{ why: 'restart-interrupts' }]);
    expect(node.action.options).toMatchObject({ rearm: 1, restart: 0 });
  });

  it.each([
    ['a MAK', 'VOLUME_MAK', 'microsoft'],
    ['a KMS client', 'VOLUME_KMSCLIENT', 'kms'],
  ])('warns that it ends the activation of %s', (_, ch, by) => {
    const node = plannedFor({ kind: 'rearm', restart: false }, { prod: [wireProduct({ ch })] });

    expect(node.warnings).toEqual([{ why: 'ends-activation', by }]);
  });

  it('warns of the last one', () => {
    const node = plannedFor({ kind: 'rearm', restart: false }, unlicensed({ rearm: 1 }));

    expect(node.warnings).toEqual([{ why: 'last-rearm' }]);
  });

  it.each<[string, Partial<WireRecord>, LeftNode['left']]>([
    ['none is left', service({ rearm: 0 }), { why: 'no-rearms' }],
    ['Windows would ignore it', { reg: { skip: 1, nopub: null, list: [] } }, { why: 'skip-rearm' }],
    ['clients ask the machine', hostRecord(), { why: 'host-key' }],
  ])('is refused where %s', (_, record, left) => {
    expect(planNode({ kind: 'rearm', restart: false }, factsOf(record), GIVEN)).toMatchObject({ left });
  });

  it('leaves a restart that anybody may ask for later', () => {
    const node = plannedFor({ kind: 'restart' });

    expect(stepsOf(node)).toEqual(['restart', 'return', 'verify']);
    expect(node.action.options).toEqual({ rearm: 0, restart: 1 });
    expect(node.inverse).toEqual({ none: 'restart' });
  });
});

describe('a course that is approved', () => {
  const digest = (text: string): string => {
    const sum = [...text].reduce((hash, letter) => (hash * 31 + (letter.codePointAt(0) ?? 0)) % 2 ** 48, 7);
    return sum.toString(16).padStart(24, '0');
  };
  const rules = { rules: { approvalAbove: 10, meansAll: false }, digest, nowMs: 0 };
  const rearm: ChangeSpec = { kind: 'rearm', restart: true };
  const node = plannedFor({ kind: 'rearm', restart: true });

  it('always needs a second person, and is never undone', () => {
    const outcome = { nodeId: node.nodeId, siteId: node.siteId, name: node.name, result: 'done' } as const;

    expect(makePlan(rearm, [node], rules).approval).toEqual({ why: 'always' });
    expect(isUndoable([node], [outcome])).toBe(false);
    expect(planUndo({ node, outcome }, factsOf())).toMatchObject({ left: { why: 'no-undo', reason: 'rearm' } });
  });

  it('is another one with other steps, or with something to warn of', () => {
    const [first, ...rest] = node.course ?? [];
    const shorter = { ...node, course: rest };
    const warned: PlannedNode = { ...node, warnings: [{ why: 'low-priority' }] };

    expect(first?.step).toBe('rearm');
    for (const other of [shorter, warned]) {
      expect(planDigest(rearm, [other], digest)).not.toBe(planDigest(rearm, [node], digest));
      expect(stillHolds(makePlan(rearm, [node], rules), makePlan(rearm, [other], rules))).toBe(false);
    }
  });

  it('stays the same when only a number that is warned of has moved', () => {
    const warning = { why: 'key-use', hosts: 1, ofHosts: 6, here: 0, ofHere: 10, before: 0 } as const;
    const before = makePlan(rearm, [{ ...node, warnings: [warning] }], rules);
    const after = makePlan(rearm, [{ ...node, warnings: [{ ...warning, hosts: 2 }] }], rules);

    expect(after.digest).toBe(before.digest);
    expect(stillHolds(before, after)).toBe(true);
  });
});
