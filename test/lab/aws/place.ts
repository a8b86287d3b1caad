/** The account and region a call is for, and what of the world is there. */
import type { LabNode, World } from '../world/types.ts';
import type { AwsCall } from './types.ts';

/** An account and a region. */
export type Place = Pick<AwsCall, 'account' | 'region'>;

/** A place as the key of a map. */
export function placeKey({ account, region }: Place): string {
  return `${account}/${region}`;
}

/** Ids of the sites in this account and region; none where the world has nothing there. */
export function siteIdsAt(world: World, { account, region }: Place): ReadonlySet<string> {
  return new Set(
    world.state.sites.filter((site) => site.account === account && site.region === region).map(({ id }) => id),
  );
}

/** Every machine in this account and region. */
export function nodesAt(world: World, place: Place): readonly LabNode[] {
  const sites = siteIdsAt(world, place);
  return world.state.nodes.filter((node) => sites.has(node.site));
}

/** The machine with this id, if it is in this account and region. */
export function nodeAt(world: World, place: Place, id: string): LabNode | undefined {
  const node = world.node(id);
  return node !== undefined && siteIdsAt(world, place).has(node.site) ? node : undefined;
}

/** What policies name a machine by: an EC2 instance, or a managed instance of Systems Manager. */
export function nodeArn({ account, region }: Place, id: string): string {
  return id.startsWith('mi-')
    ? `arn:aws:ssm:${region}:${account}:managed-instance/${id}`
    : `arn:aws:ec2:${region}:${account}:instance/${id}`;
}
