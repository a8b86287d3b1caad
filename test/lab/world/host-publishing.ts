/**
 * A KMS host publishes its SRV record when its service starts and once a day, by dynamic update: an Active Directory
 * zone takes it from a member (12294), a Route 53 zone from nobody (12293). Microsoft, "Configure KMS hosts".
 */
import { seedOf } from '../random.ts';
import { writeEvent } from './activation-events.ts';
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
    for (const domain of publishedDomains(windows, role)) {
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

function publishedDomains(windows: LabWindows, role: LabKmsHostRole): string[] {
  const own = windows.primarySuffix === '' ? [] : [windows.primarySuffix];
  const listed = (role.publishDomains ?? []).map((line) => (line.split(',')[0] ?? '').trim().toLowerCase());
  return [...new Set([...own, ...listed])].filter((domain) => domain !== '');
}

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
