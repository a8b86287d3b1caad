/** Which operation of the Lambda API a request means. */

/** An operation with what stands in its path, decoded. */
export interface LambdaRoute {
  readonly operation: LambdaOperation;
  /** Function name, execution ARN or callback id, whichever the operation is about. */
  readonly subject: string;
}

export type LambdaOperation =
  | 'Invoke'
  | 'CheckpointDurableExecution'
  | 'GetDurableExecution'
  | 'GetDurableExecutionHistory'
  | 'GetDurableExecutionState'
  | 'ListDurableExecutionsByFunction'
  | 'SendDurableExecutionCallbackFailure'
  | 'SendDurableExecutionCallbackHeartbeat'
  | 'SendDurableExecutionCallbackSuccess'
  | 'StopDurableExecution';

/** The first pattern that matches wins. ARNs and callback ids may hold slashes, encoded or not. */
const ROUTES: readonly (readonly [string, RegExp, LambdaOperation])[] = [
  ['POST', /^\/2015-03-31\/functions\/([^/]+)\/invocations$/, 'Invoke'],
  ['GET', /^\/2025-12-01\/functions\/([^/]+)\/durable-executions$/, 'ListDurableExecutionsByFunction'],
  ['POST', /^\/2025-12-01\/durable-executions\/(.+)\/checkpoint$/, 'CheckpointDurableExecution'],
  ['POST', /^\/2025-12-01\/durable-executions\/(.+)\/stop$/, 'StopDurableExecution'],
  ['GET', /^\/2025-12-01\/durable-executions\/(.+)\/state$/, 'GetDurableExecutionState'],
  ['GET', /^\/2025-12-01\/durable-executions\/(.+)\/history$/, 'GetDurableExecutionHistory'],
  ['GET', /^\/2025-12-01\/durable-executions\/(.+)$/, 'GetDurableExecution'],
  ['POST', /^\/2025-12-01\/durable-execution-callbacks\/(.+)\/succeed$/, 'SendDurableExecutionCallbackSuccess'],
  ['POST', /^\/2025-12-01\/durable-execution-callbacks\/(.+)\/fail$/, 'SendDurableExecutionCallbackFailure'],
  ['POST', /^\/2025-12-01\/durable-execution-callbacks\/(.+)\/heartbeat$/, 'SendDurableExecutionCallbackHeartbeat'],
];

/** The operation that a method and an encoded path (behind the endpoint's prefix, without query) mean, if any. */
export function lambdaRoute(method: string, path: string): LambdaRoute | undefined {
  for (const [verb, pattern, operation] of ROUTES) {
    const subject = method === verb ? pattern.exec(path)?.[1] : undefined;
    if (subject === undefined) continue;
    const decoded = decode(subject);
    return decoded === undefined ? undefined : { operation, subject: decoded };
  }
  return undefined;
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
