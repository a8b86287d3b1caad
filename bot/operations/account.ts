/** Every machine that was meant, with what became of it: nobody is lost between the inventory and the answers. */
import type { NoAnswer, NodeResult } from '../domain/check-report.ts';
import { withFleetCauses } from '../domain/fleet/fleet-causes.ts';
import { judge } from '../domain/judge.ts';
import { whyNotAskable } from '../domain/node-selection.ts';
import type { ManagedNode } from '../domain/nodes.ts';
import type { OperationDeps } from './operation-deps.ts';
import { readRoster, type SiteRoster } from './roster.ts';

const keyOf = (siteId: string, nodeId: string): string => `${siteId} ${nodeId}`;

/** The result of a machine that no page of answers had. */
const unheardOf = (node: ManagedNode, { details, unread, nowMs }: AccountRequest): NodeResult => {
  const why = whyNotAskable(node);
  if (why !== undefined) return judge({ node, evidence: { kind: 'not-asked', why }, nowMs });
  const status = details[node.siteId];
  const silence: NoAnswer = unread.includes(node.siteId) ? { kind: 'not-read' } : { kind: 'no-invocation' };
  const noAnswer: NoAnswer = status === undefined ? silence : { kind: 'other', status };
  return judge({ node, evidence: { kind: 'no-answer', why: noAnswer }, nowMs });
};

export interface AccountRequest {
  readonly rosters: readonly SiteRoster[];
  /** By site: the service's word for a command that reached nobody. */
  readonly details: Readonly<Record<string, string>>;
  /** Sites that were asked, but whose answers could not all be read. */
  readonly unread: readonly string[];
  readonly nowMs: number;
}

export interface Account {
  readonly results: readonly NodeResult[];
  readonly nodes: ReadonlyMap<string, ManagedNode>;
}

/**
 * One result for each machine meant, and for each that answered without having been known, their causes named as all of
 * them together show them. A later part wins.
 */
export const accountFor = async (deps: OperationDeps, request: AccountRequest): Promise<Account> => {
  const results = new Map<string, NodeResult>();
  const nodes = new Map<string, ManagedNode>();
  for (const roster of request.rosters) {
    for (const node of await readRoster(deps, roster)) {
      const key = keyOf(node.siteId, node.id);
      nodes.set(key, node);
      results.set(key, unheardOf(node, request));
    }
  }
  for (const result of await deps.ledger.readParts(deps.operationId)) {
    results.set(keyOf(result.siteId, result.nodeId), result);
  }
  return { results: withFleetCauses([...results.values()]), nodes };
};

/** The machine a result is about; one that was not known is described by its result. */
export const nodeOf = (account: Account, result: NodeResult): ManagedNode =>
  account.nodes.get(keyOf(result.siteId, result.nodeId)) ?? {
    id: result.nodeId,
    siteId: result.siteId,
    name: result.name,
    platform: 'windows',
    presence: { kind: 'online' },
    inFleet: true,
    tags: {},
  };
