/** Route 53 Resolver's two lists, by signed requests: no client of the SDK's present generation is needed for them. */
import { z } from 'zod';
import type { Site } from '../domain/nodes.ts';
import type { AwsCall } from './signed-fetch.ts';
import { signedJson } from './signed-json.ts';

const association = z.object({ ResolverRuleId: z.string(), Status: z.string() });
const rule = z.object({ Id: z.string(), DomainName: z.string(), RuleType: z.string(), Status: z.string() });

const AssociationsPage = z.object({
  ResolverRuleAssociations: z.array(association).default([]),
  NextToken: z.string().optional(),
});
const RulesPage = z.object({ ResolverRules: z.array(rule).default([]), NextToken: z.string().optional() });

/** A rule's place in a network. */
export type RuleAssociation = z.infer<typeof association>;
/** A rule: what becomes of questions for its domain and everything below. */
export type ResolverRule = z.infer<typeof rule>;

const SERVICE = { name: 'route53resolver', target: 'Route53Resolver' } as const;
const PAGE = 100;
/** Two thousand rules; an account has a thousand unless it asked for more. */
const MOST_PAGES = 20;

export type ResolverCalls = ReturnType<typeof resolverCalls>;

/** Calls in a site's account and region. */
export const resolverCalls = (call: AwsCall, site: Site, functionName: string) => {
  const ask = signedJson(call, SERVICE, site, functionName);
  const send = <T>(operation: string, input: object, shape: z.ZodType<T>): Promise<T> =>
    ask(operation, { MaxResults: PAGE, ...input }, shape);
  const everyPage = async <T>(
    page: (token: object) => Promise<{ readonly items: readonly T[]; readonly next?: string | undefined }>,
  ): Promise<readonly T[]> => {
    const all: T[] = [];
    let token: object = {};
    for (let read = 0; read < MOST_PAGES; read += 1) {
      const { items, next } = await page(token);
      all.push(...items);
      if (!next) break;
      token = { NextToken: next };
    }
    return all;
  };
  return {
    associations: (vpcId: string): Promise<readonly RuleAssociation[]> =>
      everyPage(async (token) => {
        const input = { Filters: [{ Name: 'VPCId', Values: [vpcId] }], ...token };
        const page = await send('ListResolverRuleAssociations', input, AssociationsPage);
        return { items: page.ResolverRuleAssociations, next: page.NextToken };
      }),
    rules: (): Promise<readonly ResolverRule[]> =>
      everyPage(async (token) => {
        const page = await send('ListResolverRules', token, RulesPage);
        return { items: page.ResolverRules, next: page.NextToken };
      }),
  };
};
