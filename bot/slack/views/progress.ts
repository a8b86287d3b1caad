/** A check under way. */
import type { CheckProgress, CheckTotals } from '../../domain/check-report.ts';
import type { CheckTexts } from '../messages/reports.ts';
import { code, moment } from '../mrkdwn.ts';
import { type Rendered, section, smallPrint } from './blocks.ts';

const BAR_CELLS = 10;

/** Ten cells; full only when everything is done. */
export function progressBar(done: number, total: number): string {
  const share = total <= 0 ? 0 : Math.min(1, Math.max(0, done / total));
  const full = Math.floor(share * BAR_CELLS);
  return '▓'.repeat(full) + '░'.repeat(BAR_CELLS - full);
}

/** What is waited for, how much is done, and what is known already. */
export function progressView(asked: string, progress: CheckProgress, say: CheckTexts): Rendered {
  const { report } = say;
  const { phase, done, total } = progress;
  const counted = total > 0 && phase !== 'looking-up';
  const share = counted ? ` ${progressBar(done, total)} ${report.doneOf(done, total)}` : '';
  const first = headline(asked, progress, say) + share;
  const known = progress.soFar === undefined ? [] : countWords(progress.soFar, say);
  const second = [
    ...known,
    ...(counted && done < total ? [report.waitingFor(total - done)] : []),
    ...(progress.waitingSeconds === undefined ? [] : [report.goingOnIn(progress.waitingSeconds)]),
    report.started(moment(progress.startedAtMs, 'time')),
  ].join(' · ');
  return { text: `${first}\n${second}`, blocks: [section(first), smallPrint([second])] };
}

function headline(asked: string, { phase, done, total }: CheckProgress, { report }: CheckTexts): string {
  const command = code(`/kms ${asked}`, 150);
  if (phase === 'looking-up') return report.progress[phase](command, done);
  return phase === 'sending' ? report.progress[phase](command, total) : report.progress[phase](command);
}

/** Counts by state, those that are not nought. */
export function countWords(totals: CheckTotals, { report }: CheckTexts, lateExpiry = ''): readonly string[] {
  const { counts } = report;
  const words = (value: number, say: (value: number) => string): readonly string[] => (value > 0 ? [say(value)] : []);
  const late = totals.activatedLate > 0 ? ` (${counts.late(totals.activatedLate, lateExpiry)})` : '';
  return [
    ...words(totals.activated, (value) => counts.activated(value) + late),
    ...words(totals.inGrace, counts.inGrace),
    ...words(totals.notActivated, counts.notActivated),
    ...words(totals.notKmsClient, counts.notKmsClient),
    ...words(totals.unknown, counts.unknown),
    ...words(totals.notAsked, counts.notAsked),
  ];
}
