/** What one client of a domain sees of a host that began to publish there: by name, and by address. */
import type { InspectionRecord, KmsTarget } from '../inspection-record.ts';
import type { NodeId } from '../nodes.ts';
import { plainName } from '../records/dns-name.ts';
import { answers } from './found-by-dns.ts';
import { couldDiscover } from './outcome.ts';

export interface DomainProof {
  readonly domain: string;
  /** The client that was asked; absent where none is known to ask there, or none answered. */
  readonly client?: { readonly nodeId: NodeId; readonly siteId: string; readonly name: string };
  /** Its resolver names the host in this domain. */
  readonly finds?: boolean;
  /** The host's name leads to an address there. */
  readonly byName?: boolean;
  /** The address answers; absent where that was not tried. */
  readonly byAddress?: boolean;
  /** The client has a host assigned by hand, and discovery would find one that answers. */
  readonly couldDiscover?: true;
}

/** By the client's record; `calledAs` are the host's names, lower-case. */
export const domainProof = (
  domain: string,
  calledAs: readonly string[],
  record: InspectionRecord,
): Omit<DomainProof, 'client'> => {
  const target = targetIn(record, calledAs);
  return {
    domain,
    finds: finds(record, domain, calledAs),
    ...(target === undefined
      ? {}
      : { byName: target.resolution.ok === true && target.resolution.addresses.length > 0 }),
    ...(target?.tcp === undefined ? {} : { byAddress: answers(target) }),
    ...(couldDiscover(record) ? { couldDiscover: true as const } : {}),
  };
};

const finds = ({ srvLookups }: InspectionRecord, domain: string, calledAs: readonly string[]): boolean =>
  (srvLookups.read ? srvLookups.value : []).some(
    (lookup) =>
      plainName(lookup.domain) === domain &&
      lookup.outcome.found &&
      lookup.outcome.answers.some(({ target }) => calledAs.includes(plainName(target))),
  );

const targetIn = ({ targets }: InspectionRecord, calledAs: readonly string[]): KmsTarget | undefined =>
  (targets.read ? targets.value : []).find(({ host }) => calledAs.includes(plainName(host)));
