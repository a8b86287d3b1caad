import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type WatchSample, type WatchVerdict, watchVerdict } from '../../../bot/domain/change/retirement-watch.ts';

const DAY = 86_400_000;
const DRAINED = 1_800_000_000_000;

const sample = (days: number, byDay: readonly number[], here?: number): WatchSample => {
  const atMs = DRAINED + days * DAY;
  return { atMs, digest: { byDay, sinceMs: atMs - 30 * DAY }, ...(here === undefined ? {} : { here }) };
};

const verdict = (samples: readonly WatchSample[], days: number, pinned = 0): WatchVerdict =>
  watchVerdict(samples, { drainedAtMs: DRAINED, pinned, nowMs: DRAINED + days * DAY });

describe('watching a host that is drained', () => {
  it('goes on while clients come, with the numbers to tell', () => {
    expect(verdict([sample(2, [7, 5, 3, 0, 0, 0, 1, 90])], 2)).toEqual({
      ...{ kind: 'go-on', lastDay: 7, lastWeek: 16, pinned: 0 },
      untilMs: DRAINED + 8 * DAY,
    });
  });

  it.each<[string, readonly WatchSample[], number, number, string]>([
    ['nobody came for a day', [sample(1, [0, 9, 9])], 1, 0, 'quiet'],
    ['none but pinned machines came', [sample(2, [3, 9])], 2, 3, 'quiet'],
    ['all machines of the fleet are seen elsewhere', [sample(2, [4, 9], 0)], 2, 0, 'elsewhere'],
    ['all but the pinned ones are seen elsewhere', [sample(2, [9, 9], 2)], 2, 2, 'elsewhere'],
    ['eight days are over', [sample(8, [9, 9], 9)], 8, 0, 'time-is-up'],
    ['eight days are over without a word from the host', [], 8, 0, 'time-is-up'],
  ])('is over when %s', (_, samples, days, pinned, why) => {
    expect(verdict(samples, days, pinned)).toMatchObject({ kind: 'finished', why });
  });

  it.each<[string, readonly WatchSample[], number, number]>([
    ['not a whole day lies behind the drain', [sample(0.5, [0, 9], 0)], 0.5, 0],
    ['one more than the pinned machines came', [sample(2, [4, 9])], 2, 3],
    [
      'the log reaches back for hours only',
      [{ atMs: DRAINED + 2 * DAY, digest: { byDay: [0], sinceMs: DRAINED + 1.9 * DAY } }],
      2,
      0,
    ],
    ['the look was before the drain', [sample(-1, [0])], 2, 0],
    ['the host did not answer', [{ atMs: DRAINED + 2 * DAY, here: 0 }], 2, 0],
    ['only an older look was quiet', [sample(1, [0]), sample(2, [5, 0])], 2, 0],
  ])('goes on where %s', (_, samples, days, pinned) => {
    expect(verdict(samples, days, pinned).kind).toBe('go-on');
  });

  it('always ends within eight days, whatever the host says', () => {
    const days = fc.array(fc.integer({ min: 0, max: 50 }), { maxLength: 30 });
    const looks = fc.uniqueArray(fc.tuple(fc.integer({ min: -5, max: 20 }), days), { selector: ([at]) => at });
    const samples = looks.map((each) => each.map(([at, byDay]) => sample(at, byDay)));
    fc.assert(
      fc.property(samples, fc.nat({ max: 30 }), fc.nat({ max: 9 }), (seen, now, pinned) => {
        const told = verdict(seen, now, pinned);
        if (now >= 8) expect(told.kind).toBe('finished');
        expect(verdict([...seen].reverse(), now, pinned).kind).toBe(told.kind);
      }),
    );
  });
});
