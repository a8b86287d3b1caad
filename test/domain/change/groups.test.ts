import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FATES, fateOf, groupOutcomes } from '../../../bot/domain/change/outcome-groups.ts';
import type { NodeOutcome } from '../../../bot/domain/change/plan.ts';
import { groupLeft, groupPlanned } from '../../../bot/domain/change/plan-groups.ts';
import { BAD_OUTCOMES, DISCOVER, LEFT, nodeId, outcomes, planned, planOf, WELL } from '../../slack/support/changes.ts';

const one = (parts: Partial<NodeOutcome>): NodeOutcome => ({
  nodeId: nodeId(1),
  siteId: 'tokyo',
  name: 'web-01',
  result: 'done',
  ...parts,
});

describe('what became of a machine', () => {
  it.each<[string, Partial<NodeOutcome>, boolean, string]>([
    ['activated afterwards', WELL, false, 'done'],
    [
      'was told that it is activated, and is not',
      { activationCode: '00000000', activated: false },
      false,
      'not-activated',
    ],
    ['was so already', { result: 'same' }, false, 'done'],
    ['changed, and its activation failed', { activationCode: 'C004F074', activated: false }, false, 'not-activated'],
    [
      'its attempt failed, but it is activated',
      { activationCode: 'C004F074', activated: true },
      false,
      'not-activated',
    ],
    ['was activated, and is not any more', { activated: false }, true, 'lost'],
    ['was not activated, and is not', { activated: false }, false, 'done'],
    [
      'a plain activation failed',
      { result: 'failed', code: 'C004F074', activationCode: 'C004F074' },
      false,
      'not-activated',
    ],
    ['failed, and was put back', { result: 'failed', code: '80070005', restored: true }, false, 'failed'],
    ['failed, and could not be put back', { result: 'failed', restored: false }, false, 'left-half-done'],
    ['never began', { result: 'no-answer', detail: 'delivery-timed-out' }, false, 'not-sent'],
    ['began, and said nothing', { result: 'no-answer', detail: 'execution-timed-out' }, false, 'no-answer'],
  ])('%s', (_, parts, wasActivated, fate) => {
    expect(fateOf(one(parts), wasActivated)).toBe(fate);
  });
});

describe('groups of outcomes', () => {
  it('hold every machine once, worst first', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...BAD_OUTCOMES, WELL), { maxLength: 40 }), (parts) => {
        const all = parts.map((each, at) => one({ ...each, nodeId: nodeId(at) }));
        const groups = groupOutcomes(all);
        const order = groups.map(({ fate }) => FATES.indexOf(fate));

        expect(groups.flatMap((group) => group.outcomes.map((outcome) => outcome.nodeId)).sort()).toEqual(
          all.map((outcome) => outcome.nodeId).sort(),
        );
        expect(order).toEqual([...order].sort((a, b) => a - b));
      }),
    );
  });

  it('tell machines apart that failed for different reasons, and not those that are well', () => {
    const nodes = planned(DISCOVER, 4);
    const groups = groupOutcomes([
      ...outcomes(nodes.slice(0, 1), WELL),
      ...outcomes(nodes.slice(1, 2), { result: 'done' }),
      ...outcomes(nodes.slice(2, 3), { activationCode: 'C004F074', activated: false }),
      ...outcomes(nodes.slice(3), { activationCode: 'C004F038', activated: false }),
    ]);

    expect(groups.map(({ fate, outcomes: all }) => [fate, all.length])).toEqual([
      ['not-activated', 1],
      ['not-activated', 1],
      ['done', 2],
    ]);
  });
});

describe('groups of a plan', () => {
  it('put machines together whose values change alike, largest first', () => {
    const other = planned(DISCOVER, 1, { changes: [{ what: 'assignment', before: 'kms9', after: null }] });
    const groups = groupPlanned(planOf(DISCOVER, [...other, ...planned(DISCOVER, 12)]));

    expect(groups.map(({ nodes }) => nodes.length)).toEqual([12, 1]);
  });

  it('keep machines apart that cannot be undone', () => {
    const without = planned(DISCOVER, 2, { inverse: { none: 'unknown-key' } });

    expect(groupPlanned(planOf(DISCOVER, [...without, ...planned(DISCOVER, 3)]))).toHaveLength(2);
  });

  it('tell of every reason to leave machines alone', () => {
    const left = LEFT.map((each, at) => ({ nodeId: nodeId(at), siteId: 'tokyo', name: `web-${at}`, left: each }));

    expect(groupLeft({ left: [...left, ...left] }).map(({ nodes }) => nodes.length)).toEqual(left.map(() => 2));
  });
});
