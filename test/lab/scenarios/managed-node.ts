/** A machine of the world as the site's inventory lists it. */
import type { ManagedNode, Presence } from '../../../bot/domain/nodes.ts';
import type { LabNode } from '../world/types.ts';

/** What EC2 and Systems Manager together say of a machine. */
export function managedNodeOf(node: LabNode): ManagedNode {
  const { id, site, name, tags, agent, vpc, imageId, usageOperation } = node;
  return {
    id,
    siteId: site,
    name,
    platform: node.platform,
    presence: presenceOf(node),
    inFleet: tags.KmsManaged === 'true',
    tags,
    ...(agent.version === '' ? {} : { agentVersion: agent.version }),
    ...(vpc === '' ? {} : { vpcId: vpc }),
    ...(imageId === '' ? {} : { imageId }),
    ...(usageOperation === '' ? {} : { usageOperation }),
  };
}

function presenceOf({ instanceState, agent }: LabNode): Presence {
  const lastSeenMs = agent.lastPingMs;
  if (instanceState !== 'running') {
    return { kind: 'not-running', instanceState, ...(agent.registered ? { lastSeenMs } : {}) };
  }
  if (!agent.registered) return { kind: 'no-agent' };
  return agent.online ? { kind: 'online' } : { kind: 'offline', lastSeenMs };
}
