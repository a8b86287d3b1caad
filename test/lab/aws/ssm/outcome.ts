/** The status of a whole command once every invocation has ended. Pure. */
import { type Command, countOf } from './command.ts';

/** Status and details of a command that has ended. */
export type CommandOutcome = Pick<Command, 'status' | 'details'>;

/** States in which a node was never run at all; a command of nothing else has failed. */
const NEVER_RUN: ReadonlySet<string> = new Set(['undeliverable', 'invalidPlatform', 'accessDenied']);

/**
 * Source: AWS, "Understanding command statuses". Success means that everything ended and `MaxErrors` was not exceeded,
 * not that every node succeeded. What AWS gives for a target that matches nothing is not documented: `Success` here,
 * with the details saying so.
 */
export function commandOutcome(command: Command, cancelled: boolean): CommandOutcome {
  if (cancelled) return { status: 'Cancelled', details: 'Cancelled' };
  const { invocations } = command;
  if (invocations.length === 0) return { status: 'Success', details: 'NoInstancesInTag' };
  const tolerated = countOf(command.maxErrors, invocations.length, 0);
  if (command.errorCount > tolerated) return { status: 'Failed', details: 'Failed' };
  if (command.deliveryTimedOutCount >= Math.max(1, tolerated))
    return { status: 'TimedOut', details: 'DeliveryTimedOut' };
  const allDenied = invocations.every(({ state }) => state === 'accessDenied');
  if (allDenied) return { status: 'Failed', details: 'AccessDenied' };
  const nothingRan = invocations.every(({ state }) => NEVER_RUN.has(state));
  return nothingRan ? { status: 'Failed', details: 'Failed' } : { status: 'Success', details: 'Success' };
}
