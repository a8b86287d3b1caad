/** The three ways out of every failed diagnosis: repair what is broken, set up a KMS host, fall back to a MAK. */
import type { DiagnosedCause } from './cause.ts';
import type { Exit } from './diagnosis.ts';
import type { LicenceModel } from './licence-model.ts';

/** What decides their order. */
export interface ExitFacts {
  readonly cause: DiagnosedCause;
  readonly model: LicenceModel['kind'];
  /** A KMS host is known: a managed node, a record, a configured name. */
  readonly hasHost: boolean;
}

/** Causes that say that there is nothing to repair while no KMS host is known. */
const WITHOUT_HOST: readonly DiagnosedCause['kind'][] = [
  'record-missing',
  'lookup-domain-empty',
  'record-of-wrong-type',
];

/**
 * The likely one first. A licence-included machine is Amazon's to activate: its own host or a MAK come last, since they
 * would change its licence.
 */
export function exitsOf({ cause, model, hasHost }: ExitFacts): readonly Exit[] {
  if (model === 'licence-included') return ['repair', 'mak', 'set-up-host'];
  if (cause.kind === 'other-channel' && cause.channel === 'mak') return ['mak', 'repair', 'set-up-host'];
  if (!hasHost && WITHOUT_HOST.includes(cause.kind)) return ['set-up-host', 'mak', 'repair'];
  if (cause.kind === 'count-too-low') return ['repair', 'mak', 'set-up-host'];
  return ['repair', 'set-up-host', 'mak'];
}
