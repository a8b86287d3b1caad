/** What machines do once they find a KMS host that they did not find before, and how that goes faster. */
import type { ChangeSpec } from '../../domain/change/change-spec.ts';
import { code } from '../mrkdwn.ts';
import type { ChangeSpeech } from './change-speech.ts';
import type { Ended } from './end-parts.ts';
import { isAmiss, seenAs, typable } from './record-seen.ts';

/** One sentence where a host was added and machines find it; empty otherwise, and where one has to be looked at first. */
export function nextNote(spec: ChangeSpec, { plan, record }: Ended, { say }: ChangeSpeech): string {
  const isNew = spec.kind === 'dns-add' && plan?.records?.lines.some(({ what }) => what === 'added') === true;
  const answers = record?.answers ?? [];
  if (!isNew || answers.some(isAmiss) || !answers.some((answer) => seenAs(answer) === 'planned')) return '';
  const { waited } = say.record.ended;
  const [first, ...others] = answers;
  return first === undefined || others.length > 0
    ? waited.several(code('/kms check all', 200))
    : waited.one(code(`/kms activate ${typable(first)}`, 200));
}
