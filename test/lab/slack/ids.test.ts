import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LabClock } from '../clock.ts';
import { createIds, createTimestamps, seededRandom } from './ids.ts';

describe('ids', () => {
  it('have the forms that programs take for patterns', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (draw) => {
        const ids = createIds(() => draw);
        expect(ids.next('F')).toMatch(/^F[A-Z0-9]{8,}$/);
        expect(ids.next('Ev')).toMatch(/^Ev[A-Z0-9]{8,}$/);
        expect(ids.hex(32)).toMatch(/^[0-9a-f]{32}$/);
        expect(ids.botToken()).toMatch(/^xoxb-\d{12}-\d{13}-[A-Za-z0-9]{24}$/);
        expect(ids.trigger(1_795_000_000_123)).toMatch(/^\d+\.\d+\.[0-9a-f]{32}$/);
      }),
    );
  });

  it('repeat with the same seed and differ with another', () => {
    const [one, same, other] = [1, 1, 2].map((seed) => createIds(seededRandom(seed)).next('C'));

    expect(one).toBe(same);
    expect(one).not.toBe(other);
  });

  it('are not the same twice', () => {
    const ids = createIds(seededRandom(3));

    expect(new Set(Array.from({ length: 5_000 }, () => ids.next('U'))).size).toBe(5_000);
  });
});

describe('timestamps', () => {
  it('increase even while the clock stands still or falls back', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1.7e12, max: 1.9e12 }), { minLength: 2 }), (times) => {
        let index = 0;
        const next = createTimestamps({ now: () => times[index++ % times.length] } as unknown as LabClock);
        const stamps = Array.from({ length: times.length * 2 }, () => next());
        expect(stamps.every((ts) => /^\d{10}\.\d{6}$/.test(ts))).toBe(true);
        expect([...new Set(stamps)].sort()).toEqual(stamps);
      }),
    );
  });
});
