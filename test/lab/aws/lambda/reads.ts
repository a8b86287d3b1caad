/** The calls that look at executions from outside, and the one that stops them. */
import type { AwsAnswer, AwsCall } from '../types.ts';
import { invalid, LambdaError } from './errors.ts';
import { parseFunctionName, VERSION } from './functions.ts';
import type { Execution } from './model.ts';
import { countOf, demand, json, type LambdaParts } from './service.ts';
import { readError } from './updates.ts';
import { asSeconds, eventOnWire, executionListed, executionOnWire, type Page, pageOf } from './wire.ts';

/** One execution. */
export function getDurableExecution(parts: LambdaParts, call: AwsCall, arn: string): AwsAnswer {
  demand(parts, call, 'GetDurableExecution', arn);
  return json(executionOnWire(existing(parts, arn), wantsData(call), VERSION));
}

/** What happened in an execution, oldest first unless asked otherwise. */
export function getDurableExecutionHistory(parts: LambdaParts, call: AwsCall, arn: string): AwsAnswer {
  demand(parts, call, 'GetDurableExecutionHistory', arn);
  const data = wantsData(call);
  const events = existing(parts, arn).history.map((event, index) => eventOnWire(event, index + 1, data));
  const page = requestedPage(call, call.query.get('ReverseOrder') === 'true' ? events.reverse() : events);
  return json({ Events: page.items, NextMarker: page.next });
}

/** The executions of a function, newest first unless asked otherwise. */
export function listDurableExecutions(parts: LambdaParts, call: AwsCall, functionName: string): AwsAnswer {
  const name = parseFunctionName(functionName, call, call.query.get('Qualifier') ?? undefined);
  demand(parts, call, 'ListDurableExecutionsByFunction', name.arn);
  const { fn } = parts.functions.find(name);
  const wanted = parts.engine.all().filter((execution) => execution.fn === fn && matches(execution, call.query));
  const page = requestedPage(call, call.query.get('ReverseOrder') === 'true' ? wanted : wanted.reverse());
  return json({ DurableExecutions: page.items.map(executionListed), NextMarker: page.next });
}

/** Ends an execution; a running invocation is not killed, but can keep nothing any more. */
export function stopDurableExecution(parts: LambdaParts, call: AwsCall, arn: string): AwsAnswer {
  demand(parts, call, 'StopDurableExecution', arn);
  const execution = existing(parts, arn);
  parts.engine.finish(execution, 'STOPPED', { error: readError(call.body) });
  return json({ StopTimestamp: asSeconds(execution.endMs ?? parts.clock.now()) });
}

function existing(parts: LambdaParts, arn: string): Execution {
  const execution = parts.engine.find(arn);
  if (execution === undefined) {
    throw new LambdaError('ResourceNotFoundException', `Durable execution not found: ${arn}`);
  }
  return execution;
}

function wantsData(call: AwsCall): boolean {
  return call.query.get('IncludeExecutionData') !== 'false';
}

function requestedPage<T>(call: AwsCall, items: readonly T[]): Page<T> {
  const page = pageOf(items, call.query.get('Marker') ?? undefined, countOf(call.query, 'MaxItems', 100, 1000));
  if (page === undefined) throw invalid('Invalid marker.');
  return page;
}

function matches(execution: Execution, query: URLSearchParams): boolean {
  const name = query.get('DurableExecutionName');
  const statuses = query.getAll('Statuses');
  return (
    (name === null || execution.name === name) &&
    (statuses.length === 0 || statuses.includes(execution.status)) &&
    execution.startMs >= instant(query, 'StartedAfter', Number.NEGATIVE_INFINITY) &&
    execution.startMs <= instant(query, 'StartedBefore', Number.POSITIVE_INFINITY)
  );
}

function instant(query: URLSearchParams, name: string, absent: number): number {
  const text = query.get(name);
  if (text === null) return absent;
  const ms = Date.parse(text);
  if (Number.isNaN(ms)) throw invalid(`${name} is not a timestamp.`);
  return ms;
}
