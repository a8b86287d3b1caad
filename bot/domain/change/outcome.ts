/** How a change ended on a machine: what its document said, then what a second look showed. */
import type { NodeResult } from '../check-report.ts';
import type { InspectionRecord, KmsTarget } from '../inspection-record.ts';
import { meetsExpectation } from './actions.ts';
import type { ChangeRecord } from './change-record.ts';
import { AMAZON_HOST, AMAZON_HOST_IPV6 } from './change-spec.ts';
import { clientStateOf } from './client-state.ts';
import { answers, findsHost } from './found-by-dns.ts';
import { isHost } from './licences.ts';
import { oldPortOf } from './old-port.ts';
import type { NodeOutcome, PlannedNode, Reach, Stands } from './plan.ts';

import { isActivated } from './plan-node.ts';

/** What came back from a machine that was sent a changing document. */
export type DocumentAnswer =
  | { readonly kind: 'record'; readonly record: ChangeRecord }
  /** Nothing of use; why, in a word. */
  | { readonly kind: 'none'; readonly detail: string }
  /** The command could not be sent; why, in a word. */
  | { readonly kind: 'not-sent'; readonly detail: string };

const identity = ({ nodeId, siteId, name }: PlannedNode) => ({ nodeId, siteId, name });

/** A machine that was not sent anything, and why. */
export const notSent = (node: PlannedNode, detail: string): NodeOutcome => ({
  ...identity(node),
  result: 'not-sent',
  detail,
});

/** What the document of the change said. */
export const outcomeOf = (node: PlannedNode, answer: DocumentAnswer): NodeOutcome => {
  if (answer.kind === 'none') return { ...identity(node), result: 'no-answer', detail: answer.detail };
  if (answer.kind === 'not-sent') return notSent(node, answer.detail);
  const { record } = answer;
  const isActivation = record.document === 'KmsBot-Activate';
  return {
    ...identity(node),
    result: record.result,
    ...optional('why', record.why),
    ...optional('step', record.step),
    ...optional('code', record.code),
    ...optional('restored', record.restored),
    ...(isActivation ? { activationCode: activationCode(record) } : {}),
    ...optional('test', record.tests),
    ...optional('via', record.via),
    ...optional('need', record.need),
    ...optional('who', record.who),
    ...optional('saved', record.saved),
    ...optional('published', record.published),
    ...(record.document === 'KmsBot-Rearm' ? optional('rearmsLeft', record.after?.rearmsLeft) : {}),
  };
};

const optional = <K extends string, V>(key: K, value: V | undefined): { [key in K]?: V } =>
  value === undefined ? {} : ({ [key]: value } as { [key in K]: V });

const SUCCESS = '00000000';

/** A machine that refused to try says so by its reason. */
const activationCode = ({ result, code, why }: ChangeRecord): string =>
  result === 'done' || result === 'same' ? SUCCESS : (code ?? why ?? result);

/** Adds how the activation went that followed the change. */
export const withActivation = (outcome: NodeOutcome, answer: DocumentAnswer): NodeOutcome => ({
  ...outcome,
  activationCode: answer.kind === 'record' ? activationCode(answer.record) : answer.detail,
});

/** Adds what a second look showed; a machine that could not be looked at stays as its document left it. */
export const withSecondLook = (
  outcome: NodeOutcome,
  node: PlannedNode,
  seen: { readonly result: NodeResult; readonly record?: InspectionRecord } | undefined,
): NodeOutcome => {
  if (seen?.record === undefined) return outcome;
  // A KMS host asks nobody: what it finds in DNS says nothing of it.
  const asks = !isHost(seen.record);
  const reach = asks ? reachOf(seen.record) : undefined;
  return {
    ...outcome,
    ...(outcome.result === 'no-answer' ? optional('stands', standsAs(node, seen.record)) : {}),
    activated: isActivated(seen.result.verdict),
    ...(reach === undefined ? {} : { reach }),
    ...(asks && couldDiscover(seen.record) ? { couldDiscover: true } : {}),
  };
};

/** Compares with the plan; undefined where the state shows no difference, as after a flush of the resolver's cache. */
const standsAs = ({ action, inverse }: PlannedNode, record: InspectionRecord): Stands | undefined => {
  const state = clientStateOf(record);
  if (state === undefined || 'none' in inverse) return undefined;
  if (meetsExpectation(inverse, state)) return 'planned';
  return meetsExpectation(action, state) ? 'before' : 'otherwise';
};

const ORDER = ['assigned', 'srv', 'discovered', 'amazon'] as const;

const isAddress = (host: string): boolean => /^\d+(?:\.\d+){3}$/.test(host) || host.includes(':');

/** The host the machine would ask next: an assigned one before those that DNS gives, one that answers first. */
const nextTarget = ({ targets }: InspectionRecord): KmsTarget | undefined => {
  if (!targets.read) return undefined;
  const ranked = ORDER.map((origin) => targets.value.filter(({ origins }) => origins.includes(origin)));
  const best = ranked.find((some) => some.length > 0) ?? [];
  return best.find(answers) ?? best[0];
};

/** Whether the machine finds its KMS host by name and reaches it by address. */
export const reachOf = (record: InspectionRecord): Reach | undefined => {
  const target = nextTarget(record);
  if (target === undefined) return undefined;
  const address = target.resolution.ok === true ? target.resolution.addresses[0] : undefined;
  return {
    host: target.host,
    byName: isAddress(target.host) || address !== undefined,
    ...(target.tcp === undefined ? {} : { byAddress: answers(target) }),
    ...(address === undefined ? {} : { address }),
    ...oldPortOf(record, target),
  };
};

const AMAZONS: readonly string[] = [AMAZON_HOST.host, '169.254.169.251', AMAZON_HOST_IPV6.host];

/** An explicit host is left though DNS gives one that answers: discovery would fail over, an assignment does not. */
export const couldDiscover = (record: InspectionRecord): boolean => {
  const state = clientStateOf(record);
  const assigned = state?.product?.assigned ?? state?.assigned ?? null;
  return assigned !== null && !AMAZONS.includes(assigned.host) && findsHost(record);
};

/**
 * Whether the change did something on the machine, by its own word or by the second look, or may have: what nobody could
 * look at again, an undo looks at.
 */
export const mayHaveTakenEffect = ({ result, stands }: NodeOutcome): boolean =>
  result === 'done' || (result === 'no-answer' && (stands === undefined || stands === 'planned'));

/** Whether the change is in force on the machine, by the word of its document. */
export const isDone = ({ result }: Pick<NodeOutcome, 'result'>): boolean => result === 'done' || result === 'same';
