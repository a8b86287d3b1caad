/** What else was thought of, and why it is less likely. */
import { causeOwner } from './cause-owner.ts';
import type { LessLikely, RankedCause, RunnerUp } from './diagnosis.ts';
import type { Found, Stage } from './rule.ts';

/** Lines of evidence and runners-up that a diagnosis shows at most. */
const MOST_LINES = 6;
const MOST_RUNNERS_UP = 3;

/** A cause as a diagnosis names it. */
export const ranked = ({ cause, confidence, evidence, rule }: Found): RankedCause => ({
  cause,
  confidence,
  owner: causeOwner(cause),
  evidence: evidence.slice(0, MOST_LINES),
  rule: rule.id,
});

/** Stages that speak of one thing: what stops the machine on its way to a host shows in all of them. */
const GROUPS: Readonly<Record<Stage, 'licence' | 'way' | 'answer' | 'rest'>> = {
  licence: 'licence',
  model: 'way',
  assignment: 'way',
  dns: 'way',
  records: 'way',
  'target-name': 'way',
  target: 'way',
  service: 'way',
  answer: 'answer',
  now: 'rest',
  rest: 'rest',
};

/** Said beside causes that are proven: that it is short of clients follows from clones and from split counts. */
const FOLLOWS: readonly string[] = ['count-too-low', 'count-split', 'other-channel', 'accidental-host'];

function whyLess(first: Found, other: Found): LessLikely {
  if (other.confidence === 'possible') return 'not-proven';
  const [group, of] = [GROUPS[first.rule.stage], GROUPS[other.rule.stage]];
  if (group !== of) return 'second-fault';
  return of === 'way' || FOLLOWS.includes(other.cause.kind) ? 'other-explains-it' : 'second-fault';
}

/** That it works now, or that only a code is known, is nothing beside a cause. */
const isIdle = ({ rule }: Found): boolean => GROUPS[rule.stage] === 'rest';

/** Those after the first, the likelier first. */
export function runnersUp([first, ...others]: readonly Found[]): readonly RunnerUp[] {
  if (first === undefined) return [];
  const worth = first.confidence === 'possible' ? others : others.filter((other) => !isIdle(other));
  return worth.slice(0, MOST_RUNNERS_UP).map((other) => ({ ...ranked(other), lessLikely: whyLess(first, other) }));
}
