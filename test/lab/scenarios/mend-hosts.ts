/** Mending of KMS hosts: service, key, clock, count. */

import { whyNotAskable } from '../../../bot/domain/node-selection.ts';
import { guid, random } from '../random.ts';
import type { WindowsNode } from '../world/law-context.ts';
import { windowsProduct } from '../world/licence-products.ts';
import { changeHostKey } from '../world/special-roles.ts';
import type { LabKmsHostRole } from '../world/types.ts';
import { addressesOfHost, findHost, type Host, liveHost, portOfHost } from './look-up.ts';
import { managedNodeOf } from './managed-node.ts';
import type { Mends } from './mend.ts';
import { clearAssignment } from './mend-assignment.ts';
import { contactsFor } from './mend-counts.ts';
import { pointRecords } from './mend-names.ts';
import { openPath } from './mend-paths.ts';
import type { ScenarioWorld } from './scenario-world.ts';

const roleOf = (host: Host | undefined): LabKmsHostRole | undefined =>
  host !== undefined && 'node' in host ? host.node.windows.kmsHostRole : undefined;

function startService(host: Host | undefined): boolean {
  if (host === undefined) return false;
  if ('foreign' in host) {
    const was = host.foreign.listening;
    host.foreign.listening = true;
    return !was;
  }
  const { service, kmsHostRole } = host.node.windows;
  if (kmsHostRole === undefined || service.state === 'Running') return false;
  host.node.windows.service = { state: 'Running', startMode: 'Auto' };
  return true;
}

function startMachine(host: Host | undefined): boolean {
  if (host === undefined || 'foreign' in host || host.node.instanceState === 'running') return false;
  host.node.instanceState = 'running';
  host.node.agent.online = true;
  return true;
}

/** Where nobody can look at the host: whatever keeps it silent is found there and put right. */
function wakeHost(world: ScenarioWorld, node: WindowsNode, host: Host | undefined): boolean {
  if (host === undefined) return false;
  if ('node' in host && whyNotAskable(managedNodeOf(host.node)) === undefined) return false;
  const role = roleOf(host);
  if (role !== undefined) {
    role.firewallOpen = true;
    delete role.firewallProfiles;
  }
  const changes = [
    startMachine(host),
    startService(host),
    openPath(world, node, addressesOfHost(host), portOfHost(host)),
  ];
  return changes.includes(true) || role !== undefined;
}

/**
 * The stranger leaves the port of a KMS host, whose service can start again. A machine that was sent to something that
 * never was a KMS host is sent elsewhere.
 */
function moveStranger(world: ScenarioWorld, node: WindowsNode, name: string, host: Host | undefined): boolean {
  const role = roleOf(host);
  if (role !== undefined) {
    if (role.portTakenBy === undefined) return false;
    delete role.portTakenBy;
    startService(host);
    return true;
  }
  if (host !== undefined && 'foreign' in host && host.foreign.activated) {
    const was = host.foreign.speaksKms;
    host.foreign.speaksKms = true;
    return !was;
  }
  if (clearAssignment(node)) return true;
  const live = liveHost(world, node);
  return live !== undefined && pointRecords(world, name, live);
}

function setCount(world: ScenarioWorld, host: Host | undefined, needed: number): boolean {
  if (host === undefined) return false;
  const role = roleOf(host);
  if (role !== undefined) Object.assign(role.contacts, contactsFor(needed, world.now()));
  else if ('foreign' in host) host.foreign.count = Math.max(needed, host.foreign.count);
  else return false;
  return true;
}

/** Every machine with the CMID gets one of its own, and asks for activation. */
function resealClones(world: ScenarioWorld, cmid: string): boolean {
  const clones = world.state.nodes.filter((node) => node.windows?.cmid === cmid);
  if (clones.length < 2) return false;
  const next = random(world.seed + 77);
  for (const clone of clones) if (clone.windows !== undefined) clone.windows.cmid = guid(next);
  for (const clone of clones) if (clone.instanceState === 'running') world.attemptActivation(clone.id);
  return true;
}

/** Everybody is sent to the first host, looks for it anew, and it has counted everybody. */
function consolidate(world: ScenarioWorld, hosts: readonly (Host | undefined)[]): boolean {
  const [first, ...rest] = hosts.filter((host) => host !== undefined);
  const role = roleOf(first);
  if (first === undefined || role === undefined || rest.length === 0) return false;
  for (const other of rest) {
    Object.assign(role.contacts, roleOf(other)?.contacts ?? {});
    for (const address of addressesOfHost(other)) pointAddress(world, address, first);
  }
  for (const product of world.state.nodes.flatMap((node) => node.windows?.products ?? [])) {
    Object.assign(product, { discoveredHost: '', discoveredPort: 0, discoveredAddress: '' });
  }
  return true;
}

function pointAddress(world: ScenarioWorld, address: string, to: Host): void {
  for (const set of world.state.zones.flatMap((zone) => zone.recordSets)) {
    if (set.type === 'A' && set.values.includes(address)) pointRecords(world, set.name.replace(/\.$/, ''), to);
  }
}

/** Ways of mending hosts. */
export const MENDS_OF_HOSTS: Mends<
  | 'host-service-stopped'
  | 'host-not-running'
  | 'host-refuses'
  | 'host-silent'
  | 'foreign-service'
  | 'host-busy'
  | 'host-not-activated'
  | 'host-key-too-old'
  | 'clock-off'
  | 'count-too-low'
  | 'duplicate-cmid'
  | 'count-split'
> = {
  'host-service-stopped': (world, _, { host }) => startService(findHost(world, host)),
  'host-not-running': (world, _, { host }) => startMachine(findHost(world, host)),
  'host-refuses': (world, _, { host }) => startService(findHost(world, host)),
  'host-silent': (world, node, { host }) => wakeHost(world, node, findHost(world, host)),
  'foreign-service': (world, node, { host }) => moveStranger(world, node, host.name, findHost(world, host)),
  'host-busy': (world, _, { host }) => {
    const found = findHost(world, host);
    const role = roleOf(found);
    if (role?.busy === true) delete role.busy;
    else if (found !== undefined && 'foreign' in found && found.foreign.otherService === 'busy') {
      found.foreign.speaksKms = true;
    } else return false;
    return true;
  },
  'host-not-activated': (world, _, { host }) => {
    const found = findHost(world, host);
    const role = roleOf(found);
    if (found === undefined) return false;
    if ('foreign' in found) found.foreign.activated = true;
    if (role !== undefined) role.activated = true;
    const product = 'node' in found ? windowsProduct(found.node.windows) : undefined;
    if (product !== undefined) Object.assign(product, { status: 1, statusReason: '00000000', endsAtMs: 0 });
    return true;
  },
  'host-key-too-old': (world, _, { host }) => {
    const found = findHost(world, host);
    if (found === undefined) return false;
    if ('foreign' in found) found.foreign.keyGroup = '2025';
    else changeHostKey(found.node, '2025');
    return true;
  },
  'clock-off': (world, node, { where, host }) => {
    const found = where === 'host' && host !== undefined ? findHost(world, host) : { node };
    if (found === undefined) return false;
    if ('foreign' in found) delete found.foreign.clockOffsetSeconds;
    else found.node.windows.clockOffsetSeconds = 0;
    return true;
  },
  'count-too-low': (world, _, { host, needed }) => setCount(world, findHost(world, host), needed),
  'duplicate-cmid': (world, _, { cmid }) => resealClones(world, cmid),
  'count-split': (world, _, { hosts }) =>
    consolidate(
      world,
      hosts.map((host) => findHost(world, host)),
    ),
};
