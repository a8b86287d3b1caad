/** From a plan to what Route 53 is asked, and what it then does: compare-and-swap by exact DELETE and CREATE. */
import type { RecordChange } from './record-plan.ts';
import type { ExactSet, NameState } from './record-set.ts';

const TYPES = [
  ['SRV', 'srv'],
  ['TXT', 'txt'],
] as const;

const sameValues = (a: readonly string[], b: readonly string[]): boolean => {
  const [first, second] = [new Set(a), new Set(b)];
  return a.length === b.length && first.size === second.size && a.every((value) => second.has(value));
};

/** Route 53 gives the values of a set in no certain order. */
const sameSet = (a: ExactSet | undefined, b: ExactSet | undefined): boolean =>
  a === undefined || b === undefined ? a === b : a.ttlSeconds === b.ttlSeconds && sameValues(a.values, b.values);

/** Whether the same stands at a name: values in any order, TTL included. */
export const sameState = (a: NameState, b: NameState): boolean =>
  sameSet(a.srv, b.srv) && sameSet(a.txt, b.txt) && a.untouchable === b.untouchable;

/**
 * One transaction, each set as it was read and as it shall be. Where a mark alone changes, the SRV set is replaced by
 * itself: what somebody has changed in it meanwhile is noticed, and no mark is left without its value.
 */
export const changesOf = (before: NameState, after: NameState): readonly RecordChange[] =>
  sameState(before, after) ? [] : TYPES.flatMap(([type, key]) => replacing(type, before[key], after[key]));

const replacing = (
  type: RecordChange['type'],
  old: ExactSet | undefined,
  wanted: ExactSet | undefined,
): readonly RecordChange[] => {
  if (type === 'TXT' && sameSet(old, wanted)) return [];
  const gone: RecordChange[] = old === undefined ? [] : [{ action: 'DELETE', type, set: old }];
  return wanted === undefined ? gone : [...gone, { action: 'CREATE', type, set: wanted }];
};

/** What Route 53 makes of a transaction: all of it, or `undefined` where one part does not meet what stands there. */
export const applyChanges = (state: NameState, changes: readonly RecordChange[]): NameState | undefined =>
  changes.reduce<NameState | undefined>((now, change) => now && afterOne(now, change), state);

const afterOne = (state: NameState, { action, type, set }: RecordChange): NameState | undefined => {
  const key = type === 'SRV' ? 'srv' : 'txt';
  const { [key]: standing, ...rest } = state;
  if (action === 'CREATE') return standing === undefined ? { ...rest, [key]: set } : undefined;
  return standing !== undefined && sameSet(standing, set) ? rest : undefined;
};
