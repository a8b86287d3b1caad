import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { HttpAnswer, HttpEvent } from '../../bot/slack/guard.ts';
import { create } from '../../lambdas/slack.ts';
import { AIKO, CHANNEL, type Outside, startOutside, TEAM } from '../slack/support/outside.ts';
import { interaction, jsonEvent, signedRequest, slash } from '../slack/support/signed-request.ts';

let outside: Outside;
let nowMs: number;
let handler: (event: HttpEvent) => Promise<HttpAnswer>;
let logged: string[];

beforeEach(async () => {
  outside = await startOutside();
  nowMs = Date.parse('2026-11-22T00:00:00Z');
  logged = [];
  vi.spyOn(process.stdout, 'write').mockImplementation((line) => logged.push(String(line)) > 0);
  handler = create({ env: outside.env, clock: () => nowMs });
});

afterEach(async () => {
  vi.restoreAllMocks();
  await outside.close();
});

const said = ({ statusCode, body }: HttpAnswer): string => {
  expect(statusCode).toBe(200);
  const answer = JSON.parse(body) as { response_type: string; text: string };
  expect(answer.response_type).toBe('ephemeral');
  expect(answer.text.length).toBeLessThanOrEqual(3_900);
  return answer.text;
};

const ask = async (text: string, fields?: Record<string, string>): Promise<string> =>
  said(await handler(slash(text, fields)));

describe('what does not come from our workspace', () => {
  it('is 401 with one byte changed', async () => {
    const request = slash('check all');
    const body = Buffer.from(
      Buffer.from(request.body ?? '', 'base64')
        .toString()
        .replace('all', 'alk'),
    );

    expect(await handler({ ...request, body: body.toString('base64') })).toEqual({ statusCode: 401, body: '' });
    expect(outside.executions.size).toBe(0);
  });

  it.each([
    ['is too old', { offsetSeconds: -301 }],
    ['lies in the future', { offsetSeconds: 302 }],
    ['is signed with another secret', { secret: 'another' }],
  ])('is 401 when it %s', async (_, options) => {
    expect(await handler(slash('help', {}, options))).toEqual({ statusCode: 401, body: '' });
  });

  it.each<[string, HttpEvent, number]>([
    ['nothing at all', {}, 401],
    ['no signature', { headers: { 'content-type': 'application/json' }, body: '{}' }, 401],
    ['a null body', { headers: {}, body: null }, 401],
    ['another method', { requestContext: { http: { method: 'GET' } } }, 405],
    ['a huge body', { headers: {}, body: 'x'.repeat(1_000_001) }, 413],
  ])('is refused with %s', async (_, event, statusCode) => {
    expect(await handler(event)).toEqual({ statusCode, body: '' });
  });

  it.each<[string, HttpEvent]>([
    ['is no JSON', signedRequest('{', { contentType: 'application/json' })],
    ['is no object', signedRequest('[1]', { contentType: 'application/json' })],
    ['is empty', signedRequest('', { contentType: 'application/json' })],
    ['has no content type', signedRequest('a=b', { contentType: '' })],
    ['has a payload that is no JSON', signedRequest('payload=%7B')],
    ['is not UTF-8', signedRequest('a', { contentType: 'text/plain' })],
  ])('is 400 when it is signed but %s', async (_, event) => {
    expect(await handler(event)).toEqual({ statusCode: 400, body: '' });
  });

  it('of another workspace is told so', async () => {
    expect(await ask('check all', { team_id: 'T0OTHER' })).toContain('another workspace');
    expect(outside.executions.size).toBe(0);
  });

  it('with a field twice is no error', async () => {
    const twice = signedRequest(`command=%2Fkms&text=help&text=help&team_id=${TEAM}&user_id=${AIKO}&channel_id=C1`);

    expect(said(await handler(twice))).toContain('A change is planned first');
  });

  it('never makes the handler fail, whatever the shape of a signed payload', async () => {
    const shapes: object[] = [
      {},
      { type: 'block_actions', team: { id: TEAM } },
      { type: 'block_actions', team: null, actions: [] },
      { type: 'block_actions', team: { id: TEAM }, user: 'U1', actions: [null] },
      { type: 'view_submission', team: { id: TEAM }, user: { id: AIKO } },
      { type: 'shortcut', team: { id: TEAM }, user: { id: AIKO }, callback_id: 'x' },
      { type: 'something-new', team: { id: TEAM } },
    ];
    for (const shape of shapes) expect((await handler(interaction(shape))).statusCode).toBeLessThan(502);
  });
});

describe('what else Slack sends', () => {
  it('a certificate probe is answered, unsigned as it is', async () => {
    const probe = { headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: 'ssl_check=1&token=x' };

    expect(await handler(probe)).toEqual({ statusCode: 200, body: '' });
  });

  it.each(['application/json', 'application/json; charset=utf-8'])(
    'a URL verification as %s gets its challenge',
    async (contentType) => {
      const answer = await handler(jsonEvent({ type: 'url_verification', challenge: 'c-1' }, { contentType }));

      expect(answer.statusCode).toBe(200);
      expect(JSON.parse(answer.body)).toEqual({ challenge: 'c-1' });
    },
  );

  it('a URL verification that is not signed gets none', async () => {
    const event = jsonEvent({ type: 'url_verification', challenge: 'c-1' }, { secret: 'another' });

    expect((await handler(event)).statusCode).toBe(401);
  });

  it('a command with a charset and in plain text is understood', async () => {
    const options = { contentType: 'application/x-www-form-urlencoded; charset=UTF-8', base64: false };

    expect(said(await handler(slash('help', {}, options)))).toContain('A change is planned first');
  });

  it('non-ASCII JSON in base64 is understood', async () => {
    const body = {
      type: 'event_callback',
      team_id: TEAM,
      event: { type: 'app_mention', text: 'こんにちは', channel: CHANNEL },
    };

    expect((await handler(jsonEvent(body, { base64: true }))).statusCode).toBe(200);
  });

  it.each([
    { type: 'view_submission', view: { id: 'V1', callback_id: 'x', state: { values: {} } } },
    { type: 'view_closed', view: { id: 'V1', callback_id: 'x' }, is_cleared: false },
    { type: 'block_suggestion', action_id: 'x', block_id: 'y', value: 'z' },
    { type: 'shortcut', callback_id: 'x', action_ts: '1.1', trigger_id: '1.2.3' },
  ])('an interaction of type $type is acknowledged', async (payload) => {
    const whole = { team: { id: TEAM }, user: { id: AIKO, team_id: TEAM }, ...payload };

    expect((await handler(interaction(whole))).statusCode).toBe(200);
  });
});

describe('the secret', () => {
  it('is fetched once', async () => {
    await ask('help');
    await ask('whoami');

    expect(outside.calls.filter((call) => call === 'secretsmanager:GetSecretValue')).toHaveLength(1);
  });

  it('is fetched again after it was rotated, and only once a minute', async () => {
    await ask('help');
    outside.state.signingSecret = 'rotated';
    nowMs += 60_000;

    const rotated = slash('help', {}, { secret: 'rotated' });
    expect((await handler(rotated)).statusCode).toBe(200);
    for (let forged = 0; forged < 5; forged++) await handler(slash('help', {}, { secret: 'forged' }));

    expect(outside.calls.filter((call) => call === 'secretsmanager:GetSecretValue')).toHaveLength(2);
  });

  it('that may not be read is told to the person by the right that is missing, and nothing is done', async () => {
    outside.state.refusals = { secret: { status: 400, type: 'AccessDeniedException' } };
    handler = create({ env: outside.env, clock: () => nowMs });

    expect(await ask('check all')).toContain('may not call `secretsmanager:GetSecretValue`');
    expect((await handler(jsonEvent({ type: 'event_callback' }))).statusCode).toBe(503);
    expect(outside.executions.size).toBe(0);
  });

  it('that could not be read is asked for again', async () => {
    outside.state.refusals = { secret: { status: 500, type: 'InternalServiceError' } };
    handler = create({ env: outside.env, clock: () => nowMs });
    expect((await handler(slash('help'))).statusCode).toBe(503);

    outside.state.refusals = {};
    expect((await handler(slash('help'))).statusCode).toBe(200);
  });

  it('never stands in the log', async () => {
    outside.state.refusals = { invoke: { status: 500, type: 'ServiceException' } };
    await ask('check all');

    expect(logged.join()).toContain('not handed on');
    expect(logged.join()).not.toMatch(/a-signing-secret|xoxb-lab|hooks\.slack/);
  });
});

it('answers 503 and names what is missing when it is not configured', async () => {
  const unconfigured = create({ env: {}, clock: () => nowMs });

  expect((await unconfigured(slash('help'))).statusCode).toBe(503);
  expect(logged.join()).toContain('KMSBOT_SLACK_SECRET');
});
