/** One machine's answer to a command, from the status that Systems Manager gives it. */
import type { Command, CommandInvocation, CommandPlugin } from '@aws-sdk/client-ssm';
import type { NoAnswer } from '../domain/check-report.ts';
import type { Answer } from '../ports.ts';

/** Every inspection record begins so, plain or compressed. */
const RECORD_MARK = 'KMSBOT';

/** `Status` decides whether a machine is done; a value this version does not know is not an end. */
const TERMINAL = new Set(['Success', 'Cancelled', 'Failed', 'TimedOut']);

/**
 * `StatusDetails` of a machine that is done without having answered (AWS Systems Manager, "Understanding command
 * statuses"). Documentation prints the labels with spaces, the API joins the words.
 */
const NO_ANSWERS: Readonly<Record<string, NoAnswer>> = {
  DeliveryTimedOut: { kind: 'delivery-timed-out' },
  ExecutionTimedOut: { kind: 'execution-timed-out' },
  Undeliverable: { kind: 'undeliverable' },
  Terminated: { kind: 'terminated' },
  AccessDenied: { kind: 'access-denied' },
  InvalidPlatform: { kind: 'invalid-platform' },
  Cancelled: { kind: 'cancelled' },
};

/** The service's word for "no code was given". */
const NO_EXIT_CODE = -1;

/** `StatusDetails` without spaces, or `Status` where there are none. */
export const statusWord = (of: Pick<Command | CommandInvocation, 'Status' | 'StatusDetails'>): string =>
  (of.StatusDetails || of.Status || 'Unknown').replaceAll(' ', '');

/** True when nothing more will come. */
export const isTerminal = (of: Pick<Command | CommandInvocation, 'Status'>): boolean => TERMINAL.has(of.Status ?? '');

const outputOf = (plugins: readonly CommandPlugin[]): string | undefined =>
  plugins.find((plugin) => plugin.Output?.includes(RECORD_MARK))?.Output;

const noAnswer = (invocation: CommandInvocation, plugins: readonly CommandPlugin[]): NoAnswer => {
  const status = statusWord(invocation);
  if (status === 'Failed') {
    return { kind: 'failed', exitCode: plugins.find((p) => p.Status === 'Failed')?.ResponseCode ?? NO_EXIT_CODE };
  }
  return NO_ANSWERS[status] ?? { kind: 'other', status };
};

/** The agent has not fetched the command; `InProgress` is said of those being delivered as of those running. */
const UNDELIVERED = new Set(['Pending', 'Delayed']);

const pending = (nodeId: string, invocation: CommandInvocation): Answer =>
  UNDELIVERED.has(invocation.Status ?? '')
    ? { nodeId, kind: 'pending', undelivered: true }
    : { nodeId, kind: 'pending' };

/**
 * What the machine answered. A record that was printed counts whatever became of the run afterwards; a run that
 * succeeded without one gives the text it did print, or an empty one.
 */
export const readInvocation = (invocation: CommandInvocation): Answer => {
  const nodeId = invocation.InstanceId ?? '';
  if (!isTerminal(invocation)) return pending(nodeId, invocation);
  const plugins = invocation.CommandPlugins ?? [];
  const record = outputOf(plugins);
  if (record !== undefined) return { nodeId, kind: 'output', text: record };
  if (statusWord(invocation) === 'Success') {
    return {
      nodeId,
      kind: 'output',
      text: plugins
        .map((plugin) => plugin.Output ?? '')
        .join('\n')
        .trim(),
    };
  }
  return { nodeId, kind: 'none', why: noAnswer(invocation, plugins) };
};
