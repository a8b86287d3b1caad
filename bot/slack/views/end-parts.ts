/** What the ends of changes share: who decided, what can be taken back, and how to go on. */
import type { ChangeMessage } from '../../domain/change/change-message.ts';
import { mayHaveTakenEffect } from '../../domain/change/outcome.ts';
import type { OutcomeGroup } from '../../domain/change/outcome-groups.ts';
import type { NodeOutcome } from '../../domain/change/plan.ts';
import { ACTIONS } from '../ids.ts';
import { mention, moment } from '../mrkdwn.ts';
import { asking, smallOf } from './change-parts.ts';
import { type ChangeSpeech, didOf, inDialog, whomWords } from './change-speech.ts';
import type { OutcomeContext } from './outcome-lines.ts';
import { undoWords } from './plan-lines.ts';

export type Ended = Extract<ChangeMessage['stage'], { at: 'ended' }>;

/** Everything the lines of an end are made from. */
export interface Ending {
  readonly change: ChangeMessage;
  readonly stage: Ended;
  readonly groups: readonly OutcomeGroup[];
  readonly context: OutcomeContext;
}

/** After these something may be in force. */
export const APPLIED: readonly Ended['end'][] = ['done', 'partly', 'failed'];

export const smallPrintOf = ({ change, stage, context: { speech } }: Ending): readonly string[] => {
  const by = stage.decidedBy === undefined || !APPLIED.includes(stage.end) ? '' : mention(stage.decidedBy);
  return [
    by === '' ? '' : speech.say.applying.decidedBy(by),
    ...smallOf(change, speech),
    speech.say.small.ended(moment(stage.endedAtMs)),
  ];
};

const discoverable = ({ outcomes }: Ended): readonly NodeOutcome[] =>
  outcomes.filter(({ couldDiscover }) => couldDiscover === true);

export const discoverPart = (stage: Ended, { say }: ChangeSpeech): string => {
  const count = discoverable(stage).length;
  return count === 0 ? '' : say.couldDiscover(count);
};

/** Clears what keeps these machines from finding their host by DNS; none where they are too many for a button. */
export function discoverButton({ stage, context: { speech } }: Ending) {
  const nodes = discoverable(stage);
  if (nodes.length === 0) return undefined;
  const { say } = speech;
  const value = `discover ${nodes.map(({ nodeId }) => nodeId).join(' ')}`;
  const text = say.confirm.discover(whomWords(nodes, speech, inDialog));
  return asking({ action: ACTIONS.fix, label: say.buttons.discover, value }, text, speech);
}

/** Until when it can be taken back, or why not; nothing where nothing was done. */
export function undoPart({ plan, outcomes, undoUntilMs }: Ended, speech: ChangeSpeech): string {
  if (undoUntilMs !== undefined) return speech.say.undoUntil(moment(undoUntilMs, 'date'));
  const done = new Set(outcomes.filter(mayHaveTakenEffect).map(({ nodeId }) => nodeId));
  const nodes = plan?.nodes.filter(({ nodeId }) => done.has(nodeId)) ?? [];
  const isWayBack = nodes.every(({ inverse }) => !('none' in inverse));
  return isWayBack || plan?.spec.kind === 'test' ? '' : undoWords(nodes, speech);
}

export function undoButton({ change, stage, context: { speech } }: Ending) {
  if (stage.undoUntilMs === undefined) return undefined;
  const { say } = speech;
  const done = stage.outcomes.filter(mayHaveTakenEffect);
  const text = say.confirm.undo(didOf(change.spec, done, speech, inDialog));
  const value = `undo ${change.id}`;
  return asking({ action: ACTIONS.undoChange, label: say.buttons.undo, value, style: 'danger' }, text, speech);
}
