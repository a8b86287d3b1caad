import type { Template } from 'aws-cdk-lib/assertions';
import { AwsSolutionsChecks } from 'cdk-nag';
import { beforeAll, describe, expect, it } from 'vitest';
import { acknowledgeFindings } from '../../infra/lib/acknowledgements.ts';
import { DNS_LISTING_ACTIONS, EVERY_ZONE, LISTING_ACTIONS, ZONE_ACTIONS } from '../../infra/lib/site-access.ts';
import { actionsOf, asList, built, configured, policiesOf, templatesOf } from './templates.ts';

const config = configured();

let home: Template;
let member: Template;

beforeAll(() => {
  ({ home, member } = templatesOf(config));
}, 30_000);

describe('every function', () => {
  it('runs Node 24 on ARM with its own log group, role and source maps', () => {
    const functions = Object.values(home.findResources('AWS::Lambda::Function'));

    expect(functions).toHaveLength(2);
    for (const { Properties } of functions) {
      expect(Properties).toMatchObject({ Runtime: 'nodejs24.x', Architectures: ['arm64'] });
      expect(Properties.Environment.Variables.NODE_OPTIONS).toBe('--enable-source-maps');
      expect(Properties.LoggingConfig.LogGroup).toBeDefined();
    }
    const roles = functions.map(({ Properties }) => JSON.stringify(Properties.Role));
    expect(new Set(roles).size).toBe(2);
  });

  it('keeps its versions, because durable executions stay on the one they started on', () => {
    for (const version of Object.values(home.findResources('AWS::Lambda::Version'))) {
      expect(version.DeletionPolicy).toBe('Retain');
    }
  });

  it('keeps its logs for as long as configured', () => {
    for (const { Properties } of Object.values(home.findResources('AWS::Logs::LogGroup'))) {
      expect(Properties.RetentionInDays).toBe(90);
    }
  });
});

describe('every policy', () => {
  /** Why an action may stand on `*`. */
  const WILDCARDS: Readonly<Record<string, string>> = Object.fromEntries(
    [...LISTING_ACTIONS, ...DNS_LISTING_ACTIONS].map((action) => [action, 'has no resource-level permissions']),
  );

  it('names its resources, but for actions that know none', () => {
    const offenders = [home, member].flatMap(policiesOf).flatMap(({ id, statements }) =>
      statements
        .filter((statement) => asList(statement.Resource).includes('*'))
        .flatMap((statement) => asList(statement.Action).filter((action) => WILDCARDS[action] === undefined))
        .map((action) => `${id}: ${action}`),
    );

    expect(offenders).toEqual([]);
  });

  it('names its actions one by one', () => {
    const actions = [home, member]
      .flatMap(policiesOf)
      .flatMap(({ statements }) => statements.flatMap((statement) => asList(statement.Action)));

    expect(actions.filter((action) => action.includes('*'))).toEqual([]);
    expect(actions).not.toHaveLength(0);
  });

  it.each(['home', 'member'])('lets the %s site send KmsBot-Inspect and nothing else', (which) => {
    const statements = policiesOf(which === 'home' ? home : member).flatMap((policy) => policy.statements);
    const sends = statements.filter((statement) => asList(statement.Action).includes('ssm:SendCommand'));
    const documents = sends.flatMap((s) => asList(s.Resource)).filter((r) => String(r).includes(':document/'));

    expect(documents).toHaveLength(1);
    expect(documents[0]).toMatch(/:document\/KmsBot-Inspect$/);
  });

  it('reaches machines only where they carry the tag, in a statement that names no document', () => {
    const onMachines = [home, member]
      .flatMap(policiesOf)
      .flatMap((policy) => policy.statements)
      .filter((s) => asList(s.Resource).some((resource) => /:(managed-)?instance\//.test(String(resource))));

    expect(onMachines).toHaveLength(2);
    for (const statement of onMachines) {
      expect(statement.Condition).toEqual({ StringEquals: { 'aws:ResourceTag/KmsManaged': 'true' } });
      expect(asList(statement.Resource).filter((r) => String(r).includes(':document/'))).toEqual([]);
    }
  });

  it('reads every zone of an account, and by these actions alone', () => {
    const onZones = [home, member]
      .flatMap(policiesOf)
      .flatMap((policy) => policy.statements)
      .filter((s) => asList(s.Resource).some((resource) => String(resource).includes(':hostedzone/')));

    expect(onZones).toHaveLength(2);
    for (const { Action, Resource } of onZones) {
      expect(asList(Action)).toEqual(ZONE_ACTIONS);
      expect(Resource).toBe(EVERY_ZONE);
    }
  });

  it('gives nobody a right to change a machine, a record set, a role or a schedule', () => {
    const changing = /^(route53:Change|iam:|scheduler:|ec2:(?!Describe)|ssm:(Put|Delete|Create|Update|Start))/;
    const actions = [home, member]
      .flatMap(policiesOf)
      .flatMap(({ statements }) => statements.flatMap((s) => asList(s.Action)));

    expect(actions.filter((action) => changing.test(action))).toEqual([]);
  });
});

describe('the Slack function', () => {
  it('may read its secret, write its log and hand work to the alias of observe, and no more', () => {
    const front = policiesOf(home).filter((policy) => policy.roles.includes('Front'));
    const actions = front.flatMap(({ statements }) => statements.flatMap((s) => asList(s.Action)));

    expect(actions.toSorted()).toEqual([
      'lambda:InvokeFunction',
      'logs:CreateLogStream',
      'logs:PutLogEvents',
      'secretsmanager:GetSecretValue',
    ]);
  });

  it('has its public URL on the alias', () => {
    home.hasResourceProperties('AWS::Lambda::Url', { AuthType: 'NONE', Qualifier: 'live' });
  });
});

/**
 * Every right of the role that diagnoses, and what it changes. Whatever is not in this table, nobody has judged: a new
 * right fails here until somebody says what it can change.
 */
const OBSERVE_RIGHTS = {
  'ssm:SendCommand': 'only KmsBot-Inspect, which reads',
  'ssm:ListCommands': 'nothing',
  'ssm:ListCommandInvocations': 'nothing',
  'ssm:DescribeInstanceInformation': 'nothing',
  'ec2:DescribeInstances': 'nothing',
  'route53:ListHostedZones': 'nothing',
  'route53:GetHostedZone': 'nothing',
  'route53:ListResourceRecordSets': 'nothing',
  'route53resolver:ListResolverRuleAssociations': 'nothing',
  'route53resolver:ListResolverRules': 'nothing',
  'sts:AssumeRole': 'only into roles of this table',
  'secretsmanager:GetSecretValue': 'nothing',
  'dynamodb:GetItem': 'nothing',
  'dynamodb:Query': 'nothing',
  'dynamodb:PutItem': 'the bot’s own ledger',
  'dynamodb:BatchWriteItem': 'the bot’s own ledger',
  'lambda:CheckpointDurableExecution': 'its own progress',
  'lambda:GetDurableExecutionState': 'nothing',
  'logs:CreateLogStream': 'its own log',
  'logs:PutLogEvents': 'its own log',
} as const;

/** What the role of a site that the bot enters may do. */
const SITE_RIGHTS = Object.keys(OBSERVE_RIGHTS).filter((action) => /^(ssm|ec2|route53|route53resolver):/.test(action));

describe('a diagnosis changes nothing, because', () => {
  it('observe has these rights and no other', () => {
    const own = policiesOf(home).filter(({ roles }) => roles.includes('Observe'));

    expect(own.length).toBeGreaterThan(0);
    expect(actionsOf(own).toSorted()).toEqual(Object.keys(OBSERVE_RIGHTS).toSorted());
  });

  it('a member site gives it these rights and no other', () => {
    expect(actionsOf(policiesOf(member)).toSorted()).toEqual(SITE_RIGHTS.toSorted());
  });

  it('what it writes is its own: no machine, record set, role or other function is among the resources', () => {
    const writes = [home, member]
      .flatMap(policiesOf)
      .filter(({ roles }) => !roles.includes('Front'))
      .flatMap(({ statements }) => statements)
      .filter(({ Action }) => asList(Action).some((action) => /:(Put|Batch|Checkpoint|Create)/.test(action)));

    expect(writes.length).toBeGreaterThan(0);
    for (const { Resource } of writes) expect(JSON.stringify(Resource)).toMatch(/Ledger|Log|Observe/);
    for (const { Resource } of writes) expect(asList(Resource)).not.toContain('*');
  });

  it('it has no managed policy of AWS’s, which could grow', () => {
    for (const template of [home, member]) {
      for (const { Properties } of Object.values(template.findResources('AWS::IAM::Role'))) {
        expect(Properties.ManagedPolicyArns ?? []).toEqual([]);
        expect(Properties.Policies ?? []).toEqual([]);
      }
    }
  });
});

describe('observe', () => {
  it('is durable for a day and called by its alias', () => {
    home.hasResourceProperties('AWS::Lambda::Function', {
      DurableConfig: { ExecutionTimeout: 86_400, RetentionPeriodInDays: 14 },
    });
    home.resourceCountIs('AWS::Lambda::Alias', 2);
  });
});

describe('a member site', () => {
  it('has the document and a role trusted by observe alone, and nothing that runs', () => {
    member.resourceCountIs('AWS::Lambda::Function', 0);
    member.resourceCountIs('AWS::SSM::Document', 1);
    member.hasResourceProperties('AWS::IAM::Role', {
      AssumeRolePolicyDocument: {
        Statement: [
          {
            Action: 'sts:AssumeRole',
            Effect: 'Allow',
            Principal: { AWS: 'arn:aws:iam::111122223333:role/kms-bot-observe' },
          },
        ],
      },
    });
  });
});

it('makes member sites after the home site, since IAM refuses to trust a role that does not exist', () => {
  const { bot, sites } = built(config);

  for (const site of sites) expect(site.dependencies).toContain(bot);
});

describe('the ledger', () => {
  it('is encrypted, recoverable, expires old items and outlives the stack', () => {
    const [table] = Object.values(home.findResources('AWS::DynamoDB::GlobalTable'));

    expect(table?.DeletionPolicy).toBe('Retain');
    expect(table?.Properties).toMatchObject({
      SSESpecification: { SSEEnabled: true },
      TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
      Replicas: [{ PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true } }],
    });
  });
});

describe('cdk-nag', () => {
  it('finds nothing that is not acknowledged with a reason', () => {
    const all = built(config);
    acknowledgeFindings(all);

    const report = new AwsSolutionsChecks(all.app).validateScope(all.app);

    expect(report.violations.map((v) => `${v.ruleName}: ${v.violatingResources.map((r) => r.constructPath)}`)).toEqual(
      [],
    );
  });
});
