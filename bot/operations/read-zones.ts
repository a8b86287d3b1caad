/** Reads what DNS zones hold about one machine's way to its KMS hosts, one call of the port a site. */
import type { UnreadZone } from '../domain/diagnosis/facts.ts';
import type { InspectionRecord } from '../domain/inspection-record.ts';
import type { Site } from '../domain/nodes.ts';
import type { OperationFailure, ZonesRead, ZonesWanted } from '../ports.ts';
import { hostNamesIn } from './kms-hosts.ts';
import { type Shown, showProgress } from './message.ts';
import type { OperationDeps, Talk } from './operation-deps.ts';
import { FRESH_PATIENCE, type Patience, setbackAfter } from './site-patience.ts';

export const NOTHING_READ: ZonesRead = { zones: [], unread: [], resolverRules: [] };

/** A machine asks in few domains; a search list may be long. */
const MOST_NAMES = 12;

const plainName = (name: string): string => name.toLowerCase().replace(/\.$/, '');
const isAddress = (name: string): boolean => /^[\d.]+$|:/.test(name);

/** Domains that end like this never get a zone. */
const isZoneable = (domain: string): boolean => domain.includes('.') && /^[a-z0-9._-]{3,253}$/.test(domain);

/** What a machine's record, and those of its hosts, make worth reading. */
export const zonesWantedBy = (
  record: InspectionRecord | undefined,
  hosts: readonly InspectionRecord[],
): Omit<ZonesWanted, 'vpcId'> => {
  const own = record === undefined ? [] : domainsAskedBy(record);
  const targets = record === undefined ? [] : [...hostNamesIn(record)].filter((name) => !isAddress(name));
  return {
    domains: few([...own, ...hosts.flatMap(domainsHeldBy)]),
    targets: few(targets),
  };
};

const few = (names: readonly string[]): readonly string[] =>
  [...new Set(names.map(plainName))].filter(isZoneable).slice(0, MOST_NAMES);

const domainsAskedBy = ({ srvLookups, service, products, network }: InspectionRecord): readonly string[] => [
  ...(srvLookups.read ? srvLookups.value.map(({ domain }) => domain) : []),
  ...(service.read && service.value.lookupDomain !== undefined ? [service.value.lookupDomain] : []),
  ...(products.read ? products.value : []).flatMap(({ lookupDomain }) => lookupDomain ?? []),
  ...(network.read ? [network.value.primarySuffix, ...network.value.adapters.map(({ suffix }) => suffix)] : []),
];

/** Domains that a KMS host lives or publishes in: a record may stand there instead. */
const domainsHeldBy = ({ network, registry }: InspectionRecord): readonly string[] => [
  ...(network.read ? [network.value.primarySuffix] : []),
  ...(registry.read ? registry.value.publishList : []),
];

interface Reading {
  readonly patience: Patience;
  readonly shown: Shown;
  readonly read?: ZonesRead;
}

export interface ZonesRequest {
  readonly talk: Talk;
  /** How many machines were asked. */
  readonly asked: number;
  /** What is wanted of this site; asked when it is needed, so that names go through no checkpoint. */
  readonly wanted: (site: Site) => Promise<ZonesWanted>;
}

/** Reads the zones of one site after the other. A site that fails leaves its zones unread; the diagnosis goes on. */
export const readZones = async (
  deps: OperationDeps,
  sites: readonly Site[],
  request: ZonesRequest,
  before: Shown,
): Promise<{ readonly read: ZonesRead; readonly shown: Shown }> => {
  let shown = before;
  const all: ZonesRead[] = [];
  for (const site of sites) {
    const start: Reading = { patience: FRESH_PATIENCE, shown };
    const last = await deps.workflow.poll<Reading>(`read zones of ${site.id}`, start, (state) =>
      readOnce(deps, site, request, state),
    );
    shown = last.shown;
    if (last.read !== undefined) all.push(last.read);
  }
  return { read: together(all), shown };
};

const readOnce = async (deps: OperationDeps, site: Site, request: ZonesRequest, state: Reading) => {
  const { talk, asked } = request;
  const wanted = await request.wanted(site);
  if (wanted.domains.length + wanted.targets.length === 0) return { state: { ...state, read: NOTHING_READ } };
  const shown = await showProgress(deps, talk, state.shown, { phase: 'reading', total: asked, done: asked });
  try {
    return { state: { ...state, shown, read: await deps.recordSets.zonesFor(site, wanted) } };
  } catch (error) {
    const setback = setbackAfter(error, site.id, state.patience);
    return setback.kind === 'wait'
      ? { state: { ...state, shown, patience: setback.patience }, againInSeconds: setback.seconds }
      : { state: { ...state, shown, read: unreadBecause(setback.failure, wanted) } };
  }
};

const unreadBecause = (failure: OperationFailure, { domains, targets }: ZonesWanted): ZonesRead => {
  const why =
    failure.kind === 'missing-right'
      ? ({ why: 'missing-right', action: failure.action } as const)
      : ({ why: 'unreachable' } as const);
  return { ...NOTHING_READ, unread: [...new Set([...domains, ...targets])].map((name) => ({ name, ...why })) };
};

const isIn = (name: string, zone: string): boolean => name === zone || name.endsWith(`.${zone}`);

/**
 * What several sites' zones hold together. A name that any of them is responsible for is not missing, and of several
 * reasons why it could not be read one that somebody can act on stands.
 */
export const together = (all: readonly ZonesRead[]): ZonesRead => {
  const zones = [...new Map(all.flatMap((each) => each.zones).map((zone) => [zone.zoneId, zone])).values()];
  const unread = new Map<string, UnreadZone>();
  for (const zone of all.flatMap((each) => each.unread)) {
    const isElsewhere = zone.why === 'not-in-route53' && zones.some(({ name }) => isIn(zone.name, name));
    const known = unread.get(zone.name);
    if (!isElsewhere && (known === undefined || known.why === 'not-in-route53')) unread.set(zone.name, zone);
  }
  const resolverRules = [...new Set(all.flatMap((each) => each.resolverRules))];
  return { zones, unread: [...unread.values()], resolverRules };
};
