import { describe, expect, it } from 'vitest';
import type { ChangeSpec } from '../../bot/domain/change/change-spec.ts';
import type { KeyedMachine } from '../fakes/keyed-machine.ts';
import type { Kill } from '../fakes/memory-workflow.ts';
import { DANIEL, endIn, eventsIn, KEN } from './change-setup.ts';
import { OPERATION } from './check-setup.ts';
import { keyed, keyWorld } from './key-setup.ts';
import { killsOf } from './kills.ts';

const BEFORE = '1f1c0a52-6f0e-4a0e-9f1c-0c7b4b5f2a10';
const AFTER = '2b2c0a52-6f0e-4a0e-9f1c-0c7b4b5f2a10';

const rearm = (restart: boolean): ChangeSpec => ({ kind: 'rearm', restart });
const grace = (changes: Partial<KeyedMachine> = {}) => keyed(1, { licensed: false, ...changes });

describe('a rearm', () => {
  it('without a restart uses one up, and is not in force yet', async () => {
    const one = grace();
    const w = keyWorld([one]);

    await w.change(rearm(false));

    expect(endIn(w)).toMatchObject({
      end: 'done',
      plan: { nodes: [{ changes: [{ what: 'rearms', before: '1001', after: '1000' }], inverse: { none: 'rearm' } }] },
      steps: [{ step: 'rearm', state: 'done', outcome: { rearmsLeft: 1000 } }],
    });
    expect(endIn(w).undoUntilMs).toBeUndefined();
    expect(one).toMatchObject({ rearms: 1000, cmid: BEFORE });
  });

  it('with a restart waits until the machine is back, and shows its new CMID', async () => {
    const one = grace();
    const w = keyWorld([one]);
    const begunMs = w.time.now();

    await w.change(rearm(true));

    expect(endIn(w).steps).toMatchObject([
      { step: 'rearm', state: 'done' },
      { step: 'restart', state: 'done' },
      { step: 'return', state: 'done' },
      { step: 'verify', state: 'done', facts: { cmid: AFTER, cmidBefore: BEFORE, changed: 'yes', activated: 'no' } },
    ]);
    expect(endIn(w).end).toBe('done');
    expect(one.runs).toEqual(['KmsBot-Rearm', 'KmsBot-Rearm']);
    expect(w.time.now() - begunMs).toBeGreaterThan(4 * 60_000);
  });

  it('that is followed by a restart later comes into force then', async () => {
    const one = grace();
    const w = keyWorld([one]);
    await w.change(rearm(false));

    await w.change({ kind: 'restart' }, { operationId: 'restart-1' });

    expect(endIn(w)).toMatchObject({ end: 'done', steps: [{}, {}, { facts: { changed: 'yes' } }] });
    expect(one.cmid).toBe(AFTER);
  });

  it('is partly done where the machine does not come back within twenty minutes', async () => {
    const one = grace({ downMs: Number.POSITIVE_INFINITY });
    const w = keyWorld([one]);

    await w.change(rearm(true));

    expect(endIn(w)).toMatchObject({
      end: 'partly',
      steps: [{ state: 'done' }, { state: 'done' }, { step: 'return', state: 'failed' }, { state: 'to-do' }],
      outcomes: [{ result: 'failed', detail: 'return' }],
    });
  });

  it('ends at its first step where the rearms left are not as planned', async () => {
    const one = grace();
    const w = keyWorld([one]);
    one.trouble = () => {
      one.rearms = 7;
      return undefined;
    };

    await w.change(rearm(true));

    expect(endIn(w)).toMatchObject({
      end: 'failed',
      outcomes: [{ result: 'moved' }],
      steps: [{ state: 'failed' }, {}, {}, {}],
    });
    expect(one.runs).toEqual(['KmsBot-Rearm']);
  });

  it('stops before its restart where somebody wants it to', async () => {
    const one = grace();
    const w = keyWorld([one]);
    one.trouble = () => {
      void w.changes.requestCancel(w.idFor(OPERATION), DANIEL);
      return undefined;
    };

    await w.change(rearm(true));

    expect(endIn(w)).toMatchObject({
      end: 'cancelled',
      decidedBy: DANIEL,
      steps: [{ state: 'done' }, { state: 'to-do' }, {}, {}],
    });
    expect(one.runs).toEqual(['KmsBot-Rearm']);
    expect(await eventsIn(w)).toContain('cancelled');
  });
});

const rearmed = async (kill?: Kill) => {
  const one = grace();
  const w = keyWorld([one]);
  const { writes } = await w.change(rearm(true), kill === undefined ? {} : { kill });
  const steps = endIn(w).steps?.map(({ step, state }) => `${step} ${state}`);
  const { rearms, runs } = one;
  return {
    writes,
    facts: { end: endIn(w).end, by: endIn(w).decidedBy, steps, rearms, runs, events: await eventsIn(w) },
  };
};

const calm = await rearmed();

describe('a rearm that is killed', () => {
  it('is tried at every operation', () => {
    expect(calm.writes).toBeGreaterThan(60);
    expect(calm.facts).toMatchObject({ end: 'done', by: KEN, rearms: 1000 });
  });

  it.each(killsOf(calm.writes))('$when write $atWrite rearms once, restarts once, and tells the same', async (kill) => {
    expect((await rearmed(kill)).facts).toEqual(calm.facts);
  });
});
