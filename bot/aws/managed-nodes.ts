/** The machines of a site, joined from EC2 and Systems Manager. */
import { mergeNodes } from '../domain/merge-nodes.ts';
import type { Site } from '../domain/nodes.ts';
import type { ManagedNodes } from '../ports.ts';
import { agentsOf, type DescribeCalls, describeCalls, type ManagedNodesDeps } from './describe-calls.ts';
import { findNodes } from './find-nodes.ts';

/** Instances come first, agents after: a cursor begins with the source it continues. */
const EC2_CURSOR = 'ec2:';
const SSM_CURSOR = 'ssm:';

/**
 * Managed nodes over EC2 and Systems Manager.
 *
 * A page is one call. The pages of one reading tell of the same machine twice, once as instance and once as agent:
 * {@link mergeNodes} puts them together. Machines of a hybrid activation have no instance and are known by their agent.
 */
export const ssmManagedNodes = (deps: ManagedNodesDeps): ManagedNodes => ({
  page: async (site, cursor = EC2_CURSOR) => {
    const calls = describeCalls(deps, site, await deps.clientsOf(site));
    return cursor.startsWith(EC2_CURSOR)
      ? instancesOfFleet(deps, calls, cursor.slice(EC2_CURSOR.length))
      : agentsOfFleet(deps, site, calls, cursor.slice(SSM_CURSOR.length));
  },
  find: async (site, words) => {
    if (words.length === 0) return [];
    const calls = describeCalls(deps, site, await deps.clientsOf(site));
    return mergeNodes(await findNodes(deps, site, calls, words));
  },
});

const instancesOfFleet = async (deps: ManagedNodesDeps, calls: DescribeCalls, token: string) => {
  const { nodes, next } = await calls.instances({
    Filters: [{ Name: `tag:${deps.fleetTag.key}`, Values: [deps.fleetTag.value] }],
    ...(token === '' ? {} : { NextToken: token }),
  });
  return { nodes, cursor: next ? `${EC2_CURSOR}${next}` : SSM_CURSOR };
};

const agentsOfFleet = async (deps: ManagedNodesDeps, site: Site, calls: DescribeCalls, token: string) => {
  const answer = await calls.agents({
    Filters: [{ Key: `tag:${deps.fleetTag.key}`, Values: [deps.fleetTag.value] }],
    ...(token === '' ? {} : { NextToken: token }),
  });
  const nodes = agentsOf(deps, site, true, answer.InstanceInformationList);
  return answer.NextToken ? { nodes, cursor: `${SSM_CURSOR}${answer.NextToken}` } : { nodes };
};
