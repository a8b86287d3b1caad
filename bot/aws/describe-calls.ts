/** The two calls that describe machines, for one site, with errors translated. */
import { DescribeInstancesCommand, type DescribeInstancesCommandInput, type EC2Client } from '@aws-sdk/client-ec2';
import {
  DescribeInstanceInformationCommand,
  type DescribeInstanceInformationCommandInput,
  type InstanceInformation,
} from '@aws-sdk/client-ssm';
import type { Tag } from '../domain/node-selection.ts';
import type { ManagedNode, Site } from '../domain/nodes.ts';
import { nodeFromAgent, nodeFromInstance } from './describe-nodes.ts';
import type { ClientsOf, SiteClients } from './sites.ts';
import { translated } from './translate-errors.ts';

export interface ManagedNodesDeps {
  readonly clientsOf: ClientsOf;
  readonly fleetTag: Tag;
  readonly functionName: string;
}

/** Largest pages the services give (`DescribeInstances`, `DescribeInstanceInformation`). */
const EC2_PAGE = 1000;
const SSM_PAGE = 50;

/** Makes the two calls for one site, with errors translated. */
export const describeCalls = (deps: ManagedNodesDeps, site: Site, clients: SiteClients) => {
  const call = (action: string) => ({ action, functionName: deps.functionName, siteId: site.id });
  return {
    instances: (input: DescribeInstancesCommandInput) =>
      translated(call('ec2:DescribeInstances'), () => instancesPage(deps, site, clients.ec2, input)),
    agents: (input: DescribeInstanceInformationCommandInput) =>
      translated(call('ssm:DescribeInstanceInformation'), () =>
        clients.ssm.send(new DescribeInstanceInformationCommand({ ...input, MaxResults: SSM_PAGE })),
      ),
  };
};

export type DescribeCalls = ReturnType<typeof describeCalls>;

const instancesPage = async (
  deps: ManagedNodesDeps,
  site: Site,
  ec2: EC2Client,
  input: DescribeInstancesCommandInput,
) => {
  const answer = await ec2.send(new DescribeInstancesCommand({ ...input, MaxResults: EC2_PAGE }));
  const instances = (answer.Reservations ?? []).flatMap((reservation) => reservation.Instances ?? []);
  return { nodes: present(instances.map((i) => nodeFromInstance(site.id, deps.fleetTag, i))), next: answer.NextToken };
};

/** The machines of one answer of Systems Manager. */
export const agentsOf = (
  deps: ManagedNodesDeps,
  site: Site,
  inFleet: boolean,
  list: readonly InstanceInformation[] | undefined,
): ManagedNode[] => present((list ?? []).map((info) => nodeFromAgent(site.id, deps.fleetTag, inFleet, info)));

const present = (nodes: readonly (ManagedNode | undefined)[]): ManagedNode[] =>
  nodes.filter((node) => node !== undefined);
