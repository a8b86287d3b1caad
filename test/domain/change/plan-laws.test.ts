/** Laws that hold of every plan, whatever the machines are like. */
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { meetsExpectation } from '../../../bot/domain/change/actions.ts';
import type { AssignOptions, InstallClientKeyOptions, SetOptions } from '../../../bot/domain/change/change-wire.ts';
import { type ClientState, clientStateOf } from '../../../bot/domain/change/client-state.ts';
import { makePlan, planDigest, stillHolds } from '../../../bot/domain/change/make-plan.ts';
import type { LeftNode, NodeAction, NodeOutcome, PlannedNode } from '../../../bot/domain/change/plan.ts';
import { type DirectSpec, type NodeFacts, planNode } from '../../../bot/domain/change/plan-node.ts';
import { planUndo } from '../../../bot/domain/change/plan-undo.ts';
import { batchesOf, gotWorse, holdsBack, wavesOf } from '../../../bot/domain/change/waves.ts';
import { canonicalJson } from '../../../bot/domain/digest.ts';
import type { WireProduct, WireRecord } from '../../../bot/domain/inspection-wire.ts';
import { wireProduct } from '../sample-record.ts';
import { factsOf, GIVEN, service } from './sample-facts.ts';

const digest = (text: string): string => createHash('sha256').update(text).digest('hex');

const host = fc.constantFrom('kms1.corp.example', 'kms-old.corp.example', '10.0.0.1', '[fd00::1]', 'kms1');
const pin = fc.option(fc.tuple(host, fc.constantFrom(0, 1688, 1689)), { nil: undefined });
const domain = fc.option(fc.constantFrom('corp.example', 'lab.example'), { nil: undefined });
const tail = fc.constantFrom('VMK7H', '6VM33', 'AAAAA', '2YT43');

const present = <T extends object>(value: T): T =>
  Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as T;

const product: fc.Arbitrary<WireProduct> = fc
  .record({ key: tail, ve: fc.constantFrom(0, 1, 2), kms: pin, look: domain })
  .map((changes) => wireProduct(present(changes) as Partial<WireProduct>));

const record: fc.Arbitrary<Partial<WireRecord>> = fc
  .record({ kms: pin, look: domain, cache: fc.constantFrom(0 as const, 1 as const), prod: product })
  .map(({ prod, ...changes }) => ({ ...service(present(changes) as object), prod: [prod] }));

const spec: fc.Arbitrary<DirectSpec> = fc.oneof(
  fc.constant<DirectSpec>({ kind: 'discover' }),
  fc
    .tuple(host, fc.constantFrom(0, 1689))
    .map(([name, port]): DirectSpec => ({ kind: 'point', to: { host: name, port } })),
  fc.constantFrom('auto', 'kms', 'ad').map((to): DirectSpec => ({ kind: 'activation-type', to })),
  domain.map((name): DirectSpec => ({ kind: 'lookup', domain: name ?? null })),
  fc.boolean().map((on): DirectSpec => ({ kind: 'caching', on })),
  fc.constant<DirectSpec>({ kind: 'client-key' }),
);

const TYPES = [0, 1, 2, 3] as const;

/** What a document makes of a machine's record: the meaning of its options, in the words of the wire. */
const applied = (given: Partial<WireRecord>, { options }: NodeAction): Partial<WireRecord> => {
  const { svc, prod } = { svc: given.svc, prod: given.prod?.[0] };
  if (!svc || !prod) throw new Error('the sample has both');
  const with_ = <T extends object>(of: T, key: string, value: unknown): T => {
    const { [key as keyof T]: _, ...rest } = of;
    return (value === null || value === undefined ? rest : { ...rest, [key]: value }) as T;
  };
  if ('svc' in options && 'expect' in options && !('set' in options)) {
    const { svc: machine, prod: own } = options as AssignOptions;
    return { ...given, svc: with_(svc, 'kms', machine), prod: [with_(prod, 'kms', own)] };
  }
  if ('set' in options) {
    const set = options as SetOptions;
    if (set.set === 'type') return { ...given, prod: [{ ...prod, ve: TYPES[set.to] ?? 0 }] };
    if (set.set === 'caching') return { ...given, svc: { ...svc, cache: set.to } };
    if (set.set === 'lookup')
      return { ...given, svc: with_(svc, 'look', set.svc), prod: [with_(prod, 'look', set.prod)] };
  }
  if ('key' in options) return { ...given, prod: [{ ...prod, key: (options as InstallClientKeyOptions).key }] };
  return given;
};

const stateIn = (facts: NodeFacts): ClientState => {
  const state = facts.record && clientStateOf(facts.record);
  if (state === undefined) throw new Error('the sample can be read');
  return state;
};

const isPlanned = (node: PlannedNode | LeftNode): node is PlannedNode => 'action' in node;

/** What a plan sets; an activation sets nothing. A machine that is left alone has to be so already. */
const settingsIn = (plan: PlannedNode | LeftNode) => {
  if (isPlanned(plan)) return plan.changes.filter(({ what }) => what !== 'activation');
  expect(plan.left).toEqual({ why: 'already-so' });
  return [];
};

describe('a plan for any machine', () => {
  it('expects what is there, reaches what is wanted, and its inverse leads back', () => {
    let planned = 0;
    fc.assert(
      fc.property(record, spec, (before, wanted) => {
        const facts = factsOf(before);
        const plan = planNode(wanted, facts, GIVEN);
        if (!isPlanned(plan)) return;
        planned += 1;
        expect(meetsExpectation(plan.action, stateIn(facts))).toBe(true);
        const after = applied(before, plan.action);
        // A second plan changes no setting: the wanted state is reached.
        expect(settingsIn(planNode(wanted, factsOf(after), GIVEN))).toEqual([]);
        if ('none' in plan.inverse) return;
        expect(meetsExpectation(plan.inverse, stateIn(factsOf(after)))).toBe(true);
        expect(stateIn(factsOf(applied(after, plan.inverse)))).toEqual(stateIn(facts));
      }),
      { numRuns: 2000 },
    );
    expect(planned).toBeGreaterThan(500);
  });

  it('is undone only where it was done and the machine is still as it was left', () => {
    fc.assert(
      fc.property(
        record,
        spec,
        record,
        fc.constantFrom<NodeOutcome['result']>('done', 'failed', 'moved', 'not-sent'),
        (before, wanted, meanwhile, result) => {
          const plan = planNode(wanted, factsOf(before), GIVEN);
          if (!isPlanned(plan) || 'none' in plan.inverse) return;
          const outcome = { nodeId: plan.nodeId, siteId: plan.siteId, name: plan.name, result };
          const left = planUndo({ node: plan, outcome }, factsOf(applied(before, plan.action)));
          expect(isPlanned(left)).toBe(result === 'done');
          const moved = planUndo({ node: plan, outcome: { ...outcome, result: 'done' } }, factsOf(meanwhile));
          expect(isPlanned(moved)).toBe(meetsExpectation(plan.inverse, stateIn(factsOf(meanwhile))));
        },
      ),
      { numRuns: 1000 },
    );
  });
});

const many = (count: number, changes: Partial<WireRecord> = service({ kms: ['kms-old.corp.example', 1688] })) =>
  Array.from({ length: count }, (_, n) =>
    planNode(
      { kind: 'discover' },
      factsOf(changes, { id: `i-${String(n).padStart(17, '0')}`, name: `WEB-${n}` }),
      GIVEN,
    ),
  );

const RULES = { rules: { approvalAbove: 10, meansAll: false }, digest, nowMs: 0 };

describe('a plan of many machines', () => {
  it.each([
    [10, false, undefined],
    [11, false, { why: 'many', limit: 10 }],
    [1, true, { why: 'all' }],
    [0, true, undefined],
  ])('of %i machines, all meant: %s, needs %o', (count, meansAll, approval) => {
    const plan = makePlan({ kind: 'discover' }, many(count), { ...RULES, rules: { approvalAbove: 10, meansAll } });

    expect(plan.approval).toEqual(approval);
  });

  it('needs a second person where something could not be put back, and not for an activation', () => {
    const key = planNode(
      { kind: 'client-key' },
      factsOf({ prod: [wireProduct({ key: 'AAAAA', ch: 'VOLUME_MAK' })] }),
      GIVEN,
    );
    const activation = planNode({ kind: 'activate' }, factsOf(), GIVEN);

    expect(makePlan({ kind: 'client-key' }, [key], RULES).approval).toEqual({ why: 'no-undo' });
    expect(makePlan({ kind: 'activate' }, [activation], RULES).approval).toBeUndefined();
  });

  it('has the digest of what is done, whatever the order of its machines and of members', () => {
    const nodes = many(5).filter(isPlanned);
    const spec = { kind: 'discover' } as const;

    expect(makePlan(spec, [...nodes].reverse(), RULES).digest).toBe(makePlan(spec, nodes, RULES).digest);
    expect(planDigest(spec, nodes.slice(1), digest)).not.toBe(planDigest(spec, nodes, digest));
    expect(canonicalJson({ b: 1, a: [{ d: 2, c: undefined }] })).toBe('{"a":[{"d":2}],"b":1}');
  });

  it('still holds when machines cannot be seen, and not when one is otherwise than it was', () => {
    const spec = { kind: 'discover' } as const;
    const plan = makePlan(spec, many(3), RULES);
    const [first, ...rest] = plan.nodes;
    if (first === undefined) throw new Error('three were planned');
    const { nodeId, siteId, name } = first;
    const unseen: LeftNode = { nodeId, siteId, name, left: { why: 'out-of-reach', detail: 'offline' } };
    const already: LeftNode = { nodeId, siteId, name, left: { why: 'already-so' } };
    const otherwise = many(1, service({ kms: ['kms2.corp.example', 1688] }));

    expect(stillHolds(plan, makePlan(spec, many(3), RULES))).toBe(true);
    expect(stillHolds(plan, makePlan(spec, [unseen, ...rest], RULES))).toBe(true);
    expect(stillHolds(plan, makePlan(spec, [already, ...rest], RULES))).toBe(false);
    expect(stillHolds(plan, makePlan(spec, [...otherwise, ...rest], RULES))).toBe(false);
    expect(stillHolds(plan, makePlan(spec, rest, RULES))).toBe(false);
  });

  it('goes out as one machine, then 5 %, then the rest, nobody left out', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 700 }), (count) => {
        const machines = Array.from({ length: count }, (_, n) => n);
        const waves = wavesOf(machines);
        expect(waves.flat()).toEqual(machines);
        expect(waves[0]?.length ?? 0).toBe(Math.min(1, count));
        expect(waves[1]?.length ?? 0).toBe(count < 2 ? 0 : Math.min(count - 1, Math.max(1, Math.ceil(count * 0.05))));
      }),
    );
  });

  it('tells together only machines that are told the same, fifty at most', () => {
    const nodes = [...many(60), ...many(2, service({ kms: ['kms2.corp.example', 1688] }))].filter(isPlanned);

    expect(batchesOf(nodes).map((batch) => batch.length)).toEqual([50, 10, 2]);
  });
});

describe('a wave that got worse', () => {
  const outcome = (changes: Partial<NodeOutcome>): NodeOutcome => ({
    nodeId: 'i-1',
    siteId: 'tokyo',
    name: 'A',
    result: 'done',
    ...changes,
  });

  it.each<[string, Partial<NodeOutcome>, boolean, boolean]>([
    ['done and activated', { activated: true, activationCode: '00000000' }, true, false],
    ['failed', { result: 'failed' }, false, true],
    ['lost its agent', { result: 'no-answer' }, false, true],
    ['could not be put back', { result: 'failed', restored: false }, false, true],
    ['activated before, and not any more', { activated: false }, true, true],
    ['not activated before either, nor asked to be', { activated: false }, false, false],
    ['done, but does not activate', { activated: false, activationCode: 'C004F074' }, false, true],
    ['is still licensed though this attempt failed', { activated: true, activationCode: 'C004F074' }, true, true],
    ['was otherwise than expected, so nothing was done', { result: 'moved' }, true, false],
    ['refused by a safeguard', { result: 'refused', why: 'host-key' }, false, false],
  ])('counts a machine that %s', (_, changes, wasActivated, worse) => {
    expect(gotWorse(outcome(changes), { wasActivated })).toBe(worse);
  });

  it.each([
    [0, 1, 1, true],
    [0, 0, 1, false],
    [1, 1, 5, true],
    [1, 1, 10, false],
    [1, 2, 10, true],
  ])('holds the next one back: wave %i, %i of %i', (wave, worse, size, held) => {
    expect(holdsBack(wave, worse, size)).toBe(held);
  });
});
