import { describe, expect, it } from 'vitest';
import { botToken, conversationWith } from '../../bot/aws/bot-token.ts';
import { executionName } from '../../bot/aws/execution-name.ts';
import { parseObserveEvent } from '../../bot/aws/observe-event.ts';
import { failureOf, isTransient } from '../../bot/errors.ts';
import { memoryConversation } from '../fakes/memory-conversation.ts';
import { simulatedTime } from '../fakes/simulated-time.ts';

const EVENT = {
  operation: 'check',
  selection: { selectors: [{ kind: 'all' }] },
  asked: 'check all',
  place: { teamId: 'T1', channelId: 'C1', userId: 'U1' },
};

describe('parseObserveEvent', () => {
  it.each([
    [{ kind: 'all' }],
    [{ kind: 'id', id: 'i-0123456789abcdef0' }],
    [{ kind: 'name', name: 'web-01' }],
    [{ kind: 'tag', key: 'Env', value: 'prod' }],
  ])('takes a selection of %j', (selector) => {
    const event = { ...EVENT, selection: { selectors: [selector], site: 'tokyo' } };

    expect(parseObserveEvent(event)).toEqual(event);
  });

  it.each([
    { kind: 'id', id: 'i-0123456789abcdef0' },
    { kind: 'name', name: 'web-01' },
  ])('takes a diagnosis of %j, of any site or of one', (selector) => {
    const event = { ...EVENT, operation: 'diagnose', selection: { selectors: [selector] } };

    expect(parseObserveEvent(event)).toEqual(event);
    const narrowed = { ...event, selection: { ...event.selection, site: 'tokyo' } };
    expect(parseObserveEvent(narrowed)).toEqual(narrowed);
  });

  it.each([{}, { site: 'tokyo' }])('takes a look at the hosts with %j', (where) => {
    const { asked, place } = EVENT;
    const event = { operation: 'hosts', asked, place, ...where };

    expect(parseObserveEvent(event)).toEqual(event);
  });

  it.each([
    { operation: 'dns' },
    { operation: 'dns', zone: 'corp.example' },
    { operation: 'jobs' },
    { operation: 'audit', about: { kind: 'everything' } },
    { operation: 'audit', about: { kind: 'verify' } },
    { operation: 'audit', about: { kind: 'person', userId: 'U1' }, since: { kind: 'ago', minutes: 90 } },
    { operation: 'audit', about: { kind: 'node', word: 'web-01' }, since: { kind: 'day', isoDay: '2026-11-01' } },
  ])('takes %j', (what) => {
    const { asked, place } = EVENT;

    expect(parseObserveEvent({ ...what, asked, place })).toEqual({ ...what, asked, place });
  });

  it.each([
    ['since.isoDay', { about: { kind: 'verify' }, since: { kind: 'day', isoDay: '2026-13-01' } }],
    ['since.minutes', { about: { kind: 'verify' }, since: { kind: 'ago', minutes: -1 } }],
    ['since.minutes', { about: { kind: 'verify' }, since: { kind: 'ago', minutes: 1e12 } }],
    ['about.word', { about: { kind: 'node', word: '' } }],
    ['about.kind', { about: { kind: 'secrets' } }],
    ['about', {}],
  ])('names %s when an audit is asked for with %j', (field, what) => {
    const { asked, place } = EVENT;

    expect(() => parseObserveEvent({ operation: 'audit', asked, place, ...what })).toThrow(field);
  });

  it.each([
    ['selection.selectors', { ...EVENT, operation: 'diagnose', selection: { selectors: [] } }],
    ['selection.selectors.0.kind', { ...EVENT, operation: 'diagnose' }],
    [
      'selection.selectors',
      {
        ...EVENT,
        operation: 'diagnose',
        selection: {
          selectors: [
            { kind: 'name', name: 'web-01' },
            { kind: 'name', name: 'web-02' },
          ],
        },
      },
    ],
    ['(whole)', { ...EVENT, operation: 'hosts' }],
    ['site', { operation: 'hosts', asked: 'hosts', place: EVENT.place, site: '' }],
    ['zone', { operation: 'dns', asked: 'dns', place: EVENT.place, zone: '' }],
    ['zone', { operation: 'dns', asked: 'dns', place: EVENT.place, zone: 'x'.repeat(256) }],
    ['operation', { ...EVENT, operation: 'destroy' }],
    ['selection.selectors', { ...EVENT, selection: { selectors: [] } }],
    ['selection.selectors.0.kind', { ...EVENT, selection: { selectors: [{ kind: 'some' }] } }],
    ['place.channelId', { ...EVENT, place: { teamId: 'T1', userId: 'U1' } }],
    ['(whole)', { ...EVENT, response_url: 'https://hooks.slack.com/secret' }],
    ['(whole)', null],
  ])('names %s when it is wrong, and quotes no value', (field, event) => {
    expect(() => parseObserveEvent(event)).toThrow(field);
    expect(() => parseObserveEvent(event)).not.toThrow(/hooks\.slack\.com|destroy/);
  });
});

describe('executionName', () => {
  it('is the name the execution was started under', () => {
    const arn = 'arn:aws:lambda:ap-northeast-1:111122223333:function:observe:1/durable-execution/check-9c/4457c284';

    expect(executionName(arn)).toBe('check-9c');
  });

  it('is still unique when the ARN has another form', () => {
    expect(executionName('arn:one')).toMatch(/^[0-9a-f]{32}$/);
    expect(executionName('arn:one')).not.toBe(executionName('arn:two'));
  });
});

describe('botToken', () => {
  const secret = (token: string) => ({ ok: true, secret: { signingSecret: 's', botToken: token } }) as const;

  it('is read again after five minutes, so that a rotated one is picked up', async () => {
    const time = simulatedTime();
    const tokens = ['xoxb-1', 'xoxb-2'];
    const token = botToken(async () => secret(tokens.shift() ?? ''), time.now, 'observe');

    expect([await token(), await token()]).toEqual(['xoxb-1', 'xoxb-1']);
    time.advance(6 * 60_000);
    expect(await token()).toBe('xoxb-2');
  });

  it('names the right that is missing, and passes over what passes', async () => {
    const answers = [
      { ok: false, detail: '400', action: 'secretsmanager:GetSecretValue' },
      { ok: false, detail: 'no answer' },
      secret('xoxb-1'),
    ] as const;
    let at = 0;
    const token = botToken(async () => answers[at++] ?? secret(''), simulatedTime().now, 'observe');

    const [denied, passing] = [await token().catch((e: unknown) => e), await token().catch((e: unknown) => e)];

    expect(failureOf(denied)).toMatchObject({ kind: 'missing-right', action: 'secretsmanager:GetSecretValue' });
    expect(isTransient(passing)).toBe(true);
    expect(await token()).toBe('xoxb-1');
  });

  it('makes a new conversation only for a new token', async () => {
    const time = simulatedTime();
    const made: string[] = [];
    let token = 'xoxb-1';
    const conversation = conversationWith(
      async () => token,
      (current) => {
        made.push(current);
        return memoryConversation(time.now);
      },
    );
    const open = () =>
      conversation.open(EVENT.place, { kind: 'failure', asked: 'x', failure: { kind: 'internal', reference: 'r' } });

    await open();
    await open();
    token = 'xoxb-2';
    await open();

    expect(made).toEqual(['xoxb-1', 'xoxb-2']);
  });
});
