/** Which nodes a command goes to, and in which state each begins. */
import type { LabNode, World } from '../../world/types.ts';
import { nodeAt, type Place } from '../place.ts';
import { refusal, validationException } from '../refusal.ts';
import { demand } from '../service.ts';
import type { Authorize, AwsCall } from '../types.ts';
import type { CommandTargetEntry, Invocation, InvocationState } from './command.ts';
import type { SsmDocument } from './documents.ts';
import { isOnline, managedNodes, nodeResource, platformType, reportedName } from './managed-nodes.ts';
import type { SendCommandInput } from './shapes.ts';

/** Nodes named by id: one that cannot be reached refuses the whole call. */
export function nodesById(
  world: World,
  call: AwsCall,
  ids: readonly string[],
  authorize: Authorize,
): readonly LabNode[] {
  if (new Set(ids).size !== ids.length) throw refusal('DuplicateInstanceId');
  const found = ids.map((id) => nodeAt(world, call, id));
  for (const [index, id] of ids.entries()) {
    const { arn, context } = nodeResource(call, found[index] ?? { id, tags: {} });
    demand(authorize, call, 'ssm:SendCommand', arn, context);
  }
  const unreachable = ids.filter((_, index) => !isReachable(found[index]));
  if (unreachable.length > 0) {
    const list = unreachable.map((id) => `[${id}]`).join(', ');
    throw refusal('InvalidInstanceId', `Instances [${list}] not in a valid state for account ${call.account}`);
  }
  return found.filter((node) => node !== undefined);
}

function isReachable(node: LabNode | undefined): boolean {
  return node !== undefined && isOnline(node);
}

/** Throws unless every node's platform is one of the document's. */
export function checkPlatforms(document: SsmDocument, nodes: readonly LabNode[]): void {
  if (nodes.every((node) => document.platformTypes.includes(platformType(node)))) return;
  throw refusal(
    'UnsupportedPlatformType',
    `Document ${document.name} does not support the platform of the given nodes.`,
  );
}

/** What `Targets` may say. Throws for what Run Command does not take. */
export function readTargets(targets: SendCommandInput['Targets']): readonly CommandTargetEntry[] {
  return (targets ?? []).map(({ Key = '', Values = [] }) => {
    if (Key.startsWith('resource-groups:')) throw validationException('The lab has no resource groups.');
    if (Key !== 'InstanceIds' && Key !== 'tag-key' && !/^tag:./.test(Key)) {
      throw refusal('InvalidTarget', `The target key ${Key} is not supported.`);
    }
    if (Values.length === 0) throw refusal('InvalidTarget', `The target ${Key} has no values.`);
    if (Key === 'InstanceIds' && Values.includes('*'))
      throw refusal('InvalidInstanceId', 'InstanceIds=* is not supported.');
    return { Key, Values };
  });
}

/**
 * Entries are united by *and*, the values of one by *or*. Ids that nobody has are kept, and are undeliverable: AWS says so
 * of a node that does not exist, and that a target expression does not refuse it as `InstanceIds` would; what it lists
 * of such an id has not been verified against the service.
 */
export function nodesByTarget(
  world: World,
  place: Place,
  targets: readonly CommandTargetEntry[],
): readonly (LabNode | string)[] {
  const matching = managedNodes(world, place).filter((node) => targets.every((target) => isMeant(node, target)));
  const known = new Set(matching.map(({ id }) => id));
  const onlyIds = targets.every(({ Key }) => Key === 'InstanceIds');
  const ids = onlyIds ? [...new Set(targets.flatMap(({ Values }) => Values))] : [];
  return [...matching, ...ids.filter((id) => !known.has(id))];
}

function isMeant(node: LabNode, { Key, Values }: CommandTargetEntry): boolean {
  if (Key === 'InstanceIds') return Values.includes(node.id);
  if (Key === 'tag-key') return Values.some((key) => Object.hasOwn(node.tags, key));
  const key = Key.slice('tag:'.length);
  const value = Object.hasOwn(node.tags, key) ? node.tags[key] : undefined;
  return value !== undefined && Values.includes(value);
}

/** The invocation of one target, already ended where the node will never be tried. */
export function firstInvocation(target: LabNode | string, state: InvocationState, nowMs: number): Invocation {
  const ended = state !== 'pending';
  return {
    nodeId: typeof target === 'string' ? target : target.id,
    nodeName: typeof target === 'string' ? '' : reportedName(target),
    state,
    startedAtMs: 0,
    finishedAtMs: ended ? nowMs : 0,
    responseCode: -1,
    stdout: '',
    stderr: '',
  };
}

/**
 * How a node found by target begins. One that the caller may not reach, and so one without tags where tags decide, is
 * denied first; whether AWS looks at an id that nobody has before or after the caller's rights is not verified. A stopped
 * instance is undeliverable at once, one whose agent is silent is tried
 * until delivery times out.
 */
export function firstState(
  call: AwsCall,
  target: LabNode | string,
  document: SsmDocument,
  authorize: Authorize,
): InvocationState {
  const { arn, context } = nodeResource(call, typeof target === 'string' ? { id: target, tags: {} } : target);
  if (!authorize(call, 'ssm:SendCommand', arn, context).allowed) return 'accessDenied';
  if (typeof target === 'string' || target.instanceState !== 'running') return 'undeliverable';
  return document.platformTypes.includes(platformType(target)) ? 'pending' : 'invalidPlatform';
}
