import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  Alias,
  Architecture,
  type Code,
  type IVersion,
  Function as LambdaFunction,
  Runtime,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import { type Duration, RemovalPolicy } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { LIVE } from '../names.ts';

export interface NodeFunctionProps {
  readonly description: string;
  /** The built bundle, with `index.mjs` or `index.cjs` exporting `handler`. */
  readonly code: Code;
  readonly memoryMb: number;
  readonly timeout: Duration;
  readonly environment: Record<string, string>;
  readonly logRetention: RetentionDays;
  /** Fixed role name, where another account has to trust it. */
  readonly roleName?: string;
  /** Makes the function durable; cannot be added to or changed on an existing function. */
  readonly durable?: { readonly executionTimeout: Duration; readonly retention: Duration };
  readonly reservedConcurrency?: number;
}

/** A function of the bot: runtime, architecture, log group, own role and the alias that callers use. */
export class NodeFunction extends Construct {
  readonly function: LambdaFunction;
  readonly alias: Alias;
  readonly role: Role;

  constructor(scope: Construct, id: string, props: NodeFunctionProps) {
    super(scope, id);
    const logGroup = new LogGroup(this, 'Logs', {
      retention: props.logRetention,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      ...(props.roleName === undefined ? {} : { roleName: props.roleName }),
    });
    this.role.addToPolicy(
      new PolicyStatement({
        sid: 'WriteOwnLog',
        actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        // CloudFormation's ARN of a log group already ends in `:*`, which covers its streams.
        resources: [logGroup.logGroupArn],
      }),
    );
    this.function = new LambdaFunction(this, 'Function', {
      description: props.description,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      code: props.code,
      handler: 'index.handler',
      memorySize: props.memoryMb,
      timeout: props.timeout,
      environment: { NODE_OPTIONS: '--enable-source-maps', ...props.environment },
      role: this.role,
      logGroup,
      currentVersionOptions: { removalPolicy: RemovalPolicy.RETAIN },
      ...(props.reservedConcurrency === undefined ? {} : { reservedConcurrentExecutions: props.reservedConcurrency }),
      ...(props.durable === undefined
        ? {}
        : {
            durableConfig: {
              executionTimeout: props.durable.executionTimeout,
              retentionPeriod: props.durable.retention,
            },
          }),
    });
    this.alias = new Alias(this, 'Live', { aliasName: LIVE, version: this.function.currentVersion as IVersion });
  }
}
