import { describe, expect, it } from 'vitest';
import { recordFacts } from '../../../bot/domain/records/record-facts.ts';
import type { RecordPlan } from '../../../bot/domain/records/record-plan.ts';
import type { NameState } from '../../../bot/domain/records/record-set.ts';

const set = (...values: string[]) => ({ ttlSeconds: 300, values });
const plan = (before: NameState, after: NameState, edits: RecordPlan['edits'] = []): RecordPlan => ({
  place: { siteId: 'tokyo', zoneId: 'Z1', zone: 'corp.example', private: true, vpcIds: [], domain: 'corp.example' },
  edits,
  before,
  after,
  lines: [],
  inverse: [],
  createsSet: false,
  ttl: { seconds: 300, why: 'default' },
});

const A = '0 0 1688 a.corp.example.';
const B = '0 0 1688 b.corp.example.';

describe("what the audit keeps of a record's change", () => {
  it('are the values taken away and added, and not those that stay', () => {
    const facts = recordFacts(plan({ srv: set(A, 'kept') }, { srv: set('kept', B), txt: set('"mark"') }));

    expect(facts).toEqual({ zoneId: 'Z1', domain: 'corp.example', removed: [A], added: [B] });
  });

  it('are all values where the set is made, or goes', () => {
    expect(recordFacts(plan({}, { srv: set(A), txt: set('"mark"') }))).toMatchObject({ removed: [], added: [A] });
    expect(recordFacts(plan({ srv: set(A) }, {}))).toMatchObject({ removed: [A], added: [] });
  });

  it.each([
    ['adopt', { adopted: [A] }],
    ['release', { released: [A] }],
  ] as const)('are values that only change hands: %s', (kind, expected) => {
    const answer = { priority: 0, weight: 0, port: 1688, target: 'a.corp.example' };
    const facts = recordFacts(plan({ srv: set(A) }, { srv: set(A), txt: set('"mark"') }, [{ kind, answer }]));

    expect(facts).toEqual({ zoneId: 'Z1', domain: 'corp.example', removed: [], added: [], ...expected });
  });
});
