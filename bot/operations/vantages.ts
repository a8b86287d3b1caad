/** Machines that are asked to look at records from their networks: what only a machine there can see. */
import { whyNotAskable } from '../domain/node-selection.ts';
import type { ManagedNode } from '../domain/nodes.ts';
import { isWithin } from '../domain/records/dns-name.ts';
import type { KnownFleet } from './host-rosters.ts';

/** Machines of a network and domain, so that one with a fault of its own does not speak for all. */
const PER_NETWORK = 2;
/** Machines a site. */
const MOST = 12;

/** KMS clients that ask in one of these domains, as the fleet's latest look named them; those of most machines first. */
export const vantagesFor =
  (domains: readonly string[]) =>
  ({ nodes, summary }: KnownFleet): readonly ManagedNode[] => {
    const uses = (summary?.suffixes ?? []).filter((use) => domains.some((domain) => isWithin(use.domain, domain)));
    const askable = new Map(nodes.filter((node) => whyNotAskable(node) === undefined).map((node) => [node.id, node]));
    const known = uses.map(({ examples }) => examples.flatMap(({ nodeId }) => askable.get(nodeId) ?? []));
    const rounds = Array.from({ length: PER_NETWORK }, (_, round) => known.flatMap((nodes) => nodes[round] ?? []));
    const all = new Map(rounds.flat().map((node) => [node.id, node]));
    return [...all.values()].slice(0, MOST);
  };
