/** Mending of names: zones, records, suffixes. */

import { isInZone } from '../world/dns-zones.ts';
import type { WindowsNode } from '../world/law-context.ts';
import type { LabRecordSet, LabZone, WorldState } from '../world/types.ts';
import { addressesOfHost, findHost, type Host, liveHost, portOfHost, publishedName } from './look-up.ts';
import type { Mends } from './mend.ts';
import type { ScenarioWorld } from './scenario-world.ts';
import { addressSet } from './small-network.ts';

const setsAt = (zone: LabZone, name: string): LabRecordSet[] => zone.recordSets.filter((set) => set.name === name);

/** Zones that hold a domain's names, the most specific ones; an administrator writes into those of that length. */
function zonesOf(state: WorldState, domain: string): LabZone[] {
  const holding = state.zones.filter((zone) => isInZone(`${domain}.`, zone));
  const longest = Math.max(0, ...holding.map((zone) => zone.name.length));
  return holding.filter((zone) => zone.name.length === longest);
}

const named = (state: WorldState, zone: string): LabZone[] => state.zones.filter((known) => known.name === zone);

/** All zones that could be meant by a domain in which a record stands. */
const holdersOf = (state: WorldState, domain: string): LabZone[] => {
  const exact = named(state, domain);
  return exact.length > 0 ? exact : zonesOf(state, domain);
};

function srvValue(world: ScenarioWorld, host: Host): string {
  return `0 0 ${portOfHost(host)} ${publishedName(world, host)}.`;
}

function hostFor(
  world: ScenarioWorld,
  node: WindowsNode,
  name: { readonly name: string } | undefined,
): Host | undefined {
  return name === undefined ? liveHost(world, node) : findHost(world, name);
}

/** Creates the SRV set; nothing where there is no zone, no host, or a set already. */
function createRecord(world: ScenarioWorld, domain: string, host: Host | undefined): boolean {
  const name = `_vlmcs._tcp.${domain}.`;
  const zones = zonesOf(world.state, domain).filter((zone) => setsAt(zone, name).every((set) => set.type !== 'SRV'));
  if (host === undefined || zones.length === 0) return false;
  for (const zone of zones) {
    zone.recordSets = zone.recordSets.filter((set) => set.name !== name);
    zone.recordSets.push({ name, type: 'SRV', ttl: 300, values: [srvValue(world, host)] });
  }
  return true;
}

/** Changes the SRV values that a test picks, in the zones of a domain or everywhere. */
function changeValues(
  state: WorldState,
  domain: string | undefined,
  change: (port: number, target: string) => string | undefined,
): boolean {
  const zones = domain === undefined ? state.zones : holdersOf(state, domain);
  let changed = false;
  for (const set of zones.flatMap((zone) => zone.recordSets.filter((known) => known.type === 'SRV'))) {
    set.values = set.values.map((value) => {
      const [priority, weight, port, target = ''] = value.split(/\s+/);
      const to = change(Number(port), target.toLowerCase().replace(/\.$/, ''));
      changed ||= to !== undefined;
      return to === undefined ? value : `${priority} ${weight} ${to}`;
    });
  }
  return changed;
}

/** Lets every record that names one host name another. */
export function pointRecords(world: ScenarioWorld, from: string, to: Host, recordIn?: string): boolean {
  const value = `${portOfHost(to)} ${publishedName(world, to)}.`;
  return changeValues(world.state, recordIn, (_, target) => (target === from.toLowerCase() ? value : undefined));
}

function clearLookupDomain({ windows }: WindowsNode): boolean {
  const holders = [windows, ...windows.products].filter((holder) => holder.lookupDomain !== '');
  for (const holder of holders) holder.lookupDomain = '';
  return holders.length > 0;
}

/** The name gets the address of the host that it names; where there is none, the record names another host. */
function giveAddress(world: ScenarioWorld, node: WindowsNode, target: string, recordIn: string): boolean {
  const host = findHost(world, target);
  const address = host === undefined ? undefined : addressesOfHost(host)[0];
  const zones = zonesOf(world.state, target);
  if (address !== undefined && zones.length > 0) {
    for (const zone of zones) zone.recordSets.push(addressSet(target, address));
    return true;
  }
  const live = liveHost(world, node);
  return live !== undefined && pointRecords(world, target, live, recordIn);
}

function correctAddress({ state }: ScenarioWorld, host: string, wrong: string, right: string): boolean {
  let changed = false;
  for (const set of state.zones.flatMap((zone) => setsAt(zone, `${host}.`))) {
    if (set.type !== 'A' || !set.values.includes(wrong)) continue;
    set.values = set.values.map((value) => (value === wrong ? right : value));
    changed = true;
  }
  return changed;
}

/** Ways of mending names. */
export const MENDS_OF_NAMES: Mends<
  | 'record-missing'
  | 'suffix-without-record'
  | 'record-of-wrong-type'
  | 'lookup-domain-empty'
  | 'zone-not-associated'
  | 'target-without-address'
  | 'record-names-dead-host'
  | 'record-wrong-port'
  | 'address-stale'
> = {
  'record-missing': (world, node, { domain, host }) => createRecord(world, domain, hostFor(world, node, host)),
  'suffix-without-record': (_, { windows }, { recordIn }) => {
    if (windows.searchList.includes(recordIn)) return false;
    windows.searchList.push(recordIn);
    return true;
  },
  'record-of-wrong-type': (world, node, { domain, host }) => createRecord(world, domain, hostFor(world, node, host)),
  'lookup-domain-empty': (_, node) => clearLookupDomain(node),
  'zone-not-associated': ({ state }, _, { zoneId, vpcId }) => {
    const zone = state.zones.find((known) => known.id === zoneId);
    if (zone === undefined || zone.vpcs.includes(vpcId)) return false;
    zone.vpcs.push(vpcId);
    return true;
  },
  'target-without-address': (world, node, { target, recordIn }) => giveAddress(world, node, target, recordIn),
  'record-names-dead-host': (world, node, { target, recordIn, alive }) => {
    const to = hostFor(world, node, alive);
    return to !== undefined && pointRecords(world, target, to, recordIn);
  },
  'record-wrong-port': ({ state }, _, { target, port, right, recordIn }) =>
    changeValues(state, recordIn, (p, t) => (t === target && p === port ? `${right} ${t}.` : undefined)),
  'address-stale': (world, _, { host, address, right }) => correctAddress(world, host, address, right),
};
