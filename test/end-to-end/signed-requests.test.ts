/** What the bot's public address answers to Slack, and to everybody who only pretends to be Slack. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createLab, type Lab } from '../lab/lab.ts';
import { muted } from './support/muted.ts';
import { type PlainAnswer, plainHttp } from './support/plain-http.ts';
import { FORM, postSigned, signedHeaders, slashForm } from './support/signed.ts';

let lab: Lab;
let secret: string;
let who: { readonly team_id: string; readonly user_id: string; readonly channel_id: string };

beforeAll(async () => {
  muted();
  lab = await createLab({ port: 0, seed: 1 });
  const { signingSecret, teamId, people, channels } = (await fetch(`${lab.url}/lab`).then((a) => a.json())) as {
    signingSecret: string;
    teamId: string;
    people: { id: string; name: string }[];
    channels: { id: string }[];
  };
  secret = signingSecret;
  who = {
    team_id: teamId,
    user_id: people.find(({ name }) => name === 'emma')?.id ?? '',
    channel_id: channels[0]?.id ?? '',
  };
});

afterAll(() => lab.close());

beforeEach(() => lab.wire.clear());

afterEach(() => {
  const answers = lab.wire.read().exchanges.filter(({ operation }) => operation === 'bot:request');
  expect(answers.filter(({ status }) => status >= 500)).toEqual([]);
});

const settle = () => fetch(`${lab.url}/lab/settle`, { method: 'POST' });
const counts = async () => {
  const answer = await fetch(`${lab.url}/lab/wire`);
  return ((await answer.json()) as { counts: Record<string, number> }).counts;
};
const saying = ({ text }: PlainAnswer): string => (JSON.parse(text) as { text: string }).text;
const post = (body: string | Buffer, more: { contentType?: string; offsetSeconds?: number } = {}) =>
  postSigned(lab.url, { secret, body, ...more });

describe('a request signed by hand', () => {
  it('is acknowledged within three seconds with what was understood', async () => {
    const started = performance.now();
    const answer = await post(slashForm({ ...who, text: 'check web-01' }));

    expect(performance.now() - started).toBeLessThan(3_000);
    expect(answer).toMatchObject({ status: 200, headers: { 'content-type': expect.stringMatching(/json/) } });
    expect(saying(answer)).toMatch(/^Checking web-01\./);
    await settle();
  });

  it.each([
    ['first', 0],
    ['last', -1],
  ])('is 401 and without effect when its %s byte was changed on the way', async (_, at) => {
    const body = Buffer.from(slashForm({ ...who, text: 'check web-01' }));
    const headers = signedHeaders({ secret, body });
    const changed = Buffer.from(body);
    changed.writeUInt8((changed.at(at) ?? 0) ^ 1, at === 0 ? 0 : changed.length - 1);

    const answer = await plainHttp(lab.url, '/slack/events', { method: 'POST', headers, body: changed });

    expect(answer).toMatchObject({ status: 401, text: '' });
    await settle();
    expect(await counts()).not.toHaveProperty('lambda:Invoke');
  });

  it.each([
    [-299, 200],
    [290, 200],
    [-301, 401],
    [302, 401],
    [-86_400, 401],
  ])('whose timestamp lies %i seconds from now is %i', async (offsetSeconds, status) => {
    expect((await post(slashForm({ ...who, text: 'whoami' }), { offsetSeconds })).status).toBe(status);
  });

  it.each([
    ['a signature of another secret', { 'x-slack-signature': `v0=${'0'.repeat(64)}` }],
    ['half a signature', { 'x-slack-signature': 'v0=abc' }],
    ['a signature in capitals', { 'x-slack-signature': `V0=${'A'.repeat(64)}` }],
    ['an empty signature', { 'x-slack-signature': '' }],
    ['a timestamp that is no number', { 'x-slack-request-timestamp': 'yesterday' }],
    ['an endless timestamp', { 'x-slack-request-timestamp': '9'.repeat(400) }],
  ])('with %s is 401', async (_, wrong) => {
    const body = slashForm({ ...who, text: 'whoami' });
    const headers = { ...signedHeaders({ secret, body }), ...wrong };

    expect((await plainHttp(lab.url, '/slack/events', { method: 'POST', headers, body })).status).toBe(401);
  });

  it('without any signature is 401', async () => {
    const headers = { 'content-type': FORM };

    expect((await plainHttp(lab.url, '/slack/events', { method: 'POST', headers, body: slashForm(who) })).status).toBe(
      401,
    );
  });

  it('that comes three times, twice at once, is one execution, one command and one message', async () => {
    const body = slashForm({ ...who, text: 'check web-02 web-03' });
    const answers = [...(await Promise.all([post(body), post(body)])), await post(body)];
    await settle();

    expect(answers.map(saying)).toEqual(Array(3).fill(expect.stringMatching(/^Checking web-02 and web-03\./)));
    const executions = lab.lambda.executions().filter(({ input }) => input.includes('web-02'));
    expect(executions).toHaveLength(1);
    expect(await counts()).toMatchObject({ 'ssm:SendCommand': 1, 'slack:chat.postMessage': 1 });
    expect(await post(body)).toMatchObject({ status: 200 });
    await settle();
    expect(await counts()).toMatchObject({ 'ssm:SendCommand': 1, 'slack:chat.postMessage': 1 });
  });
});

describe('a request of somebody else', () => {
  /** It is kept in the audit that they tried; no machine hears of it, and nobody reads anything. */
  const noMachineAsked = async () => {
    const seen = await counts();
    expect(seen).not.toHaveProperty('ssm:SendCommand');
    expect(seen).not.toHaveProperty('slack:chat.postMessage');
  };

  it('is told so when it comes from another workspace, and nothing is done', async () => {
    const answer = await post(slashForm({ ...who, team_id: 'T0FOREIGN', text: 'check all' }));

    expect(answer.status).toBe(200);
    expect(saying(answer)).toMatch(/workspace/);
    await settle();
    await noMachineAsked();
  });

  it('is refused a click from another workspace in a shared channel', async () => {
    const payload = click({ team: { id: 'T0FOREIGN' }, user: { id: 'U0FOREIGN', team_id: 'T0FOREIGN' } });

    expect((await post(new URLSearchParams({ payload }).toString())).status).toBe(200);
    await settle();
    await noMachineAsked();
  });
});

const click = (fields: object = {}): string =>
  JSON.stringify({
    type: 'block_actions',
    team: { id: who.team_id },
    user: { id: who.user_id, team_id: who.team_id },
    channel: { id: who.channel_id },
    container: { type: 'message', channel_id: who.channel_id, message_ts: '1.2' },
    trigger_id: '1.2.3',
    actions: [{ type: 'button', action_id: 'nobody-made-this', block_id: 'b', value: 'x', action_ts: '1.2' }],
    ...fields,
  });

describe('Slack itself', () => {
  it('is answered its certificate probe, signed or not', async () => {
    const body = new URLSearchParams({ token: 'x', ssl_check: '1' }).toString();

    expect((await post(body)).status).toBe(200);
    const headers = { 'content-type': FORM };
    expect((await plainHttp(lab.url, '/slack/events', { method: 'POST', headers, body })).status).toBe(200);
  });

  it('is answered the challenge of its address', async () => {
    const answer = await post(JSON.stringify({ type: 'url_verification', challenge: '3eZbrw1a', token: 'x' }), {
      contentType: 'application/json',
    });

    expect(answer.status).toBe(200);
    expect(answer.text).toContain('3eZbrw1a');
  });

  it.each([
    ['a button nobody made', () => new URLSearchParams({ payload: click() }).toString()],
    [
      'a button without a value',
      () =>
        new URLSearchParams({
          payload: click({ actions: [{ type: 'button', action_id: 'a', block_id: 'b' }] }),
        }).toString(),
    ],
    ['a modal nobody opened', () => new URLSearchParams({ payload: modal('view_submission') }).toString()],
    ['a modal that was closed', () => new URLSearchParams({ payload: modal('view_closed') }).toString()],
    ['a shortcut nobody made', () => new URLSearchParams({ payload: interaction('shortcut') }).toString()],
    ['another slash command', () => slashForm({ ...who, command: '/other', text: 'whatever' })],
  ])('is acknowledged %s', async (_, body) => {
    expect((await post(body())).status).toBe(200);
  });

  it('is acknowledged an event that the bot does not listen to', async () => {
    const event = { type: 'reaction_added', user: who.user_id, reaction: 'eyes' };
    const body = JSON.stringify({ type: 'event_callback', team_id: who.team_id, event, event_id: 'Ev1' });

    expect((await post(body, { contentType: 'application/json' })).status).toBe(200);
  });
});

const interaction = (type: string, fields: object = {}): string =>
  JSON.stringify({
    type,
    team: { id: who.team_id },
    user: { id: who.user_id, team_id: who.team_id },
    trigger_id: '1.2.4',
    callback_id: 'nobody-made-this',
    ...fields,
  });

const modal = (type: string): string =>
  interaction(type, { view: { id: 'V1', type: 'modal', callback_id: 'nobody-made-this', state: { values: {} } } });

describe('what cannot be read', () => {
  it.each([
    ['an empty body', '', FORM],
    ['half of JSON', '{"type":"event_call', 'application/json'],
    ['JSON that is no object', '[1,2]', 'application/json'],
    ['JSON that is null', 'null', 'application/json'],
    ['a payload that is no JSON', 'payload=%7Bhalf', FORM],
    ['a payload that is null', 'payload=null', FORM],
    ['text that is not UTF-8', Buffer.from([0x74, 0xff, 0xfe, 0x3d]), FORM],
    ['a type nobody sends', '<xml/>', 'application/xml'],
    ['no type', 'text=help', ''],
  ])('is refused, though signed: %s', async (_, body, contentType) => {
    const answer = await post(body, { contentType });

    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
  });

  it.each([
    ['a form of broken escapes', 'text=%E0%A4%A&command=%', FORM],
    ['a form without any known field', 'a=b&c=d', FORM],
    ['JSON of nothing known', '{"type":"nothing-known"}', 'application/json'],
    ['an interaction of no known type', 'payload=%7B%22type%22%3A%22nothing%22%7D', FORM],
    ['an empty interaction', 'payload=%7B%7D', FORM],
    ['an event of nobody', '{"type":"event_callback"}', 'application/json'],
    ['fields of the wrong type', '{"type":5,"team_id":{},"event":[]}', 'application/json'],
  ])('never brings the function down: %s', async (_, body, contentType) => {
    expect((await post(body, { contentType })).status).toBeLessThan(500);
  });

  it('includes a body beyond a megabyte, signed or not', async () => {
    const body = `text=${'x'.repeat(1_000_001)}`;

    expect((await post(body)).status).toBe(413);
    expect((await post(`text=${'x'.repeat(990_000)}&team_id=${who.team_id}`)).status).toBeLessThan(500);
    const headers = { 'content-type': FORM };
    expect((await plainHttp(lab.url, '/slack/events', { method: 'POST', headers, body })).status).toBe(413);
  });

  it.each(['GET', 'PUT', 'DELETE', 'HEAD', 'OPTIONS'])('includes %s', async (method) => {
    const answer = await plainHttp(lab.url, '/slack/events', { method });

    expect(answer.status).toBe(405);
  });
});
