import { ArnPrincipal, Role } from 'aws-cdk-lib/aws-iam';
import { Stack, type StackProps } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { BotConfig, SiteConfig } from './config.ts';
import { InspectionDocument } from './constructs/inspection-document.ts';
import { OBSERVE_ROLE, siteRole } from './names.ts';
import { inspectionStatements } from './site-access.ts';

export interface MemberSiteStackProps extends StackProps {
  readonly site: SiteConfig;
  /** Account the bot lives in. */
  readonly homeAccount: string;
  readonly fleetTag: BotConfig['fleetTag'];
}

/** Another account or region the bot may read: the document and a role, nothing that runs. */
export class MemberSiteStack extends Stack {
  constructor(scope: Construct, id: string, props: MemberSiteStackProps) {
    super(scope, id, props);
    new InspectionDocument(this, 'Inspection');
    const role = new Role(this, 'Role', {
      roleName: siteRole(props.site.id),
      description: 'kms-bot reads this site through it',
      assumedBy: new ArnPrincipal(`arn:aws:iam::${props.homeAccount}:role/${OBSERVE_ROLE}`),
    });
    for (const statement of inspectionStatements(props.site, props.fleetTag)) role.addToPolicy(statement);
  }
}
