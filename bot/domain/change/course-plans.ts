/** Activation by telephone, rearm and restart: changes of several steps, on one machine. */
import type { InspectionRecord } from '../inspection-record.ts';
import { channelOf } from '../licence.ts';
import type { ClientState } from './client-state.ts';
import type { CourseStep } from './course.ts';
import { isAskedHost } from './licences.ts';
import type { LeftAlone, NodeAction, PlanWarning, ValueChange } from './plan.ts';
import type { Wanted } from './wanted.ts';

/** Reads the Installation ID of the key that ends so. */
export const readInstallationId = (tail: string): NodeAction => ({
  document: 'KmsBot-ReadInstallationId',
  options: { expect: { key: tail } },
});

/** Channels that are activated with Microsoft, and so by telephone. */
const BY_PHONE: readonly string[] = ['mak', 'kms-host'];

/** What is activated with Microsoft and is not activated yet. */
export const phone = ({ product }: ClientState): Wanted | LeftAlone => {
  if (product === null) return { why: 'no-product' };
  const channel = channelOf(product.channelToken);
  if (channel === 'evaluation') return { why: 'evaluation' };
  if (!BY_PHONE.includes(channel)) return { why: 'no-phone' };
  if (product.status === 'licensed') return { why: 'already-so' };
  const action = readInstallationId(product.keyTail);
  return {
    action,
    inverse: { none: 'activation' },
    changes: [{ what: 'activation', before: product.status, after: 'licensed' }],
    thenActivate: false,
    course: [{ step: 'phone', action }, { step: 'verify' }],
  };
};

const RESTART: NodeAction = { document: 'KmsBot-Rearm', options: { rearm: 0, restart: 1 } };
const RESTARTING: ValueChange = { what: 'restart', before: null, after: null };
const RESTART_STEPS: readonly CourseStep[] = [
  { step: 'restart', action: RESTART },
  { step: 'return' },
  { step: 'verify' },
];

/** Brings an earlier rearm into force. */
export const restart: Wanted = {
  action: RESTART,
  inverse: { none: 'restart' },
  changes: [RESTARTING],
  thenActivate: false,
  course: RESTART_STEPS,
  warnings: [{ why: 'restart-interrupts' }],
};

/** Resets the grace period; of a host that clients ask it would end the activation of all of them. */
export const rearm = (withRestart: boolean, state: ClientState, record: InspectionRecord): Wanted | LeftAlone => {
  if (isAskedHost(record)) return { why: 'host-key' };
  if (record.registry.read && record.registry.value.skipRearm) return { why: 'skip-rearm' };
  const { rearmsLeft } = state;
  if (rearmsLeft === 0) return { why: 'no-rearms' };
  const action: NodeAction = {
    document: 'KmsBot-Rearm',
    options: { rearm: 1, restart: 0, expect: { rearms: rearmsLeft } },
  };
  const used: ValueChange = { what: 'rearms', before: String(rearmsLeft), after: String(rearmsLeft - 1) };
  return {
    action,
    inverse: { none: 'rearm' },
    changes: withRestart ? [used, RESTARTING] : [used],
    thenActivate: false,
    course: [{ step: 'rearm', action }, ...(withRestart ? RESTART_STEPS : [])],
    ...warned([...rearmWarnings(state), ...(withRestart ? [INTERRUPTS] : [])]),
  };
};

const INTERRUPTS: PlanWarning = { why: 'restart-interrupts' };

const warned = (warnings: readonly PlanWarning[]): Pick<Wanted, 'warnings'> =>
  warnings.length === 0 ? {} : { warnings };

/** What else a rearm takes away: the activation that is there, and the last rearm. */
const rearmWarnings = ({ product, rearmsLeft }: ClientState): readonly PlanWarning[] => [
  ...(product?.status === 'licensed' ? [endsActivation(product.channelToken)] : []),
  ...(rearmsLeft === 1 ? [{ why: 'last-rearm' } as const] : []),
];

const endsActivation = (channelToken: string): PlanWarning => ({
  why: 'ends-activation',
  by: channelOf(channelToken) === 'kms-client' ? 'kms' : 'microsoft',
});
