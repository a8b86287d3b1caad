/** Functions that a durable execution invokes through the service. */
import { createHash } from 'node:crypto';
import type { AwsCall } from '../types.ts';
import { invalid, LambdaError } from './errors.ts';
import { parseFunctionName, qualifiedArn, type ResolvedFunction } from './functions.ts';
import type { ErrorObject, Execution, ExecutionStatus, Operation } from './model.ts';
import { callOnce } from './plain.ts';
import { checkedJson, demand, type LambdaParts } from './service.ts';

const ENDED: Readonly<Record<Exclude<ExecutionStatus, 'RUNNING'>, Operation['status']>> = {
  SUCCEEDED: 'SUCCEEDED',
  FAILED: 'FAILED',
  TIMED_OUT: 'TIMED_OUT',
  STOPPED: 'STOPPED',
};

/** Starts what a chained invoke names; what cannot be started fails the operation, not the checkpoint. */
export function startChained(parts: LambdaParts, call: AwsCall, parent: Execution, operation: Operation): void {
  try {
    const callee = resolve(parts, call, operation);
    if (callee.fn.durable === undefined) callPlain(parts, parent, operation, callee);
    else followDurable(parts, parent, operation, callee);
  } catch (error) {
    if (!(error instanceof LambdaError)) throw error;
    const refused: ErrorObject = { ErrorType: error.type, ErrorMessage: error.message };
    parts.engine.change(parent, operation.id, { status: 'FAILED', error: refused });
  }
}

function resolve(parts: LambdaParts, call: AwsCall, operation: Operation): ResolvedFunction {
  const name = parseFunctionName(operation.functionName ?? '', call);
  demand(parts, call, 'InvokeFunction', qualifiedArn(name));
  const callee = parts.functions.find(name);
  if (callee.fn.durable !== undefined && callee.qualifier === undefined) throw unqualified();
  return callee;
}

/** Durable functions are pinned to a version, so a caller has to name one. */
export function unqualified(): LambdaError {
  return invalid('You cannot invoke a durable function using an unqualified ARN.');
}

/** The child's name follows from the operation, so that a second start finds the first. */
function followDurable(parts: LambdaParts, parent: Execution, operation: Operation, callee: ResolvedFunction): void {
  const name = createHash('sha256').update(`${parent.arn} ${operation.id}`).digest('hex');
  const child = parts.engine.start(callee.fn, name, operation.input ?? '{}');
  const tell = (): void => {
    if (child.status === 'RUNNING') return;
    const { result, error } = child;
    parts.engine.change(parent, operation.id, { status: ENDED[child.status], result, error });
  };
  if (child.status === 'RUNNING') child.onEnd.push(tell);
  else tell();
}

function callPlain(parts: LambdaParts, parent: Execution, operation: Operation, callee: ResolvedFunction): void {
  const payload = checkedJson(operation.input ?? '{}');
  void callOnce(parts, callee, payload).then((outcome) => {
    const change: Partial<Operation> =
      'ok' in outcome
        ? { status: 'SUCCEEDED', result: JSON.stringify(outcome.ok ?? null) }
        : { status: 'FAILED', error: outcome.thrown };
    parts.engine.change(parent, operation.id, change);
  });
}
