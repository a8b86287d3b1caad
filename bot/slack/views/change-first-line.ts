/** The first line of a change that is over: the fact and who acts. */
import type { ChangeMessage } from '../../domain/change/change-message.ts';
import { isDone } from '../../domain/change/outcome.ts';
import type { Fate, OutcomeGroup } from '../../domain/change/outcome-groups.ts';
import type { LeftAlone, NodeOutcome } from '../../domain/change/plan.ts';
import { groupLeft } from '../../domain/change/plan-groups.ts';
import { code, mention } from '../mrkdwn.ts';
import { refusalSentence } from './change-refusal.ts';
import { type ChangeSpeech, didOf, inMessage, todoOf, whomWords } from './change-speech.ts';
import type { Ended, Ending } from './end-parts.ts';
import { leftWords } from './left-words.ts';
import { asksKmsHost, oldPortIn, predicateOf } from './outcome-lines.ts';
import { actorOf, groupReason, reasonWords } from './outcome-reasons.ts';
import { proofLine } from './routing-test.ts';

/** The fact and who acts. */
export function endLine(ending: Ending): string {
  const { change, stage, context } = ending;
  const { speech } = context;
  const { say } = speech;
  const by = stage.decidedBy === undefined ? '' : mention(stage.decidedBy);
  const all = stage.plan?.nodes.length ?? 0;
  const done = stage.outcomes.filter(isDone).length;
  const todo = todoOf(change.spec, meantBy(stage), speech);
  const command = code(`/kms ${context.asked}`, 150);
  switch (stage.end) {
    case 'refused':
      return `⚠ ${refusalSentence(stage.refusal, command, speech, change.spec)}`;
    case 'nothing-to-do':
      return nothingLine(ending, todo, command);
    case 'rejected':
      return say.ended.rejected(todo, by);
    case 'expired':
      return `⚠ ${say.ended.expired(todo)}`;
    case 'cancelled':
      return say.ended.cancelled(todo, by, done, all);
    case 'stopped':
      return `⚠ ${say.ended.stopped(todo, by, done, all)}`;
    case 'error':
      return `⚠ ${say.withActor(say.ended.error(todo), say.botOwner)}`;
    default:
      return proofLine(stage, speech) ?? appliedLine(ending, todo);
  }
}

/** The machines a change is about: those of its plan, and, where none is in it, those left alone. */
const meantBy = ({ plan }: Ended) => (plan === undefined ? [] : plan.nodes.length > 0 ? plan.nodes : plan.left);

/** Nobody was left to be changed: all is well already, or why not. */
function nothingLine({ stage, context: { speech } }: Ending, todo: string, command: string): string {
  const { ended, withActor, requester } = speech.say;
  const [only, ...others] = stage.plan === undefined ? [] : groupLeft(stage.plan);
  if (only === undefined) return `⚠ ${withActor(ended.nobodyMeant(command), requester)}`;
  if (others.length > 0) return `⚠ ${withActor(ended.seeBelow(command), requester)}`;
  if (only.left.why === 'already-so') return `✓ ${ended.allAlreadySo(todo, only.nodes.length)}`;
  const whom = whomWords(only.nodes, speech, inMessage);
  return `⚠ ${withActor(ended.leftAll(whom, leftWords(only, speech)), leftActor(only.left, speech))}`;
}

const MACHINE_OWNERS: readonly LeftAlone['why'][] = [
  'out-of-reach',
  'unreadable',
  'service-disabled',
  'key-unreadable',
];

/** Whoever can make the machine reachable or readable again; else whoever asked for what does not fit it. */
const leftActor = ({ why }: LeftAlone, { say, check }: ChangeSpeech): string =>
  MACHINE_OWNERS.includes(why) ? check.codes.actor['machine-owner'] : say.requester;

/** What was done, and the worst that happened. */
function appliedLine({ change, stage, groups, context }: Ending, todo: string): string {
  const { speech } = context;
  const { ended, withActor } = speech.say;
  const all = stage.outcomes.length;
  const done = stage.outcomes.filter((outcome) => isDone(outcome));
  const fact = didOf(change.spec, done, speech);
  const [worst] = groups;
  if (worst === undefined || worst.fate === 'done') return wellLine(change, fact, done, speech);
  const actor = actorOf(worst, speech);
  const predicate = predicateOf(worst, context);
  const count = worst.outcomes.length;
  if (done.length > 0) return `⚠ ${withActor(ended.butWorst(fact, count, all, predicate), actor)}`;
  if (worst.fate === 'no-answer' && groups.length === 1) return `⚠ ${unheardLine(worst, todo, speech)}`;
  const why = SAYS_ALL.includes(worst.fate) && groups.length === 1 ? groupReason(worst, speech) : '';
  return `⚠ ${withActor(why === '' ? ended.failed(todo, count, all, predicate) : ended.failedWhy(todo, why), actor)}`;
}

/** No document came to a known end; the second look may know better. */
function unheardLine(worst: OutcomeGroup, todo: string, speech: ChangeSpeech): string {
  const { ended, withActor } = speech.say;
  const reason = groupReason(worst, speech) || reasonWords('no-answer', speech);
  if (worst.example.stands === 'planned') return ended.doneUnheard(todo, reason);
  const unclear = worst.example.stands === 'before' ? ended.failedWhy : ended.unclear;
  return withActor(unclear(todo, reason), actorOf(worst, speech));
}

/** That nothing was changed, the first line says already: their reason is all that is new. */
const SAYS_ALL: readonly Fate[] = ['not-activated', 'refused', 'not-sent'];

/** Every machine has the change; whether it helps, the second look has shown. */
function wellLine(
  { spec }: ChangeMessage,
  fact: string,
  done: readonly NodeOutcome[],
  { say, check }: ChangeSpeech,
): string {
  const oldPort = oldPortIn(done);
  const actors = check.codes.actor;
  if (oldPort !== undefined) return `⚠ ${say.withActor(say.ended.butOldPort(fact, oldPort), actors['dns-owner'])}`;
  const seen = asksKmsHost(spec) ? done : [];
  const noName = seen.filter(({ reach }) => reach?.byName === false).length;
  const noAnswer = seen.filter(({ reach }) => reach?.byName === true && reach.byAddress === false).length;
  if (noName + noAnswer > 0) {
    const actor = actors[noName > 0 ? 'dns-owner' : 'network-owner'];
    return `⚠ ${say.withActor(say.ended.butUnreached(fact, noName + noAnswer, done.length), actor)}`;
  }
  const activated = spec.kind === 'activate' ? 0 : done.filter((outcome) => outcome.activated === true).length;
  const not = done.filter((outcome) => outcome.activated === false).length;
  if (spec.kind === 'stored-key' && activated === done.length && activated > 0)
    return `✓ ${say.ended.doneForGood(fact, activated)}`;
  return `✓ ${say.ended.done(fact, activated, not, done.length)}`;
}
