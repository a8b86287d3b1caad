/** Route 53 Resolver: which forwarding rules there are, and in which networks they hold. */
import { z } from 'zod';
import type { LabResolverRule, LabVpc, World } from '../../world/types.ts';
import { refusal } from '../refusal.ts';
import { demand, serviceOf } from '../service.ts';
import type { Authorize, AwsAnswer, AwsCall, AwsService, LabContext } from '../types.ts';
import { jsonAnswer } from '../wire/answers.ts';
import { readInput } from '../wire/constraints.ts';
import { pagePosition, pageToken } from '../wire/paging.ts';

/** What Route 53 Resolver needs of the lab. */
export interface ResolverOptions extends LabContext {
  readonly authorize: Authorize;
}

const ListInput = z.object({
  MaxResults: z.number().int().min(1).max(100).optional(),
  NextToken: z.string().optional(),
  Filters: z
    .array(
      z.object({ Name: z.string().min(1).max(64).optional(), Values: z.array(z.string().min(1).max(600)).optional() }),
    )
    .optional(),
});
type ListInput = z.infer<typeof ListInput>;

type Row = Readonly<Record<string, string | readonly object[]>>;

/** Filters and the field that each compares. Source: AWS, Route 53 Resolver, `Filter`. */
const ASSOCIATION_FILTERS = { Name: 'Name', ResolverRuleId: 'ResolverRuleId', Status: 'Status', VPCId: 'VPCId' };
const RULE_FILTERS = {
  CreatorRequestId: 'CreatorRequestId',
  DomainName: 'DomainName',
  Name: 'Name',
  ResolverEndpointId: 'ResolverEndpointId',
  Status: 'Status',
  TYPE: 'RuleType',
  Type: 'RuleType',
};

/** The rule that every network has: what no other rule is for goes to the internet's name servers. */
const INTERNET = 'rslvr-autodefined-rr-internet-resolver';

/** The rules of one account and region are its networks' rules. */
export function createResolver({ world, authorize }: ResolverOptions): AwsService {
  const list = (
    call: AwsCall,
    field: string,
    filters: Readonly<Record<string, string>>,
    rows: () => readonly Row[],
  ): AwsAnswer => {
    demand(authorize, call, `route53resolver:${call.operation}`, '*');
    const input = readInput(call, ListInput);
    const found = rows().filter((row) => (input.Filters ?? []).every((filter) => passes(row, filter, filters)));
    return pageOf(field, input, found);
  };
  return serviceOf({
    ListResolverRuleAssociations: (call) =>
      list(call, 'ResolverRuleAssociations', ASSOCIATION_FILTERS, () => vpcsOf(world, call).flatMap(associationsOf)),
    ListResolverRules: (call) =>
      list(call, 'ResolverRules', RULE_FILTERS, () => [
        internetRule(call),
        ...rulesOf(world, call).map(ruleView(call)),
      ]),
  });
}

function pageOf(field: string, { MaxResults: size = 100, NextToken, Filters = [] }: ListInput, rows: readonly Row[]) {
  const [at = 0] = NextToken === undefined ? [] : (pagePosition(NextToken, Filters) ?? invalidToken());
  return jsonAnswer({
    MaxResults: size,
    [field]: rows.slice(at, at + size),
    ...(rows.length > at + size ? { NextToken: pageToken([at + size], Filters) } : {}),
  });
}

function invalidToken(): never {
  throw refusal('InvalidNextTokenException', 'The token is not valid.');
}

function passes(
  row: Row,
  { Name, Values }: NonNullable<ListInput['Filters']>[number],
  filters: Readonly<Record<string, string>>,
): boolean {
  const field = Name !== undefined && Object.hasOwn(filters, Name) ? filters[Name] : undefined;
  if (field === undefined) throw refusal('InvalidParameterException', `The filter ${Name ?? ''} is not valid.`);
  const value = row[field];
  return typeof value === 'string' && (Values ?? []).includes(value);
}

function vpcsOf(world: World, call: AwsCall): readonly LabVpc[] {
  const here = world.state.sites.filter(({ account, region }) => account === call.account && region === call.region);
  return world.state.vpcs.filter((vpc) => here.some(({ id }) => id === vpc.site));
}

function rulesOf(world: World, call: AwsCall): readonly LabResolverRule[] {
  const all = vpcsOf(world, call).flatMap((vpc) => vpc.resolverRules ?? []);
  return [...new Map(all.map((rule) => [rule.id, rule])).values()];
}

function associationsOf(vpc: LabVpc): readonly Row[] {
  const association = (id: string, ResolverRuleId: string, Name: string): Row => ({
    Id: id,
    ResolverRuleId,
    Name,
    VPCId: vpc.id,
    Status: 'COMPLETE',
    StatusMessage: '',
  });
  const own = (vpc.resolverRules ?? []).map((rule) =>
    association(`rslvr-rrassoc-${rule.id.slice(-8)}${vpc.id.slice(-9)}`, rule.id, rule.name),
  );
  const internet = `rslvr-autodefined-assoc-${vpc.id}-internet-resolver`;
  return [...own, association(internet, INTERNET, 'System Rule Association')];
}

const ruleView =
  ({ region, account }: AwsCall) =>
  (rule: LabResolverRule): Row => ({
    Id: rule.id,
    CreatorRequestId: rule.id,
    Arn: `arn:aws:route53resolver:${region}:${account}:resolver-rule/${rule.id}`,
    DomainName: `${rule.domain}.`,
    Status: 'COMPLETE',
    StatusMessage: '',
    RuleType: 'FORWARD',
    Name: rule.name,
    TargetIps: rule.servers.map((Ip) => ({ Ip, Port: 53, Protocol: 'Do53' })),
    ResolverEndpointId: 'rslvr-out-00000000000000001',
    OwnerId: account,
    ShareStatus: 'NOT_SHARED',
  });

function internetRule({ region }: AwsCall): Row {
  return {
    Id: INTERNET,
    CreatorRequestId: '',
    Arn: `arn:aws:route53resolver:${region}::autodefined-rule/${INTERNET}`,
    DomainName: '.',
    Status: 'COMPLETE',
    StatusMessage: '',
    RuleType: 'RECURSIVE',
    Name: 'Internet Resolver',
    OwnerId: 'Route 53 Resolver',
    ShareStatus: 'NOT_SHARED',
  };
}
