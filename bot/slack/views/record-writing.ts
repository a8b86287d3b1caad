/** A record that is written, then waited for on every name server, then asked of machines. */
import type { ChangeMessage } from '../../domain/change/change-message.ts';
import { entryOf } from '../messages/wording.ts';
import { mention, moment } from '../mrkdwn.ts';
import type { Rendered } from './blocks.ts';
import { smallOf, told } from './change-parts.ts';
import { type ChangeSpeech, todoOf, whomOf } from './change-speech.ts';

type Writing = Extract<ChangeMessage['stage'], { at: 'writing-record' }>;

/** What it waits for, and since when. */
export function writingView(change: ChangeMessage, stage: Writing, speech: ChangeSpeech): Rendered {
  const { say, check } = speech;
  const { writing } = say.record;
  const { plan, step, sinceMs, decidedBy, waitingSeconds, cachedSeconds } = stage;
  const first = (entryOf(writing.first, step) ?? writing.first.write)(todoOf(plan.spec, whomOf(plan), speech));
  const by = mention(decidedBy ?? '');
  const small = [
    writing.since(moment(sinceMs, 'time')),
    ...(waitingSeconds === undefined ? [] : [writing.busy, check.report.goingOnIn(waitingSeconds)]),
    ...(cachedSeconds === undefined ? [] : [writing.cached(cachedSeconds)]),
    by === '' ? '' : say.applying.decidedBy(by),
    ...smallOf(change, speech),
  ];
  return told(first, [], small);
}
