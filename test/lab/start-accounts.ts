/** The AWS accounts of a lab with everything of the deployment in them but the running functions. */
import { administrator, assumableRoles, functionPrincipal } from './accounts.ts';
import { type AwsAccounts, createAwsAccounts } from './aws/account.ts';
import { createLambda, type Lambda } from './aws/lambda/lambda.ts';
import { createNodeEndpoint, type NodeHttp } from './aws/node-endpoint.ts';
import type { DocumentRunner, LabContext, LabRole, PolicyDocument, Principal } from './aws/types.ts';
import type { LabOptions } from './options.ts';
import { storeKeys } from './stored-keys.ts';
import type { Deployment } from './synthesised.ts';
import type { LabSite, WorldState } from './world/types.ts';

export interface StartedAccounts {
  readonly aws: AwsAccounts;
  readonly lambda: Lambda;
  readonly administrator: Principal;
  /** Each function's role at work, by the function's ARN. */
  readonly principals: ReadonlyMap<string, Principal>;
  readonly roles: readonly LabRole[];
  /** Answers what the machines ask of AWS. */
  readonly nodeHttp: NodeHttp;
}

interface AccountsSetup {
  readonly deployment: Deployment;
  /** Where the bot itself lives. */
  readonly home: LabSite;
  readonly run: DocumentRunner;
  readonly secret: { readonly signingSecret: string; readonly botToken: string };
  readonly ssmRate: LabOptions['ssmRate'];
}

/** Route 53 publishes its rate; that of Systems Manager is the option's. */
const throttleOf = (ssm: LabOptions['ssmRate']) =>
  ssm === undefined ? {} : { throttle: { ssm, route53: { ratePerSecond: 5, burst: 5 } } };

/** Starts the accounts with their users and roles, and puts documents, table and secret in. */
export const startAccounts = async (context: LabContext, setup: AccountsSetup): Promise<StartedAccounts> => {
  const { deployment, home, run } = setup;
  const admin = administrator(context.random, home.account);
  const principals = new Map(
    deployment.functions.map((fn) => [fn.arn, functionPrincipal(context.random, deployment, fn)]),
  );
  const roles = assumableRoles(deployment);
  let lambda: Lambda | undefined;
  const aws = await createAwsAccounts({
    ...context,
    principals: [admin, ...principals.values()],
    roles,
    home,
    run,
    services: (authorize) => {
      lambda = createLambda({ ...context, authorize });
      return { lambda: lambda.service };
    },
    isDead: (traceId) => lambda?.isDead(traceId) ?? false,
    ...throttleOf(setup.ssmRate),
  });
  if (lambda === undefined) throw new Error('Lambda was not made');
  await furnish(aws, setup);
  storeKeys(aws, context.world.state);
  const nodeHttp = createNodeEndpoint({
    ...context,
    secrets: aws.secrets,
    parameters: aws.ssm,
    policyOf: (siteId) => nodePolicyOf(deployment, context.world.state, siteId),
  });
  return { aws, lambda, administrator: admin, principals, roles, nodeHttp };
};

/** Machines may read nothing where stored keys are not switched on: there is no such policy then. */
const nodePolicyOf = ({ nodePolicies }: Deployment, { sites }: WorldState, siteId: string): PolicyDocument => {
  const site = sites.find(({ id }) => id === siteId);
  const found = nodePolicies.find(({ account, region }) => account === site?.account && region === site.region);
  return found?.document ?? { Version: '2012-10-17', Statement: [] };
};

const furnish = async (aws: AwsAccounts, { deployment, home, secret }: AccountsSetup): Promise<void> => {
  for (const document of deployment.documents) aws.ssm.registerDocument({ ...document, platformTypes: ['Windows'] });
  for (const { name, properties } of deployment.tables) {
    const { AttributeDefinitions, KeySchema } = properties as Record<string, unknown>;
    const table = { TableName: name, AttributeDefinitions, KeySchema, BillingMode: 'PAY_PER_REQUEST' };
    await aws.dynamoDb.createTable(table);
  }
  const { signingSecret, botToken } = secret;
  const value = JSON.stringify({ signingSecret, botToken });
  for (const arn of deployment.secretArns) {
    const [, name = '', tail = ''] = /:secret:(.+)-([^-]+)$/.exec(arn) ?? [];
    aws.secrets.putSecret({ ...home, name, tail, value });
  }
};
