import { describe, expect, it } from 'vitest';
import { changeSettings, rightsRules } from '../../bot/aws/change-settings.ts';
import { ENVIRONMENT } from '../../bot/environment.ts';
import { parseConfig } from '../../infra/lib/config.ts';
import { built, configured, templatesOf, WRITTEN } from './templates.ts';

const refused = (entries: Readonly<Record<string, unknown>>) => () => configured(entries);

describe('a configuration', () => {
  it('is refused with every entry at fault named', () => {
    const wrong = {
      teamId: 'nope',
      botId: 'B0BOT',
      sites: [{ id: 'Tokyo', account: '1', region: 'x' }],
      colour: 'red',
    };

    expect(() => parseConfig(wrong, 'config.json')).toThrow(
      /config\.json[\s\S]*teamId[\s\S]*botUserId[\s\S]*sites\.0\.id[\s\S]*sites\.0\.account/,
    );
    expect(() => parseConfig(wrong, 'config.json')).toThrow(/colour/);
  });

  const [tokyo] = WRITTEN.sites;
  it.each([
    [
      'known hosts that fit into no command',
      { knownHosts: Array.from({ length: 50 }, () => 'x'.repeat(60)) },
      'knownHosts',
    ],
    ['a tag key that Systems Manager takes for no target', { fleetTag: { key: 'a=b', value: 'c' } }, 'fleetTag.key'],
    ['a region of another partition', { sites: [{ ...tokyo, region: 'us-gov-west-1' }] }, 'sites.0.region'],
    ['the same account and region twice', { sites: [tokyo, { ...tokyo, id: 'again' }] }, 'same account and region'],
  ])('is refused for %s', (_, wrong, named) => {
    expect(refused(wrong)).toThrow(named);
  });

  it('takes known hosts that fit', () => {
    expect(configured({ knownHosts: ['203.0.113.0/24', 'kms.example.com'] }).knownHosts).toHaveLength(2);
  });
});

const everybody = { allow: 'viewer', to: 'everyone' };

describe('who may do what', () => {
  it('is, unless it is said, that everyone may look', () => {
    expect(configured().rights).toEqual([{ effect: 'allow', right: 'viewer', who: 'everyone' }]);
  });

  it('is read as a person writes it, and reaches the functions in a form that they take', () => {
    const { rights } = configured({
      rights: [
        everybody,
        { allow: 'operator', to: ['S0OPS', 'U0AIKO'], sites: ['tokyo'], tags: ['Env=prod', 'Team=a=b'] },
        { deny: 'operator', to: ['W0MIKA'] },
      ],
    });

    expect(rightsRules({ [ENVIRONMENT.rights]: JSON.stringify(rights) })).toEqual([
      { effect: 'allow', right: 'viewer', who: 'everyone' },
      {
        effect: 'allow',
        right: 'operator',
        who: { groups: ['S0OPS'], users: ['U0AIKO'] },
        sites: ['tokyo'],
        tags: [
          { key: 'Env', value: 'prod' },
          { key: 'Team', value: 'a=b' },
        ],
      },
      { effect: 'deny', right: 'operator', who: { groups: [], users: ['W0MIKA'] } },
    ]);
  });

  it.each([
    ['a right that there is not', { allow: 'admin', to: 'everyone' }, 'rights.1.allow'],
    ['neither allow nor deny', { to: 'everyone' }, 'rights.1: say either allow or deny'],
    ['allow and deny at once', { allow: 'viewer', deny: 'viewer', to: 'everyone' }, 'rights.1: say either'],
    ['nobody named', { allow: 'viewer' }, 'rights.1.to: say "everyone", or list ids'],
    ['a name in the place of an id', { allow: 'operator', to: ['S0OPS', '@aiko'] }, 'rights.1.to.1: "@aiko" is no id'],
    ['an empty list', { allow: 'operator', to: [] }, 'rights.1.to'],
    [
      'a site that is not configured',
      { ...everybody, sites: ['tokyo', 'osaka'] },
      'rights.1.sites.1: there is no site',
    ],
    ['a tag without its value', { ...everybody, tags: ['Env'] }, 'rights.1.tags.0: a tag is Key=Value'],
    ['a word that means nothing', { ...everybody, unless: 'x' }, 'unless'],
  ])('is refused for %s', (_, line, named) => {
    expect(refused({ rights: [everybody, line] })).toThrow(named);
  });

  it('cannot be that nobody may do anything by a slip', () => {
    expect(refused({ rights: [] })).toThrow('rights: without a line nobody may do anything');
  });
});

it('looking cannot be narrowed to a site, since nothing would hold to it', () => {
  const rights = [{ allow: 'viewer', to: 'everyone', sites: ['tokyo'] }];

  expect(refused({ rights })).toThrow(/rights\.0: whoever may look/);
});

describe('what is allowed of changes', () => {
  it('is nothing, unless it is said', () => {
    expect(configured().changes).toBeUndefined();
  });

  it('has limits of its own when it is switched on and nothing more is said', () => {
    expect(configured({ changes: {} }).changes).toEqual({
      maxNodes: 500,
      approvalAbove: 10,
      approvalHours: 8,
      keys: false,
      whereToCall: '',
    });
  });

  it('reaches the change function in a form that it takes', () => {
    const phone = { keys: true, whereToCall: '電話 +81-3-0000-0000' };
    const written = {
      ...{ approvalChannel: 'C0APPROVALS', approverGroup: 'S0APPROVERS', maxNodes: 50, approvalHours: 24 },
      ...phone,
    };
    const { home } = templatesOf(configured({ changes: written }));
    const [environment] = Object.values(home.findResources('AWS::Lambda::Function'))
      .map(({ Properties }) => Properties.Environment.Variables)
      .filter((variables) => variables[ENVIRONMENT.changes] !== undefined);

    expect(changeSettings(environment)).toEqual({
      rules: [{ effect: 'allow', right: 'viewer', who: 'everyone' }],
      approvalChannelId: 'C0APPROVALS',
      approverGroupId: 'S0APPROVERS',
      maxNodes: 50,
      approvalAbove: 10,
      approvalHours: 24,
      ...phone,
    });
    // Synthesises by itself.
  }, 30_000);

  it.each([
    ['where to call in more words than anybody reads', { whereToCall: 'x'.repeat(501) }, 'changes.whereToCall'],
    ['a channel by its name', { approvalChannel: '#kms-approvals' }, 'changes.approvalChannel'],
    ['a person in the place of the group', { approverGroup: 'U0KEN' }, 'changes.approverGroup'],
    ['approvals that wait longer than a day', { approvalHours: 25 }, 'changes.approvalHours'],
    ['approvals that expire at once', { approvalHours: 0 }, 'changes.approvalHours'],
    ['no machines at all', { maxNodes: 0 }, 'changes.maxNodes'],
    ['a word that means nothing', { approvers: [] }, 'approvers'],
  ])('is refused for %s', (_, changes, named) => {
    expect(refused({ changes })).toThrow(named);
  });
});

describe('what the functions are told', () => {
  /** More than CloudFormation puts in the place of any name or ARN of this stack. */
  const RESOLVED = 'x'.repeat(120);

  const bytesOf = (variables: Readonly<Record<string, unknown>>): number =>
    Object.entries(variables).reduce(
      (sum, [name, value]) => sum + Buffer.byteLength(name + (typeof value === 'string' ? value : RESOLVED)),
      0,
    );

  const line = (members: number) => ({
    allow: 'operator',
    to: Array.from({ length: members }, (_, index) => `S${String(index).padStart(10, '0')}`),
  });
  const hosts = (count: number) => Array.from({ length: count }, (_, index) => `kms-${index}.example.com`);
  const zones = ['Z0CORP', 'Z0LAB'].map((id) => ({ id, name: 'corp.example', site: 'tokyo', write: true }));
  const large = (members: number, calling = 300) => ({
    ...{ rights: [line(members)], knownHosts: hosts(40), zones },
    changes: { keys: true, whereToCall: '電'.repeat(calling) },
  });

  it('fits into 4 KB, however much is written down', () => {
    const most = [...Array(300).keys()].findLast((members) => {
      try {
        configured(large(members + 1));
        return true;
      } catch {
        return false;
      }
    });
    const { home } = templatesOf(configured(large((most ?? 0) + 1)));
    const environments = Object.values(home.findResources('AWS::Lambda::Function')).map(
      ({ Properties }) => Properties.Environment.Variables,
    );

    expect(most).toBeGreaterThan(50);
    expect(environments).toHaveLength(3);
    for (const variables of environments) expect(bytesOf(variables)).toBeLessThanOrEqual(4096);
  });

  it('names the longest entry when it does not fit, and every size', () => {
    expect(refused(large(300))).toThrow(
      /rights: too long together: \d+ bytes \(rights \d+, changes\.whereToCall \d+, knownHosts \d+, /,
    );
    const sites = Array.from({ length: 30 }, (_, index) => ({
      id: `site-${index}`,
      account: String(100_000_000_000 + index),
      region: 'eu-central-1',
    }));
    expect(refused({ sites })).toThrow('sites: too long together');
    expect(refused(large(60, 500))).toThrow('changes.whereToCall: too long together');
  });
});

it('a configuration that is taken can be synthesised', () => {
  expect(() => built(configured({ changes: {} }))).not.toThrow();
});
