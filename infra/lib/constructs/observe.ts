import type { Code } from 'aws-cdk-lib/aws-lambda';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { BotConfig } from '../config.ts';
import { OBSERVE_ROLE, siteRole } from '../names.ts';
import { allowCheckpoints, allowSites, siteEnvironment } from './durable-runner.ts';
import { NodeFunction } from './node-function.ts';

export interface ObserveProps {
  readonly config: BotConfig;
  readonly code: Code;
  readonly environment: Record<string, string>;
  readonly logRetention: RetentionDays;
}

/** The function that runs read-only operations. It can send the inspection and nothing else. */
export class Observe extends Construct {
  readonly runner: NodeFunction;

  constructor(scope: Construct, id: string, props: ObserveProps) {
    super(scope, id);
    const { config } = props;
    this.runner = new NodeFunction(this, 'Run', {
      description: 'kms-bot: read-only operations (durable)',
      code: props.code,
      memoryMb: 1024,
      timeout: Duration.minutes(5),
      roleName: OBSERVE_ROLE,
      logRetention: props.logRetention,
      environment: { ...props.environment, ...siteEnvironment(config, siteRole) },
      // A check ends within minutes; a day leaves room for AWS to be slow. The history is kept for two weeks.
      durable: { executionTimeout: Duration.hours(24), retention: Duration.days(14) },
    });
    allowSites(this.runner, config, siteRole);
    allowCheckpoints(this, this.runner);
    // Lambda would start throttled work for six hours; an answer that late is to nobody's question.
    this.runner.alias.configureAsyncInvoke({ maxEventAge: Duration.minutes(5) });
  }
}
