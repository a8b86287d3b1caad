/** Managed nodes as EC2 and Systems Manager describe them, in the domain's words. */
import type { Instance } from '@aws-sdk/client-ec2';
import type { InstanceInformation } from '@aws-sdk/client-ssm';
import { maskSecrets } from '../domain/mask-secrets.ts';
import type { Tag } from '../domain/node-selection.ts';
import type { ManagedNode, Platform, Presence } from '../domain/nodes.ts';

const PLATFORMS: Readonly<Record<string, Platform>> = { Windows: 'windows', Linux: 'linux', MacOS: 'macos' };

const platformOfInstance = (instance: Instance): Platform => {
  if (instance.Platform?.toLowerCase() === 'windows') return 'windows';
  const details = instance.PlatformDetails ?? '';
  if (/^windows/i.test(details)) return 'windows';
  return /linux|unix/i.test(details) ? 'linux' : 'unknown';
};

const presenceOfInstance = (instance: Instance): Presence => {
  const state = instance.State?.Name ?? 'unknown';
  return state === 'running' ? { kind: 'no-agent' } : { kind: 'not-running', instanceState: state };
};

/** People write anything into a tag. What looks like a secret is not taken in: inventories are kept, and shown. */
const tagsOf = (instance: Instance): Record<string, string> =>
  Object.fromEntries((instance.Tags ?? []).map(({ Key = '', Value = '' }) => [maskSecrets(Key), maskSecrets(Value)]));

/** What EC2 knows: state, tags, image and licence. Whether an agent runs there is for Systems Manager to say. */
export const nodeFromInstance = (siteId: string, fleet: Tag, instance: Instance): ManagedNode | undefined => {
  const id = instance.InstanceId;
  if (id === undefined || instance.State?.Name === 'terminated') return undefined;
  const tags = tagsOf(instance);
  return {
    id,
    siteId,
    name: tags.Name || id,
    platform: platformOfInstance(instance),
    presence: presenceOfInstance(instance),
    inFleet: tags[fleet.key] === fleet.value,
    tags,
    ...(instance.VpcId ? { vpcId: instance.VpcId } : {}),
    ...(instance.ImageId ? { imageId: instance.ImageId } : {}),
    ...(instance.UsageOperation ? { usageOperation: instance.UsageOperation } : {}),
  };
};

const shortName = (computerName: string | undefined): string | undefined => computerName?.split('.')[0] || undefined;

/**
 * What Systems Manager knows: whether the agent answers, the computer name, the platform. `inFleet` says whether it
 * was asked for machines with the fleet's tag: of tags it tells nothing else.
 */
export const nodeFromAgent = (
  siteId: string,
  fleet: Tag,
  inFleet: boolean,
  info: InstanceInformation,
): ManagedNode | undefined => {
  const id = info.InstanceId;
  if (id === undefined) return undefined;
  const online = info.PingStatus === 'Online';
  return {
    id,
    siteId,
    name: maskSecrets(shortName(info.ComputerName) ?? info.Name ?? id),
    platform: PLATFORMS[info.PlatformType ?? ''] ?? 'unknown',
    presence: online ? { kind: 'online' } : { kind: 'offline', lastSeenMs: info.LastPingDateTime?.getTime() ?? 0 },
    inFleet,
    tags: inFleet ? { [fleet.key]: fleet.value } : {},
    agentVersion: info.AgentVersion ?? '',
  };
};
