/** One machine, told of by two sources: the instance (EC2) and its agent (Systems Manager). */
import type { ManagedNode, Presence } from './nodes.ts';

const lastSeenOf = (presence: Presence): number | undefined =>
  presence.kind === 'offline' || presence.kind === 'not-running' ? presence.lastSeenMs : undefined;

/** A stopped instance is stopped whatever its agent said last; otherwise whoever heard of the agent knows more. */
const mergePresence = (a: Presence, b: Presence): Presence => {
  const stopped = a.kind === 'not-running' ? a : b.kind === 'not-running' ? b : undefined;
  if (stopped === undefined) return a.kind === 'no-agent' ? b : a;
  const lastSeenMs = lastSeenOf(a) ?? lastSeenOf(b);
  return lastSeenMs === undefined ? stopped : { ...stopped, lastSeenMs };
};

const isNamed = (node: ManagedNode): boolean => node.name !== node.id;

const mergeTwo = (a: ManagedNode, b: ManagedNode): ManagedNode => {
  const [agent, instance] = b.agentVersion === undefined ? [a, b] : [b, a];
  return {
    ...instance,
    ...agent,
    name: isNamed(agent) ? agent.name : instance.name,
    platform: agent.platform === 'unknown' ? instance.platform : agent.platform,
    presence: mergePresence(agent.presence, instance.presence),
    inFleet: agent.inFleet || instance.inFleet,
    tags: { ...agent.tags, ...instance.tags },
  };
};

/** Every machine once, in the order of first mention; what several sources said of one is put together. */
export const mergeNodes = (nodes: readonly ManagedNode[]): readonly ManagedNode[] => {
  const byId = new Map<string, ManagedNode>();
  for (const node of nodes) {
    const known = byId.get(node.id);
    byId.set(node.id, known === undefined ? node : mergeTwo(known, node));
  }
  return [...byId.values()];
};
