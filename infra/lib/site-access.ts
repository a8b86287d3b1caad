import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { BotConfig, SiteConfig } from './config.ts';
import { deployedDocuments } from './documents.ts';
import { INSPECT_DOCUMENT } from './names.ts';
import type { ZoneConfig } from './zones-config.ts';

/** Actions of Systems Manager and EC2 that have no resource-level permissions. */
export const LISTING_ACTIONS = [
  'ssm:ListCommands',
  'ssm:ListCommandInvocations',
  'ssm:DescribeInstanceInformation',
  'ec2:DescribeInstances',
] as const;

/** What finds the zones of an account, and the forwarding rules of its networks. */
export const DNS_LISTING_ACTIONS = [
  'route53:ListHostedZones',
  'route53resolver:ListResolverRuleAssociations',
  'route53resolver:ListResolverRules',
] as const;

/** Reads of one zone: which networks see it, and its record sets. */
export const ZONE_ACTIONS = ['route53:GetHostedZone', 'route53:ListResourceRecordSets'] as const;

/**
 * Every zone of the account: which of them concern a machine is known once it has told its DNS suffixes. Zones belong to
 * an account, not to a region, and the ARN names neither.
 */
export const EVERY_ZONE = 'arn:aws:route53:::hostedzone/*';

/** How far a change of records has come is asked by the id that Route 53 gave it, which nobody knows beforehand. */
export const EVERY_RECORD_CHANGE = 'arn:aws:route53:::change/*';

/**
 * What reading a site needs, and nothing more.
 *
 * Document and machines stand in separate statements: a tag condition on a statement that also lists the document
 * would ask the document for the tag and deny everything.
 */
export const inspectionStatements = (site: SiteConfig, fleetTag: BotConfig['fleetTag']): PolicyStatement[] => [
  new PolicyStatement({
    sid: 'SendTheInspection',
    actions: ['ssm:SendCommand'],
    resources: [`arn:aws:ssm:${site.region}:${site.account}:document/${INSPECT_DOCUMENT}`],
  }),
  new PolicyStatement({
    sid: 'ToMachinesOfTheFleet',
    actions: ['ssm:SendCommand'],
    resources: [
      `arn:aws:ec2:${site.region}:${site.account}:instance/*`,
      `arn:aws:ssm:${site.region}:${site.account}:managed-instance/*`,
    ],
    conditions: { StringEquals: { [`aws:ResourceTag/${fleetTag.key}`]: fleetTag.value } },
  }),
  new PolicyStatement({ sid: 'ReadMachinesAndAnswers', actions: [...LISTING_ACTIONS], resources: ['*'] }),
  new PolicyStatement({ sid: 'FindZonesAndRules', actions: [...DNS_LISTING_ACTIONS], resources: ['*'] }),
  new PolicyStatement({ sid: 'ReadZones', actions: [...ZONE_ACTIONS], resources: [EVERY_ZONE] }),
];

/**
 * What changing the machines of a site needs beyond reading it: one statement a changing document, so that each can be
 * taken away by itself. The machines are those of the inspection: by the fleet's tag. `keys`: with the documents that
 * install stored keys and activate by telephone.
 */
export const changeStatements = (site: SiteConfig, keys: boolean): PolicyStatement[] =>
  deployedDocuments(keys).map(
    (document) =>
      new PolicyStatement({
        sid: `Send${document.replace(/[^A-Za-z]/g, '')}`,
        actions: ['ssm:SendCommand'],
        resources: [`arn:aws:ssm:${site.region}:${site.account}:document/${document}`],
      }),
  );

/**
 * What changing KMS records of a site needs beyond reading them; nothing where none of its zones is to be written in.
 *
 * No record but the SRV sets that clients find their host by and the marks beside them, and none but by taking exactly
 * what is there away: an UPSERT would overwrite what somebody else wrote in the meantime. Route 53 gives the names
 * lower-case and without a dot at their end. A condition on all values holds for none too, but every change has some.
 * One statement for all zones: the policies of a role hold 10,240 characters together.
 */
export const recordStatements = (site: SiteConfig, zones: readonly ZoneConfig[]): PolicyStatement[] => {
  const writable = zones.filter((zone) => zone.write && zone.site === site.id);
  if (writable.length === 0) return [];
  return [
    new PolicyStatement({
      sid: 'WriteKmsRecords',
      actions: ['route53:ChangeResourceRecordSets'],
      resources: writable.map(({ id }) => `arn:aws:route53:::hostedzone/${id}`),
      conditions: {
        'ForAllValues:StringLike': { 'route53:ChangeResourceRecordSetsNormalizedRecordNames': ['_vlmcs._tcp.*'] },
        'ForAllValues:StringEquals': {
          'route53:ChangeResourceRecordSetsRecordTypes': ['SRV', 'TXT'],
          'route53:ChangeResourceRecordSetsActions': ['CREATE', 'DELETE'],
        },
      },
    }),
    new PolicyStatement({
      sid: 'FollowRecordChanges',
      actions: ['route53:GetChange'],
      resources: [EVERY_RECORD_CHANGE],
    }),
  ];
};
