/** Putting fleet summaries together, and keeping them small. */

import { addMachines, firstByName, inOrder, merged, mostFirst, nameKey } from './capped-lists.ts';
import {
  type BuildCount,
  CAPS,
  type CappedList,
  type FleetSummary,
  type HostReach,
  MOST_BUILDS,
  MOST_CODES,
  type SharedCmid,
  type UnknownHost,
} from './fleet-summary.ts';
import { inSuffixOrder, mergedSuffixes } from './suffix-uses.ts';

/**
 * Two summaries of different machines put together, as of the older one.
 *
 * A CMID that each side has once only is not found to be shared: a summary keeps no CMID of a single machine.
 */
export function mergeSummaries(one: FleetSummary, other: FleetSummary): FleetSummary {
  return cutSummary({
    atMs: Math.min(one.atMs, other.atMs),
    machines: one.machines + other.machines,
    kmsHosts: merged(one.kmsHosts, other.kmsHosts, ({ siteId, nodeId }) => `${siteId}/${nodeId}`, first),
    duplicates: merged(one.duplicates, other.duplicates, ({ cmid }) => cmid, mergeShared),
    reach: merged(one.reach, other.reach, ({ host }) => host, addReach),
    builds: merged(one.builds, other.builds, buildKey, addMachines),
    unknownHosts: merged(one.unknownHosts, other.unknownHosts, ({ host }) => host, mergeUnknown),
    recordsIn: merged(one.recordsIn, other.recordsIn, ({ domain }) => domain, addMachines),
    ...mergedSuffixes(one.suffixes, other.suffixes),
    dropped: addDropped(one.dropped, other.dropped),
  });
}

const first = <T>(a: T): T => a;

function addReach(a: HostReach, b: HostReach): HostReach {
  const counted = newest(a.counted, b.counted);
  return {
    host: a.host,
    reached: a.reached + b.reached,
    failed: a.failed + b.failed,
    builds: mostBuilds(merged(a.builds, b.builds, buildKey, addMachines)),
    refused: mostRefused(merged(a.refused, b.refused, ({ code }) => code, addMachines)),
    ...(counted === undefined ? {} : { counted }),
  };
}

type Counted = HostReach['counted'];

/** The later of two counts that a host told. */
export const newest = (a: Counted, b: Counted): Counted => {
  if (a === undefined || b === undefined) return a ?? b;
  return b.atMs > a.atMs ? b : a;
};

const buildKey = ({ build, needs }: BuildCount): string => `${build} ${needs}`;

/** The most frequent failures that a host answers. */
export const mostRefused = (refused: HostReach['refused']): HostReach['refused'] =>
  mostFirst(
    refused,
    ({ machines }) => machines,
    ({ code }) => code,
  ).slice(0, MOST_CODES);

/** The most frequent builds among a host's clients. */
export const mostBuilds = (builds: readonly BuildCount[]): readonly BuildCount[] =>
  mostFirst(builds, ({ machines }) => machines, buildKey).slice(0, MOST_BUILDS);

const mergeUnknown = (a: UnknownHost, b: UnknownHost): UnknownHost => ({
  ...addMachines(a, b),
  examples: firstByName([...a.examples, ...b.examples]),
});

function mergeShared(a: SharedCmid, b: SharedCmid): SharedCmid {
  const { imageId, ...shared } = addMachines(a, b);
  return {
    ...shared,
    examples: firstByName([...a.examples, ...b.examples]),
    skipRearm: a.skipRearm || b.skipRearm,
    ...(imageId !== undefined && imageId === b.imageId ? { imageId } : {}),
  };
}

type Dropped = FleetSummary['dropped'];

function addDropped(a: Dropped, b: Dropped): Dropped {
  const keys = [...new Set([...Object.keys(a), ...Object.keys(b)])] as CappedList[];
  return Object.fromEntries(keys.map((key) => [key, (a[key] ?? 0) + (b[key] ?? 0)]));
}

/** Sorts every list and cuts it at its limit, saying what went. */
export function cutSummary(summary: FleetSummary): FleetSummary {
  const lists = {
    kmsHosts: inOrder(summary.kmsHosts, nameKey),
    duplicates: mostFirst(
      summary.duplicates,
      ({ machines }) => machines,
      ({ cmid }) => cmid,
    ),
    reach: mostFirst(
      summary.reach,
      ({ reached, failed }) => reached + failed,
      ({ host }) => host,
    ),
    builds: mostFirst(
      summary.builds,
      ({ machines }) => machines,
      ({ build, needs }) => `${build} ${needs}`,
    ),
    unknownHosts: mostFirst(
      summary.unknownHosts,
      ({ machines }) => machines,
      ({ host }) => host,
    ),
    recordsIn: mostFirst(
      summary.recordsIn,
      ({ machines }) => machines,
      ({ domain }) => domain,
    ),
    suffixes: inSuffixOrder(summary.suffixes ?? []),
  };
  const went = (Object.keys(CAPS) as CappedList[]).filter((key) => lists[key].length > CAPS[key]);
  return {
    atMs: summary.atMs,
    machines: summary.machines,
    kmsHosts: lists.kmsHosts.slice(0, CAPS.kmsHosts),
    duplicates: lists.duplicates.slice(0, CAPS.duplicates),
    reach: lists.reach.slice(0, CAPS.reach),
    builds: lists.builds.slice(0, CAPS.builds),
    unknownHosts: lists.unknownHosts.slice(0, CAPS.unknownHosts),
    recordsIn: lists.recordsIn.slice(0, CAPS.recordsIn),
    ...(summary.suffixes === undefined ? {} : { suffixes: lists.suffixes.slice(0, CAPS.suffixes) }),
    dropped: addDropped(summary.dropped, Object.fromEntries(went.map((key) => [key, lists[key].length - CAPS[key]]))),
  };
}
