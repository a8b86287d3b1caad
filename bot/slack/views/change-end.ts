/** The end of a change: what was done, what became of the rest, and how to take it back. */
import type { ChangeMessage } from '../../domain/change/change-message.ts';
import { isDone } from '../../domain/change/outcome.ts';
import { groupOutcomes, type OutcomeGroup } from '../../domain/change/outcome-groups.ts';
import type { NodeOutcome, RoutingAttempt } from '../../domain/change/plan.ts';
import { groupLeft } from '../../domain/change/plan-groups.ts';
import { proofOf } from '../../domain/change/routing-proof.ts';
import { ACTIONS } from '../ids.ts';
import { hostAndPort } from '../messages/wording.ts';
import { mention, moment, words } from '../mrkdwn.ts';
import { actions, type Rendered, section, smallPrint } from './blocks.ts';
import { asking, smallOf } from './change-parts.ts';
import { refusalSentence } from './change-refusal.ts';
import { type ChangeSpeech, didOf, inDialog, todoOf, whomWords } from './change-speech.ts';
import {
  actorOf,
  groupReason,
  type OutcomeContext,
  outcomeLines,
  predicateOf,
  reasonWords,
  seenLines,
} from './outcome-lines.ts';
import { leftLines, leftWords, undoWords } from './plan-lines.ts';
import { unmatchedLines } from './report.ts';

type Ended = Extract<ChangeMessage['stage'], { at: 'ended' }>;

/** Everything the lines of an end are made from. */
interface Ending {
  readonly change: ChangeMessage;
  readonly stage: Ended;
  readonly groups: readonly OutcomeGroup[];
  readonly context: OutcomeContext;
}

/** A change that is over. */
export function endedView(asked: string, change: ChangeMessage, stage: Ended, speech: ChangeSpeech): Rendered {
  const groups = groupOutcomes(stage.outcomes, stage.plan?.nodes);
  const ending: Ending = { change, stage, groups, context: { speech, plan: stage.plan, asked } };
  const first = firstLine(ending);
  const lines = isToldByFirst(ending) ? [] : outcomeLines(groups, ending.context);
  const notes = notesOf(ending).filter((text) => text !== '');
  const row = [undoButton(ending), discoverButton(ending)].flatMap((each) => each ?? []);
  return {
    text: [first, ...lines.map(({ text }) => text), ...notes].join('\n'),
    blocks: [
      section(first),
      ...lines.map(({ text, accessory }) => section(text, accessory)),
      ...notes.map((text) => section(text)),
      smallPrint(smallPrintOf(ending)),
      ...(row.length === 0 ? [] : [actions(row)]),
    ],
  };
}

/** One group of machines that are well needs no list. */
const isToldByFirst = ({ groups, stage }: Ending): boolean =>
  groups.length === 0 || testOf(stage) !== undefined || (groups.length === 1 && groups[0]?.fate === 'done');

const notesOf = ({ stage, context: { speech } }: Ending): readonly string[] => [
  attemptsPart(stage, speech),
  seenLines(stage.outcomes, speech).join('\n'),
  stage.plan === undefined ? '' : leftLines(stage.plan, speech).join('\n'),
  unmatchedLines(stage.unmatched, speech.check).join('\n'),
  discoverPart(stage, speech),
  undoPart(stage, speech),
];

const smallPrintOf = ({ change, stage, context: { speech } }: Ending): readonly string[] => {
  const by = stage.decidedBy === undefined || !APPLIED.includes(stage.end) ? '' : mention(stage.decidedBy);
  return [
    by === '' ? '' : speech.say.applying.decidedBy(by),
    ...smallOf(change, speech),
    speech.say.small.ended(moment(stage.endedAtMs)),
  ];
};

const APPLIED: readonly Ended['end'][] = ['done', 'partly', 'failed'];

/** The fact and who acts. */
function firstLine(ending: Ending): string {
  const { change, stage, context } = ending;
  const { speech } = context;
  const { say } = speech;
  const by = stage.decidedBy === undefined ? '' : mention(stage.decidedBy);
  const all = stage.plan?.nodes.length ?? 0;
  const done = stage.outcomes.filter(isDone).length;
  const todo = todoOf(change.spec, meantBy(stage), speech);
  switch (stage.end) {
    case 'refused':
      return `⚠ ${refusalSentence(stage.refusal, todo, speech)}`;
    case 'nothing-to-do':
      return nothingLine(ending, todo);
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
      return testLine(ending) ?? appliedLine(ending, todo);
  }
}

/** The machines a change is about: those of its plan, and, where none is in it, those left alone. */
const meantBy = ({ plan }: Ended) => (plan === undefined ? [] : plan.nodes.length > 0 ? plan.nodes : plan.left);

function nothingLine({ stage, context: { speech } }: Ending, todo: string): string {
  const { say } = speech;
  const groups = stage.plan === undefined ? [] : groupLeft(stage.plan);
  const [only] = groups;
  if (only === undefined) return `⚠ ${say.ended.nothing(todo, say.ended.nobodyMeant)}`;
  if (groups.length > 1) return `⚠ ${say.ended.nothing(todo, say.ended.seeBelow)}`;
  return only.left.why === 'already-so'
    ? `✓ ${say.ended.allAlreadySo(todo, only.nodes.length)}`
    : `⚠ ${say.ended.nothing(todo, leftWords(only.left, speech))}`;
}

/** What was done, and the worst that happened. */
function appliedLine({ change, stage, groups, context }: Ending, todo: string): string {
  const { speech } = context;
  const { ended, withActor } = speech.say;
  const all = stage.outcomes.length;
  const done = stage.outcomes.filter((outcome) => isDone(outcome));
  const fact = didOf(change.spec, done, speech);
  const [worst] = groups;
  if (worst === undefined || worst.fate === 'done') {
    return `✓ ${ended.done(fact, done.filter(({ activated }) => activated === true).length, done.length)}`;
  }
  const actor = actorOf(worst, speech);
  const predicate = predicateOf(worst, context);
  const count = worst.outcomes.length;
  if (done.length > 0) return `⚠ ${withActor(ended.butWorst(fact, count, all, predicate), actor)}`;
  const why = worst.fate === 'not-activated' && groups.length === 1 ? groupReason(worst, speech) : '';
  return `⚠ ${withActor(why === '' ? ended.failed(todo, count, all, predicate) : ended.failedWhy(todo, why), actor)}`;
}

/** The attempts of a routing test that was carried out. */
const testOf = ({ plan, outcomes: [outcome] }: Ended): readonly RoutingAttempt[] | undefined =>
  plan?.spec.kind === 'test' && outcome?.test !== undefined && outcome.test.length > 0 ? outcome.test : undefined;

function testLine({ change: { spec }, stage, context: { speech } }: Ending): string | undefined {
  const attempts = testOf(stage);
  const [outcome] = stage.outcomes;
  if (attempts === undefined || outcome === undefined || spec.kind !== 'test') return undefined;
  const proof = proofOf(attempts);
  const refusing = attempts.find(({ code: result }) => result !== '00000000')?.code ?? '';
  const machine = words(outcome.name, 60);
  const host = words(hostAndPort({ name: spec.host.host, port: spec.host.port }), 80);
  const told = speech.say.proof[proof]({ machine, host, reason: refusing === '' ? '' : reasonWords(refusing, speech) });
  return `${proof === 'srv' || proof === 'undecided' ? '' : '⚠ '}${told}`;
}

/** Every attempt with its result, and that the machine is as it was. */
function attemptsPart(stage: Ended, speech: ChangeSpeech): string {
  const attempts = testOf(stage);
  if (attempts === undefined) return '';
  const { say } = speech;
  const [outcome] = stage.outcomes;
  const lines = attempts
    .slice(0, 4)
    .map(({ by, target, code: result }) =>
      say.attempt[by](words(target, 80), result === '00000000' ? say.activated : reasonWords(result, speech)),
    );
  return [...lines, outcome?.restored === false ? `⚠ ${say.notPutBack}` : say.putBack].join('\n');
}

const discoverable = ({ outcomes }: Ended): readonly NodeOutcome[] =>
  outcomes.filter(({ couldDiscover }) => couldDiscover === true);

const discoverPart = (stage: Ended, { say }: ChangeSpeech): string => {
  const count = discoverable(stage).length;
  return count === 0 ? '' : say.couldDiscover(count);
};

/** Clears what keeps these machines from finding their host by DNS; none where they are too many for a button. */
function discoverButton({ stage, context: { speech } }: Ending) {
  const nodes = discoverable(stage);
  if (nodes.length === 0) return undefined;
  const { say } = speech;
  const value = `discover ${nodes.map(({ nodeId }) => nodeId).join(' ')}`;
  const text = say.confirm.discover(whomWords(nodes, speech, inDialog));
  return asking({ action: ACTIONS.fix, label: say.buttons.discover, value }, text, speech);
}

/** Until when it can be taken back, or why not; nothing where nothing was done. */
function undoPart({ plan, outcomes, undoUntilMs }: Ended, speech: ChangeSpeech): string {
  if (undoUntilMs !== undefined) return speech.say.undoUntil(moment(undoUntilMs, 'date'));
  const done = new Set(outcomes.filter(({ result }) => result === 'done').map(({ nodeId }) => nodeId));
  const nodes = plan?.nodes.filter(({ nodeId }) => done.has(nodeId)) ?? [];
  return nodes.length === 0 || plan?.spec.kind === 'test' ? '' : undoWords(nodes, speech);
}

function undoButton({ change, stage, context: { speech } }: Ending) {
  if (stage.undoUntilMs === undefined) return undefined;
  const { say } = speech;
  const done = stage.outcomes.filter(({ result }) => result === 'done');
  const text = say.confirm.undo(didOf(change.spec, done, speech, inDialog));
  const value = `undo ${change.id}`;
  return asking({ action: ACTIONS.undoChange, label: say.buttons.undo, value, style: 'danger' }, text, speech);
}
