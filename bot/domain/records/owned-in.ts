/** Which values of a name are ours, as its marks say: what the ledger remembers of them. */
import { type Mark, marksIn, valuesIn } from './marks.ts';
import type { OwnedRecord } from './owned-record.ts';
import type { NameState } from './record-set.ts';
import { sameAnswer } from './srv-record.ts';

interface Remembering {
  readonly owner: string;
  readonly domain: string;
  readonly atMs: number;
  /** What was remembered before: what was ours then is so since then. */
  readonly known: readonly OwnedRecord[];
}

/** Empty where none is. A mark without its value is none of them. */
export const ownedIn = (state: NameState, given: Remembering): readonly OwnedRecord[] => {
  const marks = marksIn(state);
  return valuesIn(state, given.owner).flatMap(({ answer, ownership }) => {
    if (answer === undefined || ownership !== 'ours') return [];
    const mark = marks.find((each) => sameAnswer(each.answer, answer));
    return mark === undefined ? [] : [remembered(mark, given)];
  });
};

const remembered = ({ change, answer }: Mark, { domain, atMs, known }: Remembering): OwnedRecord => {
  const isSame = (each: OwnedRecord) =>
    each.domain === domain && each.change === change && sameAnswer(each.answer, answer);
  return known.find(isSame) ?? { domain, answer, change, atMs };
};
