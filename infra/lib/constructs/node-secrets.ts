import { ManagedPolicy } from 'aws-cdk-lib/aws-iam';
import { CfnOutput } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { SiteConfig } from '../config.ts';
import { nodeSecretStatements } from '../key-access.ts';
import { nodeSecretsPolicy } from '../names.ts';

/**
 * The policy that lets machines of a site fetch stored keys and Confirmation IDs. Nobody has it by the deployment: whoever
 * runs the machines attaches it to their instance profile, the role of Default Host Management, or that of a hybrid
 * activation.
 */
export class NodeSecrets extends Construct {
  constructor(scope: Construct, id: string, site: SiteConfig) {
    super(scope, id);
    const policy = new ManagedPolicy(this, 'Policy', {
      managedPolicyName: nodeSecretsPolicy(site.id),
      description: 'kms-bot: lets a machine fetch stored product keys and Confirmation IDs',
      statements: nodeSecretStatements(site),
    });
    new CfnOutput(this, 'Arn', { value: policy.managedPolicyArn }).overrideLogicalId('NodeSecretsPolicyArn');
  }
}
