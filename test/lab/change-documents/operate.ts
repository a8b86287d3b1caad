/** One operation on one machine: what a run that died left, the verdict, the change itself, and putting back. */
import type { WireRefusal, WireResult } from '../../../bot/domain/change/change-wire.ts';
import { number } from '../inspect/text.ts';
import type { ChangeCall, ChangeModel } from './change-document.ts';
import { type Kept, writeMemory } from './memory.ts';
import { CallFailed, codeOf, newState, Refused, type Session, secondsNow } from './session.ts';
import { isDisabled, readInto } from './state.ts';

const HOUR_SECONDS = 3600;

/** The failure becomes the result, or the refusal of a safeguard does. */
export const setFailure = (session: Session, error: unknown): void => {
  const code = codeOf(error);
  Object.assign(session.change, { res: 'failed', step: session.step });
  if (error instanceof Refused) setResult(session, 'refused', error.why);
  if (/^[0-9A-F]{8}$/.test(code)) session.change.code = code;
};

/** Tries it; a failure becomes the result. */
export const orFailure = <T>(session: Session, act: () => T): T | undefined => {
  try {
    return act();
  } catch (error) {
    setFailure(session, error);
    return undefined;
  }
};

export const setResult = ({ change }: Session, res: WireResult, why?: WireRefusal): void => {
  change.res = res;
  if (why !== undefined) change.why = why;
};

/** Everything between the memory's question and its answer: reads, decides, changes, and puts back. */
export const operate = (session: Session, call: ChangeCall, model: ChangeModel, kept: Kept | undefined): void => {
  const { change } = session;
  const isDisabledService = readBefore(session, model);
  if (change.res !== undefined) return;
  if (isDisabledService) {
    setResult(session, 'refused', 'service-disabled');
    return;
  }
  if (kept !== undefined) {
    session.begunAt = number(kept.at);
    orFailure(session, () => resume(session, model, kept));
    if (change.res === 'failed') change.back = 0;
    if (change.res !== undefined) return;
  }
  const verdict = orFailure(session, () => model.verdict(session, session.before));
  if (change.res !== undefined) return;
  if (verdict !== undefined) {
    setResult(session, verdict.res, 'why' in verdict ? verdict.why : undefined);
    change.after = session.before.wire;
    return;
  }
  orFailure(session, () => apply(session, call, model));
};

const readBefore = (session: Session, { blind }: ChangeModel): boolean => {
  try {
    if (blind !== true && isDisabled(session)) return true;
    readInto(session, session.before);
  } catch (error) {
    if (blind !== true) setFailure(session, error);
    else codeOf(error);
  }
  return false;
};

/** What a run that died half way left: what it reached stays, anything else is put back, and this run starts afresh. */
const resume = (session: Session, model: ChangeModel, { at, was = [] }: Kept): void => {
  if (secondsNow(session) - at > HOUR_SECONDS && model.onlyTests !== true) return;
  const { change } = session;
  if (model.isResumed(session.before, was)) {
    setResult(session, 'done');
    change.before = { svc: null, prod: null };
    change.after = session.before.wire;
    return;
  }
  if (!model.putsBack) return;
  model.restore(session, was);
  session.before = newState();
  readInto(session, session.before);
  change.before = session.before.wire;
};

const apply = (session: Session, { operation, document: doc, options: opt }: ChangeCall, model: ChangeModel): void => {
  const { change } = session;
  const remembered = model.remembered(session.before);
  writeMemory(session, operation, { doc, opt, was: remembered });
  takeSteps(session, model);
  if (change.res === undefined && model.onlyTests !== true) verify(session, model);
  if (change.res === 'done') return;
  if (change.res === undefined) setResult(session, 'done');
  putBack(session, model, remembered);
};

const takeSteps = (session: Session, model: ChangeModel): void => {
  try {
    model.steps(session);
  } catch (error) {
    if (error instanceof CallFailed && error.code === 'no-command') setResult(session, 'refused', 'no-command');
    else setFailure(session, error);
  }
};

const verify = (session: Session, model: ChangeModel): void => {
  orFailure(session, () => {
    const unread = failureIn(session, () => readInto(session, session.after));
    if (unread !== undefined && model.blind !== true) {
      session.step = unread.step;
      throw new CallFailed(unread.code);
    }
    if (model.isReached(session.after)) return setResult(session, 'done');
    session.step = 'verify';
    throw new CallFailed('');
  });
};

/**
 * What the machine shows afterwards decides, not whether every call went well. A first failure stays the result; one of
 * putting back becomes it only where all had gone well.
 */
const putBack = (session: Session, model: ChangeModel, remembered: readonly string[]): void => {
  const { change } = session;
  const restored = model.putsBack ? failureIn(session, () => model.restore(session, remembered)) : undefined;
  session.after = newState();
  change.after = session.after.wire;
  const read = failureIn(session, () => readInto(session, session.after));
  if (!model.putsBack) return;
  const isBack = read === undefined && model.remembered(session.after).join('\n') === remembered.join('\n');
  if (!isBack && change.res !== 'failed') {
    const { step, code } = restored ?? read ?? { step: 'verify', code: '' };
    session.step = step;
    setFailure(session, new CallFailed(code));
  }
  if (change.res === 'failed') change.back = isBack ? 1 : 0;
};

const failureIn = (session: Session, act: () => void): { readonly step: string; readonly code: string } | undefined => {
  try {
    act();
    return undefined;
  } catch (error) {
    return { step: session.step, code: codeOf(error) };
  }
};
