/** The edits of an inverse that are still to be made, by the set as it is now. */
import { applyEdit } from './apply-edit.ts';
import { type Draft, stateOf } from './draft.ts';
import { valuesIn } from './marks.ts';
import type { RecordEdit, RecordRequest } from './record-plan.ts';
import type { NameState } from './record-set.ts';
import { type Decided, decidedOn, isClaimed, refused, type Standing } from './requested-edits.ts';
import type { SrvAnswer } from './srv-answer.ts';
import { isReadable, sayingIn, textsNaming } from './standing-values.ts';

/** `due`: to be made. `done`: everything is so already. `moved`: no longer as the change left it. */
type EditStanding = 'due' | 'done' | 'moved';

/** Each edit is judged by what those before it make of the set; one that no longer fits voids them all. */
export const undoEdits = (
  { edits }: Extract<RecordRequest, { kind: 'undo' }>,
  { owner, domain }: Standing,
  draft: Draft,
): Decided => {
  const due: RecordEdit[] = [];
  let now = draft;
  for (const edit of edits) {
    const state = stateOf(now);
    const standing = standingOf(edit, state, owner);
    if (standing === 'moved')
      return refused({ kind: 'changed-since', domain, texts: textsNaming(state, targetOf(edit)) });
    if (standing === 'done') continue;
    due.push(edit);
    now = applyEdit(now, edit, { owner, change: '' }).draft;
  }
  return decidedOn(...due);
};

const targetOf = (edit: RecordEdit): string => (edit.kind === 'change' ? edit.from : edit.answer).target;

const standingOf = (edit: RecordEdit, state: NameState, owner: string): EditStanding => {
  switch (edit.kind) {
    case 'add':
      return standingOfAdd(edit.answer, state, owner);
    case 'remove':
      return standingOfRemove(edit, state, owner);
    case 'change':
      return standingOfChange(edit, state, owner);
    case 'adopt':
      return standingOfAdopt(edit, state, owner);
    case 'release':
      return standingOfRelease(edit, state, owner);
  }
};

/** Whether the value is ours by the very marks that the change made: a later change has marks of its own. */
const isAsLeft = (edit: RecordEdit, answer: SrvAnswer, state: NameState, owner: string): boolean => {
  const [value] = sayingIn(state, owner, answer);
  return value?.ownership === 'ours' && hasMarks(state, edit.marks?.made ?? []);
};

const hasMarks = ({ txt }: NameState, marks: readonly string[]): boolean =>
  marks.every((mark) => txt?.values.includes(mark));

const standingOfAdd = (answer: SrvAnswer, state: NameState, owner: string): EditStanding => {
  const [value] = sayingIn(state, owner, answer);
  if (value !== undefined) return value.ownership === 'ours' ? 'done' : 'moved';
  return isClaimed(state, owner, answer) ? 'moved' : 'due';
};

const standingOfRemove = (
  edit: Extract<RecordEdit, { kind: 'remove' }>,
  state: NameState,
  owner: string,
): EditStanding => {
  if (sayingIn(state, owner, edit.answer).length > 0)
    return isAsLeft(edit, edit.answer, state, owner) ? 'due' : 'moved';
  // Gone, but its mark stands, or its host has other numbers by now: that was no undo.
  const made = edit.marks?.made ?? [];
  const isElsewhere = (made.length > 0 && hasMarks(state, made)) || isOursOtherwise(edit.answer, state, owner);
  return isElsewhere ? 'moved' : 'done';
};

const isOursOtherwise = ({ target, port }: SrvAnswer, state: NameState, owner: string): boolean =>
  valuesIn(state, owner)
    .filter(isReadable)
    .some(({ answer, ownership }) => ownership === 'ours' && answer.target === target && answer.port === port);

const standingOfChange = (
  edit: Extract<RecordEdit, { kind: 'change' }>,
  state: NameState,
  owner: string,
): EditStanding => {
  const [to] = sayingIn(state, owner, edit.to);
  if (isAsLeft(edit, edit.from, state, owner)) {
    return to === undefined && !isClaimed(state, owner, edit.to) ? 'due' : 'moved';
  }
  const isGone = sayingIn(state, owner, edit.from).length === 0;
  return isGone && to?.ownership === 'ours' ? 'done' : 'moved';
};

const standingOfAdopt = (
  edit: Extract<RecordEdit, { kind: 'adopt' }>,
  state: NameState,
  owner: string,
): EditStanding => {
  const [value, ...twice] = sayingIn(state, owner, edit.answer);
  if (value === undefined || twice.length > 0) return 'moved';
  if (value.ownership === 'ours') return 'done';
  return hasMarks(state, edit.marks?.made ?? []) ? 'due' : 'moved';
};

const standingOfRelease = (
  edit: Extract<RecordEdit, { kind: 'release' }>,
  state: NameState,
  owner: string,
): EditStanding => {
  const [value] = sayingIn(state, owner, edit.answer);
  if (value === undefined) return 'moved';
  if (value.ownership === 'ours') return isAsLeft(edit, edit.answer, state, owner) ? 'due' : 'moved';
  return hasMarks(state, edit.marks?.taken ?? []) ? 'done' : 'moved';
};
