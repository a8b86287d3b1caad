/** The other side's story: what `/kms hosts` tells of each KMS host. */
import type { RequestDigest } from '../host-record.ts';
import type { Hresult } from '../hresult.ts';
import type { NodeId, Site } from '../nodes.ts';

/** How good the count is for one kind of client. */
export interface Threshold {
  readonly of: 'client-windows' | 'server' | 'office';
  readonly needed: 25 | 5;
  readonly met: boolean;
  /** When the count falls below it if nobody new comes and nobody renews; absent when not within 30 days. */
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
  | { readonly kind: 'service-stopped'; readonly state: string }
  | { readonly kind: 'not-listening'; readonly port: number }
  | { readonly kind: 'listens-without-answering'; readonly port: number }
  | { readonly kind: 'firewall-closed' }
  | { readonly kind: 'not-activated'; readonly code: Hresult }
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
  | { readonly kind: 'not-publishing' }
  | { readonly kind: 'key-too-old'; readonly keyGroup: string; readonly machines: number; readonly needs: string }
  | { readonly kind: 'refuses'; readonly code: Hresult; readonly events: number }
  | { readonly kind: 'idle'; readonly sinceMs: number }
  | { readonly kind: 'clock-off'; readonly seconds: number }
  | { readonly kind: 'clients-cannot-reach'; readonly machines: number };

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
  readonly count?: number;
  /** The count is the most this host keeps: it says "at least". */
  readonly saturated: boolean;
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
