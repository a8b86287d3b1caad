import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { BotConfig, SiteConfig } from './config.ts';
import { changeDocuments } from './documents.ts';
import { INSPECT_DOCUMENT } from './names.ts';

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
 * taken away by itself. The machines are those of the inspection: by the fleet's tag.
 */
export const changeStatements = (site: SiteConfig): PolicyStatement[] =>
  Object.keys(changeDocuments()).map(
    (document) =>
      new PolicyStatement({
        sid: `Send${document.replace(/[^A-Za-z]/g, '')}`,
        actions: ['ssm:SendCommand'],
        resources: [`arn:aws:ssm:${site.region}:${site.account}:document/${document}`],
      }),
  );
