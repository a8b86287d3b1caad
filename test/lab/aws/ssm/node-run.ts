/** One node's run of a document: delivered, started, ended, and told about. */
import type { LabClock } from '../../clock.ts';
import type { DocumentRun } from '../../world/types.ts';
import type { DocumentRunner } from '../types.ts';
import type { Command, Invocation, InvocationState } from './command.ts';
import { isFinished } from './command.ts';
import type { PlatformType } from './documents.ts';
import type { Reachability } from './reachability.ts';
import type { Ticks } from './ticks.ts';

/** What a run on a node needs. */
export interface NodeRunDeps {
  readonly clock: LabClock;
  readonly random: () => number;
  readonly ticks: Ticks;
  readonly reachability: Reachability;
  readonly run: DocumentRunner;
  readonly platformOf: (nodeId: string) => PlatformType;
  /** Told once, when the invocation has ended. */
  readonly ended: (command: Command, invocation: Invocation, state: InvocationState) => void;
}

/** Runs documents on single nodes. */
export interface NodeRuns {
  /** Sends the command to the node now. */
  dispatch(command: Command, invocation: Invocation): void;
}

/** Seconds from dispatch to start on a node that is online. AWS does not publish it; agents poll continuously. */
const DELIVERY_SECONDS = { least: 0.5, spread: 1.5 } as const;
const SKIPPED_SECONDS = 1;
/** A step that ends with 3010 is run again after a restart. Source: AWS, "Rebooting managed nodes from scripts". */
const REBOOT_EXIT_CODE = 3010;
const REBOOT_SECONDS = 60;
/** Source: Amazon SSM Agent, exit codes that end a document early. */
const SUCCESS_EXIT_CODES = [0, 168];

/** Runs on the lab's clock. An invocation that has ended meanwhile (cancelled) is left alone. */
export function createNodeRuns(deps: NodeRunDeps): NodeRuns {
  const { clock, ticks, reachability } = deps;

  const dispatch = (command: Command, invocation: Invocation): void => {
    invocation.state = 'inProgress';
    const deadlineMs = clock.now() + command.timeoutSeconds * 1000;
    deliver(command, invocation, deadlineMs);
  };

  const deliver = (command: Command, invocation: Invocation, deadlineMs: number): void => {
    const attempt = (): void => {
      if (isFinished(invocation)) return;
      if (reachability.isReachable(invocation.nodeId)) start(command, invocation);
      else whenBack(command, invocation, deadlineMs, attempt);
    };
    ticks.at(clock.now() + (DELIVERY_SECONDS.least + deps.random() * DELIVERY_SECONDS.spread) * 1000, attempt);
  };

  /** Delivery is given up at its own deadline, but the service says so only once the run, too, would be over. */
  const whenBack = (command: Command, invocation: Invocation, deadlineMs: number, attempt: () => void): void => {
    reachability.waitFor(invocation.nodeId, deadlineMs, {
      whenReachable: attempt,
      whenLate: () => {
        const reportedMs = deadlineMs + command.document.step.timeoutSeconds * 1000;
        ticks.at(reportedMs, () => deps.ended(command, invocation, 'deliveryTimedOut'));
      },
    });
  };

  const start = (command: Command, invocation: Invocation): void => {
    invocation.startedAtMs = clock.now();
    const skipped = skipText(command, deps.platformOf(invocation.nodeId));
    if (skipped !== undefined) {
      later(SKIPPED_SECONDS, () =>
        report(command, invocation, { exitCode: 0, stdout: skipped, stderr: '', seconds: 0 }),
      );
      return;
    }
    const release = clock.hold();
    runOn(deps.run, command, invocation.nodeId)
      .then((run) => afterRun(command, invocation, run))
      .finally(release);
  };

  const afterRun = (command: Command, invocation: Invocation, run: DocumentRun): void => {
    const limit = command.document.step.timeoutSeconds;
    const elapsed = (clock.now() - invocation.startedAtMs) / 1000;
    if (run.seconds > limit) {
      later(limit - elapsed, () =>
        report(command, invocation, { ...run, exitCode: -1, stdout: '', stderr: '' }, 'executionTimedOut'),
      );
    } else if (run.exitCode === REBOOT_EXIT_CODE) {
      later(run.seconds + REBOOT_SECONDS, () => again(command, invocation));
    } else {
      later(run.seconds - elapsed, () => report(command, invocation, run));
    }
  };

  const again = (command: Command, invocation: Invocation): void => {
    if (isFinished(invocation)) return;
    const overMs = command.requestedAtMs + (command.timeoutSeconds + command.document.step.timeoutSeconds) * 1000;
    if (clock.now() >= overMs) deps.ended(command, invocation, 'executionTimedOut');
    else start(command, invocation);
  };

  /** The agent tells the service; a node that is gone by then tells it once it is back, or never. */
  const report = (command: Command, invocation: Invocation, run: DocumentRun, state = stateOf(run)): void => {
    if (isFinished(invocation)) return;
    const tell = (): void => {
      if (isFinished(invocation)) return;
      invocation.responseCode = run.exitCode;
      Object.assign(invocation, streamsOf(run, state));
      deps.ended(command, invocation, state);
    };
    if (reachability.isReachable(invocation.nodeId)) {
      tell();
      return;
    }
    const deadlineMs = invocation.startedAtMs + (command.timeoutSeconds + command.document.step.timeoutSeconds) * 1000;
    reachability.waitFor(invocation.nodeId, deadlineMs, {
      whenReachable: tell,
      whenLate: () => deps.ended(command, invocation, 'executionTimedOut'),
    });
  };

  const later = (seconds: number, then: () => void): void => {
    ticks.at(clock.now() + Math.max(0, seconds) * 1000, then);
  };

  return { dispatch };
}

/** A runner that breaks is a failed step with the reason on its error stream, never a broken lab. */
async function runOn(run: DocumentRunner, command: Command, nodeId: string): Promise<DocumentRun> {
  const { name, version, content } = command.document;
  try {
    return await run(nodeId, { name, version, content }, command.effectiveParameters);
  } catch (error) {
    return { seconds: 0, exitCode: 1, stdout: '', stderr: `the document could not be run: ${String(error)}` };
  }
}

function stateOf(run: DocumentRun): InvocationState {
  return SUCCESS_EXIT_CODES.includes(run.exitCode) ? 'success' : 'failed';
}

/** What the agent adds to the streams. */
function streamsOf(run: DocumentRun, state: InvocationState): Pick<Invocation, 'stdout' | 'stderr'> {
  if (run.exitCode === 168) {
    return {
      stdout: `${run.stdout}Step exited with code 168. Therefore, marking step as succeeded. Further document steps will be skipped.`,
      stderr: '',
    };
  }
  if (state === 'executionTimedOut') return { stdout: run.stdout, stderr: run.stderr };
  if (state !== 'failed') return { stdout: run.stdout, stderr: run.stderr };
  return { stdout: run.stdout, stderr: `${run.stderr}failed to run commands: exit status ${run.exitCode}` };
}

/** The sentence of a step whose precondition does not hold on this platform; undefined where it holds. */
function skipText(command: Command, platform: PlatformType): string | undefined {
  const { step } = command.document;
  if (step.platform === undefined || step.platform.toLowerCase() === platform.toLowerCase()) return undefined;
  return `Step execution skipped due to unsatisfied preconditions: '"StringEquals": [platformType, ${step.platform}]'. Step name: ${step.name}`;
}
