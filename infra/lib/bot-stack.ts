import type { CfnFunction, Code } from 'aws-cdk-lib/aws-lambda';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { ENVIRONMENT } from '../../bot/environment.ts';
import type { BotConfig } from './config.ts';
import { InspectionDocument } from './constructs/inspection-document.ts';
import { Ledger } from './constructs/ledger.ts';
import { Observe } from './constructs/observe.ts';
import { SlackFront } from './constructs/slack-front.ts';
import { SlackSecret } from './constructs/slack-secret.ts';

export interface BotStackProps extends StackProps {
  readonly config: BotConfig;
  /** The built code of a function, by its entry point's name. */
  readonly code: (name: 'slack' | 'observe') => Code;
}

/** The bot's home site: it reads, answers and remembers. Nothing in this stack can change a machine or a record. */
export class BotStack extends Stack {
  /** Logical id of the observe function, as cdk-nag names it. */
  readonly observeLogicalId: string;

  constructor(scope: Construct, id: string, props: BotStackProps) {
    super(scope, id, props);
    const { config } = props;
    const logRetention: RetentionDays = config.logRetentionDays;
    const environment = {
      [ENVIRONMENT.teamId]: config.teamId,
      [ENVIRONMENT.botId]: config.botId,
      [ENVIRONMENT.botUserId]: config.botUserId,
      [ENVIRONMENT.language]: config.language,
    };
    new InspectionDocument(this, 'Inspection');
    const secret = new SlackSecret(this, 'Slack');
    const ledger = new Ledger(this, 'Ledger');
    const observe = new Observe(this, 'Observe', { config, code: props.code('observe'), environment, logRetention });
    const front = new SlackFront(this, 'Front', {
      code: props.code('slack'),
      environment,
      logRetention,
      observe: observe.runner,
      ...(config.slackConcurrency === undefined ? {} : { reservedConcurrency: config.slackConcurrency }),
    });
    this.observeLogicalId = String(this.resolve((observe.runner.function.node.defaultChild as CfnFunction).logicalId));
    secret.grantRead(front.runner);
    secret.grantRead(observe.runner);
    ledger.grantReadWrite(observe.runner);
    new CfnOutput(this, 'SlackRequestUrl', { value: `${front.url}slack/events` });
    new CfnOutput(this, 'SlackSecretArn', { value: secret.secret.secretArn });
  }
}
