/** What a check of the whole fleet would have found of the other machines. */
import type { ClientSeen } from '../../../bot/domain/check-report.ts';
import type { FleetFacts, HostFacts } from '../../../bot/domain/diagnosis/facts.ts';
import type { InspectionRecord } from '../../../bot/domain/inspection-record.ts';
import { judge } from '../../../bot/domain/judge.ts';
import { whyNotAskable } from '../../../bot/domain/node-selection.ts';
import type { ManagedNode } from '../../../bot/domain/nodes.ts';
import { ask } from './ask-machine.ts';
import { managedNodeOf } from './managed-node.ts';
import type { ScenarioWorld } from './scenario-world.ts';

interface Seen {
  readonly node: ManagedNode;
  readonly seen: ClientSeen;
}

/** Machines with the same CMID, and who reaches which host; the machine itself is in neither. */
export function fleetFacts(
  world: ScenarioWorld,
  node: ManagedNode,
  record: InspectionRecord | undefined,
  hosts: readonly HostFacts[],
): FleetFacts {
  const hostIds = hosts.map((host) => host.node.id);
  const others = world.state.nodes.filter((lab) => lab.id !== node.id && !hostIds.includes(lab.id)).map(managedNodeOf);
  const seen = others.filter((other) => whyNotAskable(other) === undefined).flatMap((other) => seenOf(world, other));
  const cmid = record?.service.read ? record.service.value.cmid : undefined;
  return { sameCmid: seen.filter((other) => other.seen.cmid === cmid).map(namedMachine), reach: reachOf(seen) };
}

function seenOf(world: ScenarioWorld, node: ManagedNode): Seen[] {
  const reading = ask(world, node.id, {});
  const { seen } = judge({ node, evidence: { kind: 'output', reading }, nowMs: world.now() });
  return seen === undefined ? [] : [{ node, seen }];
}

const namedMachine = ({ node, seen }: Seen): FleetFacts['sameCmid'][number] => ({
  nodeId: node.id,
  name: node.name,
  ...(seen.imageId === undefined ? {} : { imageId: seen.imageId }),
});

function reachOf(machines: readonly Seen[]): FleetFacts['reach'] {
  const hosts = new Map<string, { reached: number; failed: number }>();
  for (const { seen } of machines) {
    if (seen.host === undefined || seen.reached === undefined) continue;
    const count = hosts.get(seen.host) ?? { reached: 0, failed: 0 };
    count[seen.reached ? 'reached' : 'failed'] += 1;
    hosts.set(seen.host, count);
  }
  return [...hosts].map(([host, count]) => ({ host, ...count }));
}
