/** The fault `crash {function, afterCheckpoint, before?}`: a function's process dies at its n-th checkpoint. */
import type { ActiveFault } from '../types.ts';
import type { Execution } from './model.ts';
import type { LambdaParts } from './service.ts';

/**
 * Whether a crash strikes at this checkpoint, before or after it is kept. Each fault strikes each execution once: the
 * running invocation is dead then, its token void, and the service invokes again.
 */
export function strike(parts: LambdaParts, execution: Execution, when: 'before' | 'after'): boolean {
  const number = when === 'before' ? execution.checkpoints + 1 : execution.checkpoints;
  const fault = parts.faults().find((candidate) => strikes(candidate, execution, when, number));
  if (fault === undefined) return false;
  execution.crashes.add(fault.id);
  if (execution.running !== undefined) parts.runtime.kill(execution.running);
  execution.token = undefined;
  return true;
}

function strikes(fault: ActiveFault, execution: Execution, when: 'before' | 'after', number: number): boolean {
  return (
    fault.fault === 'crash' &&
    (fault.function === execution.fn.key || fault.function === execution.fn.name) &&
    fault.afterCheckpoint === number &&
    (fault.before === true) === (when === 'before') &&
    !execution.crashes.has(fault.id)
  );
}
