/** What is known of the host that a value of a record names. */
import type { HostFacts } from '../diagnosis/facts.ts';
import { answersItself, isActivated, isStopped, type KnownHost, knownHost } from '../diagnosis/known-host.ts';
import type { FleetSummary, HostReach } from '../fleet/fleet-summary.ts';
import { DAY_MS } from '../hosts/forecast.ts';
import { type Called, endpointOf, isCalled } from '../hosts/host-clients.ts';
import { type MachineView, probesOf } from './machine-views.ts';
import type { RecordsInput } from './records-input.ts';
import type { NamedHost } from './records-report.ts';
import type { SrvAnswer } from './srv-answer.ts';

/** A managed node that may be named, read once. */
export interface HostNode {
  readonly facts: HostFacts;
  readonly host: KnownHost;
  readonly called: Called;
}

export const hostNodes = ({ hosts, nowMs }: Pick<RecordsInput, 'hosts' | 'nowMs'>): readonly HostNode[] =>
  hosts.map((facts) => {
    const host = knownHost(facts, nowMs);
    return { facts, host, called: { names: [...host.names, ...host.addresses], isKnown: facts.record !== undefined } };
  });

/** A value's host with everything that was said of it. */
export interface HostFound {
  readonly named: NamedHost;
  readonly node?: HostNode;
  /** A port at which machines reach it, where they do not at the value's. */
  readonly otherPort?: number;
}

/** What hosts are found in. */
export interface HostSources {
  readonly nodes: readonly HostNode[];
  readonly views: readonly MachineView[];
  readonly fleet?: FleetSummary;
  /** Lower-case, without trailing dot. */
  readonly knownNames: readonly string[];
  readonly nowMs: number;
}

/** Finds it among managed nodes by name, else by what clients and the configuration know. */
export function findHost(answer: SrvAnswer, { nodes, views, fleet, knownNames, nowMs }: HostSources): HostFound {
  const node = nodes.find(({ called }) => isCalled(called, answer.target));
  const reaches = reachesOf(fleet, node?.called ?? { names: [answer.target], isKnown: true });
  const here = reaches.filter(({ host }) => endpointOf(host).port === answer.port);
  const [reached, failed] = [sum(here, 'reached'), sum(here, 'failed')];
  const other = reached === 0 && failed > 0 ? reaches.find((reach) => reach.reached > 0) : undefined;
  const now = probesOf(views, answer, node?.facts.node.id);
  const alive = aliveOf(node, reached + now.reached > 0);
  const days = contactDays(node, here, nowMs);
  const count = node?.host.role?.count ?? newestCount(here)?.count;
  return {
    named: {
      ...(node === undefined ? {} : { nodeId: node.facts.node.id, siteId: node.facts.node.siteId }),
      seen: seenOf(node, reaches, knownNames.includes(answer.target)),
      ...(alive === undefined ? {} : { alive }),
      ...(count === undefined ? {} : { count }),
      ...(days === undefined ? {} : { lastContactDays: days }),
      reached,
      failed,
      now,
    },
    ...(node === undefined ? {} : { node }),
    ...(other === undefined ? {} : { otherPort: endpointOf(other.host).port }),
  };
}

const reachesOf = (fleet: FleetSummary | undefined, called: Called): readonly HostReach[] =>
  (fleet?.reach ?? []).filter(({ host }) => isCalled(called, endpointOf(host).name));

const sum = (reaches: readonly HostReach[], of: 'reached' | 'failed'): number =>
  reaches.reduce((total, reach) => total + reach[of], 0);

function seenOf(node: HostNode | undefined, reaches: readonly HostReach[], isConfigured: boolean): NamedHost['seen'] {
  if (node?.facts.record !== undefined) return node.facts.askedNow ? 'asked' : 'remembered';
  if (reaches.length > 0) return 'by-clients';
  return isConfigured ? 'configured' : 'unknown';
}

/** Its own word of now first; one that does not run serves nobody; then what clients got. */
function aliveOf(node: HostNode | undefined, isReached: boolean): boolean | undefined {
  const own = node?.facts.askedNow === true && node.facts.record !== undefined ? ownWord(node.host) : undefined;
  if (own !== undefined) return own;
  if (node?.facts.node.presence.kind === 'not-running') return false;
  return isReached ? true : undefined;
}

/** False where one of them is known to be wrong, true where all are known to be right. */
function ownWord(host: KnownHost): boolean | undefined {
  const stopped = isStopped(host);
  const parts = [stopped === undefined ? undefined : !stopped, answersItself(host), isActivated(host)];
  if (parts.includes(false)) return false;
  return parts.includes(undefined) ? undefined : true;
}

const newestCount = (reaches: readonly HostReach[]): HostReach['counted'] =>
  reaches.flatMap(({ counted }) => counted ?? []).sort((a, b) => b.atMs - a.atMs)[0];

/** By the host's own log, or by the newest answer that a client remembers. */
function contactDays(node: HostNode | undefined, reaches: readonly HostReach[], nowMs: number): number | undefined {
  const digest = node?.host.record?.requestDigest;
  const byDay = digest?.read === true ? digest.value?.byDay : undefined;
  const youngest = byDay?.findIndex((clients) => clients > 0) ?? -1;
  const answered = newestCount(reaches)?.atMs;
  const all = [
    ...(node === undefined || youngest < 0 ? [] : [node.host.atMs - youngest * DAY_MS]),
    ...(answered === undefined ? [] : [answered]),
  ];
  return all.length === 0 ? undefined : Math.max(0, Math.floor((nowMs - Math.max(...all)) / DAY_MS));
}
