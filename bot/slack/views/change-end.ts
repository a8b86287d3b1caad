/** The end of a change: what was done, what became of the rest, and how to take it back. */
import type { ChangeMessage } from '../../domain/change/change-message.ts';
import { mayHaveTakenEffect } from '../../domain/change/outcome.ts';
import { groupOutcomes, type OutcomeGroup } from '../../domain/change/outcome-groups.ts';
import type { NodeOutcome } from '../../domain/change/plan.ts';
import { ACTIONS } from '../ids.ts';
import { mention, moment } from '../mrkdwn.ts';
import { actions, type Rendered, section, smallPrint } from './blocks.ts';
import { endLine } from './change-first-line.ts';
import { asking, smallOf } from './change-parts.ts';
import { type ChangeSpeech, didOf, inDialog, whomWords } from './change-speech.ts';
import {
  diagnoseButton,
  type OutcomeContext,
  type OutcomeLine,
  onlyGroupLine,
  outcomeLines,
  seenLines,
} from './outcome-lines.ts';
import { leftLines, undoWords } from './plan-lines.ts';
import { isAboutRecord, recordEndView } from './record-end.ts';
import { unmatchedLines } from './report.ts';
import { attemptsPart, testOf } from './routing-test.ts';

export type Ended = Extract<ChangeMessage['stage'], { at: 'ended' }>;

/** Everything the lines of an end are made from. */
export interface Ending {
  readonly change: ChangeMessage;
  readonly stage: Ended;
  readonly groups: readonly OutcomeGroup[];
  readonly context: OutcomeContext;
}

/** A change that is over. */
export function endedView(asked: string, change: ChangeMessage, stage: Ended, speech: ChangeSpeech): Rendered {
  if (isAboutRecord(change, stage)) return recordEndView({ asked, change, stage, speech });
  const groups = groupOutcomes(stage.outcomes, stage.plan?.nodes);
  const ending: Ending = { change, stage, groups, context: { speech, plan: stage.plan, asked } };
  const first = endLine(ending);
  const lines = linesOf(ending);
  const notes = notesOf(ending).filter((text) => text !== '');
  const row = [testButton(ending), undoButton(ending), discoverButton(ending)].flatMap((each) => each ?? []);
  return {
    text: [first, ...lines.map(({ text }) => text), ...notes].join('\n'),
    blocks: [
      section(first),
      ...lines.map(({ text, accessory }) => section(text, accessory)),
      ...notes.map((text) => section(text)),
      smallPrint(smallPrintOf(ending)),
      ...(row.length === 0 ? [] : [actions(row)]),
    ],
  };
}

/** What the first line tells of all machines needs no list. */
function linesOf({ groups, stage, context }: Ending): readonly OutcomeLine[] {
  const [only, ...others] = groups;
  if (only === undefined || testOf(stage) !== undefined) return [];
  if (others.length > 0 || !APPLIED.includes(stage.end)) return outcomeLines(groups, context);
  const line = only.fate === 'done' ? undefined : onlyGroupLine(only, context);
  return line === undefined ? [] : [line];
}

const notesOf = ({ stage, context: { speech } }: Ending): readonly string[] => [
  attemptsPart(stage, speech),
  seenLines(stage.outcomes, speech).join('\n'),
  leftPart(stage, speech),
  unmatchedLines(stage.unmatched, speech.check).join('\n'),
  discoverPart(stage, speech),
  undoPart(stage, speech),
];

/** One machine that is left alone the first line has told of. */
const leftPart = ({ plan }: Ended, speech: ChangeSpeech): string =>
  plan === undefined || (plan.nodes.length === 0 && plan.left.length === 1) ? '' : leftLines(plan, speech).join('\n');

const smallPrintOf = ({ change, stage, context: { speech } }: Ending): readonly string[] => {
  const by = stage.decidedBy === undefined || !APPLIED.includes(stage.end) ? '' : mention(stage.decidedBy);
  return [
    by === '' ? '' : speech.say.applying.decidedBy(by),
    ...smallOf(change, speech),
    speech.say.small.ended(moment(stage.endedAtMs)),
  ];
};

const APPLIED: readonly Ended['end'][] = ['done', 'partly', 'failed'];

/** What a test has shown, a diagnosis can now take up. */
const testButton = ({ stage, groups: [group], context: { speech } }: Ending) =>
  testOf(stage) === undefined || group === undefined ? undefined : diagnoseButton(group, speech);

const discoverable = ({ outcomes }: Ended): readonly NodeOutcome[] =>
  outcomes.filter(({ couldDiscover }) => couldDiscover === true);

const discoverPart = (stage: Ended, { say }: ChangeSpeech): string => {
  const count = discoverable(stage).length;
  return count === 0 ? '' : say.couldDiscover(count);
};

/** Clears what keeps these machines from finding their host by DNS; none where they are too many for a button. */
function discoverButton({ stage, context: { speech } }: Ending) {
  const nodes = discoverable(stage);
  if (nodes.length === 0) return undefined;
  const { say } = speech;
  const value = `discover ${nodes.map(({ nodeId }) => nodeId).join(' ')}`;
  const text = say.confirm.discover(whomWords(nodes, speech, inDialog));
  return asking({ action: ACTIONS.fix, label: say.buttons.discover, value }, text, speech);
}

/** Until when it can be taken back, or why not; nothing where nothing was done. */
function undoPart({ plan, outcomes, undoUntilMs }: Ended, speech: ChangeSpeech): string {
  if (undoUntilMs !== undefined) return speech.say.undoUntil(moment(undoUntilMs, 'date'));
  const done = new Set(outcomes.filter(mayHaveTakenEffect).map(({ nodeId }) => nodeId));
  const nodes = plan?.nodes.filter(({ nodeId }) => done.has(nodeId)) ?? [];
  const isWayBack = nodes.every(({ inverse }) => !('none' in inverse));
  return isWayBack || plan?.spec.kind === 'test' ? '' : undoWords(nodes, speech);
}

function undoButton({ change, stage, context: { speech } }: Ending) {
  if (stage.undoUntilMs === undefined) return undefined;
  const { say } = speech;
  const done = stage.outcomes.filter(mayHaveTakenEffect);
  const text = say.confirm.undo(didOf(change.spec, done, speech, inDialog));
  const value = `undo ${change.id}`;
  return asking({ action: ACTIONS.undoChange, label: say.buttons.undo, value, style: 'danger' }, text, speech);
}
