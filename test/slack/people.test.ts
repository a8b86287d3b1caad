import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { failureOf, isTransient, slowDownSeconds } from '../../bot/errors.ts';
import { slackPeople } from '../../bot/slack/people.ts';
import { peopleContract } from '../contracts/people-contract.ts';
import { memoryPeople } from '../fakes/memory-people.ts';
import { startFixture } from '../lab/slack/fixture.ts';
import { installedManifest } from '../lab/slack/installed-manifest.ts';
import { type FakeSlack, startFakeSlack } from './support/fake-slack.ts';

peopleContract('in memory', async () => {
  const people = memoryPeople([
    { userId: 'U0AIKO0001', standing: 'member', groups: ['S0OPS00001'] },
    { userId: 'U0EMMA0001', standing: 'member', groups: [] },
    { userId: 'U0RUI00001', standing: 'foreign', groups: [] },
  ]);
  people.shared.add('C0PARTNER1');
  return {
    people,
    users: { member: 'U0AIKO0001', elsewhere: 'U0EMMA0001', foreign: 'U0RUI00001', nobody: 'U0NOBODY01' },
    groups: { named: 'S0OPS00001', unnamed: 'S0VIEW0001' },
    channels: { own: 'C0OPS00001', shared: 'C0PARTNER1', direct: 'D0AIKO0001' },
    close: async () => {},
  };
});

peopleContract('of a workspace', async () => {
  const lab = await startFixture({ manifest: installedManifest() });
  const { usergroups = [] } = await lab.bot.usergroups.list();
  const group = (handle: string) => usergroups.find((one) => one.handle === handle)?.id ?? '';
  const direct = await lab.bot.conversations.open({ users: lab.person('aiko') });
  return {
    people: slackPeople({
      token: async () => lab.workspace.botToken,
      apiUrl: `${lab.url}/api/`,
      fetch: globalThis.fetch,
      clock: () => lab.clock.now(),
      teamId: lab.workspace.teamId,
      groups: [group('kms-operators')],
      functionName: 'slack',
    }),
    users: {
      member: lab.person('aiko'),
      elsewhere: lab.person('emma'),
      foreign: lab.person('rui'),
      nobody: 'U0NOBODY01',
    },
    groups: { named: group('kms-operators'), unnamed: group('kms-viewers') },
    channels: {
      own: lab.channel('kms-ops'),
      shared: lab.channel('kms-partners'),
      direct: direct.channel?.id ?? '',
    },
    close: () => lab.stop(),
  };
});

describe('people over a Slack that answers as it likes', () => {
  let slack: FakeSlack;
  let nowMs = 0;
  beforeAll(async () => {
    slack = await startFakeSlack();
  });
  afterAll(() => slack.close());

  const people = (groups: readonly string[] = []) =>
    slackPeople({
      token: 'xoxb-lab-token',
      apiUrl: `${slack.apiUrl}/`,
      fetch: globalThis.fetch,
      clock: () => nowMs,
      teamId: 'T1',
      groups,
      functionName: 'slack',
      rememberMs: 5 * 60_000,
    });
  const next = (method: string, ...bodies: unknown[]) =>
    slack.next.set(
      method,
      bodies.map((body) => ({ body })),
    );
  const user = (facts: object) => next('users.info', { ok: true, user: { id: 'U1', team_id: 'T1', ...facts } });
  const failureFrom = (of: Promise<unknown>) => of.then(() => undefined).catch((error: unknown) => error);
  const calls = (method: string) => slack.calls.filter((call) => call.method === method).length;

  it.each([
    ['member', {}],
    ['guest', { is_restricted: true }],
    ['guest', { is_restricted: true, is_ultra_restricted: true }],
    ['foreign', { is_stranger: true }],
    ['foreign', { team_id: 'T2' }],
    ['foreign', { team_id: 'T2', is_restricted: true }],
    ['gone', { deleted: true }],
    ['gone', { is_bot: true }],
    ['gone', { id: 'U2' }],
  ])('takes for a %s whom Slack describes by %j', async (standing, facts) => {
    user(facts);

    expect(await people().find('U1')).toEqual({ userId: 'U1', standing, groups: [] });
  });

  it.each(['is_ext_shared', 'is_shared', 'is_org_shared', 'is_pending_ext_shared'])(
    'takes %s for shared',
    async (flag) => {
      next('conversations.info', { ok: true, channel: { id: 'C1', [flag]: true } });

      expect(await people().isShared('C1')).toBe(true);
    },
  );

  it('takes a channel that the bot cannot see for shared', async () => {
    next('conversations.info', { ok: false, error: 'channel_not_found' });

    expect(await people().isShared('C1')).toBe(true);
  });

  it('reads a group once for everybody who asks together, and again after five minutes', async () => {
    const before = calls('usergroups.users.list');
    const asked = people(['S1']);
    next('usergroups.users.list', { ok: true, users: ['U1'] }, { ok: true, users: [] });
    next('users.info', ...Array.from({ length: 3 }, () => ({ ok: true, user: { id: 'U1', team_id: 'T1' } })));

    const together = await Promise.all([asked.find('U1'), asked.find('U1')]);
    nowMs += 5 * 60_000;
    const later = await asked.find('U1');

    expect(together.map(({ groups }) => groups)).toEqual([['S1'], ['S1']]);
    expect(later.groups).toEqual([]);
    expect(calls('usergroups.users.list') - before).toBe(2);
  });

  it('does not remember that a group could not be read', async () => {
    const asked = people(['S1']);
    user({});
    next('usergroups.users.list', { ok: false, error: 'internal_error' }, { ok: true, users: ['U1'] });
    const first = await failureFrom(asked.find('U1'));
    user({});

    expect(isTransient(first)).toBe(true);
    expect((await asked.find('U1')).groups).toEqual(['S1']);
  });

  it('counts nobody in a group that is not there, and says that it is lost', async () => {
    user({});
    next('usergroups.users.list', { ok: false, error: 'no_such_subteam' });

    expect(await people(['S1']).find('U1')).toMatchObject({ groups: [], lostGroups: ['S1'] });
  });

  it('passes on for how long Slack wants to be left alone', async () => {
    slack.next.set('users.info', [{ status: 429, headers: { 'retry-after': '17' }, body: '' }]);

    expect(slowDownSeconds(await failureFrom(people().find('U1')))).toBe(17);
  });

  it.each([
    ['an error of the server', { status: 503, body: 'busy' }],
    ['an answer that is none', { body: 'hello' }],
    ['an internal error', { body: { ok: false, error: 'internal_error' } }],
  ])('calls %s passing', async (_what, answer) => {
    slack.next.set('users.info', [answer]);

    expect(isTransient(await failureFrom(people().find('U1')))).toBe(true);
  });

  it('names the scope that is missing', async () => {
    next('users.info', { ok: false, error: 'missing_scope', needed: 'users:read', provided: 'chat:write' });

    const failure = failureOf(await failureFrom(people().find('U1')));
    expect(failure).toEqual({ kind: 'missing-right', action: 'slack:users:read', function: 'slack' });
  });

  it('calls a Slack that cannot be reached passing', async () => {
    const nowhere = slackPeople({
      token: 'xoxb-lab-token',
      apiUrl: 'http://127.0.0.1:1/',
      fetch: globalThis.fetch,
      clock: () => 0,
      teamId: 'T1',
      groups: [],
      functionName: 'slack',
    });

    expect(isTransient(await failureFrom(nowhere.find('U1')))).toBe(true);
  });
});
