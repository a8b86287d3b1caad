import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { NodeResult, Verdict } from '../../bot/domain/check-report.ts';
import { addToTally, checkReport, emptyTally, groupByCause, mergeTally, totals } from '../../bot/domain/report.ts';

const DAY = 86_400_000;
const NOW = 1_794_000_000_000;

const result = (
  id: number,
  verdict: Verdict,
  cause?: string,
  name = `web-${String(id).padStart(4, '0')}`,
): NodeResult => ({
  nodeId: `i-${String(id).padStart(8, '0')}`,
  siteId: 'tokyo',
  name,
  verdict,
  next: { kind: 'none' },
  ...(cause === undefined ? {} : { cause: { key: cause, kind: 'target-no-answer', subject: cause } }),
});

const activated = (daysLeft: number, missedRenewals = 0): Verdict => ({
  state: 'activated',
  by: 'kms',
  channel: 'kms-client',
  expiresAtMs: NOW + daysLeft * DAY,
  missedRenewals,
});
const notification: Verdict = { state: 'notification', channel: 'kms-client', reason: '0xC004F074' };
const unlicensed: Verdict = { state: 'unlicensed', channel: 'kms-client', reason: '0xC004F074' };
const inGrace = (days: number): Verdict => ({
  state: 'in-grace',
  channel: 'kms-client',
  grace: 'initial',
  endsAtMs: NOW + days * DAY,
  reason: '0x4004F00C',
});
const offline = (lastSeenMs: number): Verdict => ({ state: 'not-asked', why: { kind: 'offline', lastSeenMs } });

const verdicts: readonly Verdict[] = [
  activated(170),
  activated(160, 2),
  { state: 'activated', by: 'permanent', channel: 'unknown', missedRenewals: 0 },
  inGrace(6),
  notification,
  unlicensed,
  { state: 'not-a-kms-client', channel: 'mak', licensed: true },
  { state: 'unknown', missing: ['prod'] },
  { state: 'unreadable', why: { kind: 'empty' } },
  { state: 'no-answer', why: { kind: 'undeliverable' } },
  offline(NOW),
];

describe('totals', () => {
  it('count each machine once, by what became of it', () => {
    expect(totals(verdicts.map((verdict, index) => result(index, verdict)))).toEqual({
      machines: 11,
      activated: 3,
      activatedLate: 1,
      inGrace: 1,
      notActivated: 2,
      notKmsClient: 1,
      unknown: 2,
      notAsked: 2,
    });
  });
});

describe('groupByCause', () => {
  it('puts the worst first and larger groups first among equals', () => {
    const groups = groupByCause([
      result(1, offline(NOW), 'off'),
      result(2, activated(100, 8), 'late'),
      result(3, inGrace(5), 'new'),
      result(4, notification, 'a'),
      result(5, notification, 'b'),
      result(6, unlicensed, 'b'),
      result(7, { state: 'unknown', missing: ['prod'] }, 'unknown'),
      result(8, { state: 'no-answer', why: { kind: 'undeliverable' } }, 'none'),
      result(9, { state: 'not-a-kms-client', channel: 'mak', licensed: false }, 'mak'),
    ]);

    expect(groups.map((group) => [group.cause.key, group.state, group.total])).toEqual([
      ['b', 'notification', 2],
      ['a', 'notification', 1],
      ['new', 'in-grace', 1],
      ['unknown', 'unknown', 1],
      ['late', 'activated', 1],
      ['mak', 'not-a-kms-client', 1],
      ['none', 'no-answer', 1],
      ['off', 'not-asked', 1],
    ]);
  });

  it('keeps machines of one cause apart when some are worse off', () => {
    const groups = groupByCause([result(1, inGrace(5), 'dead'), result(2, notification, 'dead')]);

    expect(groups.map(({ state, total }) => [state, total])).toEqual([
      ['notification', 1],
      ['in-grace', 1],
    ]);
  });

  it('names ten machines at most, in alphabetical order', () => {
    const names = ['m', 'c', 'A', 'x', 'b', 'k', 'j', 'd', 'i', 'h', 'g', 'f', 'e'];
    const [group] = groupByCause(names.map((name, id) => result(id, notification, 'dead', name)));

    expect(group?.total).toBe(13);
    expect(group?.examples.map(({ name }) => name)).toEqual(['A', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j']);
  });

  it('tells the newest sign of life and the nearest end', () => {
    const groups = groupByCause([
      result(1, offline(NOW - DAY), 'off'),
      result(2, offline(NOW - 5 * DAY), 'off'),
      result(3, inGrace(9), 'new'),
      result(4, inGrace(3), 'new'),
    ]);

    expect(groups).toMatchObject([{ expiresAtMs: NOW + 3 * DAY }, { lastSeenMs: NOW - DAY }]);
  });

  it('has no group for machines that are well', () => {
    expect(groupByCause([result(1, activated(170))])).toEqual([]);
  });
});

describe('checkReport', () => {
  const check = { sites: [], startedAtMs: NOW, finishedAtMs: NOW + 1, timedOut: false, unmatched: [] };

  it('tells the nearest expiry, and when the next healthy machine renews', () => {
    const tally = addToTally(emptyTally(), [
      result(1, activated(178)),
      result(2, activated(176)),
      result(3, activated(100, 11), 'late'),
      result(4, { ...activated(20), by: 'active-directory' } as Verdict),
    ]);

    expect(checkReport({ tally, ...check })).toMatchObject({
      nextExpiryMs: NOW + 20 * DAY,
      nextRenewalMs: NOW + 3 * DAY,
      totals: { machines: 4, activatedLate: 1 },
      groups: [{ cause: { key: 'late' } }],
    });
  });

  it('names no time when no machine has one', () => {
    const report = checkReport({ tally: emptyTally(), ...check });

    expect(report).not.toHaveProperty('nextExpiryMs');
    expect(report).not.toHaveProperty('nextRenewalMs');
  });
});

const anyResult = fc
  .record({
    id: fc.nat(200),
    verdict: fc.constantFrom(...verdicts),
    cause: fc.option(fc.constantFrom('a', 'b', '__proto__', 'constructor'), { nil: undefined }),
  })
  .map(({ id, verdict, cause }) => result(id, verdict, cause));

const distinct = fc.uniqueArray(anyResult, { selector: ({ nodeId }) => nodeId, maxLength: 60 });

describe('a tally', () => {
  it('is the same however the results are split, whatever their order', () => {
    fc.assert(
      fc.property(distinct, fc.nat(60), fc.nat(60), (results, i, j) => {
        const [from, to] = i < j ? [i, j] : [j, i];
        const parts = [results.slice(0, from), results.slice(from, to), results.slice(to)].map((part) =>
          addToTally(emptyTally(), part),
        );
        const [a = emptyTally(), b = emptyTally(), c = emptyTally()] = parts;
        const whole = addToTally(emptyTally(), results);

        expect(mergeTally(mergeTally(a, b), c)).toEqual(whole);
        expect(mergeTally(a, mergeTally(b, c))).toEqual(whole);
        expect(mergeTally(c, mergeTally(b, a))).toEqual(whole);
        expect(addToTally(a, [...results.slice(from)].reverse())).toEqual(whole);
      }),
    );
  });

  it('survives a round trip through JSON', () => {
    fc.assert(
      fc.property(distinct, (results) => {
        const tally = addToTally(emptyTally(), results);
        expect(JSON.parse(JSON.stringify(tally))).toEqual(tally);
      }),
    );
  });

  it('accounts for every machine', () => {
    fc.assert(
      fc.property(distinct, (results) => {
        const { activated, inGrace, notActivated, notKmsClient, unknown, notAsked, machines } = totals(results);
        expect(machines).toBe(results.length);
        expect(activated + inGrace + notActivated + notKmsClient + unknown + notAsked).toBe(machines);
      }),
    );
  });

  it('adds up ten thousand machines without the work growing with the square of their number', () => {
    const many = (count: number) => Array.from({ length: count }, (_, id) => result(id, notification, `cause-${id}`));
    const timed = (results: readonly NodeResult[]) => {
      const startedAt = performance.now();
      addToTally(emptyTally(), results);
      return performance.now() - startedAt;
    };
    timed(many(10_000));

    // Generous for a loaded machine; ten thousand distinct causes take about 20 ms on an idle one.
    expect(timed(many(10_000))).toBeLessThan(1000);
  });
});
