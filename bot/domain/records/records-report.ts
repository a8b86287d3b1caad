/** What `/kms dns` tells: each configured zone's KMS record value by value, and where records and machines do not meet. */
import type { NotOurs } from '../check-report.ts';
import type { UnreadZone } from '../diagnosis/facts.ts';
import type { NodeId, Site } from '../nodes.ts';
import type { ExactSet, NameState, Ownership, RecordPlace } from './record-set.ts';
import type { SrvAnswer } from './srv-answer.ts';

/** What a value names, as far as it is known. */
export interface NamedHost {
  /** The managed node, where it is one. */
  readonly nodeId?: NodeId;
  readonly siteId?: string;
  /**
   * By its own record of now, by an earlier one, by what clients saw, because the configuration names it, or nobody
   * knows it.
   */
  readonly seen: 'asked' | 'remembered' | 'by-clients' | 'configured' | 'unknown';
  /** It can activate clients: service, port and its own activation; absent where that is not known. */
  readonly alive?: boolean;
  readonly count?: number;
  /** Whole days since a client came last, 0 for the last 24 hours; absent where nothing tells. */
  readonly lastContactDays?: number;
  /** Machines that reached it at this port, or did not, at the latest look at the fleet. */
  readonly reached: number;
  readonly failed: number;
  /** The same of machines asked now, the host itself not among them. */
  readonly now: { readonly reached: number; readonly failed: number };
}

/** Something about one value that somebody has to look at; worst first where there are several. */
export type ValueConcern =
  /** It is no SRV answer. */
  | { readonly kind: 'unreadable' }
  /** `by`: the zone that should hold it, or the machine whose resolver has none. */
  | { readonly kind: 'target-without-address'; readonly by: string }
  /** It is no KMS host: a managed machine without a host key. */
  | { readonly kind: 'no-kms-host' }
  /** It cannot be one of ours, and the configuration does not name it. */
  | { readonly kind: 'unknown-host'; readonly why: NotOurs }
  /** Its instance does not run, its service does not answer on the machine itself, or of several machines none got through. */
  | {
      readonly kind: 'host-dead';
      readonly why: 'not-running' | 'not-answering' | 'unreached';
      readonly machines: number;
    }
  | { readonly kind: 'host-not-activated' }
  /** It listens on another port. */
  | { readonly kind: 'wrong-port'; readonly port: number }
  /** Others reach it, or it is not known whether anybody could. */
  | { readonly kind: 'not-reached'; readonly machines: number; readonly reached: number };

export interface ValueStory {
  /** Verbatim, hostile until escaped. */
  readonly text: string;
  readonly answer?: SrvAnswer;
  readonly ownership: Ownership;
  /** Absent where the text is no SRV answer. */
  readonly host?: NamedHost;
  /** What its name leads to, as a zone or a machine asked now tells; empty: nowhere; absent: nobody told. */
  readonly addresses?: readonly string[];
  /** Worst first. */
  readonly concerns: readonly ValueConcern[];
}

/** How clients spread over the values of a set. */
export type Spread =
  /** One host. */
  | { readonly kind: 'one' }
  /** Several share the lowest priority: their count is split. */
  | { readonly kind: 'shared'; readonly hosts: number }
  /** One is asked first; the others only when it does not answer. */
  | { readonly kind: 'standby'; readonly first: string };

/** Machines of one network that ask in a domain. */
export interface NetworkUse {
  /** Absent for machines outside EC2. */
  readonly vpcId?: string;
  readonly machines: number;
  /** Of these, those whose resolver gives a record there. */
  readonly found: number;
  /** Those whose resolver gave no answer. */
  readonly unanswered: number;
  /** Those that find a record in no domain, and have no host assigned. */
  readonly stranded: number;
  /** The record has come or gone since they were looked at, and none of them was asked now: `found` says nothing. */
  readonly isOverdue?: true;
  /** They were given a record when they were looked at, and those of them that were asked now are given none. */
  readonly isGone?: true;
  /** One of them. */
  readonly example?: { readonly nodeId: NodeId; readonly name: string };
}

/** Something about a zone's record that somebody has to look at. */
export type RecordConcern =
  /** Every host that it names is known not to serve. */
  | { readonly kind: 'no-living-host' }
  /** `elsewhere`: the domain is within this one, which other DNS servers answer: a record in the zone would not be seen. */
  | { readonly kind: 'no-record'; readonly elsewhere?: string }
  /** A network's forwarding rule beats the zone. `machines`: those that do not find the record; 0 where none is known. */
  | { readonly kind: 'hidden-by-rule'; readonly vpcId: string; readonly rule: string; readonly machines: number }
  /** Machines of this network ask in the domain and find nothing, and the zone is not associated with it. */
  | { readonly kind: 'not-associated'; readonly vpcId: string; readonly machines: number }
  /** Machines ask there, and their resolvers do not give the record that the zone has. */
  | { readonly kind: 'not-found-by-machines'; readonly vpcId?: string; readonly machines: number }
  /** A value that the bot wrote is gone, or was changed by somebody else. */
  | { readonly kind: 'lost'; readonly answer: SrvAnswer; readonly atMs: number }
  /** Our mark is there, its value is not. */
  | { readonly kind: 'mark-without-value'; readonly answer: SrvAnswer }
  /** Resolvers name a host that the record does not. */
  | {
      readonly kind: 'resolvers-differ';
      readonly host: string;
      readonly vpcId?: string;
      readonly machines: number;
    }
  | { readonly kind: 'untouchable'; readonly why: NonNullable<NameState['untouchable']> }
  /** Our value is there, our mark is not: it counts as foreign until it is taken over again. */
  | { readonly kind: 'mark-lost'; readonly answer: SrvAnswer };

/** One domain of one zone. */
export interface RecordStory {
  readonly place: RecordPlace;
  readonly write: boolean;
  readonly keptBy?: string;
  /** Absent where there is no SRV set. */
  readonly set?: Pick<ExactSet, 'ttlSeconds'>;
  /** In the order clients try them. */
  readonly values: readonly ValueStory[];
  readonly spread?: Spread;
  /** Worst first. */
  readonly concerns: readonly RecordConcern[];
  /** Networks whose machines ask in this domain and are this zone's to answer; absent where nobody has looked. */
  readonly networks?: readonly NetworkUse[];
}

/** A domain that machines ask in and that no configured zone holds. */
export interface SuffixStory {
  readonly domain: string;
  readonly networks: readonly NetworkUse[];
  /**
   * `no-zone`: no zone of Route 53 that is known holds it; `not-configured`: one does, which the configuration does not
   * name; `unread`: nobody may say.
   */
  readonly why: 'no-zone' | 'not-configured' | 'unread';
  readonly zoneId?: string;
}

/** A KMS host that is alive and stands in no record. */
export interface UnrecordedHost {
  readonly name: string;
  readonly port: number;
  readonly nodeId?: NodeId;
  /** It publishes by itself, where the bot does not see. */
  readonly publishes: boolean;
  /** Domains of configured zones that it would belong in. */
  readonly domains: readonly string[];
}

/** A KMS host that is known to serve. */
export interface LivingHost {
  readonly target: string;
  readonly port: number;
  /** Machines that reached it at the latest look at the fleet. */
  readonly reached: number;
}

/** Something that could not be read. */
export interface Unread {
  /** A zone by name, a network by id, or the site whose hosts are meant. */
  readonly name: string;
  readonly of: 'zone' | 'network' | 'list' | 'hosts';
  readonly why: UnreadZone['why'] | 'document-missing';
  /** The right that is missing. */
  readonly action?: string;
}

export interface RecordsReport {
  /** Worst first. */
  readonly records: readonly RecordStory[];
  readonly withoutRecord: readonly UnrecordedHost[];
  /** What records could name; those that most machines reach first. */
  readonly living: readonly LivingHost[];
  /** Those with machines that find no record first, then those of most machines. */
  readonly suffixes: readonly SuffixStory[];
  readonly unread: readonly Unread[];
  /** No zone is configured at all. */
  readonly unconfigured?: true;
  /** The word that was asked for names no configured zone. */
  readonly noSuchZone?: { readonly word: string; readonly known: readonly string[] };
  readonly sites: readonly Site[];
  /** When the fleet was last looked at as a whole; absent when it never was, or before domains were kept. */
  readonly fleetAtMs?: number;
  readonly startedAtMs: number;
  readonly finishedAtMs: number;
}
