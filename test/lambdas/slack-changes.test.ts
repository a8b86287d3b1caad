import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { RightsRule } from '../../bot/domain/rights/rights.ts';
import { ENVIRONMENT } from '../../bot/environment.ts';
import type { HttpAnswer, HttpEvent } from '../../bot/slack/guard.ts';
import { create } from '../../lambdas/slack.ts';
import { AIKO, CHANGES_ENVIRONMENT, CHANNEL, type Outside, startOutside, TEAM } from '../slack/support/outside.ts';
import { click, slash } from '../slack/support/signed-request.ts';

const OPERATORS = 'S0OPS00001';
const RULES: readonly RightsRule[] = [
  { effect: 'allow', right: 'viewer', who: 'everyone' },
  { effect: 'allow', right: 'operator', who: { groups: [OPERATORS], users: [] } },
];

let outside: Outside;
let handler: (event: HttpEvent) => Promise<HttpAnswer>;

const start = (env: Readonly<Record<string, string>> = {}) => {
  handler = create({
    env: { ...outside.env, ...CHANGES_ENVIRONMENT, [ENVIRONMENT.rights]: JSON.stringify(RULES), ...env },
    clock: () => Date.parse('2026-11-22T00:00:00Z'),
  });
};

beforeEach(async () => {
  outside = await startOutside();
  outside.members.set(OPERATORS, [AIKO]);
  vi.spyOn(process.stdout, 'write').mockImplementation(() => true);
  start();
});

afterEach(async () => {
  vi.restoreAllMocks();
  await outside.close();
});

const ask = async (text: string, fields?: Record<string, string>): Promise<string> => {
  const { statusCode, body } = await handler(slash(text, fields));
  expect(statusCode).toBe(200);
  return (JSON.parse(body) as { text: string }).text;
};

const press = async (actionId: string, value: string): Promise<string> => {
  await handler(click(actionId, value, `${outside.url}/response/1`));
  return String((outside.responses.at(-1) as { text: string }).text);
};

const handedOn = (): Record<string, unknown>[] =>
  [...outside.executions.values()].map((payload) => JSON.parse(payload));

const place = { teamId: TEAM, channelId: CHANNEL, userId: AIKO };
const web03 = { selectors: [{ kind: 'name', name: 'web-03' }] };

describe('a change', () => {
  it.each<[string, string, object, RegExp]>([
    ['activate web-03', 'activate web-03', { kind: 'activate' }, /^Planning to activate web-03\./],
    ['discover web-03', 'discover web-03', { kind: 'discover' }, /back to finding a KMS host by DNS/],
    [
      'point web-03 KMS1.corp.example:1689',
      'point web-03 kms1.corp.example:1689',
      { kind: 'point', to: { host: 'kms1.corp.example', port: 1689 } },
      /the KMS host `kms1.corp.example:1689` to web-03/,
    ],
    [
      'point web-03 [fd00::4]',
      'point web-03 [fd00::4]',
      { kind: 'point', to: { host: '[fd00::4]', port: 0 } },
      /the KMS host `\[fd00::4\]`/,
    ],
    ['point web-03 amazon', 'point web-03 amazon', { kind: 'point-amazon' }, /Amazon's activation servers/],
    ['set web-03 type kms', 'set web-03 type kms', { kind: 'activation-type', to: 'kms' }, /to `kms` on web-03/],
    [
      'set web-03 lookup corp.example',
      'set web-03 lookup corp.example',
      { kind: 'lookup', domain: 'corp.example' },
      /lookup domain to `corp.example`/,
    ],
    ['set web-03 lookup none', 'set web-03 lookup none', { kind: 'lookup', domain: null }, /clear the lookup domain/],
    ['set web-03 caching off', 'set web-03 caching off', { kind: 'caching', on: false }, /host caching to off/],
    ['set web-03 flushdns', 'set web-03 flushdns', { kind: 'flush-dns' }, /clear the DNS resolver cache/],
    ['key web-03 gvlk', 'key web-03 gvlk', { kind: 'client-key' }, /install the KMS client setup key/],
    [
      'test web-03 kms1',
      'test web-03 kms1',
      { kind: 'test', host: { host: 'kms1', port: 0 } },
      /test the KMS host `kms1` from web-03/,
    ],
  ])('“%s” is handed on by whoever may, and says what was understood', async (text, asked, spec, expected) => {
    const answer = await ask(text);

    expect(answer).toMatch(expected);
    expect(answer).toContain('if the plan needs an approver, one is asked. The answer appears here.');
    expect(handedOn()).toEqual([{ operation: 'change', spec, selection: web03, asked, place }]);
    expect([...outside.executions.keys()][0]).toMatch(/^change-[0-9a-f]{40}$/);
  });

  it.each([
    [
      'dns add Corp.Example kms1.corp.example',
      'dns add corp.example kms1.corp.example',
      { kind: 'dns-add', zone: 'corp.example', host: { host: 'kms1.corp.example', port: 0 } },
      /^Planning to add `kms1\.corp\.example` to the KMS record of `corp\.example`\./,
    ],
    [
      'dns remove z0123456789abc kms1.corp.example:1690 10 0',
      'dns remove Z0123456789ABC kms1.corp.example:1690 10 0',
      {
        kind: 'dns-remove',
        zone: 'Z0123456789ABC',
        host: { host: 'kms1.corp.example', port: 1690 },
        priority: 10,
        weight: 0,
      },
      /^Planning to remove `kms1\.corp\.example:1690` from the KMS record of `Z0123456789ABC`\./,
    ],
    [
      'dns adopt corp.example kms1.corp.example',
      'dns adopt corp.example kms1.corp.example',
      { kind: 'dns-adopt', zone: 'corp.example', host: { host: 'kms1.corp.example', port: 0 } },
      /^Planning to take over `kms1\.corp\.example` in the KMS record of `corp\.example`, which stays as it is\./,
    ],
  ])('“%s” goes to a record and to no machine', async (text, asked, spec, expected) => {
    const answer = await ask(text);

    expect(answer).toMatch(expected);
    expect(answer).toContain('The record is read first; whatever would change in it, an approver is asked.');
    expect(handedOn()).toEqual([{ operation: 'change', spec, selection: { selectors: [] }, asked, place }]);
  });

  it('is undone by its id, without naming machines', async () => {
    expect(await ask('undo c4k7m2q9xd')).toMatch(/^Planning to take the change `c4k7m2q9xd` back\./);
    expect(handedOn()).toEqual([
      {
        operation: 'change',
        spec: { kind: 'undo', change: 'c4k7m2q9xd' },
        selection: { selectors: [] },
        asked: 'undo c4k7m2q9xd',
        place,
      },
    ]);
  });

  it.each([
    ['fix', 'discover i-0a1b2c3d4e5f60718\nweb-03', /^Planning to bring web-03 back/, 'discover i-0a1b2c3d4e5f60718'],
    ['fix:2', 'activate web-03', /^Planning to activate web-03/, 'activate web-03'],
    ['undo-change', 'undo c4k7m2q9xd', /^Planning to take/, 'undo c4k7m2q9xd'],
    [
      'fix:2',
      'phone i-0a1b2c3d4e5f60718\nweb-03',
      /^Planning to activate web-03 by phone/,
      'phone i-0a1b2c3d4e5f60718',
    ],
    ['fix:1', 'discover all', /^Planning to bring all machines back/, 'discover all'],
    [
      'fix',
      'dns add corp.example kms1.corp.example:1688',
      /^Planning to add `kms1\.corp\.example:1688`/,
      'dns add corp.example kms1.corp.example:1688',
    ],
  ])('is pressed with %s as it is typed', async (actionId, value, expected, asked) => {
    expect(await press(actionId, value)).toMatch(expected);
    expect(handedOn()).toEqual([expect.objectContaining({ operation: 'change', asked, place })]);
  });

  it('is one, however often the same request is delivered', async () => {
    const request = slash('activate web-03');
    await handler(request);
    await handler(request);

    expect(outside.executions.size).toBe(1);
  });

  it('is answered in Japanese to those who read Japanese', async () => {
    outside.state.locale = 'ja-JP';

    expect(await ask('activate web-03')).toBe(
      'web-03 をライセンス認証する計画を立てます。先にマシンの状態を確認し、計画に承認が必要な場合は承認者に依頼します。結果はここに表示されます。',
    );
  });

  it.each<[string, string, object, RegExp]>([
    [
      'key web-03 /kms-bot/keys/prod-mak',
      'key web-03 prod-mak',
      { kind: 'stored-key', key: 'prod-mak' },
      /^Planning to install the stored key `prod-mak` on web-03;/,
    ],
    ['phone web-03', 'phone web-03', { kind: 'phone' }, /^Planning to activate web-03 by phone\./],
    [
      'rearm web-03',
      'rearm web-03',
      { kind: 'rearm', restart: false },
      /^Planning to reset the grace period of web-03\. /,
    ],
    [
      'rearm web-03 RESTART',
      'rearm web-03 restart',
      { kind: 'rearm', restart: true },
      /^Planning to reset the grace period of web-03 and restart it\./,
    ],
    [
      'host web-03 setup csvlk-2022',
      'host web-03 setup csvlk-2022',
      { kind: 'host-setup', key: 'csvlk-2022' },
      /with the stored key `csvlk-2022`/,
    ],
    ['host web-03 publish off', 'host web-03 publish off', { kind: 'host-publish', on: false }, /of web-03 off\./],
    [
      'host web-03 domains <http://corp.example|corp.example>,10,50 lab.example',
      'host web-03 domains corp.example,10,50 lab.example',
      {
        kind: 'host-domains',
        domains: [{ domain: 'corp.example', priority: 10, weight: 50 }, { domain: 'lab.example' }],
      },
      /`corp\.example,10,50` `lab\.example`/,
    ],
    ['host web-03 domains none', 'host web-03 domains none', { kind: 'host-domains', domains: [] }, /own domain only/],
    ['host web-03 port 1689', 'host web-03 port 1689', { kind: 'host-port', port: 1689 }, /port `1689`/],
    [
      'host web-03 intervals 120 10080',
      'host web-03 intervals 120 10080',
      { kind: 'host-intervals', activationMinutes: 120, renewalMinutes: 10_080 },
      /`120 \/ 10080` minutes/,
    ],
    ['host web-03 priority low', 'host web-03 priority low', { kind: 'host-priority', low: true }, /priority `low`/],
    ['host web-03 firewall on', 'host web-03 firewall on', { kind: 'host-firewall' }, /through the firewall of web-03/],
    ['host web-03 restart', 'host web-03 restart', { kind: 'host-restart' }, /restart the KMS service of web-03/],
    ['host web-03 retire', 'host web-03 retire', { kind: 'host-retire' }, /retire the KMS host web-03/],
  ])('“%s” always asks an approver', async (text, asked, spec, expected) => {
    const answer = await ask(text);

    expect(answer).toMatch(expected);
    expect(answer).toContain('whatever would change there, an approver is asked.');
    expect(handedOn()).toEqual([{ operation: 'change', spec, selection: web03, asked, place }]);
  });

  it('that restarts a machine is asked for by its button alone', async () => {
    const machine = 'i-0a1b2c3d4e5f60718';
    expect(await press('restart-machine', `restart ${machine}\nweb-03`)).toMatch(/^Planning to restart web-03\./);
    const selection = { selectors: [{ kind: 'id', id: machine }] };
    const restart = { operation: 'change', spec: { kind: 'restart' }, selection, asked: `restart ${machine}`, place };
    expect(handedOn()).toEqual([restart]);

    expect(await ask(`restart ${machine}`)).toContain('I do not know the command');
    for (const value of ['restart all', 'restart', 'activate web-03', 'restart tag:Env=prod', '"restart', ''])
      expect(await press('restart-machine', value)).toContain('older message');
    expect(handedOn()).toEqual([restart]);
  });

  it('by phone takes no digits in its command, and says where they go', async () => {
    const answer = await ask('phone web-03 111112-222223-333334-444445-555556-666667-777778-888889');

    expect(answer).toContain('looks like an Installation ID or a Confirmation ID');
    expect(answer).toContain('its message has a button that opens a window');
    expect(answer).not.toMatch(/\d{6}/);
    expect(await ask('phone web-03 111112')).toBe(answer);
    expect(await ask('check 111112 222223 333334 444445 555556 666667 777778 888889')).not.toContain('`phone`');
    expect(outside.executions.size).toBe(0);
  });

  it('is refused where changes are not deployed', async () => {
    start({ [ENVIRONMENT.changeFunction]: '' });

    expect(await ask('activate web-03')).toContain('Changes are switched off in this deployment');
    expect(outside.executions.size).toBe(0);
  });
});

describe('a change by somebody who may not', () => {
  const refused = async (text = 'activate web-03') => {
    const answer = await ask(text);
    expect(handedOn().filter(({ operation }) => operation === 'change')).toEqual([]);
    return answer;
  };
  const noted = (why: string) =>
    expect(handedOn()).toEqual([{ operation: 'denied', asked: 'activate web-03', place, why }]);

  it('is refused with the right that is missing and who has it, and noted', async () => {
    outside.members.set(OPERATORS, []);

    expect(await refused()).toBe(
      `This takes the operator right, which you do not have; nothing was done. It is held by <!subteam^${OPERATORS}>.`,
    );
    noted('no-rule');
  });

  it.each([
    ['a guest', { team_id: TEAM, is_restricted: true }, 'Guests of this workspace may look at most', 'guest'],
    ['somebody of another workspace', { team_id: 'T0OTHER' }, 'You belong to another workspace', 'foreign'],
    ['a closed account', { team_id: TEAM, deleted: true }, 'does not know your account', 'gone'],
  ])('is refused to %s, and noted', async (_who, person, expected, why) => {
    outside.state.person = person;

    expect(await refused()).toContain(expected);
    noted(why);
  });

  it('is refused where a rule denies it', async () => {
    const deny = { effect: 'deny', right: 'operator', who: { groups: [], users: [AIKO] } };
    start({ [ENVIRONMENT.rights]: JSON.stringify([...RULES, deny]) });

    expect(await refused()).toContain('A rule of this deployment denies you the operator right');
    noted('denied');
  });

  it('is refused in a shared channel, and where the bot cannot look', async () => {
    outside.state.channel = { id: CHANNEL, is_member: true, is_ext_shared: true };
    expect(await refused()).toContain('shared with another workspace');
    noted('shared-channel');

    outside.state.channel = 'channel_not_found';
    expect(await refused()).toContain('or I am not in it');
  });

  it('is refused when nobody can say who they are, with the reason', async () => {
    outside.state.slackRefusals['usergroups.users.list'] = { error: 'missing_scope', needed: 'usergroups:read' };
    expect(await refused()).toContain('my Slack app lacks the scope `usergroups:read`');

    outside.state.slackRefusals['usergroups.users.list'] = { error: 'internal_error' };
    expect(await refused()).toContain('Slack did not tell me your rights in time');
    expect(outside.executions.size).toBe(0);
  });

  it('is noted for every time it was asked, and once for one request', async () => {
    outside.members.set(OPERATORS, []);
    const request = slash('activate web-03');
    await handler(request);
    await handler(request);
    expect(outside.executions.size).toBe(1);

    await ask('activate web-03', { trigger_id: '2.2.2' });
    expect(outside.executions.size).toBe(2);
  });
});

describe('somebody in another workspace', () => {
  it('is refused whatever they ask for, and noted once an hour without their words', async () => {
    const stranger = { team_id: 'T0OTHER', user_id: 'U0STRANGER' };
    expect(await ask('activate web-03', stranger)).toContain('another workspace');
    expect(await ask('discover all', { ...stranger, trigger_id: '2.2.2' })).toContain('another workspace');

    const at = { teamId: 'T0OTHER', channelId: CHANNEL, userId: 'U0STRANGER' };
    expect(handedOn()).toEqual([{ operation: 'denied', asked: '…', place: at, why: 'foreign' }]);
  });

  it('is answered all the same when ids are missing or odd', async () => {
    expect(await ask('activate web-03', { team_id: 'T0OTHER', user_id: '<!here>' })).toContain('another workspace');
    expect(handedOn()).toEqual([]);
  });
});

describe('a button pressed twice', () => {
  const twice = async (first: object, second: object) => {
    for (const [at, fields] of [first, second].entries())
      await handler(
        click('fix', 'activate web-03', `${outside.url}/response/1`, { trigger_id: `${at}.1.1`, ...fields }),
      );
    return handedOn().length;
  };

  it('asks for one change', async () => {
    expect(await twice({ message: { ts: '1.000100' } }, { message: { ts: '1.000100' } })).toBe(1);
  });

  it('asks for two under two messages', async () => {
    expect(await twice({ message: { ts: '1.000100' } }, { message: { ts: '1.000200' } })).toBe(2);
  });
});

describe('a look', () => {
  const viewersAlone = (...users: string[]) =>
    start({ [ENVIRONMENT.rights]: JSON.stringify([{ effect: 'allow', right: 'viewer', who: { groups: [], users } }]) });

  it('looks nobody up where everyone may', async () => {
    await ask('check all');

    expect(outside.calls).toEqual(expect.not.arrayContaining(['usergroups.users.list']));
    expect(outside.calls.filter((call) => call === 'users.info')).toHaveLength(1);
  });

  it.each(['jobs', 'audit', 'audit verify'])('at %s is refused in a shared channel', async (text) => {
    outside.state.channel = { id: CHANNEL, is_member: true, is_ext_shared: true };

    expect(await ask(text)).toContain('shared with another workspace');
    expect(handedOn()).toMatchObject([{ operation: 'denied', asked: text, why: 'shared-channel' }]);
  });

  it('is refused to whoever is no viewer, and noted', async () => {
    viewersAlone('U0KEN00001');

    expect(await ask('check all')).toContain('This takes the viewer right');
    expect(handedOn()).toEqual([{ operation: 'denied', asked: 'check all', place, why: 'no-rule' }]);
  });

  it('is handed on for a viewer', async () => {
    viewersAlone(AIKO);

    expect(await ask('check all')).toContain('Checking all machines.');
    expect(handedOn()).toEqual([expect.objectContaining({ operation: 'check' })]);
  });

  it('is handed on when Slack is too slow to say who they are: nothing is changed by it', async () => {
    viewersAlone('U0KEN00001');
    outside.state.slackRefusals['users.info'] = { error: 'internal_error' };

    expect(await ask('check all')).toContain('Checking all machines.');
    expect(handedOn()).toEqual([expect.objectContaining({ operation: 'check' })]);
  });

  it('is refused when the right to look people up is missing', async () => {
    viewersAlone(AIKO);
    outside.state.slackRefusals['users.info'] = { error: 'missing_scope', needed: 'users:read' };

    expect(await ask('check all')).toContain('my Slack app lacks the scope `users:read`');
    expect(outside.executions.size).toBe(0);
  });

  it('goes to changes under way', async () => {
    expect(await ask('jobs')).toBe('Looking which changes are under way. The answer appears here.');
    expect(handedOn()).toEqual([{ operation: 'jobs', asked: 'jobs', place }]);
  });

  it.each<[string, object]>([
    ['audit', { about: { kind: 'everything' }, asked: 'audit' }],
    ['audit verify', { about: { kind: 'verify' }, asked: 'audit verify' }],
    ['audit 7d', { about: { kind: 'everything' }, since: { kind: 'ago', minutes: 10_080 }, asked: 'audit 7d' }],
    [
      'audit web-03 2026-11-01',
      { about: { kind: 'node', word: 'web-03' }, since: { kind: 'day', isoDay: '2026-11-01' } },
    ],
    ['audit <@U0KEN00001|ken>', { about: { kind: 'person', userId: 'U0KEN00001' } }],
  ])('goes to the audit: %s', async (text, expected) => {
    expect(await ask(text)).toMatch(/the audit|entry of the audit/);
    expect(handedOn()).toEqual([expect.objectContaining({ operation: 'audit', place, ...expected })]);
  });
});

describe('a deployment whose rights cannot be read', () => {
  it.each(['{', '{}', '[{"effect":"permit"}]', '[{"effect":"deny","right":"operator","who":"everyone","site":"x"}]'])(
    'answers nobody: %s',
    async (rights) => {
      start({ [ENVIRONMENT.rights]: rights });

      expect(await handler(slash('check all'))).toEqual({ statusCode: 503, body: '' });
    },
  );
});

describe('whoami', () => {
  it('explains each right, through what, and whom to ask for the others', async () => {
    const rules = [
      ...RULES,
      { effect: 'deny', right: 'operator', who: 'everyone', sites: ['osaka'] },
      { effect: 'allow', right: 'approver', who: { groups: ['S0APPR0001'], users: ['U0KEN00001'] } },
    ];
    start({ [ENVIRONMENT.rights]: JSON.stringify(rules) });

    expect(await ask('whoami')).toBe(
      [
        `You are <@${AIKO}>.`,
        '• *viewer* (look at machines and hosts): yes, like everybody',
        `• *operator* (change machines and KMS records): yes, through <!subteam^${OPERATORS}>; but not at osaka`,
        '• *approver* (approve what others ask for): no; ask <!subteam^S0APPR0001>, <@U0KEN00001>',
        '• *break-glass* (begin a change without its approver, with a reason): no',
        'I answer you in English because that is your Slack language; channels read the configured language.',
      ].join('\n'),
    );
  });

  it('names sites and tags', async () => {
    const rule = {
      effect: 'allow',
      right: 'operator',
      who: { groups: [], users: [AIKO] },
      sites: ['tokyo'],
      tags: [{ key: 'Env', value: 'dev' }],
    };
    start({ [ENVIRONMENT.rights]: JSON.stringify([rule]) });

    expect(await ask('whoami')).toContain('yes, by name at tokyo on machines tagged `Env=dev`');
    outside.state.locale = 'ja-JP';
    start({ [ENVIRONMENT.rights]: JSON.stringify([rule]) });
    expect(await ask('whoami')).toContain('あり（個人に付与、サイト tokyo、タグ `Env=dev`）');
  });

  it('names the zones of a right that is about records', async () => {
    const who = { groups: [], users: [AIKO] };
    const rule = { effect: 'allow', right: 'operator', who, zones: ['corp.example', 'lab.example'] };
    start({ [ENVIRONMENT.rights]: JSON.stringify([rule]) });

    expect(await ask('whoami')).toContain('yes, by name on the KMS record of `corp.example`, `lab.example`');
    outside.state.locale = 'ja-JP';
    start({ [ENVIRONMENT.rights]: JSON.stringify([rule]) });
    expect(await ask('whoami')).toContain('あり（個人に付与、ゾーン `corp.example`、`lab.example` のレコード）');
  });

  it('tells a guest what guests may', async () => {
    outside.state.person = { team_id: TEAM, is_ultra_restricted: true };

    const text = await ask('whoami');
    expect(text).toContain('Guests of this workspace may look at most; they change nothing.');
    expect(text).toContain('*operator* (change machines and KMS records): no, guests only look');
  });

  it('says when rights cannot be looked up, and when changes are off', async () => {
    outside.state.slackRefusals['users.info'] = { error: 'missing_scope', needed: 'users:read' };
    start({ [ENVIRONMENT.changeFunction]: '' });

    const text = await ask('whoami');
    expect(text).toContain('lacks the scope `users:read`');
    expect(text).toContain('Changes are switched off in this deployment');
  });
});
