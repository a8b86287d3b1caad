/** In which domains the machines of each network ask for the KMS record, and what their resolvers give. */
import type { DomainAsked, NodeResult } from '../check-report.ts';
import { addMachines, firstByName, merged, mostFirst } from './capped-lists.ts';
import { type FleetSummary, type GivenHost, MOST_GIVEN, type SuffixUse } from './fleet-summary.ts';

/** Of machines that gave a record. Only KMS clients count: nobody else asks. */
export function suffixesOf(results: readonly NodeResult[]): readonly SuffixUse[] {
  const uses = new Map<string, SuffixUse>();
  for (const use of results.flatMap(usesOf)) {
    const known = uses.get(keyOf(use));
    uses.set(keyOf(use), known === undefined ? use : both(known, use));
  }
  return [...uses.values()];
}

function usesOf({ nodeId, name, verdict, seen }: NodeResult): readonly SuffixUse[] {
  const { asks, vpcId, imageId, assigned } = seen ?? {};
  if (asks === undefined || !('channel' in verdict) || verdict.channel !== 'kms-client') return [];
  const isStranded = assigned !== true && asks.every(({ gives }) => gives?.length === 0);
  return asks.map(({ domain, gives, isDirectory }) => ({
    domain,
    ...(vpcId === undefined ? {} : { vpcId }),
    machines: 1,
    ...resolved(gives),
    ...(isStranded ? { stranded: 1 } : {}),
    ...(isDirectory ? { directory: 1 } : {}),
    examples: [{ nodeId, name, ...(imageId === undefined ? {} : { imageId }) }],
  }));
}

const resolved = (gives: DomainAsked['gives']): Pick<SuffixUse, 'found' | 'unanswered' | 'given'> => ({
  found: gives === undefined || gives.length === 0 ? 0 : 1,
  ...(gives === undefined ? { unanswered: 1 } : {}),
  ...(gives === undefined || gives.length === 0 ? {} : { given: gives.map((host) => ({ host, machines: 1 })) }),
});

const keyOf = ({ domain, vpcId }: SuffixUse): string => `${domain} ${vpcId ?? ''}`;

/** Machines of both, in one domain and network. */
function both(a: SuffixUse, b: SuffixUse): SuffixUse {
  const unanswered = (a.unanswered ?? 0) + (b.unanswered ?? 0);
  const stranded = (a.stranded ?? 0) + (b.stranded ?? 0);
  const directory = (a.directory ?? 0) + (b.directory ?? 0);
  const given = mostGiven(merged(a.given ?? [], b.given ?? [], ({ host }) => host, addMachines));
  return {
    domain: a.domain,
    ...(a.vpcId === undefined ? {} : { vpcId: a.vpcId }),
    machines: a.machines + b.machines,
    found: a.found + b.found,
    ...(unanswered === 0 ? {} : { unanswered }),
    ...(stranded === 0 ? {} : { stranded }),
    ...(directory === 0 ? {} : { directory }),
    ...(given.length === 0 ? {} : { given }),
    examples: firstByName([...a.examples, ...b.examples]),
  };
}

const mostGiven = (given: readonly GivenHost[]): readonly GivenHost[] =>
  mostFirst(
    given,
    ({ machines }) => machines,
    ({ host }) => host,
  ).slice(0, MOST_GIVEN);

/** Absent only where neither side has it. */
export function mergedSuffixes(
  one: FleetSummary['suffixes'],
  other: FleetSummary['suffixes'],
): Pick<FleetSummary, 'suffixes'> {
  if (one === undefined && other === undefined) return {};
  return { suffixes: merged(one ?? [], other ?? [], keyOf, both) };
}

/** Those of the most machines first. */
export const inSuffixOrder = (suffixes: readonly SuffixUse[]): readonly SuffixUse[] =>
  mostFirst(suffixes, ({ machines }) => machines, keyOf);
