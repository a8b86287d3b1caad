/** Changes under way: what, by whom, since when, how far, and waiting for whom. */
import type { ChangeStatus } from '../../domain/change/change-status.ts';
import { ACTIONS } from '../ids.ts';
import { LIMITS } from '../limits.ts';
import type { JobsTexts } from '../messages/audit-words.ts';
import { code, mention, moment, words } from '../mrkdwn.ts';
import { button, type Rendered, section, smallPrint } from './blocks.ts';

/** More than these are only counted. */
const SHOWN = 15;

/** The changes that have not ended, then those that ended a moment ago. `back` is what a person says to let it be. */
export function jobsView(jobs: readonly ChangeStatus[], say: JobsTexts, back: string): Rendered {
  if (jobs.length === 0) return { text: say.none, blocks: [section(say.none)] };
  const first = firstLine(jobs, say);
  const shown = jobs.slice(0, SHOWN);
  const lines = shown.map((job) => jobLine(job, say));
  const more = jobs.length > SHOWN ? [say.more(jobs.length - SHOWN)] : [];
  return {
    text: [first, ...lines, ...more].join('\n'),
    blocks: [
      section(first),
      ...shown.map((job, index) => section(lines[index] ?? '', cancelButton(job, index, say, back))),
      ...more.map((text) => section(text)),
      smallPrint([say.small]),
    ],
  };
}

const isRunning = ({ phase }: ChangeStatus): boolean => phase !== 'ended';

function firstLine(jobs: readonly ChangeStatus[], say: JobsTexts): string {
  const running = jobs.filter(isRunning);
  if (running.length === 0) return say.onlyEnded(jobs.length);
  return say.first(running.length, running.filter(({ awaits }) => awaits !== undefined).length);
}

function jobLine(job: ChangeStatus, say: JobsTexts): string {
  const { id, asked, requesterId, startedAtMs, updatedAtMs, phase, end, awaits, machines, done, failed, domain } = job;
  const phases = domain === undefined ? say.phase : { ...say.phase, ...say.recordPhase };
  const state = phase === 'ended' && end !== undefined ? say.end[end] : phases[phase];
  const details = [
    awaits === undefined ? state : say.waitsFor[awaits.what](moment(awaits.expiresAtMs)),
    ...(domain !== undefined ? [say.record(words(domain, 100))] : []),
    ...(machines === 0 || domain !== undefined ? [] : [say.machines(done, machines, failed, job.notActivated ?? 0)]),
    say.by(mention(requesterId), moment(startedAtMs)),
    ...(phase === 'ended' ? [say.ended(moment(updatedAtMs, 'time'))] : []),
  ].join(' · ');
  return `• ${code(id, 20)}  ${code(`/kms ${asked}`, 150)}\n      ${details}`;
}

/** One a change, at its side; a row of them would hold five at most, and nobody could tell them apart. */
function cancelButton(job: ChangeStatus, index: number, say: JobsTexts, back: string) {
  if (!isRunning(job)) return undefined;
  const label = say.cancel(job.id.slice(0, 12));
  const text = say.cancelText(`/kms ${job.asked}`.slice(0, LIMITS.confirmText / 2));
  return button({
    action: ACTIONS.cancelChange,
    index,
    label,
    value: job.id,
    confirm: { title: label, text, confirm: label, deny: back },
  });
}
