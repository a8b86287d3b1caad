/** What stands at one `_vlmcs._tcp` name, exactly as it was read: a DELETE has to repeat it. */

/** One record set. */
export interface ExactSet {
  readonly ttlSeconds: number;
  /** Verbatim, in the order they were given. */
  readonly values: readonly string[];
}

/** The sets of one name. A set that is not there is absent. */
export interface NameState {
  readonly srv?: ExactSet;
  readonly txt?: ExactSet;
  /** Why the bot does not touch this name: answers are routed or an alias, or the name is an alias for another. */
  readonly untouchable?: 'routed' | 'alias' | 'cname';
}

/** A zone that the configuration names. */
export interface ConfiguredZone {
  /** `Z…`, without `/hostedzone/`. */
  readonly id: string;
  /** Lower-case, ASCII, without trailing dot. */
  readonly name: string;
  readonly siteId: string;
  /** Whether the bot may write in it. */
  readonly write: boolean;
}

/** Where a record stands: a domain that clients ask in, and the zone that holds it. */
export interface RecordPlace {
  readonly siteId: string;
  readonly zoneId: string;
  readonly zone: string;
  readonly private: boolean;
  /** Networks that see a private zone; empty for a public one. */
  readonly vpcIds: readonly string[];
  /** The zone's own name, or one below it. Lower-case, ASCII, without trailing dot. */
  readonly domain: string;
}

/** Whose a value is: marked by this deployment, by another one of the bot, or by nobody. */
export type Ownership = 'ours' | 'other-bot' | 'foreign';
