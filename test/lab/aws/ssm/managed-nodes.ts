/** Machines as Systems Manager knows them. */
import type { LabNode, World } from '../../world/types.ts';
import { nodeArn, nodesAt, type Place } from '../place.ts';
import { epochSeconds } from '../wire/answers.ts';
import type { PlatformType } from './documents.ts';

/** Agents ping every five minutes. Source: Amazon SSM Agent, health frequency. */
const PING_MS = 5 * 60_000;

const PLATFORM_TYPES = { windows: 'Windows', linux: 'Linux' } as const;

/** Registered machines; a terminated instance is gone. */
export function managedNodes(world: World, place: Place): readonly LabNode[] {
  const nodes = nodesAt(world, place);
  // One machine's look brings up to now what is due of all: who went down for a restart, and who is back.
  if (nodes[0] !== undefined) world.catchUp(nodes[0].id);
  return nodes.filter((node) => node.agent.registered && node.instanceState !== 'terminated');
}

/** The platform as Systems Manager names it. */
export function platformType(node: LabNode): PlatformType {
  return PLATFORM_TYPES[node.platform];
}

/** Whether a command by id may be sent to it. */
export function isOnline(node: LabNode): boolean {
  return node.agent.registered && node.agent.online && node.instanceState === 'running';
}

/** Computer name with its domain, as the agent reports it. */
export function reportedName(node: LabNode): string {
  const domain = node.windows?.domain || node.windows?.primarySuffix || '';
  return domain === '' ? node.name : `${node.name}.${domain}`;
}

/** A machine's resource and tags, for policies: both spellings of the tag key work. */
export function nodeResource(
  place: Place,
  node: { readonly id: string; readonly tags: Readonly<Record<string, string>> },
) {
  const context: Record<string, string> = {};
  for (const [key, value] of Object.entries(node.tags)) {
    context[`aws:ResourceTag/${key}`] = value;
    context[`ssm:resourceTag/${key}`] = value;
  }
  return { arn: nodeArn(place, node.id), context };
}

/** An entry of `DescribeInstanceInformation`. */
export function instanceInformation(node: LabNode, nowMs: number): Readonly<Record<string, unknown>> {
  const online = isOnline(node);
  return {
    InstanceId: node.id,
    PingStatus: online ? 'Online' : 'ConnectionLost',
    LastPingDateTime: epochSeconds(
      online ? Math.max(node.agent.lastPingMs, nowMs - (nowMs % PING_MS)) : node.agent.lastPingMs,
    ),
    AgentVersion: node.agent.version,
    PlatformType: platformType(node),
    ...platformName(node),
    ResourceType: resourceType(node),
    ...(node.windows?.adapters[0]?.addresses[0] === undefined
      ? {}
      : { IPAddress: node.windows.adapters[0].addresses[0] }),
    ComputerName: reportedName(node),
    SourceId: node.id,
    SourceType: node.id.startsWith('mi-') ? 'AWS::SSM::ManagedInstance' : 'AWS::EC2::Instance',
    AssociationStatus: 'Success',
  };
}

/** Whether a machine is an EC2 instance or a hybrid one. */
export function resourceType(node: LabNode): 'EC2Instance' | 'ManagedInstance' {
  return node.id.startsWith('mi-') ? 'ManagedInstance' : 'EC2Instance';
}

function platformName({ windows }: LabNode): { readonly PlatformName: string; readonly PlatformVersion: string } {
  if (windows === undefined) return { PlatformName: 'Amazon Linux', PlatformVersion: '2023' };
  const isServer = windows.productType !== 1;
  const edition = windows.edition.replace(/^Server/, '');
  return {
    PlatformName: `Microsoft Windows ${isServer ? 'Server ' : ''}${windows.generation} ${edition}`.trim(),
    PlatformVersion: platformVersion(windows.build),
  };
}

/** Windows 8.1 and Server 2012 R2 are 6.3, everything after is 10.0. */
function platformVersion(build: string): string {
  const [number = ''] = build.split('.');
  return number === '9600' ? `6.3.${number}` : `10.0.${number}`;
}
