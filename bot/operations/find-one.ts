/** Which one machine is meant, and what is said when it is not one. */
import type { ManagedNode, NodeId } from '../domain/nodes.ts';
import type { Content, NamesakeNode } from '../ports.ts';
import type { OperationDeps } from './operation-deps.ts';
import type { Resolved } from './resolve-nodes.ts';
import { readRoster } from './roster.ts';

/** The machine meant, in a list of the ledger; goes through checkpoints. */
export interface OneNode {
  readonly kind: 'one';
  readonly siteId: string;
  readonly nodeId: NodeId;
  readonly name: string;
  readonly list: string;
}

type Deps = Pick<OperationDeps, 'ledger' | 'operationId'>;

const meantIn = async (deps: Deps, { rosters }: Resolved): Promise<readonly ManagedNode[]> =>
  (await Promise.all(rosters.map((roster) => readRoster(deps, roster)))).flat();

/** The machine, where exactly one is meant. */
export const findOne = async (deps: Deps, resolved: Resolved): Promise<OneNode | { readonly kind: 'not-one' }> => {
  const [node, second] = await meantIn(deps, resolved);
  if (node === undefined || second !== undefined) return { kind: 'not-one' };
  const list = resolved.rosters.find((roster) => roster.siteId === node.siteId)?.list ?? '';
  return { kind: 'one', siteId: node.siteId, nodeId: node.id, name: node.name, list };
};

/** Several of the name, or nobody; or nobody could be looked up, which is why. */
export const notOne = async (deps: Deps, asked: string, resolved: Resolved): Promise<Content> => {
  const nodes = await meantIn(deps, resolved);
  if (nodes.length > 0) return { kind: 'which-node', asked, word: nodes[0]?.name ?? '', nodes: nodes.map(namesake) };
  const [first] = resolved.failed;
  return first === undefined
    ? { kind: 'no-such-node', asked, unmatched: resolved.unmatched }
    : { kind: 'failure', asked, failure: first.failure };
};

const namesake = ({ id, siteId, name, presence }: ManagedNode): NamesakeNode => ({ id, siteId, name, presence });
