/** Whether a diagnosis is right, as the world decides it: mend what it names, and let the machine try again. */
import type { DiagnosedCause } from '../../../bot/domain/diagnosis/cause.ts';
import type { Diagnosis } from '../../../bot/domain/diagnosis/diagnosis.ts';
import { whyNotAskable } from '../../../bot/domain/node-selection.ts';
import { runsWindows } from '../world/law-context.ts';
import { MINUTE } from '../world/time-spans.ts';
import { managedNodeOf } from './managed-node.ts';
import { mend } from './mend.ts';
import { type ScenarioWorld, windowsOf } from './scenario-world.ts';

/** Longer than any record of these worlds is cached. */
const PAST_CACHES = 30 * MINUTE;

/** How a machine's own next attempt ended. */
export interface NextAttempt {
  readonly activated: boolean;
  /** Eight upper-case hex digits. */
  readonly hresult: string;
  /** What its requests met on the way, oldest first: `host:port code`; empty where it never asked a host. */
  readonly requests: readonly string[];
  /** Whether every Office product on KMS is licensed afterwards; absent where there is none. */
  readonly office?: boolean;
}

/** Lets time pass and the machine try: activation, or renewal where it is licensed. */
export function nextAttempt(world: ScenarioWorld, nodeId: string): NextAttempt {
  const node = windowsOf(world, nodeId);
  if (!runsWindows(node)) return { activated: false, hresult: '00000000', requests: [] };
  world.advance(PAST_CACHES);
  const { windows } = node;
  const known = windows.events.length;
  const before = windows.events.at(-1);
  const result = world.attemptActivation(nodeId);
  const from = before === undefined ? 0 : windows.events.indexOf(before) + 1;
  const fresh = windows.events.slice(from > 0 ? from : Math.min(known, windows.events.length));
  const requests = fresh.filter((event) => event.id === 12288).map(({ data: [line = ''] }) => requestOf(line));
  const office = windows.products.filter((product) => product.app === 'office' && product.partialKey !== '');
  return {
    ...result,
    requests,
    ...(office.length === 0 ? {} : { office: office.every((product) => product.status === 1) }),
  };
}

function requestOf(line: string): string {
  const [code = '', , host = ''] = line.split(',').map((field) => field.trim());
  return `${host} ${code}`;
}

/** Where and how an attempt fails: two attempts with the same signature met the same obstacle. */
export function signatureOf({ activated, hresult, requests }: NextAttempt): string {
  return activated ? 'activated' : [hresult, ...requests].join(' | ');
}

/** The next attempt of the machine once this cause, and nothing else, is mended; undefined where nothing could be. */
export function attemptAfter(
  world: ScenarioWorld,
  nodeId: string,
  causes: readonly DiagnosedCause[],
): NextAttempt | undefined {
  const copy = world.copy();
  const mended = causes.map((cause) => mend(copy, nodeId, cause));
  return mended.includes(true) ? nextAttempt(copy, nodeId) : undefined;
}

/** Whether mending the first cause lets the machine succeed; of a machine that is said to be well, whether it is. */
export function isRight(world: ScenarioWorld, nodeId: string, diagnosis: Diagnosis): boolean {
  const cause = diagnosis.first?.cause;
  if (cause === undefined) return isWell(world, nodeId, diagnosis);
  if (cause.kind === 'not-asked') return whyNot(world, nodeId)?.kind === cause.why.kind;
  if (cause.kind === 'unreadable') return cause.probes.length > 0 && isBroken(world, nodeId);
  return attemptAfter(world, nodeId, [cause])?.activated === true;
}

function isWell(world: ScenarioWorld, nodeId: string, diagnosis: Diagnosis): boolean {
  if (diagnosis.state !== 'well') return false;
  const copy = world.copy();
  return nextAttempt(copy, nodeId).activated;
}

function whyNot(world: ScenarioWorld, nodeId: string): ReturnType<typeof whyNotAskable> {
  const node = world.node(nodeId);
  return node === undefined ? undefined : whyNotAskable(managedNodeOf(node));
}

const isBroken = (world: ScenarioWorld, nodeId: string): boolean =>
  Object.keys(world.node(nodeId)?.windows?.broken ?? {}).length > 0;

/** Whether mending one of the first two causes changes how the machine fails, or lets it succeed. */
export function isRightAmongTwo(world: ScenarioWorld, nodeId: string, diagnosis: Diagnosis): boolean {
  const now = signatureOf(nextAttempt(world.copy(), nodeId));
  return firstTwo(diagnosis).some((cause) => {
    const after = attemptAfter(world, nodeId, [cause]);
    return after !== undefined && signatureOf(after) !== now;
  });
}

/** The first cause and the first runner-up. */
export function firstTwo({ first, runnersUp }: Diagnosis): DiagnosedCause[] {
  return [first, runnersUp[0]].flatMap((ranked) => (ranked === undefined ? [] : [ranked.cause]));
}
