/** Route 53 Resolver's two lists, by signed requests: no client of the SDK's present generation is needed for them. */
import { z } from 'zod';
import type { Site } from '../domain/nodes.ts';
import { Transient } from '../errors.ts';
import { type AwsCall, type AwsResponse, NoAwsAnswer } from './signed-fetch.ts';
import { translated } from './translate-errors.ts';

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

const SERVICE = 'route53resolver';
const PATIENCE_MS = 10_000;
const PAGE = 100;
/** Two thousand rules; an account has a thousand unless it asked for more. */
const MOST_PAGES = 20;

/** An error as the SDK's clients would have thrown it, so that it is told apart in one place. */
const refusalOf = ({ status, errorType }: AwsResponse): Error =>
  Object.assign(new Error(`${SERVICE} answered ${status}`), {
    name: errorType ?? 'Unknown',
    $metadata: { httpStatusCode: status },
  });

export type ResolverCalls = ReturnType<typeof resolverCalls>;

/** Calls in a site's account and region. */
export const resolverCalls = (call: AwsCall, site: Site, functionName: string) => {
  const ask = async (operation: string, input: object): Promise<unknown> => {
    const response = await call({
      service: SERVICE,
      path: '/',
      headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': `Route53Resolver.${operation}` },
      body: JSON.stringify({ MaxResults: PAGE, ...input }),
      timeoutMs: PATIENCE_MS,
    });
    if (response.status !== 200) throw refusalOf(response);
    return JSON.parse(response.body);
  };
  const send = <T>(operation: string, input: object, shape: z.ZodType<T>): Promise<T> =>
    translated({ action: `${SERVICE}:${operation}`, functionName, siteId: site.id }, async () => {
      try {
        return shape.parse(await ask(operation, input));
      } catch (error) {
        if (error instanceof NoAwsAnswer) throw new Transient(SERVICE, 'no answer', { cause: error });
        throw error;
      }
    });
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
