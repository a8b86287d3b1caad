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

const MODAL = {
  type: 'modal' as const,
  callback_id: 'diagnose',
  title: plain('Diagnose'),
  submit: plain('Go'),
  notify_on_close: true,
  blocks: [
    {
      type: 'input' as const,
      block_id: 'node',
      label: plain('Machine'),
      element: { type: 'external_select' as const, action_id: 'pick', min_query_length: 1 },
    },
    {
      type: 'input' as const,
      block_id: 'why',
      label: plain('Reason'),
      optional: true,
      element: { type: 'plain_text_input' as const, action_id: 'text', max_length: 10 },
    },
  ],
};

async function openModal(user = 'aiko', view: object = MODAL): Promise<string> {
  await lab.workspace.client.shortcut({ user, callback_id: 'kms_diagnose' });
  const opened = await lab.bot.views.open({ trigger_id: payload().trigger_id, view: view as typeof MODAL });
  return opened.view?.id ?? '';
}

async function pickNode(): Promise<void> {
  lab.answer = () => ({ body: { options: [{ text: plain('web-03'), value: 'i-03' }] } });
  await lab.workspace.client.suggest({ user: 'aiko', action_id: 'pick', value: 'web' });
  lab.answer = () => ({});
}

describe('a trigger', () => {
  it('opens one modal, within three seconds', async () => {
    await openModal();

    const again = await lab.call('views.open', { trigger_id: payload().trigger_id, view: JSON.stringify(MODAL) });
    await lab.workspace.client.shortcut({ user: 'aiko', callback_id: 'kms_diagnose' });
    await lab.clock.advance(3_001);
    const late = await lab.call('views.open', { trigger_id: payload().trigger_id, view: JSON.stringify(MODAL) });
    const wrong = await lab.call('views.open', { trigger_id: '1.2.3', view: JSON.stringify(MODAL) });

    expect([again, late, wrong].map(({ json }) => json.error)).toEqual([
      'exchanged_trigger_id',
      'expired_trigger_id',
      'invalid_trigger_id',
    ]);
  });

  it('is not used up by a view that Slack does not open', async () => {
    await lab.workspace.client.shortcut({ user: 'aiko', callback_id: 'kms_diagnose' });
    const { trigger_id } = payload();
    const { submit: _none, ...noSubmit } = MODAL;

    const refused = await lab.call('views.open', { trigger_id, view: JSON.stringify(noSubmit) });
    const opened = await lab.call('views.open', { trigger_id, view: JSON.stringify(MODAL) });

    expect(refused.json).toMatchObject({ error: 'invalid_arguments' });
    expect(JSON.stringify(refused.json)).toContain('missing required field: submit [json-pointer:/view/submit]');
    expect(opened.json.ok).toBe(true);
  });
});

describe('a modal', () => {
  it('offers what the bot suggests, and submits what was chosen', async () => {
    const id = await openModal();
    await pickNode();

    expect(payload()).toMatchObject({
      type: 'block_suggestion',
      action_id: 'pick',
      block_id: 'node',
      value: 'web',
      container: { type: 'view', view_id: id },
    });
    await lab.workspace.client.submit({ user: 'aiko', values: { node: { pick: 'i-03' } } });

    expect(payload()).toMatchObject({
      type: 'view_submission',
      view: {
        id,
        callback_id: 'diagnose',
        state: {
          values: {
            node: { pick: { type: 'external_select', selected_option: { value: 'i-03' } } },
            why: { text: { type: 'plain_text_input', value: null } },
          },
        },
      },
    });
    expect((await lab.get('/lab/view?user=aiko')).status).toBe(404);
  });

  it.each([
    ['a required field left empty', { why: { text: 'x' } }, 'node.pick: please complete this required field'],
    ['a block that is not there', { nodes: { pick: 'i-03' } }, 'the modal has no block nodes'],
    ['a field that is not there', { node: { picked: 'i-03' } }, 'block node has no field picked'],
    ['an option that was not suggested', { node: { pick: 'i-99' } }, 'node.pick: there is no option "i-99"'],
    ['a text that is too long', { why: { text: 'x'.repeat(11) } }, 'why.text: at most 10 characters are allowed'],
  ])('refuses %s', async (_what, values, message) => {
    await openModal();
    await pickNode();

    await expect(lab.workspace.client.submit({ user: 'aiko', values })).rejects.toThrow(message);
  });

  it('stays open with the errors the bot found', async () => {
    await openModal();
    await pickNode();
    lab.answer = () => ({ body: { response_action: 'errors', errors: { node: 'It is offline.' } } });

    await lab.workspace.client.submit({ user: 'aiko', values: { node: { pick: 'i-03' } } });

    expect((await lab.get('/lab/view?user=aiko')).json).toMatchObject({ errors: { node: 'It is offline.' } });
  });

  it('reports trouble for errors at a block that is no input', async () => {
    await openModal();
    await pickNode();
    lab.answer = () => ({ body: { response_action: 'errors', errors: { elsewhere: 'x' } } });

    const outcome = await lab.workspace.client.submit({ user: 'aiko', values: { node: { pick: 'i-03' } } });

    expect(outcome.error).toBe('invalid_errors');
    expect((await lab.get('/lab/view?user=aiko')).json).toHaveProperty('errors', { '': expect.any(String) });
  });

  it.each([
    ['update', 1],
    ['push', 2],
    ['clear', 0],
  ])('does what the answer %s says', async (response_action, open) => {
    await openModal();
    await pickNode();
    const next = { type: 'modal', title: plain('Next'), blocks: [] };
    lab.answer = () => ({ body: { response_action, ...(open === 0 ? {} : { view: next }) } });

    await lab.workspace.client.submit({ user: 'aiko', values: { node: { pick: 'i-03' } } });
    const { status, json } = await lab.get('/lab/view?user=aiko');

    expect(status).toBe(open === 0 ? 404 : 200);
    if (open > 0) expect(json).toMatchObject({ title: { text: 'Next' } });
    if (open === 2) expect(json.previous_view_id).toEqual(json.root_view_id);
  });

  it('stacks three deep and no deeper', async () => {
    const id = await openModal('aiko', {
      ...MODAL,
      submit: undefined,
      blocks: [{ type: 'actions', elements: [button('next', 'x')] }],
    });
    const view = {
      type: 'modal',
      title: plain('Deeper'),
      blocks: [{ type: 'actions', elements: [button('next', 'x')] }],
    };
    const results: unknown[] = [];
    let top = id;
    for (let depth = 2; depth <= 4; depth += 1) {
      await lab.workspace.client.click({ user: 'aiko', view_id: top, action_id: 'next' });
      const { json } = await lab.call('views.push', { trigger_id: payload().trigger_id, view: JSON.stringify(view) });
      results.push(json.error ?? 'ok');
      top = (json.view as { id: string } | undefined)?.id ?? top;
    }

    expect(results).toEqual(['ok', 'ok', 'push_limit_reached']);
  });

  it('keeps what was typed when the bot updates it', async () => {
    const id = await openModal();
    await pickNode();
    lab.answer = () => ({ body: { response_action: 'errors', errors: { node: 'It is offline.' } } });
    await lab.workspace.client.submit({ user: 'aiko', values: { node: { pick: 'i-03' }, why: { text: 'slow' } } });

    await lab.call('views.update', { view_id: id, view: JSON.stringify(MODAL) });

    const { json } = await lab.get('/lab/view?user=aiko');
    expect(json).toMatchObject({ errors: {}, state: { values: { why: { text: { value: 'slow' } } } } });
  });

  it('is not updated with an old hash, nor once it is gone', async () => {
    const view_id = await openModal();
    const view = JSON.stringify(MODAL);
    const hash = String((await lab.get('/lab/view?user=aiko')).json.hash);

    const updated = await lab.call('views.update', { view_id, hash, view });
    const stale = await lab.call('views.update', { view_id, hash, view });
    const gone = await lab.call('views.update', { view_id: 'V0GONE', view });

    expect([updated, stale, gone].map(({ json }) => json.error)).toEqual([undefined, 'hash_conflict', 'not_found']);
  });

  it('tells the bot of its closing where it asks for that', async () => {
    await openModal();

    await lab.workspace.client.close({ user: 'aiko' });

    expect(payload()).toMatchObject({ type: 'view_closed', is_cleared: false });
    expect((await lab.get('/lab/view?user=aiko')).status).toBe(404);
  });

  it('asks the bot for options only from its least length on', async () => {
    await openModal();

    const asked = lab.workspace.client.suggest({ user: 'aiko', action_id: 'pick', value: '' });

    await expect(asked).rejects.toThrow('Slack asks from 1 characters on');
  });

  it('says what is wrong with the options', async () => {
    await openModal();
    lab.answer = () => ({ body: { options: [{ text: plain('x'.repeat(76)), value: 'x' }] } });

    const outcome = await lab.workspace.client.suggest({ user: 'aiko', action_id: 'pick', value: 'web' });

    expect(outcome.error).toBe('must be less than 76 characters [json-pointer:/options/0/text/text]');
  });
});
