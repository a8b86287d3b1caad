/**
 * The other side's story: every KMS host, by its own record where it has an agent, and by what clients saw where not.
 *
 * Pure and total: a host that said nothing is told with what is known of it, and why there is not more.
 */
import type { HostFacts } from '../diagnosis/facts.ts';
import { knownHost } from '../diagnosis/known-host.ts';
import type { FleetSummary } from '../fleet/fleet-summary.ts';
import type { NodeId, Site } from '../nodes.ts';
import { type Called, clientsByHost } from './host-clients.ts';
import type { HostConcern, HostSample, HostStory, HostsReport, Threshold } from './host-story.ts';
import { storyByClients } from './story-by-clients.ts';
import { storyOfNode } from './story-of-node.ts';
import { compareHosts, worstFirst } from './worst-first.ts';

/** What the stories are made from. */
export interface HostsInput {
  readonly hosts: readonly HostFacts[];
  /** The sample before this look, by node id. */
  readonly samples: Readonly<Record<NodeId, HostSample>>;
  /** What the fleet's machines say, of all the sites asked together; absent where nobody has looked at them yet. */
  readonly fleet?: FleetSummary;
  /** Names, addresses and networks of the configuration; of these only names are told as hosts of their own. */
  readonly knownHosts: readonly string[];
  readonly sites: readonly Site[];
  readonly unread: HostsReport['unread'];
  readonly startedAtMs: number;
  readonly nowMs: number;
}

/** Tells of all hosts, worst first. */
export function tellHosts(input: HostsInput): HostsReport {
  const { hosts, fleet, nowMs } = input;
  const nodes = hosts.map((facts) => calledAs(facts, nowMs));
  const clients = clientsByHost(fleet, nodes);
  const ofNodes = hosts.map((facts, index) => {
    const before = input.samples[facts.node.id];
    return storyOfNode({ facts, clients: clients.ofNodes[index], nowMs, ...(before === undefined ? {} : { before }) });
  });
  const ofOthers = storyByClients({ clients: clients.ofOthers, fleet, knownHosts: input.knownHosts, nodes, nowMs });
  const { sites, unread, startedAtMs } = input;
  const stories = withSplits([...ofNodes, ...ofOthers]);
  return { hosts: stories.sort(compareHosts), sites, unread, startedAtMs, finishedAtMs: nowMs };
}

function calledAs(facts: HostFacts, nowMs: number): Called {
  const { names, addresses } = knownHost(facts, nowMs);
  return { names: [...names, ...addresses], isKnown: facts.record !== undefined };
}

/** Where hosts miss a threshold that they would meet together, each of them says so. */
function withSplits(stories: readonly HostStory[]): HostStory[] {
  const splits = new Map((['client-windows', 'server'] as const).map((of) => [of, totalBelow(stories, of)]));
  return stories.map((story) => {
    const more = story.concerns.flatMap((concern): readonly HostConcern[] => {
      const total = concern.kind === 'below-threshold' ? splits.get(concern.of as 'server') : undefined;
      if (concern.kind !== 'below-threshold' || total === undefined || total < concern.needed) return [];
      return [{ kind: 'count-split', of: concern.of, total, needed: concern.needed }];
    });
    return more.length === 0 ? story : { ...story, concerns: worstFirst([...story.concerns, ...more]) };
  });
}

/** What the hosts that miss a threshold have counted together; undefined for fewer than two of them. */
function totalBelow(stories: readonly HostStory[], of: Threshold['of']): number | undefined {
  const below = stories.filter(
    ({ concerns, count = 0 }) =>
      count > 0 && concerns.some((concern) => concern.kind === 'below-threshold' && concern.of === of),
  );
  return below.length < 2 ? undefined : below.reduce((sum, { count = 0 }) => sum + count, 0);
}
