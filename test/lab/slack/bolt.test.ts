import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { App, AwsLambdaReceiver } from '@slack/bolt';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createLabClock } from '../lab-clock.ts';
import { readBody } from './api/arguments.ts';
import { seededRandom } from './ids.ts';
import { renderMessage } from './plain-text.ts';
import { createWorkspace, type Workspace } from './workspace.ts';

/** The real framework on the real receiver, behind the workspace's own port. */
let workspace: Workspace;
let server: Server;
const clock = createLabClock();
const seen: string[] = [];

beforeAll(async () => {
  let url = '';
  workspace = createWorkspace({
    clock,
    random: seededRandom(11),
    record: () => {},
    faults: () => [],
    botUrl: () => `${url}/slack/events`,
    baseUrl: () => url,
  });
  let handler: ReturnType<AwsLambdaReceiver['toHandler']>;
  server = createServer(async (request, response) => {
    if (await workspace.handle(request, response)) return;
    const body = (await readBody(request)).toString('base64');
    const event = { version: '2.0', headers: request.headers, body, isBase64Encoded: true };
    const answer = await handler(event as never, {} as never);
    response.writeHead(answer.statusCode, answer.headers as Record<string, string>).end(answer.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const receiver = new AwsLambdaReceiver({ signingSecret: workspace.signingSecret });
  registerBot(receiver, url);
  handler = receiver.toHandler();
});

afterAll(() => {
  clock.stop();
  server.closeAllConnections();
  server.close();
});

const plain = (text: string) => ({ type: 'plain_text' as const, text });

function section(text: string) {
  const accessory = { type: 'button' as const, text: plain('Again'), action_id: 'again', value: '1' };
  return [{ type: 'section' as const, text: { type: 'mrkdwn' as const, text }, accessory }];
}

function registerBot(receiver: AwsLambdaReceiver, url: string): void {
  const { botToken: token, botId, botUserId } = workspace;
  const app = new App({
    token,
    botId,
    botUserId,
    receiver,
    convoStore: false,
    clientOptions: { slackApiUrl: `${url}/api/` },
  });
  app.command('/kms', async ({ ack, respond, client, body }) => {
    await ack({ response_type: 'ephemeral', text: 'Understood' });
    const channel = body.channel_id;
    const { ts = '' } = await client.chat.postMessage({ channel, text: 'Checking', blocks: section('Checking') });
    await client.chat.update({ channel, ts, text: 'Done', blocks: section('*Done*') });
    await respond({ text: 'Finished' });
  });
  app.action('again', async ({ ack, body, client }) => {
    await ack();
    const element = { type: 'plain_text_input' as const, action_id: 'a' };
    const blocks = [{ type: 'input' as const, block_id: 'b', label: plain('Why'), element }];
    const view = { type: 'modal' as const, callback_id: 'm', title: plain('Again?'), submit: plain('Yes'), blocks };
    await client.views.open({ trigger_id: 'trigger_id' in body ? body.trigger_id : '', view });
  });
  app.view('m', async ({ ack, view }) => {
    seen.push(view.state.values.b?.a?.value ?? '');
    await ack();
  });
  app.event('app_mention', async ({ event, say }) => {
    await say({ text: `Heard <@${event.user}>`, thread_ts: event.ts });
  });
}

it('carries a command, an edit, a click, a modal and a mention through the real framework', async () => {
  const { client } = workspace;
  const command = await client.slash({ user: 'aiko', channel: 'kms-ops', text: '/kms check all' });
  const done = workspace.messages('aiko', 'kms-ops').find((message) => message.text === 'Done');
  const click = await client.click({ user: 'ken', channel: 'kms-ops', ts: done?.ts ?? '', action_id: 'again' });
  const submitted = await client.submit({ user: 'ken', values: { b: { a: 'because' } } });
  const mention = await client.say({ user: 'emma', channel: 'kms-ops', text: '@kms-ops hi' });

  expect([command, click, submitted, mention].map(({ status, error }) => error ?? status)).toEqual([
    200, 200, 200, 200,
  ]);
  expect(command.body).toMatchObject({ text: 'Understood' });
  expect(seen).toEqual(['because']);
  const reader = workspace.reader('aiko');
  const shown = workspace.messages('aiko', 'kms-ops').map((message) => renderMessage(message, reader));
  expect(shown.sort()).toEqual(['@kms-ops hi', 'Done  [Again]', 'Finished', 'Heard @Emma Clarke', 'Understood'].sort());
});
