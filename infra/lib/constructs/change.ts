import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Code } from 'aws-cdk-lib/aws-lambda';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { ENVIRONMENT } from '../../../bot/environment.ts';
import { changeSettings } from '../changes-config.ts';
import type { BotConfig, SiteConfig } from '../config.ts';
import { keyStatements, writeConfirmations } from '../key-access.ts';
import { CHANGE_ROLE, changeSiteRole } from '../names.ts';
import { changeStatements, recordStatements } from '../site-access.ts';
import { ChangingDocuments } from './changing-documents.ts';
import { allowCheckpoints, allowSites, siteEnvironment } from './durable-runner.ts';
import { NodeFunction } from './node-function.ts';
import { NodeSecrets } from './node-secrets.ts';

export interface ChangeProps {
  readonly config: BotConfig;
  readonly changes: NonNullable<BotConfig['changes']>;
  readonly code: Code;
  readonly environment: Record<string, string>;
  readonly logRetention: RetentionDays;
}

/** The function that changes machines and KMS records, and the documents it changes machines by. Deployed only where changes are switched on. */
export class Change extends Construct {
  readonly runner: NodeFunction;
  /** The site that a Confirmation ID is written at; undefined where stored keys are not switched on. */
  private readonly keysAt: SiteConfig | undefined;

  constructor(scope: Construct, id: string, props: ChangeProps) {
    super(scope, id);
    const { config, changes } = props;
    const [home] = config.sites;
    if (home === undefined) throw new Error('sites: at least one is needed');
    new ChangingDocuments(this, 'Documents', changes.keys);
    this.runner = new NodeFunction(this, 'Run', {
      description: 'kms-bot: operations that change machines and KMS records (durable)',
      code: props.code,
      memoryMb: 1024,
      timeout: Duration.minutes(5),
      roleName: CHANGE_ROLE,
      logRetention: props.logRetention,
      environment: {
        ...props.environment,
        ...siteEnvironment(config, changeSiteRole),
        [ENVIRONMENT.rights]: JSON.stringify(config.rights),
        [ENVIRONMENT.changes]: JSON.stringify(changeSettings(changes)),
      },
      // An approval may be waited for a day, again for each of five plans that the world overtook, and so may the word to
      // go on after each of two waves, and each of five Confirmation IDs; then the clients of a retired host are watched for
      // eight days. The history is kept for as long as an undo is offered.
      durable: { executionTimeout: Duration.days(15), retention: Duration.days(30) },
    });
    allowSites(this.runner, config, changeSiteRole);
    const statements = [
      ...changeStatements(home, changes.keys),
      ...recordStatements(home, config.zones),
      ...(changes.keys ? keyStatements(home, config.sites.length > 1 ? 'home' : 'home-alone') : []),
    ];
    for (const statement of statements) this.runner.role.addToPolicy(statement);
    this.keysAt = changes.keys ? home : undefined;
    if (changes.keys) new NodeSecrets(this, 'NodeSecrets', home);
    allowCheckpoints(this, this.runner);
    // As for observe: a change that begins hours after it was asked for is one that nobody expects any more.
    this.runner.alias.configureAsyncInvoke({ maxEventAge: Duration.minutes(5) });
  }

  /** Lets the function that answers Slack hand changes on, answer what a change waits for, and keep a Confirmation ID. */
  grantAsk(front: NodeFunction): void {
    const { alias, function: fn } = this.runner;
    front.function.addEnvironment(ENVIRONMENT.changeFunction, alias.functionArn);
    front.role.addToPolicy(
      new PolicyStatement({
        sid: 'HandChangesOn',
        actions: ['lambda:InvokeFunction'],
        resources: [alias.functionArn],
      }),
    );
    front.role.addToPolicy(
      new PolicyStatement({
        sid: 'AnswerWhatChangesWaitFor',
        actions: ['lambda:SendDurableExecutionCallbackSuccess'],
        resources: [`${fn.functionArn}:*`],
      }),
    );
    if (this.keysAt !== undefined) front.role.addToPolicy(writeConfirmations(this.keysAt));
  }
}
