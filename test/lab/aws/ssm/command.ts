/** A command and its invocations, as Run Command keeps them. Mutable: time goes on under them. */
import type { CommandParameters } from './document-parameters.ts';
import type { SsmDocument } from './documents.ts';

/** Status and details of an invocation, always as a pair. Source: AWS, "Understanding command statuses". */
export const INVOCATION_STATES = {
  pending: ['Pending', 'Pending'],
  inProgress: ['InProgress', 'InProgress'],
  success: ['Success', 'Success'],
  failed: ['Failed', 'Failed'],
  executionTimedOut: ['TimedOut', 'ExecutionTimedOut'],
  deliveryTimedOut: ['TimedOut', 'DeliveryTimedOut'],
  undeliverable: ['Failed', 'Undeliverable'],
  terminated: ['Failed', 'Terminated'],
  invalidPlatform: ['Failed', 'InvalidPlatform'],
  accessDenied: ['Failed', 'AccessDenied'],
  cancelled: ['Cancelled', 'Cancelled'],
} as const satisfies Record<string, readonly [status: string, details: string]>;

/** Where an invocation stands. */
export type InvocationState = keyof typeof INVOCATION_STATES;

/** One node's part of a command. */
export interface Invocation {
  readonly nodeId: string;
  /** Name the agent reported; empty for a node that never did. */
  readonly nodeName: string;
  state: InvocationState;
  /** Simulated ms; 0 until it happened. */
  startedAtMs: number;
  finishedAtMs: number;
  /** -1 until there is an exit code. */
  responseCode: number;
  stdout: string;
  stderr: string;
}

/** One entry of `Targets`, complete. */
export interface CommandTargetEntry {
  readonly Key: string;
  readonly Values: readonly string[];
}

/** One `SendCommand` and all that became of it. */
export interface Command {
  readonly id: string;
  /** Ascending in the order of sending, for listings. */
  readonly sequence: number;
  readonly document: SsmDocument;
  /** As asked: `$DEFAULT`, `$LATEST` or a number. */
  readonly requestedVersion: string;
  /** As given, for the answers; the agent gets `effectiveParameters`. */
  readonly parameters: CommandParameters;
  readonly effectiveParameters: CommandParameters;
  readonly comment: string;
  readonly instanceIds: readonly string[];
  readonly targets: readonly CommandTargetEntry[];
  readonly maxConcurrency: string;
  readonly maxErrors: string;
  readonly requestedAtMs: number;
  readonly timeoutSeconds: number;
  /** Until then listings do not show it: they are eventually consistent. */
  readonly visibleAtMs: number;
  readonly invocations: readonly Invocation[];
  readonly byNode: ReadonlyMap<string, Invocation>;
  status: 'Pending' | 'InProgress' | 'Success' | 'Cancelled' | 'Failed' | 'TimedOut' | 'Cancelling';
  details: string;
  completedCount: number;
  errorCount: number;
  deliveryTimedOutCount: number;
}

/** A finished invocation never changes again. */
export function isFinished(invocation: Invocation): boolean {
  return invocation.state !== 'pending' && invocation.state !== 'inProgress';
}

/** When nothing of the command is waited for any more: delivery and run together. */
export function expiresAtMs(command: Command): number {
  return command.requestedAtMs + (command.timeoutSeconds + command.document.step.timeoutSeconds) * 1000;
}

/** `10` or `10%` as a number of nodes; `atLeast` where rounding would give less. */
export function countOf(text: string, targets: number, atLeast: 0 | 1): number {
  const amount = Number.parseInt(text, 10);
  return Math.max(atLeast, text.endsWith('%') ? Math.floor((targets * amount) / 100) : amount);
}
