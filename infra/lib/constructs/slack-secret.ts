import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { RemovalPolicy, SecretValue } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { ENVIRONMENT } from '../../../bot/environment.ts';
import type { NodeFunction } from './node-function.ts';

/** The signing secret and bot token, in one secret. Deployed empty: the values are put in by hand, never by a template. */
export class SlackSecret extends Construct {
  readonly secret: Secret;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.secret = new Secret(this, 'Secret', {
      description: 'kms-bot: Slack signing secret and bot token as {"signingSecret":"…","botToken":"…"}',
      secretObjectValue: {
        signingSecret: SecretValue.unsafePlainText(''),
        botToken: SecretValue.unsafePlainText(''),
      },
      removalPolicy: RemovalPolicy.DESTROY,
    });
  }

  /** Lets a function read the secret, and tells it which one. */
  grantRead(fn: NodeFunction): void {
    fn.role.addToPolicy(
      new PolicyStatement({
        sid: 'ReadTheSlackSecret',
        actions: ['secretsmanager:GetSecretValue'],
        resources: [this.secret.secretArn],
      }),
    );
    fn.function.addEnvironment(ENVIRONMENT.slackSecret, this.secret.secretArn);
  }
}
