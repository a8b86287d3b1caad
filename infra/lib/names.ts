/** Physical names that must be known on both sides of an account boundary, or by the operator. Everything else CloudFormation names. */

/** The observe function's role: member sites trust it by name. */
export const OBSERVE_ROLE = 'kms-bot-observe';

/** The role in a member site that the observe role assumes. Named by the site: roles are global, sites are per region. */
export const siteRole = (siteId: string): string => `kms-bot-site-${siteId}`;

/** ARN of {@link siteRole}. */
export const siteRoleArn = (site: { readonly id: string; readonly account: string }): string =>
  `arn:aws:iam::${site.account}:role/${siteRole(site.id)}`;

/** The document that reads a machine's activation state. */
export const INSPECT_DOCUMENT = 'KmsBot-Inspect';

/** Alias that every caller uses: durable executions stay on the version they started on. */
export const LIVE = 'live';
