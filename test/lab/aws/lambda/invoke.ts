/** The call `Invoke`. */
import type { AwsAnswer, AwsCall } from '../types.ts';
import { unqualified } from './chained.ts';
import { invalid, LambdaError } from './errors.ts';
import { parseFunctionName, qualifiedArn, type ResolvedFunction, VERSION } from './functions.ts';
import type { ErrorObject, Execution } from './model.ts';
import { callLater, callOnce } from './plain.ts';
import { checkedJson, demand, type LambdaParts } from './service.ts';

type InvocationType = 'Event' | 'RequestResponse' | 'DryRun';

/** Bytes of the payload. */
const MAX_PAYLOAD: Readonly<Record<InvocationType, number>> = {
  Event: 1024 * 1024,
  RequestResponse: 6 * 1024 * 1024,
  DryRun: 6 * 1024 * 1024,
};

/** Longest execution that a caller may wait for. */
const MAX_SYNC_SECONDS = 900;

/** Runs a function: waits for it, leaves it running, or only says whether it might be run. */
export async function invokeFunction(parts: LambdaParts, call: AwsCall, functionName: string): Promise<AwsAnswer> {
  const name = parseFunctionName(functionName, call, call.query.get('Qualifier') ?? undefined);
  demand(parts, call, 'InvokeFunction', qualifiedArn(name));
  const callee = parts.functions.find(name);
  const type = invocationType(call);
  const payload = payloadOf(call, type);
  const executionName = executionNameOf(call, callee);
  if (callee.fn.durable !== undefined && callee.qualifier === undefined) throw unqualified();
  if (type === 'DryRun') return { status: 204, headers: {}, body: '' };
  if (callee.fn.durable !== undefined) return invokeDurable(parts, callee, type, executionName, payload);
  if (type === 'RequestResponse') return plainAnswer(await callOnce(parts, callee, payload), callee);
  callLater(parts, callee, payload, parts.ids.uuid());
  return { status: 202, headers: {}, body: '' };
}

async function invokeDurable(
  parts: LambdaParts,
  callee: ResolvedFunction,
  type: Exclude<InvocationType, 'DryRun'>,
  name: string | undefined,
  payload: string,
): Promise<AwsAnswer> {
  if (type === 'RequestResponse' && (callee.fn.durable?.executionTimeoutSeconds ?? 0) > MAX_SYNC_SECONDS) {
    throw invalid(
      'You cannot synchronously invoke a durable function with an executionTimeout greater than 15 minutes.',
    );
  }
  const execution = parts.engine.start(callee.fn, name, payload, versionOf(callee));
  const headers = { 'x-amz-durable-execution-arn': execution.arn };
  if (type === 'Event') return { status: 202, headers, body: '' };
  await ended(execution);
  const answer = execution.error === undefined ? execution.result : errorPayload(execution.error);
  return resultAnswer(answer ?? 'null', execution.status !== 'SUCCEEDED', versionOf(callee), headers);
}

function ended(execution: Execution): Promise<void> {
  if (execution.status !== 'RUNNING') return Promise.resolve();
  return new Promise((resolve) => execution.onEnd.push(resolve));
}

function plainAnswer(outcome: Awaited<ReturnType<typeof callOnce>>, callee: ResolvedFunction): AwsAnswer {
  if ('thrown' in outcome) return resultAnswer(errorPayload(outcome.thrown), true, versionOf(callee), {});
  return resultAnswer(JSON.stringify(outcome.ok ?? null), false, versionOf(callee), {});
}

function resultAnswer(body: string, failed: boolean, version: string, headers: Record<string, string>): AwsAnswer {
  const error = failed ? { 'x-amz-function-error': 'Unhandled' } : {};
  const type = { 'content-type': 'application/json', 'x-amz-executed-version': version };
  return { status: 200, headers: { ...type, ...error, ...headers }, body };
}

/** The body of a failed synchronous invocation. */
function errorPayload(error: ErrorObject): string {
  const { ErrorType, ErrorMessage, StackTrace } = error;
  return JSON.stringify({ errorType: ErrorType, errorMessage: ErrorMessage, trace: StackTrace });
}

function versionOf(callee: ResolvedFunction): string {
  return callee.qualifier === undefined || callee.qualifier === '$LATEST' ? '$LATEST' : VERSION;
}

function invocationType(call: AwsCall): InvocationType {
  const type = call.headers['x-amz-invocation-type'] ?? 'RequestResponse';
  if (type === 'Event' || type === 'RequestResponse' || type === 'DryRun') return type;
  throw invalid(`Invocation type ${type} is not supported.`);
}

function payloadOf(call: AwsCall, type: InvocationType): string {
  const max = MAX_PAYLOAD[type];
  if (call.body.length > max) {
    throw new LambdaError(
      'RequestTooLargeException',
      `${call.body.length} byte payload is too large for the ${type} invocation type (limit ${max} bytes)`,
    );
  }
  return checkedJson(call.body.length === 0 ? '{}' : call.body.toString('utf8'));
}

function executionNameOf(call: AwsCall, callee: ResolvedFunction): string | undefined {
  const name = call.headers['x-amz-durable-execution-name'];
  if (name === undefined) return undefined;
  if (callee.fn.durable === undefined) throw invalid('Only a durable function takes a durable execution name.');
  if (/^[a-zA-Z0-9_-]{1,64}$/.test(name)) return name;
  throw new LambdaError(
    'ValidationException',
    `1 validation error detected: Value '${name}' at 'durableExecutionName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9-_]{1,64}`,
  );
}
