/** The changing documents as the lab runs them: what all of them share, in the order in which the PowerShell does it. */
import type { ChangeDocument, WireRefusal, WireResult } from '../../../bot/domain/change/change-wire.ts';
import { type ChangeSurface, ProcessDied } from '../world/surface.ts';
import type { DocumentRun } from '../world/types.ts';
import { activateModel } from './activate.ts';
import { assignHostModel } from './assign-host.ts';
import { BadOptions, type ChangeModel, type ModelOf } from './change-document.ts';
import { installClientKeyModel } from './install-client-key.ts';
import { changeLine, markedAgain } from './line.ts';
import { clearOldMemory, enterTurn, exitTurn, type Kept, openMemory, writeMemory } from './memory.ts';
import { CallFailed, codeOf, LIMITS, newState, type Session, secondsNow } from './session.ts';
import { setClientModel } from './set-client.ts';
import { computerName, isDisabled, readInto } from './state.ts';
import { testRoutingModel } from './test-routing.ts';

const MODELS: Readonly<Record<ChangeDocument, ModelOf>> = {
  'KmsBot-Activate': activateModel,
  'KmsBot-AssignHost': assignHostModel,
  'KmsBot-SetClient': setClientModel,
  'KmsBot-InstallClientKey': installClientKeyModel,
  'KmsBot-TestRouting': testRoutingModel,
};

/** Starting Windows PowerShell; an assumption, not a measurement. */
const START_SECONDS = 2;
/** Longer than any step may take: the agent waits in vain for a process that died. */
const NEVER_SECONDS = 86_400;
const HOUR_SECONDS = 3600;

/** What a run of a changing document is told. */
export interface ChangeCall {
  readonly document: ChangeDocument;
  readonly operation: string;
  /** Base64. */
  readonly options: string;
}

/** Runs the model on a machine. */
export const runChange = (call: ChangeCall, surface: ChangeSurface): DocumentRun => {
  const model = modelOf(call);
  if (typeof model === 'number') return { seconds: START_SECONDS, exitCode: model, stdout: '', stderr: '' };
  const session = newSession(call, surface);
  try {
    const line = inTurn(session, call, model);
    const seconds = START_SECONDS + Math.ceil(session.elapsedMs / 1000);
    const printed = line === undefined ? '' : `${line}\r\n`;
    return { seconds, exitCode: line === undefined ? 21 : 0, stdout: printed, stderr: '' };
  } catch (error) {
    if (!(error instanceof ProcessDied)) throw error;
    return { seconds: NEVER_SECONDS, exitCode: -1, stdout: '', stderr: '' };
  }
};

/** The document's model for its options, or the code it exits with. */
const modelOf = ({ document, operation, options }: ChangeCall): ChangeModel | 20 | 21 => {
  if (operation.includes('{{') || options.includes('{{')) return 20;
  if (!/^[a-z0-9][a-z0-9-]{7,63}$/.test(operation) || !/^[A-Za-z0-9+/=]{0,3000}$/.test(options)) return 21;
  try {
    return MODELS[document](decoded(options));
  } catch (error) {
    if (error instanceof BadOptions || error instanceof SyntaxError) return 21;
    throw error;
  }
};

const decoded = (options: string): Readonly<Record<string, unknown>> => {
  if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(options)) throw new BadOptions();
  const ascii = Buffer.from(options, 'base64')
    .toString('latin1')
    .replace(/[\x80-\xff]/g, '?');
  const json: unknown = JSON.parse(ascii);
  if (typeof json !== 'object' || json === null || Array.isArray(json)) throw new BadOptions();
  return json as Readonly<Record<string, unknown>>;
};

const newSession = ({ document, operation }: ChangeCall, surface: ChangeSurface): Session => {
  const [before, after] = [newState(), newState()];
  const change: Session['change'] = {
    v: 1,
    at: 0,
    name: '',
    op: operation,
    doc: document,
    res: undefined,
    why: undefined,
    step: undefined,
    code: undefined,
    back: undefined,
    tests: undefined,
    again: undefined,
    before: before.wire,
    after: after.wire,
  };
  return { surface, change, before, after, elapsedMs: 0, step: '' };
};

const setFailure = (session: Session, error: unknown): void => {
  const code = codeOf(error);
  Object.assign(session.change, { res: 'failed', step: session.step });
  if (/^[0-9A-F]{8}$/.test(code)) session.change.code = code;
};

/** Tries it; a failure becomes the result. */
const orFailure = <T>(session: Session, act: () => T): T | undefined => {
  try {
    return act();
  } catch (error) {
    setFailure(session, error);
    return undefined;
  }
};

const setResult = ({ change }: Session, res: WireResult, why?: WireRefusal): void => {
  change.res = res;
  if (why !== undefined) change.why = why;
};

/** The line to print; undefined when the id is another operation's. */
const inTurn = (session: Session, call: ChangeCall, model: ChangeModel): string | undefined => {
  const isOurs = orFailure(session, () => enterTurn(session, LIMITS.turn));
  if (isOurs !== true) {
    if (session.change.res === undefined) setResult(session, 'busy');
    return completed(session);
  }
  const line = withMemory(session, call, model);
  exitTurn(session);
  return line;
};

const withMemory = (session: Session, call: ChangeCall, model: ChangeModel): string | undefined => {
  const { operation, document: doc, options: opt } = call;
  const kept = orFailure(session, () => openMemory(session, operation));
  if (kept !== undefined && (kept.doc !== doc || kept.opt !== opt)) return undefined;
  if (session.change.res !== undefined) return completed(session);
  if (kept?.line !== undefined) return markedAgain(kept.line);
  operate(session, call, model, kept);
  const line = completed(session);
  try {
    writeMemory(session, operation, { doc, opt, line });
    clearOldMemory(session);
  } catch (error) {
    codeOf(error);
  }
  return line;
};

const completed = (session: Session): string => {
  session.change.at = secondsNow(session);
  session.change.name = computerName(session);
  return changeLine(session.change);
};

const operate = (session: Session, call: ChangeCall, model: ChangeModel, kept: Kept | undefined): void => {
  const { change } = session;
  const isDisabledService = readBefore(session, model);
  if (change.res !== undefined) return;
  if (isDisabledService) {
    setResult(session, 'refused', 'service-disabled');
    return;
  }
  if (kept !== undefined) {
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
  if (secondsNow(session) - at > HOUR_SECONDS) return;
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
    readInto(session, session.after);
    if (model.isReached(session.after)) return setResult(session, 'done');
    session.step = 'verify';
    throw new CallFailed('');
  });
};

/** A first failure stays the result; one of putting back becomes it only where all had gone well. */
const putBack = (session: Session, model: ChangeModel, remembered: readonly string[]): void => {
  const { change } = session;
  let isBack = true;
  if (model.putsBack) isBack = kept(session, () => model.restore(session, remembered));
  session.after = newState();
  change.after = session.after.wire;
  kept(session, () => readInto(session, session.after));
  if (!model.putsBack) return;
  if (model.remembered(session.after).join('\n') !== remembered.join('\n')) {
    isBack = false;
    if (change.res !== 'failed') {
      session.step = 'verify';
      setFailure(session, new CallFailed(''));
    }
  }
  if (change.res === 'failed') change.back = isBack ? 1 : 0;
};

const kept = (session: Session, act: () => void): boolean => {
  try {
    act();
    return true;
  } catch (error) {
    if (session.change.res === 'failed') codeOf(error);
    else setFailure(session, error);
    return false;
  }
};
