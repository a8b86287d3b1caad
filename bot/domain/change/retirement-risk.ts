/**
 * What retiring a KMS host does to its clients: whether another host takes them, and whether they are enough there.
 *
 * A client keeps its activation for 180 days from its last renewal; a host counts a client for 30 days after its last
 * contact, 25 of them are needed for client Windows and 5 for servers. Microsoft, "KMS activation planning".
 */
import type { RequestDigest } from '../host-record.ts';
import { COUNTED_DAYS, DAY_MS } from '../hosts/forecast.ts';
import type { HostConcern, HostStory } from '../hosts/host-story.ts';

/** Days for which an activation lasts after the last renewal. */
export const ACTIVATION_DAYS = 180;

/** What is known of the clients of the host that goes. */
export interface Leaving {
  /** Distinct clients that asked it in the last 30 days: its log's word, else what it counts at least. */
  readonly clients: number;
  /** What the most demanding of them needs; 0 for no client at all. */
  readonly needed: 25 | 5 | 0;
  /** When the first of them loses its activation, at the earliest, where none renews any more. */
  readonly missedAtMs?: number;
}

/** The clients that the host's own log tells; a log that was not read leaves its counters. */
export const leavingClients = (
  digest: RequestDigest | undefined,
  counted: { readonly count?: number; readonly requiredCount: number } | undefined,
  nowMs: number,
): Leaving => {
  if (digest === undefined) return byCounters(counted);
  const { clients, clientWindows, byDay } = digest;
  const oldest = byDay.slice(0, COUNTED_DAYS).findLastIndex((each) => each > 0);
  const missedAtMs = nowMs + (ACTIVATION_DAYS - oldest - 1) * DAY_MS;
  return { clients, needed: needed(clients, clientWindows > 0), ...(oldest < 0 ? {} : { missedAtMs }) };
};

const needed = (clients: number, hasClientWindows: boolean): Leaving['needed'] => {
  if (clients === 0) return 0;
  return hasClientWindows ? 25 : 5;
};

const byCounters = (counted: { readonly count?: number; readonly requiredCount: number } | undefined): Leaving => {
  const clients = counted?.count ?? 0;
  return { clients, needed: needed(clients, (counted?.requiredCount ?? 0) > 5) };
};

/** A host that stays, as far as the count goes. */
export interface Staying {
  readonly name: string;
  /** Clients it counts at least. */
  readonly count: number;
}

/** Concerns of a host that takes nobody's clients as it stands. */
const USELESS: readonly HostConcern['kind'][] = [
  'offline',
  'no-answer',
  'service-stopped',
  'not-listening',
  'listens-without-answering',
  'firewall-closed',
  'not-activated',
  'unknown-host',
  'nobody-reaches',
];

/** Hosts that could take the clients: they serve as they stand now. */
export const stayingHosts = (
  hosts: readonly HostStory[],
  leaving: { readonly nodeId: string; readonly names: readonly string[] },
): readonly Staying[] =>
  hosts
    .filter(({ nodeId, name }) => nodeId !== leaving.nodeId && !leaving.names.includes(name.toLowerCase()))
    .filter(({ activated, concerns }) => activated !== false && !concerns.some(({ kind }) => USELESS.includes(kind)))
    // Something of which no more is known than that a port answers may be no KMS host at all.
    .filter(({ seen, count }) => seen !== 'by-clients' || count !== undefined)
    .map(({ name, count = 0 }) => ({ name, count }));

/** What follows. */
export type RetirementRisk =
  | { readonly kind: 'none' }
  /** Nobody is left to take its clients. */
  | { readonly kind: 'no-other-host' }
  /** Not even all together would be enough on the host that counts most. */
  | { readonly kind: 'threshold'; readonly needed: 25 | 5; readonly count: number; readonly missedAtMs?: number }
  /** Hosts that would not reach the threshold with their share of the clients. */
  | {
      readonly kind: 'warn';
      readonly hosts: readonly Staying[];
      readonly needed: 25 | 5;
      readonly missedAtMs?: number;
    };

/**
 * Clients go where DNS sends them, one by one: in the best case all to one host, on average to each its share. What is
 * short of the threshold in the best case is refused; what is short of it with an even share is warned of.
 */
export const retirementRisk = (leaving: Leaving, staying: readonly Staying[]): RetirementRisk => {
  const { clients, needed: needs, missedAtMs } = leaving;
  if (needs === 0) return { kind: 'none' };
  if (staying.length === 0) return { kind: 'no-other-host' };
  const dated = { needed: needs, ...(missedAtMs === undefined ? {} : { missedAtMs }) };
  const best = Math.max(...staying.map(({ count }) => count + clients));
  if (best < needs) return { kind: 'threshold', count: best, ...dated };
  const share = Math.floor(clients / staying.length);
  const short = staying.filter(({ count }) => count + share < needs);
  return short.length === 0 ? { kind: 'none' } : { kind: 'warn', hosts: short, ...dated };
};
