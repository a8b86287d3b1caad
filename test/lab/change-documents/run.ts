/** The changing documents as the lab runs them: what all of them share, in the order in which the PowerShell does it. */
import type { ChangeDocument } from '../../../bot/domain/change/change-wire.ts';
import { type ChangeSurface, ProcessDied } from '../world/surface.ts';
import type { DocumentRun } from '../world/types.ts';
import { activateModel } from './activate.ts';
import { assignHostModel } from './assign-host.ts';
import { BadOptions, type ChangeCall, type ChangeModel, type ModelOf } from './change-document.ts';
import { depositConfirmationIdModel } from './deposit-confirmation-id.ts';
import { installClientKeyModel } from './install-client-key.ts';
import { installHostRoleModel } from './install-host-role.ts';
import { installStoredKeyModel } from './install-stored-key.ts';
import { changeLine, markedAgain } from './line.ts';
import { clearOldMemory, enterTurn, exitTurn, openMemory, writeMemory } from './memory.ts';
import { operate, orFailure, setResult } from './operate.ts';
import { readInstallationIdModel } from './read-installation-id.ts';
import { rearmModel } from './rearm.ts';
import { codeOf, LIMITS, newState, type Session, secondsNow } from './session.ts';
import { setClientModel } from './set-client.ts';
import { setHostModel } from './set-host.ts';
import { computerName } from './state.ts';
import { testRoutingModel } from './test-routing.ts';

const MODELS: Readonly<Partial<Record<ChangeDocument, ModelOf>>> = {
  'KmsBot-Activate': activateModel,
  'KmsBot-AssignHost': assignHostModel,
  'KmsBot-SetClient': setClientModel,
  'KmsBot-InstallClientKey': installClientKeyModel,
  'KmsBot-TestRouting': testRoutingModel,
  'KmsBot-InstallStoredKey': installStoredKeyModel,
  'KmsBot-ReadInstallationId': readInstallationIdModel,
  'KmsBot-DepositConfirmationId': depositConfirmationIdModel,
  'KmsBot-Rearm': rearmModel,
  'KmsBot-SetHost': setHostModel,
  'KmsBot-InstallHostRole': installHostRoleModel,
};

/** Starting Windows PowerShell; an assumption, not a measurement. */
const START_SECONDS = 2;
/** Longer than any step may take: the agent waits in vain for a process that died. */
const NEVER_SECONDS = 86_400;

/** Runs the model on a machine. */
export const runChange = (call: ChangeCall, surface: ChangeSurface): DocumentRun => {
  const model = modelOf(call);
  if (typeof model === 'number') return { seconds: START_SECONDS, exitCode: model, stdout: '', stderr: '' };
  const session = newSession(call, surface, model);
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
    const modelled = MODELS[document];
    if (modelled === undefined) throw new Error(`The lab has no model of the document ${document}`);
    return modelled(decoded(options));
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

const newSession = (
  { document, operation }: ChangeCall,
  surface: ChangeSurface,
  { reads = {} }: ChangeModel,
): Session => {
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
    via: undefined,
    need: undefined,
    who: undefined,
    tail: undefined,
    iid: undefined,
    dig: undefined,
    saved: undefined,
    pub: undefined,
    again: undefined,
    before: before.wire,
    after: after.wire,
  };
  return { surface, reads, change, before, after, elapsedMs: 0, step: '' };
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
  if (model.unkept === true) return line;
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
