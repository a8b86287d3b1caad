/** The other side's story: what `/kms hosts` tells of each KMS host. */
import type { NotOurs } from '../check-report.ts';
import type { RequestDigest } from '../host-record.ts';
import type { Hresult } from '../hresult.ts';
import type { NodeId, Site } from '../nodes.ts';

/** How good the count is for one kind of client. */
export interface Threshold {
  /** Office hosts keep a count of their own, which no record tells yet: the kind never occurs so far. */
  readonly of: 'client-windows' | 'server' | 'office';
  readonly needed: 25 | 5;
  readonly met: boolean;
  /**
   * When the count falls below it if nobody new comes and nobody renews, at the earliest. Told only where clients that
   * it depends on have missed a weekly renewal already: with all of them renewing it is always three weeks away.
   */
  readonly missedFromMs?: number;
}

/** Requests since the sample before. */
export interface RequestsSince {
  readonly sinceMs: number;
  readonly total: number;
  readonly failed: number;
}

/** Something about a host that someone has to look at; the sentence is the catalogue's. */
export type HostConcern =
  | { readonly kind: 'offline'; readonly lastSeenMs?: number; readonly state?: string }
  /** Online, but it gave no record. */
  | { readonly kind: 'no-answer' }
  | { readonly kind: 'service-stopped'; readonly state: string }
  | { readonly kind: 'not-listening'; readonly port: number }
  | { readonly kind: 'listens-without-answering'; readonly port: number }
  | { readonly kind: 'firewall-closed' }
  /** Why, as its own licence says; without a code where only its answers to clients tell. */
  | { readonly kind: 'not-activated'; readonly code?: Hresult }
  | { readonly kind: 'activation-ends'; readonly atMs: number }
  | { readonly kind: 'below-threshold'; readonly of: Threshold['of']; readonly count: number; readonly needed: number }
  | { readonly kind: 'falls-below'; readonly of: Threshold['of']; readonly atMs: number }
  | {
      readonly kind: 'duplicates';
      readonly cmids: number;
      readonly machines: number;
      readonly names: readonly string[];
    }
  | { readonly kind: 'publishing-fails'; readonly code: Hresult; readonly domain: string; readonly atMs: number }
  | { readonly kind: 'key-too-old'; readonly keyGroup: string; readonly machines: number; readonly needs: string }
  /** Its Windows does not know newer clients without this update (KB number); whether it is there was not told. */
  | { readonly kind: 'update-needed'; readonly update: string; readonly machines: number }
  /** Below the threshold, while the hosts together have counted enough: clients spread over too many hosts. */
  | { readonly kind: 'count-split'; readonly of: Threshold['of']; readonly total: number; readonly needed: number }
  /** Clients ask it, and it cannot be one of ours. */
  | { readonly kind: 'unknown-host'; readonly why: NotOurs; readonly machines: number }
  | { readonly kind: 'refuses'; readonly code: Hresult; readonly events: number }
  | { readonly kind: 'idle'; readonly sinceMs: number }
  | { readonly kind: 'clock-off'; readonly seconds: number }
  | { readonly kind: 'clients-cannot-reach'; readonly machines: number }
  /** A name that machines ask and that nobody says is a host: none has reached it, as far back as their logs go. */
  | { readonly kind: 'nobody-reaches'; readonly machines: number };

/** One KMS host. */
export interface HostStory {
  readonly name: string;
  readonly siteId?: string;
  readonly nodeId?: NodeId;
  /** `asked`: by its own record of now; `remembered`: by an earlier one; `by-clients`: no agent, by what clients saw. */
  readonly seen: 'asked' | 'remembered' | 'by-clients';
  readonly seenAtMs: number;
  readonly os?: string;
  /** Generation of the host key, e.g. `Windows Server 2022`; absent when unknown. */
  readonly keyGroup?: string;
  readonly activated?: boolean;
  /** Host keys for Office, which keep a count of their own that the record does not tell; absent where it has none. */
  readonly officeKeys?: { readonly keys: number; readonly activated: number };
  readonly count?: number;
  /** The count is the most this host keeps: it says "at least". */
  readonly saturated: boolean;
  /** The most it keeps: 50, or 10 while only servers have asked; absent when nobody has. */
  readonly mostCounted?: 50 | 10;
  readonly thresholds: readonly Threshold[];
  readonly digest?: RequestDigest;
  readonly requestsSince?: RequestsSince;
  readonly port: number;
  readonly listening?: 'answers' | 'listens' | 'no' | 'unknown';
  readonly firewall?: 'open' | 'closed' | 'unknown';
  readonly publishing?: 'on' | 'off';
  readonly publishedAtMs?: number;
  /** Clients of the ledger whose latest attempt went there. */
  readonly clients: { readonly reached: number; readonly failed: number };
  /** Worst first; empty when the host is well. */
  readonly concerns: readonly HostConcern[];
}

/** All of them. */
export interface HostsReport {
  /** Worst first. */
  readonly hosts: readonly HostStory[];
  readonly sites: readonly Site[];
  /** Sites that could not be asked, with the right that is missing or why. */
  readonly unread: readonly { readonly siteId: string; readonly why: string }[];
  readonly startedAtMs: number;
  readonly finishedAtMs: number;
}

/** What is kept of a host to tell differences by. */
export interface HostSample {
  readonly atMs: number;
  readonly count?: number;
  readonly total: number;
  readonly failed: number;
}
