/** Hosts of a world by what people and records call them. */
import type { HostName } from '../../../bot/domain/diagnosis/cause.ts';
import { fullName } from '../world/activation-events.ts';
import { runsWindows, type WindowsNode } from '../world/law-context.ts';
import { isAddress, plainAddress } from '../world/node-index.ts';
import type { LabForeignHost, LabNode, LabWindows, WorldState } from '../world/types.ts';
import type { ScenarioWorld } from './scenario-world.ts';

/** A machine, or a host outside Systems Manager. */
export type Host = { readonly node: WindowsNode } | { readonly foreign: LabForeignHost };

/** Addresses of a host. */
export function addressesOfHost(host: Host): readonly string[] {
  return 'node' in host ? host.node.windows.adapters.flatMap((adapter) => adapter.addresses) : host.foreign.addresses;
}

/** Port on which a host is meant to listen. */
export function portOfHost(host: Host): number {
  return 'node' in host ? (host.node.windows.kmsHostRole?.listeningPort ?? 1688) : host.foreign.port;
}

/** The host of that name: by node id, by its own name, else by the address that some zone gives the name. */
export function findHost({ state }: ScenarioWorld, wanted: HostName | string): Host | undefined {
  const { name, nodeId } = typeof wanted === 'string' ? { name: wanted, nodeId: undefined } : wanted;
  const known = nodeId === undefined ? undefined : state.nodes.find((node) => node.id === nodeId);
  if (isWindows(known)) return { node: known };
  const plain = plainAddress(name.toLowerCase().replace(/\.$/, ''));
  return isAddress(plain) ? byAddress(state, plain) : (byOwnName(state, plain) ?? byRecord(state, plain));
}

const isWindows = (node: LabNode | undefined): node is WindowsNode => node?.windows !== undefined;

function byOwnName(state: WorldState, name: string): Host | undefined {
  const [label] = name.split('.');
  const node = state.nodes.find(
    (known) =>
      isWindows(known) &&
      known.name.toLowerCase() === label &&
      (name === label || known.windows.kmsHostRole !== undefined || fullName(known).toLowerCase() === name),
  );
  if (isWindows(node)) return { node };
  const foreign = state.foreignHosts.find((host) => host.name === name || host.name.split('.')[0] === name);
  return foreign === undefined ? undefined : { foreign };
}

function byRecord(state: WorldState, name: string): Host | undefined {
  const sets = state.zones.flatMap((zone) => zone.recordSets);
  const address = sets.find((set) => set.type === 'A' && set.name === `${name}.`)?.values[0];
  return address === undefined ? undefined : byAddress(state, address);
}

function byAddress(state: WorldState, address: string): Host | undefined {
  const node = state.nodes.find((known) => isWindows(known) && addressesOfHost({ node: known }).includes(address));
  if (isWindows(node)) return { node };
  const foreign = state.foreignHosts.find((host) => host.addresses.includes(address));
  return foreign === undefined ? undefined : { foreign };
}

/** Name under which a host is published: that of its address record, else its own. */
export function publishedName({ state }: ScenarioWorld, host: Host): string {
  if ('foreign' in host) return host.foreign.name;
  const addresses = addressesOfHost(host);
  const sets = state.zones.flatMap((zone) => zone.recordSets).filter((set) => set.type === 'A');
  const own = sets.filter((set) => set.values.some((value) => addresses.includes(value)));
  const label = host.node.name.toLowerCase();
  const set = own.find((known) => known.name.startsWith(`${label}.`)) ?? own[0];
  return set?.name.replace(/\.$/, '') ?? fullName(host.node).toLowerCase();
}

/**
 * The host an administrator would send a machine to: one that the machine reaches, else one that works, else the one
 * that is known, which somebody will have to put right as well.
 */
export function liveHost(world: ScenarioWorld, node: WindowsNode): Host | undefined {
  const managed = world.state.nodes.filter(isWindows).filter((known) => known.windows.kmsHostRole !== undefined);
  const foreign = world.state.foreignHosts.filter((host) => host.speaksKms || host.activated);
  const hosts: Host[] = [...managed.map((known) => ({ node: known })), ...foreign.map((known) => ({ foreign: known }))];
  const meant = hosts.filter((host) => !isAccidental(host));
  const live = meant.filter((host) => ('node' in host ? serves(host.node) : host.foreign.listening));
  return live.find((host) => isReached(world, node, host)) ?? live[0] ?? meant[0];
}

/** A host key that nobody ever asked and that lets nobody in. */
const isAccidental = (host: Host): boolean =>
  'node' in host &&
  host.node.windows.kmsHostRole?.firewallOpen === false &&
  Object.keys(host.node.windows.kmsHostRole.contacts).length === 0;

const serves = (node: WindowsNode): boolean => runsWindows(node) && isServing(node.windows);

const isServing = ({ kmsHostRole, service }: LabWindows): boolean =>
  service.state === 'Running' && kmsHostRole?.activated === true && kmsHostRole.portTakenBy === undefined;

function isReached(world: ScenarioWorld, node: WindowsNode, host: Host): boolean {
  const surface = world.surface(node.id);
  return addressesOfHost(host).some((address) => surface.tcp(address, portOfHost(host)) === 'ok');
}
