/** Why a change was not even planned, or not carried out: what was understood, why not, and what would work. */
import type { ChangeRefusal } from '../../domain/change/change-message.ts';
import { type ChangeSpec, isRecordSpec } from '../../domain/change/change-spec.ts';
import { entryOf } from '../messages/wording.ts';
import { code } from '../mrkdwn.ts';
import type { ChangeSpeech } from './change-speech.ts';
import { recordRefusalSentence } from './record-refusal.ts';
import { storedKeySentence } from './stored-key.ts';

const wordIn = (refusal: ChangeRefusal): string =>
  refusal.kind === 'not-ours'
    ? refusal.host
    : refusal.kind === 'no-such-change'
      ? refusal.word
      : refusal.kind === 'not-undoable'
        ? refusal.change
        : '';

function whyOf(refusal: ChangeRefusal, spec: ChangeSpec, { say }: ChangeSpeech): string {
  if (refusal.kind === 'no-right') {
    const noRight = isRecordSpec(spec) ? say.record.noRight : say.noRight;
    return entryOf(noRight, refusal.why) ?? noRight['no-rule'];
  }
  if (refusal.kind === 'not-ours') return entryOf(say.notOurs, refusal.why) ?? say.notOurs['public-address'];
  return refusal.kind === 'not-undoable' ? say.notUndoable[refusal.why] : '';
}

/** The refusal as a sentence; a change that gives none says only that nothing was done. */
export function refusalSentence(
  refusal: ChangeRefusal | undefined,
  command: string,
  speech: ChangeSpeech,
  spec: ChangeSpec,
): string {
  const { say } = speech;
  if (refusal === undefined) return say.ended.seeBelow(command);
  if (refusal.kind === 'record') return recordRefusalSentence(refusal.refusal, spec, speech);
  if (refusal.kind === 'stored-key') return storedKeySentence(refusal, speech);
  if (refusal.kind === 'keeps-moving' && isRecordSpec(spec)) return say.record.keepsMoving(command);
  return say.refusals[refusal.kind]({
    command,
    why: whyOf(refusal, spec, speech),
    right: refusal.kind === 'no-right' ? refusal.right : 'operator',
    machines: 'machines' in refusal ? refusal.machines : 0,
    limit: 'limit' in refusal ? refusal.limit : 0,
    word: code(wordIn(refusal), 40),
  });
}
