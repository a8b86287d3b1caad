/** The end of a change of several steps: what is so now, each step, and how to go on. */

import { COURSES, type CourseKind } from '../../domain/change/change-spec.ts';
import type { CourseProgress } from '../../domain/change/course.ts';
import { isDone } from '../../domain/change/outcome.ts';
import type { NodeOutcome } from '../../domain/change/plan.ts';
import { ACTIONS } from '../ids.ts';
import { code, mention } from '../mrkdwn.ts';
import { actions, button, type Rendered, section, smallPrint } from './blocks.ts';
import { type ChangeSpeech, inMessage, todoOf, whomOf, whomWords } from './change-speech.ts';
import { courseCounts, courseLines, failedWhy, groupOf } from './course-lines.ts';
import { restartButton } from './end-offers.ts';
import { type Ended, type Ending, smallPrintOf, undoButton, undoPart } from './end-parts.ts';
import { detailLines } from './outcome-details.ts';
import { actorOf } from './outcome-reasons.ts';
import { warningWords } from './plan-warnings.ts';

type WithSteps = Ended & { readonly steps: readonly CourseProgress[] };

/** Whether its steps are what there is to tell: nothing of a course that was not begun has any. */
export const isCourseEnd = (stage: Ended): stage is WithSteps => stage.steps !== undefined && stage.steps.length > 0;

/** A course that is over. */
export function courseEndView(ending: Ending, steps: readonly CourseProgress[]): Rendered {
  const { speech } = ending.context;
  const first = firstLine(ending, steps);
  const notes = [
    courseLines({ plan: ending.stage.plan, steps: steps.map(over) }, speech).join('\n'),
    detailLines(outcomesOf(ending, steps), speech).join('\n'),
    afterwards(ending, steps),
    goOn(ending),
    undoPart(ending.stage, speech),
  ].filter((text) => text !== '');
  const row = [restartButton(ending), diagnoseFailed(ending, steps), undoButton(ending)].flatMap((each) => each ?? []);
  return {
    text: [first, ...notes].join('\n'),
    blocks: [
      section(first),
      ...notes.map((text) => section(text)),
      smallPrint(smallPrintOf(ending)),
      ...(row.length === 0 ? [] : [actions(row)]),
    ],
  };
}

/** Nothing is waited for any more: a step that was under way is one to do. */
const over = (progress: CourseProgress): CourseProgress =>
  progress.state === 'doing' || progress.state === 'waiting' ? { step: progress.step, state: 'to-do' } : progress;

const kindOf = ({ change: { spec }, stage: { plan } }: Ending): CourseKind =>
  COURSES.find((kind) => kind === spec.kind || kind === plan?.spec.kind) ?? 'restart';

const machineOf = ({ stage: { plan }, context: { speech } }: Ending): string =>
  whomWords(plan === undefined ? 0 : whomOf(plan), speech, inMessage);

/** What documents said, each once. */
const outcomesOf = ({ stage }: Ending, steps: readonly CourseProgress[]): readonly NodeOutcome[] => {
  const all = [...steps.flatMap(({ outcome }) => outcome ?? []), ...stage.outcomes];
  return [...new Map(all.map((outcome) => [JSON.stringify(outcome), outcome])).values()];
};

/** The fact and who acts. */
function firstLine(ending: Ending, steps: readonly CourseProgress[]): string {
  const { change, stage, context } = ending;
  const { speech } = context;
  const { say } = speech;
  const { ended } = say.course;
  const todo = todoOf(change.spec, stage.plan === undefined ? 0 : whomOf(stage.plan), speech);
  const { done, all } = courseCounts({ plan: stage.plan, steps });
  const { spec } = change;
  switch (stage.end) {
    case 'done':
      return `✓ ${say.ended.done(ended.done[kindOf(ending)](machineOf(ending), spec.kind === 'rearm' && spec.restart), 0, 0, 1)}`;
    case 'cancelled':
    case 'stopped':
      return ended.cancelled(todo, mention(stage.decidedBy ?? ''), done, all);
    case 'expired':
      return `⚠ ${say.withActor(ended.noConfirmation(todo), say.requester)}`;
    case 'error':
      return `⚠ ${say.withActor(say.ended.error(todo), say.botOwner)}`;
    default:
      return failedLine(ending, steps, todo);
  }
}

function failedLine(ending: Ending, steps: readonly CourseProgress[], todo: string): string {
  const { stage, context } = ending;
  const { speech } = context;
  const { say } = speech;
  const { ended } = say.course;
  const { done, all } = courseCounts({ plan: stage.plan, steps });
  const failed = steps.find(({ state }) => state === 'failed') ?? steps.find(({ state }) => state !== 'done');
  const name = failed === undefined ? '' : say.course.steps[failed.step];
  const why = failed === undefined ? '' : failedWhy(failed, speech);
  const actor = (failed === undefined ? '' : stepActor(failed, speech)) || say.requester;
  return `⚠ ${say.withActor(done > 0 ? ended.partly(todo, done, all, name, why) : ended.failed(todo, name, why), actor)}`;
}

/** Who acts about a step: whoever lets a host write its record, else as for any other change; may be empty. */
function stepActor(progress: CourseProgress, speech: ChangeSpeech): string {
  const { codes } = speech.check;
  if (progress.facts?.why === 'named-by-others') return codes.actor['dns-owner'];
  if (progress.outcome?.published?.some(({ code: result }) => result !== SUCCESS) === true)
    return codes.actor['dns-owner'];
  const group = groupOf(progress);
  return group === undefined ? '' : actorOf(group, speech);
}

const SUCCESS = '00000000';

/** What is so from now on, and what others have to do. */
function afterwards(ending: Ending, steps: readonly CourseProgress[]): string {
  const { change, stage, context } = ending;
  const { ended } = context.speech.say.course;
  if (stage.end !== 'done') return '';
  switch (kindOf(ending)) {
    case 'host-setup':
      return [...countWords(steps, context.speech), ...unnamed(ending), ended.firstClients].join('\n');
    case 'host-retire':
      return ended.retired;
    case 'rearm':
      return change.spec.kind === 'rearm' && !change.spec.restart ? ended.restartLater : unlicensedWords(ending, steps);
    case 'restart':
      return unlicensedWords(ending, steps);
    default:
      return '';
  }
}

/** What to do where the machine came back without its activation, as it does from a rearm. */
function unlicensedWords({ stage, context }: Ending, steps: readonly CourseProgress[]): string {
  const node = stage.plan?.nodes[0];
  if (node === undefined || !steps.some(({ facts }) => facts?.activated === 'no')) return '';
  return context.speech.say.course.ended.notActivated(code(`/kms activate ${node.name}`, 200));
}

/** What was warned of and still keeps clients away. */
function unnamed({ stage: { plan }, context: { speech } }: Ending): readonly string[] {
  const { plan: say } = speech.say;
  return (plan?.nodes ?? [])
    .flatMap(({ warnings = [] }) => warnings)
    .filter(({ why }) => why === 'no-address')
    .map((warning) => `⚠ ${warningWords(warning, say.warnings)}`);
}

/** What a new host has counted, where a step saw it. */
function countWords(steps: readonly CourseProgress[], { say }: ChangeSpeech): readonly string[] {
  const counts = steps.flatMap(({ facts }) => facts?.count ?? []).filter((count) => /^\d{1,4}$/.test(count));
  const last = counts.at(-1);
  return last === undefined ? [] : [say.course.ended.counting(Number(last))];
}

/** How a course that did not come to its end is taken up; a step that is done is not done again. */
function goOn(ending: Ending): string {
  const { stage, context } = ending;
  const kind = kindOf(ending);
  const isCancelled = stage.end === 'cancelled' || stage.end === 'stopped';
  if (stage.end === 'done' || (isCancelled && !TAKEN_UP.includes(kind))) return '';
  const node = stage.plan?.nodes[0];
  const command = kind === 'restart' && node !== undefined ? `check ${node.nodeId}` : context.asked;
  return context.speech.say.course.ended.goOn[kind](code(`/kms ${command}`, 200));
}

/** Courses of many steps, which go on where they stopped. */
const TAKEN_UP: readonly CourseKind[] = ['host-setup', 'host-retire'];

/** A diagnosis of the machine, where a document failed there. */
function diagnoseFailed({ stage, context: { speech } }: Ending, steps: readonly CourseProgress[]) {
  const outcome = steps.find(({ state }) => state === 'failed')?.outcome;
  if (stage.end === 'done' || outcome === undefined || isDone(outcome)) return undefined;
  const { report } = speech.check;
  return button({
    action: ACTIONS.diagnose,
    label: report.buttons.diagnose,
    accessibleLabel: report.diagnoseLabel(outcome.name),
    value: `diagnose ${outcome.nodeId}`,
    about: outcome.name,
  });
}
