import { describe, expect, it } from 'vitest';
import { tellHosts } from '../../../bot/domain/hosts/tell-hosts.ts';
import type { WireRecord } from '../../../bot/domain/inspection-wire.ts';
import { managedNode, NOW_MS } from '../sample-record.ts';
import { DAY, factsOf, fleet, inputOf, reach, storyOf, wireHost, wireRequests } from './sample-host.ts';

const DAY_MS = DAY * 1000;
const NEVER = 4_294_967_295;
const kinds = (changes: Partial<WireRecord> = {}, input = {}) =>
  storyOf(changes, input).concerns.map(({ kind }) => kind);

describe('a count', () => {
  it.each([
    [{ n: 50, need: 25 }, true, 50],
    [{ n: 49, need: 25 }, false, 50],
    [{ n: 10, need: 5 }, true, 10],
    [{ n: 9, need: 5 }, false, 10],
    [{ n: 12, need: 5 }, false, 50],
    [{ n: 0, need: 0 }, false, undefined],
  ])('of %o is at its limit: %s', (changes, saturated, mostCounted) => {
    const story = storyOf({ host: wireHost(changes) });

    expect(story.saturated).toBe(saturated);
    expect(story.mostCounted).toBe(mostCounted);
  });

  it('that nobody has asked for yet is not told, and clients’ own answers stand in for it', () => {
    const host = wireHost({ n: NEVER, need: 0 });
    const counted = { count: 7, atMs: NOW_MS - 5 };

    expect(storyOf({ host })).toMatchObject({ thresholds: [], saturated: false });
    expect(storyOf({ host })).not.toHaveProperty('count');
    expect(storyOf({ host }, { fleet: fleet(reach({ counted })) })).toMatchObject({ count: 7 });
  });

  it('is no concern for a kind of client that never asks', () => {
    const servers = { host: wireHost({ n: 10, need: 5 }), req: wireRequests({ w: 0 }) };
    const one = reach({ builds: [{ build: 22_631, needs: 25, machines: 1 }] });

    expect(kinds(servers)).toEqual([]);
    expect(storyOf(servers, { fleet: fleet(one) }).concerns).toEqual([
      { kind: 'below-threshold', of: 'client-windows', count: 10, needed: 25 },
    ]);
  });

  it('warns of a threshold that will be missed as soon as clients it depends on have missed a renewal', () => {
    const quiet = wireRequests({ d: [3, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 56] });

    expect(storyOf({ req: quiet }).concerns).toMatchObject([
      { kind: 'falls-below', of: 'client-windows', atMs: NOW_MS + 18 * DAY_MS },
      { kind: 'falls-below', of: 'server' },
    ]);
  });

  it('is told to last until a day only where silent clients make that likely', () => {
    const endOf = (...byDay: readonly number[]) =>
      storyOf({ req: wireRequests({ d: [...byDay], w: 0 }) }).thresholds[1]?.missedFromMs;

    expect(endOf(0, 0, 0, 0, 0, 0, 0, 60)).toBeUndefined();
    expect(endOf(0, 0, 0, 0, 0, 0, 0, 4, 56)).toBe(NOW_MS + 21 * DAY_MS);
  });

  it('is said to be split where hosts together would have enough', () => {
    const other = {
      ...factsOf({ host: wireHost({ n: 15 }), name: 'KMS2' }),
      node: managedNode({ id: 'i-kms2', name: 'KMS2' }),
    };
    const report = tellHosts(inputOf({ hosts: [factsOf({ host: wireHost({ n: 14 }) }), other] }));

    for (const { concerns } of report.hosts) {
      expect(concerns).toContainEqual({ kind: 'count-split', of: 'client-windows', total: 29, needed: 25 });
    }
  });

  it('is not said to be split where all of them together have too few', () => {
    const other = {
      ...factsOf({ host: wireHost({ n: 9 }), name: 'KMS2' }),
      node: managedNode({ id: 'i-kms2', name: 'KMS2' }),
    };
    const report = tellHosts(inputOf({ hosts: [factsOf({ host: wireHost({ n: 14 }) }), other] }));

    expect(report.hosts.flatMap(({ concerns }) => concerns.map(({ kind }) => kind))).not.toContain('count-split');
  });
});
