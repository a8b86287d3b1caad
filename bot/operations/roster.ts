/** The machines an operation means, kept in the ledger so that no checkpoint holds ten thousand of them. */
import { whyNotAskable } from '../domain/node-selection.ts';
import type { ManagedNode } from '../domain/nodes.ts';
import type { OperationDeps } from './operation-deps.ts';

/** What an operation means at one site; goes through checkpoints. */
export interface SiteRoster {
  readonly siteId: string;
  /** Name of the list in the ledger. A list is written once: what refines it gets a name of its own. */
  readonly list: string;
  readonly meant: number;
  readonly askable: number;
}

/** The machines meant at a site. */
export const readRoster = (
  deps: Pick<OperationDeps, 'ledger' | 'operationId'>,
  roster: Pick<SiteRoster, 'list'>,
): Promise<readonly ManagedNode[]> => deps.ledger.readNodes(deps.operationId, roster.list);

/** Writes the machines meant at a site, all at once. */
export const writeRoster = async (
  deps: Pick<OperationDeps, 'ledger' | 'operationId'>,
  siteId: string,
  list: string,
  nodes: readonly ManagedNode[],
): Promise<SiteRoster> => {
  await deps.ledger.writeNodes(deps.operationId, list, 0, nodes);
  return { siteId, list, meant: nodes.length, askable: askableOf(nodes).length };
};

/** Those that can be asked now. */
export const askableOf = (nodes: readonly ManagedNode[]): readonly ManagedNode[] =>
  nodes.filter((node) => whyNotAskable(node) === undefined);
