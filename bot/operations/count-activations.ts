/** Counts activations of stored keys: a host key's are few, and Microsoft does not tell how many are left. */

import { isDone } from '../domain/change/outcome.ts';
import type { NodeOutcome, PlannedNode } from '../domain/change/plan.ts';
import type { ChangeCase, ChangeDeps } from './change-deps.ts';
import { planInForce } from './plan-in-force.ts';
import { keyNamedIn } from './stored-key-sites.ts';

const ACTIVATED = '00000000';

type Counting = Pick<ChangeDeps, 'keyUses' | 'ledger' | 'clock'>;

/** Those of one wave. Counting again counts nothing. Runs inside a step. */
export const countThese = async (
  deps: Counting,
  { id, spec }: Pick<ChangeCase, 'id' | 'spec'>,
  nodes: readonly PlannedNode[],
  outcomes: readonly NodeOutcome[],
): Promise<void> => {
  const key = keyNamedIn(spec);
  if (key === undefined) return;
  for (const outcome of outcomes) {
    const { siteId, nodeId, activationCode } = outcome;
    const node = nodes.find((each) => each.nodeId === nodeId);
    if (node !== undefined && isDone(outcome)) await rememberInstalled(deps, node, key, tailOf(node));
    if (activationCode !== ACTIVATED) continue;
    await deps.keyUses.countActivation(siteId, key, { nodeId, changeId: id, atMs: deps.clock() });
  }
};

/** End of the key that is on the machine afterwards. */
const tailOf = ({ action: { options }, changes }: Pick<PlannedNode, 'action' | 'changes'>): string => {
  const installed = changes.find(({ what }) => what === 'key')?.after;
  const there = 'expect' in options ? (options.expect as { readonly key?: string }).key : undefined;
  return installed ?? there ?? '';
};

/** An activation that is put off, for want of internet, follows within this or is not counted. */
const KEPT_MS = 365 * 24 * 60 * 60_000;

const installedKey = ({ siteId, nodeId }: Pick<PlannedNode, 'siteId' | 'nodeId'>): string =>
  `stored-key/${siteId}/${nodeId}`;

interface Installed {
  readonly key: string;
  readonly tail: string;
}

/** Activation by telephone is a change of its own, and no record tells the name of a stored key. */
const rememberInstalled = (deps: Counting, node: PlannedNode, key: string, tail: string): Promise<void> => {
  const installed: Installed = { key, tail };
  return deps.ledger.remember(installedKey(node), JSON.stringify(installed), deps.clock() + KEPT_MS);
};

/** That of a course's one machine; nothing where what was activated is no stored key that the bot installed. */
export const countActivation = async (deps: ChangeDeps, { id, spec }: ChangeCase): Promise<void> => {
  await deps.workflow.step('count activation', async () => {
    const [node] = (await planInForce(deps, id)).nodes;
    const key = node === undefined ? undefined : (keyNamedIn(spec) ?? (await keyOn(deps, node)));
    if (node === undefined || key === undefined) return null;
    await deps.keyUses.countActivation(node.siteId, key, { nodeId: node.nodeId, changeId: id, atMs: deps.clock() });
    return null;
  });
};

/** The stored key that was installed there last, where it is still the one that the machine has. */
const keyOn = async (deps: Counting, node: PlannedNode): Promise<string | undefined> => {
  const text = await deps.ledger.recall(installedKey(node));
  const installed = text === undefined ? undefined : (JSON.parse(text) as Installed);
  return installed?.tail === tailOf(node) ? installed.key : undefined;
};

/** A set-up may end before its key is activated. */
export const noteInstalled = async (deps: ChangeDeps, { id, spec }: ChangeCase): Promise<void> => {
  const key = keyNamedIn(spec);
  if (key === undefined) return;
  await deps.workflow.step('note the key', async () => {
    const [node] = (await planInForce(deps, id)).nodes;
    if (node !== undefined) await rememberInstalled(deps, node, key, tailOf(node));
    return null;
  });
};
