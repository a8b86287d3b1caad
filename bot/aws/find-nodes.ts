/** Machines looked up one by one, beyond the fleet: so that "why is my server not in it?" has an answer. */
import type { ManagedNode, Site } from '../domain/nodes.ts';
import { agentsOf, type DescribeCalls, type ManagedNodesDeps } from './describe-calls.ts';

const NODE_ID = /^m?i-[0-9a-f]{8,17}$/;
/** `Values` of an EC2 filter and of an `InstanceIds` filter of Systems Manager. */
const EC2_FILTER_VALUES = 200;
const SSM_FILTER_VALUES = 50;
/**
 * Systems Manager has no filter for computer names, so a name that EC2 does not know is searched in the listing of
 * agents, this many pages of fifty far. A machine beyond is found by its id.
 */
const NAME_SEARCH_PAGES = 4;

const inGroupsOf = <T>(size: number, items: readonly T[]): T[][] => {
  const groups: T[][] = [];
  for (let at = 0; at < items.length; at += size) groups.push(items.slice(at, at + size));
  return groups;
};

const named = (nodes: readonly ManagedNode[], names: readonly string[]): ManagedNode[] => {
  const wanted = new Set(names.map((name) => name.toLowerCase()));
  return nodes.filter((node) => wanted.has(node.name.toLowerCase()));
};

/** Every page: EC2 may give a page that is not full, or is empty, and go on behind it. */
const instancesBy = async (calls: DescribeCalls, filter: string, values: readonly string[]): Promise<ManagedNode[]> => {
  const found: ManagedNode[] = [];
  for (const group of inGroupsOf(EC2_FILTER_VALUES, values)) {
    let token: string | undefined;
    do {
      const more = token === undefined ? {} : { NextToken: token };
      const page = await calls.instances({ Filters: [{ Name: filter, Values: group }], ...more });
      found.push(...page.nodes);
      token = page.next || undefined;
    } while (token !== undefined);
  }
  return found;
};

/** An id that was never managed, or that only looks like one. */
const UNKNOWN_ID = new Set(['InvalidInstanceId', 'InvalidInstanceInformationFilterValue']);
const isUnknownId = (error: unknown): boolean => error instanceof Error && UNKNOWN_ID.has(error.name);

/** One id that was never managed spoils the whole call; the group is halved until the others are found. */
const agentsById = async (
  deps: ManagedNodesDeps,
  site: Site,
  calls: DescribeCalls,
  ids: readonly string[],
): Promise<ManagedNode[]> => {
  if (ids.length === 0) return [];
  try {
    const answer = await calls.agents({ Filters: [{ Key: 'InstanceIds', Values: [...ids] }] });
    return agentsOf(deps, site, false, answer.InstanceInformationList);
  } catch (error) {
    if (!isUnknownId(error)) throw error;
    if (ids.length === 1) return [];
  }
  const middle = Math.ceil(ids.length / 2);
  const first = await agentsById(deps, site, calls, ids.slice(0, middle));
  return [...first, ...(await agentsById(deps, site, calls, ids.slice(middle)))];
};

const agentsByName = async (
  deps: ManagedNodesDeps,
  site: Site,
  calls: DescribeCalls,
  names: readonly string[],
): Promise<ManagedNode[]> => {
  const found: ManagedNode[] = [];
  let token: string | undefined;
  for (let page = 0; page < NAME_SEARCH_PAGES && found.length < names.length; page += 1) {
    const answer = await calls.agents(token === undefined ? {} : { NextToken: token });
    found.push(...named(agentsOf(deps, site, false, answer.InstanceInformationList), names));
    token = answer.NextToken;
    if (!token) break;
  }
  return found;
};

/** The `Name` tag is matched by case; people type it in any. */
const spellings = (names: readonly string[]): string[] => [
  ...new Set(names.flatMap((name) => [name, name.toLowerCase(), name.toUpperCase()])),
];

/** EC2 takes `*` and `?` in a filter for wildcards; a name is only meant as it stands. */
const literal = (value: string): string => value.replace(/[\\*?]/g, '\\$&');

/** What EC2 and Systems Manager each say of the machines named; those not found are absent. */
export const findNodes = async (
  deps: ManagedNodesDeps,
  site: Site,
  calls: DescribeCalls,
  words: readonly string[],
): Promise<ManagedNode[]> => {
  const ids = words.filter((word) => NODE_ID.test(word));
  const names = words.filter((word) => !NODE_ID.test(word));
  const instances = await instancesBy(
    calls,
    'instance-id',
    ids.filter((id) => id.startsWith('i-')),
  );
  instances.push(...named(await instancesBy(calls, 'tag:Name', spellings(names).map(literal)), names));
  const byName = names.filter((name) => named(instances, [name]).length === 0);
  const agents = byName.length === 0 ? [] : await agentsByName(deps, site, calls, byName);
  const hybrid = ids.filter((id) => id.startsWith('mi-'));
  for (const group of inGroupsOf(SSM_FILTER_VALUES, [...instances.map((node) => node.id), ...hybrid])) {
    agents.push(...(await agentsById(deps, site, calls, group)));
  }
  const nameless = agents.filter((agent) => agent.id.startsWith('i-')).map((agent) => agent.id);
  const unknown = nameless.filter((id) => !instances.some((node) => node.id === id));
  return [...instances, ...(await instancesBy(calls, 'instance-id', unknown)), ...agents];
};
