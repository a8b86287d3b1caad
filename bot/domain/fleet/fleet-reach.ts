/** What the machines of one check together know of each host: who reaches it, and who does not. */
import type { NodeResult } from '../check-report.ts';

/** A host as the machines of a check see it, at one port. */
interface Endpoint {
  reached: number;
  failed: number;
}

/** Answers questions about hosts by their names, without ports. */
export interface FleetReach {
  /** Machines that reach the host where this machine looks for it; undefined when that cannot be told. */
  reachedBy(host: string, result: NodeResult): number | undefined;
  /** Whether a machine of the check that gave a record is this host. */
  isAlive(host: string): boolean;
}

/** `name:port` taken apart at its last colon. */
function split(host: string): readonly [string, string] {
  const at = host.lastIndexOf(':');
  return [host.slice(0, at), host.slice(at + 1)];
}

/** Puts together what every machine says; a KMS host that asks itself proves nothing about the way to it. */
export function fleetReach(results: readonly NodeResult[]): FleetReach {
  const hosts = new Map<string, Map<string, Endpoint>>();
  const alive = new Set<string>();
  for (const { seen } of results) {
    for (const name of seen?.knownAs ?? []) alive.add(name);
    if (seen?.host === undefined || seen.reached === undefined || seen.isHost === true) continue;
    const [name, port] = split(seen.host);
    const ports = hosts.get(name) ?? new Map<string, Endpoint>();
    const endpoint = ports.get(port) ?? { reached: 0, failed: 0 };
    endpoint[seen.reached ? 'reached' : 'failed'] += 1;
    hosts.set(name, ports.set(port, endpoint));
  }
  return {
    reachedBy: (host, result) => endpointFor(hosts.get(host), host, result)?.reached,
    isAlive: (host) => alive.has(host) || alive.has(host.split('.')[0] ?? host),
  };
}

/** At the port where the machine itself looks; where it last looked elsewhere, at the only port that is known. */
function endpointFor(
  ports: ReadonlyMap<string, Endpoint> | undefined,
  host: string,
  { seen }: NodeResult,
): Endpoint | undefined {
  const [name, port] = split(seen?.host ?? ':');
  if (name === host) return ports?.get(port);
  return ports?.size === 1 ? [...ports.values()][0] : undefined;
}
