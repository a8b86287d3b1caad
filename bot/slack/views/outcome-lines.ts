/** What became of the machines of a change, worst first, each group with why, who acts and what to do. */
import type { ChangeSpec } from '../../domain/change/change-spec.ts';
import { isDone } from '../../domain/change/outcome.ts';
import type { Fate, OutcomeGroup } from '../../domain/change/outcome-groups.ts';
import type { ChangePlan, NodeOutcome, Reach } from '../../domain/change/plan.ts';
import { hresultFromDigits } from '../../domain/hresult.ts';
import { knownHresult } from '../../domain/hresult-table.ts';
import { ACTIONS } from '../ids.ts';
import { entryOf } from '../messages/wording.ts';
import { code, cutMrkdwn, words } from '../mrkdwn.ts';
import { button } from './blocks.ts';
import { type ChangeSpeech, namesOf } from './change-speech.ts';
import { actorOf, groupReason, reasonIn, stepWords } from './outcome-reasons.ts';
import { beforeWords } from './plan-values.ts';

/** Ten lines fit a phone. */
const GROUPS = 5;
const LINE = 900;

/** What the groups are told with. */
export interface OutcomeContext {
  readonly speech: ChangeSpeech;
  readonly plan: ChangePlan | undefined;
  /** The command as understood, which asks for the same again. */
  readonly asked: string;
}

/** What is said of the machines of a group; a number or a name stands before it. */
export function predicateOf(group: OutcomeGroup, { speech, plan }: OutcomeContext): string {
  const { fate, example, outcomes } = group;
  return speech.say.fates[fate]({
    count: outcomes.length,
    reason: groupReason(group, speech),
    still: example.activated === true,
    step: stepWords(example.step, speech),
    before: commonBefore(outcomes, plan, speech),
  });
}

/** Fates that a diagnosis of the machine explains. */
const DIAGNOSED: readonly Fate[] = ['lost', 'not-activated'];

/** A line of a group, and the button that belongs to it. */
export interface OutcomeLine {
  readonly text: string;
  readonly accessory?: NonNullable<ReturnType<typeof button>>;
}

/** The groups as lines, the first that a diagnosis explains with a button for it. */
export function outcomeLines(groups: readonly OutcomeGroup[], context: OutcomeContext): readonly OutcomeLine[] {
  const { speech } = context;
  const first = groups.findIndex(({ fate }) => DIAGNOSED.includes(fate));
  const shown = groups.slice(0, GROUPS).map((group, index) => {
    const accessory = index === first ? diagnoseButton(group, speech) : undefined;
    return { text: groupLine(group, context), ...(accessory === undefined ? {} : { accessory }) };
  });
  const rest = groups.slice(GROUPS);
  if (rest.length === 0) return shown;
  const machines = rest.reduce((sum, { outcomes }) => sum + outcomes.length, 0);
  return [...shown, { text: speech.say.moreFates(rest.length, machines) }];
}

function groupLine(group: OutcomeGroup, context: OutcomeContext): string {
  const { speech } = context;
  const { fate, outcomes } = group;
  const told =
    fate === 'done'
      ? doneWords(outcomes, speech)
      : speech.say.withActor(predicateOf(group, context), actorOf(group, speech));
  const names = [namesOf(outcomes), nextStep(group, context)].filter((part) => part !== '').join(' · ');
  return cutMrkdwn(`${speech.say.outcome(outcomes.length, told)}\n      ${names}`, LINE);
}

/** What a known code asks for; else what the fate does. */
function nextStep(group: OutcomeGroup, context: OutcomeContext): string {
  const { fate, example } = group;
  const { speech, asked } = context;
  const { say, check } = speech;
  if (fate === 'no-answer') return standsWords(group, context);
  const hresult = DIAGNOSED.includes(fate) ? hresultFromDigits(reasonIn(fate, example)) : undefined;
  const cause = hresult === undefined ? undefined : knownHresult(hresult)?.cause;
  const act = cause === 'no-host-reached' ? undefined : cause;
  return (act === undefined ? '' : check.codes.act[act]) || say.next[fate](code(`/kms ${asked}`, 150));
}

/** Machines that a command to look at them is written out for; more are named above it. */
const WRITTEN_OUT = 5;

/** How the second look found machines whose document came to no known end. */
function standsWords({ example, outcomes }: OutcomeGroup, { speech, plan, asked }: OutcomeContext): string {
  const named = outcomes.slice(0, WRITTEN_OUT).map(({ name, nodeId }) => (/^[\w.-]+$/.test(name) ? name : nodeId));
  const rest = outcomes.length > WRITTEN_OUT ? ' …' : '';
  const { stands } = speech.say;
  const tell = entryOf(stands, example.stands ?? 'unseen') ?? stands.unseen;
  return tell({
    count: outcomes.length,
    again: code(`/kms ${asked}`, 150),
    check: code(`/kms check ${named.join(' ')}${rest}`, 150),
    activate: example.activated === false ? code(`/kms activate ${named.join(' ')}${rest}`, 150) : '',
    before: commonBefore(outcomes, plan, speech),
  });
}

/** What was there before; empty where that differs from machine to machine. */
function commonBefore(outcomes: readonly NodeOutcome[], plan: ChangePlan | undefined, speech: ChangeSpeech): string {
  const planned = new Map(plan?.nodes.map((node) => [node.nodeId, node]));
  const all = outcomes.flatMap(({ nodeId }) => planned.get(nodeId) ?? []).map((node) => beforeWords(node, speech));
  return new Set(all).size === 1 ? (all[0] ?? '') : '';
}

/** The only group there is, which the first line tells: names where they are several, and what to do. */
export function onlyGroupLine(group: OutcomeGroup, context: OutcomeContext): OutcomeLine | undefined {
  const { speech } = context;
  const names = group.outcomes.length === 1 ? '' : namesOf(group.outcomes);
  const text = [names, nextStep(group, context)].filter((part) => part !== '').join(' · ');
  const accessory = DIAGNOSED.includes(group.fate) ? diagnoseButton(group, speech) : undefined;
  if (text === '') return undefined;
  return { text: cutMrkdwn(text, LINE), ...(accessory === undefined ? {} : { accessory }) };
}

function doneWords(outcomes: readonly NodeOutcome[], { say }: ChangeSpeech): string {
  const activated = outcomes.filter((outcome) => outcome.activated === true).length;
  const known = outcomes.filter((outcome) => outcome.activated !== undefined).length;
  return say.machinesDone(outcomes.length, activated, known);
}

export function diagnoseButton({ outcomes: [machine] }: OutcomeGroup, { check: { report } }: ChangeSpeech) {
  if (machine === undefined) return undefined;
  return button({
    action: ACTIONS.diagnose,
    label: report.buttons.diagnose,
    accessibleLabel: report.diagnoseLabel(machine.name),
    value: `diagnose ${machine.nodeId}`,
    about: machine.name,
  });
}

/** Whether a machine depends on what it finds in DNS afterwards: with a stored key it asks Microsoft. */
export const asksKmsHost = ({ kind }: Pick<ChangeSpec, 'kind'>): boolean => kind !== 'stored-key';

const isAtOldPort = ({ byAddress, oldPort }: Reach): boolean => byAddress === false && oldPort !== undefined;

/** The port that DNS names with a host that has left it, where nothing answers there. */
export const oldPortIn = (outcomes: readonly NodeOutcome[]): number | undefined =>
  outcomes.flatMap(({ reach }) => (reach !== undefined && isAtOldPort(reach) ? [reach] : []))[0]?.oldPort;

/** What a second look showed of the KMS host, for those on which the change is in force. */
export function seenLines(
  outcomes: readonly NodeOutcome[],
  spec: Pick<ChangeSpec, 'kind'>,
  { say }: ChangeSpeech,
): readonly string[] {
  if (!asksKmsHost(spec)) return [];
  const seen = outcomes.filter(isDone).flatMap((outcome) => outcome.reach ?? []);
  const host = (of: typeof seen) => words([...new Set(of.map((reach) => reach.host))].slice(0, 2).join(', '), 120);
  const noName = seen.filter(({ byName }) => !byName);
  const noAnswer = seen.filter((reach) => reach.byName && reach.byAddress === false && !isAtOldPort(reach));
  const well = seen.filter(({ byName, byAddress }) => byName && byAddress === true);
  const addresses = [...new Set(well.flatMap(({ address }) => address ?? []))];
  return [
    ...(noName.length === 0 ? [] : [say.seen.noName(noName.length, host(noName))]),
    ...(noAnswer.length === 0 ? [] : [say.seen.noAnswer(noAnswer.length, host(noAnswer))]),
    ...(well.length === 0 ? [] : [say.seen.well(well.length, host(well), words(addresses.slice(0, 2).join(', '), 80))]),
  ];
}
