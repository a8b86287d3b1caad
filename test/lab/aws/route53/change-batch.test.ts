import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { setKey } from '../../world/propagation.ts';
import type { LabRecordSet } from '../../world/types.ts';
import { type Applied, applyBatch, type Change, type ChangeBatch } from './change-batch.ts';

const RUNS = 2000;

/** Few names, times and values, so that batches meet sets that are there. */
const recordSet: fc.Arbitrary<LabRecordSet> = fc.record({
  name: fc.constantFrom('a.corp.example.', 'b.corp.example.', 'd.corp.example.', 'c.other.example.'),
  type: fc.constant('SRV'),
  ttl: fc.constantFrom(60, 300),
  values: fc
    .uniqueArray(fc.constantFrom('x', 'y', 'z'), { minLength: 1 })
    .map((hosts) => hosts.map((host) => `0 0 1688 ${host}.`)),
});

const change = fc.record({ action: fc.constantFrom('CREATE', 'DELETE', 'UPSERT'), set: recordSet });
const held = fc.uniqueArray(
  recordSet.filter(({ name }) => name.endsWith('corp.example.')),
  { selector: setKey },
);
const batch: fc.Arbitrary<ChangeBatch> = fc.record({ changes: fc.array(change, { minLength: 1, maxLength: 4 }) });
/** The zone's sets, and a batch that often deletes exactly one of them and puts another in its place. */
const situation = held.chain((sets) =>
  fc.tuple(
    fc.constant(sets),
    fc.oneof(
      batch,
      fc
        .tuple(fc.constantFrom(...sets, NOWHERE()), recordSet)
        .map(([old, { ttl, values }]) => exchange(old, { ...old, ttl, values })),
    ),
  ),
);

function NOWHERE(): LabRecordSet {
  return { name: 'a.corp.example.', type: 'SRV', ttl: 60, values: ['0 0 1688 nowhere.'] };
}

function exchange(old: LabRecordSet, made: LabRecordSet): ChangeBatch {
  return {
    changes: [
      { action: 'DELETE', set: { ...old, values: old.values.toReversed() } },
      { action: 'CREATE', set: made },
    ],
  };
}

const asText = (set: LabRecordSet | Change['set']) => `${set.ttl} ${[...set.values].sort().join()}`;

/** The rules once more, as one would tell them: sets as texts by name and type, every change on its own. */
function model(sets: readonly LabRecordSet[], { changes }: ChangeBatch): Map<string, string> | 'refused' {
  const zone = new Map(sets.map((set) => [setKey(set), asText(set)]));
  const done = new Map<string, string>();
  for (const { action, set } of changes) {
    const key = `${set.name} ${set.type} `;
    const now = zone.get(key);
    const before = done.get(key);
    if (!set.name.endsWith('.corp.example.')) return 'refused';
    if (before !== undefined && `${before} ${action}` !== 'DELETE CREATE') return 'refused';
    if (action === 'DELETE' ? now !== asText(set) : action === 'CREATE' && now !== undefined) return 'refused';
    done.set(key, before === undefined ? action : `${before} ${action}`);
    if (action === 'DELETE') zone.delete(key);
    else zone.set(key, asText(set));
  }
  return zone;
}

const outcome = (applied: Applied): Map<string, string> | 'refused' =>
  applied.kind === 'refused' ? 'refused' : new Map(applied.sets.map((set) => [setKey(set), asText(set)]));

describe('a batch', () => {
  it('makes of a zone what its changes say one after the other, or nothing at all', () => {
    fc.assert(
      fc.property(situation, ([sets, changes]) => {
        const before = structuredClone(sets);
        expect(outcome(applyBatch('corp.example', sets, changes))).toEqual(model(sets, changes));
        expect(sets).toEqual(before);
      }),
      { numRuns: RUNS },
    );
  });

  it('leaves every set that it does not name as it is', () => {
    fc.assert(
      fc.property(situation, ([sets, changes]) => {
        const applied = applyBatch('corp.example', sets, changes);
        const named = new Set(changes.changes.map(({ set }) => `${set.name} ${set.type} `));
        const others = sets.filter((set) => !named.has(setKey(set)));
        if (applied.kind === 'applied') expect(applied.sets).toEqual(expect.arrayContaining(others));
      }),
      { numRuns: RUNS },
    );
  });

  it('of DELETE and CREATE lets one of two writers win who saw the same set', () => {
    fc.assert(
      fc.property(recordSet, recordSet, recordSet, ({ ttl, values }, one, two) => {
        const seen = { name: 'a.corp.example.', type: 'SRV' as const, ttl, values };
        const wanted = [one, two].map((set) => ({ ...seen, ttl: set.ttl, values: set.values }));
        const [first, second] = wanted.map((made) => exchange(seen, made));
        if (first === undefined || second === undefined) return;
        const won = applyBatch('corp.example', [seen], first);
        if (won.kind === 'refused') throw new Error(won.messages[0]);
        const [winner] = won.sets;
        const lost = applyBatch('corp.example', won.sets, second);

        expect(winner).toEqual(wanted[0]);
        if (asText(seen) !== asText(wanted[0] ?? seen)) expect(lost.kind).toBe('refused');
      }),
    );
  });
});
