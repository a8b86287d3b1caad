import { describe, expect, it } from 'vitest';
import type { NodeResult } from '../../../bot/domain/check-report.ts';
import { mergeSummaries } from '../../../bot/domain/fleet/merge-summaries.ts';
import { summaryOf } from '../../../bot/domain/fleet/summarise.ts';
import { AT_MS, well } from './sample-fleet.ts';

const sum = (...results: readonly NodeResult[]) => summaryOf(results, AT_MS);

describe('the domains of a fleet', () => {
  it('counts by domain and network who asks for a record and what resolvers give', () => {
    const gives = (...hosts: string[]) => [{ domain: 'corp.example', gives: hosts }];
    const summary = sum(
      well('a', { vpcId: 'vpc-1', asks: [...gives('kms1:1688', 'kms2:1688'), { domain: 'lab.example', gives: [] }] }),
      well('b', { vpcId: 'vpc-1', asks: gives('kms1:1688') }),
      well('c', { vpcId: 'vpc-2', asks: gives() }),
      well('d', { vpcId: 'vpc-2', asks: [{ domain: 'corp.example' }] }),
      well('e', { vpcId: 'vpc-2', asks: gives(), assigned: true }),
      well('f', { asks: gives() }),
    );

    expect(summary.suffixes?.map(({ examples, ...use }) => ({ ...use, of: examples.map(({ name }) => name) }))).toEqual(
      [
        {
          domain: 'corp.example',
          vpcId: 'vpc-2',
          machines: 3,
          found: 0,
          unanswered: 1,
          stranded: 1,
          of: ['c', 'd', 'e'],
        },
        {
          domain: 'corp.example',
          vpcId: 'vpc-1',
          machines: 2,
          found: 2,
          given: [
            { host: 'kms1:1688', machines: 2 },
            { host: 'kms2:1688', machines: 1 },
          ],
          of: ['a', 'b'],
        },
        { domain: 'corp.example', machines: 1, found: 0, stranded: 1, of: ['f'] },
        { domain: 'lab.example', vpcId: 'vpc-1', machines: 1, found: 0, of: ['a'] },
      ],
    );
  });

  it('counts of those who ask only machines that KMS is meant to activate', () => {
    const mak: NodeResult = {
      ...well('b', { asks: [{ domain: 'corp.example', gives: [] }] }),
      verdict: { state: 'not-a-kms-client', channel: 'mak', licensed: true },
    };

    expect(sum(mak).suffixes).toEqual([]);
  });

  it('puts domains of one network together, and knows none where neither side does', () => {
    const one = sum(well('a', { vpcId: 'vpc-1', asks: [{ domain: 'corp.example', gives: ['kms1:1688'] }] }));
    const other = sum(well('b', { vpcId: 'vpc-1', asks: [{ domain: 'corp.example', gives: [] }] }));
    const { suffixes: _, ...old } = one;

    expect(mergeSummaries(one, other).suffixes).toMatchObject([{ machines: 2, found: 1, stranded: 1 }]);
    expect(mergeSummaries(old, other).suffixes).toMatchObject([{ machines: 1, found: 0 }]);
    expect(mergeSummaries(old, old)).not.toHaveProperty('suffixes');
  });
});
