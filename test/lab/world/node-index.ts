/** Machines of the world by id, address and name. */
import type { LabNode, WorldState } from './types.ts';

/** Quick look-up; follows machines that were added or removed, not ones that were renamed, unless told. */
export interface NodeIndex {
  byId(id: string): LabNode | undefined;
  /** The machine that has this address, running or not. */
  byAddress(address: string): LabNode | undefined;
  /** By computer name, case ignored. */
  byName(name: string): LabNode | undefined;
  /** To be called after machines came, went or changed names or addresses. */
  refresh(): void;
}

/** IPv6 literals lose their brackets, letters become small. */
export function plainAddress(address: string): string {
  if (!address.includes(':')) return address;
  return address.replace(/^\[|\]$/g, '').toLowerCase();
}

/** Whether a text is an IPv4 or IPv6 literal, brackets allowed. */
export function isAddress(text: string): boolean {
  return /^\d{1,3}(\.\d{1,3}){3}$/.test(text) || /^\[?[0-9a-f:]*:[0-9a-f:.]*\]?$/i.test(text);
}

/** Indexes the machines of a state. */
export function createNodeIndex(state: WorldState): NodeIndex {
  const ids = new Map<string, LabNode>();
  const addresses = new Map<string, LabNode>();
  const names = new Map<string, LabNode>();

  const add = (node: LabNode): void => {
    ids.set(node.id, node);
    names.set(node.name.toLowerCase(), node);
    for (const adapter of node.windows?.adapters ?? []) {
      for (const address of adapter.addresses) addresses.set(plainAddress(address), node);
    }
  };
  const refresh = (): void => {
    for (const map of [ids, addresses, names]) map.clear();
    for (const node of state.nodes) add(node);
  };
  const current = () => {
    if (ids.size !== state.nodes.length) refresh();
    return { ids, addresses, names };
  };

  refresh();
  return {
    byId: (id) => current().ids.get(id),
    byAddress: (address) => current().addresses.get(plainAddress(address)),
    byName: (name) => current().names.get(name.toLowerCase()),
    refresh,
  };
}
