/** Progress of operations that look at a few machines, in the terms of their message. */
import type { LookProgress } from '../ports.ts';
import type { Progress } from './operation-deps.ts';

/** Of a look `reading` means zones: the answers of few machines come on one page. */
const PHASES = {
  'looking-up': 'looking-up',
  sending: 'asking',
  waiting: 'asking',
  reading: 'reading-zones',
  'slowed-down': 'slowed-down',
} as const satisfies Readonly<Record<Progress['phase'], LookProgress['phase']>>;

/** How far a look is; `name` is the machine meant, once it is known. */
export const lookProgress = (
  { phase, total, done, waitingSeconds }: Progress,
  startedAtMs: number,
  name?: string,
): LookProgress => ({
  phase: PHASES[phase],
  ...(name === undefined ? {} : { name }),
  asked: total,
  // Machines read while they are looked up are not answers.
  answered: phase === 'looking-up' || total === 0 ? 0 : done,
  startedAtMs,
  ...(waitingSeconds === undefined ? {} : { waitingSeconds }),
});
