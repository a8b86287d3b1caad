/** Forwarding rules of Route 53 Resolver that hold in a machine's network. */
import { comparable, depthOf, isWithin, plainName } from '../domain/records/dns-name.ts';
import type { ResolverCalls, ResolverRule } from './resolver-calls.ts';
import type { UnfinishedRead } from './unfinished-reads.ts';

/** Every network has rules that AWS makes; none of them forwards anywhere else. */
const AUTODEFINED = /^rslvr-autodefined-/;

interface Rule {
  readonly domain: string;
  /** False for a rule that keeps a domain from being forwarded by a wider one. */
  readonly forwards: boolean;
}

const IN_FORCE = new Set(['COMPLETE', 'UPDATING']);

const ruleOf = ({ DomainName, RuleType }: ResolverRule): Rule[] => {
  const domain = comparable(plainName(DomainName));
  const isKnown = RuleType === 'FORWARD' || RuleType === 'SYSTEM';
  return domain === undefined || !isKnown ? [] : [{ domain, forwards: RuleType === 'FORWARD' }];
};

/** The most specific of several rules decides. Source: AWS, how Resolver matches a query with rules. */
const decidingFor = (name: string, rules: readonly Rule[]): Rule | undefined =>
  rules.filter(({ domain }) => isWithin(name, domain)).sort((a, b) => depthOf(b.domain) - depthOf(a.domain))[0];

/** A rule counts unless every name wanted that it would hold for is kept from it by a narrower one. */
const holds = (rule: Rule, rules: readonly Rule[], names: readonly string[]): boolean => {
  const under = names.filter((name) => isWithin(name, rule.domain));
  return under.length === 0 || under.some((name) => decidingFor(name, rules)?.forwards === true);
};

/**
 * Domains whose questions leave the network `vpcId` for other servers, as far as rules say. The rule for everything, `.`,
 * is not among them: a private zone and every other rule is more specific.
 *
 * @throws Throttled, Transient, OperationFailed.
 */
export const forwardedDomains = async (
  calls: ResolverCalls,
  answers: UnfinishedRead,
  vpcId: string,
  names: readonly string[],
): Promise<readonly string[]> => {
  const associated = await answers.once(`rules of ${vpcId}`, () => calls.associations(vpcId));
  const ids = new Set(
    associated
      .filter(({ Status, ResolverRuleId }) => Status === 'COMPLETE' && !AUTODEFINED.test(ResolverRuleId))
      .map(({ ResolverRuleId }) => ResolverRuleId),
  );
  if (ids.size === 0) return [];
  const all = await answers.once('rules', () => calls.rules());
  const rules = all.filter(({ Id, Status }) => ids.has(Id) && IN_FORCE.has(Status)).flatMap(ruleOf);
  return [...new Set(rules.filter((rule) => rule.forwards && holds(rule, rules, names)).map(({ domain }) => domain))];
};
