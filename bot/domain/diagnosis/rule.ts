/** What a rule of a diagnosis looks like, and what it gives. */
import type { ProbeKey } from '../inspection-record.ts';
import type { DiagnosedCause } from './cause.ts';
import type { Confidence, EvidenceLine } from './diagnosis.ts';
import type { Look } from './look.ts';

/**
 * Where on the machine's way to a licence a cause stops it, in the order in which an attempt passes them. What stops it
 * earlier is named first: a later cause cannot be met before.
 */
export const STAGES = [
  'licence',
  'model',
  'assignment',
  'dns',
  'records',
  'target-name',
  'target',
  'service',
  'answer',
  'now',
  'rest',
] as const;
/** One of the stages. */
export type Stage = (typeof STAGES)[number];

/** A cause that may be the one, and what speaks for it. */
export interface Candidate {
  readonly cause: DiagnosedCause;
  readonly confidence: Confidence;
  /** Strongest first. */
  readonly evidence: readonly EvidenceLine[];
}

/** One way in which activation fails. */
export interface Rule {
  /** In words, unique. */
  readonly id: string;
  /** Rows of the troubleshooting tree that it covers. */
  readonly rows: readonly number[];
  readonly stage: Stage;
  /** Probes that can prove it, of the machine's record or a KMS host's; without any of them it is never sure. */
  readonly looksAt: readonly ProbeKey[];
  /** The cause when the rule holds. */
  readonly find: (look: Look) => Candidate | undefined;
}

/** A candidate with the rule that found it. */
export interface Found extends Candidate {
  readonly rule: Rule;
}

/** `sure` when proven, else what it is at best without proof. */
export const sureIf = (proven: boolean, otherwise: Confidence = 'likely'): Confidence => (proven ? 'sure' : otherwise);
