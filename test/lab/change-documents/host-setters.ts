/** How the documents set one thing of a KMS host. */
import { REGISTRY_QUESTIONS } from '../inspect/questions.ts';
import type { MethodArguments } from '../world/surface.ts';
import { command, writeValue } from './commands.ts';
import { openFolder } from './memory.ts';
import { CallFailed, invoke, LIMITS, type Session } from './session.ts';

export type Setting = 'publish' | 'domains' | 'port' | 'intervals' | 'priority' | 'firewall' | 'restart';

const EXPORTS = 'C:\\ProgramData\\KmsBot\\exports';
const LIST = 'DnsDomainPublishList';
const UNSPECIFIED = '80004005';

const onService = (session: Session, method: string, args: MethodArguments = {}): void => {
  const { svc } = session.before;
  if (svc !== undefined) invoke(session, svc, method, args, LIMITS.set);
};

const setPort = (session: Session, port: string): void => {
  if (port === '0') onService(session, 'ClearKeyManagementServiceListeningPort');
  else onService(session, 'SetKeyManagementServiceListeningPort', { PortNumber: Number(port) });
};

const setIntervals = (session: Session, activation: string, renewal: string): void => {
  onService(session, 'SetVLActivationInterval', { ActivationInterval: Number(activation) });
  onService(session, 'SetVLRenewalInterval', { RenewalInterval: Number(renewal) });
};

const setList = (session: Session, [mark, ...value]: readonly string[]): void => {
  session.step = LIST;
  if (mark !== '-') {
    writeValue(session, REGISTRY_QUESTIONS.spp, LIST, { type: 'REG_MULTI_SZ', value });
    return;
  }
  const values = session.surface.registry(REGISTRY_QUESTIONS.spp);
  if (values !== 'missing' && values[LIST] !== undefined) writeValue(session, REGISTRY_QUESTIONS.spp, LIST, null);
};

const SETTERS: Readonly<Partial<Record<Setting, (session: Session, values: readonly string[]) => void>>> = {
  publish: (session, [to]) =>
    onService(session, 'DisableKeyManagementServiceDnsPublishing', { DisablePublishing: to === '0' }),
  priority: (session, [to]) =>
    onService(session, 'EnableKeyManagementServiceLowPriority', { EnableLowPriority: to === '1' }),
  port: (session, [to = '0']) => setPort(session, to),
  intervals: (session, [activation = '', renewal = '']) => setIntervals(session, activation, renewal),
  domains: setList,
};

/** Port `0` is no port of its own; of a list `-` is none. */
export const setValues = (session: Session, set: Setting, values: readonly string[]): void =>
  SETTERS[set]?.(session, values);

/** The whole key, in a folder that nobody else enters, before anything of it is written. */
export const exportRegistry = (session: Session): void => {
  session.step = 'reg.exe';
  openFolder(session, EXPORTS);
  const path = `${EXPORTS}\\${session.change.op}.reg`;
  const key = REGISTRY_QUESTIONS.spp.replace('HKLM:', 'HKLM');
  const [ended] = command(session, 'reg.exe', { Arguments: ['export', key, path, '/y'].join('\n') });
  if (ended?.ExitCode !== 0) throw new CallFailed(UNSPECIFIED);
  session.change.saved = path;
};
