import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createTimeQueue } from './time-queue.ts';

describe('a time queue', () => {
  it('gives each name once, at its latest time, earliest first', () => {
    const entries = fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'), fc.integer({ min: 0, max: 50 })));
    fc.assert(
      fc.property(entries, (sets) => {
        const queue = createTimeQueue();
        for (const [id, atMs] of sets) queue.set(id, atMs);
        const taken = [];
        for (let item = queue.takeUntil(50); item !== undefined; item = queue.takeUntil(50)) taken.push(item);

        expect(taken.map((item) => item.atMs)).toEqual(taken.map((item) => item.atMs).toSorted((a, b) => a - b));
        expect(Object.fromEntries(taken.map((item) => [item.id, item.atMs]))).toEqual(Object.fromEntries(sets));
      }),
    );
  });

  it('keeps what is not due', () => {
    const queue = createTimeQueue();
    queue.set('later', 10);

    expect(queue.takeUntil(9)).toBeUndefined();
    expect(queue.timeOf('later')).toBe(10);
    expect(queue.takeUntil(10)).toEqual({ id: 'later', atMs: 10 });
    expect(queue.timeOf('later')).toBeUndefined();
  });
});
