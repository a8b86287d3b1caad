/** The summary of a fleet, from the results of a look at it. */
import type { ActivationChannel, ClientSeen, NodeResult, Verdict } from '../check-report.ts';
import { firstByName } from './capped-lists.ts';
import {
  type BuildCount,
  type DomainWithRecord,
  type FleetSummary,
  type HostReach,
  type KmsHostNode,
  type NamedMachine,
  NO_CMID,
  type SharedCmid,
  type UnknownHost,
} from './fleet-summary.ts';
import { cutSummary, mostBuilds, mostRefused, newest } from './merge-summaries.ts';
import { suffixesOf } from './suffix-uses.ts';

/** A machine that gave a record. */
interface Seen {
  readonly result: NodeResult;
  readonly seen: ClientSeen;
}

/** Sums up machines that gave a record; the others say nothing about the fleet. */
export function summaryOf(results: readonly NodeResult[], atMs: number): FleetSummary {
  const all = results.flatMap((result) => (result.seen === undefined ? [] : [{ result, seen: result.seen }]));
  return cutSummary({
    atMs,
    machines: all.length,
    kmsHosts: all.flatMap(kmsHostOf),
    duplicates: sharedCmids(all),
    reach: reachOf(all),
    builds: buildsOf(all),
    unknownHosts: unknownHostsOf(all),
    recordsIn: recordsOf(all),
    suffixes: suffixesOf(results),
    dropped: {},
  });
}

/** Machines by what they have in common; those without it are left out. */
function grouped(all: readonly Seen[], keyOf: (machine: Seen) => string | undefined): ReadonlyMap<string, Seen[]> {
  const groups = new Map<string, Seen[]>();
  for (const machine of all) {
    const key = keyOf(machine);
    if (key === undefined) continue;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [machine]);
    else group.push(machine);
  }
  return groups;
}

function kmsHostOf({ result, seen }: Seen): readonly KmsHostNode[] {
  if (seen.isHost !== true) return [];
  const { nodeId, siteId, name } = result;
  const build = seen.build === undefined ? {} : { build: seen.build };
  return [{ nodeId, siteId, name, ...build, knownAs: seen.knownAs ?? [name.toLowerCase()] }];
}

const named = ({ result, seen }: Seen): NamedMachine => ({
  nodeId: result.nodeId,
  name: result.name,
  ...(seen.imageId === undefined ? {} : { imageId: seen.imageId }),
});

function sharedCmids(all: readonly Seen[]): readonly SharedCmid[] {
  const groups = grouped(all, ({ seen }) => (seen.cmid === NO_CMID ? undefined : seen.cmid));
  return [...groups].flatMap(([cmid, machines]) => {
    if (machines.length < 2) return [];
    const images = new Set(machines.map(({ seen }) => seen.imageId));
    const [imageId] = images;
    return [
      {
        cmid,
        machines: machines.length,
        examples: firstByName(machines.map(named)),
        skipRearm: machines.some(({ seen }) => seen.skipRearm === true),
        ...(images.size === 1 && imageId !== undefined ? { imageId } : {}),
      },
    ];
  });
}

/** A KMS host that asks itself tells nothing about the way to it. */
function reachOf(all: readonly Seen[]): readonly HostReach[] {
  const asking = all.filter(({ seen }) => seen.reached !== undefined && seen.isHost !== true);
  return [...grouped(asking, ({ seen }) => seen.host)].map(([host, machines]) => {
    const reached = machines.filter(({ seen }) => seen.reached === true).length;
    const counted = machines.map(({ seen }) => seen.counted).reduce(newest, undefined);
    return {
      host,
      reached,
      failed: machines.length - reached,
      builds: mostBuilds(buildsOf(machines)),
      refused: mostRefused(refusedOf(machines)),
      ...(counted === undefined ? {} : { counted }),
    };
  });
}

const refusedOf = (machines: readonly Seen[]): HostReach['refused'] =>
  [...grouped(machines, ({ seen }) => seen.refused)].flatMap(([, group]) => {
    const code = group[0]?.seen.refused;
    return code === undefined ? [] : [{ code, machines: group.length }];
  });

/** The channel of a machine that told its licence. */
const channelOf = (verdict: Verdict): ActivationChannel | undefined =>
  'channel' in verdict ? verdict.channel : undefined;

function buildsOf(all: readonly Seen[]): readonly BuildCount[] {
  const clients = all.filter(({ result }) => channelOf(result.verdict) === 'kms-client');
  const groups = grouped(clients, ({ seen }) => (seen.build === undefined ? undefined : `${seen.build} ${seen.needs}`));
  return [...groups.values()].flatMap(([first, ...more]) => {
    const { build, needs } = first?.seen ?? {};
    return build === undefined || needs === undefined ? [] : [{ build, needs, machines: more.length + 1 }];
  });
}

function unknownHostsOf(all: readonly Seen[]): readonly UnknownHost[] {
  const groups = grouped(all, ({ seen }) => (seen.notOurs === undefined ? undefined : seen.host));
  return [...groups].flatMap(([host, machines]) => {
    const why = machines[0]?.seen.notOurs;
    return why === undefined
      ? []
      : [{ host, why, machines: machines.length, examples: firstByName(machines.map(named)) }];
  });
}

const recordsOf = (all: readonly Seen[]): readonly DomainWithRecord[] =>
  [...grouped(all, ({ seen }) => seen.recordIn)].map(([domain, machines]) => ({ domain, machines: machines.length }));
