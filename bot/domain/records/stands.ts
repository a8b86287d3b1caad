/** How a name stands beside a plan, when it is read after a write whose answer was lost or refused. */
import { sameState } from './batch.ts';
import { marksIn } from './marks.ts';
import type { RecordPlan } from './record-plan.ts';
import type { ExactSet, NameState } from './record-set.ts';

type Sides = Pick<RecordPlan, 'before' | 'after'>;

const valuesOf = (set: ExactSet | undefined): readonly string[] => set?.values ?? [];

const without = (some: ExactSet | undefined, others: ExactSet | undefined): readonly string[] =>
  valuesOf(some).filter((value) => !valuesOf(others).includes(value));

/** The change of ours that wrote since a plan was made; undefined where no mark tells of one. */
export const changedBy = (now: NameState, { before }: Sides, owner: string): string | undefined => {
  const known = new Set(marksIn(before).map(({ value }) => value));
  return marksIn(now).find((mark) => mark.owner === owner && !known.has(mark.value))?.change;
};

/** Everything that is added stands in the set, and nothing that is taken away does. */
const carries = (now: ExactSet | undefined, before: ExactSet | undefined, after: ExactSet | undefined): boolean =>
  without(after, before).every((value) => valuesOf(now).includes(value)) &&
  !without(before, after).some((value) => valuesOf(now).includes(value));

/**
 * `after` also where somebody else has written since: what the plan adds is there with its marks, which nobody else
 * writes, and what it takes away is gone, whoever did it.
 */
export const standsAs = (now: NameState, { before, after }: Sides): 'before' | 'after' | 'otherwise' => {
  if (sameState(now, after)) return 'after';
  if (sameState(now, before)) return 'before';
  const isDone = carries(now.srv, before.srv, after.srv) && carries(now.txt, before.txt, after.txt);
  return isDone ? 'after' : 'otherwise';
};
