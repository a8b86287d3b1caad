/** How often diagnoses are right, measured over generated worlds; right is what the world says, never a label. */
import { diagnose } from '../../../bot/domain/diagnosis/diagnose.ts';
import type { Diagnosis } from '../../../bot/domain/diagnosis/diagnosis.ts';
import { factsFrom } from './facts.ts';
import { type GeneratedWorld, generateWorld } from './generator.ts';
import { attemptAfter, firstTwo, isRight, isRightAmongTwo, nextAttempt, signatureOf } from './oracle.ts';
import { isProved } from './proof.ts';

/** What is measured. */
export interface AccuracyOptions {
  readonly worlds: number;
  readonly faults: 1 | 2 | 3;
  /** Share of probes left unread; 0 when absent. */
  readonly unread?: number;
  /** The first world's seed; 1 when absent. */
  readonly seed?: number;
}

/** One diagnosis that was wrong, or sure without proof. */
export interface Miss {
  readonly seed: number;
  readonly faults: readonly string[];
  readonly oddities: readonly string[];
  readonly first: string;
  readonly second: string;
  readonly rule: string;
  readonly confidence: string;
  /** How the machine fails. */
  readonly attempt: string;
  /** How it fails once the first cause is mended; `nothing to mend` where the cause does not hold. */
  readonly after: string;
  readonly unproved: boolean;
}

/** What was measured. */
export interface Accuracy {
  readonly worlds: number;
  /** Share whose first cause is right. */
  readonly first: number;
  /** Share with a right cause among the first two. */
  readonly amongTwo: number;
  /** Diagnoses said to be sure that were wrong, or whose proving probe was not read. */
  readonly unprovedSure: number;
  /** Share said to be sure. */
  readonly sure: number;
  /** Label of the first fault, then kind named, then how often. */
  readonly confusion: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly misses: readonly Miss[];
}

interface Outcome {
  readonly diagnosis: Diagnosis;
  readonly right: boolean;
  readonly rightAmongTwo: boolean;
  readonly unproved: boolean;
}

/** Diagnoses that many worlds. */
export function measureAccuracy({ worlds, faults, unread = 0, seed = 1 }: AccuracyOptions): Accuracy {
  const confusion: Record<string, Record<string, number>> = {};
  const misses: Miss[] = [];
  const sums = { first: 0, amongTwo: 0, unprovedSure: 0, sure: 0 };
  for (let i = 0; i < worlds; i++) {
    const generated = generateWorld(seed + i, { faults });
    const outcome = diagnoseOne(generated, faults, unread);
    sums.first += Number(outcome.right);
    sums.amongTwo += Number(outcome.rightAmongTwo);
    sums.unprovedSure += Number(outcome.unproved);
    sums.sure += Number(outcome.diagnosis.first?.confidence === 'sure');
    count(confusion, generated.faults.map((fault) => fault.kind).join(' + '), firstKind(outcome.diagnosis));
    const isMiss = faults === 1 ? !outcome.right : !outcome.rightAmongTwo;
    if (isMiss || outcome.unproved) misses.push(missOf(generated, seed + i, outcome));
  }
  const share = (sum: number) => (worlds === 0 ? 1 : sum / worlds);
  const { first, amongTwo, unprovedSure, sure } = sums;
  return { worlds, first: share(first), amongTwo: share(amongTwo), unprovedSure, sure: share(sure), confusion, misses };
}

function diagnoseOne(generated: GeneratedWorld, faults: number, unread: number): Outcome {
  const { world, nodeId } = generated;
  const facts = factsFrom(world, nodeId, { unread });
  const diagnosis = diagnose(facts);
  const mended = isRight(world, nodeId, diagnosis);
  const rightAmongTwo = (faults === 1 && mended) || isRightAmongTwo(world, nodeId, diagnosis);
  const right = faults === 1 ? mended : isRightAmongTwo(world, nodeId, { ...diagnosis, runnersUp: [] });
  const sure = diagnosis.first?.confidence === 'sure';
  const holds = right || !sure || holdsAlone(generated, diagnosis);
  return { diagnosis, right, rightAmongTwo, unproved: sure && (!holds || !isProved(diagnosis, facts)) };
}

/** Of several faults one may hide another: a cause holds where it is right of the company with only one of them. */
function holdsAlone({ faults, brokenBy }: GeneratedWorld, diagnosis: Diagnosis): boolean {
  return (
    faults.length > 1 &&
    faults.some((fault) => {
      const story = brokenBy([fault]);
      return story !== undefined && isRight(story.world, story.nodeId, diagnosis);
    })
  );
}

const firstKind = ({ first, state }: Diagnosis): string => first?.cause.kind ?? state;

function count(confusion: Record<string, Record<string, number>>, label: string, named: string): void {
  confusion[label] ??= {};
  const row = confusion[label];
  row[named] = (row[named] ?? 0) + 1;
}

function missOf({ world, nodeId, faults, oddities }: GeneratedWorld, seed: number, outcome: Outcome): Miss {
  const { diagnosis, unproved } = outcome;
  const [first, second] = firstTwo(diagnosis).map((cause) => JSON.stringify(cause));
  const [cause] = firstTwo(diagnosis);
  const after = cause === undefined ? undefined : attemptAfter(world, nodeId, [cause]);
  return {
    seed,
    faults: faults.map((fault) => fault.id),
    oddities,
    first: first ?? diagnosis.state,
    second: second ?? '',
    rule: diagnosis.first?.rule ?? '',
    confidence: diagnosis.first?.confidence ?? '',
    attempt: signatureOf(nextAttempt(world.copy(), nodeId)),
    after: after === undefined ? 'nothing to mend' : signatureOf(after),
    unproved,
  };
}
