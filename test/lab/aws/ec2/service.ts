/** Amazon EC2 of the simulated account: reads of instances, VPCs and DHCP options. */
import { createHash } from 'node:crypto';
import type { LabNode, LabVpc } from '../../world/types.ts';
import { nodesAt, siteIdsAt } from '../place.ts';
import { refusal } from '../refusal.ts';
import { demand, serviceOf } from '../service.ts';
import type { Authorize, AwsAnswer, AwsCall, AwsService, LabContext } from '../types.ts';
import { ec2Answer } from '../wire/answers.ts';
import { listParameter } from '../wire/form-reader.ts';
import { formOf } from '../wire/identify.ts';
import { pagePosition, pageToken } from '../wire/paging.ts';
import type { XmlElement } from '../wire/xml.ts';
import { passesFilters, readFilters } from './instance-filters.ts';
import { reservationView } from './instance-view.ts';

/** What EC2 needs of the lab. */
export interface Ec2Options extends LabContext {
  readonly authorize: Authorize;
}

const MAX_RESULTS = { min: 5, max: 1000 } as const;

/** The Describe calls know no resource-level permissions: policies see the resource `*`. */
export function createEc2(options: Ec2Options): AwsService {
  const described =
    (describe: (call: AwsCall, form: URLSearchParams) => AwsAnswer) =>
    (call: AwsCall): AwsAnswer => {
      demand(options.authorize, call, `ec2:${call.operation}`, '*');
      return describe(call, formOf(call));
    };
  return serviceOf({
    DescribeInstances: described((call, form) => describeInstances(options, call, form)),
    DescribeVpcs: described((call, form) => describeVpcs(options, call, form)),
    DescribeDhcpOptions: described((call, form) => describeDhcpOptions(options, call, form)),
  });
}

function describeInstances(options: Ec2Options, call: AwsCall, form: URLSearchParams): AwsAnswer {
  const ids = listParameter(form, 'InstanceId');
  const filters = readFilters(form);
  const size = readMaxResults(form, ids.length > 0);
  const all = nodesAt(options.world, call).filter(({ id }) => id.startsWith('i-'));
  const named = ids.length === 0 ? all : ids.map((id) => instance(all, id));
  const found = named.filter((node) => passesFilters(node, filters));
  const question = [...form].filter(([key]) => key !== 'NextToken' && key !== 'MaxResults');
  const at = readPosition(form.get('NextToken'), question);
  const more = found.length > at + size;
  return ec2Answer('DescribeInstances', [
    ['reservationSet', found.slice(at, at + size).map((node) => reservationView(node, call.account))],
    ['nextToken', more ? pageToken([at + size], question) : undefined],
  ]);
}

function instance(nodes: readonly LabNode[], id: string): LabNode {
  if (!/^i-([0-9a-f]{8}|[0-9a-f]{17})$/.test(id)) throw refusal('InvalidInstanceID.Malformed', `Invalid id: "${id}"`);
  const found = nodes.find((node) => node.id === id);
  if (found === undefined) throw refusal('InvalidInstanceID.NotFound', `The instance ID '${id}' does not exist`);
  return found;
}

/** Without `MaxResults` everything comes at once. */
function readMaxResults(form: URLSearchParams, byId: boolean): number {
  const text = form.get('MaxResults');
  if (text === null) return Number.POSITIVE_INFINITY;
  if (byId) {
    throw refusal(
      'InvalidParameterCombination',
      'The parameter instancesSet cannot be used with the parameter maxResults',
    );
  }
  const size = Number(text);
  if (!Number.isInteger(size) || size < MAX_RESULTS.min || size > MAX_RESULTS.max) {
    throw refusal(
      'InvalidParameterValue',
      `Value ( ${text} ) for parameter maxResults is invalid. Expecting a value between ${MAX_RESULTS.min} and ${MAX_RESULTS.max}.`,
    );
  }
  return size;
}

function readPosition(token: string | null, question: unknown): number {
  if (token === null) return 0;
  const position = pagePosition(token, question);
  if (position === undefined) throw refusal('InvalidNextToken', 'The token is not valid.');
  return position[0] ?? 0;
}

function describeVpcs(options: Ec2Options, call: AwsCall, form: URLSearchParams): AwsAnswer {
  const vpcs = vpcsAt(options, call);
  const ids = listParameter(form, 'VpcId');
  const missing = ids.find((id) => vpcs.every((vpc) => vpc.id !== id));
  if (missing !== undefined) throw refusal('InvalidVpcID.NotFound', `The vpc ID '${missing}' does not exist`);
  const found = vpcs.filter(({ id }) => ids.length === 0 || ids.includes(id));
  return ec2Answer('DescribeVpcs', [['vpcSet', found.map((vpc) => vpcView(vpc, call.account))]]);
}

function vpcView(vpc: LabVpc, account: string): XmlElement {
  return [
    'item',
    [
      ['vpcId', vpc.id],
      ['ownerId', account],
      ['state', 'available'],
      ['cidrBlock', vpc.cidr],
      ['dhcpOptionsId', dhcpOptionsId(vpc)],
      ['instanceTenancy', 'default'],
      ['isDefault', false],
      ['tagSet', []],
    ],
  ];
}

/** Each VPC has a set of its own. */
function describeDhcpOptions(options: Ec2Options, call: AwsCall, form: URLSearchParams): AwsAnswer {
  const ids = listParameter(form, 'DhcpOptionsId');
  const found = vpcsAt(options, call).filter((vpc) => ids.length === 0 || ids.includes(dhcpOptionsId(vpc)));
  if (found.length < ids.length) {
    throw refusal('InvalidDhcpOptionID.NotFound', `The dhcpOption ID '${ids.join(', ')}' does not exist`);
  }
  return ec2Answer('DescribeDhcpOptions', [['dhcpOptionsSet', found.map((vpc) => dhcpView(vpc, call.account))]]);
}

function dhcpView(vpc: LabVpc, account: string): XmlElement {
  const entry = (key: string, value: string): XmlElement => [
    'item',
    [
      ['key', key],
      ['valueSet', [['item', [['value', value]]]]],
    ],
  ];
  return [
    'item',
    [
      ['dhcpOptionsId', dhcpOptionsId(vpc)],
      ['ownerId', account],
      [
        'dhcpConfigurationSet',
        [entry('domain-name', vpc.dhcpDomain), entry('domain-name-servers', 'AmazonProvidedDNS')],
      ],
      ['tagSet', []],
    ],
  ];
}

function vpcsAt(options: Ec2Options, call: AwsCall): readonly LabVpc[] {
  const sites = siteIdsAt(options.world, call);
  return options.world.state.vpcs.filter(({ site }) => sites.has(site));
}

function dhcpOptionsId(vpc: LabVpc): string {
  return `dopt-${createHash('sha256').update(vpc.id).digest('hex').slice(0, 17)}`;
}
