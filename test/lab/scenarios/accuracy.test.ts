import { describe, expect, it } from 'vitest';
import { measureAccuracy } from './accuracy.ts';

/** A sample; the bench measures two thousand worlds a row. */
const SAMPLE = 120;

describe('the diagnosis of generated worlds', () => {
  it('is right first in 95 of 100 worlds with one fault, and never sure without proof', () => {
    const { first, unprovedSure, misses } = measureAccuracy({ worlds: SAMPLE, faults: 1 });
    expect(first, JSON.stringify(misses.map(({ seed }) => seed))).toBeGreaterThanOrEqual(0.95);
    expect(unprovedSure).toBe(0);
  });

  it('is right first in 85 of 100 with one probe in ten unread', () => {
    const { first, unprovedSure } = measureAccuracy({ worlds: SAMPLE, faults: 1, unread: 0.1 });
    expect(first).toBeGreaterThanOrEqual(0.85);
    expect(unprovedSure).toBe(0);
  });

  it('has one of two faults among its first two in 85 of 100', () => {
    const { amongTwo, unprovedSure } = measureAccuracy({ worlds: SAMPLE / 2, faults: 2 });
    expect(amongTwo).toBeGreaterThanOrEqual(0.85);
    expect(unprovedSure).toBe(0);
  });
});
