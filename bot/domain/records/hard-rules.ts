/**
 * What no plan may do to a `_vlmcs` set, judged by the sets alone: by none of the reasons that led to the plan, so that a
 * mistake in those is caught here. And what Route 53 would not take.
 */
import { changesOf } from './batch.ts';
import { type Mark, ownershipOf, readMark } from './marks.ts';
import type { Planned } from './record-lines.ts';
import type { RecordEdit, RecordRefusal } from './record-plan.ts';
import type { ExactSet, NameState } from './record-set.ts';
import { sameAnswer } from './srv-record.ts';

export type BrokenRule =
  /** A value that is not ours would go. */
  | { readonly rule: 'loses-value'; readonly text: string }
  /** A TXT value that is no mark of ours would go, and is no mark that is taken over. */
  | { readonly rule: 'loses-text'; readonly text: string }
  /** The set would go with its last value. */
  | { readonly rule: 'empties'; readonly text: string };

/** The first rule that a plan breaks. `mayVanish`: it takes back the change that made the set. */
export const brokenRule = (plan: Planned, owner: string, mayVanish: boolean): BrokenRule | undefined => {
  const { before, after } = plan;
  const gone = missingFrom(after.srv, before.srv);
  const foreign = gone.find((text) => ownershipOf(text, before, owner) !== 'ours');
  if (foreign !== undefined) return { rule: 'loses-value', text: foreign };
  const text = missingFrom(after.txt, before.txt).find((value) => !mayGo(readMark(value), plan.edits, owner));
  if (text !== undefined) return { rule: 'loses-text', text };
  const [last] = gone;
  return last !== undefined && after.srv === undefined && !mayVanish ? { rule: 'empties', text: last } : undefined;
};

const missingFrom = (after: ExactSet | undefined, before: ExactSet | undefined): readonly string[] => {
  const there = new Set(after?.values);
  return (before?.values ?? []).filter((text) => !there.has(text));
};

const mayGo = (mark: Mark | undefined, edits: readonly RecordEdit[], owner: string): boolean =>
  mark !== undefined &&
  (mark.owner === owner || edits.some((edit) => edit.kind === 'adopt' && sameAnswer(edit.answer, mark.answer)));

/** Values in one set, and values and their characters in one transaction. Source: aws.md §3.1 and §3.2. */
const LIMITS = { set: 400, 'batch-values': 1_000, 'batch-characters': 32_000 } as const;

/** The limit of Route 53 that a plan does not keep. */
export const beyondLimit = (
  before: NameState,
  after: NameState,
): Pick<Extract<RecordRefusal, { kind: 'set-full' }>, 'limit' | 'of'> | undefined => {
  const values = changesOf(before, after).flatMap(({ set }) => set.values);
  const sizes = {
    set: Math.max(after.srv?.values.length ?? 0, after.txt?.values.length ?? 0),
    'batch-values': values.length,
    'batch-characters': values.reduce((sum, { length }) => sum + length, 0),
  };
  const of = (['set', 'batch-values', 'batch-characters'] as const).find((each) => sizes[each] > LIMITS[each]);
  return of && { of, limit: LIMITS[of] };
};
