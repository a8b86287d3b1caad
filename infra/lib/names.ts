/** Physical names that must be known on both sides of an account boundary, or by the operator. Everything else CloudFormation names. */
import { createHash } from 'node:crypto';

/** The observe function's role: member sites trust it by name. */
export const OBSERVE_ROLE = 'kms-bot-observe';

/** The change function's role: member sites trust it by name. */
export const CHANGE_ROLE = 'kms-bot-change';

/** The role in a member site that the change role assumes. */
export const changeSiteRole = (siteId: string): string => `kms-bot-change-site-${siteId}`;

/** The role in a member site that the observe role assumes. Named by the site: roles are global, sites are per region. */
export const siteRole = (siteId: string): string => `kms-bot-site-${siteId}`;

/** The policy that lets machines of a site fetch secrets. Named by the site as roles are: policies are global too. */
export const nodeSecretsPolicy = (siteId: string): string => `KmsBotNodeSecrets-${siteId}`;

/** ARN of a role in a member site. */
export const roleArn = (site: { readonly account: string }, roleName: string): string =>
  `arn:aws:iam::${site.account}:role/${roleName}`;

/**
 * What the bot's marks beside record sets are told by: twelve hex digits, the same for every deployment in this account
 * and region, so that one that was taken down and deployed again knows what it wrote.
 */
export const ownerOf = (home: { readonly account: string; readonly region: string }): string =>
  createHash('sha256').update(`${home.account}/${home.region}`).digest('hex').slice(0, 12);

/** The document that reads a machine's activation state. */
export const INSPECT_DOCUMENT = 'KmsBot-Inspect';

/** Alias that every caller uses: durable executions stay on the version they started on. */
export const LIVE = 'live';
