/** The end of a change: what was done, what became of the rest, and how to take it back. */
import type { ChangeMessage } from '../../domain/change/change-message.ts';
import { isDone } from '../../domain/change/outcome.ts';
import { groupOutcomes } from '../../domain/change/outcome-groups.ts';
import { words } from '../mrkdwn.ts';
import { actions, type Rendered, section, smallPrint } from './blocks.ts';
import { endLine } from './change-first-line.ts';
import type { ChangeSpeech } from './change-speech.ts';
import { courseEndView, isCourseEnd } from './course-end.ts';
import { byPhoneButton, discoverAllButton, discoverAllPart } from './end-offers.ts';
import {
  APPLIED,
  discoverButton,
  discoverPart,
  type Ended,
  type Ending,
  smallPrintOf,
  undoButton,
  undoPart,
} from './end-parts.ts';
import { conversionLines } from './left-words.ts';
import { clientLines, detailLines } from './outcome-details.ts';
import {
  diagnoseButton,
  type OutcomeLine,
  oldPortIn,
  onlyGroupLine,
  outcomeLines,
  seenLines,
} from './outcome-lines.ts';
import { leftLines } from './plan-lines.ts';
import { oldPortLines } from './plan-warnings.ts';
import { isAboutRecord, recordEndView } from './record-end.ts';
import { unmatchedLines } from './report.ts';
import { attemptsPart, testOf } from './routing-test.ts';
import { storedKeyNotes } from './stored-key.ts';

/** A change that is over. */
export function endedView(asked: string, change: ChangeMessage, stage: Ended, speech: ChangeSpeech): Rendered {
  if (isAboutRecord(change, stage)) return recordEndView({ asked, change, stage, speech });
  const groups = groupOutcomes(stage.outcomes, stage.plan?.nodes);
  const ending: Ending = { change, stage, groups, context: { speech, plan: stage.plan, asked } };
  if (isCourseEnd(stage)) return courseEndView(ending, stage.steps);
  const first = endLine(ending);
  const lines = linesOf(ending);
  const notes = notesOf(ending).filter((text) => text !== '');
  const row = [
    testButton(ending),
    byPhoneButton(ending),
    undoButton(ending),
    discoverAllButton(ending) ?? discoverButton(ending),
  ].flatMap((each) => each ?? []);
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

const notesOf = ({ change, stage, context: { speech } }: Ending): readonly string[] => [
  storedKeyNotes(stage.refusal, speech).join('\n'),
  attemptsPart(stage, speech),
  detailLines(stage.outcomes, speech).join('\n'),
  clientLines(stage.clients, speech).join('\n'),
  seenLines(stage.outcomes, change.spec, speech).join('\n'),
  oldPortPart(stage, speech),
  leftPart(stage, speech),
  conversionLines(reasonsOf(stage), speech).join('\n'),
  unmatchedLines(stage.unmatched, speech.check).join('\n'),
  discoverPart(stage, speech),
  discoverAllPart(stage, speech),
  undoPart(stage, speech),
];

/** Why machines were not changed, before or after they were sent the command. */
const reasonsOf = ({ plan, outcomes }: Ended): readonly string[] => [
  ...(plan?.left ?? []).map(({ left }) => left.why),
  ...outcomes.flatMap(({ why }) => why ?? []),
];

/** What moves the record of a host that listens elsewhere by now: as the plan says, else where to look. */
const oldPortPart = ({ plan, outcomes }: Ended, speech: ChangeSpeech): string => {
  const port = oldPortIn(outcomes.filter(isDone));
  if (port === undefined) return '';
  const known = plan === undefined ? [] : oldPortLines(plan, speech);
  const [host = ''] = outcomes.flatMap(({ reach }) => reach?.host ?? []);
  return known.length > 0 ? known.join('\n') : speech.say.seen.oldPort(words(host, 120), port);
};

/** One machine that is left alone the first line has told of. */
const leftPart = ({ plan }: Ended, speech: ChangeSpeech): string =>
  plan === undefined || (plan.nodes.length === 0 && plan.left.length === 1) ? '' : leftLines(plan, speech).join('\n');

/** What a test has shown, a diagnosis can now take up. */
const testButton = ({ stage, groups: [group], context: { speech } }: Ending) =>
  testOf(stage) === undefined || group === undefined ? undefined : diagnoseButton(group, speech);
