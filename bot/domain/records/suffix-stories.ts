/** Domains that machines ask in and that no configured zone holds. */
import { depthOf, isWithin } from './dns-name.ts';
import { type NetworkSources, networksIn } from './record-networks.ts';
import type { RecordsInput } from './records-input.ts';
import type { NetworkUse, SuffixStory } from './records-report.ts';

/** Names that AWS gives machines by itself: nobody keeps a record there, and nobody has to. */
const OF_AMAZON = ['amazonaws.com', 'compute.internal', 'ec2.internal', 'amazonaws.com.cn'];

/** Whether a zone could ever hold the domain. */
export const isZoneable = (domain: string): boolean =>
  domain.includes('.') && /^[a-z0-9._-]{3,253}$/.test(domain) && !OF_AMAZON.some((amazon) => isWithin(domain, amazon));

/** Domains of the fleet, without those that never get a zone. */
export const domainsAskedIn = (fleet: RecordsInput['fleet']): readonly string[] => [
  ...new Set((fleet?.suffixes ?? []).map(({ domain }) => domain).filter(isZoneable)),
];

/** Where machines find nothing at all first, then those of most machines. */
export function suffixStories(
  { held, zones, fleet, only }: RecordsInput,
  sources: NetworkSources,
): readonly SuffixStory[] {
  const isOpen = held.unread.some(({ why }) => why !== 'not-in-route53');
  const domains = domainsAskedIn(fleet).filter(
    (domain) => (only === undefined || isWithin(domain, only)) && !zones.some(({ name }) => isWithin(domain, name)),
  );
  const stories = domains.map((domain): SuffixStory => {
    const [zone] = held.others
      .filter(({ name }) => isWithin(domain, name))
      .sort((a, b) => depthOf(b.name) - depthOf(a.name));
    return {
      domain,
      networks: networksIn(domain, sources).map(({ use }) => use),
      why: zone !== undefined ? 'not-configured' : isOpen ? 'unread' : 'no-zone',
      ...(zone === undefined ? {} : { zoneId: zone.zoneId }),
    };
  });
  return stories.sort(
    (a, b) =>
      total(b.networks, 'stranded') - total(a.networks, 'stranded') ||
      total(b.networks, 'machines') - total(a.networks, 'machines'),
  );
}

/** Machines of all networks. */
export const total = (
  networks: readonly NetworkUse[] | undefined,
  of: 'machines' | 'found' | 'unanswered' | 'stranded',
): number => (networks ?? []).reduce((sum, network) => sum + network[of], 0);
