/** What a checkpoint asks for: read from the body, and held against the limits of durable executions. */
import { z } from 'zod';
import { invalid, LambdaError } from './errors.ts';
import type { ErrorObject, OperationAction, OperationType } from './model.ts';

/** Limits that the service keeps. Sizes in bytes, times in seconds. */
export const LIMITS = {
  operations: 3000,
  executionBytes: 100 * 1024 * 1024,
  payload: 256 * 1024,
  chainedInput: 1024 * 1024,
  batchBytes: 750 * 1024,
  batchUpdates: 250,
  nameLength: 256,
  waitSeconds: 31_622_400,
  callbackSeconds: 99_999_999,
  executionResult: 6 * 1024 * 1024,
} as const;

const text = z.string().nullish();
const count = z.number().int().nullish();

const errorObject = z.object({
  ErrorMessage: text,
  ErrorType: text,
  ErrorData: text,
  StackTrace: z.array(z.string()).nullish(),
});

const update = z.object({
  Id: z.string().min(1).max(64),
  ParentId: z.string().min(1).max(64).nullish(),
  Name: text,
  Type: z.enum(['EXECUTION', 'CONTEXT', 'STEP', 'WAIT', 'CALLBACK', 'CHAINED_INVOKE']),
  SubType: text,
  Action: z.enum(['START', 'SUCCEED', 'FAIL', 'RETRY', 'CANCEL']),
  Payload: text,
  Error: errorObject.nullish(),
  ContextOptions: z.object({ ReplayChildren: z.boolean().nullish() }).nullish(),
  StepOptions: z.object({ NextAttemptDelaySeconds: count }).nullish(),
  WaitOptions: z.object({ WaitSeconds: count }).nullish(),
  CallbackOptions: z.object({ TimeoutSeconds: count, HeartbeatTimeoutSeconds: count }).nullish(),
  ChainedInvokeOptions: z.object({ FunctionName: z.string() }).nullish(),
});

const body = z.object({
  CheckpointToken: z.string().min(1),
  ClientToken: text,
  Updates: z.array(update).nullish(),
});

/** One change to an operation. */
export interface OperationUpdate {
  readonly id: string;
  readonly parentId?: string;
  readonly name?: string;
  readonly type: OperationType;
  readonly subType?: string;
  readonly action: OperationAction;
  readonly payload?: string;
  readonly error?: ErrorObject;
  readonly replayChildren: boolean;
  /** Delay of a retry, length of a wait or time-out of a callback, whichever the type has. */
  readonly seconds?: number;
  readonly heartbeatSeconds: number;
  readonly functionName?: string;
  /** Bytes that are persisted for it. */
  readonly bytes: number;
}

/** A checkpoint request, understood. */
export interface Checkpoint {
  readonly token: string;
  readonly clientToken?: string;
  readonly updates: readonly OperationUpdate[];
}

/** Reads the body of a checkpoint. Throws the refusal for one that cannot be read or is too large. */
export function readCheckpoint(raw: Buffer): Checkpoint {
  const read = body.safeParse(parseJson(raw));
  if (!read.success) throw invalid(`Invalid checkpoint request: ${z.prettifyError(read.error)}`);
  const updates = read.data.Updates ?? [];
  if (updates.length > LIMITS.batchUpdates) throw invalid(`A checkpoint holds at most ${LIMITS.batchUpdates} updates.`);
  if (raw.length > LIMITS.batchBytes) throw invalid(`A checkpoint holds at most ${LIMITS.batchBytes} bytes.`);
  return {
    token: read.data.CheckpointToken,
    ...defined({ clientToken: read.data.ClientToken }),
    updates: updates.map(readUpdate),
  };
}

/** Reads an error object of a request body; an empty body is an empty error. */
export function readError(raw: Buffer): ErrorObject {
  if (raw.length === 0) return {};
  const read = errorObject.safeParse(parseJson(raw));
  if (!read.success) throw invalid('Invalid error object.');
  return plainError(read.data);
}

function readUpdate(raw: z.infer<typeof update>): OperationUpdate {
  const error = raw.Error == null ? undefined : plainError(raw.Error);
  const errorText = error === undefined ? '' : JSON.stringify(error);
  const read: OperationUpdate = {
    id: raw.Id,
    type: raw.Type,
    action: raw.Action,
    replayChildren: raw.ContextOptions?.ReplayChildren ?? false,
    heartbeatSeconds: raw.CallbackOptions?.HeartbeatTimeoutSeconds ?? 0,
    bytes: Buffer.byteLength(raw.Payload ?? '') + Buffer.byteLength(errorText),
    ...defined({
      parentId: raw.ParentId,
      name: raw.Name,
      subType: raw.SubType,
      payload: raw.Payload,
      functionName: raw.ChainedInvokeOptions?.FunctionName,
      seconds: secondsOf(raw),
    }),
    ...(error !== undefined && { error }),
  };
  checkLimits(read);
  return read;
}

function secondsOf(raw: z.infer<typeof update>): number | null | undefined {
  if (raw.Type === 'WAIT') return raw.WaitOptions?.WaitSeconds;
  if (raw.Type === 'CALLBACK') return raw.CallbackOptions?.TimeoutSeconds;
  return raw.StepOptions?.NextAttemptDelaySeconds;
}

function checkLimits(read: OperationUpdate): void {
  checkText('Operation name', read.name);
  checkText('Operation subtype', read.subType);
  const max = read.type === 'EXECUTION' ? LIMITS.executionResult : maxPayload(read);
  if (read.bytes > max) throw invalid(`${read.type} payload size must be less than or equal to ${max} bytes.`);
  const timed = (read.type === 'WAIT' && read.action === 'START') || read.action === 'RETRY';
  if (timed) checkSeconds(read.seconds ?? 0, 1, LIMITS.waitSeconds);
  if (read.type === 'CALLBACK') {
    checkSeconds(read.seconds ?? 0, 0, LIMITS.callbackSeconds);
    checkSeconds(read.heartbeatSeconds, 0, LIMITS.callbackSeconds);
  }
}

function maxPayload(read: OperationUpdate): number {
  return read.type === 'CHAINED_INVOKE' ? LIMITS.chainedInput : LIMITS.payload;
}

function checkText(what: string, value: string | undefined): void {
  if (value === undefined) return;
  if (value.length > LIMITS.nameLength || !/^[\x20-\x7E]+$/.test(value)) {
    throw invalid(`${what} must be 1 to ${LIMITS.nameLength} printable ASCII characters.`);
  }
}

function checkSeconds(value: number, min: number, max: number): void {
  if (value < min || value > max) throw invalid(`A delay must be between ${min} and ${max} seconds, not ${value}.`);
}

function plainError(raw: z.infer<typeof errorObject>): ErrorObject {
  return defined(raw) as ErrorObject;
}

/** The object without members that are null or absent. */
function defined<T extends object>(raw: T): { [K in keyof T]?: Exclude<T[K], null | undefined> } {
  const entries = Object.entries(raw).filter(([, value]) => value != null);
  return Object.fromEntries(entries) as { [K in keyof T]?: Exclude<T[K], null | undefined> };
}

function parseJson(raw: Buffer): unknown {
  try {
    return JSON.parse(raw.toString('utf8'));
  } catch {
    throw new LambdaError('InvalidRequestContentException', 'Could not parse request body into json.');
  }
}
