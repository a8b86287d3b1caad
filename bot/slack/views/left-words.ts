/** Why a machine is left alone, in words. */
import type { LeftGroup } from '../../domain/change/plan-groups.ts';
import { entryOf } from '../messages/wording.ts';
import { code, words } from '../mrkdwn.ts';
import type { ChangeSpeech } from './change-speech.ts';
import { unreadableParts } from './outcome-reasons.ts';
import { dayWords } from './plan-warnings.ts';

/** Why a machine is left alone, as a sentence without its full stop. */
export function leftWords({ left, nodes: [{ siteId }] }: LeftGroup, speech: ChangeSpeech): string {
  const { say, check } = speech;
  const { leftDetails } = say.plan;
  switch (left.why) {
    case 'out-of-reach':
      return unreached(left.detail, check);
    case 'no-undo':
      return say.plan.leftNoUndo(say.plan.noUndoWhy[left.reason]);
    case 'key-unreadable':
      return leftDetails[left.why](unreadableParts({ ...left, siteId }, speech));
    case 'client-host-key-on-server':
    case 'server-host-key-on-client':
    case 'host-windows':
      return leftDetails[left.why](words(left.group, 40));
    case 'mak-edition':
      return leftDetails[left.why](words(left.group, 40), editionWords(left.editions), {
        group: words(left.found?.group ?? '', 40),
        edition: editionWords(left.found === undefined ? [] : [left.found.edition]),
      });
    case 'key-used-up':
      return leftDetails[left.why](left.hosts, left.here);
    case 'threshold':
      return leftDetails[left.why]({ ...left, host: '', when: dayWords(left.missedAtMs) });
    default:
      return say.plan.left[left.why];
  }
}

const editionWords = (editions: readonly string[] | 'any'): string =>
  typeof editions === 'string'
    ? ''
    : editions
        .slice(0, 5)
        .map((edition) => code(edition, 40))
        .join(', ');

/** A machine that could not be asked, or gave no answer, as a check says it. */
function unreached(detail: string, { report }: ChangeSpeech['check']): string {
  const nothing = { subject: '', detail: '', codeMeaning: '' };
  const cause = entryOf(report.causes as Readonly<Record<string, (parts: typeof nothing) => string>>, detail);
  return cause === undefined ? report.causes['no-answer']({ ...nothing, subject: words(detail, 40) }) : cause(nothing);
}

/** How an evaluation edition is converted, where one is among those left alone. */
export const conversionLines = (reasons: readonly string[], { say }: ChangeSpeech): readonly string[] =>
  reasons.includes('evaluation') ? say.plan.convertEvaluation.map(escaped) : [];

/** Commands of ours with blanks in angle brackets, which Slack takes for links. */
const escaped = (line: string): string => line.replace(/</g, '&lt;').replace(/>/g, '&gt;');
