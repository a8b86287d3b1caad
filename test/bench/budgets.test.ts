import { describe, expect, it } from 'vitest';
import { brokenBudgets, callsAllowed, linesOf } from './budgets.ts';
import type { Results } from './results.ts';
import { table } from './table.ts';

const GOOD = {
  coldAck: { bare: 100, ours: 140, bolt: 400 },
  ssmCalls: { '100': { ours: 7, naive: 96 }, '10000': { ours: 209, naive: 10_194 } },
  fleet10000: { seconds: 700, maxRssMb: 300, accounted: 10_000 },
  diagnose10000: { seconds: 1.2, judgeSeconds: 0.6, maxRssMb: 220 },
  accuracy: { worlds: 2_000, byCode: 0.3, one: 0.97, two: 0.9, unread: 0.9, falselySure: 0 },
} satisfies Results;

const broken = (results: Results) => brokenBudgets(linesOf(results));

describe('the budgets', () => {
  it('are kept by good figures', () => {
    expect(broken(GOOD)).toEqual([]);
  });

  it('say nothing of parts that were not measured', () => {
    expect(linesOf({})).toEqual([]);
  });

  it('allow twenty calls and one for fifty machines', () => {
    expect([100, 1_000, 10_000].map(callsAllowed)).toEqual([22, 40, 220]);
  });

  it.each<[string, Results, RegExp]>([
    [
      'a start too slow beside the bare handler',
      { coldAck: { bare: 100, ours: 151, bolt: 400 } },
      /1\.510 ×, at most 1\.5/,
    ],
    ['a start too slow beside Bolt', { coldAck: { bare: 100, ours: 140, bolt: 300 } }, /0\.467 ×, at most 0\.45/],
    ['one call too many', { ssmCalls: { '100': { ours: 23, naive: 96 } } }, /check of 100: 23, at most 22/],
    ['a second too long', { fleet10000: { ...GOOD.fleet10000, seconds: 901 } }, /901 s, at most 900 s/],
    ['too much memory', { fleet10000: { ...GOOD.fleet10000, maxRssMb: 513 } }, /513 MB, at most 512 MB/],
    ['memory that could not be measured', { fleet10000: { ...GOOD.fleet10000, maxRssMb: Number.NaN } }, /NaN MB/],
    ['a diagnosis too slow', { diagnose10000: { ...GOOD.diagnose10000, seconds: 2.01 } }, /2\.01 s, at most 2 s/],
    ['a diagnosis too large', { diagnose10000: { ...GOOD.diagnose10000, maxRssMb: 301 } }, /301 MB, at most 300 MB/],
    ['a cause named wrongly too often', { accuracy: { ...GOOD.accuracy, one: 0.949 } }, /94\.9 %, at least 95 %/],
    ['two faults told too rarely', { accuracy: { ...GOOD.accuracy, two: 0.8 } }, /two faults: 80\.0 %, at least 85/],
    ['guessing where a probe is unread', { accuracy: { ...GOOD.accuracy, unread: 0.8 } }, /unread: 80\.0 %/],
    ['one that is sure and wrong', { accuracy: { ...GOOD.accuracy, falselySure: 1 } }, /without proof: 1, at most 0/],
    ['one machine lost', { fleet10000: { ...GOOD.fleet10000, accounted: 9_999 } }, /9999, at least 10000/],
  ])('are broken by %s, and the sentence names it', (_, results, sentence) => {
    expect(broken(results)).toEqual([expect.stringMatching(sentence)]);
  });
});

describe('the table', () => {
  const rows = table(linesOf({ ...GOOD, coldAck: { bare: 100, ours: 160, bolt: 400 } })).split('\n');

  it('has a header and a line for each figure', () => {
    expect(rows).toHaveLength(1 + 2 + 2 + 3 + 2 + 4);
  });

  it('shows each figure beside its baseline and its budget', () => {
    expect(rows.find((row) => row.startsWith('SSM calls, check of 10000'))).toMatch(
      /209 +at most 220 +kept +one call a machine: 10194 \(48\.8 × as many\)$/,
    );
  });

  it('marks what is broken', () => {
    expect(rows.filter((row) => row.includes('BROKEN'))).toEqual([expect.stringContaining('1.600 ×  at most 1.5 ×')]);
  });
});
