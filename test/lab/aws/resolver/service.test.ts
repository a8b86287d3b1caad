import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { signedFetch } from '../../../../bot/aws/signed-fetch.ts';
import type { LabResolverRule } from '../../world/types.ts';
import {
  type AccountsUnderTest,
  ADMINISTRATOR,
  functionPrincipal,
  startAccounts,
  TOKYO,
} from '../accounts-under-test.ts';
import type { Principal } from '../types.ts';

const VPC = 'vpc-00000000000000001';
const rule = (id: number, domain: string): LabResolverRule => ({
  id: `rslvr-rr-${id.toString(16).padStart(17, '0')}`,
  name: `to ${domain}`,
  domain,
  servers: ['10.0.0.10', '10.0.0.11'],
});

let lab: AccountsUnderTest;

beforeEach(async () => {
  const may = { Effect: 'Allow', Action: 'route53resolver:ListResolverRules', Resource: '*' } as const;
  lab = await startAccounts({ throttle: {}, principals: [ADMINISTRATOR, functionPrincipal(may)] });
  const [vpc] = lab.world.state.vpcs;
  if (vpc === undefined) throw new Error('no network');
  vpc.resolverRules = [rule(1, 'corp.example'), rule(2, 'ad.example')];
  lab.world.state.vpcs.push({ ...vpc, id: 'vpc-00000000000000002', resolverRules: [rule(1, 'corp.example')] });
});

afterEach(() => lab.close());

const ask = async (
  operation: string,
  input: object = {},
  from: Principal = ADMINISTRATOR,
  region: string = TOKYO.region,
) => {
  const call = signedFetch(
    {
      AWS_REGION: region,
      AWS_ENDPOINT_URL: lab.url,
      AWS_ACCESS_KEY_ID: from.accessKeyId,
      AWS_SECRET_ACCESS_KEY: from.secretAccessKey,
    },
    fetch,
  );
  const answer = await call({
    service: 'route53resolver',
    path: '/',
    headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': `Route53Resolver.${operation}` },
    body: JSON.stringify(input),
    timeoutMs: 5_000,
  });
  return { ...answer, json: JSON.parse(answer.body) };
};

describe('rules of Route 53 Resolver', () => {
  it('are listed once each, besides the one that every network has', async () => {
    const { json } = await ask('ListResolverRules');

    expect(json.ResolverRules.map((one: Record<string, string>) => [one.DomainName, one.RuleType])).toEqual([
      ['.', 'RECURSIVE'],
      ['corp.example.', 'FORWARD'],
      ['ad.example.', 'FORWARD'],
    ]);
    expect(json.ResolverRules[1]).toMatchObject({
      Status: 'COMPLETE',
      TargetIps: [
        { Ip: '10.0.0.10', Port: 53 },
        { Ip: '10.0.0.11', Port: 53 },
      ],
    });
  });

  it('are associated with networks', async () => {
    const { json } = await ask('ListResolverRuleAssociations', { Filters: [{ Name: 'VPCId', Values: [VPC] }] });

    expect(json.ResolverRuleAssociations.map((one: Record<string, string>) => one.ResolverRuleId)).toEqual([
      rule(1, '').id,
      rule(2, '').id,
      'rslvr-autodefined-rr-internet-resolver',
    ]);
    for (const one of json.ResolverRuleAssociations) expect(one).toMatchObject({ VPCId: VPC, Status: 'COMPLETE' });
  });

  it.each([
    ['ListResolverRules', { Filters: [{ Name: 'DomainName', Values: ['ad.example.'] }] }, 'ResolverRules', 1],
    ['ListResolverRules', { Filters: [{ Name: 'TYPE', Values: ['FORWARD'] }] }, 'ResolverRules', 2],
    [
      'ListResolverRuleAssociations',
      { Filters: [{ Name: 'ResolverRuleId', Values: [rule(1, '').id] }] },
      'ResolverRuleAssociations',
      2,
    ],
  ])('of %s are filtered by %j', async (operation, input, field, count) => {
    expect((await ask(operation, input)).json[field]).toHaveLength(count);
  });

  it('come by pages, each for the question it was begun with', async () => {
    const first = (await ask('ListResolverRules', { MaxResults: 2 })).json;
    const second = (await ask('ListResolverRules', { MaxResults: 2, NextToken: first.NextToken })).json;

    expect([first.ResolverRules.length, second.ResolverRules.length, second.NextToken]).toEqual([2, 1, undefined]);
    const Filters = [{ Name: 'TYPE', Values: ['FORWARD'] }];
    expect(await ask('ListResolverRules', { Filters, NextToken: first.NextToken })).toMatchObject({
      status: 400,
      errorType: 'InvalidNextTokenException',
    });
  });

  it('are those of the region', async () => {
    expect((await ask('ListResolverRules', {}, ADMINISTRATOR, 'us-east-1')).json.ResolverRules).toHaveLength(1);
  });

  it.each([
    ['an unknown filter', { Filters: [{ Name: 'Colour', Values: ['red'] }] }, 'InvalidParameterException'],
    ['a page of none', { MaxResults: 0 }, 'ValidationException'],
    ['a page of 101', { MaxResults: 101 }, 'ValidationException'],
  ])('refuse %s', async (_, input, errorType) => {
    expect(await ask('ListResolverRuleAssociations', input)).toMatchObject({ status: 400, errorType });
  });

  it('are permitted by action', async () => {
    expect((await ask('ListResolverRules', {}, functionPrincipal())).status).toBe(200);
    expect(await ask('ListResolverRuleAssociations', {}, functionPrincipal())).toMatchObject({
      status: 400,
      errorType: 'AccessDeniedException',
    });
  });

  it('cannot be changed: the lab has no such operation', async () => {
    expect((await ask('DisassociateResolverRule')).errorType).toBe('UnknownOperationException');
  });
});
