/** Many machines are changed in waves, and the next one goes out only when the one before did not get worse. */
import type { NodeOutcome, PlannedNode } from './plan.ts';

/** The second wave's share of the machines. */
const SECOND_SHARE = 0.05;

/** One machine, then 5 %, then the rest. Empty for none. */
export const wavesOf = <T>(nodes: readonly T[]): readonly (readonly T[])[] => {
  const second = 1 + Math.max(1, Math.ceil(nodes.length * SECOND_SHARE));
  return [nodes.slice(0, 1), nodes.slice(1, second), nodes.slice(second)].filter((wave) => wave.length > 0);
};

/** Whether the change made things worse on a machine, or did not come through. */
export const gotWorse = (
  { result, restored, activated, activationCode }: NodeOutcome,
  planned: Pick<PlannedNode, 'wasActivated'> | undefined,
): boolean => {
  if (result === 'failed' || result === 'no-answer' || result === 'not-sent' || restored === false) return true;
  if (result === 'moved' || result === 'busy' || result === 'refused') return false;
  if (planned?.wasActivated === true && activated === false) return true;
  // A licence outlives its host by up to 180 days: still activated says nothing of the change, the attempt does.
  return activationCode !== undefined && activationCode !== '00000000';
};

/** A share of a wave that may fail, beyond the first wave, before the next one is held back. */
const TOLERATED_SHARE = 0.1;

/** Whether the next wave is held back: after the first machine at any failure, later at more than one in ten. */
export const holdsBack = (wave: number, worse: number, size: number): boolean =>
  wave === 0 ? worse > 0 : worse > size * TOLERATED_SHARE;

/** Machines of one wave that are told the same go together, at most fifty to a command; each keeps its order. */
export const batchesOf = <T extends Pick<PlannedNode, 'siteId' | 'action'>>(
  nodes: readonly T[],
  most = 50,
): readonly (readonly T[])[] => {
  const groups = new Map<string, T[]>();
  for (const node of nodes) {
    const key = JSON.stringify([node.siteId, node.action.document, node.action.options]);
    groups.set(key, [...(groups.get(key) ?? []), node]);
  }
  return [...groups.values()].flatMap((group) =>
    Array.from({ length: Math.ceil(group.length / most) }, (_, at) => group.slice(at * most, (at + 1) * most)),
  );
};
