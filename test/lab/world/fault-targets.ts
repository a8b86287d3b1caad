/** What a fault is aimed at, found by the words a person uses; refused with what exists. */
import { kmsEndpoints } from './kms-endpoints.ts';
import type { WindowsNode } from './law-context.ts';
import { plainAddress } from './node-index.ts';
import type { LabForeignHost, LabNode, LabZone, WorldState } from './types.ts';

/** A fault that cannot be: unknown, or aimed at nothing. The message says what exists. */
export class InvalidFault extends Error {
  override readonly name = 'InvalidFault';
}

/** How many names a refusal lists. */
const LISTED = 30;

function refuse(field: string, word: string, kind: string, existing: readonly string[]): never {
  const more = existing.length > LISTED ? ` and ${existing.length - LISTED} more` : '';
  throw new InvalidFault(
    `${field}: there is no ${kind} ${word}; there are ${existing.slice(0, LISTED).join(', ')}${more}`,
  );
}

/** A machine by id or computer name; where an instance of that name is gone and another is there, the other. */
export function findNode({ nodes }: WorldState, word: string): LabNode | undefined {
  const lower = word.toLowerCase();
  const found = nodes.filter((node) => node.id === lower || node.name.toLowerCase() === lower);
  return found.find((node) => node.instanceState !== 'terminated') ?? found[0];
}

/** A machine by id or computer name. @throws InvalidFault where there is none. */
export function nodeNamed(state: WorldState, word: string, field = 'target'): LabNode {
  return (
    findNode(state, word) ??
    refuse(
      field,
      word,
      'machine',
      state.nodes.map((node) => node.name),
    )
  );
}

/** The machine as a Windows one. */
export function windowsNamed(node: LabNode, field = 'target'): WindowsNode {
  if (isWindows(node)) return node;
  throw new InvalidFault(`${field}: ${node.name} is no Windows machine`);
}

function isWindows(node: LabNode): node is WindowsNode {
  return node.windows !== undefined;
}

/** A KMS host by id, computer name, full name or address. */
export function hostNamed(state: WorldState, word: string): WindowsNode | LabForeignHost {
  const hosts = kmsEndpoints(state);
  const lower = word.toLowerCase();
  const foreign = state.foreignHosts.find((host) => host.name === lower || host.addresses.includes(plainAddress(word)));
  if (foreign !== undefined) return foreign;
  const endpoint = hosts.find(
    (host) => host.node === lower || host.name === lower || host.address === word || host.name.split('.')[0] === lower,
  );
  const node = state.nodes.find(
    (known) => known.id === endpoint?.node || (known.windows?.kmsHostRole && known.name.toLowerCase() === lower),
  );
  return node === undefined
    ? refuse(
        'target',
        word,
        'KMS host',
        hosts.map((host) => host.name),
      )
    : windowsNamed(node);
}

/** A managed KMS host. */
export function managedHostNamed(state: WorldState, word: string): WindowsNode {
  const host = hostNamed(state, word);
  if ('windows' in host) return host;
  throw new InvalidFault(`target: ${host.name} is outside Systems Manager; name a managed host`);
}

/** A zone by name or id. */
export function zoneNamed(state: WorldState, word: string): LabZone {
  const name = word.toLowerCase().replace(/\.$/, '');
  const found = state.zones.find((zone) => zone.name === name || zone.id === word);
  return (
    found ??
    refuse(
      'target',
      word,
      'zone',
      state.zones.map((zone) => zone.name),
    )
  );
}

/** An address: written out, or that of a machine or host named. */
export function addressNamed(state: WorldState, word: string): string {
  const plain = plainAddress(word);
  if (/^[0-9.]+$/.test(plain) || plain.includes(':')) return plain;
  const sets = state.zones.flatMap((zone) => zone.recordSets).filter((set) => set.type === 'A');
  const recorded = sets.find((set) => set.name === `${plain.toLowerCase().replace(/\.$/, '')}.`)?.values[0];
  const address = recorded ?? nodeNamed(state, word).windows?.adapters[0]?.addresses[0];
  if (address === undefined) throw new InvalidFault(`target: ${word} has no address`);
  return address;
}
