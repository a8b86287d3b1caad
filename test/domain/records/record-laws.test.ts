/**
 * Laws that hold of every plan of a record, whatever stands there and whoever else writes. Requests that are refused do
 * not count as runs. Whose a value is, the laws read from the text of the marks for themselves.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyChanges, changesOf, sameState } from '../../../bot/domain/records/batch.ts';
import type { RecordPlan } from '../../../bot/domain/records/record-plan.ts';
import type { NameState } from '../../../bot/domain/records/record-set.ts';
import { parseSrv } from '../../../bot/domain/records/srv-record.ts';
import {
  brokenRules,
  isOwned,
  needlessChanges,
  OURS,
  partedMarks,
  planIn,
  planned,
  untoldValues,
  valuesOf,
} from './law-words.ts';
import { undoOf } from './plan-words.ts';
import { type DirectRequest, nameState, situation } from './sample-records.ts';

const RUNS = { numRuns: 10_000 } as const;

const lawOf = (law: (plan: RecordPlan, asked: DirectRequest) => void): void => {
  fc.assert(
    fc.property(situation, ({ state, asked }) => {
      const plan = planIn(planned(asked, state));
      fc.pre(plan !== undefined);
      law(plan, asked);
    }),
    RUNS,
  );
};

describe('every plan', { timeout: 60_000 }, () => {
  it('loses nothing of others, empties no set, and is what was asked for when Route 53 takes its transaction', () => {
    lawOf((plan, asked) => {
      const now = applyChanges(plan.before, changesOf(plan.before, plan.after));
      expect({
        broken: brokenRules(plan, false),
        needless: needlessChanges(plan),
        parted: partedMarks(plan),
        untold: untoldValues(plan),
        becomesThat: now !== undefined && sameState(now, plan.after),
        isAsked: isAsked(plan, asked),
      }).toEqual({ broken: [], needless: [], parted: [], untold: [], becomesThat: true, isAsked: true });
    });
  });

  it('loses nothing of others when it takes back another one, though they have changed the set meanwhile', () => {
    fc.assert(
      fc.property(situation, fc.array(meddling, { maxLength: 3 }), ({ state, asked }, meddled) => {
        const plan = planIn(planned(asked, state));
        fc.pre(plan !== undefined);
        const undone = planIn(planned(undoOf(plan), meddled.reduce(withMeddling, plan.after)));
        fc.pre(undone !== undefined);
        expect([...brokenRules(undone, plan.createsSet), ...needlessChanges(undone), ...untoldValues(undone)]).toEqual(
          [],
        );
      }),
      RUNS,
    );
  });

  it('is taken back by its inverse, marks and spelling and TTL alike, and the undo by the inverse of that', () => {
    lawOf((plan) => {
      const undone = planIn(planned(undoOf(plan), plan.after, { change: 'cundo' }));
      const redone = undone && planIn(planned(undoOf(undone), undone.after, { change: 'credo' }));
      const isBack = undone !== undefined && sameState(undone.after, plan.before);
      expect([isBack, redone !== undefined && sameState(redone.after, plan.after)]).toEqual([true, true]);
    });
  });

  it('leaves nothing to do for a second one, nor for a second undo', () => {
    lawOf((plan, asked) => {
      const again = planned(asked, plan.after, { change: 'cagain' });
      // What was removed is told to be no longer there.
      const isGone = asked.kind === 'remove' && meantIn(plan.after, asked).length === 0;
      expect(again.kind === 'plan' ? again.plan.edits : isGone || again.refusal).toEqual(
        again.kind === 'plan' ? [] : true,
      );
      const twice = planned(undoOf(plan), plan.before, { change: 'ctwice' });
      // A host that the set names twice cannot be told from one whose numbers were changed since.
      const isDoubtful = twice.kind === 'refused' && twice.refusal.kind === 'changed-since' && namesTwice(plan);
      expect(twice.kind === 'plan' ? twice.plan.edits : isDoubtful || twice.refusal).toEqual(
        twice.kind === 'plan' ? [] : true,
      );
    });
  });

  it('is void as soon as a set that it touches has moved', () => {
    const drift = fc.record({ other: nameState, of: fc.constantFrom('both', 'srv', 'txt', 'none') });
    fc.assert(
      fc.property(situation, drift, ({ state, asked }, { other, of }) => {
        const plan = planIn(planned(asked, state));
        fc.pre(plan !== undefined);
        const now = drifted(state, other, of);
        const changes = changesOf(plan.before, plan.after);
        const hasMoved = changes.some(({ type }) => !sameState(only(now, type), only(state, type)));
        expect(applyChanges(now, changes) === undefined).toBe(hasMoved);
        const again = planIn(planned(asked, now));
        if (hasMoved && again !== undefined) expect(sameState(again.before, plan.before)).toBe(false);
      }),
      RUNS,
    );
  });
});

/** The values that a request means, by what it says. */
const meantIn = (state: NameState, asked: DirectRequest): readonly string[] =>
  valuesOf(state).filter((text) => {
    const answer = parseSrv(text);
    if (answer?.target !== asked.target) return false;
    return (['port', 'priority', 'weight'] as const).every(
      (field) => (asked[field] ?? answer[field]) === answer[field],
    );
  });

const isAsked = ({ before, after }: RecordPlan, asked: DirectRequest): boolean => {
  const meant = meantIn(after, asked);
  if (asked.kind === 'add') return meant.length > 0;
  if (asked.kind === 'remove') return meantIn(before, asked).length === 1 && meant.length === 0;
  return meant.length === 1 && meant.every((text) => isOwned(after, text, OURS));
};

/** What others do to a set between a change and its undo: values and texts join and go. */
const meddling = fc.record({ other: nameState, keep: fc.nat(7), join: fc.boolean() });

const withMeddling = (state: NameState, { other, keep, join }: { other: NameState; keep: number; join: boolean }) => {
  const mixed = (key: 'srv' | 'txt'): NameState => {
    const values = (state[key]?.values ?? []).filter((_, index) => index !== keep);
    const all = [...new Set([...values, ...(join ? (other[key]?.values ?? []) : [])])];
    const ttlSeconds = (state[key] ?? other[key])?.ttlSeconds ?? 0;
    return all.length === 0 ? {} : { [key]: { ttlSeconds, values: all } };
  };
  return { ...mixed('srv'), ...mixed('txt') };
};

const namesTwice = ({ before, after }: RecordPlan): boolean =>
  [before, after].some((state) => {
    const answers = valuesOf(state).flatMap((text) => parseSrv(text) ?? []);
    return new Set(answers.map(({ target, port }) => `${target}:${port}`)).size < answers.length;
  });

const only = (state: NameState, type: 'SRV' | 'TXT'): NameState => {
  const { srv, txt } = state;
  return type === 'SRV' ? { ...(srv && { srv }) } : { ...(txt && { txt }) };
};

const drifted = (state: NameState, other: NameState, of: string): NameState => {
  if (of === 'both' || of === 'none') return of === 'both' ? other : state;
  return { ...only(of === 'srv' ? other : state, 'SRV'), ...only(of === 'txt' ? other : state, 'TXT') };
};
