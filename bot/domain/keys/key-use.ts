/**
 * How often a stored host key was activated: six machines, ten times each.
 *
 * Counted by the bot from a start that the key's tag gives; Microsoft, "KMS host key".
 */
import type { PlanWarning } from '../change/plan.ts';
import { HOST_KEY_ACTIVATIONS_PER_HOST, HOST_KEY_HOSTS, type KeyUse, type StoredKey } from './stored-key.ts';

/** Nothing counted so far. */
export const UNUSED: KeyUse = { activations: [] };

/** Machines that the bot activated with the key, how often this one, and activations before the bot counted. */
export interface KeyCount {
  readonly hosts: number;
  readonly here: number;
  readonly before: number;
}

/** Counts for one machine; a change counts once on a machine, however often it was told. */
export const countUse = (
  { usedBefore }: Pick<StoredKey, 'usedBefore'>,
  { activations }: KeyUse,
  nodeId: string,
): KeyCount => ({
  hosts: new Set(activations.map((each) => each.nodeId)).size,
  here: new Set(activations.filter((each) => each.nodeId === nodeId).map(({ changeId }) => changeId)).size,
  before: usedBefore,
});

/** All that six machines can use up between them. */
const ALL_ACTIVATIONS = HOST_KEY_HOSTS * HOST_KEY_ACTIVATIONS_PER_HOST;

/**
 * Whether another activation on this machine would go over a limit. Nobody knows which machines the earlier ones were
 * made on: they count towards the sum of all only.
 */
export const isUsedUp = (key: Pick<StoredKey, 'kind' | 'usedBefore'>, use: KeyUse, nodeId: string): boolean => {
  if (key.kind !== 'host') return false;
  const { hosts, here, before } = countUse(key, use, nodeId);
  const isNew = here === 0;
  if (isNew && hosts >= HOST_KEY_HOSTS) return true;
  return here >= HOST_KEY_ACTIVATIONS_PER_HOST || before + totalOf(use) >= ALL_ACTIVATIONS;
};

const totalOf = ({ activations }: KeyUse): number =>
  new Set(activations.map(({ nodeId, changeId }) => `${nodeId} ${changeId}`)).size;

/** What people should know of a key before they approve: how often a host key was used; the pool of a MAK nobody tells. */
export const keyUseWarnings = (
  key: Pick<StoredKey, 'kind' | 'usedBefore'>,
  use: KeyUse,
  nodeId: string,
): readonly PlanWarning[] =>
  key.kind !== 'host'
    ? [{ why: 'mak-use' }]
    : [
        {
          why: 'key-use',
          ...countUse(key, use, nodeId),
          ofHosts: HOST_KEY_HOSTS,
          ofHere: HOST_KEY_ACTIVATIONS_PER_HOST,
        },
      ];
