import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ClientSeen, NodeResult } from '../../../bot/domain/check-report.ts';
import { fleetFactsFor } from '../../../bot/domain/fleet/fleet-facts.ts';
import { CAPS, emptySummary, type FleetSummary } from '../../../bot/domain/fleet/fleet-summary.ts';
import { mergeSummaries } from '../../../bot/domain/fleet/merge-summaries.ts';
import { summaryOf } from '../../../bot/domain/fleet/summarise.ts';
import { managedNode, recordOf } from '../sample-record.ts';
import { AT_MS, FAILED, well } from './sample-fleet.ts';

const sum = (...results: readonly NodeResult[]) => summaryOf(results, AT_MS);
const many = (count: number, seen: (index: number) => ClientSeen) =>
  Array.from({ length: count }, (_, index) => well(`m-${String(index).padStart(5, '0')}`, seen(index)));

describe('summaryOf', () => {
  it('says nothing of machines that gave no record', () => {
    const { seen: _seen, ...silent } = well('a');

    expect(sum(silent)).toEqual(emptySummary(AT_MS));
  });

  it('counts who reaches each host, what they run and what it told them', () => {
    const summary = sum(
      well('a', { counted: { count: 7, atMs: 1 } }),
      well('b', { counted: { count: 9, atMs: 2 }, build: 22_631, needs: 25 }),
      well('c', { reached: false }),
      well('d', { refused: '0xC004F06C' }),
      well('e', { host: 'kms2:1688', reached: false }),
    );

    expect(summary.reach).toEqual([
      {
        host: 'kms1.corp.example:1688',
        reached: 3,
        failed: 1,
        builds: [
          { build: 20_348, needs: 5, machines: 3 },
          { build: 22_631, needs: 25, machines: 1 },
        ],
        refused: [{ code: '0xC004F06C', machines: 1 }],
        counted: { count: 9, atMs: 2 },
      },
      { host: 'kms2:1688', reached: 0, failed: 1, builds: [{ build: 20_348, needs: 5, machines: 1 }], refused: [] },
    ]);
  });

  it('counts as clients only machines that KMS is meant to activate', () => {
    const mak: NodeResult = { ...well('b'), verdict: { state: 'not-a-kms-client', channel: 'mak', licensed: true } };

    expect(sum(well('a'), mak, { ...well('c'), verdict: FAILED }).builds).toEqual([
      { build: 20_348, needs: 5, machines: 2 },
    ]);
  });

  it('names the machines of a shared CMID, and the image they all came from', () => {
    const clones = many(7, () => ({ cmid: 'c-1', imageId: 'ami-1' }));
    const [shared, ...others] = sum(...clones, well('z', { cmid: 'c-2', skipRearm: true })).duplicates;

    expect(others).toEqual([]);
    expect(shared).toMatchObject({ cmid: 'c-1', machines: 7, imageId: 'ami-1', skipRearm: false });
    expect(shared?.examples.map(({ name }) => name)).toEqual(['m-00000', 'm-00001', 'm-00002', 'm-00003', 'm-00004']);
  });

  it('names no image where the clones have several', () => {
    const [shared] = sum(
      well('a', { cmid: 'c', imageId: 'ami-1' }),
      well('b', { cmid: 'c', imageId: 'ami-2', skipRearm: true }),
    ).duplicates;

    expect(shared).not.toHaveProperty('imageId');
    expect(shared?.skipRearm).toBe(true);
  });

  it('knows its KMS hosts by all their names, and does not count them among those that reach a host', () => {
    const host = well('kms1', { isHost: true, knownAs: ['kms1', 'kms1.corp.example', '10.20.0.40'] });

    expect(sum(host)).toMatchObject({
      kmsHosts: [
        { nodeId: 'i-kms1', siteId: 'tokyo', name: 'kms1', knownAs: ['kms1', 'kms1.corp.example', '10.20.0.40'] },
      ],
      reach: [],
    });
  });

  it('says which hosts in use are not ours, and who uses them', () => {
    const seen = { host: '127.0.0.2:1688', notOurs: 'loopback' } as const;

    expect(sum(well('b', seen), well('a', seen)).unknownHosts).toMatchObject([
      { host: '127.0.0.2:1688', why: 'loopback', machines: 2, examples: [{ name: 'a' }, { name: 'b' }] },
    ]);
  });

  it('keeps the largest entries of a long list, and says how many it dropped', () => {
    const summary = sum(
      ...many(3 * (CAPS.duplicates + 40), (index) => ({ cmid: `c-${Math.floor(index / 3)}`, host: `h-${index}:1688` })),
    );

    expect(summary.duplicates).toHaveLength(CAPS.duplicates);
    expect(summary.reach).toHaveLength(CAPS.reach);
    expect(summary.dropped).toEqual({ duplicates: 40, reach: 3 * (CAPS.duplicates + 40) - CAPS.reach });
  });

  it('stays small for ten thousand machines that have nothing in common', () => {
    const summary = sum(
      ...many(10_000, (index) => ({
        cmid: `9b1c0a52-6f0e-4a0e-9f1c-${index}`,
        host: `kms-${index}.corp.example:1688`,
        build: index,
      })),
    );

    expect(JSON.stringify(summary).length).toBeLessThan(60_000);
  });
});

const anySeen: fc.Arbitrary<ClientSeen> = fc.record(
  {
    cmid: fc.constantFrom('c-1', 'c-2', 'c-3'),
    imageId: fc.constantFrom('ami-1', 'ami-2'),
    host: fc.constantFrom('a:1688', 'b:1688'),
    reached: fc.boolean(),
    build: fc.constantFrom(20_348, 26_100),
  },
  { requiredKeys: [] },
);
const withoutDuplicates = ({ duplicates: _duplicates, ...rest }: FleetSummary) => rest;

describe('mergeSummaries', () => {
  it('gives what one look at both sides would give, but for CMIDs that each side has once', () => {
    fc.assert(
      fc.property(fc.array(anySeen, { maxLength: 10 }), fc.nat(10), (seen, cut) => {
        const all = seen.map((each, index) => well(`m-${index}`, each));
        const [one, other] = [sum(...all.slice(0, cut)), sum(...all.slice(cut))];
        const merged = mergeSummaries(one, other);

        expect(withoutDuplicates(merged)).toEqual(withoutDuplicates(sum(...all)));
        expect(mergeSummaries(other, one)).toEqual(merged);
        for (const { cmid, machines } of merged.duplicates) {
          expect(machines).toBeLessThanOrEqual(all.filter((each) => each.seen?.cmid === cmid).length);
        }
      }),
    );
  });

  it('finds clones of both sides, and is as old as the older side', () => {
    const clones = (site: string) =>
      ['a', 'b', 'c'].map((name) => well(`${site}-${name}`, { cmid: 'c-1', imageId: 'ami-1' }));
    const merged = mergeSummaries(summaryOf(clones('x'), AT_MS), summaryOf(clones('y'), AT_MS - 5));

    expect(merged.atMs).toBe(AT_MS - 5);
    expect(merged.duplicates).toMatchObject([{ machines: 6, imageId: 'ami-1', examples: { length: 5 } }]);
  });

  it('adds up what was dropped', () => {
    const one = { ...emptySummary(AT_MS), dropped: { reach: 3 } };

    expect(mergeSummaries(one, { ...one, dropped: { reach: 2, builds: 1 } }).dropped).toEqual({ reach: 5, builds: 1 });
  });
});

describe('fleetFactsFor', () => {
  const cmid = '9b1c0a52-6f0e-4a0e-9f1c-0c7b4b5f2a10';
  const node = managedNode({ id: 'i-a' });

  it('names the others of a CMID, and counts them all', () => {
    const summary = sum(well('a', { cmid }), well('b', { cmid, imageId: 'ami-1' }), ...many(6, () => ({ cmid })));
    const facts = fleetFactsFor(summary, node, recordOf());

    expect(facts.cmidMachines).toBe(8);
    expect(facts.sameCmid.map(({ name }) => name)).toEqual(['b', 'm-00000', 'm-00001', 'm-00002']);
    expect(facts.reach).toEqual(summary.reach);
  });

  it('knows of nobody where the CMID is its own, or was not read', () => {
    expect(fleetFactsFor(sum(well('a', { cmid }), well('b')), node, recordOf())).not.toHaveProperty('cmidMachines');
    expect(fleetFactsFor(sum(well('a', { cmid }), well('b', { cmid })), node, undefined).sameCmid).toEqual([]);
    expect(
      fleetFactsFor(sum(well('a', { cmid }), well('b', { cmid })), node, recordOf({ svc: null })).sameCmid,
    ).toEqual([]);
  });
});
