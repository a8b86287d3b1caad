/** What the deployment gives when changes are switched on, and that it gives none of it otherwise. */
import { Template } from 'aws-cdk-lib/assertions';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { AwsSolutionsChecks } from 'cdk-nag';
import { beforeAll, describe, expect, it } from 'vitest';
import { CHANGE_DOCUMENTS } from '../../bot/domain/change/change-wire.ts';
import { acknowledgeFindings } from '../../infra/lib/acknowledgements.ts';
import { createBotApp } from '../../infra/lib/app.ts';
import { parseConfig } from '../../infra/lib/config.ts';

const BASE = {
  teamId: 'T0TEAM',
  botId: 'B0BOT',
  botUserId: 'U0BOT',
  sites: [
    { id: 'tokyo', account: '111122223333', region: 'ap-northeast-1' },
    { id: 'frankfurt', account: '444455556666', region: 'eu-central-1' },
  ],
};
const RIGHTS = [
  { allow: 'viewer', to: 'everyone' },
  { allow: 'operator', to: ['S0OPS', 'U0AIKO'], sites: ['tokyo'], tags: ['Env=test'] },
  { deny: 'operator', to: 'everyone', tags: ['Tier=0'] },
];

const built = (more: object) =>
  createBotApp({
    config: parseConfig({ ...BASE, ...more }, 'the test'),
    code: () => Code.fromInline('exports.handler = async () => {};'),
  });

const templatesOf = ({ bot, sites }: ReturnType<typeof built>) => {
  const [site] = sites;
  if (site === undefined) throw new Error('no member site was made');
  return { home: Template.fromStack(bot), member: Template.fromStack(site) };
};

let on: ReturnType<typeof templatesOf>;
let off: ReturnType<typeof templatesOf>;

beforeAll(() => {
  on = templatesOf(built({ rights: RIGHTS, changes: { approvalChannel: 'C0APPROVALS', approverGroup: 'S0APP' } }));
  off = templatesOf(built({}));
}, 60_000);

interface Statement {
  readonly Sid: string;
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
  readonly Condition?: unknown;
}

const asList = <T>(value: T | readonly T[]): readonly T[] => (Array.isArray(value) ? value : [value as T]);

/** Statements of roles whose logical id begins so. */
const statementsOf = (template: Template, role: string): readonly Statement[] =>
  Object.values(template.findResources('AWS::IAM::Policy'))
    .filter(({ Properties }) => JSON.stringify(Properties.Roles).includes(`"${role}`))
    .flatMap(({ Properties }) => Properties.PolicyDocument.Statement as Statement[]);

const actionsOf = (statements: readonly Statement[]): readonly string[] => [
  ...new Set(statements.flatMap(({ Action }) => asList(Action))),
];

const documentsOf = (statements: readonly Statement[]): readonly string[] =>
  statements
    .filter(({ Action }) => asList(Action).includes('ssm:SendCommand'))
    .flatMap(({ Resource }) => asList(Resource))
    .flatMap((resource) => /:document\/(.+)$/.exec(String(resource))?.[1] ?? []);

const textOf = (template: Template): string => JSON.stringify(template.toJSON());

describe('with changes off, as they are by default', () => {
  it.each(['home', 'member'] as const)('the %s site has no changing document, function, audit or right', (which) => {
    const text = textOf(off[which]);

    for (const document of CHANGE_DOCUMENTS) expect(text).not.toContain(document);
    expect(text).not.toContain('kms-bot-change');
    expect(text).not.toContain('SendDurableExecutionCallback');
    expect(text).not.toContain('KMSBOT_CHANGE');
    expect(text).not.toContain('KMSBOT_AUDIT');
  });

  it('has two functions and one table', () => {
    off.home.resourceCountIs('AWS::Lambda::Function', 2);
    off.home.resourceCountIs('AWS::DynamoDB::GlobalTable', 1);
    off.member.resourceCountIs('AWS::IAM::Role', 1);
  });
});

describe('with changes on', () => {
  it.each(['home', 'member'] as const)('the %s site has every changing document', (which) => {
    const names = Object.values(on[which].findResources('AWS::SSM::Document')).map(({ Properties }) => Properties.Name);

    expect(names.toSorted()).toEqual(['KmsBot-Inspect', ...CHANGE_DOCUMENTS].toSorted());
  });

  it('observe can send the inspection and no other document, at home and elsewhere', () => {
    expect(documentsOf(statementsOf(on.home, 'Observe'))).toEqual(['KmsBot-Inspect']);
    const entry = statementsOf(on.member, 'Role');
    expect(documentsOf(entry)).toEqual(['KmsBot-Inspect']);
    expect(JSON.stringify(statementsOf(on.home, 'Observe'))).not.toContain('change-site');
  });

  it.each([
    ['home', 'Change'],
    ['member', 'ChangeRole'],
  ] as const)(
    'changing the %s site takes one statement a document, machines by their tag in another',
    (which, role) => {
      const statements = statementsOf(on[which], role);
      const sends = statements.filter(({ Action }) => asList(Action).includes('ssm:SendCommand'));

      expect(documentsOf(statements).toSorted()).toEqual(['KmsBot-Inspect', ...CHANGE_DOCUMENTS].toSorted());
      for (const send of sends) {
        const resources = asList(send.Resource).map(String);
        const onMachines = resources.some((resource) => /:(managed-)?instance\//.test(resource));
        expect(resources.some((resource) => resource.includes(':document/'))).toBe(!onMachines);
        expect(send.Condition).toEqual(
          onMachines ? { StringEquals: { 'aws:ResourceTag/KmsManaged': 'true' } } : undefined,
        );
      }
      expect(new Set(sends.map(({ Sid }) => Sid)).size).toBe(CHANGE_DOCUMENTS.length + 2);
    },
  );

  it('the change function can change no record set, role, instance, parameter or document', () => {
    const changing = /^(route53:Change|iam:|scheduler:|ec2:(?!Describe)|ssm:(Put|Delete|Create|Update|Start))/;

    expect(actionsOf(statementsOf(on.home, 'Change')).filter((action) => changing.test(action))).toEqual([]);
    expect(actionsOf(statementsOf(on.member, 'ChangeRole')).filter((action) => changing.test(action))).toEqual([]);
  });

  it('the audit can be added to and read, and nothing else, by anybody', () => {
    const onAudit = ['Front', 'Observe', 'Change'].flatMap((role) =>
      statementsOf(on.home, role)
        .filter(({ Resource }) => JSON.stringify(Resource).includes('"Audit'))
        .map(({ Action }) => [role, asList(Action).toSorted()]),
    );

    expect(onAudit).toEqual([
      ['Observe', ['dynamodb:GetItem', 'dynamodb:Query']],
      ['Change', ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query']],
    ]);
    const audit = Object.entries(on.home.findResources('AWS::DynamoDB::GlobalTable')).find(([id]) =>
      id.startsWith('Audit'),
    );
    expect(audit?.[1]).toMatchObject({
      DeletionPolicy: 'Retain',
      Properties: { Replicas: [{ DeletionProtectionEnabled: true }] },
    });
    expect(audit?.[1].Properties.TimeToLiveSpecification).toBeUndefined();
  });

  it('nobody may update, delete or batch anywhere but in the ledger, and there not update or delete', () => {
    const all = ['Front', 'Observe', 'Change'].flatMap((role) => statementsOf(on.home, role));

    expect(actionsOf(all).filter((action) => /^dynamodb:(Update|Delete|Partiql|Transact)/i.test(action))).toEqual([]);
    const batches = all.filter(({ Action }) => asList(Action).includes('dynamodb:BatchWriteItem'));
    for (const { Resource } of batches) expect(JSON.stringify(Resource)).toContain('"Ledger');
  });

  it('the Slack function may hand changes on, answer what they wait for and see where they stand, and no more', () => {
    const front = statementsOf(on.home, 'Front');

    expect(actionsOf(front).toSorted()).toEqual([
      'dynamodb:GetItem',
      'lambda:InvokeFunction',
      'lambda:SendDurableExecutionCallbackSuccess',
      'logs:CreateLogStream',
      'logs:PutLogEvents',
      'secretsmanager:GetSecretValue',
    ]);
    const read = front.find(({ Sid }) => Sid === 'SeeWhereChangesStand');
    expect(read?.Condition).toEqual({ 'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': ['CHANGES'] } });
  });

  it("only the change function's own role may take over a member site's changing role", () => {
    on.member.hasResourceProperties('AWS::IAM::Role', {
      RoleName: 'kms-bot-change-site-frankfurt',
      AssumeRolePolicyDocument: {
        Statement: [{ Principal: { AWS: 'arn:aws:iam::111122223333:role/kms-bot-change' } }],
      },
    });
  });

  it('outlasts every wait of a change', () => {
    on.home.hasResourceProperties('AWS::Lambda::Function', {
      DurableConfig: { ExecutionTimeout: 7 * 86_400, RetentionPeriodInDays: 30 },
    });
  });

  it('tells its functions who may do what, in the words of the rules', () => {
    const told = Object.values(on.home.findResources('AWS::Lambda::Function')).map(
      ({ Properties }) => Properties.Environment.Variables.KMSBOT_RIGHTS as string,
    );

    expect(told).toHaveLength(3);
    expect(new Set(told).size).toBe(1);
    expect(JSON.parse(told[0] ?? '')).toEqual([
      { effect: 'allow', right: 'viewer', who: 'everyone' },
      {
        effect: 'allow',
        right: 'operator',
        who: { groups: ['S0OPS'], users: ['U0AIKO'] },
        sites: ['tokyo'],
        tags: [{ key: 'Env', value: 'test' }],
      },
      { effect: 'deny', right: 'operator', who: 'everyone', tags: [{ key: 'Tier', value: '0' }] },
    ]);
  });

  it('keeps every document within what Systems Manager takes', () => {
    for (const template of [on.home, on.member]) {
      for (const { Properties } of Object.values(template.findResources('AWS::SSM::Document'))) {
        expect(Buffer.byteLength(JSON.stringify(Properties.Content))).toBeLessThan(64 * 1024);
      }
    }
  });

  it('leaves nothing that cdk-nag finds without a reason', () => {
    const all = built({ rights: RIGHTS, changes: {} });
    acknowledgeFindings(all);

    const { violations } = new AwsSolutionsChecks(all.app).validateScope(all.app);

    expect(violations.map((v) => `${v.ruleName}: ${v.violatingResources.map((r) => r.constructPath)}`)).toEqual([]);
  });
});

describe('a configuration of rights and changes', () => {
  it.each([
    [
      'a right that allows and denies',
      { rights: [{ allow: 'viewer', deny: 'viewer', to: 'everyone' }] },
      /rights\.0.*either allow or deny/,
    ],
    ['a right that does neither', { rights: [{ to: 'everyone' }] }, /rights\.0.*either allow or deny/],
    ['a name where an id belongs', { rights: [{ allow: 'operator', to: ['@ops'] }] }, /rights\.0\.to/],
    ['nobody', { rights: [{ allow: 'operator', to: [] }] }, /rights\.0\.to/],
    [
      'a site that is none',
      { rights: [{ allow: 'operator', to: ['U1'], sites: ['osaka'] }] },
      /rights\.0\.sites: there is no site osaka/,
    ],
    [
      'a tag without a value',
      { rights: [{ allow: 'operator', to: ['U1'], tags: ['Env'] }] },
      /rights\.0\.tags\.0: a tag is Key=Value/,
    ],
    ['a right that does not exist', { rights: [{ allow: 'root', to: 'everyone' }] }, /rights\.0\.allow/],
    ['an approval that outlives its execution', { changes: { approvalHours: 48 } }, /changes\.approvalHours/],
    ['a channel by its name', { changes: { approvalChannel: '#approvals' } }, /changes\.approvalChannel/],
  ])('is refused for %s, the entry named', (_, wrong, named) => {
    expect(() => parseConfig({ ...BASE, ...wrong }, 'config.json')).toThrow(named);
  });
});
