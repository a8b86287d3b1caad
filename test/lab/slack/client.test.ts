import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type BotRequest, type Fixture, startFixture } from './fixture.ts';

let lab: Fixture;
beforeEach(async () => {
  lab = await startFixture();
});
afterEach(() => lab.stop());

function last(): BotRequest {
  const request = lab.requests.at(-1);
  if (request === undefined) throw new Error('the bot was not asked');
  return request;
}

describe('a slash command', () => {
  it('reaches the bot as a signed form', async () => {
    await lab.workspace.client.slash({ user: 'aiko', channel: '#kms-ops', text: '/kms check all' });

    const { headers, raw, body } = last();
    const timestamp = String(headers['x-slack-request-timestamp']);
    const digest = createHmac('sha256', lab.workspace.signingSecret).update(`v0:${timestamp}:${raw}`).digest('hex');
    expect(headers['x-slack-signature']).toBe(`v0=${digest}`);
    expect(headers['content-type']).toBe('application/x-www-form-urlencoded');
    expect(Math.abs(Number(timestamp) - Date.now() / 1_000)).toBeLessThan(5);
    expect(body).toMatchObject({
      command: '/kms',
      text: 'check all',
      user_id: lab.person('aiko'),
      channel_id: lab.channel('kms-ops'),
      channel_name: 'kms-ops',
      team_id: lab.workspace.teamId,
      api_app_id: lab.workspace.appId,
      is_enterprise_install: 'false',
    });
  });

  it('is the same with and without the command before it', async () => {
    await lab.workspace.client.slash({ user: 'aiko', channel: 'kms-ops', text: 'check all' });

    expect(last().body).toMatchObject({ command: '/kms', text: 'check all' });
  });

  it.each([
    ['audit @ken', () => `audit <@${lab.person('ken')}|ken>`],
    ['report now #kms-approvals', () => `report now <#${lab.channel('kms-approvals')}|kms-approvals>`],
    ['report now #it-leads', () => `report now #it-leads`],
    ['check a<b & c>d', () => 'check a&lt;b &amp; c&gt;d'],
    ['point i-1 kms1.contoso.com', () => 'point i-1 <http://kms1.contoso.com|kms1.contoso.com>'],
    ['point i-1 kms1.corp.example:1688', () => 'point i-1 kms1.corp.example:1688'],
    ['help https://aka.ms/kms?a=1&b=2', () => 'help <https://aka.ms/kms?a=1&amp;b=2>'],
    ['audit <@U0NOBODY>', () => 'audit &lt;@U0NOBODY&gt;'],
  ])('transmits %j as Slack encodes it', async (text, encoded) => {
    await lab.workspace.client.slash({ user: 'daniel', channel: 'kms-ops', text });

    expect(last().body.text).toBe(encoded());
  });

  it('shows a JSON answer to the person alone', async () => {
    lab.answer = () => ({ body: { response_type: 'ephemeral', text: 'for you' } });

    const outcome = await lab.workspace.client.slash({ user: 'aiko', channel: 'kms-ops', text: 'help' });

    expect(outcome).toMatchObject({ status: 200, body: { text: 'for you' } });
    expect(lab.workspace.messages('aiko', 'kms-ops')).toMatchObject([{ text: 'for you', ephemeral: true }]);
    expect(lab.workspace.messages('ken', 'kms-ops')).toEqual([]);
  });

  it('shows an answer for the channel to everybody, the command before it', async () => {
    lab.answer = () => ({ body: { response_type: 'in_channel', text: 'for all' } });

    await lab.workspace.client.slash({ user: 'aiko', channel: 'kms-ops', text: 'help' });

    expect(lab.workspace.messages('ken', 'kms-ops').map((message) => message.text)).toEqual(['/kms help', 'for all']);
  });

  it.each([
    ['plain text', 'just words', ['just words']],
    ['an empty answer', '', []],
  ])('shows %s as it is', async (_what, body, seen) => {
    lab.answer = () => ({ body });

    const outcome = await lab.workspace.client.slash({ user: 'aiko', channel: 'kms-ops', text: 'help' });

    expect(outcome.body).toBe(body);
    expect(lab.workspace.messages('aiko', 'kms-ops').map((message) => message.text)).toEqual(seen);
  });

  it('fails visibly when the bot refuses, and only for the person', async () => {
    lab.answer = () => ({ status: 500, body: 'secrets' });

    const outcome = await lab.workspace.client.slash({ user: 'aiko', channel: 'kms-ops', text: 'help' });

    expect(outcome).toMatchObject({ status: 500, error: 'dispatch_failed' });
    expect(lab.workspace.messages('aiko', 'kms-ops')).toMatchObject([
      { text: '/kms failed with the error "dispatch_failed"', ephemeral: true },
    ]);
    expect(lab.workspace.messages('ken', 'kms-ops')).toEqual([]);
  });

  it('fails after three seconds without an answer', async () => {
    lab.answer = () => new Promise(() => {});

    const outcome = await lab.workspace.client.slash({ user: 'aiko', channel: 'kms-ops', text: 'help' });

    expect(outcome).toMatchObject({ status: 0, error: 'operation_timeout', body: '' });
    expect(outcome.ackMs).toBeGreaterThanOrEqual(2_990);
    expect(lab.workspace.messages('aiko', 'kms-ops').at(-1)?.text).toContain('operation_timeout');
  });

  it('does not show invalid blocks', async () => {
    lab.answer = () => ({ body: { text: 'x', blocks: [{ type: 'alert', text: { type: 'mrkdwn', text: 'x' } }] } });

    const outcome = await lab.workspace.client.slash({ user: 'aiko', channel: 'kms-ops', text: 'help' });

    expect(outcome.error).toBe('invalid_blocks');
  });

  it.each([
    [
      'in a thread',
      { channel: 'kms-ops', text: 'help', thread_ts: '1.000001' },
      '/kms is not supported in threads. Sorry!',
    ],
    ['that the app does not have', { channel: 'kms-ops', text: '/fix' }, '/fix is not a valid command.'],
    ['in an archived channel', { channel: 'kms-rollout-2019', text: 'help' }, '#kms-rollout-2019 is archived'],
    ['in a channel the person is not in', { channel: 'kms-approvals', text: 'help' }, 'emma is not in #kms-approvals'],
    ['in a channel the person cannot see', { channel: 'it-leads', text: 'help' }, 'emma sees no channel "it-leads"'],
  ])('is refused %s', async (_where, request, message) => {
    await expect(lab.workspace.client.slash({ user: 'emma', ...request })).rejects.toThrow(message);
    expect(lab.requests).toEqual([]);
  });

  it('comes from a guest with the guest’s own team', async () => {
    await lab.workspace.client.slash({ user: 'rui', channel: 'kms-partners', text: 'check all' });

    expect(last().body.team_id).not.toBe(lab.workspace.teamId);
    expect(last().body.team_id).toMatch(/^T[A-Z0-9]{9,}$/);
  });
});

describe('a response_url', () => {
  async function responseUrl(): Promise<string> {
    await lab.workspace.client.slash({ user: 'aiko', channel: 'random', text: 'help' });
    return String(last().body.response_url);
  }

  async function respond(url: string, body: object): Promise<number> {
    const headers = { 'content-type': 'application/json' };
    return (await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })).status;
  }

  it('answers five times, in channels the bot is not in as well', async () => {
    const url = await responseUrl();

    const statuses: number[] = [];
    for (let use = 1; use <= 6; use += 1) statuses.push(await respond(url, { text: `${use}` }));

    expect(statuses).toEqual([200, 200, 200, 200, 200, 404]);
    expect(lab.workspace.messages('aiko', 'random').map((message) => message.text)).toEqual(['1', '2', '3', '4', '5']);
  });

  it('ends after thirty minutes', async () => {
    const url = await responseUrl();

    await lab.clock.advance(30 * 60_000 + 1);

    expect(await respond(url, { text: 'late' })).toBe(404);
  });

  it('of a command cannot replace what it posted', async () => {
    const url = await responseUrl();

    await respond(url, { text: 'first' });
    await respond(url, { text: 'second', replace_original: true });

    expect(lab.workspace.messages('aiko', 'random').map((message) => message.text)).toEqual(['first', 'second']);
  });

  it('answers invalid blocks with 404', async () => {
    expect(await respond(await responseUrl(), { text: 'x', blocks: [{ type: 'nothing' }] })).toBe(404);
  });
});

describe('saying something', () => {
  it('tells the bot of a mention', async () => {
    const outcome = await lab.workspace.client.say({ user: 'aiko', channel: 'kms-ops', text: '@kms-ops check all' });

    expect(outcome).toMatchObject({ status: 200, ts: expect.any(String) });
    expect(last().headers['content-type']).toBe('application/json');
    expect(last().body).toMatchObject({
      type: 'event_callback',
      team_id: lab.workspace.teamId,
      event_id: expect.stringMatching(/^Ev[A-Z0-9]+$/),
      event: {
        type: 'app_mention',
        user: lab.person('aiko'),
        channel: lab.channel('kms-ops'),
        text: `<@${lab.workspace.botUserId}> check all`,
        ts: outcome.ts,
      },
    });
  });

  it('tells the bot of its direct messages', async () => {
    await lab.workspace.client.say({ user: 'emma', channel: 'dm', text: 'hello' });

    expect(last().body.event).toMatchObject({ type: 'message', channel_type: 'im', text: 'hello' });
  });

  it('keeps a message without a mention from the bot', async () => {
    const outcome = await lab.workspace.client.say({ user: 'emma', channel: 'kms-ops', text: 'good morning' });

    expect(outcome).toMatchObject({ status: 0, body: '' });
    expect(lab.requests).toEqual([]);
    expect(lab.workspace.messages('ken', 'kms-ops')).toMatchObject([
      { text: 'good morning', user: lab.person('emma') },
    ]);
  });

  it('mentions the thread it was said in', async () => {
    const { ts = '' } = await lab.bot.chat.postMessage({ channel: lab.channel('kms-ops'), text: 'root' });

    await lab.workspace.client.say({ user: 'ken', channel: 'kms-ops', text: '@kms-ops help', thread_ts: ts });

    expect(last().body.event).toMatchObject({ thread_ts: ts });
  });

  it('refuses a command typed in a thread', async () => {
    const { ts = '' } = await lab.bot.chat.postMessage({ channel: lab.channel('kms-ops'), text: 'root' });

    const said = lab.workspace.client.say({ user: 'ken', channel: 'kms-ops', text: '/kms help', thread_ts: ts });

    await expect(said).rejects.toThrow('/kms is not supported in threads. Sorry!');
  });
});

describe('events', () => {
  it('are told again three times when the bot fails, with number and reason', async () => {
    lab.answer = () => ({ status: 500 });
    await lab.workspace.client.say({ user: 'aiko', channel: 'kms-ops', text: '@kms-ops help' });

    await lab.clock.advance(10 * 60_000);
    await lab.clock.quiet();

    const retries = lab.requests.map(({ headers }) => [headers['x-slack-retry-num'], headers['x-slack-retry-reason']]);
    expect(retries).toEqual([
      [undefined, undefined],
      ['1', 'http_error'],
      ['2', 'http_error'],
      ['3', 'http_error'],
    ]);
    expect(new Set(lab.requests.map(({ body }) => body.event_id)).size).toBe(1);
  });

  it('are not told again when the bot asks for that', async () => {
    lab.answer = () => ({ status: 500, headers: { 'x-slack-no-retry': '1' } });

    await lab.workspace.client.say({ user: 'aiko', channel: 'kms-ops', text: '@kms-ops help' });
    await lab.clock.advance(10 * 60_000);

    expect(lab.requests).toHaveLength(1);
  });

  it('arrive twice while duplicates are switched on', async () => {
    lab.faults.push({ id: '1', fault: 'slack-duplicate-events' });

    await lab.workspace.client.say({ user: 'aiko', channel: 'kms-ops', text: '@kms-ops help' });

    expect(lab.requests.map(({ raw }) => raw)[0]).toBe(lab.requests[1]?.raw);
  });
});
