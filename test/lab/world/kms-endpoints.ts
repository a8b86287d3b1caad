/** KMS hosts of the world as a list, for whoever names or shows them. */
import { fullName } from './activation-events.ts';
import type { LabNode, WorldState } from './types.ts';

/** A KMS host as somebody addresses it. */
export interface KmsEndpoint {
  /** Id of the managed node; absent for hosts outside Systems Manager. */
  readonly node?: string;
  /** Full name as records and people use it. */
  readonly name: string;
  readonly address: string;
  /** Port on which it listens in the simulated world. */
  readonly port: number;
}

/** Every KMS host, alive or not: managed nodes with a host key first, then foreign hosts that speak KMS. */
export function kmsEndpoints(state: WorldState): KmsEndpoint[] {
  const managed = state.nodes.flatMap((node) => endpointOf(state, node));
  const foreign = state.foreignHosts.filter((host) => host.speaksKms);
  return [...managed, ...foreign.map(({ name, addresses, port }) => ({ name, address: addresses[0] ?? '', port }))];
}

function endpointOf(state: WorldState, node: LabNode): KmsEndpoint[] {
  const role = node.windows?.kmsHostRole;
  const address = node.windows?.adapters[0]?.addresses[0];
  if (role === undefined || address === undefined) return [];
  return [{ node: node.id, name: nameOf(state, address) ?? fullName(node), address, port: role.listeningPort }];
}

function nameOf(state: WorldState, address: string): string | undefined {
  const sets = state.zones.flatMap((zone) => zone.recordSets);
  return sets.find((set) => set.type === 'A' && set.values.includes(address))?.name.replace(/\.$/, '');
}
