/** The calls that answer a callback from outside the execution. */
import type { AwsAnswer, AwsCall } from '../types.ts';
import { invalid, LambdaError } from './errors.ts';
import { type Execution, isClosed, isRunning, type Operation } from './model.ts';
import { demand, json, type LambdaParts } from './service.ts';
import { beatHeart } from './timers.ts';
import { LIMITS, readError } from './updates.ts';

/** Completes a callback with the raw bytes of the body. */
export function callbackSuccess(parts: LambdaParts, call: AwsCall, callbackId: string): AwsAnswer {
  const { execution, operation } = openCallback(parts, call, 'SendDurableExecutionCallbackSuccess', callbackId);
  checkSize(call.body);
  const result = call.body.length === 0 ? undefined : call.body.toString('utf8');
  parts.engine.change(execution, operation.id, { status: 'SUCCEEDED', result });
  return json({});
}

/** Completes a callback with an error. */
export function callbackFailure(parts: LambdaParts, call: AwsCall, callbackId: string): AwsAnswer {
  const { execution, operation } = openCallback(parts, call, 'SendDurableExecutionCallbackFailure', callbackId);
  checkSize(call.body);
  parts.engine.change(execution, operation.id, { status: 'FAILED', error: readError(call.body) });
  return json({});
}

/** Starts the heartbeat interval anew. */
export function callbackHeartbeat(parts: LambdaParts, call: AwsCall, callbackId: string): AwsAnswer {
  const { execution, operation } = openCallback(parts, call, 'SendDurableExecutionCallbackHeartbeat', callbackId);
  beatHeart(parts.engine, parts.clock, execution, operation);
  return json({});
}

/** The callback, if it still waits. Its execution is what permissions are checked on, so an unknown id comes first. */
function openCallback(
  parts: LambdaParts,
  call: AwsCall,
  action: string,
  callbackId: string,
): { execution: Execution; operation: Operation } {
  const place = parts.callbacks.get(callbackId);
  if (place === undefined) throw new LambdaError('ResourceNotFoundException', 'Callback not found.');
  demand(parts, call, action, place.execution.arn);
  const operation = place.execution.operations.get(place.operationId);
  if (operation === undefined || isClosed(operation) || !isRunning(place.execution)) {
    throw new LambdaError('CallbackTimeoutException', 'The callback has timed out or was answered already.');
  }
  return { execution: place.execution, operation };
}

function checkSize(body: Buffer): void {
  if (body.length > LIMITS.payload) throw invalid(`A callback's result holds at most ${LIMITS.payload} bytes.`);
}
