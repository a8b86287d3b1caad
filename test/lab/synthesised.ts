/**
 * The account as the CDK app would deploy it: functions with their environment, roles with their policies. Taken from
 * the synthesised templates, so that what the lab enforces is what is shipped.
 */
import { Code } from 'aws-cdk-lib/aws-lambda';
import { createBotApp } from '../../infra/lib/app.ts';
import type { BotConfig } from '../../infra/lib/config.ts';
import type { PolicyDocument } from './aws/types.ts';

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };
interface Resource {
  readonly Type: string;
  readonly Properties?: { readonly [key: string]: Json };
}
interface Template {
  readonly Resources: Readonly<Record<string, Resource>>;
}

export interface DeployedFunction {
  /** `Slack` or `Observe` by the construct that made it. */
  readonly logicalId: string;
  readonly name: string;
  readonly arn: string;
  readonly roleArn: string;
  readonly timeoutSeconds: number;
  readonly memoryMb: number;
  readonly environment: Readonly<Record<string, string>>;
  readonly durable?: { readonly executionTimeoutSeconds: number; readonly retentionDays: number };
}

export interface DeployedRole {
  readonly arn: string;
  readonly account: string;
  /** ARNs the trust policy names. */
  readonly trusts: readonly string[];
  readonly policies: readonly PolicyDocument[];
}

export interface DeployedDocument {
  readonly account: string;
  readonly region: string;
  readonly name: string;
  readonly content: unknown;
}

/** What the roles of a site's machines may be given, so that they fetch secrets. */
export interface DeployedNodePolicy {
  readonly account: string;
  readonly region: string;
  readonly name: string;
  readonly document: PolicyDocument;
}

export interface Deployment {
  readonly functions: readonly DeployedFunction[];
  readonly roles: readonly DeployedRole[];
  readonly documents: readonly DeployedDocument[];
  readonly tables: readonly { readonly name: string; readonly arn: string; readonly properties: unknown }[];
  readonly secretArns: readonly string[];
  /** One a site; none where stored keys are not switched on. */
  readonly nodePolicies: readonly DeployedNodePolicy[];
}

const isObject = (value: Json | undefined): value is { readonly [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What `Ref` and `Fn::GetAtt` give for the resource types of our templates; an unknown one is an error, never a guess. */
const identify = (logicalId: string, resource: Resource, account: string, region: string) => {
  const properties = resource.Properties ?? {};
  const named = (property: string) => (typeof properties[property] === 'string' ? properties[property] : logicalId);
  const by = (ref: string, arn: string, more: Record<string, string> = {}) => ({
    ref,
    attributes: { Arn: arn, ...more },
  });
  switch (resource.Type) {
    case 'AWS::Lambda::Function':
      return by(logicalId, `arn:aws:lambda:${region}:${account}:function:${logicalId}`);
    case 'AWS::Lambda::Version':
      return by(`${logicalId}:1`, `${logicalId}:1`, { Version: '1' });
    case 'AWS::Lambda::Url':
      return by(logicalId, logicalId, { FunctionUrl: 'https://function-url.invalid/' });
    case 'AWS::IAM::Role':
      return by(named('RoleName'), `arn:aws:iam::${account}:role/${named('RoleName')}`);
    case 'AWS::DynamoDB::GlobalTable':
      return by(logicalId, `arn:aws:dynamodb:${region}:${account}:table/${logicalId}`);
    case 'AWS::SecretsManager::Secret': {
      const arn = `arn:aws:secretsmanager:${region}:${account}:secret:${logicalId}-Ab12Cd`;
      return by(arn, arn);
    }
    case 'AWS::Logs::LogGroup':
      return by(logicalId, `arn:aws:logs:${region}:${account}:log-group:${logicalId}:*`);
    default:
      return undefined;
  }
};

/** Resolves CloudFormation's intrinsic functions of one template. */
const resolver = (template: Template, account: string, region: string) => {
  const resolve = (value: Json): Json => {
    if (Array.isArray(value)) return value.map(resolve);
    if (!isObject(value)) return value;
    const [key, ...more] = Object.keys(value);
    const argument = key === undefined ? null : (value[key] ?? null);
    if (key !== undefined && more.length === 0 && (key === 'Ref' || key.startsWith('Fn::')))
      return intrinsic(key, argument);
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, resolve(inner)]));
  };
  const identity = (logicalId: string) => {
    const resource = template.Resources[logicalId];
    if (resource?.Type === 'AWS::Lambda::Alias') return alias(resource);
    const found = resource && identify(logicalId, resource, account, region);
    if (found === undefined) throw new Error(`The lab does not know what ${logicalId} refers to`);
    return found;
  };
  const alias = (resource: Resource) => {
    const name = String(resolve(resource.Properties?.FunctionName ?? ''));
    const arn = `arn:aws:lambda:${region}:${account}:function:${name}:${String(resource.Properties?.Name)}`;
    return { ref: arn, attributes: { Arn: arn } as Record<string, string> };
  };
  const intrinsic = (key: string, argument: Json): Json => {
    if (key === 'Ref' && typeof argument === 'string') return pseudo(argument) ?? identity(argument).ref;
    if (key === 'Fn::GetAtt' && Array.isArray(argument)) {
      const found = (identity(String(argument[0])).attributes as Record<string, string>)[String(argument[1])];
      if (found !== undefined) return found;
    }
    if (key === 'Fn::Join' && Array.isArray(argument)) {
      const parts = resolve(argument[1] ?? []);
      if (Array.isArray(parts)) return parts.map(String).join(String(argument[0]));
    }
    throw new Error(`The lab cannot resolve ${key} ${JSON.stringify(argument)}`);
  };
  const pseudo = (name: string): string | undefined =>
    ({ 'AWS::Partition': 'aws', 'AWS::AccountId': account, 'AWS::Region': region, 'AWS::URLSuffix': 'amazonaws.com' })[
      name
    ];
  return { resolve, identity };
};

const principalsOf = (trust: Json): string[] => {
  if (!isObject(trust) || !Array.isArray(trust.Statement)) return [];
  return trust.Statement.flatMap((statement) => {
    const principal = isObject(statement) && isObject(statement.Principal) ? statement.Principal : {};
    return Object.values(principal).flat().map(String);
  });
};

const readStack = (template: Template, account: string, region: string): Deployment => {
  const { resolve, identity } = resolver(template, account, region);
  const entries = Object.entries(template.Resources);
  const ofType = (type: string) =>
    entries
      .filter(([, resource]) => resource.Type === type)
      .map(([logicalId, resource]) => ({ logicalId, properties: (resource.Properties ?? {}) as Record<string, Json> }));
  const policies = ofType('AWS::IAM::Policy').map(({ properties }) => ({
    roles: (resolve(properties.Roles ?? []) as readonly Json[]).map(String),
    document: resolve(properties.PolicyDocument ?? {}) as unknown as PolicyDocument,
  }));
  return {
    functions: ofType('AWS::Lambda::Function')
      .filter(({ properties }) => properties.Role !== undefined)
      .map(({ logicalId, properties }) => {
        const durable = properties.DurableConfig;
        const environment = isObject(properties.Environment) ? resolve(properties.Environment.Variables ?? {}) : {};
        return {
          logicalId,
          name: logicalId,
          arn: identity(logicalId).attributes.Arn ?? '',
          roleArn: String(resolve(properties.Role ?? '')),
          timeoutSeconds: Number(properties.Timeout ?? 3),
          memoryMb: Number(properties.MemorySize ?? 128),
          environment: environment as Record<string, string>,
          ...(isObject(durable)
            ? {
                durable: {
                  executionTimeoutSeconds: Number(durable.ExecutionTimeout),
                  retentionDays: Number(durable.RetentionPeriodInDays ?? 14),
                },
              }
            : {}),
        };
      }),
    roles: ofType('AWS::IAM::Role').map(({ logicalId, properties }) => ({
      arn: identity(logicalId).attributes.Arn ?? '',
      account,
      trusts: principalsOf(resolve(properties.AssumeRolePolicyDocument ?? {})),
      policies: policies
        .filter((policy) => policy.roles.includes(identity(logicalId).ref))
        .map((policy) => policy.document),
    })),
    documents: ofType('AWS::SSM::Document').map(({ properties }) => ({
      account,
      region,
      name: String(properties.Name),
      content: resolve(properties.Content ?? {}),
    })),
    tables: ofType('AWS::DynamoDB::GlobalTable').map(({ logicalId, properties }) => ({
      name: identity(logicalId).ref,
      arn: identity(logicalId).attributes.Arn ?? '',
      properties,
    })),
    secretArns: ofType('AWS::SecretsManager::Secret').map(({ logicalId }) => identity(logicalId).ref),
    nodePolicies: ofType('AWS::IAM::ManagedPolicy').map(({ logicalId, properties }) => ({
      account,
      region,
      name: String(resolve(properties.ManagedPolicyName ?? logicalId)),
      document: resolve(properties.PolicyDocument ?? {}) as unknown as PolicyDocument,
    })),
  };
};

/** Synthesises the app for this configuration and reads what it would deploy. */
export const synthesise = (config: BotConfig): Deployment => {
  const { app, bot, sites } = createBotApp({
    config,
    code: () => Code.fromInline('exports.handler = async () => {};'),
    // `npm run check` validates the templates; here that would be four seconds of every start.
    app: { builtinCloudFormationValidation: false },
  });
  const assembly = app.synth();
  const stacks = [bot, ...sites].map((stack) =>
    readStack(assembly.getStackByName(stack.stackName).template as Template, stack.account, stack.region),
  );
  return {
    functions: stacks.flatMap((stack) => stack.functions),
    roles: stacks.flatMap((stack) => stack.roles),
    documents: stacks.flatMap((stack) => stack.documents),
    tables: stacks.flatMap((stack) => stack.tables),
    secretArns: stacks.flatMap((stack) => stack.secretArns),
    nodePolicies: stacks.flatMap((stack) => stack.nodePolicies),
  };
};
