/** A plan's values one by one, as people read them. */
import { compare } from '../digest.ts';
import { type StandingValue, valuesIn } from './marks.ts';
import type { HostNote, RecordEdit, RecordLine } from './record-plan.ts';
import type { NameState, Ownership } from './record-set.ts';
import { compareAnswers, sameAnswer } from './srv-record.ts';
import { isReadable } from './standing-values.ts';

export interface Planned {
  readonly edits: readonly RecordEdit[];
  readonly before: NameState;
  readonly after: NameState;
}

/** Every value before or after, in the order clients try them; what is no SRV answer stands last. */
export const linesOf = (
  planned: Planned,
  owner: string,
  hostNote: ((answer: NonNullable<RecordLine['answer']>) => HostNote | undefined) | undefined,
): readonly RecordLine[] => {
  const after = valuesIn(planned.after, owner);
  const standing = valuesIn(planned.before, owner).map((value) => lineOf(value, after, planned.edits));
  const isTold = new Set(standing.flatMap(({ text, to }) => [text, to]));
  const added = after
    .filter(({ text }) => !isTold.has(text))
    .map((value): RecordLine => ({ ...value, what: 'added', ownership: 'ours' }));
  return [...standing, ...added].map((line) => withHost(line, hostNote)).toSorted(byClients);
};

const lineOf = (value: StandingValue, after: readonly StandingValue[], edits: readonly RecordEdit[]): RecordLine => {
  const now = after.find(({ text }) => text === value.text);
  if (now !== undefined) return { ...value, what: keptAs(value.ownership, now.ownership) };
  const to = changedTo(value, after, edits);
  return to === undefined ? { ...value, what: 'removed' } : { ...value, what: 'changed', to: to.text };
};

const keptAs = (before: Ownership, after: Ownership): RecordLine['what'] => {
  if (before !== 'ours' && after === 'ours') return 'adopted';
  return before === 'ours' && after !== 'ours' ? 'released' : 'kept';
};

const changedTo = ({ answer }: StandingValue, after: readonly StandingValue[], edits: readonly RecordEdit[]) => {
  const edit = edits.find((each) => each.kind === 'change' && answer !== undefined && sameAnswer(each.from, answer));
  if (edit?.kind !== 'change') return undefined;
  return after.filter(isReadable).find((value) => sameAnswer(value.answer, edit.to));
};

const withHost = (line: RecordLine, hostNote: Parameters<typeof linesOf>[2]): RecordLine => {
  const host = line.answer && hostNote?.(line.answer);
  return host === undefined ? line : { ...line, host };
};

const byClients = (a: RecordLine, b: RecordLine): number => {
  if (a.answer === undefined || b.answer === undefined)
    return Number(a.answer === undefined) - Number(b.answer === undefined) || compare(a.text, b.text);
  return compareAnswers(a.answer, b.answer) || compare(a.text, b.text);
};
