/** Sending a command to its nodes: concurrency that ramps up, errors that stop it, cancelling. */
import type { DocumentRunner, LabContext } from '../types.ts';
import { type Command, countOf, type Invocation, type InvocationState, isFinished } from './command.ts';
import type { PlatformType } from './documents.ts';
import { createNodeRuns, type NodeRuns } from './node-run.ts';
import { commandOutcome } from './outcome.ts';
import { createReachability } from './reachability.ts';
import { createTicks, type Ticks } from './ticks.ts';

/** Carries commands to their nodes. */
export interface Dispatcher {
  /** Begins the command's life; invocations that have already ended (denied, wrong platform) are counted at once. */
  start(command: Command): void;
  /** Best effort, as on AWS: what has not begun ends at once, what runs ends within a second. */
  cancel(command: Command, nodeIds: readonly string[] | undefined): void;
}

/** What dispatching needs. */
export interface DispatcherDeps extends LabContext {
  readonly run: DocumentRunner;
  readonly platformOf: (nodeId: string) => PlatformType;
}

/** The service ramps concurrency up; AWS says that it does, not how. Doubling from ten is a guess. */
const RAMP = { first: 10, stepMs: 2000 } as const;
const ACCEPTED_MS = 500;
const KILL_MS = 1000;

/** How far a command has got. */
interface Progress {
  readonly command: Command;
  readonly startedAtMs: number;
  readonly concurrency: number;
  readonly toleratedErrors: number;
  next: number;
  running: number;
  rampPending: boolean;
  cancelling: boolean;
}

/** Runs on simulated time alone. */
export function createDispatcher(deps: DispatcherDeps): Dispatcher {
  const { clock } = deps;
  const ticks = createTicks(clock);
  const progress = new Map<string, Progress>();
  const ended = (command: Command, invocation: Invocation, state: InvocationState): void => {
    const of = progress.get(command.id);
    if (of === undefined || isFinished(invocation)) return;
    const wasRunning = invocation.state === 'inProgress';
    finish(command, invocation, state, clock.now());
    if (wasRunning) of.running -= 1;
    pump(of);
  };
  const runs = createNodeRuns({ ...deps, ticks, reachability: createReachability(clock, deps.world, ticks), ended });

  const pump = (of: Progress): void => {
    advance(of, clock.now(), ticks, runs, pump);
    if (of.command.completedCount < of.command.invocations.length) return;
    Object.assign(of.command, commandOutcome(of.command, of.cancelling));
    progress.delete(of.command.id);
  };
  return {
    start: (command) => {
      const of = createProgress(command, clock.now() + ACCEPTED_MS);
      progress.set(command.id, of);
      for (const invocation of command.invocations) if (isFinished(invocation)) count(command, invocation.state);
      ticks.at(of.startedAtMs, () => pump(of));
      // Time that is run ahead must not stop before listings show what has ended.
      ticks.at(command.visibleAtMs, () => {});
    },
    cancel: (command, nodeIds) => {
      const of = progress.get(command.id);
      if (of === undefined) return;
      if (nodeIds === undefined) markCancelling(of);
      for (const invocation of chosen(command, nodeIds)) {
        const waitMs = invocation.startedAtMs === 0 ? 0 : KILL_MS;
        ticks.at(clock.now() + waitMs, () => ended(command, invocation, 'cancelled'));
      }
    },
  };
}

function createProgress(command: Command, startedAtMs: number): Progress {
  const targets = command.invocations.length;
  return {
    command,
    startedAtMs,
    concurrency: countOf(command.maxConcurrency, targets, 1),
    toleratedErrors: countOf(command.maxErrors, targets, 0),
    next: 0,
    running: 0,
    rampPending: false,
    cancelling: false,
  };
}

/** Dispatches as many as may run now; stops for good once there are too many errors. */
function advance(of: Progress, nowMs: number, ticks: Ticks, runs: NodeRuns, pump: (of: Progress) => void): void {
  const { command } = of;
  if (command.status === 'Pending') Object.assign(command, { status: 'InProgress', details: 'InProgress' });
  if (command.errorCount > of.toleratedErrors) terminateRest(of, nowMs);
  const ramped = RAMP.first * 2 ** Math.floor((nowMs - of.startedAtMs) / RAMP.stepMs);
  const allowed = of.cancelling ? 0 : Math.min(of.concurrency, ramped);
  while (of.running < allowed && of.next < command.invocations.length) {
    const invocation = command.invocations[of.next];
    of.next += 1;
    if (invocation === undefined || isFinished(invocation)) continue;
    of.running += 1;
    runs.dispatch(command, invocation);
  }
  if (of.next < command.invocations.length && allowed < of.concurrency && !of.rampPending && !of.cancelling) {
    of.rampPending = true;
    ticks.at(nowMs + RAMP.stepMs, () => {
      of.rampPending = false;
      pump(of);
    });
  }
}

function terminateRest(of: Progress, nowMs: number): void {
  const { command } = of;
  for (; of.next < command.invocations.length; of.next += 1) {
    const invocation = command.invocations[of.next];
    if (invocation !== undefined && !isFinished(invocation)) finish(command, invocation, 'terminated', nowMs);
  }
}

function finish(command: Command, invocation: Invocation, state: InvocationState, nowMs: number): void {
  invocation.state = state;
  invocation.finishedAtMs = nowMs;
  count(command, state);
}

/** Failures and execution time-outs are errors; nothing else counts against `MaxErrors`. */
function count(command: Command, state: InvocationState): void {
  command.completedCount += 1;
  if (state === 'failed' || state === 'executionTimedOut') command.errorCount += 1;
  if (state === 'deliveryTimedOut') command.deliveryTimedOutCount += 1;
}

function markCancelling(of: Progress): void {
  of.cancelling = true;
  Object.assign(of.command, { status: 'Cancelling', details: 'Cancelling' });
}

function chosen(command: Command, nodeIds: readonly string[] | undefined): readonly Invocation[] {
  if (nodeIds === undefined) return command.invocations.filter((one) => !isFinished(one));
  return nodeIds.flatMap((id) => command.byNode.get(id) ?? []).filter((one) => !isFinished(one));
}
