import { describe, expect, it } from 'vitest';
import { FAULTS } from './faults.ts';
import { generateHealthyWorld, generateWorld } from './generator.ts';
import { ODDITIES } from './oddities.ts';
import { nextAttempt, signatureOf } from './oracle.ts';

const seeds = Array.from({ length: 120 }, (_, i) => i + 1);

describe('a generated world', () => {
  it('is the same for the same seed, and another for another', () => {
    const state = (seed: number) => JSON.stringify(generateWorld(seed, { faults: 1 }).world.state);
    expect(state(5)).toBe(state(5));
    expect(state(5)).not.toBe(state(6));
  });

  it('is well while nothing is broken, however odd it is', () => {
    const failing = seeds.filter((seed) => {
      const { world, nodeId } = generateHealthyWorld(seed);
      return !nextAttempt(world, nodeId).activated;
    });
    expect(failing).toEqual([]);
  });

  it('fails with its fault, and has three to ten oddities', () => {
    for (const seed of seeds) {
      const { world, nodeId, faults, oddities } = generateWorld(seed, { faults: 1 });
      expect(faults).toHaveLength(1);
      expect(oddities.length).toBeGreaterThanOrEqual(3);
      expect(oddities.length).toBeLessThanOrEqual(10);
      expect(signatureOf(nextAttempt(world, nodeId))).not.toBe('activated');
      expect(world.state.nodes.length).toBeLessThanOrEqual(15);
    }
  });

  it('of two faults is mended by neither alone where both count, and shows the mending of one at least', () => {
    for (const seed of seeds.slice(0, 40)) {
      const { world, nodeId, faults, brokenBy } = generateWorld(seed, { faults: 2 });
      const now = signatureOf(nextAttempt(world.copy(), nodeId));
      const alone = faults.map((fault) => {
        const story = brokenBy([fault]);
        return story === undefined ? '' : signatureOf(nextAttempt(story.world, story.nodeId));
      });
      expect(alone.some((signature) => signature !== now)).toBe(true);
    }
  });

  it('comes from faults and oddities that have names of their own', () => {
    expect(new Set(FAULTS.map(({ id }) => id)).size).toBe(FAULTS.length);
    expect(new Set(ODDITIES.map(({ id }) => id)).size).toBe(ODDITIES.length);
  });
});
