/** How often diagnoses are right over generated worlds, beside what the result code alone would say. */
import { type Accuracy as Measured, measureAccuracy } from '../lab/scenarios/accuracy.ts';
import { factsFrom } from '../lab/scenarios/facts.ts';
import { generateWorld } from '../lab/scenarios/generator.ts';
import { attemptAfter, nextAttempt } from '../lab/scenarios/oracle.ts';
import { causeByCode } from './by-code.ts';
import type { Accuracy } from './results.ts';

const WORLDS = 2_000;
const SEED = 1;
/** One probe in ten. */
const UNREAD = 0.1;

/** The figures, and what was named for what. */
export interface AccuracyRun extends Accuracy {
  readonly confusion: Measured['confusion'];
}

/** Measures 2,000 worlds of each kind. */
export const measureDiagnoses = (worlds: number = WORLDS): AccuracyRun => {
  const one = measureAccuracy({ worlds, faults: 1, seed: SEED });
  const two = measureAccuracy({ worlds, faults: 2, seed: SEED });
  const unread = measureAccuracy({ worlds, faults: 1, unread: UNREAD, seed: SEED });
  return {
    worlds,
    one: one.first,
    two: two.amongTwo,
    unread: unread.first,
    falselySure: one.unprovedSure + two.unprovedSure + unread.unprovedSure,
    byCode: shareByCode(worlds),
    confusion: one.confusion,
  };
};

const shareByCode = (worlds: number): number => {
  const seeds = Array.from({ length: worlds }, (_, index) => SEED + index);
  return seeds.filter(isRightByCode).length / worlds;
};

const isRightByCode = (seed: number): boolean => {
  const { world, nodeId } = generateWorld(seed, { faults: 1 });
  const facts = factsFrom(world, nodeId);
  const cause = causeByCode(facts, nextAttempt(world.copy(), nodeId).hresult);
  return cause !== undefined && attemptAfter(world, nodeId, [cause])?.activated === true;
};

/** The confusion matrix as lines: what was broken, and what was named how often, most frequent first. */
export const matrixLines = (confusion: Measured['confusion']): readonly string[] => {
  const rows = Object.entries(confusion).sort(([a], [b]) => (a < b ? -1 : 1));
  const width = Math.max(0, ...rows.map(([label]) => label.length));
  return rows.map(([label, row]) => {
    const named = Object.entries(row).sort(([, a], [, b]) => b - a);
    return `${label.padEnd(width)}  ${named.map(([kind, times]) => `${kind} ${times}`).join(', ')}`;
  });
};
