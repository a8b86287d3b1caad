import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Fixture, startFixture } from './fixture.ts';

let lab: Fixture;
beforeEach(async () => {
  lab = await startFixture();
});
afterEach(() => lab.stop());

type Payload = Record<string, unknown> & { readonly trigger_id: string; readonly response_url: string };

function payload(): Payload {
  return lab.requests.at(-1)?.body.payload as Payload;
}

const plain = (text: string) => ({ type: 'plain_text' as const, text });

function button(action_id: string, value: string, extra: object = {}) {
  return { type: 'button' as const, action_id, text: plain(value), value, ...extra };
}

async function postButtons(): Promise<string> {
  const elements = [button('approve', 'plan-1', { confirm: { text: plain('Sure?') } }), button('reject', 'plan-1')];
  const blocks = [{ type: 'actions' as const, block_id: 'decide', elements }];
  const { ts = '' } = await lab.bot.chat.postMessage({ channel: lab.channel('kms-ops'), text: 'Plan', blocks });
  return ts;
}

describe('a click in a message', () => {
  it('sends the action with the message it is in, its confirm answered', async () => {
    const ts = await postButtons();

    const outcome = await lab.workspace.client.click({ user: 'ken', channel: 'kms-ops', ts, action_id: 'approve' });

    expect(outcome.status).toBe(200);
    expect(payload()).toMatchObject({
      type: 'block_actions',
      user: { id: lab.person('ken'), username: 'ken', team_id: lab.workspace.teamId },
      team: { id: lab.workspace.teamId },
      container: { type: 'message', message_ts: ts, channel_id: lab.channel('kms-ops'), is_ephemeral: false },
      channel: { id: lab.channel('kms-ops'), name: 'kms-ops' },
      message: { ts, bot_id: lab.workspace.botId },
      actions: [{ type: 'button', action_id: 'approve', block_id: 'decide', value: 'plan-1' }],
      response_url: expect.stringContaining('/response/'),
    });
  });

  it('can replace the message it was in through its response_url', async () => {
    const ts = await postButtons();
    await lab.workspace.client.click({ user: 'ken', channel: 'kms-ops', ts, action_id: 'approve' });

    await fetch(payload().response_url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ replace_original: true, text: 'Approved by Ken' }),
    });

    expect(lab.workspace.messages('emma', 'kms-ops')).toMatchObject([{ ts, text: 'Approved by Ken', blocks: [] }]);
  });

  it('on an ephemeral message comes without the message', async () => {
    const channel = lab.channel('kms-ops');
    const blocks = [{ type: 'actions' as const, elements: [button('more', 'x')] }];
    const { message_ts: ts = '' } = await lab.bot.chat.postEphemeral({
      channel,
      user: lab.person('emma'),
      text: 'x',
      blocks,
    });

    await lab.workspace.client.click({ user: 'emma', channel, ts, action_id: 'more' });

    expect(payload()).toMatchObject({ container: { is_ephemeral: true, message_ts: ts } });
    expect(payload()).not.toHaveProperty('message');
    await expect(lab.workspace.client.click({ user: 'ken', channel, ts, action_id: 'more' })).rejects.toThrow(ts);
  });

  it.each([
    ['an element that is not there', { action_id: 'explode' }, 'there is nothing with action_id explode'],
    [
      'a button with another value',
      { action_id: 'approve', value: 'plan-2' },
      'no button approve has the value plan-2',
    ],
  ])('refuses %s', async (_what, target, message) => {
    const ts = await postButtons();

    const clicked = lab.workspace.client.click({ user: 'ken', channel: 'kms-ops', ts, ...target });

    await expect(clicked).rejects.toThrow(message);
  });

  it('chooses in a menu', async () => {
    const options = ['4h', '24h'].map((value) => ({ text: plain(`for ${value}`), value }));
    const elements = [{ type: 'static_select' as const, action_id: 'mute', placeholder: plain('Mute'), options }];
    const blocks = [{ type: 'actions' as const, block_id: 'b', elements }];
    const { ts = '' } = await lab.bot.chat.postMessage({ channel: lab.channel('kms-ops'), text: 'x', blocks });

    await lab.workspace.client.click({ user: 'ken', channel: 'kms-ops', ts, action_id: 'mute', value: '24h' });
    const unknown = lab.workspace.client.click({ user: 'ken', channel: 'kms-ops', ts, action_id: 'mute', value: '9y' });

    expect(payload()).toMatchObject({
      actions: [{ type: 'static_select', selected_option: { value: '24h', text: { text: 'for 24h' } } }],
      state: { values: { b: { mute: { selected_option: { value: '24h' } } } } },
    });
    await expect(unknown).rejects.toThrow('there is no option "9y"');
  });
});

describe('App Home', () => {
  it('tells the bot of every visit and shows what it publishes', async () => {
    const view = { type: 'home', blocks: [{ type: 'header', text: plain('Machines') }] };
    lab.answer = async ({ body }) => {
      const user_id = (body.event as { user: string }).user;
      await lab.call('views.publish', { user_id, view: JSON.stringify(view) });
      return {};
    };

    const first = await lab.get('/lab/view?user=emma&home=1');
    await lab.get('/lab/view?user=emma&home=1');

    expect(first.json).toMatchObject({ type: 'home', blocks: [{ text: { text: 'Machines' } }] });
    expect(lab.requests[0]?.body.event).toMatchObject({
      type: 'app_home_opened',
      tab: 'home',
      user: lab.person('emma'),
    });
    expect(lab.requests[0]?.body.event).not.toHaveProperty('view');
    expect(lab.requests[1]?.body.event).toHaveProperty('view.type', 'home');
  });
});
