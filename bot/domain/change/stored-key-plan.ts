/** Installing a stored key, machine by machine: the end of the key before and after, and what stands against it. */
import { licenceModel } from '../diagnosis/licence-model.ts';
import type { InspectionRecord } from '../inspection-record.ts';
import { type KeyPurpose, keyObjection } from '../keys/key-rules.ts';
import { isUsedUp, keyUseWarnings, UNUSED } from '../keys/key-use.ts';
import type { KeyProbe, KeyUse, StoredKey } from '../keys/stored-key.ts';
import { installStoredKey } from './actions.ts';
import type { ClientState } from './client-state.ts';
import { activation, isAskedHost, isHost } from './licences.ts';
import type { LeftAlone, PlanWarning, ValueChange } from './plan.ts';
import type { NodeFacts, PlanGiven, Wanted } from './wanted.ts';

/** A stored key that may go on a machine, and whose end is known. */
export interface UsableKey {
  readonly key: StoredKey;
  readonly tail: string;
  readonly warnings: readonly PlanWarning[];
}

const keyOf = (given: PlanGiven, siteId: string): StoredKey | undefined => {
  const lookup = given.storedKeys?.get(siteId);
  return lookup?.kind === 'found' ? lookup.key : undefined;
};

const useOf = (given: PlanGiven, siteId: string): KeyUse => given.keyUse?.get(siteId) ?? UNUSED;

/**
 * What stands against the key before a machine is asked to fetch it. A machine that passes is asked; the others are left
 * alone, and never see the key.
 */
export const objectionBeforeProbe = (
  purpose: KeyPurpose,
  { node }: Pick<NodeFacts, 'node'>,
  record: InspectionRecord,
  given: PlanGiven,
): LeftAlone | undefined => {
  const key = keyOf(given, node.siteId);
  if (key === undefined) return { why: 'key-unreadable' };
  // Its licence is paid for with the instance: a MAK would take an activation for nothing.
  if (key.kind === 'mak' && purpose === 'key' && licenceModel(node, record).kind === 'licence-included')
    return { why: 'licence-included' };
  return keyObjection(key, record, { purpose, isHost: isHost(record), isAskedHost: isAskedHost(record) });
};

const probed = (probe: KeyProbe | undefined): { readonly tail: string } | LeftAlone => {
  switch (probe?.kind) {
    case 'readable':
      return { tail: probe.tail };
    case 'unreadable': {
      const { kind: _, ...told } = probe;
      return { why: 'key-unreadable', ...told };
    }
    case 'malformed':
      return { why: 'key-malformed' };
    case 'no-answer':
      return { why: 'out-of-reach', detail: probe.detail };
    case undefined:
      return { why: 'out-of-reach', detail: 'not-probed' };
  }
};

/** The key for this machine, or why it is left alone. */
export const usableKey = (
  purpose: KeyPurpose,
  facts: NodeFacts,
  state: ClientState,
  record: InspectionRecord,
  given: PlanGiven,
): UsableKey | LeftAlone => {
  const { id, siteId } = facts.node;
  const key = keyOf(given, siteId);
  const objection = objectionBeforeProbe(purpose, facts, record, given);
  if (objection !== undefined || key === undefined) return objection ?? { why: 'key-unreadable' };
  const seen = probed(given.probes?.get(id));
  if ('why' in seen) return seen;
  const use = useOf(given, siteId);
  if (!isActivatedBy(state, seen.tail) && isUsedUp(key, use, id)) return usedUp(use, id);
  return { key, tail: seen.tail, warnings: keyUseWarnings(key, use, id) };
};

/** Nothing more is used up by a key that is there already and activated. */
const isActivatedBy = ({ product }: ClientState, tail: string): boolean =>
  product?.keyTail === tail && product.status === 'licensed';

const usedUp = ({ activations }: KeyUse, nodeId: string): LeftAlone => ({
  why: 'key-used-up',
  hosts: new Set(activations.map((each) => each.nodeId)).size,
  here: activations.filter((each) => each.nodeId === nodeId).length,
});

/** Plans the installation; where the key is there already, its activation alone. */
export const storedKey = (
  facts: NodeFacts,
  state: ClientState,
  record: InspectionRecord,
  given: PlanGiven,
): Wanted | LeftAlone => {
  const usable = usableKey('key', facts, state, record, given);
  if ('why' in usable) return usable;
  const { key, tail, warnings } = usable;
  const before = state.product?.keyTail ?? '';
  const told = warnings.length === 0 ? {} : { warnings };
  if (isActivatedBy(state, tail)) return { why: 'already-so' };
  if (before === tail) return withWarnings(activation(state, record), told);
  return { ...installStoredKey(key, tail, before), changes: [keyChange(before, tail)], thenActivate: true, ...told };
};

export const keyChange = (before: string, after: string): ValueChange => ({
  what: 'key',
  before: before === '' ? null : before,
  after,
});

const withWarnings = (wanted: Wanted | LeftAlone, told: Pick<Wanted, 'warnings'>): Wanted | LeftAlone =>
  'why' in wanted ? wanted : { ...wanted, ...told };
