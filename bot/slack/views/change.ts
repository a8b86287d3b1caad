/** The one message of a change, from the first look to its end. */
import type { ChangeMessage } from '../../domain/change/change-message.ts';
import { isRecordSpec } from '../../domain/change/change-spec.ts';
import { groupOutcomes } from '../../domain/change/outcome-groups.ts';
import { gotWorse, wavesOf } from '../../domain/change/waves.ts';
import { ACTIONS } from '../ids.ts';
import { code, mention, moment } from '../mrkdwn.ts';
import { actions, type Rendered, section, smallPrint } from './blocks.ts';
import { endedView } from './change-end.ts';
import { asking, cancelButton, smallOf, told } from './change-parts.ts';
import { type ChangeSpeech, inDialog, todoOf, whomOf } from './change-speech.ts';
import { courseView, phoneView } from './course.ts';
import { lookProgress } from './diagnosis.ts';
import { outcomeLines } from './outcome-lines.ts';
import { factLines, leftLines, planLines } from './plan-lines.ts';
import { cautionLines } from './plan-warnings.ts';
import { progressBar } from './progress.ts';
import { writingView } from './record-writing.ts';
import { unmatchedLines } from './report.ts';

type StageAt<At extends ChangeMessage['stage']['at']> = Extract<ChangeMessage['stage'], { at: At }>;

/** A change as it stands. */
export function changeView(asked: string, change: ChangeMessage, speech: ChangeSpeech): Rendered {
  const { stage } = change;
  switch (stage.at) {
    case 'looking': {
      const { progress, again } = stage;
      const command = code(`/kms ${asked}`, 150);
      const doing = lookingWords(change, stage, command, speech);
      const shown = lookProgress(progress, doing, speech.say.answered, speech.check);
      if (again !== 'more') return shown;
      const cancel = cancelButton(change, change.id, speech);
      return { ...shown, blocks: [...shown.blocks, ...(cancel === undefined ? [] : [actions([cancel])])] };
    }
    case 'waiting':
      return waitingView(change, stage, speech);
    case 'applying':
      return applyingView(change, stage, speech);
    case 'writing-record':
      return writingView(change, stage, speech);
    case 'course':
      return courseView(change, stage, speech);
    case 'phone':
      return phoneView(change, stage, speech);
    case 'paused':
      return pausedView(asked, change, stage, speech);
    case 'ended':
      return endedView(asked, change, stage, speech);
  }
}

function lookingWords(
  { spec }: ChangeMessage,
  stage: StageAt<'looking'>,
  command: string,
  { say }: ChangeSpeech,
): string {
  const { progress, again } = stage;
  if (isRecordSpec(spec) && progress.phase !== 'slowed-down')
    return again === undefined ? say.record.looking(command) : say.record.lookingAgain(command);
  return again === undefined ? say.looking[progress.phase](command) : say.lookingAgain(command);
}

/** Whoever is to agree reads the plan on a card of their own, and is called there alone. */
function waitingView(change: ChangeMessage, stage: StageAt<'waiting'>, speech: ChangeSpeech): Rendered {
  const { say } = speech;
  const { plan, again, expiresAtMs } = stage;
  const first = say.waiting.first(todoOf(plan.spec, whomOf(plan), speech), moment(expiresAtMs));
  return told(
    first,
    [
      again ? [plan.records === undefined ? say.waiting.again : say.record.waitingAgain] : [],
      planLines(plan, speech),
      leftLines(plan, speech),
      unmatchedLines(stage.unmatched ?? [], speech.check),
      cautionLines(plan, speech),
      factLines(plan, speech),
    ],
    smallOf(change, speech),
    [cancelButton(change, change.id, speech)],
  );
}

function applyingView(change: ChangeMessage, stage: StageAt<'applying'>, speech: ChangeSpeech): Rendered {
  const { say, check } = speech;
  const { plan, wave, waves, done, failed, decidedBy, verifying, waitingSeconds } = stage;
  const all = plan.nodes.length;
  const todo = todoOf(plan.spec, plan.nodes, speech);
  const doing = verifying ? say.applying.verifying(todo) : say.applying.first(todo);
  const first = `${doing} ${progressBar(done, all)} ${say.applying.done(done, all)}`;
  const by = decidedBy === undefined ? '' : mention(decidedBy);
  const small = [
    ...(waves > 1 ? [say.applying.wave(wave, waves)] : []),
    ...(failed > 0 ? [say.applying.failed(failed)] : []),
    ...(waitingSeconds === undefined ? [] : [check.report.goingOnIn(waitingSeconds)]),
    by === '' ? '' : say.applying.decidedBy(by),
    ...smallOf(change, speech),
  ];
  return told(first, [], small, wave < waves ? [cancelButton(change, change.id, speech)] : []);
}

function pausedView(asked: string, change: ChangeMessage, stage: StageAt<'paused'>, speech: ChangeSpeech): Rendered {
  const { say } = speech;
  const { plan, outcomes, wave, waves, attempt, digest, expiresAtMs } = stage;
  const planned = new Map(plan.nodes.map((node) => [node.nodeId, node]));
  const worse = outcomes.filter((outcome) => gotWorse(outcome, planned.get(outcome.nodeId))).length;
  const left = wavesOf(plan.nodes)
    .slice(wave)
    .reduce((sum, { length }) => sum + length, 0);
  const todo = todoOf(plan.spec, plan.nodes, speech);
  const first = `⚠ ${say.paused.first(todo, wave, waves, worse, outcomes.length)}`;
  const lines = outcomeLines(groupOutcomes(outcomes, plan.nodes), { speech, plan, asked });
  const rest = say.paused.rest(left, moment(expiresAtMs));
  const value = `${change.id} ${attempt} ${digest}`;
  const row = [goOnButton(change, value, left, speech), cancelButton(change, value, speech)].flatMap(
    (each) => each ?? [],
  );
  return {
    text: [first, ...lines.map(({ text }) => text), rest].join('\n'),
    blocks: [
      section(first),
      ...lines.map(({ text, accessory }) => section(text, accessory)),
      section(rest),
      smallPrint(smallOf(change, speech)),
      ...(row.length === 0 ? [] : [actions(row)]),
    ],
  };
}

function goOnButton({ spec }: ChangeMessage, value: string, left: number, speech: ChangeSpeech) {
  const { say } = speech;
  const text = say.paused.goOnText(todoOf(spec, left, speech, inDialog), left);
  return asking({ action: ACTIONS.goOn, label: say.buttons.goOn, value, style: 'primary' }, text, speech);
}
