/** Zones of the configuration in the templates: who may write records there, which, and what the functions are told. */
import type { Template } from 'aws-cdk-lib/assertions';
import { AwsSolutionsChecks } from 'cdk-nag';
import { beforeAll, describe, expect, it } from 'vitest';
import { ENVIRONMENT } from '../../bot/environment.ts';
import { acknowledgeFindings } from '../../infra/lib/acknowledgements.ts';
import {
  actionsOf,
  asList,
  built,
  configured,
  policiesOf,
  type Statement,
  statementsOf,
  templatesOf,
} from './templates.ts';

const ZONES = [
  { id: 'Z0CORP', name: 'corp.example', site: 'tokyo', write: true },
  { id: 'Z0LAB', name: 'lab.example', site: 'tokyo', write: true },
  { id: 'Z0STAGE', name: 'stage.example', site: 'tokyo' },
  { id: 'Z0EU', name: 'eu.example', site: 'frankfurt', write: true },
  { id: 'Z0OLD', name: 'old.example', site: 'frankfurt', write: false },
];
const readOnly = ZONES.map((zone) => ({ ...zone, write: false }));
const ofTokyo = ZONES.filter(({ site }) => site === 'tokyo');

const on = configured({ changes: {}, zones: ZONES });

let home: Template;
let member: Template;
let plain: { readonly home: Template; readonly member: Template };

beforeAll(() => {
  ({ home, member } = templatesOf(on));
  plain = templatesOf(configured({ changes: {} }));
}, 30_000);

const ofRole = (template: Template, part: string): readonly Statement[] =>
  statementsOf(policiesOf(template).filter(({ roles }) => roles.includes(part)));

const CHANGE_RECORDS = 'route53:ChangeResourceRecordSets';

/** The whole statement that lets records of these zones be written. */
const writing = (...ids: readonly string[]): Statement => ({
  Sid: 'WriteKmsRecords',
  Effect: 'Allow',
  Action: CHANGE_RECORDS,
  Resource:
    ids.length === 1 ? `arn:aws:route53:::hostedzone/${ids[0]}` : ids.map((id) => `arn:aws:route53:::hostedzone/${id}`),
  Condition: {
    'ForAllValues:StringLike': { 'route53:ChangeResourceRecordSetsNormalizedRecordNames': ['_vlmcs._tcp.*'] },
    'ForAllValues:StringEquals': {
      'route53:ChangeResourceRecordSetsRecordTypes': ['SRV', 'TXT'],
      'route53:ChangeResourceRecordSetsActions': ['CREATE', 'DELETE'],
    },
  },
});

const FOLLOWING: Statement = {
  Sid: 'FollowRecordChanges',
  Effect: 'Allow',
  Action: 'route53:GetChange',
  Resource: 'arn:aws:route53:::change/*',
};

/** What a template has beyond the same one without zones, whoever holds it. */
const added = (template: Template, without: Template): readonly Statement[] => {
  const before = statementsOf(policiesOf(without)).map((statement) => JSON.stringify(statement));
  return statementsOf(policiesOf(template)).filter((statement) => !before.includes(JSON.stringify(statement)));
};

describe('the role that changes', () => {
  it('may write KMS records and their marks in the zones of its site that are to be written in, and follow that', () => {
    const statements = ofRole(home, 'Change');

    expect(statements).toEqual(expect.arrayContaining([writing('Z0CORP', 'Z0LAB'), FOLLOWING]));
    expect(added(home, plain.home)).toEqual([writing('Z0CORP', 'Z0LAB'), FOLLOWING]);
  });

  it('may at a member site write in the zones of that site alone', () => {
    expect(ofRole(member, 'ChangeRole')).toEqual(expect.arrayContaining([writing('Z0EU'), FOLLOWING]));
    expect(added(member, plain.member)).toEqual([writing('Z0EU'), FOLLOWING]);
  });

  it('may write in no zone but by these statements, each with its conditions', () => {
    const all = [home, member].flatMap((template) => statementsOf(policiesOf(template)));
    const onRecords = all.filter(({ Action }) =>
      asList(Action).some((action) => /^route53:(Change|Create|Delete)/.test(action)),
    );

    expect(onRecords).toEqual([writing('Z0CORP', 'Z0LAB'), writing('Z0EU')]);
  });

  it('gets neither right at a site whose zones are only read', () => {
    const { home: writes, member: reads } = templatesOf(configured({ changes: {}, zones: ofTokyo }));

    expect(added(writes, plain.home)).toEqual([writing('Z0CORP', 'Z0LAB'), FOLLOWING]);
    expect(added(reads, plain.member)).toEqual([]);
  });

  it('gets no right more where no zone is to be written in', () => {
    const { home: reads, member: there } = templatesOf(configured({ changes: {}, zones: readOnly }));

    expect([...added(reads, plain.home), ...added(there, plain.member)]).toEqual([]);
  });
});

describe('who only reads', () => {
  it.each(['Observe', 'Front'])('has as %s the same rights with zones as without', (part) => {
    expect(ofRole(home, part)).toEqual(ofRole(plain.home, part));
    expect(actionsOf(policiesOf(home).filter(({ roles }) => roles.includes(part)))).not.toContain('route53:GetChange');
  });

  it('has at a member site the same rights with zones as without', () => {
    expect(ofRole(member, '"Ref":"Role')).toEqual(ofRole(plain.member, '"Ref":"Role'));
  });

  it('is all there is without changes, whatever zones are named', () => {
    const off = templatesOf(configured({ zones: readOnly }));
    const bare = templatesOf(configured());

    expect([...added(off.home, bare.home), ...added(off.member, bare.member)]).toEqual([]);
    expect(JSON.stringify([off.home, off.member])).not.toMatch(/route53:(Change|GetChange)/);
  });
});

it('the policies of every role fit into what IAM takes, with as many zones as fit into the environment', () => {
  /** More than CloudFormation puts in the place of any ARN of this stack. */
  const RESOLVED = 'x'.repeat(120);
  const isLeftOpen = (value: object) => Object.keys(value).some((key) => key === 'Ref' || key.startsWith('Fn::'));
  const zones = Array.from({ length: 25 }, (_, index) => ({
    id: `Z0${String(index).padStart(19, '0')}`,
    ...{ name: `zone-${index}.corp.example`, site: 'tokyo', write: true },
  }));
  const template = templatesOf(configured({ changes: { keys: true }, zones })).home;
  const held = policiesOf(template).filter(({ roles }) => roles.includes('Change'));
  const text = JSON.stringify(statementsOf(held), (_, value) =>
    typeof value === 'object' && value !== null && isLeftOpen(value) ? RESOLVED : value,
  );

  expect(text).toContain(zones[24]?.id);
  expect(text.length).toBeLessThan(10_240 * 0.75);
  // That of the machines, and none that holds what a role's own could not.
  template.resourceCountIs('AWS::IAM::ManagedPolicy', 1);
});

describe('what the functions are told', () => {
  const environmentsOf = (template: Template) =>
    Object.values(template.findResources('AWS::Lambda::Function')).map(
      ({ Properties }) => Properties.Environment.Variables as Record<string, string>,
    );
  const isFront = (variables: Record<string, string>) => variables[ENVIRONMENT.observeFunction] !== undefined;

  it('is every zone with its site and whether it may be written in, but for the function that answers Slack', () => {
    const [front, ...runners] = environmentsOf(home).sort((a, b) => Number(isFront(b)) - Number(isFront(a)));

    expect(runners).toHaveLength(2);
    for (const variables of runners)
      expect(JSON.parse(variables[ENVIRONMENT.zones] ?? '')).toEqual([
        { id: 'Z0CORP', name: 'corp.example', siteId: 'tokyo', write: true },
        { id: 'Z0LAB', name: 'lab.example', siteId: 'tokyo', write: true },
        { id: 'Z0STAGE', name: 'stage.example', siteId: 'tokyo', write: false },
        { id: 'Z0EU', name: 'eu.example', siteId: 'frankfurt', write: true },
        { id: 'Z0OLD', name: 'old.example', siteId: 'frankfurt', write: false },
      ]);
    expect(front).not.toHaveProperty(ENVIRONMENT.zones);
    expect(front).not.toHaveProperty(ENVIRONMENT.owner);
  });

  it('is one owner, which the home site’s account and region decide alone', () => {
    const owners = (template: Template) => new Set(environmentsOf(template).flatMap((v) => v[ENVIRONMENT.owner] ?? []));
    const elsewhere = configured({
      sites: [{ id: 'tokyo', account: '111122223333', region: 'ap-northeast-3' }, on.sites[1]],
    });

    // printf 111122223333/ap-northeast-1 | sha256sum | head -c 12
    expect([...owners(home)]).toEqual(['88b545c31225']);
    expect(owners(templatesOf(configured()).home)).toEqual(owners(home));
    expect(owners(templatesOf(elsewhere).home)).not.toEqual(owners(home));
  });
});

it('cdk-nag finds nothing that is not acknowledged with a reason', () => {
  const all = built(on);
  acknowledgeFindings(all);

  const report = new AwsSolutionsChecks(all.app).validateScope(all.app);

  expect(report.violations.map((v) => `${v.ruleName}: ${v.violatingResources.map((r) => r.constructPath)}`)).toEqual(
    [],
  );
});
