/**
 * A KMS host publishes its SRV record when its service starts and once a day, by dynamic update: an Active Directory
 * zone takes it from a member (12294), a Route 53 zone from nobody (12293). Microsoft, "Configure KMS hosts".
 *
 * Decision of the lab: only a start writes into the zone; the days between log what they came to, since a record that
 * somebody changed there meanwhile is the point of many a test.
 */
import { seedOf } from '../random.ts';
import { fullName, writeEvent } from './activation-events.ts';
import type { LawContext, WindowsNode } from './law-context.ts';
import { DAY } from './time-spans.ts';
import type { LabKmsHostRole, LabWindows, LabZone } from './types.ts';

/** Results of an update, as 12293 prints them. */
const FAILED = { refused: '0x8007232D', noZone: '0x8007232B', noServer: '0x8007267C' } as const;

const PUBLISHED = 12294;
const NOT_PUBLISHED = 12293;
/** Days of a host nobody looked at that are written down. */
const MOST_DAYS = 5;

/** Writes the attempts of the days since the last one that the log shows; nothing for a host that does not publish. */
export function publishDaily({ state }: LawContext, node: WindowsNode, nowMs: number): void {
  const { windows } = node;
  const role = windows.kmsHostRole;
  if (role === undefined || !role.publishing || windows.service.state !== 'Running') return;
  for (const atMs of attemptsDue(node, nowMs)) {
    for (const { domain } of publishedDomains(windows, role)) {
      const failure = failureOf(windows, zoneOf(state.zones, node, domain));
      const id = failure === undefined ? PUBLISHED : NOT_PUBLISHED;
      writeEvent(windows, 'Application', id, atMs, failure === undefined ? [domain] : [failure, domain]);
    }
  }
}

function attemptsDue(node: WindowsNode, nowMs: number): number[] {
  const { windows } = node;
  const newest = windows.events.findLast(({ id }) => id === PUBLISHED || id === NOT_PUBLISHED);
  const last =
    newest === undefined ? nowMs - DAY - (seedOf(node.id) % DAY) : newest.atMs - windows.clockOffsetSeconds * 1000;
  const days = Math.floor((nowMs - last) / DAY);
  const written = Math.min(MOST_DAYS, Math.max(0, days));
  return Array.from({ length: written }, (_, index) => last + (days - written + 1 + index) * DAY);
}

/** Where a host publishes, and with what. */
interface Publication {
  readonly domain: string;
  readonly priority: number;
  readonly weight: number;
}

/** Its own domain first, then the list's; the first of equals. */
function publishedDomains(windows: LabWindows, role: LabKmsHostRole): Publication[] {
  const own = { domain: windows.primarySuffix, priority: 0, weight: 0 };
  const all = [own, ...(role.publishDomains ?? []).map(publicationOf)].filter(({ domain }) => domain !== '');
  return all.filter(({ domain }, index) => all.findIndex((other) => other.domain === domain) === index);
}

/** `domain, priority, weight`, of which the domain may stand alone. */
function publicationOf(line: string): Publication {
  const [domain = '', priority = '', weight = ''] = line.split(',').map((part) => part.trim());
  return { domain: domain.toLowerCase(), priority: Number(priority) || 0, weight: Number(weight) || 0 };
}

/** Until what a service that starts has published is in the log. */
const START_MS = 8000;

/** The service has just started: it publishes at once, and what it came to is logged a little later. */
export function publishAtStart({ state }: LawContext, node: WindowsNode, nowMs: number): void {
  const { windows } = node;
  const role = windows.kmsHostRole;
  if (role === undefined || !role.publishing) return;
  const atMs = nowMs + (windows.broken.publishing?.afterMs ?? START_MS);
  registerAddress(state.zones, node);
  for (const publication of publishedDomains(windows, role)) {
    const { domain } = publication;
    const zone = zoneOf(state.zones, node, domain);
    const failure = failureOf(windows, zone);
    if (failure === undefined && zone !== undefined) update(zone, node, role, publication);
    if (failure === undefined) writeEvent(windows, 'Application', PUBLISHED, atMs, [domain]);
    else writeEvent(windows, 'Application', NOT_PUBLISHED, atMs, [failure, domain]);
  }
}

/** A member's own name stands in its directory's zone, as its resolver keeps it there. */
function registerAddress(zones: readonly LabZone[], node: WindowsNode): void {
  const { windows } = node;
  const zone = zoneOf(zones, node, windows.primarySuffix);
  const addresses = windows.adapters
    .flatMap((adapter) => adapter.addresses)
    .filter((address) => !address.includes(':'));
  const name = `${fullName(node).toLowerCase()}.`;
  if (zone === undefined || failureOf(windows, zone) !== undefined || addresses.length === 0) return;
  if (zone.recordSets.every((set) => set.name !== name || set.type !== 'A')) {
    zone.recordSets.push({ name, type: 'A', ttl: 1200, values: addresses });
  }
}

/** In place of what the host had published before. */
function update(zone: LabZone, node: WindowsNode, role: LabKmsHostRole, publication: Publication): void {
  const { domain, priority, weight } = publication;
  const target = fullName(node).toLowerCase();
  const name = `_vlmcs._tcp.${domain}.`;
  const known = zone.recordSets.find((set) => set.name === name && set.type === 'SRV');
  const others = (known?.values ?? []).filter((value) => targetOf(value) !== target);
  const values = [...others, `${priority} ${weight} ${role.listeningPort} ${target}.`];
  if (known === undefined) zone.recordSets.push({ name, type: 'SRV', ttl: 3600, values });
  else known.values = values;
}

const targetOf = (value: string): string => (value.split(' ')[3] ?? '').toLowerCase().replace(/\.$/, '');

function failureOf({ adapters, domain }: LabWindows, zone: LabZone | undefined): string | undefined {
  if (adapters.every(({ dnsServers }) => dnsServers.length === 0)) return FAILED.noServer;
  if (zone === undefined) return FAILED.noZone;
  return zone.hostedBy === 'active-directory' && domain !== '' ? undefined : FAILED.refused;
}

/** The zone a domain lies in, as the host sees it; the longest name of those that match. Members ask a controller. */
function zoneOf(zones: readonly LabZone[], { vpc, windows }: WindowsNode, domain: string): LabZone | undefined {
  const isSeen = ({ vpcs, hostedBy }: LabZone) =>
    vpcs.includes(vpc) || (hostedBy === 'active-directory' && windows.domain !== '');
  return zones
    .filter((zone) => (domain === zone.name || domain.endsWith(`.${zone.name}`)) && isSeen(zone))
    .sort((a, b) => b.name.length - a.name.length)[0];
}
