/** Domains of Active Directory that lie in a zone of Route 53 by their name alone. */
import type { FleetSummary } from '../fleet/fleet-summary.ts';
import { isWithin } from './dns-name.ts';
import type { RecordPlace } from './record-set.ts';

/** Such a domain, and the machines that are members of it. */
export interface DirectoryDomain {
  readonly domain: string;
  readonly machines: number;
}

/**
 * The Active Directory domain that this one is, or lies in, where the zone only holds it by name. Its own DNS servers
 * answer for it and for everything below, so that no member sees a record in Route 53. Undefined where none is known.
 */
export const directoryAround = (
  { domain, zone }: Pick<RecordPlace, 'domain' | 'zone'>,
  fleet: Pick<FleetSummary, 'suffixes'> | undefined,
): DirectoryDomain | undefined => {
  const around = (fleet?.suffixes ?? []).filter(
    (use) => use.directory && use.domain !== zone && isWithin(use.domain, zone) && isWithin(domain, use.domain),
  );
  const [nearest] = around.map((use) => use.domain).sort((a, b) => b.length - a.length);
  if (nearest === undefined) return undefined;
  const members = around.filter((use) => use.domain === nearest).map(({ directory = 0 }) => directory);
  return { domain: nearest, machines: members.reduce((sum, count) => sum + count, 0) };
};
