import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PhoneModal } from '../../bot/domain/change/phone.ts';
import { failureOf, isTransient, slowDownSeconds } from '../../bot/errors.ts';
import type { Modals } from '../../bot/ports.ts';
import { phoneCatalogue } from '../../bot/slack/messages/catalogue.ts';
import { slackModals } from '../../bot/slack/modals.ts';
import { phoneWindowView } from '../../bot/slack/views/phone-modal.ts';
import { type Fixture, startFixture } from '../lab/slack/fixture.ts';
import { installedManifest } from '../lab/slack/installed-manifest.ts';
import { type FakeSlack, startFakeSlack } from './support/fake-slack.ts';

const READY: PhoneModal = {
  kind: 'ready',
  change: 'c4k7m2q9xd',
  attempt: 1,
  digest: 'a1b2c3d4e5f6a7b8',
  machine: 'kms1',
  groups: Array.from({ length: 9 }, (_, at) => String(1_111_111 * (at + 1))),
  whereToCall: '',
  expiresAtMs: Date.parse('2026-11-23T00:00:00Z'),
};

describe('a modal that is open in a workspace', () => {
  let lab: Fixture;
  let modals: Modals;
  let viewId: string;
  let ts: string;

  beforeEach(async () => {
    lab = await startFixture({ manifest: installedManifest() });
    modals = slackModals({
      token: async () => lab.workspace.botToken,
      apiUrl: `${lab.url}/api/`,
      fetch: globalThis.fetch,
      language: 'en',
      functionName: 'change',
    });
    const posted = await lab.bot.chat.postMessage({
      channel: lab.channel('kms-ops'),
      text: 'phone',
      blocks: [
        {
          type: 'actions',
          elements: [
            { type: 'button', action_id: 'phone_open', text: { type: 'plain_text', text: 'Call' }, value: 'c4 1 a1' },
          ],
        },
      ],
    });
    ts = posted.ts ?? '';
    viewId = await open('aiko');
  });
  afterEach(() => lab.stop());

  /** As the Slack function does: at once, by the trigger of the click. */
  const open = async (user: string): Promise<string> => {
    await lab.workspace.client.click({ user, channel: 'kms-ops', ts, action_id: 'phone_open' });
    const clicked = lab.requests.at(-1)?.body.payload as { readonly trigger_id: string } | undefined;
    const view = phoneWindowView({ kind: 'loading', change: 'c4k7m2q9xd' }, await phoneCatalogue('en'));
    const opened = await lab.bot.views.open({ trigger_id: clicked?.trigger_id ?? '', view: view as never });
    return opened.view?.id ?? '';
  };

  const seenBy = async (user: string): Promise<string> =>
    JSON.stringify((await lab.get(`/lab/view?user=${user}`)).json);

  it('shows what another function puts there, to its owner alone', async () => {
    expect(await modals.update(viewId, READY, lab.person('aiko'))).toBe('shown');

    expect(await seenBy('aiko')).toContain('7777777');
    expect(await seenBy('ken')).not.toContain('7777777');
    const { json } = await lab.get('/lab/messages?user=aiko&channel=kms-ops');
    expect(JSON.stringify(json)).not.toContain('7777777');
  });

  it('takes the Confirmation ID in its fields', async () => {
    await modals.update(viewId, READY, lab.person('aiko'));
    await lab.workspace.client.submit({ user: 'aiko', values: { 'cid-1': { 'cid-1': '111112' } } });

    expect(lab.requests.at(-1)?.body.payload).toMatchObject({
      type: 'view_submission',
      view: {
        callback_id: 'phone_confirmation',
        state: { values: { 'cid-1': { 'cid-1': { value: '111112' } }, 'cid-8': { 'cid-8': { value: null } } } },
      },
    });
  });

  it('is gone once the person closed it', async () => {
    await lab.workspace.client.close({ user: 'aiko' });

    expect(await modals.update(viewId, READY, lab.person('aiko'))).toBe('gone');
  });

  it('is shown in the language of the person who has it open', async () => {
    expect(await modals.update(viewId, READY, lab.person('ken'))).toBe('shown');
    const { user } = await lab.bot.users.info({ user: lab.person('ken'), include_locale: true });
    const say = await phoneCatalogue(user?.locale?.startsWith('ja') === true ? 'ja' : 'en');

    expect(await seenBy('aiko')).toContain(say.submit);
  });
});

describe('a modal that Slack does not show', () => {
  let slack: FakeSlack;
  let modals: Modals;

  beforeEach(async () => {
    slack = await startFakeSlack();
    const { fetch } = globalThis;
    modals = slackModals({
      token: 'xoxb-x',
      apiUrl: `${slack.apiUrl}/`,
      fetch,
      language: 'ja',
      functionName: 'change',
    });
  });
  afterEach(() => slack.close());

  const failing = async (answer: object): Promise<unknown> => {
    slack.next.set('views.update', [answer]);
    return modals.update('V1', READY, 'U0AIKO0001').catch((error: unknown) => error);
  };

  it('is passed on as a wish to slow down, with its seconds', async () => {
    expect(slowDownSeconds(await failing({ status: 429, headers: { 'retry-after': '7' } }))).toBe(7);
    expect(slowDownSeconds(await failing({ body: { ok: false, error: 'ratelimited' } }))).toBeGreaterThan(0);
  });

  it('is one that may pass, or a right that is missing', async () => {
    expect(isTransient(await failing({ status: 503 }))).toBe(true);
    expect(failureOf(await failing({ body: { ok: false, error: 'invalid_auth' } }))).toEqual({
      kind: 'missing-right',
      action: 'slack:invalid_auth',
      function: 'change',
    });
  });

  it('tells nothing of the Installation ID in its error', async () => {
    const error = await failing({ body: { ok: false, error: 'invalid_arguments' } });

    expect(String(error)).toContain('invalid_arguments');
    expect(String(error)).not.toContain('7777777');
  });

  it('is in the configured language where Slack does not tell the person’s', async () => {
    slack.next.set('views.update', [{ body: { ok: true } }]);
    expect(await modals.update('V1', READY, 'U0AIKO0001')).toBe('shown');

    expect(slack.calls.map(({ method }) => method)).toEqual(['users.info', 'views.update']);
    expect(slack.calls[1]?.fields.view).toContain('確認 ID');
    expect(slack.calls[1]?.fields.view_id).toBe('V1');
  });
});
