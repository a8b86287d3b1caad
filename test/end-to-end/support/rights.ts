/** Taking single rights away from the roles of a lab, and putting them back. */
import type { PolicyDocument, PolicyStatement } from '../../lab/aws/types.ts';
import type { Lab } from '../../lab/lab.ts';

export type Holder = { policies: PolicyDocument[] | 'administrator' };

/** A function's role by the function, a site's by the site; `change-site-…` is the one that changes are made through. */
export const holderCalled = (lab: Lab, name: string): Holder => {
  const ofSite = name.startsWith('change-site-') ? `/kms-bot-${name}` : `/kms-bot-site-${name}`;
  const holder = lab.principals.get(name) ?? lab.roles.find(({ arn }) => arn.endsWith(ofSite));
  if (holder === undefined) throw new Error(`nobody holds rights as ${name}`);
  return holder;
};

export const listOf = <T>(one: T | readonly T[] | undefined): readonly T[] =>
  one === undefined ? [] : Array.isArray(one) ? (one as readonly T[]) : [one as T];

export const statementsOf = ({ policies }: Holder): readonly PolicyStatement[] =>
  policies === 'administrator' ? [] : policies.flatMap(({ Statement }) => listOf(Statement));

/** The policies without one action of one statement. */
export const without = (policies: readonly PolicyDocument[], sid: string, action: string): PolicyDocument[] =>
  policies.map((policy) => ({
    ...policy,
    Statement: listOf(policy.Statement).flatMap((statement) => {
      if (statement.Sid !== sid) return [statement];
      const left = listOf(statement.Action).filter((each) => each !== action);
      return left.length === 0 ? [] : [{ ...statement, Action: left }];
    }),
  }));

/** Takes a right away. @throws where nobody had it. The function returned puts it back. */
export const takeAway = (lab: Lab, name: string, sid: string, action: string): (() => void) => {
  const holder = holderCalled(lab, name);
  const { policies } = holder;
  if (policies === 'administrator') throw new Error(`${name} may do everything`);
  const isHeld = statementsOf(holder).some((each) => each.Sid === sid && listOf(each.Action).includes(action));
  if (!isHeld) throw new Error(`${name} has no ${sid} ${action}`);
  holder.policies = without(policies, sid, action);
  return () => {
    holder.policies = policies;
  };
};

/** After this the inventory is read anew, and credentials of a site's role are fetched anew. */
export const ALL_EXPIRED_MS = 61 * 60_000;

/** Rights that only a diagnosis needs, by who holds them: without them it says what it could not look at. */
export const DNS_RIGHTS = ['observe', 'frankfurt'].flatMap((holder) => [
  [holder, 'FindZonesAndRules', 'route53:ListHostedZones'] as const,
  [holder, 'FindZonesAndRules', 'route53resolver:ListResolverRuleAssociations'] as const,
  [holder, 'FindZonesAndRules', 'route53resolver:ListResolverRules'] as const,
  [holder, 'ReadZones', 'route53:GetHostedZone'] as const,
  [holder, 'ReadZones', 'route53:ListResourceRecordSets'] as const,
]);

/** Rights that only a change of a record needs, by who holds them. */
export const RECORD_RIGHTS = ['change', 'change-site-frankfurt'].flatMap((holder) => [
  [holder, 'WriteKmsRecords', 'route53:ChangeResourceRecordSets'] as const,
  [holder, 'FollowRecordChanges', 'route53:GetChange'] as const,
]);

/** Rights that only stored keys and Confirmation IDs need of who changes, by who holds them. */
export const KEY_RIGHTS = [
  ...['change', 'change-site-frankfurt'].flatMap((holder) => [
    [holder, 'ListStoredKeys', 'secretsmanager:ListSecrets'] as const,
    [holder, 'ListStoredKeys', 'ssm:DescribeParameters'] as const,
    [holder, 'DescribeStoredKeys', 'secretsmanager:DescribeSecret'] as const,
    [holder, 'ReadTagsOfStoredKeys', 'ssm:ListTagsForResource'] as const,
    [holder, 'LookAfterConfirmations', 'ssm:ListTagsForResource'] as const,
    [holder, 'LookAfterConfirmations', 'ssm:DeleteParameter'] as const,
  ]),
  ['change', 'BringConfirmationsElsewhere', 'ssm:GetParameter'] as const,
  ['change-site-frankfurt', 'KeepConfirmations', 'ssm:PutParameter'] as const,
];
