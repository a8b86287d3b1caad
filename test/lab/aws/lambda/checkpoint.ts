/** The calls that the durable SDK makes out of a running invocation. */
import type { AwsAnswer, AwsCall } from '../types.ts';
import { planBatch } from './batch.ts';
import { startChained } from './chained.ts';
import { strike } from './crash.ts';
import { invalid, type LambdaError } from './errors.ts';
import { nextToken } from './execution.ts';
import { type Execution, isRunning, type Operation } from './model.ts';
import { countOf, demand, json, type LambdaParts } from './service.ts';
import { PAGE_OPERATIONS, statePage } from './state-page.ts';
import { setTimers } from './timers.ts';
import { type OperationUpdate, readCheckpoint } from './updates.ts';
import { asSeconds, operationOnWire } from './wire.ts';

/** Keeps a batch of changes, all or none, and tells what else has changed since the last answer. */
export function checkpointDurableExecution(parts: LambdaParts, call: AwsCall, arn: string): AwsAnswer {
  demand(parts, call, 'CheckpointDurableExecution', arn);
  const execution = running(parts, arn);
  const { token, clientToken, updates } = readCheckpoint(call.body);
  const again = execution.lastAnswer;
  if (clientToken !== undefined && again?.clientToken === clientToken) return json(again.answer);
  checkToken(execution, token);
  if (updates.length > 0 && strike(parts, execution, 'before')) throw refusedToken();
  const changed = commit(parts, call, execution, updates);
  if (updates.length > 0 && strike(parts, execution, 'after')) throw refusedToken();
  const answer = answerWith(parts, execution, changed);
  execution.lastAnswer = clientToken === undefined ? undefined : { clientToken, answer };
  return json(answer);
}

/** A page of the state that the running invocation started from. */
export function getDurableExecutionState(parts: LambdaParts, call: AwsCall, arn: string): AwsAnswer {
  demand(parts, call, 'GetDurableExecutionState', arn);
  const execution = running(parts, arn);
  checkToken(execution, call.query.get('CheckpointToken') ?? '');
  const max = countOf(call.query, 'MaxItems', 100, PAGE_OPERATIONS);
  const page = statePage(execution, call.query.get('Marker') ?? undefined, max);
  const operations = page.items.map((operation) => operationOnWire(operation, asSeconds));
  return json({ Operations: operations, NextMarker: page.next });
}

function running(parts: LambdaParts, arn: string): Execution {
  const execution = parts.engine.find(arn);
  if (execution === undefined) throw invalid(`Durable execution not found: ${arn}`);
  return execution;
}

function checkToken(execution: Execution, token: string): void {
  if (!isRunning(execution) || execution.token === undefined || token !== execution.token) throw refusedToken();
}

/** The one refusal that ends the invocation and not the execution. */
function refusedToken(): LambdaError {
  return invalid('Invalid Checkpoint Token: it is not the one that was given last.');
}

function commit(
  parts: LambdaParts,
  call: AwsCall,
  execution: Execution,
  updates: readonly OperationUpdate[],
): ReadonlyMap<string, Operation> {
  const plan = planBatch(execution, updates, parts.clock.now(), () => parts.ids.callbackId());
  for (const [id, operation] of plan.changed) execution.operations.set(id, operation);
  execution.history.push(...plan.events);
  execution.usage = plan.usage;
  if (plan.executionResult !== undefined) execution.result = plan.executionResult;
  if (updates.length > 0) execution.checkpoints += 1;
  for (const operation of plan.changed.values()) follow(parts, call, execution, operation);
  return plan.changed;
}

/** What the service does because of an operation's new state. */
function follow(parts: LambdaParts, call: AwsCall, execution: Execution, operation: Operation): void {
  setTimers(parts.engine, parts.clock, execution, operation);
  if (operation.callback !== undefined) {
    parts.callbacks.set(operation.callback.id, { execution, operationId: operation.id });
  }
  if (operation.type === 'CHAINED_INVOKE' && operation.status === 'STARTED') {
    startChained(parts, call, execution, operation);
  }
}

/** Changed operations only: those of this batch, and those that the service changed in the meantime. */
function answerWith(parts: LambdaParts, execution: Execution, changed: ReadonlyMap<string, Operation>): unknown {
  const ids = new Set([...changed.keys(), ...execution.untold]);
  execution.untold.clear();
  const operations = [...ids].flatMap((id) => execution.operations.get(id) ?? []);
  return {
    CheckpointToken: nextToken(execution, parts.ids),
    NewExecutionState: { Operations: operations.map((operation) => operationOnWire(operation, asSeconds)) },
  };
}
