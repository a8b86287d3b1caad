import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { guid, hexDigits, pick, random, seedOf, whole } from './random.ts';

const seeds = fc.integer();

describe('the randomness of the lab', () => {
  it('repeats itself from its seed', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const [a, b] = [random(seed), random(seed)];
        expect([a(), a(), a()]).toEqual([b(), b(), b()]);
      }),
    );
  });

  it('stays within its bounds', () => {
    fc.assert(
      fc.property(seeds, fc.integer({ min: 1, max: 1000 }), (seed, below) => {
        const next = random(seed);
        const [fraction, number] = [next(), whole(next, below)];
        expect(fraction >= 0 && fraction < 1 && number >= 0 && number < below && Number.isInteger(number)).toBe(true);
      }),
    );
  });

  it('fills its range evenly', () => {
    const next = random(5);
    const halves = Array.from({ length: 10_000 }, () => whole(next, 2)).filter((half) => half === 0);
    expect(Math.abs(halves.length - 5000)).toBeLessThan(250);
  });

  it('makes GUIDs and hexadecimal digits of their shape', () => {
    fc.assert(
      fc.property(seeds, fc.integer({ min: 0, max: 40 }), (seed, count) => {
        expect(guid(random(seed))).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
        expect(hexDigits(random(seed), count)).toMatch(new RegExp(`^[0-9a-f]{${count}}$`));
      }),
    );
  });

  it('has nothing to pick from an empty list', () => {
    expect(() => pick(random(1), [])).toThrow('Nothing to pick from');
  });

  it('gives names seeds of their own', () => {
    expect(seedOf('web-01')).toBe(seedOf('web-01'));
    expect(seedOf('web-01')).not.toBe(seedOf('web-02'));
  });
});
