/** The zones of each account, listed once in a while. */
import type { Site } from '../domain/nodes.ts';
import { Transient } from '../errors.ts';
import type { Clock } from '../ports.ts';
import type { Route53Calls, Zone } from './route53-calls.ts';

/** For so long a new zone may go unnoticed. What is in a zone is never kept. */
const KEPT_MS = 60_000;
/** Two thousand zones; an account has five hundred unless it asked for more. */
const MOST_PAGES = 20;

/** The zones of an account. */
export interface ZoneList {
  readonly zones: readonly Zone[];
  /** Networks that see a zone, asked once for as long as the list is kept: for zones that nobody has named. */
  networksOf(zone: Zone, calls: Route53Calls): Promise<readonly string[]>;
}

export interface ZoneLists {
  /** Every zone of the site's account. A listing that was cut short goes on where it stopped. */
  read(site: Site, calls: Route53Calls): Promise<ZoneList>;
  forget(site: Site): void;
}

interface Listing {
  readonly startedAtMs: number;
  readonly zones: Zone[];
  /** Where the listing goes on; absent before its first page and after its last. */
  next?: string | undefined;
  pages: number;
}

interface Kept {
  readonly listing: Listing;
  /** The rest of the listing, while somebody reads it: others wait for it instead of reading it too. */
  reading?: Promise<ZoneList>;
}

const readRest = async (listing: Listing, calls: Route53Calls): Promise<ZoneList> => {
  while (listing.pages === 0 || (listing.next !== undefined && listing.pages < MOST_PAGES)) {
    const page = await calls.zones(listing.next);
    listing.zones.push(...page.zones);
    listing.pages += 1;
    listing.next = page.next;
  }
  return { zones: listing.zones, networksOf: askedOnce() };
};

const askedOnce = (): ZoneList['networksOf'] => {
  const asked = new Map<string, Promise<readonly string[]>>();
  return (zone, calls) => {
    const networks = asked.get(zone.id) ?? calls.zone(zone.id).then(({ vpcIds }) => vpcIds);
    asked.set(zone.id, networks);
    networks.catch(() => asked.delete(zone.id));
    return networks;
  };
};

/** The next page begins at a zone, which may have been deleted since: then the listing has lost its place. */
const isLost = (error: unknown, { next }: Listing): boolean =>
  next !== undefined && error instanceof Error && error.name === 'InvalidInput';

/** Kept in the process. Zones are an account's, whatever the region: sites of one account share the list. */
export const zoneLists = (clock: Clock): ZoneLists => {
  const lists = new Map<string, Kept>();
  const listOf = (account: string): Kept => {
    const known = lists.get(account);
    if (known !== undefined && clock() - known.listing.startedAtMs < KEPT_MS) return known;
    const fresh: Kept = { listing: { startedAtMs: clock(), zones: [], pages: 0 } };
    lists.set(account, fresh);
    return fresh;
  };
  return {
    read: (site, calls) => {
      const list = listOf(site.account);
      list.reading ??= readRest(list.listing, calls).catch((error: unknown) => {
        delete list.reading;
        if (!isLost(error, list.listing)) throw error;
        lists.delete(site.account);
        throw new Transient('route53', 'a zone was deleted while zones were listed', { cause: error });
      });
      return list.reading;
    },
    forget: (site) => {
      lists.delete(site.account);
    },
  };
};
