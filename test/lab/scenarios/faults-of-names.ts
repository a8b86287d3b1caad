/** What can be wrong with names: servers, zones, records, suffixes. */
import { pick } from '../random.ts';
import type { LabZone } from '../world/types.ts';
import { PLACE } from './environment.ts';
import type { FaultOf } from './fault.ts';
import { addressSet, privateZone, srvSet } from './small-network.ts';
import type { Scene } from './story.ts';

/** The company's own zone. */
export function corporate({ state }: Scene): LabZone {
  const zone = state.zones.find((known) => known.name === PLACE.domain);
  if (zone === undefined) throw new Error(`There is no zone ${PLACE.domain}`);
  return zone;
}

/** Lets the company's record say something else. */
export function setRecord(scene: Scene, ...values: string[]): void {
  const zone = corporate(scene);
  const others = zone.recordSets.filter((set) => set.name !== `_vlmcs._tcp.${PLACE.domain}.`);
  zone.recordSets = values.length === 0 ? others : [...others, srvSet(PLACE.domain, ...values)];
}

/** A host that was retired: a name, an address, and nobody there. */
export function retireHost(scene: Scene, name = 'kms-old'): string {
  const full = `${name}.${PLACE.domain}`;
  const zone = corporate(scene);
  if (!zone.recordSets.some((set) => set.name === `${full}.`)) zone.recordSets.push(addressSet(full, PLACE.retired));
  return full;
}

/** The machine forgets the host of its last success. */
export function forgetHost({ subject }: Scene): void {
  for (const product of subject.windows.products) {
    Object.assign(product, { discoveredHost: '', discoveredPort: 0, discoveredAddress: '' });
  }
}

/** The machine looks in these domains only. */
export function lookIn(scene: Scene, connection: string, ...searchList: string[]): void {
  const { windows } = scene.subject;
  for (const adapter of windows.adapters) adapter.suffix = connection;
  windows.searchList = searchList;
  if (windows.domain === '') windows.primarySuffix = '';
}

function changeHostAddress(scene: Scene, address: string | undefined): void {
  const zone = corporate(scene);
  const name = `${scene.hostName}.`;
  zone.recordSets = zone.recordSets.filter((set) => set.name !== name || set.type !== 'A');
  if (address !== undefined) zone.recordSets.push(addressSet(scene.hostName, address));
}

/** The machine asks these servers. */
export function askServers({ subject }: Scene, ...servers: string[]): void {
  for (const adapter of subject.windows.adapters) adapter.dnsServers = servers;
}

/** Address of a DNS appliance. */
export const APPLIANCE = '10.20.5.53';

/** An appliance that forwards nowhere, or one that would forward properly and fails. */
function addAppliance({ state, subject }: Scene, rcode?: 'SERVFAIL' | 'REFUSED'): void {
  state.dnsServers ??= [];
  state.dnsServers.push({ address: APPLIANCE, ...(rcode === undefined ? { vpc: '' } : { vpc: subject.vpc, rcode }) });
}

/** Faults of names. */
export const FAULTS_OF_NAMES: readonly FaultOf[] = [
  {
    id: 'record-missing',
    kind: 'record-missing',
    slot: 'record',
    weight: 5,
    break: (scene) => {
      setRecord(scene);
      forgetHost(scene);
    },
  },
  {
    id: 'record-of-retired-host',
    kind: 'record-names-dead-host',
    slot: 'record',
    weight: 5,
    break: (scene) => {
      setRecord(scene, `0 0 1688 ${retireHost(scene)}.`);
      forgetHost(scene);
    },
  },
  {
    id: 'record-of-unknown-host',
    kind: 'target-without-address',
    slot: 'record',
    weight: 2,
    break: (scene) => {
      setRecord(scene, `0 0 1688 kms-new.${PLACE.domain}.`);
      forgetHost(scene);
    },
  },
  {
    id: 'address-lost',
    kind: 'target-without-address',
    slot: 'record',
    weight: 3,
    break: (scene) => changeHostAddress(scene, undefined),
  },
  {
    id: 'address-stale',
    kind: 'address-stale',
    slot: 'record',
    weight: 4,
    break: (scene) => changeHostAddress(scene, '10.20.1.77'),
  },
  {
    id: 'address-of-another-machine',
    kind: 'address-stale',
    slot: 'record',
    weight: 2,
    needs: ({ others }) => others.length > 0,
    break: (scene) => changeHostAddress(scene, scene.others[0]?.windows.adapters[0]?.addresses[0]),
  },
  {
    id: 'record-wrong-port',
    kind: 'record-wrong-port',
    slot: 'record',
    weight: 3,
    break: (scene) => {
      setRecord(scene, `0 0 ${pick(scene.next, [1689, 16880, 1433])} ${scene.hostName}.`);
      forgetHost(scene);
    },
  },
  {
    id: 'record-of-wrong-type',
    kind: 'record-of-wrong-type',
    slot: 'record',
    weight: 3,
    break: (scene) => {
      setRecord(scene);
      const name = `_vlmcs._tcp.${PLACE.domain}.`;
      corporate(scene).recordSets.push({ name, type: 'TXT', ttl: 300, values: [`"${scene.hostName}:1688"`] });
      forgetHost(scene);
    },
  },
  {
    id: 'suffix-mistyped',
    kind: 'suffix-without-record',
    slot: 'suffix',
    weight: 4,
    break: (scene) => {
      lookIn(scene, 'corp.exmaple');
      forgetHost(scene);
    },
  },
  {
    id: 'suffix-of-another-zone',
    kind: 'suffix-without-record',
    slot: 'suffix',
    weight: 4,
    break: (scene) => {
      const { state, subject } = scene;
      state.zones.push(privateZone('branch.example', [subject.vpc], [addressSet('www.branch.example', '10.20.30.80')]));
      lookIn(scene, 'branch.example');
      forgetHost(scene);
    },
  },
  {
    id: 'lookup-domain-empty',
    kind: 'lookup-domain-empty',
    slot: 'suffix',
    weight: 3,
    break: ({ subject: { windows }, next }) => {
      const holder = next() < 0.5 ? windows : windows.products[0];
      if (holder !== undefined)
        holder.lookupDomain = pick(next, ['kms.corp.exmaple', 'old.example', 'lab.corp.example']);
    },
  },
  {
    id: 'zone-not-associated',
    kind: 'zone-not-associated',
    slot: 'dns',
    weight: 4,
    needs: ({ subject }) => subject.windows.domain === '',
    break: (scene) => {
      const zone = corporate(scene);
      zone.vpcs = zone.vpcs.filter((vpc) => vpc !== scene.subject.vpc);
      forgetHost(scene);
    },
  },
  {
    id: 'custom-dns-without-forwarding',
    kind: 'resolver-differs',
    slot: 'dns',
    weight: 4,
    break: (scene) => {
      addAppliance(scene);
      askServers(scene, APPLIANCE);
      forgetHost(scene);
    },
  },
  {
    id: 'resolver-rule',
    kind: 'resolver-differs',
    slot: 'dns',
    weight: 3,
    needs: ({ subject }) => subject.windows.domain === '',
    break: (scene) => {
      addAppliance(scene);
      const vpc = scene.state.vpcs.find((known) => known.id === scene.subject.vpc);
      vpc?.resolverRules?.push({
        id: 'rslvr-rr-5f2c81d90a7b4e36',
        name: 'corp-to-appliance',
        domain: PLACE.domain,
        servers: [APPLIANCE],
      });
      forgetHost(scene);
    },
  },
  {
    id: 'dns-server-gone',
    kind: 'dns-server-silent',
    slot: 'dns',
    weight: 4,
    break: (scene) => askServers(scene, '10.20.9.53'),
  },
  {
    id: 'dns-blocked',
    kind: 'dns-server-silent',
    slot: 'dns',
    weight: 2,
    break: ({ state, subject }) => {
      for (const adapter of subject.windows.adapters) {
        for (const to of adapter.dnsServers) state.blocked.push({ from: subject.id, to, port: 53 });
      }
    },
  },
  {
    id: 'no-gateway',
    kind: 'dns-server-silent',
    slot: 'dns',
    weight: 1,
    break: ({ subject }) => {
      for (const adapter of subject.windows.adapters) adapter.gateways = [];
    },
  },
  { id: 'no-dns-server', kind: 'no-dns-server', slot: 'dns', weight: 3, break: (scene) => askServers(scene) },
  {
    id: 'dns-servfail',
    kind: 'dns-failing',
    slot: 'dns',
    weight: 2,
    break: (scene) => {
      addAppliance(scene, pick(scene.next, ['SERVFAIL', 'REFUSED'] as const));
      askServers(scene, APPLIANCE);
      forgetHost(scene);
    },
  },
];
