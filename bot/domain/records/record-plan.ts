/**
 * A change of the KMS record of one domain before anyone carries it out: value by value what is there, what will be,
 * and what undoes it. Values of others are in it only to be kept.
 */
import type { DirectoryDomain } from './directory-domain.ts';
import type { TargetFault } from './dns-name.ts';
import type { NameState, Ownership, RecordPlace } from './record-set.ts';
import type { SrvAnswer } from './srv-answer.ts';

/** One thing done to a set. */
export type RecordEdit = (
  | { readonly kind: 'add'; readonly answer: SrvAnswer }
  | { readonly kind: 'remove'; readonly answer: SrvAnswer }
  /** Another priority or weight for one of our own values. */
  | { readonly kind: 'change'; readonly from: SrvAnswer; readonly to: SrvAnswer }
  /** A value of nobody's or of another bot's becomes ours: its marks are replaced by one of ours, and it stays as it is. */
  | { readonly kind: 'adopt'; readonly answer: SrvAnswer }
  /** A value of ours becomes nobody's, or the other bot's again. */
  | { readonly kind: 'release'; readonly answer: SrvAnswer }
) &
  PutBack;

/** What only an inverse says: what the change left there, and what it found, so that the undo puts it back verbatim. */
export interface PutBack {
  /** The value as it was spelled, where that is not how the bot writes it. */
  readonly text?: string;
  /** TXT values that are marks of it: those the change made, and those it took away. */
  readonly marks?: { readonly made: readonly string[]; readonly taken: readonly string[] };
  /** TTL in seconds of the sets that went with their last value. */
  readonly ttl?: { readonly srv?: number; readonly txt?: number };
}

/** What is known of the KMS host that a value names, from earlier looks; every part absent where nothing is. */
export interface HostNote {
  /** Machines that reached it, or did not, at their latest look. */
  readonly reached?: number;
  readonly failed?: number;
  /** The count it told last. */
  readonly count?: number;
  /** It publishes its record by itself, which Route 53 takes from nobody. */
  readonly publishes?: true;
  readonly atMs?: number;
  /** What the configured zone around its name holds of it when the plan is made: no address where empty. */
  readonly inZone?: ZoneAddresses;
}

/** The addresses that one name has in a zone; a few of them where it has many. */
export interface ZoneAddresses {
  readonly zone: string;
  readonly addresses: readonly string[];
}

/** A value of the set, and what becomes of it. Text is verbatim, hostile until escaped. */
export interface RecordLine {
  readonly what: 'kept' | 'added' | 'removed' | 'changed' | 'adopted' | 'released';
  /** As it stands before; for an added one as it will stand. */
  readonly text: string;
  /** Only where it is changed. */
  readonly to?: string;
  /** Whose it is before the change; for an added one `ours`. */
  readonly ownership: Ownership;
  /** Absent where the text is no SRV answer. */
  readonly answer?: SrvAnswer;
  readonly host?: HostNote;
}

export interface RecordPlan {
  readonly place: RecordPlace;
  /** Empty where everything is so already. */
  readonly edits: readonly RecordEdit[];
  readonly before: NameState;
  readonly after: NameState;
  /** Every value before or after, in the order clients would try them. */
  readonly lines: readonly RecordLine[];
  /** What undoes it, applied to the set as it is then. */
  readonly inverse: readonly RecordEdit[];
  /** The change makes the set: its undo may take it away again. */
  readonly createsSet: boolean;
  readonly ttl: { readonly seconds: number; readonly why: 'default' | 'kept' };
}

/** What is asked for. */
export type RecordRequest =
  | {
      readonly kind: 'add';
      readonly target: string;
      readonly port: number;
      readonly priority?: number;
      readonly weight?: number;
    }
  /** Without port or numbers: whatever names the target. */
  | {
      readonly kind: 'remove' | 'adopt';
      readonly target: string;
      readonly port?: number;
      readonly priority?: number;
      readonly weight?: number;
    }
  /** The inverse of an earlier change. */
  | { readonly kind: 'undo'; readonly edits: readonly RecordEdit[]; readonly createdSet: boolean };

/** Why nothing is planned; values verbatim, hostile until escaped. */
export type RecordRefusal =
  /** No configured zone holds the domain. `inRoute53`: ids of zones of the account that do. */
  | { readonly kind: 'zone-not-configured'; readonly domain: string; readonly inRoute53: readonly string[] }
  /**
   * The domain is in no zone of Route 53 that is known, or in one by name only: whoever keeps it does it by these steps.
   * `directory`: Active Directory answers for it, though its name lies in the zone.
   */
  | {
      readonly kind: 'zone-elsewhere';
      readonly domain: string;
      readonly answer: SrvAnswer;
      readonly publishes?: boolean;
      readonly directory?: DirectoryDomain & { readonly zone: string };
    }
  | { readonly kind: 'zone-ambiguous'; readonly domain: string; readonly zoneIds: readonly string[] }
  | { readonly kind: 'zone-read-only'; readonly zone: string; readonly zoneId: string }
  | { readonly kind: 'zone-gone'; readonly zone: string; readonly zoneId: string }
  /** The zone has another name than the configuration says. */
  | { readonly kind: 'zone-renamed'; readonly zone: string; readonly zoneId: string; readonly found: string }
  | { readonly kind: 'zone-kept-by-service'; readonly zone: string; readonly service: string }
  | { readonly kind: 'untouchable'; readonly domain: string; readonly why: NonNullable<NameState['untouchable']> }
  | { readonly kind: 'bad-target'; readonly host: string; readonly why: TargetFault }
  /** Another bot's or nobody's value stands in the way: taking it over is a change of its own. */
  | { readonly kind: 'not-ours'; readonly text: string; readonly ownership: 'foreign' | 'other-bot' }
  | { readonly kind: 'would-be-empty'; readonly domain: string; readonly text: string }
  | {
      readonly kind: 'no-such-value';
      readonly domain: string;
      readonly target: string;
      readonly texts: readonly string[];
    }
  | { readonly kind: 'several-values'; readonly texts: readonly string[] }
  /** A value that is no SRV answer cannot be taken over. */
  | { readonly kind: 'unreadable-value'; readonly text: string }
  /** More than Route 53 takes: values of one set, or values or characters of one transaction. */
  | {
      readonly kind: 'set-full';
      readonly domain: string;
      readonly limit: number;
      readonly of: 'set' | 'batch-values' | 'batch-characters';
    }
  /** Undo: the values are no longer as the change left them. */
  | { readonly kind: 'changed-since'; readonly domain: string; readonly texts: readonly string[] };

export type RecordPlanned =
  | { readonly kind: 'plan'; readonly plan: RecordPlan }
  | { readonly kind: 'refused'; readonly refusal: RecordRefusal };

/** What Route 53 is asked: one transaction, in this order. */
export interface RecordChange {
  readonly action: 'DELETE' | 'CREATE';
  readonly type: 'SRV' | 'TXT';
  readonly set: { readonly ttlSeconds: number; readonly values: readonly string[] };
}
