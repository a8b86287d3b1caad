import { Policy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Code } from 'aws-cdk-lib/aws-lambda';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { ENVIRONMENT } from '../../../bot/environment.ts';
import type { BotConfig } from '../config.ts';
import { INSPECT_DOCUMENT, OBSERVE_ROLE, siteRoleArn } from '../names.ts';
import { inspectionStatements } from '../site-access.ts';
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
    const [home, ...members] = props.config.sites;
    if (home === undefined) throw new Error('sites: at least one is needed');
    this.runner = new NodeFunction(this, 'Run', {
      description: 'kms-bot: read-only operations (durable)',
      code: props.code,
      memoryMb: 1024,
      timeout: Duration.minutes(5),
      roleName: OBSERVE_ROLE,
      logRetention: props.logRetention,
      environment: {
        ...props.environment,
        [ENVIRONMENT.sites]: JSON.stringify(withRoles(props.config)),
        [ENVIRONMENT.fleetTag]: `${props.config.fleetTag.key}=${props.config.fleetTag.value}`,
        [ENVIRONMENT.inspectDocument]: INSPECT_DOCUMENT,
        [ENVIRONMENT.knownHosts]: JSON.stringify(props.config.knownHosts),
      },
      // A check ends within minutes; a day leaves room for AWS to be slow. The history is kept for two weeks.
      durable: { executionTimeout: Duration.hours(24), retention: Duration.days(14) },
    });
    for (const statement of inspectionStatements(home, props.config.fleetTag)) this.runner.role.addToPolicy(statement);
    if (members.length > 0) this.allowMembers(members.map(siteRoleArn));
    this.allowCheckpoints();
    // Lambda would start throttled work for six hours; an answer that late is to nobody's question.
    this.runner.alias.configureAsyncInvoke({ maxEventAge: Duration.minutes(5) });
  }

  private allowMembers(roleArns: readonly string[]): void {
    this.runner.role.addToPolicy(
      new PolicyStatement({
        sid: 'EnterMemberSites',
        actions: ['sts:AssumeRole'],
        resources: [...roleArns],
      }),
    );
  }

  /**
   * The durable engine's two calls. A policy of its own, because the role's default policy must not name the function:
   * the function waits for that policy, and CloudFormation refuses the circle.
   */
  private allowCheckpoints(): void {
    const arn = this.runner.function.functionArn;
    new Policy(this, 'Checkpoints', {
      roles: [this.runner.role],
      statements: [
        new PolicyStatement({
          sid: 'RememberOwnProgress',
          actions: ['lambda:CheckpointDurableExecution', 'lambda:GetDurableExecutionState'],
          resources: [arn, `${arn}:*`],
        }),
      ],
    });
  }
}

/** The sites as the function is told them: the home site needs no role. */
const withRoles = (config: BotConfig) =>
  config.sites.map((site, index) => (index === 0 ? site : { ...site, roleArn: siteRoleArn(site) }));
