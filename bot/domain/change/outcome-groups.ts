/** Outcomes of a change that are told together: what became of the machines, worst first. */
import type { ChangePlan, NodeOutcome } from './plan.ts';

/** What became of a machine. */
export type Fate =
  /** Failed half way, and what was there before could not be put back. */
  | 'left-half-done'
  /** Failed; everything there is as it was. */
  | 'failed'
  /** Was activated before the change, and is not any more. */
  | 'lost'
  /** The change is in force, or was not needed; the activation failed. */
  | 'not-activated'
  | 'no-answer'
  | 'refused'
  | 'moved'
  | 'busy'
  /** Nothing was sent, or nothing of it begun. */
  | 'not-sent'
  | 'done';

/** Worst first. */
export const FATES: readonly Fate[] = [
  'left-half-done',
  'failed',
  'lost',
  'not-activated',
  'no-answer',
  'refused',
  'moved',
  'busy',
  'not-sent',
  'done',
];

/** Machines with the same fate for the same reason; there is at least one. */
export interface OutcomeGroup {
  readonly fate: Fate;
  /** Of these the sentence is made: they are equal in all that it says. */
  readonly example: NodeOutcome;
  readonly outcomes: readonly NodeOutcome[];
}

const SUCCESS = '00000000';

/** Words of the service for a command that the machine never began: nothing was changed there. */
const NEVER_BEGAN: readonly string[] = [
  'delivery-timed-out',
  'undeliverable',
  'no-invocation',
  'access-denied',
  'invalid-platform',
];

/** Whether an activation was tried and did not come through, or did not last until the second look. */
const activationFailed = ({ activationCode, activated }: NodeOutcome): boolean =>
  activationCode !== undefined && (activationCode !== SUCCESS || activated === false);

/** What became of one machine. */
export const fateOf = (outcome: NodeOutcome, wasActivated: boolean): Fate => {
  const { result, restored, activated, activationCode, detail } = outcome;
  switch (result) {
    case 'done':
    case 'same':
      if (activationFailed(outcome)) return wasActivated && activated === false ? 'lost' : 'not-activated';
      return wasActivated && activated === false ? 'lost' : 'done';
    case 'failed':
      if (restored === false) return 'left-half-done';
      // Of a plain activation nothing was changed that could have failed half way.
      return activationCode === undefined ? 'failed' : 'not-activated';
    case 'no-answer':
      return NEVER_BEGAN.includes(detail ?? '') ? 'not-sent' : 'no-answer';
    default:
      return result;
  }
};

/** What the sentence about a machine depends on. */
const told = (
  { why, step, code, detail, activationCode, restored, stands, activated, need, who }: NodeOutcome,
  fate: Fate,
): string =>
  JSON.stringify(
    fate === 'done' ? [] : [why, step, code, detail, activationCode, restored, stands, activated, need, who],
  );

/** Groups outcomes, worst first, within one fate the largest first. */
export const groupOutcomes = (
  outcomes: readonly NodeOutcome[],
  nodes: ChangePlan['nodes'] = [],
): readonly OutcomeGroup[] => {
  const activated = new Set(nodes.filter(({ wasActivated }) => wasActivated).map(({ nodeId }) => nodeId));
  const groups = new Map<string, { fate: Fate; example: NodeOutcome; outcomes: NodeOutcome[] }>();
  for (const outcome of outcomes) {
    const fate = fateOf(outcome, activated.has(outcome.nodeId));
    const key = `${fate} ${told(outcome, fate)}`;
    const known = groups.get(key);
    if (known === undefined) groups.set(key, { fate, example: outcome, outcomes: [outcome] });
    else known.outcomes.push(outcome);
  }
  return [...groups.values()].sort(
    (a, b) => FATES.indexOf(a.fate) - FATES.indexOf(b.fate) || b.outcomes.length - a.outcomes.length,
  );
};
