/** What one edit makes of the sets of a name, and what takes it back. Whether it may be made is decided elsewhere. */
import type { Draft } from './draft.ts';
import { formatMark, marksIn, type StandingMark } from './marks.ts';
import type { PutBack, RecordEdit } from './record-plan.ts';
import type { SrvAnswer } from './srv-answer.ts';
import { formatSrv, parseSrv, sameAnswer } from './srv-record.ts';

/** Who makes the change: what its marks say. */
export interface Author {
  readonly owner: string;
  readonly change: string;
}

export interface Edited {
  readonly draft: Draft;
  readonly inverse: RecordEdit;
}

/** Makes the edit. Values keep their order, new ones stand last. */
export const applyEdit = (draft: Draft, edit: RecordEdit, author: Author): Edited => {
  const srv = { ...draft.srv, values: valuesAfter(draft.srv.values, edit) };
  const marks = marksOf(draft, edit, author);
  const kept = draft.txt.values.filter((value) => !marks.taken.includes(value));
  const txt = { ...draft.txt, values: [...kept, ...marks.made.filter((value) => !kept.includes(value))] };
  return { draft: { srv, txt }, inverse: inverseOf(draft, edit, marks) };
};

const saying = (answer: SrvAnswer) => (text: string) => {
  const other = parseSrv(text);
  return other !== undefined && sameAnswer(other, answer);
};

/** The value as it is to be written: as it was spelled, where it is put back. */
const spelled = (answer: SrvAnswer, { text }: PutBack): string =>
  text !== undefined && saying(answer)(text) ? text : formatSrv(answer);

const valuesAfter = (values: readonly string[], edit: RecordEdit): readonly string[] => {
  switch (edit.kind) {
    case 'add':
      return [...values, spelled(edit.answer, edit)];
    case 'remove': {
      const isIt = saying(edit.answer);
      return values.filter((text) => !isIt(text));
    }
    case 'change': {
      const isIt = saying(edit.from);
      return values.map((text) => (isIt(text) ? spelled(edit.to, edit) : text));
    }
    default:
      return values;
  }
};

/** What an edit is about: the answer that it leaves, and the one that it takes away where that is another. */
const answersOf = (edit: RecordEdit): readonly SrvAnswer[] =>
  edit.kind === 'change' ? [edit.to, edit.from] : [edit.answer];

/** Only taking over touches marks of others. */
const isTaken = (edit: RecordEdit, owner: string) => (mark: StandingMark) =>
  (mark.owner === owner || edit.kind === 'adopt') && answersOf(edit).some((answer) => sameAnswer(mark.answer, answer));

const marksOf = (draft: Draft, edit: RecordEdit, author: Author): NonNullable<PutBack['marks']> => {
  const taken = marksIn(draft)
    .filter(isTaken(edit, author.owner))
    .map(({ value }) => value);
  if (edit.marks !== undefined) return { made: edit.marks.taken, taken };
  const isOurs = edit.kind === 'add' || edit.kind === 'change' || edit.kind === 'adopt';
  return {
    made: isOurs
      ? answersOf(edit)
          .slice(0, 1)
          .map((answer) => formatMark({ ...author, answer }))
      : [],
    taken,
  };
};

/** Takes back the edit: `text` where the value that goes is spelled in another way than we would write it. */
const inverseOf = (draft: Draft, edit: RecordEdit, marks: NonNullable<PutBack['marks']>): RecordEdit => {
  switch (edit.kind) {
    case 'add':
      return { kind: 'remove', answer: edit.answer, marks };
    case 'remove':
      return { kind: 'add', answer: edit.answer, ...oddSpelling(draft, edit.answer), marks };
    case 'change':
      return { kind: 'change', from: edit.to, to: edit.from, ...oddSpelling(draft, edit.from), marks };
    case 'adopt':
      return { kind: 'release', answer: edit.answer, marks };
    case 'release':
      return { kind: 'adopt', answer: edit.answer, marks };
  }
};

const oddSpelling = (draft: Draft, answer: SrvAnswer): Pick<PutBack, 'text'> => {
  const text = draft.srv.values.find(saying(answer));
  return text === undefined || text === formatSrv(answer) ? {} : { text };
};
