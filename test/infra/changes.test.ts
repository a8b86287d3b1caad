import type { Template } from 'aws-cdk-lib/assertions';
import { AwsSolutionsChecks } from 'cdk-nag';
import { beforeAll, describe, expect, it } from 'vitest';
import { ENVIRONMENT } from '../../bot/environment.ts';
import { acknowledgeFindings } from '../../infra/lib/acknowledgements.ts';
import { deployedDocuments } from '../../infra/lib/documents.ts';
import { DNS_LISTING_ACTIONS, EVERY_ZONE, LISTING_ACTIONS, ZONE_ACTIONS } from '../../infra/lib/site-access.ts';
import {
  actionsOf,
  asList,
  built,
  configured,
  type Policy,
  policiesOf,
  type Statement,
  statementsOf,
  templatesOf,
} from './templates.ts';

const on = configured({ changes: {} });
/** What stored keys add is `keys.test.ts`'s. */
const DOCUMENTS = deployedDocuments(false);

let home: Template;
let member: Template;

beforeAll(() => {
  ({ home, member } = templatesOf(on));
}, 30_000);

const ofRole = (template: Template, part: string): readonly Policy[] =>
  policiesOf(template).filter(({ roles }) => roles.includes(part));

/** The role that reads a member site, by its logical id; that of changes has another one. */
const READS = '"Ref":"Role';

const roleNamed = (template: Template, name: string) =>
  Object.values(template.findResources('AWS::IAM::Role')).find(({ Properties }) => Properties.RoleName === name);

const documentsSent = (policies: readonly Policy[]): string[] =>
  statementsOf(policies)
    .filter((statement) => asList(statement.Action).includes('ssm:SendCommand'))
    .flatMap((statement) => asList(statement.Resource).map(String))
    .flatMap((resource) => /:document\/(.+)$/.exec(resource)?.[1] ?? []);

/** Whatever the action does to a table, by the statement's resource. */
const onTable = (policies: readonly Policy[], table: 'Audit' | 'Ledger'): readonly Statement[] =>
  statementsOf(policies).filter(({ Resource }) => JSON.stringify(Resource).includes(`"${table}Table`));

describe('without changes in the configuration', () => {
  it('there is nothing that could change a machine, and nobody who might', () => {
    const off = templatesOf(configured());
    const policies = [off.home, off.member].flatMap(policiesOf);

    for (const template of [off.home, off.member]) template.resourceCountIs('AWS::SSM::Document', 1);
    off.home.resourceCountIs('AWS::Lambda::Function', 2);
    off.home.resourceCountIs('AWS::DynamoDB::GlobalTable', 1);
    off.member.resourceCountIs('AWS::IAM::Role', 1);
    expect(new Set(documentsSent(policies))).toEqual(new Set(['KmsBot-Inspect']));
    expect(JSON.stringify([off.home, off.member])).not.toContain('kms-bot-change');
  });

  it('the Slack function is told of no other function, and may call none', () => {
    const off = templatesOf(configured()).home;
    const [front] = Object.values(off.findResources('AWS::Lambda::Function')).filter(
      ({ Properties }) => Properties.Environment.Variables[ENVIRONMENT.observeFunction] !== undefined,
    );

    expect(front?.Properties.Environment.Variables).not.toHaveProperty(ENVIRONMENT.changeFunction);
    expect(front?.Properties.Environment.Variables).not.toHaveProperty(ENVIRONMENT.ledgerTable);
    expect(statementsOf(ofRole(off, 'Front')).filter(({ Action }) => Action === 'lambda:InvokeFunction')).toHaveLength(
      1,
    );
  });

  it('switching them on only adds: whatever reads stays as it was, but for reading the audit', () => {
    const off = templatesOf(configured()).home;

    const added = statementsOf(ofRole(home, 'Observe')).length - statementsOf(ofRole(off, 'Observe')).length;
    expect(added).toBe(1);
    expect(Object.keys(home.toJSON().Resources)).toEqual(expect.arrayContaining(stableIds(off)));
  });
});

/** Logical ids, but for versions: those carry a digest of the function. */
const stableIds = (template: Template): string[] =>
  Object.entries(template.toJSON().Resources as Record<string, { Type: string }>)
    .filter(([, { Type }]) => Type !== 'AWS::Lambda::Version')
    .map(([id]) => id);

describe('the role that reads', () => {
  it.each(['home', 'member'])('sends no changing document at the %s site', (where) => {
    const policies = where === 'home' ? ofRole(home, 'Observe') : ofRole(member, READS);

    expect(policies.length).toBeGreaterThan(0);
    expect(documentsSent(policies)).toEqual(['KmsBot-Inspect']);
  });

  it('reads the audit and cannot add to it', () => {
    expect(onTable(ofRole(home, 'Observe'), 'Audit').flatMap(({ Action }) => Action)).toEqual([
      'dynamodb:GetItem',
      'dynamodb:Query',
    ]);
  });

  it('cannot take the role that changes a site, nor start what changes', () => {
    const policies = ofRole(home, 'Observe');
    const entered = statementsOf(policies).filter(({ Action }) => Action === 'sts:AssumeRole');

    expect(entered.flatMap(({ Resource }) => Resource)).toEqual([
      'arn:aws:iam::444455556666:role/kms-bot-site-frankfurt',
    ]);
    expect(actionsOf(policies)).not.toContain('lambda:InvokeFunction');
  });
});

/**
 * Every right of the role that changes, and what it changes. Whatever is not in this table, nobody has judged.
 */
const CHANGE_RIGHTS = {
  'ssm:SendCommand': 'the inspection and the changing documents, on machines of the fleet',
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
  'dynamodb:PutItem': 'the bot’s own ledger and audit',
  'dynamodb:BatchWriteItem': 'the bot’s own ledger',
  'lambda:CheckpointDurableExecution': 'its own progress',
  'lambda:GetDurableExecutionState': 'nothing',
  'logs:CreateLogStream': 'its own log',
  'logs:PutLogEvents': 'its own log',
} as const;

describe('the role that changes', () => {
  it('has these rights and no other', () => {
    expect(actionsOf(ofRole(home, 'Change')).toSorted()).toEqual(Object.keys(CHANGE_RIGHTS).toSorted());
  });

  it('has at a member site what concerns machines, and no other right', () => {
    const there = Object.keys(CHANGE_RIGHTS).filter((action) => /^(ssm|ec2|route53|route53resolver):/.test(action));

    expect(actionsOf(ofRole(member, 'ChangeRole')).toSorted()).toEqual(there.toSorted());
  });

  it.each(['home', 'member'])('has each document of the %s site in a statement of its own', (where) => {
    const policies = where === 'home' ? ofRole(home, 'Change') : ofRole(member, 'ChangeRole');
    const statements = statementsOf(policies).filter(({ Resource }) => JSON.stringify(Resource).includes(':document/'));

    expect(DOCUMENTS.length).toBeGreaterThan(0);
    expect(documentsSent(policies).toSorted()).toEqual(['KmsBot-Inspect', ...DOCUMENTS].toSorted());
    for (const { Action, Resource } of statements) {
      expect(Action).toBe('ssm:SendCommand');
      expect(asList(Resource)).toHaveLength(1);
    }
    expect(new Set(statements.map(({ Sid }) => Sid)).size).toBe(statements.length);
  });

  it('reaches machines only where they carry the tag', () => {
    const onMachines = [home, member]
      .flatMap(policiesOf)
      .flatMap(({ statements }) => statements)
      .filter(({ Resource }) => asList(Resource).some((one) => /:(managed-)?instance\//.test(String(one))));

    expect(onMachines).toHaveLength(4);
    for (const { Condition } of onMachines)
      expect(Condition).toEqual({ StringEquals: { 'aws:ResourceTag/KmsManaged': 'true' } });
  });

  it('writes no record set, no role, no instance and no schedule', () => {
    const changing = /^(route53:Change|iam:|scheduler:|ec2:(?!Describe)|ssm:(?!SendCommand|List|Describe))/;
    const onZones = statementsOf(ofRole(home, 'Change')).filter(({ Resource }) => Resource === EVERY_ZONE);

    expect(actionsOf([home, member].flatMap(policiesOf)).filter((action) => changing.test(action))).toEqual([]);
    expect(onZones.map(({ Action }) => Action)).toEqual([[...ZONE_ACTIONS]]);
  });

  it('is trusted by the second role of a site, which the first one does not trust', () => {
    const trusts = (name: string) =>
      roleNamed(member, name)?.Properties.AssumeRolePolicyDocument.Statement.map(
        ({ Principal }: { Principal: { AWS: string } }) => Principal.AWS,
      );

    expect(trusts('kms-bot-site-frankfurt')).toEqual(['arn:aws:iam::111122223333:role/kms-bot-observe']);
    expect(trusts('kms-bot-change-site-frankfurt')).toEqual(['arn:aws:iam::111122223333:role/kms-bot-change']);
  });

  it('outlives every approval that may follow upon another', () => {
    home.hasResourceProperties('AWS::Lambda::Function', {
      DurableConfig: { ExecutionTimeout: 15 * 86_400, RetentionPeriodInDays: 30 },
    });
  });
});

describe('the audit', () => {
  it('is added to and read, and that is all that anybody may do to it', () => {
    const statements = onTable([home, member].flatMap(policiesOf), 'Audit');
    const change = onTable(ofRole(home, 'Change'), 'Audit').flatMap(({ Action }) => Action);

    expect(change.toSorted()).toEqual(['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query']);
    expect(statements).toHaveLength(2);
  });

  it('cannot be reached around: nobody may update, delete, write in batches or by statements, in any table of it', () => {
    const forbidden = /^dynamodb:(Update|Delete|PartiQL|Transact|Batch|\*)/;
    const offending = (policies: readonly Policy[]) =>
      onTable(policies, 'Audit')
        .flatMap(({ Action }) => asList(Action))
        .filter((action) => forbidden.test(action));

    expect(offending([home, member].flatMap(policiesOf))).toEqual([]);
    expect(
      actionsOf([home, member].flatMap(policiesOf)).filter((a) => /Update|Delete|PartiQL|Transact/.test(a)),
    ).toEqual([]);
  });

  it('is a table of its own that nothing expires from, and that outlives the stack', () => {
    const [audit] = Object.entries(home.findResources('AWS::DynamoDB::GlobalTable'))
      .filter(([id]) => id.startsWith('Audit'))
      .map(([, resource]) => resource);

    expect(audit).toMatchObject({ DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
    expect(audit?.Properties).not.toHaveProperty('TimeToLiveSpecification');
    expect(audit?.Properties.Replicas).toMatchObject([{ DeletionProtectionEnabled: true }]);
  });
});

describe('the Slack function', () => {
  it('hands changes on, answers what they wait for, and reads where they stand; it writes nothing', () => {
    expect(actionsOf(ofRole(home, 'Front')).toSorted()).toEqual([
      'dynamodb:GetItem',
      'lambda:InvokeFunction',
      'lambda:SendDurableExecutionCallbackSuccess',
      'logs:CreateLogStream',
      'logs:PutLogEvents',
      'secretsmanager:GetSecretValue',
    ]);
  });

  it('reads one partition of the ledger, by a request that names it', () => {
    expect(onTable(ofRole(home, 'Front'), 'Ledger')).toMatchObject([
      {
        Action: 'dynamodb:GetItem',
        Condition: {
          'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': ['CHANGES'] },
          Null: { 'dynamodb:LeadingKeys': 'false' },
        },
      },
    ]);
    expect(onTable(ofRole(home, 'Front'), 'Audit')).toEqual([]);
  });

  it('answers executions of the change function alone', () => {
    const [answers] = statementsOf(ofRole(home, 'Front')).filter(
      ({ Action }) => Action === 'lambda:SendDurableExecutionCallbackSuccess',
    );

    expect(JSON.stringify(answers?.Resource)).toMatch(
      /^\{"Fn::Join":\["",\[\{"Fn::GetAtt":\["Change\w+","Arn"\]\},":\*"\]\]\}$/,
    );
  });

  it('is told the function and the table, and nothing of the audit', () => {
    const [front] = Object.values(home.findResources('AWS::Lambda::Function'))
      .map(({ Properties }) => Properties.Environment.Variables as Record<string, unknown>)
      .filter((variables) => variables[ENVIRONMENT.observeFunction] !== undefined);

    expect(Object.keys(front ?? {})).toEqual(
      expect.arrayContaining([ENVIRONMENT.changeFunction, ENVIRONMENT.ledgerTable, ENVIRONMENT.rights]),
    );
    expect(front).not.toHaveProperty(ENVIRONMENT.auditTable);
  });
});

it('only listings stand on every resource, and every action is named in full', () => {
  const statements = statementsOf([home, member].flatMap(policiesOf));
  const everywhere = statements.filter(({ Resource }) => asList(Resource).includes('*'));
  const listings: readonly string[] = [...LISTING_ACTIONS, ...DNS_LISTING_ACTIONS];

  expect(everywhere.flatMap(({ Action }) => asList(Action)).filter((action) => !listings.includes(action))).toEqual([]);
  expect(statements.flatMap(({ Action }) => asList(Action)).filter((action) => action.includes('*'))).toEqual([]);
});

it('every site has the same documents', () => {
  const names = (template: Template) =>
    Object.values(template.findResources('AWS::SSM::Document')).map(({ Properties }) => Properties.Name);

  expect(names(home).toSorted()).toEqual(['KmsBot-Inspect', ...DOCUMENTS].toSorted());
  expect(names(member).toSorted()).toEqual(names(home).toSorted());
});

it('cdk-nag finds nothing that is not acknowledged with a reason', () => {
  const all = built(on);
  acknowledgeFindings(all);

  const report = new AwsSolutionsChecks(all.app).validateScope(all.app);

  expect(report.violations.map((v) => `${v.ruleName}: ${v.violatingResources.map((r) => r.constructPath)}`)).toEqual(
    [],
  );
});
