import type { CfnFunction, Code } from 'aws-cdk-lib/aws-lambda';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { ENVIRONMENT } from '../../bot/environment.ts';
import type { BotConfig } from './config.ts';
import { Audit } from './constructs/audit.ts';
import { Change } from './constructs/change.ts';
import { InspectionDocument } from './constructs/inspection-document.ts';
import { Ledger } from './constructs/ledger.ts';
import { Observe } from './constructs/observe.ts';
import { SlackFront } from './constructs/slack-front.ts';
import { SlackSecret } from './constructs/slack-secret.ts';

export interface BotStackProps extends StackProps {
  readonly config: BotConfig;
  /** The built code of a function, by its entry point's name. */
  readonly code: (name: FunctionName) => Code;
}

/** The bot's functions, by their entry points. */
export type FunctionName = 'slack' | 'observe' | 'change';

/**
 * The bot's home site: it reads, answers and remembers. Unless the configuration switches changes on, nothing in this
 * stack can change a machine or a record.
 */
export class BotStack extends Stack {
  /** Logical ids of the durable functions, as cdk-nag names them. */
  readonly durableLogicalIds: readonly string[];

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
    secret.grantRead(front.runner);
    secret.grantRead(observe.runner);
    ledger.grantReadWrite(observe.runner);
    for (const fn of [front, observe])
      fn.runner.function.addEnvironment(ENVIRONMENT.rights, JSON.stringify(config.rights));
    const change = this.addChanges({ ...props, environment, logRetention }, { secret, ledger, observe, front });
    const durable = [observe, ...(change === undefined ? [] : [change])];
    this.durableLogicalIds = durable.map(({ runner }) =>
      String(this.resolve((runner.function.node.defaultChild as CfnFunction).logicalId)),
    );
    new CfnOutput(this, 'SlackRequestUrl', { value: `${front.url}slack/events` });
    new CfnOutput(this, 'SlackSecretArn', { value: secret.secret.secretArn });
  }

  /** Everything that can change a machine, with its audit; nothing of it where changes are off. */
  private addChanges(props: ChangeStackProps, { secret, ledger, observe, front }: Others): Change | undefined {
    const { config, environment, logRetention } = props;
    const { changes } = config;
    if (changes === undefined) return undefined;
    const audit = new Audit(this, 'Audit');
    const code = props.code('change');
    const change = new Change(this, 'Change', { config, changes, code, environment, logRetention });
    secret.grantRead(change.runner);
    ledger.grantReadWrite(change.runner);
    audit.grantAppend(change.runner);
    audit.grantRead(observe.runner);
    ledger.grantReadChanges(front.runner);
    change.grantAsk(front.runner);
    return change;
  }
}

interface ChangeStackProps extends Pick<BotStackProps, 'config' | 'code'> {
  readonly environment: Record<string, string>;
  readonly logRetention: RetentionDays;
}

interface Others {
  readonly secret: SlackSecret;
  readonly ledger: Ledger;
  readonly observe: Observe;
  readonly front: SlackFront;
}
