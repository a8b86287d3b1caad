/** Filters of `DescribeInstances`: several are united by *and*, the values of one by *or*; `*` and `?` are wildcards. */
import type { LabNode } from '../../world/types.ts';
import { matchesWildcard } from '../iam/wildcard.ts';
import { refusal } from '../refusal.ts';
import { indexes, listParameter } from '../wire/form-reader.ts';

/** One filter; its values may hold wildcards. */
export interface InstanceFilter {
  readonly name: string;
  readonly values: readonly string[];
}

/** What a filter looks at; undefined where the machine has no such value. */
const FIELDS: Readonly<Record<string, (node: LabNode) => string | undefined>> = {
  'instance-id': (node) => node.id,
  'instance-state-name': (node) => node.instanceState,
  'image-id': (node) => node.imageId,
  'vpc-id': (node) => node.vpc,
  'subnet-id': (node) => node.subnet,
  'usage-operation': (node) => node.usageOperation,
  // Only Windows machines have a platform.
  platform: (node) => (node.platform === 'windows' ? 'windows' : undefined),
};

/** The filters of a request. Throws `InvalidParameterValue` for one that is not known. */
export function readFilters(form: URLSearchParams): readonly InstanceFilter[] {
  return indexes(form, 'Filter').map((index) => {
    const name = form.get(`Filter.${index}.Name`) ?? '';
    if (FIELDS[name] === undefined && name !== 'tag-key' && !/^tag:./.test(name)) {
      throw refusal('InvalidParameterValue', `The filter '${name}' is invalid`);
    }
    return { name, values: listParameter(form, `Filter.${index}.Value`) };
  });
}

/** Whether a machine passes every filter. */
export function passesFilters(node: LabNode, filters: readonly InstanceFilter[]): boolean {
  return filters.every(({ name, values }) => valuesOf(node, name).some((value) => isOneOf(value, values)));
}

function valuesOf(node: LabNode, name: string): readonly string[] {
  if (name === 'tag-key') return Object.keys(node.tags);
  const value = name.startsWith('tag:') ? node.tags[name.slice('tag:'.length)] : FIELDS[name]?.(node);
  return value === undefined ? [] : [value];
}

function isOneOf(value: string, patterns: readonly string[]): boolean {
  return patterns.some((pattern) => matchesWildcard(pattern, value));
}
