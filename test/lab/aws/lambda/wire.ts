/** Operations, executions and histories in the shapes that the API and the invocation event give them. */
import { type Execution, type HistoryEvent, isClosed, type Operation } from './model.ts';

/** How a timestamp is written: seconds as a number in answers of the API, ISO 8601 in the invocation event. */
export type Stamp = (ms: number) => string | number;

export const asSeconds: Stamp = (ms) => ms / 1000;
export const asIso: Stamp = (ms) => new Date(ms).toISOString();

/** One operation as the SDK reads it. */
export function operationOnWire(operation: Operation, stamp: Stamp): Record<string, unknown> {
  return {
    Id: operation.id,
    ParentId: operation.parentId,
    Name: operation.name,
    Type: operation.type,
    SubType: operation.subType,
    Status: operation.status,
    StartTimestamp: stamp(operation.startMs),
    EndTimestamp: optional(operation.endMs, stamp),
    ...detailsOf(operation, stamp),
  };
}

function detailsOf(operation: Operation, stamp: Stamp): Record<string, unknown> {
  const outcome = { Result: operation.result, Error: operation.error };
  switch (operation.type) {
    case 'EXECUTION':
      return { ExecutionDetails: { InputPayload: operation.input } };
    case 'CONTEXT':
      return { ContextDetails: { ...outcome, ReplayChildren: operation.replayChildren } };
    case 'STEP':
      return {
        StepDetails: {
          ...outcome,
          Attempt: operation.attempt,
          NextAttemptTimestamp: optional(operation.nextAttemptMs, stamp),
        },
      };
    case 'WAIT':
      return { WaitDetails: { ScheduledEndTimestamp: optional(operation.scheduledEndMs, stamp) } };
    case 'CALLBACK':
      return { CallbackDetails: { ...outcome, CallbackId: operation.callback?.id } };
    case 'CHAINED_INVOKE':
      return { ChainedInvokeDetails: outcome };
  }
}

function optional(ms: number | undefined, stamp: Stamp): string | number | undefined {
  return ms === undefined ? undefined : stamp(ms);
}

/**
 * The operations a replay needs, the EXECUTION first. Children of closed contexts are left out, unless the context asked
 * for them.
 */
export function stateOf(execution: Execution): Operation[] {
  const shut = new Set<string>();
  const state: Operation[] = [];
  // A parent always starts before its children.
  for (const operation of execution.operations.values()) {
    const hidden = operation.parentId !== undefined && shut.has(operation.parentId);
    if (!hidden) state.push(operation);
    const closes = operation.type === 'CONTEXT' && isClosed(operation) && operation.replayChildren !== true;
    if (hidden || closes) shut.add(operation.id);
  }
  return state;
}

/** A page of a list, and where the next one begins. */
export interface Page<T> {
  readonly items: T[];
  readonly next?: string;
}

/** Cuts a page out of a list; `marker` is what the page before gave. Undefined for a marker that is not ours. */
export function pageOf<T>(list: readonly T[], marker: string | undefined, max: number): Page<T> | undefined {
  const from = marker === undefined ? 0 : readMarker(marker);
  if (from === undefined || from > list.length) return undefined;
  const to = from + max;
  return { items: list.slice(from, to), ...(to < list.length && { next: writeMarker(to) }) };
}

function writeMarker(index: number): string {
  return Buffer.from(`item:${index}`).toString('base64');
}

function readMarker(marker: string): number | undefined {
  const index = /^item:(\d{1,9})$/.exec(Buffer.from(marker, 'base64').toString('latin1'))?.[1];
  return index === undefined ? undefined : Number(index);
}

/** What `GetDurableExecution` answers. */
export function executionOnWire(execution: Execution, withData: boolean, version: string): Record<string, unknown> {
  return {
    ...executionListed(execution),
    InputPayload: withData ? execution.input : undefined,
    Result: withData ? execution.result : undefined,
    Error: withData ? execution.error : undefined,
    Version: version,
    TraceHeader: { XAmznTraceId: execution.traceRoot },
    ExecutionDataIncluded: withData,
    DurableConfig: {
      ExecutionTimeout: execution.fn.durable?.executionTimeoutSeconds,
      RetentionPeriodInDays: execution.fn.durable?.retentionDays,
    },
  };
}

/** One line of `ListDurableExecutionsByFunction`. */
export function executionListed(execution: Execution): Record<string, unknown> {
  return {
    DurableExecutionArn: execution.arn,
    DurableExecutionName: execution.name,
    FunctionArn: execution.fn.arn,
    Status: execution.status,
    StartTimestamp: asSeconds(execution.startMs),
    EndTimestamp: optional(execution.endMs, asSeconds),
  };
}

/** One event of the history; `id` counts from 1. */
export function eventOnWire(event: HistoryEvent, id: number, withData: boolean): Record<string, unknown> {
  return {
    EventId: id,
    EventType: event.type,
    EventTimestamp: asSeconds(event.atMs),
    Id: event.operation?.id,
    ParentId: event.operation?.parentId,
    Name: event.operation?.name,
    SubType: event.operation?.subType,
    [`${event.type}Details`]: withData ? event.details : withoutData(event.details),
  };
}

function withoutData(details: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const hidden = ['Input', 'Result', 'Error'];
  return Object.fromEntries(Object.entries(details).map(([key, value]) => [key, hidden.includes(key) ? {} : value]));
}
