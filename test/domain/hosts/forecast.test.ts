import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { COUNTED_DAYS, DAY_MS, missedFrom } from '../../../bot/domain/hosts/forecast.ts';

const AT = 1_794_000_000_000;

/** Ages of last contacts, in milliseconds before now. */
const anyAges = fc.array(fc.integer({ min: 0, max: COUNTED_DAYS * DAY_MS - 1 }), { maxLength: 60 });
const anyNeeded = fc.constantFrom(5, 25);

const byDayOf = (ages: readonly number[]): readonly number[] =>
  Array.from({ length: COUNTED_DAYS }, (_, day) => ages.filter((age) => Math.floor(age / DAY_MS) === day).length);

/** Lets the clients leave one by one until too few are left. */
const bruteForce = (ages: readonly number[], needed: number): number | undefined => {
  const leaving = ages.map((age) => AT - age + COUNTED_DAYS * DAY_MS).sort((a, b) => a - b);
  return leaving.find((_, index) => leaving.length - index - 1 < needed);
};

describe('missedFrom', () => {
  it('is the day on which the last client that is needed leaves, at its earliest', () => {
    expect(missedFrom([3, 2], 5, AT)).toBe(AT + 28 * DAY_MS);
    expect(missedFrom([5, 9], 5, AT)).toBe(AT + 29 * DAY_MS);
    expect(missedFrom([0, 0, 0, 0, 0, 0, 0, 25], 25, AT)).toBe(AT + 22 * DAY_MS);
  });

  it('is unsaid where there are too few already', () => {
    expect(missedFrom([], 5, AT)).toBeUndefined();
    expect(missedFrom([2, 2], 5, AT)).toBeUndefined();
  });

  it('is what letting the clients leave one by one gives, or up to a day before', () => {
    fc.assert(
      fc.property(anyAges, anyNeeded, (ages, needed) => {
        const real = ages.length < needed ? undefined : bruteForce(ages, needed);
        const told = missedFrom(byDayOf(ages), needed, AT);

        expect(told === undefined).toBe(real === undefined);
        if (told === undefined || real === undefined) return;
        expect(told).toBeLessThanOrEqual(real);
        expect(told).toBeGreaterThan(real - DAY_MS - 1);
      }),
      { numRuns: 500 },
    );
  });

  it('is never in the past and never later than thirty days', () => {
    fc.assert(
      fc.property(anyAges, anyNeeded, (ages, needed) => {
        const told = missedFrom(byDayOf(ages), needed, AT) ?? AT;

        expect(told).toBeGreaterThanOrEqual(AT);
        expect(told).toBeLessThanOrEqual(AT + COUNTED_DAYS * DAY_MS);
      }),
    );
  });

  it('comes no earlier when another client has called, and no later when more are needed', () => {
    fc.assert(
      fc.property(anyAges, fc.integer({ min: 0, max: COUNTED_DAYS * DAY_MS - 1 }), (ages, another) => {
        const before = missedFrom(byDayOf(ages), 5, AT) ?? 0;

        expect(missedFrom(byDayOf([...ages, another]), 5, AT) ?? 0).toBeGreaterThanOrEqual(before);
        expect(missedFrom(byDayOf(ages), 25, AT) ?? 0).toBeLessThanOrEqual(before);
      }),
    );
  });

  it('does not depend on the clients that a log, read newest first, was too long for', () => {
    fc.assert(
      fc.property(anyAges, fc.nat(29), (ages, day) => {
        const whole = byDayOf(ages);
        const read = whole.map((clients, age) => (age <= day ? clients : 0));
        const told = missedFrom(read, 5, AT);

        if (told !== undefined) expect(told).toBe(missedFrom(whole, 5, AT));
      }),
    );
  });
});
