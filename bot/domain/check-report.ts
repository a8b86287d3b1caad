/** What a check found, in the words a message is made of. */
import type { Hresult } from './hresult.ts';
import type { NodeId, NotAskable, Site } from './nodes.ts';

/** How a machine's Windows licence is meant to be activated, read from its key's channel. */
export type ActivationChannel =
  | 'kms-client'
  | 'kms-host'
  | 'mak'
  | 'retail'
  | 'oem'
  | 'avma'
  | 'evaluation'
  | 'none'
  | 'unknown';

/** What gave a KMS client its licence last. */
export type ActivatedBy = 'kms' | 'active-directory' | 'token' | 'permanent';

/** Why a node gave no record, though it was asked. */
export type NoAnswer =
  | { readonly kind: 'delivery-timed-out' }
  | { readonly kind: 'execution-timed-out' }
  | { readonly kind: 'undeliverable' }
  | { readonly kind: 'terminated' }
  | { readonly kind: 'access-denied' }
  | { readonly kind: 'invalid-platform' }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'failed'; readonly exitCode: number }
  /** Still running when the check's own deadline passed. */
  | { readonly kind: 'still-running' }
  /** The service listed no invocation for it. */
  | { readonly kind: 'no-invocation' }
  /** It was asked, but its site's answers could not be read. */
  | { readonly kind: 'not-read' }
  /** A status this version does not know, verbatim. */
  | { readonly kind: 'other'; readonly status: string };

/** Why an output that did come is not a record. */
export type UnreadableOutput =
  | { readonly kind: 'empty' }
  | { readonly kind: 'truncated' }
  | { readonly kind: 'not-ours' }
  | { readonly kind: 'garbled'; readonly at: string }
  | { readonly kind: 'newer-version'; readonly version: number };

export type Verdict =
  | {
      readonly state: 'activated';
      readonly by: ActivatedBy;
      readonly channel: ActivationChannel;
      /** Absent for a permanent licence. */
      readonly expiresAtMs?: number;
      /** Weekly renewals that did not happen; 0 for a permanent licence. */
      readonly missedRenewals: number;
    }
  | {
      readonly state: 'in-grace';
      readonly channel: ActivationChannel;
      readonly grace: 'initial' | 'out-of-tolerance' | 'non-genuine' | 'extended';
      readonly endsAtMs: number;
      readonly reason: Hresult;
    }
  | {
      readonly state: 'notification' | 'unlicensed';
      readonly channel: ActivationChannel;
      readonly reason: Hresult;
    }
  /** Windows itself is not a KMS client, and is activated (or not) by other means: shown apart, never as a failure of KMS. */
  | {
      readonly state: 'not-a-kms-client';
      readonly channel: Exclude<ActivationChannel, 'kms-client'>;
      readonly licensed: boolean;
    }
  /** A record came, but not what decides. `missing` names the probes. */
  | { readonly state: 'unknown'; readonly missing: readonly string[] }
  | { readonly state: 'unreadable'; readonly why: UnreadableOutput }
  | { readonly state: 'no-answer'; readonly why: NoAnswer }
  | { readonly state: 'not-asked'; readonly why: NotAskable };

export type VerdictState = Verdict['state'];

/**
 * What several machines have in common, so that one line can stand for all of them. `key` is stable and groups; the
 * other fields are what the sentence needs.
 */
export interface Cause {
  readonly key: string;
  /** Which sentence; the catalogue has one for each. */
  readonly kind: CauseKind;
  /** A host, domain, edition, channel … that the sentence names. */
  readonly subject?: string;
  readonly code?: Hresult;
  /**
   * What the machines of this cause share beyond that: an exit code, a status verbatim; of missed renewals the
   * {@link CauseKind} that explains them.
   */
  readonly detail?: string;
}

export type CauseKind =
  | 'never-reached-host'
  | 'no-srv-record'
  | 'target-unresolved'
  | 'target-no-answer'
  | 'target-refused'
  | 'target-not-kms'
  | 'assigned-host-dead'
  /** Assigned to a text that is no host name, or to a name without address. */
  | 'assigned-unresolved'
  /** Assigned to a port where nothing answers, while the same machine answers as KMS host on 1688. */
  | 'assigned-wrong-port'
  | 'assigned-not-kms'
  /** The one domain that the machine was told to look in has no record. */
  | 'lookup-domain-empty'
  | 'clock-skew'
  | 'count-too-low'
  | 'host-not-activated'
  | 'host-too-old'
  | 'wrong-key'
  | 'no-key'
  | 'evaluation-edition'
  | 'other-channel'
  | 'dns-server-silent'
  | 'no-dns-server'
  /** The last attempt asked a host that it would not ask today, and one that it would ask answers. */
  | 'not-tried-since'
  | 'kms-disabled'
  | 'renewals-missed'
  /** Several machines are sent by DNS to this host, and none of them gets an answer. */
  | 'dead-srv-target'
  /** Several machines are assigned by hand to this host, and none of them gets an answer. */
  | 'retired-assignment'
  /** The host answers other machines, and these get no answer. */
  | 'path-blocked'
  /** Several machines ask in this domain, and nobody finds a record there; `detail` is a domain where others do. */
  | 'zone-missing'
  /** Machines share a CMID, so a host counts them as one; the subject is their image, `detail` the CMID. */
  | 'duplicate-cmid'
  /** Pointed at a host that is not ours; `detail` is why, a {@link NotOurs}. */
  | 'unknown-host'
  | 'status-reason'
  | 'probe-failed'
  | 'unreadable'
  | 'no-answer'
  | 'offline'
  | 'not-running'
  | 'no-agent'
  | 'untagged'
  | 'not-windows';

/** The one thing that can be done now about a cause. */
export type NextAction =
  | { readonly kind: 'none' }
  | { readonly kind: 'diagnose'; readonly nodeId: NodeId }
  | { readonly kind: 'check-again' }
  | { readonly kind: 'start-agent' }
  | { readonly kind: 'tag' }
  | { readonly kind: 'start-instance' }
  | { readonly kind: 'install-gvlk'; readonly gvlk?: string }
  | { readonly kind: 'convert-edition' }
  | { readonly kind: 'sync-clock' }
  | { readonly kind: 'explain-code'; readonly code: Hresult };

/** Why a host cannot be one of ours. */
export type NotOurs = 'loopback' | 'link-local' | 'public-address';

/** A domain in which a machine's resolver was asked for the KMS record, and what it gave. */
export interface DomainAsked {
  readonly domain: string;
  /** `name:port` of what it named, at most eight; empty where it has no record, absent where it gave no answer. */
  readonly gives?: readonly string[];
  /** It is the machine's own domain of Active Directory. */
  readonly isDirectory?: true;
}

/** What of a machine's record matters to other machines; kept with its result so that a fleet can be looked at as one. */
export interface ClientSeen {
  readonly cmid?: string;
  readonly imageId?: string;
  readonly vpcId?: string;
  readonly skipRearm?: boolean;
  /** Windows build number, e.g. 20348. */
  readonly build?: number;
  /** 25 for client Windows, 5 for servers. */
  readonly needs?: 25 | 5;
  /**
   * `name:port`, lower-case, of the host it is assigned to; else of the one that its cause names, that its newest
   * attempt asked, or that it would find.
   */
  readonly host?: string;
  /** Whether that host answered a probe of today, or else the newest attempt. */
  readonly reached?: boolean;
  /** What that host said it had counted, in its answer to the newest attempt. */
  readonly counted?: { readonly count: number; readonly atMs: number };
  /** The failure that host answered to the newest attempt; absent where it was not reached. */
  readonly refused?: Hresult;
  /** Present where that host cannot be one of ours. */
  readonly notOurs?: NotOurs;
  /** A domain that its resolver finds a KMS record in, lower-case; absent when there is none. */
  readonly recordIn?: string;
  /** Where it asks for the record, at most six domains; absent when that was not read, and in results of before. */
  readonly asks?: readonly DomainAsked[];
  /** It is assigned to a host by hand, so that it does not look for one. */
  readonly assigned?: true;
  /** It holds a KMS host key. */
  readonly isHost?: true;
  /** Of a KMS host: its names and addresses, lower-case, at most eight. */
  readonly knownAs?: readonly string[];
}

export interface NodeResult {
  readonly nodeId: NodeId;
  readonly siteId: string;
  readonly name: string;
  readonly verdict: Verdict;
  /** Absent when the machine is well. */
  readonly cause?: Cause;
  readonly next: NextAction;
  /** E.g. `Windows Server 2022 Standard`; absent when unknown. */
  readonly os?: string;
  /** Absent when no record could be read. */
  readonly seen?: ClientSeen;
}

export interface CauseGroup {
  readonly cause: Cause;
  readonly state: VerdictState;
  readonly total: number;
  /** At most ten, in alphabetical order. */
  readonly examples: readonly { readonly nodeId: NodeId; readonly name: string }[];
  readonly next: NextAction;
  /** Newest sign of life or nearest expiry among them, where that matters. */
  readonly lastSeenMs?: number;
  readonly expiresAtMs?: number;
}

export interface CheckTotals {
  readonly machines: number;
  readonly activated: number;
  /** Of the activated, how many missed two renewals or more. */
  readonly activatedLate: number;
  readonly inGrace: number;
  /** Notification and unlicensed. */
  readonly notActivated: number;
  readonly notKmsClient: number;
  /** Unknown and unreadable. */
  readonly unknown: number;
  /** No answer and not asked. */
  readonly notAsked: number;
}

/** A site that could not be asked, wholly or in part, and why. */
export interface SiteTrouble {
  readonly siteId: string;
  readonly kind: 'missing-right' | 'document-missing' | 'site-unreachable';
  /** The right or the document that is missing. */
  readonly what?: string;
}

/** A check of several machines, finished. */
export interface CheckReport {
  readonly totals: CheckTotals;
  /** Worst first; groups of well machines are not in it. */
  readonly groups: readonly CauseGroup[];
  /** The nearest expiry among activated machines. */
  readonly nextExpiryMs?: number;
  /** The nearest time a healthy machine's next weekly renewal is due. */
  readonly nextRenewalMs?: number;
  readonly sites: readonly Site[];
  readonly startedAtMs: number;
  readonly finishedAtMs: number;
  /** Stopped at the check's own deadline rather than at the last answer. */
  readonly timedOut: boolean;
  /** Words that matched no machine, verbatim, each with the nearest names. */
  readonly unmatched: readonly { readonly word: string; readonly nearest: readonly string[] }[];
  /** Sites whose machines could not be asked though others could; absent when there are none. */
  readonly troubles?: readonly SiteTrouble[];
}

/** A check under way. */
export interface CheckProgress {
  readonly phase: 'looking-up' | 'sending' | 'waiting' | 'reading' | 'slowed-down';
  readonly total: number;
  readonly done: number;
  /** Among those read so far; absent before the first were read. */
  readonly soFar?: CheckTotals;
  readonly startedAtMs: number;
  /** Waiting for this long because AWS or Slack asked for it. */
  readonly waitingSeconds?: number;
}
