/** Which of the fleet's clients ask which KMS host, by the names they have for it. */
import { addressBytes, isAmazonServer } from '../addresses.ts';
import type { BuildCount, FleetSummary, HostReach, UnknownHost } from '../fleet/fleet-summary.ts';

/** What the clients of one host say of it, under all names they have for it. */
export interface HostClients {
  readonly reached: number;
  readonly failed: number;
  readonly builds: readonly BuildCount[];
  /** Failures it answered to newest attempts; of several names and ports a code may occur again. */
  readonly refused: HostReach['refused'];
  readonly counted?: { readonly count: number; readonly atMs: number };
  /** The port most of them ask; absent without clients. */
  readonly port?: number;
}

/** The clients of every host: those of a managed node by its place in the list, the others by the host's name. */
export interface ClientsByHost {
  readonly ofNodes: readonly HostClients[];
  readonly ofOthers: ReadonlyMap<string, HostClients>;
}

/** What a host is called. */
export interface Called {
  /** Lower-case names and addresses. */
  readonly names: readonly string[];
  /** Its record was read, so that the names are all it has; else a name's first label is enough. */
  readonly isKnown: boolean;
}

/** `name:port`, taken apart at the last colon. */
export function endpointOf(host: string): { readonly name: string; readonly port: number } {
  const at = host.lastIndexOf(':');
  return { name: host.slice(0, at), port: Number(host.slice(at + 1)) };
}

const isAddress = (name: string): boolean => addressBytes(name) !== undefined;

/** Letters, digits and marks that host names have; anything else was assigned by mistake and is nobody's name. */
const isName = (name: string): boolean => isAddress(name) || /^[\p{L}\p{N}_-]+(\.[\p{L}\p{N}_-]+)*$/u.test(name);

const firstLabel = (name: string): string => (isAddress(name) ? name : (name.split('.')[0] ?? name));

/** Whether a host is meant by this name. */
export function isCalled({ names, isKnown }: Called, name: string): boolean {
  if (names.includes(name)) return true;
  if (isAddress(name) || (isKnown && name.includes('.'))) return false;
  return names.some((each) => !isAddress(each) && firstLabel(each) === firstLabel(name));
}

/** A host that no client speaks of. */
export const NO_CLIENTS: HostClients = { reached: 0, failed: 0, builds: [], refused: [] };

/** Amazon's own servers are no KMS hosts of anybody's, and left out. */
export function clientsByHost(fleet: Pick<FleetSummary, 'reach'> | undefined, nodes: readonly Called[]): ClientsByHost {
  const byNode = new Map<number, HostReach[]>();
  const byName = new Map<string, HostReach[]>();
  for (const reach of fleet?.reach ?? []) {
    const { name } = endpointOf(reach.host);
    if (!isName(name) || isAmazonServer(name)) continue;
    const index = nodes.findIndex((node) => isCalled(node, name));
    if (index >= 0) append(byNode, index, reach);
    else append(byName, name, reach);
  }
  return {
    ofNodes: nodes.map((_, index) => together(byNode.get(index) ?? [])),
    ofOthers: new Map([...byName].map(([name, reaches]) => [name, together(reaches)])),
  };
}

function append<K>(lists: Map<K, HostReach[]>, key: K, reach: HostReach): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [reach]);
  else list.push(reach);
}

/** The same host under several names or ports. */
function together(reaches: readonly HostReach[]): HostClients {
  const [most] = [...reaches].sort((a, b) => b.reached + b.failed - (a.reached + a.failed));
  if (most === undefined) return NO_CLIENTS;
  const counts = reaches.flatMap(({ counted }) => counted ?? []).sort((a, b) => b.atMs - a.atMs);
  return {
    reached: reaches.reduce((sum, { reached }) => sum + reached, 0),
    failed: reaches.reduce((sum, { failed }) => sum + failed, 0),
    builds: reaches.flatMap(({ builds }) => builds),
    refused: reaches.flatMap(({ refused }) => refused),
    port: endpointOf(most.host).port,
    ...(counts[0] === undefined ? {} : { counted: counts[0] }),
  };
}

/** Hosts that clients ask and that cannot be ours; nobody need have reached one. */
export const strangers = (fleet: Pick<FleetSummary, 'unknownHosts'> | undefined): readonly string[] =>
  (fleet?.unknownHosts ?? []).map(({ host }) => endpointOf(host).name).filter(isName);

/** Whether clients ask this host although it is not ours; all ports together. */
export function strangerNamed(fleet: Pick<FleetSummary, 'unknownHosts'> | undefined, name: string) {
  const same = (fleet?.unknownHosts ?? []).filter(({ host }) => endpointOf(host).name === name);
  const [first] = same;
  if (first === undefined) return undefined;
  return { why: first.why, machines: same.reduce((sum: number, { machines }: UnknownHost) => sum + machines, 0) };
}
