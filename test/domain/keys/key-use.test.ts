import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countUse, isUsedUp, keyUseWarnings, UNUSED } from '../../../bot/domain/keys/key-use.ts';
import type { KeyUse } from '../../../bot/domain/keys/stored-key.ts';

const HOST = { kind: 'host', usedBefore: 0 } as const;

const used = (...machines: readonly (readonly [string, number])[]): KeyUse => ({
  activations: machines.flatMap(([nodeId, times]) =>
    Array.from({ length: times }, (_, n) => ({ nodeId, changeId: `c-${nodeId}-${n}`, atMs: n })),
  ),
});

const six = used(['i-1', 1], ['i-2', 1], ['i-3', 1], ['i-4', 1], ['i-5', 1], ['i-6', 1]);

describe('a host key', () => {
  it.each<[string, KeyUse, string, number, boolean]>([
    ['that was never used', UNUSED, 'i-1', 0, false],
    ['on a seventh machine', six, 'i-7', 0, true],
    ['on one of the six', six, 'i-6', 0, false],
    ['nine times on this one', used(['i-1', 9]), 'i-1', 0, false],
    ['ten times on this one', used(['i-1', 10]), 'i-1', 0, true],
    ['ten times on another one', used(['i-1', 10]), 'i-2', 0, false],
    ['used 59 times before the bot counted', UNUSED, 'i-1', 59, false],
    ['used up before the bot counted', UNUSED, 'i-1', 60, true],
    ['used up together with what was before', used(['i-1', 5]), 'i-1', 55, true],
  ])('%s: %o', (_, use, nodeId, usedBefore, isUp) => {
    expect(isUsedUp({ ...HOST, usedBefore }, use, nodeId)).toBe(isUp);
  });

  it('counts a change once on a machine, however often it was told', () => {
    const twice = { nodeId: 'i-1', changeId: 'c1', atMs: 1 };

    expect(countUse(HOST, { activations: [twice, { ...twice, atMs: 2 }] }, 'i-1')).toEqual({
      hosts: 1,
      here: 1,
      before: 0,
    });
  });

  it('always tells its count and its limits', () => {
    expect(keyUseWarnings({ ...HOST, usedBefore: 3 }, used(['i-1', 2], ['i-2', 1]), 'i-1')).toEqual([
      { why: 'key-use', hosts: 2, ofHosts: 6, here: 2, ofHere: 10, before: 3 },
    ]);
  });

  it('never goes over a limit, whatever machines it is activated on', () => {
    const machine = fc.constantFrom('i-1', 'i-2', 'i-3', 'i-4', 'i-5', 'i-6', 'i-7', 'i-8');
    fc.assert(
      fc.property(fc.array(machine, { maxLength: 120 }), fc.integer({ min: 0, max: 70 }), (machines, usedBefore) => {
        let use: KeyUse = UNUSED;
        for (const [at, nodeId] of machines.entries()) {
          if (isUsedUp({ kind: 'host', usedBefore }, use, nodeId)) continue;
          use = { activations: [...use.activations, { nodeId, changeId: `c${at}`, atMs: at }] };
        }
        const ids = use.activations.map(({ nodeId }) => nodeId);
        expect(new Set(ids).size).toBeLessThanOrEqual(6);
        for (const id of ids) expect(ids.filter((each) => each === id).length).toBeLessThanOrEqual(10);
        if (ids.length > 0) expect(usedBefore + ids.length).toBeLessThanOrEqual(60);
      }),
    );
  });
});

describe('a MAK', () => {
  it('has a pool that nobody here knows: nothing is refused, and each activation is one that no undo gives back', () => {
    const mak = { kind: 'mak', usedBefore: 500 } as const;

    expect(isUsedUp(mak, used(['i-1', 20]), 'i-1')).toBe(false);
    expect(keyUseWarnings(mak, UNUSED, 'i-1')).toEqual([{ why: 'mak-use' }]);
  });
});
