/** What an operation waits for, as timers of the lab's clock. */
import type { LabClock } from '../../clock.ts';
import type { Engine } from './engine.ts';
import { cancelTimers } from './execution.ts';
import { type Execution, isClosed, type Operation } from './model.ts';

/**
 * Executions look whether something is due four times a second, all at the same instants: what is started within one
 * second is invoked again together, and a settle over many executions needs few rounds.
 */
const TICK_MS = 250;

/** Sets the timers that an operation's new state asks for, in place of those it had. */
export function setTimers(engine: Engine, clock: LabClock, execution: Execution, operation: Operation): void {
  cancelTimers(execution, operation.id);
  if (isClosed(operation)) return;
  const at = (atMs: number, change: Partial<Operation>): void => {
    const tick = Math.ceil(atMs / TICK_MS) * TICK_MS;
    const due = clock.at(tick, 'engine', () => engine.change(execution, operation.id, change));
    execution.timers.set(operation.id, due);
  };
  if (operation.scheduledEndMs !== undefined) at(operation.scheduledEndMs, { status: 'SUCCEEDED' });
  if (operation.nextAttemptMs !== undefined) at(operation.nextAttemptMs, { status: 'READY', nextAttemptMs: undefined });
  if (operation.callback !== undefined) setCallbackTimers(engine, clock, execution, operation);
}

/** A person is waited for: no settle runs to these. */
function setCallbackTimers(engine: Engine, clock: LabClock, execution: Execution, operation: Operation): void {
  const seconds = operation.callback?.timeoutSeconds ?? 0;
  if (seconds > 0) {
    const expire = (): void => engine.change(execution, operation.id, callbackTimedOut('Callback.Timeout'));
    execution.timers.set(operation.id, clock.at(clock.now() + seconds * 1000, 'people', expire));
  }
  beatHeart(engine, clock, execution, operation);
}

/** Starts the callback's heartbeat interval anew; nothing where it has none. */
export function beatHeart(engine: Engine, clock: LabClock, execution: Execution, operation: Operation): void {
  const seconds = operation.callback?.heartbeatSeconds ?? 0;
  if (seconds === 0) return;
  const key = `${operation.id}#heartbeat`;
  execution.timers.get(key)?.cancel();
  const expire = (): void => engine.change(execution, operation.id, callbackTimedOut('Callback.Heartbeat'));
  execution.timers.set(key, clock.at(clock.now() + seconds * 1000, 'people', expire));
}

function callbackTimedOut(type: 'Callback.Timeout' | 'Callback.Heartbeat'): Partial<Operation> {
  const message = type === 'Callback.Timeout' ? 'Callback timed out' : 'Callback timed out on heartbeat';
  return { status: 'TIMED_OUT', error: { ErrorType: type, ErrorMessage: message } };
}
