/** What the documents do to a machine, and how they put back what they set. */
import { number, text } from '../inspect/text.ts';
import type { CimInstance } from '../world/surface.ts';
import { CallFailed, codeOf, invoke, LIMITS, type MachineState, newState, type Session } from './session.ts';
import { readInto, readState } from './state.ts';

/** As slmgr does it: no port clears the port, and no name clears both. */
export const setAssignment = (session: Session, row: CimInstance, name: string, port: number): void => {
  if (name === '') invoke(session, row, 'ClearKeyManagementServiceMachine', {}, LIMITS.set);
  else invoke(session, row, 'SetKeyManagementServiceMachine', { MachineName: name }, LIMITS.set);
  if (port === 0) invoke(session, row, 'ClearKeyManagementServicePort', {}, LIMITS.set);
  else invoke(session, row, 'SetKeyManagementServicePort', { PortNumber: port }, LIMITS.set);
};

export const setLookup = (session: Session, row: CimInstance, domain: string): void => {
  if (domain === '') invoke(session, row, 'ClearKeyManagementServiceLookupDomain', {}, LIMITS.set);
  else invoke(session, row, 'SetKeyManagementServiceLookupDomain', { LookupDomain: domain }, LIMITS.set);
};

const SUCCESS = '00000000';
const NOT_BOUND = 'C004F056';
const UNSPECIFIED = '80004005';

/** The code the activation ended in. Windows may raise nothing and still not be activated: then its reason counts. */
export const activate = (session: Session, state: MachineState, seconds: number): string => {
  const { svc, windows } = state;
  if (svc === undefined || windows === undefined) throw new CallFailed('');
  try {
    invoke(session, windows.row, 'Activate', {}, seconds);
  } catch (error) {
    return codeOf(error) || UNSPECIFIED;
  }
  attemptOnly(() => invoke(session, svc, 'RefreshLicenseStatus', {}, LIMITS.set));
  const now = readState(session);
  session.step = 'Activate';
  for (const { product } of now.products) {
    if (product.id !== windows.product.id) continue;
    if (product.st === 1) return SUCCESS;
    if (/^[89A-F]/.test(product.why)) return product.why;
  }
  return NOT_BOUND;
};

/** Does it; a failure changes nothing. */
const attemptOnly = (act: () => void): boolean => {
  try {
    act();
    return true;
  } catch (error) {
    codeOf(error);
    return false;
  }
};

const levelOf = (row: CimInstance | undefined): [string, string] =>
  row === undefined
    ? ['=', '0']
    : [`=${text(row.KeyManagementServiceMachine)}`, String(number(row.KeyManagementServicePort))];

/** Both levels as texts, exactly as they stand there. */
export const rememberedAssignment = ({ svc, windows }: MachineState): string[] => [
  ...levelOf(svc),
  windows?.product.id ?? '',
  ...levelOf(windows?.row),
];

/** Puts both levels back; where the present state cannot be read, everything is set. */
export const restoreAssignment = (session: Session, remembered: readonly string[]): void => {
  const read = newState();
  const isKnown = attemptOnly(() => readInto(session, read));
  const now = isKnown ? read : session.before;
  const ofProduct = now.products.findLast(({ product }) => product.id === remembered[2])?.row;
  inEach(session, [now.svc, ofProduct], (row, level) => {
    const [name = '=', port = '0'] = remembered.slice(3 * level);
    const shown = levelOf(row);
    if (isKnown && shown[0] === name && shown[1] === port) return;
    setAssignment(session, row, name.slice(1), Number(port));
  });
};

/** One level that cannot be put back must not keep the other from it: the first failure is told once both were tried. */
export const inEach = (
  session: Session,
  rows: readonly (CimInstance | undefined)[],
  act: (row: CimInstance, level: number) => void,
): void => {
  let failure: { readonly step: string; readonly code: string } | undefined;
  rows.forEach((row, level) => {
    if (row === undefined) return;
    try {
      act(row, level);
    } catch (error) {
      failure ??= { step: session.step, code: codeOf(error) };
    }
  });
  if (failure === undefined) return;
  session.step = failure.step;
  throw new CallFailed(failure.code);
};
