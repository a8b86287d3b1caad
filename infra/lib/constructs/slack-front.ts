import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { type Code, FunctionUrlAuthType } from 'aws-cdk-lib/aws-lambda';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { ENVIRONMENT } from '../../../bot/environment.ts';
import { NodeFunction } from './node-function.ts';

export interface SlackFrontProps {
  readonly code: Code;
  readonly environment: Record<string, string>;
  readonly logRetention: RetentionDays;
  readonly observe: NodeFunction;
  readonly reservedConcurrency?: number;
}

/** The function that answers Slack within three seconds, behind a public URL guarded by Slack's signature. */
export class SlackFront extends Construct {
  readonly runner: NodeFunction;
  /** Where Slack sends its requests, without the path. */
  readonly url: string;

  constructor(scope: Construct, id: string, props: SlackFrontProps) {
    super(scope, id);
    this.runner = new NodeFunction(this, 'Answer', {
      description: 'kms-bot: answers Slack and hands work on',
      code: props.code,
      // Below 1,769 MB a function has less than one processor, and a cold start is all processor time.
      memoryMb: 1769,
      timeout: Duration.seconds(10),
      logRetention: props.logRetention,
      environment: {
        ...props.environment,
        [ENVIRONMENT.observeFunction]: props.observe.alias.functionArn,
      },
      ...(props.reservedConcurrency === undefined ? {} : { reservedConcurrency: props.reservedConcurrency }),
    });
    this.runner.role.addToPolicy(
      new PolicyStatement({
        sid: 'HandWorkOn',
        actions: ['lambda:InvokeFunction'],
        resources: [props.observe.alias.functionArn],
      }),
    );
    // Slack cannot sign with IAM: the function checks Slack's own signature over the raw body before anything else.
    this.url = this.runner.alias.addFunctionUrl({ authType: FunctionUrlAuthType.NONE }).url;
  }
}
