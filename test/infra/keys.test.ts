import { Template } from 'aws-cdk-lib/assertions';
import { AwsSolutionsChecks } from 'cdk-nag';
import { beforeAll, describe, expect, it } from 'vitest';
import { acknowledgeFindings } from '../../infra/lib/acknowledgements.ts';
import { deployedDocuments } from '../../infra/lib/documents.ts';
import { KEY_LISTING_ACTIONS } from '../../infra/lib/key-access.ts';
import { LISTING_ACTIONS } from '../../infra/lib/site-access.ts';
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
  WRITTEN,
} from './templates.ts';

const on = configured({ changes: { keys: true } });
const [TOKYO, FRANKFURT] = ['ap-northeast-1:111122223333', 'eu-central-1:444455556666'];

let home: Template;
let member: Template;
let off: { readonly home: Template; readonly member: Template };

beforeAll(() => {
  ({ home, member } = templatesOf(on));
  off = templatesOf(configured({ changes: {} }));
}, 60_000);

const ofRole = (template: Template, part: string): readonly Policy[] =>
  policiesOf(template).filter(({ roles }) => roles.includes(part));

const managed = (template: Template) => Object.values(template.findResources('AWS::IAM::ManagedPolicy'));

/** What a role may do in Parameter Store and Secrets Manager beyond what it may where keys are not switched on. */
const added = (template: Template, without: Template, role: string): readonly Statement[] => {
  const before = statementsOf(ofRole(without, role)).map((statement) => JSON.stringify(statement));
  return statementsOf(ofRole(template, role)).filter((statement) => !before.includes(JSON.stringify(statement)));
};

const bySid = (statements: readonly Statement[]) =>
  Object.fromEntries(statements.map(({ Sid = '', Action, Resource }) => [Sid, [asList(Action), Resource]]));

const keyRights = (place: string) => ({
  ListStoredKeys: [[...KEY_LISTING_ACTIONS], '*'],
  DescribeStoredKeys: [['secretsmanager:DescribeSecret'], `arn:aws:secretsmanager:${place}:secret:kms-bot/keys/*`],
  ReadTagsOfStoredKeys: [['ssm:ListTagsForResource'], `arn:aws:ssm:${place}:parameter/kms-bot/keys/*`],
  LookAfterConfirmations: [
    ['ssm:ListTagsForResource', 'ssm:DeleteParameter'],
    `arn:aws:ssm:${place}:parameter/kms-bot/confirmation/*`,
  ],
});

/** Statements that send documents are `changes.test.ts`'s. */
const withoutDocuments = (rights: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(Object.entries(rights).filter(([sid]) => !sid.startsWith('SendKmsBot')));

describe('where stored keys are switched on', () => {
  it('who changes machines at home learns names and tags of keys, and brings Confirmation IDs elsewhere', () => {
    expect(withoutDocuments(bySid(added(home, off.home, 'Change')))).toEqual({
      ...keyRights(TOKYO),
      BringConfirmationsElsewhere: [['ssm:GetParameter'], `arn:aws:ssm:${TOKYO}:parameter/kms-bot/confirmation/*`],
    });
  });

  it('who changes machines at another site learns the same there, and writes Confirmation IDs there unread', () => {
    expect(withoutDocuments(bySid(added(member, off.member, 'ChangeRole')))).toEqual({
      ...keyRights(FRANKFURT),
      KeepConfirmations: [['ssm:PutParameter'], `arn:aws:ssm:${FRANKFURT}:parameter/kms-bot/confirmation/*`],
    });
  });

  it('nobody of a deployment with one site may read a Confirmation ID but the machines', () => {
    const alone = built(configured({ changes: { keys: true }, sites: WRITTEN.sites.slice(0, 1) })).bot;

    expect(actionsOf(policiesOf(Template.fromStack(alone)))).not.toContain('ssm:GetParameter');
  });

  it('who answers Slack may write a Confirmation ID, replace none, and do nothing else more', () => {
    expect(added(home, off.home, 'Front')).toEqual([
      {
        Sid: 'KeepConfirmations',
        Effect: 'Allow',
        Action: 'ssm:PutParameter',
        Resource: `arn:aws:ssm:${TOKYO}:parameter/kms-bot/confirmation/*`,
        Condition: { StringNotEquals: { 'ssm:Overwrite': 'true' } },
      },
    ]);
  });

  it('who reads machines has no right more', () => {
    expect(added(home, off.home, 'Observe')).toEqual([]);
    expect(added(member, off.member, '"Ref":"Role')).toEqual([]);
  });

  it('no role may read a key; a policy that machines are given may, and the deployment gives it to nobody', () => {
    const statements = statementsOf([home, member].flatMap(policiesOf));
    const reading = statements.filter(({ Action }) =>
      asList(Action).some((action) => /^(ssm:GetParameter|secretsmanager:(GetSecretValue|BatchGet))/.test(action)),
    );

    expect(reading.length).toBeGreaterThan(0);
    expect(JSON.stringify(reading)).not.toContain('kms-bot/keys');
    for (const [template, place] of [
      [home, TOKYO],
      [member, FRANKFURT],
    ] as const) {
      const [policy, ...more] = managed(template);
      expect(more).toEqual([]);
      expect(policy?.Properties).not.toHaveProperty('Roles');
      expect(bySid(policy?.Properties.PolicyDocument.Statement)).toEqual({
        FetchKeysFromSecretsManager: [
          ['secretsmanager:GetSecretValue'],
          `arn:aws:secretsmanager:${place}:secret:kms-bot/keys/*`,
        ],
        FetchFromParameterStore: [
          ['ssm:GetParameter'],
          [`arn:aws:ssm:${place}:parameter/kms-bot/keys/*`, `arn:aws:ssm:${place}:parameter/kms-bot/confirmation/*`],
        ],
      });
    }
  });

  it('the policy is found by its site’s name, and its ARN is told', () => {
    expect(managed(home)[0]?.Properties.ManagedPolicyName).toBe('KmsBotNodeSecrets-tokyo');
    expect(managed(member)[0]?.Properties.ManagedPolicyName).toBe('KmsBotNodeSecrets-frankfurt');
    for (const template of [home, member])
      expect(Object.keys(template.findOutputs('*'))).toContain('NodeSecretsPolicyArn');
  });

  it('only listings stand on every resource', () => {
    const everywhere = statementsOf([home, member].flatMap(policiesOf)).filter(({ Resource }) =>
      asList(Resource).includes('*'),
    );
    const ssm = everywhere.flatMap(({ Action }) => asList(Action)).filter((a) => /^(ssm|secretsmanager):/.test(a));

    expect(new Set(ssm)).toEqual(
      new Set([...LISTING_ACTIONS.filter((a) => a.startsWith('ssm:')), ...KEY_LISTING_ACTIONS]),
    );
  });

  it('cdk-nag finds nothing that is not acknowledged with a reason', () => {
    const all = built(on);
    acknowledgeFindings(all);

    const report = new AwsSolutionsChecks(all.app).validateScope(all.app);

    expect(report.violations.map((v) => `${v.ruleName}: ${v.violatingResources.map((r) => r.constructPath)}`)).toEqual(
      [],
    );
  });
});

describe('where stored keys are not switched on', () => {
  it('nothing is there that they need', () => {
    const text = JSON.stringify([off.home, off.member].map((template) => template.toJSON()));

    for (const word of ['kms-bot/keys', 'kms-bot/confirmation', 'KmsBotNodeSecrets', 'NodeSecretsPolicyArn'])
      expect(text).not.toContain(word);
    for (const action of ['ssm:PutParameter', 'ssm:DescribeParameters', 'secretsmanager:DescribeSecret'])
      expect(text).not.toContain(action);
  });

  it('their documents are not there, and nobody may send them', () => {
    const documents = (template: Template) =>
      Object.values(template.findResources('AWS::SSM::Document')).map(({ Properties }) => Properties.Name as string);

    for (const [template, keys] of [
      [off.home, false],
      [off.member, false],
      [home, true],
      [member, true],
    ] as const) {
      expect(documents(template).toSorted()).toEqual(['KmsBot-Inspect', ...deployedDocuments(keys)].toSorted());
    }
    expect(deployedDocuments(false).filter((name) => /Stored|InstallationId|ConfirmationId/.test(name))).toEqual([]);
  });
});
