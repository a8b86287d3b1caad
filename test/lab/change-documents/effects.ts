/** What the documents do to a machine, and how they put back what they set. */
import { number, text } from '../inspect/text.ts';
import type { CimInstance } from '../world/surface.ts';
import { CallFailed, codeOf, invoke, LIMITS, type MachineState, newState, type Session } from './session.ts';
import { readInto, readState } from './state.ts';

const setHostName = (session: Session, row: CimInstance, name: string): void => {
  if (name === '') invoke(session, row, 'ClearKeyManagementServiceMachine', {}, LIMITS.set);
  else invoke(session, row, 'SetKeyManagementServiceMachine', { MachineName: name }, LIMITS.set);
};

const setHostPort = (session: Session, row: CimInstance, port: number): void => {
  if (port === 0) invoke(session, row, 'ClearKeyManagementServicePort', {}, LIMITS.set);
  else invoke(session, row, 'SetKeyManagementServicePort', { PortNumber: port }, LIMITS.set);
};

/** As slmgr does it: no port clears the port, and no name clears both. */
export const setAssignment = (session: Session, row: CimInstance, name: string, port: number): void => {
  setHostName(session, row, name);
  setHostPort(session, row, port);
};

export const setLookup = (session: Session, row: CimInstance, domain: string): void => {
  if (domain === '') invoke(session, row, 'ClearKeyManagementServiceLookupDomain', {}, LIMITS.set);
  else invoke(session, row, 'SetKeyManagementServiceLookupDomain', { LookupDomain: domain }, LIMITS.set);
};

const SUCCESS = '00000000';
const NOT_BOUND = 'C004F056';
const UNSPECIFIED = '80004005';

/** The code the activation ended in. */
export const activate = (session: Session, state: MachineState, seconds: number): string => {
  const { svc, windows } = state;
  if (svc === undefined || windows === undefined) throw new CallFailed('');
  try {
    invoke(session, windows.row, 'Activate', {}, seconds);
  } catch (error) {
    return codeOf(error) || UNSPECIFIED;
  }
  return licenceCode(session, 'Activate', NOT_BOUND);
};

/** Windows may raise nothing and still not be activated: then its reason counts, where it is a failure. */
export const licenceCode = (session: Session, step: string, otherwise: string): string => {
  const { svc, windows } = session.before;
  if (svc !== undefined) attemptOnly(() => invoke(session, svc, 'RefreshLicenseStatus', {}, LIMITS.set));
  const now = readState(session);
  session.step = step;
  for (const { product } of now.products) {
    if (product.id !== windows?.product.id) continue;
    if (product.st === 1) return SUCCESS;
    if (/^[89A-F]/.test(product.why)) return product.why;
  }
  return otherwise;
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
  const sets = [now.svc, ofProduct].flatMap((row, level) => {
    if (row === undefined) return [];
    const [name = '=', port = '0'] = remembered.slice(3 * level);
    const shown = levelOf(row);
    return [
      ...(isKnown && shown[0] === name ? [] : [() => setHostName(session, row, name.slice(1))]),
      ...(isKnown && shown[1] === port ? [] : [() => setHostPort(session, row, Number(port))]),
    ];
  });
  doAll(session, sets);
};

/** One value that cannot be put back must not keep another from it: the first failure is told once all were tried. */
export const doAll = (session: Session, acts: readonly (() => void)[]): void => {
  let failure: { readonly step: string; readonly code: string } | undefined;
  for (const act of acts) {
    try {
      act();
    } catch (error) {
      failure ??= { step: session.step, code: codeOf(error) };
    }
  }
  if (failure === undefined) return;
  session.step = failure.step;
  throw new CallFailed(failure.code);
};
