/**
 * What stored keys and Confirmation IDs need of a site. Nobody but the machines reads a key's value: the bot knows names
 * and tags. One thing of a Confirmation ID it must read: where the machine lives in another site than the bot, on its way.
 *
 * Keys and Confirmation IDs have names that people and changes give them later, hence the wildcards behind the bot's own
 * prefixes. All of them are encrypted under the account's own keys of either store, whose policies let in whoever may
 * use the store; a key of one's own needs `kms:Decrypt` for the machines beside this.
 */
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { SiteConfig } from './config.ts';

/** Listings of both stores, which have no resource-level permissions. */
export const KEY_LISTING_ACTIONS = ['secretsmanager:ListSecrets', 'ssm:DescribeParameters'] as const;

const arn = (service: 'secretsmanager' | 'ssm', { region, account }: SiteConfig, resource: string): string =>
  `arn:aws:${service}:${region}:${account}:${resource}`;

/** Stored keys that are secrets. */
export const keySecrets = (site: SiteConfig): string => arn('secretsmanager', site, 'secret:kms-bot/keys/*');
/** Stored keys that are parameters. */
export const keyParameters = (site: SiteConfig): string => arn('ssm', site, 'parameter/kms-bot/keys/*');
/** Confirmation IDs that wait for their machine. */
export const confirmations = (site: SiteConfig): string => arn('ssm', site, 'parameter/kms-bot/confirmation/*');

/** A Confirmation ID is never exchanged on its way. A request that says nothing of it does not overwrite either. */
const NEVER_OVERWRITTEN = { StringNotEquals: { 'ssm:Overwrite': 'true' } };

/** How a Confirmation ID comes to a machine of this site: it is written here, or brought here from where the bot lives. */
export type ConfirmationsAt = 'home-alone' | 'home' | 'member';

/** What the role that changes needs of a site: names and tags of stored keys, and the care of what waits. */
export const keyStatements = (site: SiteConfig, at: ConfirmationsAt): PolicyStatement[] => [
  new PolicyStatement({ sid: 'ListStoredKeys', actions: [...KEY_LISTING_ACTIONS], resources: ['*'] }),
  new PolicyStatement({
    sid: 'DescribeStoredKeys',
    actions: ['secretsmanager:DescribeSecret'],
    resources: [keySecrets(site)],
  }),
  new PolicyStatement({
    sid: 'ReadTagsOfStoredKeys',
    actions: ['ssm:ListTagsForResource'],
    resources: [keyParameters(site)],
  }),
  new PolicyStatement({
    sid: 'LookAfterConfirmations',
    actions: ['ssm:ListTagsForResource', 'ssm:DeleteParameter'],
    resources: [confirmations(site)],
  }),
  ...(at === 'home'
    ? [
        new PolicyStatement({
          sid: 'BringConfirmationsElsewhere',
          actions: ['ssm:GetParameter'],
          resources: [confirmations(site)],
        }),
      ]
    : []),
  ...(at === 'member' ? [writeConfirmations(site)] : []),
];

/** Lets somebody write Confirmation IDs, and neither read nor replace one. */
export const writeConfirmations = (site: SiteConfig): PolicyStatement =>
  new PolicyStatement({
    sid: 'KeepConfirmations',
    actions: ['ssm:PutParameter'],
    resources: [confirmations(site)],
    conditions: NEVER_OVERWRITTEN,
  });

/** What a machine needs to fetch a stored key or its Confirmation ID, and nothing more. */
export const nodeSecretStatements = (site: SiteConfig): PolicyStatement[] => [
  new PolicyStatement({
    sid: 'FetchKeysFromSecretsManager',
    actions: ['secretsmanager:GetSecretValue'],
    resources: [keySecrets(site)],
  }),
  new PolicyStatement({
    sid: 'FetchFromParameterStore',
    actions: ['ssm:GetParameter'],
    resources: [keyParameters(site), confirmations(site)],
  }),
];
