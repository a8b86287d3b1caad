import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { causeNamed, failureOf, isTransient, slowDownSeconds } from '../../bot/errors.ts';
import type { Content, Conversation, Place } from '../../bot/ports.ts';
import { slackConversation } from '../../bot/slack/conversation.ts';
import { finished, TOTALS } from './support/content.ts';
import { type FakeSlack, startFakeSlack } from './support/fake-slack.ts';

let slack: FakeSlack;
let conversation: Conversation;
let logged: string[];

beforeEach(async () => {
  slack = await startFakeSlack();
  logged = [];
  conversation = slackConversation({
    functionName: 'observe',
    token: 'xoxb-lab',
    apiUrl: slack.apiUrl,
    language: 'en',
    log: (message) => logged.push(message),
  });
});

afterEach(() => slack.close());

const HERE: Place = { teamId: 'T1', channelId: 'C1', userId: 'U1' };

const well = (machines: number): Content => ({
  kind: 'check-report',
  asked: 'check all',
  report: finished({ totals: { ...TOTALS, machines, activated: machines } }),
});

const failing = (method: string, error: string, more: object = {}): void =>
  void slack.next.set(method, [{ body: { ok: false, error, ...more } }]);

const rejection = async (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => {
      throw new Error('did not fail');
    },
    (error: unknown) => error,
  );

describe('open', () => {
  it('posts in the channel, with text for those who see no blocks', async () => {
    expect(await conversation.open(HERE, well(9))).toEqual({ channelId: 'C1', ts: slack.messages[0]?.ts });
    expect(slack.messages[0]?.text).toBe('✓ All 9 machines are activated.');
    expect(slack.messages[0]?.blocks.length).toBeGreaterThan(0);
    expect(slack.calls[0]?.fields).toMatchObject({ unfurl_links: 'false', unfurl_media: 'false', parse: 'none' });
  });

  it.each(['not_in_channel', 'channel_not_found', 'is_archived', 'restricted_action'])(
    'posts in direct messages when the channel answers %s',
    async (error) => {
      slack.channels.set('C2', error);

      expect(await conversation.open({ ...HERE, channelId: 'C2' }, well(9))).toMatchObject({ channelId: 'D-U1' });
    },
  );

  it('takes the person for a channel when it may not open direct messages', async () => {
    slack.channels.set('U1', 'member');
    failing('conversations.open', 'missing_scope', { needed: 'im:write', provided: 'chat:write' });

    expect(await conversation.open({ ...HERE, channelId: 'C2' }, well(9))).toMatchObject({ channelId: 'U1' });
  });

  it('sends the text alone when Slack refuses the blocks, and says so', async () => {
    failing('chat.postMessage', 'invalid_blocks', { errors: ['too odd'] });

    await conversation.open(HERE, well(9));

    expect(slack.messages[0]).toMatchObject({ text: '✓ All 9 machines are activated.', blocks: [] });
    expect(logged).toEqual(['Slack refused the blocks of a message']);
  });

  it('asks to be called again later when Slack does', async () => {
    slack.next.set('chat.postMessage', [{ status: 429, headers: { 'retry-after': '17' } }]);

    expect(slowDownSeconds(await rejection(conversation.open(HERE, well(9))))).toBe(17);
    expect(slack.calls).toHaveLength(1);
  });

  it.each([
    ['a failing Slack', { status: 503 }],
    ['Slack’s own error', { body: { ok: false, error: 'internal_error' } }],
  ])('tells %s as something that may pass, without trying again itself', async (_, answer) => {
    slack.next.set('chat.postMessage', [answer]);

    expect(isTransient(await rejection(conversation.open(HERE, well(9))))).toBe(true);
    expect(slack.calls).toHaveLength(1);
  });

  it('names the scope that is missing', async () => {
    failing('chat.postMessage', 'missing_scope', { needed: 'chat:write', provided: 'commands' });

    expect(failureOf(await rejection(conversation.open(HERE, well(9))))).toEqual({
      kind: 'missing-right',
      action: 'slack:chat:write',
      function: 'observe',
    });
  });

  it('keeps the token out of what it throws', async () => {
    failing('chat.postMessage', 'invalid_auth');

    expect(JSON.stringify(await rejection(conversation.open(HERE, well(9))))).not.toContain('xoxb');
  });
});

describe('update', () => {
  it('replaces the message', async () => {
    const message = await conversation.open(HERE, well(9));

    expect(await conversation.update(message, well(10))).toEqual({ edited: true });
    expect(slack.messages).toHaveLength(1);
    expect(slack.messages[0]?.text).toBe('✓ All 10 machines are activated.');
  });

  it.each([
    ['a 429', { status: 429, headers: { 'retry-after': '3' } }, 3],
    ['an answer', { body: { ok: false, error: 'message_limit_exceeded' } }, 3],
  ])('leaves the message as it is when Slack asks to slow down by %s', async (_, answer, retryAfterSeconds) => {
    const message = await conversation.open(HERE, well(9));
    slack.next.set('chat.update', [answer]);

    expect(await conversation.update(message, well(10))).toEqual({ edited: false, retryAfterSeconds });
    expect(slack.messages[0]?.text).toBe('✓ All 9 machines are activated.');
  });

  it('removes the blocks when Slack refuses new ones, so that text and blocks never disagree', async () => {
    const message = await conversation.open(HERE, well(9));
    failing('chat.update', 'msg_blocks_too_long');

    await conversation.update(message, well(10));

    expect(slack.messages[0]).toMatchObject({ text: '✓ All 10 machines are activated.', blocks: [] });
  });

  it('tells when the message was deleted, so that it can be posted anew', async () => {
    const gone = { channelId: 'C1', ts: '1.1' };

    expect(causeNamed(await rejection(conversation.update(gone, well(9))), 'MessageGone')).toBeDefined();
  });
});

describe('attach', () => {
  it('puts the file into the thread of the message', async () => {
    const message = await conversation.open(HERE, well(9));

    await conversation.attach(message, {
      name: 'kms-check.csv',
      title: 'check all',
      text: 'name,state\r\nサーバー,ok\r\n',
    });

    expect(slack.files).toEqual([
      { channel: 'C1', threadTs: message.ts, name: 'kms-check.csv', text: 'name,state\r\nサーバー,ok\r\n' },
    ]);
  });

  it('tells which right is missing', async () => {
    failing('files.getUploadURLExternal', 'missing_scope', { needed: 'files:write' });
    const file = { name: 'a.csv', title: 'a', text: 'a' };

    const error = await rejection(conversation.attach({ channelId: 'C1', ts: '1.1' }, file));

    expect(failureOf(error)).toMatchObject({ kind: 'missing-right', action: 'slack:files:write' });
  });
});
