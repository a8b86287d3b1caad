/** Machines that are asked to look at records from their networks: what only a machine there can see. */
import { whyNotAskable } from '../domain/node-selection.ts';
import type { ManagedNode } from '../domain/nodes.ts';
import { isWithin } from '../domain/records/dns-name.ts';
import type { KnownFleet } from './host-rosters.ts';
import { inTurn } from './in-turn.ts';

/** Machines of a network and domain, so that one with a fault of its own does not speak for all. */
const PER_NETWORK = 2;
/** Machines a site. */
const MOST = 12;

interface Chosen {
  readonly node: ManagedNode;
  readonly vpcId: string;
}

/** KMS clients that ask in one of these domains, as the fleet's latest look named them; those of most machines first. */
export const vantagesFor =
  (domains: readonly string[]) =>
  ({ nodes, summary }: KnownFleet): readonly ManagedNode[] => {
    const uses = (summary?.suffixes ?? []).filter((use) => domains.some((domain) => isWithin(use.domain, domain)));
    const askable = new Map(nodes.filter((node) => whyNotAskable(node) === undefined).map((node) => [node.id, node]));
    const all = new Map<string, Chosen>();
    for (const { vpcId = '', examples } of uses) {
      const known = examples.flatMap(({ nodeId }) => askable.get(nodeId) ?? []);
      for (const node of known.slice(0, PER_NETWORK)) all.set(node.id, all.get(node.id) ?? { node, vpcId });
    }
    return inTurn([...all.values()], ({ vpcId }) => vpcId, MOST).map(({ node }) => node);
  };
