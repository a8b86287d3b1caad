/** Stories of hosts without an agent: known by configuration, or only by the clients that ask them. */
import { addressBytes } from '../addresses.ts';
import type { FleetSummary } from '../fleet/fleet-summary.ts';
import { type Called, type HostClients, isCalled, NO_CLIENTS, strangerNamed, strangers } from './host-clients.ts';
import { clientsConcerns } from './host-concerns.ts';
import type { HostStory } from './host-story.ts';
import { countByClients } from './thresholds.ts';
import { worstFirst } from './worst-first.ts';

/** What they are made from. */
export interface ByClientsInput {
  readonly clients: ReadonlyMap<string, HostClients>;
  readonly fleet: FleetSummary | undefined;
  readonly knownHosts: readonly string[];
  /** Managed nodes: their names are told of already. */
  readonly nodes: readonly Called[];
  readonly nowMs: number;
}

const KMS_PORT = 1688;

/** One story for each name that clients use, reached or not, and for each configured one that none does. */
export function storyByClients({ clients, fleet, knownHosts, nodes, nowMs }: ByClientsInput): readonly HostStory[] {
  const configured = knownHosts.map((known) => known.toLowerCase().replace(/\.$/, '')).filter(isName);
  const agentless = configured.filter((name) => !nodes.some((node) => isCalled(node, name)));
  const names = new Set([...clients.keys(), ...strangers(fleet), ...agentless]);
  return [...names].map((name) => {
    const own = clients.get(name) ?? NO_CLIENTS;
    const stranger = strangerNamed(fleet, name);
    const { reached, failed, counted, port } = own;
    return {
      name,
      seen: 'by-clients',
      seenAtMs: counted?.atMs ?? fleet?.atMs ?? nowMs,
      ...countByClients(own),
      port: port ?? KMS_PORT,
      ...(reached > 0 ? { listening: 'answers' as const } : {}),
      clients: { reached, failed },
      concerns:
        stranger === undefined
          ? worstFirst(clientsConcerns(own, agentless.includes(name)))
          : [{ kind: 'unknown-host', ...stranger }],
    };
  });
}

/** Addresses and networks say which targets may be ours; they are no hosts by themselves. */
const isName = (known: string): boolean => !known.includes('/') && addressBytes(known) === undefined;
