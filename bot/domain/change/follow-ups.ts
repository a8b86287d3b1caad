/** What an ended change offers to go on with. */
import type { ChangeSpec } from './change-spec.ts';
import { isDone } from './outcome.ts';
import type { NodeOutcome } from './plan.ts';

/** Microsoft's activation servers were not reached: no name, no connection, no answer, cut off, TLS, a proxy, no network. */
const NO_INTERNET: readonly string[] = [
  '80072EE7',
  '80072EFD',
  '80072EE2',
  '80072EFE',
  '80072F8F',
  '8004FE33',
  '800704CF',
];

/**
 * Whether the activation failed for want of internet, so that the telephone remains. Of changes that install a stored key,
 * or activate one: a KMS client asks its host, never Microsoft.
 */
export const needsPhone = ({ activationCode, code }: Pick<NodeOutcome, 'activationCode' | 'code'>): boolean =>
  NO_INTERNET.includes(activationCode ?? code ?? '');

/** Whether a restart remains: a rearm without one is not in force. */
export const needsRestart = (spec: ChangeSpec, outcome: Pick<NodeOutcome, 'result'>): boolean =>
  spec.kind === 'rearm' && !spec.restart && isDone(outcome);
