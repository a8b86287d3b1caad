import { ArnPrincipal, type PolicyStatement, Role } from 'aws-cdk-lib/aws-iam';
import { Stack, type StackProps } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { BotConfig, SiteConfig } from './config.ts';
import { ChangingDocuments } from './constructs/changing-documents.ts';
import { InspectionDocument } from './constructs/inspection-document.ts';
import { NodeSecrets } from './constructs/node-secrets.ts';
import { keyStatements } from './key-access.ts';
import { CHANGE_ROLE, changeSiteRole, OBSERVE_ROLE, roleArn, siteRole } from './names.ts';
import { changeStatements, inspectionStatements, recordStatements } from './site-access.ts';

export interface MemberSiteStackProps extends StackProps {
  readonly site: SiteConfig;
  /** Account the bot lives in. */
  readonly homeAccount: string;
  readonly fleetTag: BotConfig['fleetTag'];
  /** Whether machines of this site may be changed, and given stored keys; absent where they may not. */
  readonly changes?: Pick<NonNullable<BotConfig['changes']>, 'keys'>;
  /** Every zone of the configuration, of this site or not. */
  readonly zones: BotConfig['zones'];
}

interface EntryRole {
  readonly roleName: string;
  readonly description: string;
  /** Name of the role in the bot's account that may take it over. */
  readonly trusts: string;
  readonly statements: readonly PolicyStatement[];
}

/** Another account or region the bot may read, and change where that is switched on: documents and roles, nothing that runs. */
export class MemberSiteStack extends Stack {
  constructor(scope: Construct, id: string, props: MemberSiteStackProps) {
    super(scope, id, props);
    const { site, fleetTag, homeAccount } = props;
    new InspectionDocument(this, 'Inspection');
    this.addEntry('Role', homeAccount, {
      roleName: siteRole(site.id),
      description: 'kms-bot reads this site through it',
      trusts: OBSERVE_ROLE,
      statements: inspectionStatements(site, fleetTag),
    });
    if (props.changes === undefined) return;
    const { keys } = props.changes;
    new ChangingDocuments(this, 'Changing', keys);
    if (keys) new NodeSecrets(this, 'NodeSecrets', site);
    this.addEntry('ChangeRole', homeAccount, {
      roleName: changeSiteRole(site.id),
      description: 'kms-bot changes machines and KMS records of this site through it',
      trusts: CHANGE_ROLE,
      statements: [
        ...inspectionStatements(site, fleetTag),
        ...changeStatements(site, keys),
        ...(keys ? keyStatements(site, 'member') : []),
        ...recordStatements(site, props.zones),
      ],
    });
  }

  private addEntry(id: string, account: string, { roleName, description, trusts, statements }: EntryRole): void {
    const assumedBy = new ArnPrincipal(roleArn({ account }, trusts));
    const role = new Role(this, id, { roleName, description, assumedBy });
    for (const statement of statements) role.addToPolicy(statement);
  }
}
