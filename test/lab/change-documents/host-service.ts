/** Restarting the licensing service of a KMS host, as the documents do it: bounded, and whoever else starts it. */
import { SETTING_QUESTIONS } from '../inspect/questions.ts';
import { number, text } from '../inspect/text.ts';
import type { CimInstance } from '../world/surface.ts';
import { CallFailed, invoked, LIMITS, type Session } from './session.ts';
import { readRows } from './state.ts';

const WAIT_MS = 30_000;
const POLL_MS = 1000;

const NO_SUCH_SERVICE = '80070424';
const REQUEST_TIMEOUT = '8007041D';
const FAILED = '80041001';

/** Answers of `Win32_Service` that have a result code. */
const CODES: Readonly<Record<number, string>> = {
  2: '80070005',
  3: '8007041B',
  5: '80070425',
  7: '8007041D',
  14: '80070422',
};

type ServiceState = 'Stopped' | 'Running';

export const serviceRow = (session: Session): CimInstance => {
  const row = readRows(session, SETTING_QUESTIONS.service)[0];
  if (row === undefined) throw new CallFailed(NO_SUCH_SERVICE);
  return row;
};

/** Lets simulated time pass. */
export const sleep = (session: Session, ms: number): void => {
  session.elapsedMs += ms;
};

/** Whole milliseconds since the document began, as its stopwatch shows them. */
export const watchMs = ({ elapsedMs }: Session): number => Math.floor(elapsedMs);

/** Anybody who asks about the licence starts the service: then it stands there as another process. */
const isThere = (row: CimInstance, wanted: ServiceState, former: number): boolean =>
  (wanted === 'Stopped' && number(row.ProcessId) !== former) || text(row.State) === wanted;

const bring = (session: Session, method: string, wanted: ServiceState): void => {
  session.step = method;
  const row = serviceRow(session);
  const former = number(row.ProcessId);
  if (text(row.State) === wanted) return;
  const value = invoked(session, row, method, {}, LIMITS.set);
  const until = Math.min(watchMs(session) + WAIT_MS, LIMITS.all);
  for (;;) {
    if (isThere(serviceRow(session), wanted, former)) return;
    if (value !== 0) throw new CallFailed(CODES[value] ?? FAILED);
    if (watchMs(session) >= until) throw new CallFailed(REQUEST_TIMEOUT);
    sleep(session, POLL_MS);
  }
};

export const startService = (session: Session): void => bring(session, 'StartService', 'Running');

export const restartService = (session: Session): void => {
  bring(session, 'StopService', 'Stopped');
  startService(session);
};
