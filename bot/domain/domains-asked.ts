/** In which domains a machine asks for the KMS record, and what its resolver gives there. */
import type { ClientSeen, DomainAsked } from './check-report.ts';
import type { InspectionRecord, LicenceProduct, SrvLookup } from './inspection-record.ts';

/** The port a KMS host listens on unless told otherwise. */
const KMS_PORT = 1688;

/** No DNS name is longer. */
const LONGEST_NAME = 255;

/** Domains that are kept of a machine. */
const MOST_DOMAINS = 6;

/** Hosts that are kept of one domain. */
const MOST_GIVEN = 8;

/** Where it asks for the record. A lookup that answered nothing says neither that there is one nor that there is none. */
export function asksOf(
  record: InspectionRecord,
  product: LicenceProduct | undefined,
): Pick<ClientSeen, 'asks' | 'assigned'> {
  const { srvLookups, service } = record;
  const directory = directoryOf(record);
  const asked = (lookup: SrvLookup): DomainAsked => ({
    ...domainAsked(lookup),
    ...(lookup.domain === directory ? { isDirectory: true } : {}),
  });
  const assigned = product?.assigned ?? (service.read ? service.value.assigned : undefined);
  return {
    ...(srvLookups.read && srvLookups.value.length > 0
      ? { asks: srvLookups.value.slice(0, MOST_DOMAINS).map(asked) }
      : {}),
    ...(assigned === undefined ? {} : { assigned: true }),
  };
}

/** The domain that it is a member of: Windows makes it the primary suffix of members unless told otherwise. */
const directoryOf = ({ os, network }: InspectionRecord): string | undefined =>
  os.read && os.value.domainJoined && network.read ? network.value.primarySuffix : undefined;

/** What one lookup gave. */
export function domainAsked({ domain, outcome }: SrvLookup): DomainAsked {
  const name = domain.slice(0, LONGEST_NAME);
  if (outcome.found) {
    const hosts = outcome.answers.map(({ target, port }) => `${bareName(target)}:${port || KMS_PORT}`);
    return { domain: name, gives: [...new Set(hosts)].slice(0, MOST_GIVEN) };
  }
  return outcome.why === 'nxdomain' || outcome.why === 'nodata' ? { domain: name, gives: [] } : { domain: name };
}

const bareName = (name: string): string => name.toLowerCase().replace(/\.$/, '');
