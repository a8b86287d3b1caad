/** The whole AWS side of the lab, put together. */
import { createDynamoDb, type DynamoDb } from './dynamodb.ts';
import { createEc2 } from './ec2/service.ts';
import { createAuthorize } from './iam/authorize.ts';
import type { Place } from './place.ts';
import { createResolver } from './resolver/service.ts';
import { createRoute53 } from './route53/service.ts';
import { createSecretsManager, type SecretsManager } from './secrets-manager.ts';
import { type AwsEndpoint, type AwsEndpointOptions, createAwsEndpoint } from './server.ts';
import { createSsm, type Ssm } from './ssm/service.ts';
import type { Authorize, AwsService, DocumentRunner } from './types.ts';

/** What the accounts are made of. */
export interface AwsAccountsOptions extends Omit<AwsEndpointOptions, 'services'> {
  /** Runs a document on a machine of the fleet. */
  readonly run: DocumentRunner;
  /** Where the bot's tables are. */
  readonly home: Place;
  /** Services made elsewhere, by signing name: Lambda, Scheduler. */
  readonly services?: (authorize: Authorize) => Readonly<Record<string, AwsService>>;
}

/** The running accounts, and the ways to deploy into them. */
export interface AwsAccounts {
  /** Answers requests to every service. */
  readonly endpoint: AwsEndpoint;
  readonly authorize: Authorize;
  readonly ssm: Ssm;
  readonly secrets: SecretsManager;
  readonly dynamoDb: DynamoDb;
  close(): Promise<void>;
}

/** Starts the simulated accounts. Nothing is deployed in them yet: documents, secrets and tables are put by the caller. */
export async function createAwsAccounts(options: AwsAccountsOptions): Promise<AwsAccounts> {
  const authorize = createAuthorize(() => options.clock.now());
  const ssm = createSsm({ ...options, authorize });
  const secrets = createSecretsManager({ ...options, authorize });
  const dynamoDb = await createDynamoDb({ ...options.home, authorize });
  const endpoint = createAwsEndpoint({
    ...options,
    services: {
      ssm: ssm.service,
      secretsmanager: secrets.service,
      dynamodb: dynamoDb.service,
      ec2: createEc2({ ...options, authorize }),
      route53: createRoute53({ ...options, authorize }),
      route53resolver: createResolver({ ...options, authorize }),
      ...options.services?.(authorize),
    },
  });
  return { endpoint, authorize, ssm, secrets, dynamoDb, close: dynamoDb.close };
}
