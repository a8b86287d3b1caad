/** `ListHostedZones`, `ListHostedZonesByName`, `ListHostedZonesByVPC`, `GetHostedZone`. */
import type { LabZone, World } from '../../world/types.ts';
import { refusal } from '../refusal.ts';
import type { AwsAnswer, AwsCall } from '../types.ts';
import { restXmlAnswer } from '../wire/answers.ts';
import type { XmlElement } from '../wire/xml.ts';
import { compareNames, compareText, escapedName, fqdn } from './names.ts';

const ZONES_PER_PAGE = 100;
const LONGEST_ID = 32;

/** Zones of the caller's account in Route 53; Active Directory's own zones are not there. */
export function zonesOf(world: World, call: AwsCall): readonly LabZone[] {
  const sites = new Set(world.state.sites.filter(({ account }) => account === call.account).map(({ id }) => id));
  return world.state.zones.filter((zone) => zone.hostedBy === 'route53' && sites.has(zone.site));
}

/** Throws `NoSuchHostedZone`, and `InvalidInput` for what is longer than an id may be. */
export function zoneById(world: World, call: AwsCall, id: string): LabZone {
  if (id.length > LONGEST_ID) {
    throw refusal(
      'InvalidInput',
      `Value '${id}' at 'id' failed to satisfy constraint: at most ${LONGEST_ID} characters`,
    );
  }
  const zone = zonesOf(world, call).find((one) => one.id === id);
  if (zone === undefined) throw refusal('NoSuchHostedZone', `No hosted zone found with ID: ${id}`, 404);
  return zone;
}

/** Every zone of the account by id, from `marker` on. */
export function listHostedZones(world: World, call: AwsCall): AwsAnswer {
  const { query } = call;
  checkKind(query);
  const marker = query.get('marker') ?? '';
  const size = pageSize(query, ZONES_PER_PAGE);
  const zones = [...zonesOf(world, call)]
    .filter((zone) => query.get('hostedzonetype') !== 'PrivateHostedZone' || zone.private)
    .sort((a, b) => compareText(a.id, b.id));
  const start = marker === '' ? 0 : zones.findIndex(({ id }) => id === marker);
  if (start < 0) throw refusal('InvalidInput', `The marker ${marker} is not a hosted zone.`);
  const next = zones[start + size];
  return restXmlAnswer('route53', 'ListHostedZonesResponse', [
    ['HostedZones', zones.slice(start, start + size).map(zoneView)],
    ['Marker', marker === '' ? undefined : marker],
    ['IsTruncated', next !== undefined],
    ['NextMarker', next?.id],
    ['MaxItems', size],
  ]);
}

/** What narrows the listing, as far as the lab has it: no zone of its accounts uses a reusable delegation set. */
function checkKind(query: URLSearchParams): void {
  const kind = query.get('hostedzonetype');
  if (kind !== null && kind !== 'PrivateHostedZone') throw refusal('InvalidInput', `There is no zone type ${kind}.`);
  const delegationSet = query.get('delegationsetid');
  if (delegationSet !== null) throw refusal('NoSuchDelegationSet', `No delegation set found with id: ${delegationSet}`);
}

/** `dnsname` is where the listing starts, not a filter. */
export function listHostedZonesByName(world: World, call: AwsCall): AwsAnswer {
  const { query } = call;
  const dnsName = query.get('dnsname') ?? '';
  const zoneId = query.get('hostedzoneid') ?? '';
  if (zoneId !== '' && dnsName === '') throw refusal('InvalidInput', 'HostedZoneId requires DNSName.');
  const size = pageSize(query, ZONES_PER_PAGE);
  const order = (a: Pick<LabZone, 'id' | 'name'>, b: Pick<LabZone, 'id' | 'name'>): number =>
    compareNames(a.name, b.name) || compareText(a.id, b.id);
  const zones = [...zonesOf(world, call)]
    .sort(order)
    .filter((zone) => dnsName === '' || order(zone, { id: zoneId, name: dnsName }) >= 0);
  const next = zones[size];
  return restXmlAnswer('route53', 'ListHostedZonesByNameResponse', [
    ['HostedZones', zones.slice(0, size).map(zoneView)],
    ['DNSName', dnsName === '' ? undefined : escapedName(dnsName)],
    ['HostedZoneId', zoneId === '' ? undefined : zoneId],
    ['IsTruncated', next !== undefined],
    ['NextDNSName', next === undefined ? undefined : escapedName(next.name)],
    ['NextHostedZoneId', next?.id],
    ['MaxItems', size],
  ]);
}

/** Private zones associated with a VPC. */
export function listHostedZonesByVpc(world: World, call: AwsCall): AwsAnswer {
  const vpcId = call.query.get('vpcid') ?? '';
  const vpcRegion = call.query.get('vpcregion') ?? '';
  if (vpcId === '' || vpcRegion === '') throw refusal('InvalidInput', 'VPCId and VPCRegion are required.');
  const size = pageSize(call.query, ZONES_PER_PAGE);
  const start = Number(call.query.get('nexttoken') ?? 0);
  if (!Number.isInteger(start) || start < 0) throw refusal('InvalidPaginationToken', 'The token is not valid.');
  const zones = zonesOf(world, call).filter(
    (zone) => zone.private && zone.vpcs.includes(vpcId) && regionOf(world, vpcId) === vpcRegion,
  );
  return restXmlAnswer('route53', 'ListHostedZonesByVPCResponse', [
    ['HostedZoneSummaries', zones.slice(start, start + size).map((zone) => summaryView(zone, call.account))],
    ['MaxItems', size],
    ['NextToken', zones.length > start + size ? String(start + size) : undefined],
  ]);
}

/** One zone with its name servers or its VPCs. */
export function getHostedZone(world: World, call: AwsCall, id: string): AwsAnswer {
  const zone = zoneById(world, call, id);
  const vpcs = zone.vpcs.map(
    (vpc): XmlElement => [
      'VPC',
      [
        ['VPCRegion', regionOf(world, vpc)],
        ['VPCId', vpc],
      ],
    ],
  );
  const nameServers =
    zone.recordSets.find(({ name, type }) => type === 'NS' && fqdn(name) === fqdn(zone.name))?.values ?? [];
  return restXmlAnswer('route53', 'GetHostedZoneResponse', [
    zoneView(zone),
    [
      'DelegationSet',
      zone.private
        ? undefined
        : [['NameServers', nameServers.map((name): XmlElement => ['NameServer', name.replace(/\.$/, '')])]],
    ],
    ['VPCs', zone.private ? vpcs : undefined],
  ]);
}

/** `maxitems`, capped; throws for what is no positive number. */
export function pageSize(query: URLSearchParams, most: number): number {
  const text = query.get('maxitems');
  if (text === null) return most;
  const size = Number(text);
  if (!Number.isInteger(size) || size < 1) throw refusal('InvalidInput', `MaxItems must be a positive number: ${text}`);
  return Math.min(size, most);
}

function zoneView(zone: LabZone): XmlElement {
  return [
    'HostedZone',
    [
      ['Id', `/hostedzone/${zone.id}`],
      ['Name', escapedName(zone.name)],
      ['CallerReference', zone.id],
      ['Config', [['PrivateZone', zone.private]]],
      ['ResourceRecordSetCount', zone.recordSets.length],
      ['LinkedService', linkedServiceView(zone)],
    ],
  ];
}

function linkedServiceView({ linkedService }: LabZone): XmlElement[] | undefined {
  if (linkedService === undefined) return undefined;
  return [
    ['ServicePrincipal', linkedService.principal],
    ['Description', linkedService.description],
  ];
}

function summaryView(zone: LabZone, account: string): XmlElement {
  const owner = zone.linkedService?.principal;
  return [
    'HostedZoneSummary',
    [
      ['HostedZoneId', zone.id],
      ['Name', escapedName(zone.name)],
      ['Owner', [owner === undefined ? ['OwningAccount', account] : ['OwningService', owner]]],
    ],
  ];
}

function regionOf(world: World, vpcId: string): string {
  const site = world.state.vpcs.find(({ id }) => id === vpcId)?.site;
  return world.state.sites.find(({ id }) => id === site)?.region ?? '';
}
