/** Reading the parts of a machine that a change can touch, in the order in which the documents ask. */
import { rankedProducts, serviceOf } from '../inspect/products.ts';
import { CIM_QUESTIONS, type CimQuestion } from '../inspect/questions.ts';
import { hasAll, INVALID_QUERY } from '../inspect/run.ts';
import { text } from '../inspect/text.ts';
import type { CimInstance } from '../world/surface.ts';
import { CallFailed, type MachineState, mustRead, newState, type Session } from './session.ts';

const NOT_FOUND = '80041002';

/** Rows of a class; asked again without the newer properties where this Windows lacks them. */
export const readRows = (session: Session, question: CimQuestion, seconds?: number): readonly CimInstance[] => {
  const { newer = [], properties } = question;
  if (newer.length === 0) return askRows(session, question, properties, seconds);
  try {
    return askRows(session, question, [...properties, ...newer]);
  } catch (error) {
    if (!(error instanceof CallFailed) || error.code !== INVALID_QUERY) throw error;
    return askRows(session, question, properties);
  }
};

const askRows = (
  session: Session,
  { className, where }: CimQuestion,
  properties: readonly string[],
  seconds?: number,
): readonly CimInstance[] => {
  const all = mustRead(session, session.surface.cim(className), seconds);
  if (where !== undefined && !hasAll(all, [where.property])) throw new CallFailed(INVALID_QUERY);
  const rows = where === undefined ? all : all.filter(where.holds);
  if (!hasAll(rows, properties)) throw new CallFailed(INVALID_QUERY);
  return rows.map((row) => Object.fromEntries(properties.map((name) => [name, row[name] ?? null])));
};

/** Reads into a state, so that what was read before a failure stands there. */
export const readInto = (session: Session, state: MachineState): void => {
  session.step = 'SoftwareLicensingService';
  const svc = readRows(session, session.reads.svc ?? CIM_QUESTIONS.svc)[0];
  if (svc === undefined) throw new CallFailed(NOT_FOUND);
  state.svc = svc;
  state.wire.svc = serviceOf(svc);
  session.step = 'SoftwareLicensingProduct';
  state.products = rankedProducts(readRows(session, CIM_QUESTIONS.prod));
  state.wire.prod = state.products.map(({ product }) => product);
  state.windows = state.products.find(({ product }) => product.app === 'w');
  session.reads.more?.(session, state);
};

/** A fresh reading. */
export const readState = (session: Session): MachineState => {
  const state = newState();
  readInto(session, state);
  return state;
};

/** Whether the licensing service may not be started. */
export const isDisabled = (session: Session): boolean => {
  session.step = 'Win32_Service';
  return text(readRows(session, CIM_QUESTIONS.spp)[0]?.StartMode) === 'Disabled';
};

const COMPUTER_NAME: CimQuestion = { className: 'Win32_ComputerSystem', properties: ['Name'] };

/** Empty where it cannot be read: the machine of a model has no environment. */
export const computerName = (session: Session): string => {
  try {
    return text(readRows(session, COMPUTER_NAME)[0]?.Name);
  } catch (error) {
    if (error instanceof CallFailed) return '';
    throw error;
  }
};

/** A KMS host key is installed. */
export const isKmsHost = ({ wire, products }: MachineState): boolean =>
  wire.svc?.host === 1 || products.some(({ product }) => /^VOLUME_KMS(?!CLIENT)/.test(product.ch));

export const isKmsClient = ({ windows }: MachineState): boolean => windows?.product.ch === 'VOLUME_KMSCLIENT';
