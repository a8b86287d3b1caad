/** `DescribeInstanceInformation`, and the tags of what Systems Manager keeps. */
import type { LabNode } from '../../world/types.ts';
import { nodeAt } from '../place.ts';
import { refusal } from '../refusal.ts';
import { demand, type Operation } from '../service.ts';
import type { Authorize, AwsAnswer, AwsCall, LabContext } from '../types.ts';
import { jsonAnswer } from '../wire/answers.ts';
import { readInput } from '../wire/constraints.ts';
import { pagePosition, pageToken } from '../wire/paging.ts';
import { type Documents, documentArn } from './documents.ts';
import { demandOnAccount } from './listings.ts';
import {
  instanceInformation,
  isOnline,
  managedNodes,
  nodeResource,
  platformType,
  resourceType,
} from './managed-nodes.ts';
import type { ParameterStore } from './parameter-store.ts';
import { AddTagsToResourceInput, DescribeInstanceInformationInput, ListTagsForResourceInput } from './shapes.ts';

/** What the inventory needs. */
export interface InventoryDeps extends LabContext {
  readonly authorize: Authorize;
  readonly documents: Documents;
  readonly parameters: ParameterStore;
}

interface Filter {
  readonly Key: string;
  readonly Values: readonly string[];
}

const DEFAULT_PAGE = 10;
const NODE_ID = /^(i-(\w{8}|\w{17})|mi-\w{17})$/;
/** The service knows these too, but the lab's machines have nothing to be filtered by. */
const WITHOUT_VALUES = ['ActivationIds', 'IamRole', 'AssociationStatus', 'SourceIds', 'SourceTypes'];

/** Reads of managed machines, and tags. */
export function inventoryOperations(deps: InventoryDeps): Readonly<Record<string, Operation>> {
  return {
    DescribeInstanceInformation: (call) => describeInstances(deps, call),
    ListTagsForResource: (call) => listTags(deps, call),
    AddTagsToResource: (call) => addTags(deps, call),
  };
}

function describeInstances(deps: InventoryDeps, call: AwsCall): AwsAnswer {
  demandOnAccount(deps.authorize, call, 'ssm:DescribeInstanceInformation');
  const input = readInput(call, DescribeInstanceInformationInput);
  const filters = [
    ...(input.Filters ?? []),
    ...(input.InstanceInformationFilterList ?? []).map(({ key, valueSet }) => ({ Key: key, Values: valueSet })),
  ];
  checkFilters(deps, call, filters);
  const [at = 0] = input.NextToken === undefined ? [] : positionOf(input.NextToken, filters);
  const size = input.MaxResults ?? DEFAULT_PAGE;
  // A stopped instance is left out. Source: AWS, DescribeInstanceInformation.
  const found = managedNodes(deps.world, call).filter(
    (node) => node.instanceState !== 'stopped' && filters.every((filter) => passes(node, filter)),
  );
  return jsonAnswer({
    InstanceInformationList: found.slice(at, at + size).map((node) => instanceInformation(node, deps.clock.now())),
    ...(found.length > at + size ? { NextToken: pageToken([at + size], filters) } : {}),
  });
}

function checkFilters(deps: InventoryDeps, call: AwsCall, filters: readonly Filter[]): void {
  const tags = filters.filter(({ Key }) => Key === 'tag-key' || Key.startsWith('tag:'));
  if (tags.length > 0 && tags.length < filters.length) {
    throw refusal('InvalidFilterKey', 'Tag filters cannot be combined with other filters.');
  }
  for (const { Key, Values } of filters) {
    if (Key === 'InstanceIds') checkIds(deps, call, Values);
    else if (Key === 'PingStatus') checkValues(Values, ['Online', 'ConnectionLost', 'Inactive']);
    else if (Key === 'PlatformTypes') checkValues(Values, ['Windows', 'Linux', 'MacOS']);
    else if (Key === 'ResourceType')
      checkValues(Values, ['EC2Instance', 'ManagedInstance', 'AWS::EC2::Instance', 'AWS::SSM::ManagedInstance']);
    else if (Key !== 'AgentVersion' && !WITHOUT_VALUES.includes(Key) && tags.every((tag) => tag.Key !== Key)) {
      throw refusal('InvalidFilterKey', `The filter key ${Key} is not valid.`);
    }
  }
}

function checkIds(deps: InventoryDeps, call: AwsCall, ids: readonly string[]): void {
  for (const id of ids) {
    const node = NODE_ID.test(id) ? nodeAt(deps.world, call, id) : undefined;
    if (node?.agent.registered !== true) throw refusal('InvalidInstanceId', `${id} is not a valid managed node.`);
  }
}

function checkValues(values: readonly string[], known: readonly string[]): void {
  for (const value of values) {
    if (!known.includes(value))
      throw refusal('InvalidInstanceInformationFilterValue', `Invalid filter value: ${value}`);
  }
}

function passes(node: LabNode, { Key, Values }: Filter): boolean {
  switch (Key) {
    case 'InstanceIds':
      return Values.includes(node.id);
    case 'PingStatus':
      return Values.includes(isOnline(node) ? 'Online' : 'ConnectionLost');
    case 'PlatformTypes':
      return Values.includes(platformType(node));
    case 'ResourceType':
      return Values.some(
        (value) => value.replace(/^AWS::(EC2|SSM)::/, '') === shortType(node) || value === resourceType(node),
      );
    case 'AgentVersion':
      return Values.includes(node.agent.version);
    case 'tag-key':
      return Values.some((key) => Object.hasOwn(node.tags, key));
    default:
      return Key.startsWith('tag:') && Values.includes(node.tags[Key.slice('tag:'.length)] ?? '\0');
  }
}

function shortType(node: LabNode): string {
  return resourceType(node) === 'EC2Instance' ? 'Instance' : 'ManagedInstance';
}

function listTags(deps: InventoryDeps, call: AwsCall): AwsAnswer {
  const { ResourceType, ResourceId } = readInput(call, ListTagsForResourceInput);
  if (ResourceType === 'Document') {
    demand(deps.authorize, call, 'ssm:ListTagsForResource', documentArn(call, ResourceId));
    deps.documents.find(call, ResourceId, undefined);
    return jsonAnswer({ TagList: [] });
  }
  if (ResourceType === 'Parameter') return jsonAnswer({ TagList: tagList(deps.parameters.tags(call, ResourceId)) });
  if (ResourceType !== 'ManagedInstance')
    throw refusal('InvalidResourceType', `The lab keeps no ${ResourceType} with tags.`);
  const node = nodeAt(deps.world, call, ResourceId);
  const { arn, context } = nodeResource(call, node ?? { id: ResourceId, tags: {} });
  demand(deps.authorize, call, 'ssm:ListTagsForResource', arn, context);
  // Only hybrid machines keep their tags in Systems Manager; those of an instance are EC2's.
  if (node === undefined || !node.id.startsWith('mi-'))
    throw refusal('InvalidResourceId', 'The resource ID is not valid.');
  return jsonAnswer({ TagList: tagList(node.tags) });
}

function tagList(tags: Readonly<Record<string, string>>): readonly object[] {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}

function addTags(deps: InventoryDeps, call: AwsCall): AwsAnswer {
  const { ResourceType, ResourceId, Tags } = readInput(call, AddTagsToResourceInput);
  if (ResourceType !== 'Parameter') throw refusal('InvalidResourceType', `The lab tags no ${ResourceType}.`);
  deps.parameters.addTags(call, ResourceId, Object.fromEntries(Tags.map(({ Key, Value }) => [Key, Value])));
  return jsonAnswer({});
}

function positionOf(token: string, question: unknown): readonly number[] {
  const position = pagePosition(token, question);
  if (position === undefined) throw refusal('InvalidNextToken', 'The specified token is not valid.');
  return position;
}
