/** Route 53 as the machine's site would read it for a diagnosis; zones of Active Directory are not in it. */
import type { DiagnosisFacts, HostFacts, UnreadZone, ZoneFacts, ZoneSrv } from '../../../bot/domain/diagnosis/facts.ts';
import type { InspectionRecord } from '../../../bot/domain/inspection-record.ts';
import { isAddress } from '../world/node-index.ts';
import type { LabNode, LabZone, WorldState } from '../world/types.ts';

type NameFacts = Pick<DiagnosisFacts, 'zones' | 'unreadZones' | 'resolverRules'>;

/** Zones responsible for the domains that the machine and its hosts are in, and for the hosts it was sent to. */
export function zoneFacts(
  state: WorldState,
  node: LabNode,
  record: InspectionRecord | undefined,
  hosts: readonly HostFacts[],
): NameFacts {
  const records = [record, ...hosts.map((host) => host.record)].filter((known) => known !== undefined);
  const domains = distinct(records.flatMap(domainsOf));
  const targets = distinct(record === undefined ? [] : targetsOf(record));
  const own = state.zones.filter((zone) => zone.hostedBy === 'route53' && inAccountOf(state, zone, node.site));
  const found = [...domains, ...targets].map((name) => ({ name, zones: responsible(own, name) }));
  const zones = distinct(found.flatMap((entry) => entry.zones));
  const missing = found.filter((entry) => entry.zones.length === 0).map((entry) => entry.name);
  return {
    zones: zones.map((zone) => factsOfZone(zone, domains, targets)),
    unreadZones: distinct(missing).map((name): UnreadZone => ({ name, why: 'not-in-route53' })),
    resolverRules: rulesOf(state, node.vpc),
  };
}

const distinct = <T>(items: readonly T[]): T[] => [...new Set(items)];

function domainsOf({ srvLookups, network, service, products }: InspectionRecord): string[] {
  const looked = srvLookups.read ? srvLookups.value.map((lookup) => lookup.domain) : [];
  const settings = network.read
    ? [network.value.primarySuffix, ...network.value.searchList, ...network.value.adapters.map((a) => a.suffix)]
    : [];
  const lookupDomains = [
    ...(service.read ? [service.value.lookupDomain] : []),
    ...(products.read ? products.value.map((product) => product.lookupDomain) : []),
  ];
  return [...looked, ...settings, ...lookupDomains.filter((domain) => domain !== undefined)].filter((d) => d !== '');
}

const targetsOf = ({ targets }: InspectionRecord): string[] =>
  targets.read
    ? targets.value.map((target) => target.host).filter((host) => host.includes('.') && !isAddress(host))
    : [];

function inAccountOf(state: WorldState, zone: LabZone, siteId: string): boolean {
  const accountOf = (id: string) => state.sites.find((site) => site.id === id)?.account;
  return accountOf(zone.site) === accountOf(siteId);
}

/** The most specific zones of a name, private and public alike. */
function responsible(zones: readonly LabZone[], name: string): LabZone[] {
  const holding = zones.filter((zone) => name === zone.name || name.endsWith(`.${zone.name}`));
  const longest = Math.max(0, ...holding.map((zone) => zone.name.length));
  return holding.filter((zone) => zone.name.length === longest);
}

function factsOfZone(zone: LabZone, domains: readonly string[], targets: readonly string[]): ZoneFacts {
  const below = domains.filter((domain) => domain.endsWith(`.${zone.name}`) && srvOf(zone, domain).length > 0);
  const values = srvOf(zone, zone.name);
  const names = distinct([...targets, ...values.map((value) => value.target)]);
  const inZone = names.filter((name) => name === zone.name || name.endsWith(`.${zone.name}`));
  return {
    siteId: zone.site,
    zoneId: zone.id,
    name: zone.name,
    private: zone.private,
    vpcIds: zone.vpcs,
    srv: values,
    otherTypes: setsAt(zone, `_vlmcs._tcp.${zone.name}.`)
      .filter((set) => set.type !== 'SRV')
      .map((set) => set.type),
    addresses: Object.fromEntries(inZone.map((name) => [name, addressesOf(zone, name)])),
    ...(below.length === 0 ? {} : { below: Object.fromEntries(below.map((domain) => [domain, srvOf(zone, domain)])) }),
  };
}

const setsAt = (zone: LabZone, name: string) => zone.recordSets.filter((set) => set.name === name);

function srvOf(zone: LabZone, domain: string): ZoneSrv[] {
  const sets = setsAt(zone, `_vlmcs._tcp.${domain}.`).filter((set) => set.type === 'SRV');
  return sets.flatMap((set) => set.values).map(toSrv);
}

function toSrv(value: string): ZoneSrv {
  const [priority, weight, port, target = ''] = value.split(/\s+/);
  return {
    priority: Number(priority),
    weight: Number(weight),
    port: Number(port),
    target: target.toLowerCase().replace(/\.$/, ''),
  };
}

const addressesOf = (zone: LabZone, name: string): string[] =>
  setsAt(zone, `${name}.`).flatMap((set) => (set.type === 'A' || set.type === 'AAAA' ? set.values : []));

/** Forwarding rules of the VPC, and domains of Active Directory that its resolver forwards. */
function rulesOf(state: WorldState, vpcId: string): string[] {
  const rules = state.vpcs.find((vpc) => vpc.id === vpcId)?.resolverRules ?? [];
  const directory = state.zones.filter((zone) => zone.hostedBy === 'active-directory' && zone.vpcs.includes(vpcId));
  return distinct([...rules.map((rule) => rule.domain), ...directory.map((zone) => zone.name)]);
}
