import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Fixture, startFixture, webClient } from './fixture.ts';
import { DEFAULT_MANIFEST } from './manifest.ts';

let lab: Fixture;
beforeAll(async () => {
  lab = await startFixture();
});
afterAll(() => lab.stop());

const section = (text: string) => ({ type: 'section' as const, text: { type: 'mrkdwn' as const, text } });

describe('authentication', () => {
  it('knows its own bot', async () => {
    const answer = await lab.bot.auth.test();

    expect(answer).toMatchObject({
      ok: true,
      team_id: lab.workspace.teamId,
      user_id: lab.workspace.botUserId,
      bot_id: lab.workspace.botId,
    });
  });

  it('answers errors with HTTP 200', async () => {
    expect(await lab.call('auth.test', {}, 'xoxb-wrong')).toMatchObject({
      status: 200,
      json: { error: 'invalid_auth' },
    });
    expect(await lab.call('chat.invent', {})).toMatchObject({
      status: 200,
      json: { ok: false, error: 'unknown_method' },
    });
  });

  it('asks for a token when there is none', async () => {
    const response = await fetch(`${lab.url}/api/auth.test`, { method: 'POST' });

    expect(await response.json()).toMatchObject({ ok: false, error: 'not_authed' });
  });

  it('names the scope that the bot lacks and its inspector has', async () => {
    const channel = lab.channel('kms-ops');

    const refused = await lab.call('conversations.history', { channel });
    const read = await webClient(lab.url, lab.workspace.inspectorToken).conversations.history({ channel });

    expect(refused.json).toMatchObject({ ok: false, error: 'missing_scope', needed: 'channels:history' });
    expect(refused.json.provided).toContain('chat:write');
    expect(read.ok).toBe(true);
  });

  it.each([
    ['application/json; charset=utf-8', '{"channel":', 'invalid_json'],
    ['application/json', '[1]', 'json_not_object'],
    ['text/plain', 'channel=C1', 'invalid_post_type'],
    ['multipart/form-data; boundary=x', 'none', 'invalid_form_data'],
  ])('says what is wrong with a %s body', async (type, body, error) => {
    const response = await fetch(`${lab.url}/api/auth.test`, {
      method: 'POST',
      headers: { 'content-type': type },
      body,
    });

    expect(await response.json()).toMatchObject({ ok: false, error });
  });
});

describe('posting', () => {
  it('gives every message a timestamp later than the one before', async () => {
    const stamps: string[] = [];
    for (const text of ['one', 'two', 'three']) {
      const { ts } = await lab.bot.chat.postMessage({ channel: lab.channel('kms-approvals'), text });
      stamps.push(ts ?? '');
    }

    expect(stamps.every((ts) => /^\d{10}\.\d{6}$/.test(ts))).toBe(true);
    expect([...new Set(stamps)].sort()).toEqual(stamps);
  });

  it.each([
    ['random', 'not_in_channel'],
    ['it-leads', 'channel_not_found'],
    ['kms-rollout-2019', 'is_archived'],
    ['nowhere', 'channel_not_found'],
  ])('refuses a message to #%s with %s', async (name, error) => {
    expect((await lab.call('chat.postMessage', { channel: name, text: 'hello' })).json).toEqual({ ok: false, error });
  });

  it('posts in public channels without being in them when the manifest asks for that', async () => {
    const scopes = [...DEFAULT_MANIFEST.scopes, 'chat:write.public'];
    const other = await startFixture({ manifest: { ...DEFAULT_MANIFEST, scopes } });

    const answer = await other.bot.chat.postMessage({ channel: other.channel('random'), text: 'hello' });

    expect(answer.ok).toBe(true);
    await other.stop();
  });

  it('reaches a person by id in their direct messages', async () => {
    const { channel } = await lab.bot.chat.postMessage({ channel: lab.person('emma'), text: 'only you' });
    const opened = await lab.bot.conversations.open({ users: lab.person('emma') });

    expect(channel).toMatch(/^D[A-Z0-9]{9,}$/);
    expect(opened.channel?.id).toBe(channel);
    expect(lab.workspace.messages('emma', 'dm').map((message) => message.text)).toEqual(['only you']);
  });

  it('answers invalid blocks as Slack does', async () => {
    const blocks = JSON.stringify([{ type: 'header', text: { type: 'plain_text', text: 'x'.repeat(151) } }]);

    const { json } = await lab.call('chat.postMessage', { channel: 'kms-ops', text: 'x', blocks });

    const line = 'must be less than 151 characters [json-pointer:/blocks/0/text/text]';
    expect(json).toEqual({
      ok: false,
      error: 'invalid_blocks',
      errors: [line],
      response_metadata: { messages: [`[ERROR] ${line}`] },
    });
  });

  it.each([
    ['nothing to say', {}, 'no_text'],
    ['blocks that are not JSON', { blocks: '{' }, 'invalid_blocks_format'],
    ['more than the blocks of one message hold', { blocks: manyBlocks() }, 'msg_blocks_too_long'],
    ['metadata without an event type', { text: 'x', metadata: '{"event_payload":{}}' }, 'invalid_metadata_schema'],
    ['a thread that does not exist', { text: 'x', thread_ts: '1.000001' }, 'thread_not_found'],
  ])('refuses %s', async (_what, form, error) => {
    expect((await lab.call('chat.postMessage', { channel: 'kms-ops', ...form })).json.error).toBe(error);
  });

  it('cuts a text beyond 40,000 characters and says so', async () => {
    const { json } = await lab.call('chat.postMessage', { channel: 'kms-ops', text: 'x'.repeat(40_001) });

    expect(json).toMatchObject({ ok: true, warning: 'message_truncated' });
    expect(json.message).toHaveProperty('text.length', 40_000);
  });

  it('shows an ephemeral message to one person of the channel', async () => {
    const channel = lab.channel('kms-approvals');

    await lab.bot.chat.postEphemeral({ channel, user: lab.person('ken'), text: 'psst' });
    const outside = await lab.call('chat.postEphemeral', { channel, user: lab.person('emma'), text: 'psst' });

    expect(lab.workspace.messages('ken', 'kms-approvals').at(-1)).toMatchObject({ text: 'psst', ephemeral: true });
    expect(lab.workspace.messages('aiko', 'kms-approvals').some((message) => message.text === 'psst')).toBe(false);
    expect(outside.json.error).toBe('user_not_in_channel');
  });
});

function manyBlocks(): string {
  return JSON.stringify(Array.from({ length: 5 }, () => section('x'.repeat(2_900))));
}

describe('editing', () => {
  async function posted(): Promise<{ channel: string; ts: string }> {
    const channel = lab.channel('kms-approvals');
    const { ts } = await lab.bot.chat.postMessage({ channel, text: 'before', blocks: [section('before')] });
    lab.clock.advance(1_000);
    return { channel, ts: ts ?? '' };
  }

  it('replaces text and blocks in place', async () => {
    const at = await posted();

    const answer = await lab.bot.chat.update({ ...at, text: 'after', blocks: [section('after')] });

    const seen = lab.workspace.messages('aiko', at.channel).find((message) => message.ts === at.ts);
    expect(answer).toMatchObject({ ok: true, ...at, text: 'after' });
    expect(seen).toMatchObject({ text: 'after', edited: true, ephemeral: false });
  });

  it('takes the blocks away when only a text is given', async () => {
    const at = await posted();

    await lab.bot.chat.update({ ...at, text: 'after' });

    expect(lab.workspace.messages('aiko', at.channel).find((message) => message.ts === at.ts)?.blocks).toEqual([]);
  });

  it('refuses a text over 4,000 characters, which posting would take', async () => {
    const at = await posted();

    expect((await lab.call('chat.update', { ...at, text: 'x'.repeat(4_001) })).json.error).toBe('msg_too_long');
  });

  it('edits and deletes only what the bot said', async () => {
    const { ts } = await lab.workspace.client.say({ user: 'ken', channel: 'kms-approvals', text: 'mine' });
    const at = { channel: lab.channel('kms-approvals'), ts: ts ?? '' };

    expect((await lab.call('chat.update', { ...at, text: 'x' })).json.error).toBe('cant_update_message');
    expect((await lab.call('chat.delete', at)).json.error).toBe('cant_delete_message');
    expect((await lab.call('chat.update', { ...at, ts: '1.000001', text: 'x' })).json.error).toBe('message_not_found');
  });

  it('deletes its own message', async () => {
    const at = await posted();

    await lab.bot.chat.delete(at);

    expect(lab.workspace.messages('aiko', at.channel).some((message) => message.ts === at.ts)).toBe(false);
  });
});

describe('reading', () => {
  it('gives a person their locale only when asked', async () => {
    const user = lab.person('aiko');

    const plain = await lab.bot.users.info({ user });
    const full = await lab.bot.users.info({ user, include_locale: true });

    expect(plain.user).toMatchObject({ id: user, real_name: 'Aiko Tanaka', tz: 'Asia/Tokyo', tz_offset: 32_400 });
    expect(plain.user).not.toHaveProperty('locale');
    expect(full.user).toMatchObject({ locale: 'ja-JP' });
    expect((await lab.call('users.info', { user: 'U0NOBODY' })).json.error).toBe('user_not_found');
  });

  it('keeps the rights as user groups', async () => {
    const { usergroups = [] } = await lab.bot.usergroups.list();
    const approvers = usergroups.find((group) => group.handle === 'kms-approvers');

    const { users } = await lab.bot.usergroups.users.list({ usergroup: approvers?.id ?? '' });

    expect(users).toEqual([lab.person('ken'), lab.person('daniel')]);
  });

  it('knows a guest of its own, who is in one channel and opens no other', async () => {
    const user = lab.person('nora');
    const { user: guest } = await lab.bot.users.info({ user });

    expect(guest).toMatchObject({ team_id: lab.workspace.teamId, is_restricted: true, is_ultra_restricted: true });
    expect((await lab.get('/lab/messages?user=nora&channel=kms-ops')).status).toBe(200);
    expect((await lab.get('/lab/messages?user=nora&channel=random')).status).toBe(404);
    expect((await lab.get('/lab/messages?user=emma&channel=random')).status).toBe(200);
  });

  it('says which channels are shared with another workspace', async () => {
    const inspector = webClient(lab.url, lab.workspace.inspectorToken);
    const isShared = async (name: string) =>
      (await inspector.conversations.info({ channel: lab.channel(name) })).channel?.is_ext_shared;

    expect(await isShared('kms-partners')).toBe(true);
    expect(await isShared('kms-ops')).toBe(false);
  });

  it('has nobody who left in any group, and says that they are deactivated', async () => {
    const { usergroups = [] } = await lab.bot.usergroups.list({ include_users: true });
    const idOf = (handle: string) => usergroups.find((group) => group.handle === handle)?.id ?? '';
    const usersOf = async (handle: string) => (await lab.bot.usergroups.users.list({ usergroup: idOf(handle) })).users;
    const [ken, daniel] = [lab.person('ken'), lab.person('daniel')];

    lab.faults.push({ id: 'f1', fault: 'person-left', person: ken });
    lab.faults.push({ id: 'f2', fault: 'person-left-group', person: daniel, group: idOf('kms-approvers') });

    expect((await lab.bot.users.info({ user: ken })).user?.deleted).toBe(true);
    expect((await lab.bot.users.info({ user: daniel })).user?.deleted).toBe(false);
    expect(await usersOf('kms-approvers')).toEqual([]);
    expect(await usersOf('kms-operators')).toEqual([lab.person('aiko'), daniel]);
    const listed = (await lab.bot.usergroups.list({ include_users: true })).usergroups ?? [];
    expect(listed.find(({ handle }) => handle === 'kms-approvers')).toMatchObject({ users: [], user_count: 0 });
    lab.faults.length = 0;
  });

  it('pages through a history, newest first, replies apart', async () => {
    const channel = lab.channel('kms-partners');
    const inspector = webClient(lab.url, lab.workspace.inspectorToken);
    const stamps: string[] = [];
    for (const text of ['1', '2', '3']) stamps.push((await lab.bot.chat.postMessage({ channel, text })).ts ?? '');
    await lab.bot.chat.postMessage({ channel, text: 'reply', thread_ts: stamps[0] ?? '' });

    const first = await inspector.conversations.history({ channel, limit: 2 });
    const cursor = first.response_metadata?.next_cursor ?? '';
    const second = await inspector.conversations.history({ channel, limit: 2, cursor });
    const thread = await inspector.conversations.replies({ channel, ts: stamps[0] ?? '' });

    expect(first.messages?.map((message) => message.text)).toEqual(['3', '2']);
    expect(first.has_more).toBe(true);
    expect(second.messages?.map((message) => message.text)).toEqual(['1']);
    expect(second.messages?.[0]).toMatchObject({ reply_count: 1 });
    expect(thread.messages?.map((message) => message.text)).toEqual(['1', 'reply']);
  });

  it('hides private channels that the bot is not in', async () => {
    const inspector = webClient(lab.url, lab.workspace.inspectorToken);

    const { channels = [] } = await inspector.conversations.list({ types: 'public_channel,private_channel' });

    expect(channels.map((channel) => channel.name)).not.toContain('it-leads');
    expect(channels.find((channel) => channel.name === 'kms-partners')).toMatchObject({ is_ext_shared: true });
    expect(channels.find((channel) => channel.name === 'random')).toMatchObject({ is_member: false });
  });

  it('validates blocks without a token', async () => {
    const response = await fetch(`${lab.url}/api/blocks.validate`, {
      method: 'POST',
      body: new URLSearchParams({ blocks: '[{"type":"section"}]' }),
    });

    expect(await response.json()).toMatchObject({
      ok: false,
      error: 'invalid_blocks',
      errors: [{ pointer: '/blocks/0' }],
    });
  });
});

describe('the wire log', () => {
  it('records each call with who made it', async () => {
    lab.wire.length = 0;

    await lab.bot.auth.test();

    expect(lab.wire).toMatchObject([{ from: 'bot', to: 'slack', operation: 'slack:auth.test', status: 200 }]);
  });
});
