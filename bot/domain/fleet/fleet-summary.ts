/**
 * What the machines of a site have in common, small enough to be kept: their KMS hosts, shared CMIDs, who reaches which
 * host, and which versions of Windows there are.
 *
 * Plain JSON. Made from the results of a look at a whole site; lists are cut at {@link CAPS}, and what was cut is told.
 */
import type { NotOurs } from '../check-report.ts';
import type { Hresult } from '../hresult.ts';
import type { NodeId } from '../nodes.ts';

/** The most entries that are kept of each list. */
export const CAPS = {
  kmsHosts: 50,
  duplicates: 200,
  reach: 200,
  builds: 60,
  unknownHosts: 50,
  recordsIn: 50,
  suffixes: 100,
} as const;
/** One of the lists. */
export type CappedList = keyof typeof CAPS;

/** Machines named per CMID or host. */
export const MOST_NAMES = 5;

/** Codes that are kept per host. */
export const MOST_CODES = 5;

/** Hosts that are kept per domain and network. */
export const MOST_GIVEN = 8;

/** Builds that are kept per host. */
export const MOST_BUILDS = 12;

/** What a machine has for a CMID before it has made one. */
export const NO_CMID = '00000000-0000-0000-0000-000000000000';

/** A machine by name. */
export interface NamedMachine {
  readonly nodeId: NodeId;
  readonly name: string;
  readonly imageId?: string;
}

/** A managed node that holds a KMS host key. */
export interface KmsHostNode {
  readonly nodeId: NodeId;
  readonly siteId: string;
  readonly name: string;
  readonly build?: number;
  /** Names and addresses its clients may use, lower-case. */
  readonly knownAs: readonly string[];
}

/** Machines with one CMID: a KMS host counts them as one. */
export interface SharedCmid {
  readonly cmid: string;
  /** All of them; two at least. */
  readonly machines: number;
  /** The first by name, at most {@link MOST_NAMES}. */
  readonly examples: readonly NamedMachine[];
  /** The image they all came from, where they came from one. */
  readonly imageId?: string;
  /** One of them at least is told to keep its CMID when it is generalised. */
  readonly skipRearm: boolean;
}

/** Machines that reached a host, or did not: at a probe of today, or else at their newest attempt. */
export interface HostReach {
  /** `name:port`, lower-case. */
  readonly host: string;
  readonly reached: number;
  readonly failed: number;
  /** What Windows they run, the most frequent first, at most {@link MOST_BUILDS}. */
  readonly builds: readonly BuildCount[];
  /** The newest count it told any of them; a host that keeps no more says 50, or 10 with servers only. */
  readonly counted?: { readonly count: number; readonly atMs: number };
  /** Failures it answered to newest attempts, the most frequent first, at most {@link MOST_CODES}. */
  readonly refused: readonly { readonly code: Hresult; readonly machines: number }[];
}

/** How many KMS clients run a build of Windows. */
export interface BuildCount {
  readonly build: number;
  readonly needs: 25 | 5;
  readonly machines: number;
}

/** A host that is not ours, and who asks it. */
export interface UnknownHost {
  readonly host: string;
  readonly why: NotOurs;
  readonly machines: number;
  readonly examples: readonly NamedMachine[];
}

/** A domain in which machines find a KMS record. */
export interface DomainWithRecord {
  readonly domain: string;
  readonly machines: number;
}

/** A domain in which KMS clients of one network ask for the KMS record. */
export interface SuffixUse {
  readonly domain: string;
  /** Absent for machines outside EC2. */
  readonly vpcId?: string;
  readonly machines: number;
  /** Of these, those whose resolver gave an SRV record there. */
  readonly found: number;
  /** Of these, those whose resolver gave no answer, neither a record nor that there is none; absent where none. */
  readonly unanswered?: number;
  /** Of these, those that find a record in no domain at all, and have no host assigned; absent where none. */
  readonly stranded?: number;
  /** Of these, those whose own domain of Active Directory it is; absent where none. */
  readonly directory?: number;
  /** What resolvers gave: `name:port`, those of the most machines first, at most {@link MOST_GIVEN}. */
  readonly given?: readonly GivenHost[];
  /** The first by name, at most {@link MOST_NAMES}. */
  readonly examples: readonly NamedMachine[];
}

/** A host that resolvers name in a domain. */
export interface GivenHost {
  readonly host: string;
  readonly machines: number;
}

/** Machines, looked at as one. */
export interface FleetSummary {
  readonly atMs: number;
  /** Machines that gave a record. */
  readonly machines: number;
  /** By name. */
  readonly kmsHosts: readonly KmsHostNode[];
  /** Of the other lists those of the most machines come first. */
  readonly duplicates: readonly SharedCmid[];
  readonly reach: readonly HostReach[];
  readonly builds: readonly BuildCount[];
  readonly unknownHosts: readonly UnknownHost[];
  readonly recordsIn: readonly DomainWithRecord[];
  /** Absent in summaries of before this was kept. */
  readonly suffixes?: readonly SuffixUse[];
  /** How many entries each list lost to its limit; empty when none did. */
  readonly dropped: Readonly<Partial<Record<CappedList, number>>>;
}

/** A summary of no machines. */
export const emptySummary = (atMs: number): FleetSummary => ({
  atMs,
  machines: 0,
  kmsHosts: [],
  duplicates: [],
  reach: [],
  builds: [],
  unknownHosts: [],
  recordsIn: [],
  suffixes: [],
  dropped: {},
});
