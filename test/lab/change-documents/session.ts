/** One run of a changing document's model: where it is, how long it took, and what stops it. */
import type { WireChange, WireRefusal, WireState } from '../../../bot/domain/change/change-wire.ts';
import type { WireProduct } from '../../../bot/domain/inspection-wire.ts';
import { errorCode } from '../inspect/codes.ts';
import type { ChangeSurface, CimInstance, MethodArguments, SurfaceError } from '../world/surface.ts';
import type { Reads } from './change-document.ts';
import type { Rules } from './host-rules.ts';

/** Seconds that calls may take; milliseconds of waiting for a turn and of the whole. As the documents have them. */
export const LIMITS = {
  turn: 30_000,
  read: 12,
  set: 12,
  install: 60,
  activate: 120,
  all: 270_000,
  restore: 60_000,
  id: 60,
  deposit: 60,
  rearm: 60,
  command: 20_000,
} as const;

const TIMED_OUT = '800705B4';

/** A call that failed; `code` is empty where nothing of the machine says why. */
export class CallFailed extends Error {
  override readonly name = 'CallFailed';
  readonly code: string;
  constructor(code: string) {
    super(code);
    this.code = code;
  }
}

/** A safeguard of the document itself: the result is `refused`, with the step and, where there is one, the code. */
export class Refused extends CallFailed {
  readonly why: WireRefusal;
  constructor(why: WireRefusal, code = '') {
    super(code);
    this.why = why;
  }
}

/** The machine as read at one moment. */
export interface MachineState {
  svc: CimInstance | undefined;
  products: readonly { readonly row: CimInstance; readonly product: WireProduct }[];
  /** The Windows product that `slmgr` means. */
  windows: { readonly row: CimInstance; readonly product: WireProduct } | undefined;
  readonly wire: WireState;
  /** Of a KMS host: `-`, or `=` and the lines of its list; whether that is a list of texts; its service; its rules. */
  hostList?: readonly string[];
  isHostListOfTexts?: boolean;
  hostService?: string;
  hostRules?: Rules;
}

export const newState = (): MachineState => ({
  svc: undefined,
  products: [],
  windows: undefined,
  wire: { svc: null, prod: null },
});

/** What a result holds while it is made. */
export type Change = { -readonly [K in keyof WireChange]: WireChange[K] | undefined };

export interface Session {
  readonly surface: ChangeSurface;
  readonly reads: Reads;
  readonly change: Change;
  before: MachineState;
  after: MachineState;
  /** Unix seconds when an earlier run of the operation began that died; absent where there is none. */
  begunAt?: number;
  /** Simulated milliseconds since the document began. */
  elapsedMs: number;
  /** What is being done. */
  step: string;
}

/** The code of a failure, for the result; anything that is no failure of the machine goes on up. */
export const codeOf = (error: unknown): string => {
  if (error instanceof CallFailed) return error.code;
  throw error;
};

/** Unix seconds by the machine's own clock. */
export const secondsNow = ({ surface, elapsedMs }: Session): number =>
  Math.floor((surface.clockMs + Math.floor(elapsedMs)) / 1000);

/** Lets the time pass that a failure took, at most the call's own limit. */
const failing = (session: Session, { hresult, afterMs = 0 }: SurfaceError, limitMs: number): CallFailed => {
  session.elapsedMs += Math.min(afterMs, limitMs);
  const code = afterMs > limitMs ? 'timeout' : errorCode(hresult);
  return new CallFailed(code === 'timeout' ? TIMED_OUT : code);
};

const okOf = <T>(session: Session, outcome: { ok: T } | { error: SurfaceError }, limitMs: number): T => {
  if ('ok' in outcome) return outcome.ok;
  throw failing(session, outcome.error, limitMs);
};

/** The value of an operation that takes no time. */
export const must = <T>(session: Session, outcome: { ok: T } | { error: SurfaceError }): T =>
  okOf(session, outcome, Number.POSITIVE_INFINITY);

/** As {@link must}, for a question to CIM. */
export const mustRead = <T>(
  session: Session,
  outcome: { ok: T } | { error: SurfaceError },
  seconds: number = LIMITS.read,
): T => okOf(session, outcome, seconds * 1000);

/** As {@link must}, for a program that is waited for so long. */
export const mustRun = <T>(session: Session, outcome: { ok: T } | { error: SurfaceError }, limitMs: number): T =>
  okOf(session, outcome, limitMs);

/** Class and key of an instance, by what was read of it. */
const identityOf = (row: CimInstance): readonly [className: string, key: string] => {
  if ('ProcessId' in row) return ['Win32_Service', String(row.Name)];
  return 'PartialProductKey' in row ? ['SoftwareLicensingProduct', String(row.ID)] : ['SoftwareLicensingService', ''];
};

/** Calls a method of the instance. */
export const invoke = (
  session: Session,
  row: CimInstance,
  method: string,
  args: MethodArguments,
  seconds: number,
): void => {
  const value = invoked(session, row, method, args, seconds);
  if (value !== 0) throw new CallFailed(value.toString(16).toUpperCase().padStart(8, '0'));
};

/** As {@link invoke}; gives the method's own `ReturnValue`. */
export const invoked = (
  session: Session,
  row: CimInstance,
  method: string,
  args: MethodArguments,
  seconds: number,
): number => {
  session.step = method;
  const [className, key] = identityOf(row);
  const outcome = session.surface.invoke(className, key, method, args);
  if ('error' in outcome) throw failing(session, outcome.error, seconds * 1000);
  if (outcome.ms > seconds * 1000) throw failing(session, { hresult: TIMED_OUT, afterMs: outcome.ms }, seconds * 1000);
  session.elapsedMs += outcome.ms;
  return outcome.ok;
};
