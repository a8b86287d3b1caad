/** Filters of `ListCommands` and `ListCommandInvocations`; several are united by *and*. */
import { refusal } from '../refusal.ts';
import type { Command, Invocation } from './command.ts';
import { INVOCATION_STATES } from './command.ts';
import type { CommandFilter } from './shapes.ts';

/** Source: AWS, `CommandFilter`. */
const COMMAND_STATUSES = [
  'Pending',
  'InProgress',
  'Success',
  'Cancelled',
  'Failed',
  'TimedOut',
  'AccessDenied',
  'DeliveryTimedOut',
  'ExecutionTimedOut',
  'Incomplete',
  'NoInstancesInTag',
  'LimitExceeded',
];
const INVOCATION_STATUSES = [
  'Pending',
  'InProgress',
  'Delayed',
  'Success',
  'Cancelled',
  'Failed',
  'TimedOut',
  'AccessDenied',
  'DeliveryTimedOut',
  'ExecutionTimedOut',
  'Undeliverable',
  'InvalidPlatform',
  'Terminated',
];
const UNFINISHED = ['Pending', 'InProgress', 'Cancelling'];

/** Whether a command passes every filter. Throws for a filter that makes no sense. */
export function commandPasses(command: Command, filters: readonly CommandFilter[]): boolean {
  return filters.every(({ key, value }) => {
    if (key === 'Status') return checked(COMMAND_STATUSES, value) && [command.status, command.details].includes(value);
    if (key === 'ExecutionStage') {
      checked(['Executing', 'Complete'], value);
      return UNFINISHED.includes(command.status) === (value === 'Executing');
    }
    return sentPasses(command, { key, value });
  });
}

/** Whether an invocation passes every filter; `ExecutionStage` is for commands only. */
export function invocationPasses(command: Command, invocation: Invocation, filters: readonly CommandFilter[]): boolean {
  return filters.every(({ key, value }) => {
    if (key === 'ExecutionStage') throw refusal('InvalidFilterKey', 'ExecutionStage is a filter of ListCommands only.');
    if (key !== 'Status') return sentPasses(command, { key, value });
    const state: readonly string[] = INVOCATION_STATES[invocation.state];
    return checked(INVOCATION_STATUSES, value) && state.includes(value);
  });
}

function sentPasses(command: Command, { key, value }: CommandFilter): boolean {
  if (key === 'DocumentName') return command.document.name === value;
  const instant = Date.parse(value);
  if (Number.isNaN(instant)) throw refusal('ValidationException', `${key} is not a time in ISO 8601: ${value}`);
  return key === 'InvokedAfter' ? command.requestedAtMs >= instant : command.requestedAtMs < instant;
}

function checked(known: readonly string[], value: string): true {
  if (!known.includes(value)) throw refusal('ValidationException', `Invalid filter value: ${value}`);
  return true;
}
