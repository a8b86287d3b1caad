/**
 * What operations need of Route 53: part of `ports.ts`, which passes it on. Reads are everybody's; writing is the change
 * function's alone.
 */
import type { UnreadZone, ZoneFacts } from './domain/diagnosis/facts.ts';
import type { Site } from './domain/nodes.ts';
import type { WriteRefusal } from './domain/records/record-outcome.ts';
import type { RecordChange } from './domain/records/record-plan.ts';
import type { NameState, RecordPlace } from './domain/records/record-set.ts';
import type { ZoneRead } from './domain/records/records-input.ts';

/** What somebody wants to know of a site's zones. Names lower-case without trailing dot; short lists. */
export interface ZonesWanted {
  /** Domains whose `_vlmcs._tcp` matters: those a machine asks in, and those its KMS hosts are in. */
  readonly domains: readonly string[];
  /** Names of KMS hosts whose addresses matter; a name without a dot is in none of the zones. */
  readonly targets: readonly string[];
  /** The machine's network, whose associations and forwarding rules matter; absent at sites it is not in. */
  readonly vpcId?: string;
}

/** What a site's zones hold of it. */
export interface ZonesRead {
  /** Every zone that is responsible for a domain or a target, private and public alike, each once. */
  readonly zones: readonly ZoneFacts[];
  /**
   * What should have been read and was not, each name once: a domain or target that no zone of this site's account is
   * responsible for (`not-in-route53`), one whose zone may not be read (`missing-right`, with the action), and the
   * VPC's id where its forwarding rules may not be.
   */
  readonly unread: readonly UnreadZone[];
  /** Domains that a forwarding rule holds for in the VPC; empty without `vpcId`. */
  readonly resolverRules: readonly string[];
}

/** One name of a zone, as Route 53 has it now: what a plan is made from. */
export type NameRead =
  | {
      readonly kind: 'read';
      /** As Route 53 gives it; the configuration may say otherwise. */
      readonly place: RecordPlace;
      /** The AWS service that keeps the zone, e.g. Cloud Map: nobody else may write in it. */
      readonly keptBy?: string;
      readonly state: NameState;
    }
  | { readonly kind: 'no-such-zone' };

/** What a look at the records of a site's zones wants to know. Names lower-case, ASCII, without trailing dot. */
export interface SurveyWanted {
  /** The configured zones of the site. */
  readonly zoneIds: readonly string[];
  /** Domains that machines ask in: of those that lie in a zone, what stands there. */
  readonly domains: readonly string[];
  /** Networks whose forwarding rules matter. */
  readonly vpcIds: readonly string[];
}

export interface RecordSurvey {
  readonly zones: readonly ZoneRead[];
  /** Zones of the account, not among those wanted, that are the nearest to a wanted domain. */
  readonly others: readonly { readonly zoneId: string; readonly name: string; readonly private: boolean }[];
  /** Zones (by name), networks (by id) and account listings (`hosted zones`) that could not be read. */
  readonly unread: readonly UnreadZone[];
  /** Domains that leave a network for other servers, by forwarding rules. */
  readonly rules: readonly { readonly vpcId: string; readonly domains: readonly string[] }[];
}

/** Route 53 as a site's account has it. Reads only. */
export interface RecordSets {
  /**
   * The zone and what stands at `_vlmcs._tcp.<domain>` in it: two calls.
   *
   * @throws Throttled, Transient, OperationFailed where a right is missing.
   */
  readName(site: Site, zoneId: string, domain: string): Promise<NameRead>;
  /** What stands there, without the zone: one call. Throws as `readName`; the zone gone is `undefined`. */
  readState(site: Site, zoneId: string, domain: string): Promise<NameState | undefined>;
  /**
   * Addresses of a name that is in the zone: one call. Empty where it has none; undefined where the zone does not tell:
   * an alias or another name stands there, the name is delegated, or the zone is gone. Throws as `readName`.
   */
  readAddresses(site: Site, zoneId: string, name: string): Promise<readonly string[] | undefined>;
  /** The zones of the account that hold a domain most closely, from its list of zones: one call and a page more a hundred. */
  zonesHolding(site: Site, domain: string): Promise<readonly { readonly zoneId: string; readonly name: string }[]>;
  /** Everything a look at all records needs. A missing right is no failure but a value. @throws Throttled, Transient. */
  survey(site: Site, wanted: SurveyWanted): Promise<RecordSurvey>;
  /**
   * Reads what concerns these names in as few calls as possible. A missing right is no failure but a value.
   *
   * @throws Throttled, and Transient where the service cannot be reached.
   */
  zonesFor(site: Site, wanted: ZonesWanted): Promise<ZonesRead>;
}

/** What became of a batch of record changes. */
export type WriteAnswer =
  | { readonly kind: 'accepted'; readonly routeChangeId: string }
  /** Somebody else changed one of the sets: nothing was written. Also what a repeat of an accepted batch is told. */
  | { readonly kind: 'mismatch' }
  /** Route 53 does not take it, and would not take it again. Its own words, without ours. */
  | { readonly kind: 'refused'; readonly why: WriteRefusal; readonly detail: string };

/** Writes record sets, by exact DELETE and CREATE in one transaction. Only the change function has it. */
export interface RecordWriter {
  /**
   * One call, for the sets of `_vlmcs._tcp.<domain>`.
   *
   * @throws Throttled (also where the zone is busy with another change), Transient where the answer may be lost,
   * OperationFailed where a right is missing.
   */
  write(request: {
    readonly site: Site;
    readonly zoneId: string;
    readonly domain: string;
    readonly changes: readonly RecordChange[];
    /** At most 256 characters; CloudTrail and `GetChange` show it. */
    readonly comment: string;
  }): Promise<WriteAnswer>;
  /** Whether every name server has the change: one call. Throws as `write`. */
  isInSync(site: Site, routeChangeId: string): Promise<boolean>;
}
