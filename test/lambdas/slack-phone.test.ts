import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ChangeStatus, Decision } from '../../bot/domain/change/change-status.ts';
import { confirmationName } from '../../bot/domain/change/phone.ts';
import type { RightsRule } from '../../bot/domain/rights/rights.ts';
import { ENVIRONMENT } from '../../bot/environment.ts';
import type { HttpAnswer, HttpEvent } from '../../bot/slack/guard.ts';
import { LANGUAGES } from '../../bot/slack/messages/language.ts';
import { create } from '../../lambdas/slack.ts';
import { AIKO, CHANGES_ENVIRONMENT, CHANNEL, type Outside, startOutside, TEAM } from '../slack/support/outside.ts';
import { click, interaction } from '../slack/support/signed-request.ts';

const KEN = 'U0KEN00001';
const DAVE = 'U0DAVE0001';
const NOW = Date.parse('2026-11-22T00:00:00Z');
const ID = 'c4k7m2q9xd';
const DIGEST = 'a1b2c3d4e5f6a7b8c9d0e1f2';
const VALUE = `${ID} 1 ${DIGEST}`;
const METADATA = JSON.stringify({ change: ID, attempt: 1, digest: DIGEST });
const CALLBACK = 'cb+1/x=';
const NAME = confirmationName(ID, 1);

/** Well-formed, and nobody's. */
const GROUPS = ['111112', '222223', '333334', '444445', '555556', '666667', '777778', '888889'];
const DIGITS = GROUPS.join('');

const RULES: readonly RightsRule[] = [
  { effect: 'allow', right: 'viewer', who: 'everyone' },
  { effect: 'allow', right: 'operator', who: { groups: [], users: [AIKO, KEN] }, sites: ['tokyo'] },
  { effect: 'allow', right: 'approver', who: { groups: [], users: [DAVE] } },
];

const AWAITS = {
  what: 'confirmation',
  attempt: 1,
  callbackId: CALLBACK,
  digest: DIGEST,
  sinceMs: NOW - 30_000,
  expiresAtMs: NOW + 3_600_000,
  scopes: [{ siteId: 'tokyo' }],
} as const;

const STATUS: ChangeStatus = {
  id: ID,
  kind: 'phone',
  asked: 'phone kms1',
  requesterId: AIKO,
  channelId: CHANNEL,
  siteIds: ['tokyo'],
  startedAtMs: NOW - 60_000,
  updatedAtMs: NOW - 30_000,
  phase: 'waiting-for-confirmation',
  machines: 1,
  done: 0,
  failed: 0,
  decidedBy: DAVE,
  awaits: AWAITS,
};
const { awaits: _, ...UNAWAITED } = STATUS;

let outside: Outside;
let handler: (event: HttpEvent) => Promise<HttpAnswer>;
let logged: string[];

const stands = (status: ChangeStatus) => outside.statuses.set(ID, JSON.stringify(status));

beforeEach(async () => {
  outside = await startOutside();
  outside.callbacks.set(CALLBACK, undefined);
  stands(STATUS);
  logged = [];
  vi.spyOn(process.stdout, 'write').mockImplementation((line) => logged.push(String(line)) > 0);
  handler = create({
    env: { ...outside.env, ...CHANGES_ENVIRONMENT, [ENVIRONMENT.rights]: JSON.stringify(RULES) },
    clock: () => NOW,
  });
});

afterEach(async () => {
  vi.restoreAllMocks();
  await outside.close();
});

const by = (userId: string) => ({ user: { id: userId, team_id: TEAM } });

/** What the person reads; undefined when nothing was said. */
const press = async (userId: string, value = VALUE, fields: object = {}): Promise<string | undefined> => {
  const before = outside.responses.length;
  const request = click('phone_open', value, `${outside.url}/response/1`, { ...by(userId), ...fields });
  expect((await handler(request)).statusCode).toBe(200);
  return (outside.responses[before] as { text: string } | undefined)?.text;
};

interface Answered {
  readonly response_action: 'update' | 'errors';
  readonly errors?: Readonly<Record<string, string>>;
  readonly view?: { readonly blocks: readonly { readonly text?: { readonly text: string } }[] };
}

const submission = (userId: string, fields: readonly string[], metadata = METADATA, more: object = {}): HttpEvent =>
  interaction({
    type: 'view_submission',
    team: { id: TEAM },
    ...by(userId),
    trigger_id: '5.6.z',
    view: {
      id: 'V0KMSLAB01',
      type: 'modal',
      callback_id: 'phone_confirmation',
      private_metadata: metadata,
      state: {
        values: Object.fromEntries(
          fields.map((value, at) => [
            `cid-${at + 1}`,
            { [`cid-${at + 1}`]: { type: 'plain_text_input', value: value === '' ? null : value } },
          ]),
        ),
      },
    },
    ...more,
  });

const submit = async (userId: string, fields: readonly string[] = GROUPS, metadata?: string): Promise<Answered> => {
  const { statusCode, body } = await handler(submission(userId, fields, metadata));
  expect(statusCode).toBe(200);
  return JSON.parse(body) as Answered;
};

const said = ({ view }: Answered): string => view?.blocks.map(({ text }) => text?.text ?? '').join('\n') ?? '';

const decision = (): Decision | undefined => {
  const taken = outside.callbacks.get(CALLBACK);
  return taken === undefined ? undefined : (JSON.parse(taken) as Decision);
};

const handedOn = (): Record<string, unknown>[] =>
  [...outside.executions.values()].map((payload) => JSON.parse(payload));

const denial = (userId: string, why: string) => ({
  operation: 'denied',
  asked: 'phone kms1',
  place: { teamId: TEAM, channelId: CHANNEL, userId },
  why,
  change: ID,
});

/** Nothing that leaves this function, but for the one item, holds a digit group. */
const expectNoDigits = () => {
  const everywhere = JSON.stringify([
    logged,
    outside.responses,
    outside.views,
    outside.updates,
    [...outside.executions],
    [...outside.callbacks],
  ]);
  for (const group of GROUPS) expect(everywhere).not.toContain(group);
};

describe('the window of an activation by phone', () => {
  it.each([AIKO, KEN])(
    'opens at once for %s, the requester or another operator, and is filled by another',
    async (who) => {
      expect(await press(who)).toBeUndefined();

      expect(outside.views).toHaveLength(1);
      expect(JSON.stringify(outside.views[0])).toContain('The Installation ID is being fetched');
      expect(outside.views[0]).not.toHaveProperty('submit');
      expect(handedOn()).toEqual([
        {
          operation: 'show-installation-id',
          change: ID,
          attempt: 1,
          viewId: 'V0KMSLAB01',
          asked: 'phone kms1',
          place: { teamId: TEAM, channelId: CHANNEL, userId: who },
        },
      ]);
      expect([...outside.executions.keys()]).toEqual([expect.stringMatching(/^phone-[0-9a-f]{40}$/)]);
      expect(outside.calls.indexOf('views.open')).toBeLessThan(outside.calls.indexOf('lambda:Invoke'));
      expect(decision()).toBeUndefined();
    },
  );

  it('opens anew for each click, and each is filled by itself', async () => {
    await press(AIKO);
    await press(AIKO, VALUE, { trigger_id: '100.1.x' });

    expect(outside.views).toHaveLength(2);
    expect(outside.executions.size).toBe(2);
  });

  it('is read in the language of the person who opens it', async () => {
    outside.state.locale = 'ja-JP';
    await press(AIKO);

    expect(JSON.stringify(outside.views[0])).toContain('インストール ID を取得しています');
  });

  it('stays shut for whoever may not activate this machine, which is noted once', async () => {
    const expected = /^This takes the operator right for everything in the plan.*U0AIKO0001/;
    expect(await press(DAVE)).toMatch(expected);
    expect(await press(DAVE)).toMatch(expected);

    expect(outside.views).toEqual([]);
    expect(handedOn()).toEqual([denial(DAVE, 'no-right')]);
  });

  it('stays shut where the right is for other machines', async () => {
    stands({ ...STATUS, awaits: { ...AWAITS, scopes: [{ siteId: 'osaka' }] } });

    expect(await press(KEN)).toMatch(/operator right/);
    expect(outside.views).toEqual([]);
  });

  it('stays shut for guests, in a shared channel, and while nobody can say who it is', async () => {
    outside.state.person = { team_id: TEAM, is_restricted: true };
    expect(await press(KEN)).toMatch(/^Guests/);
    outside.state.person = { team_id: TEAM };
    outside.state.channel = { id: CHANNEL, is_ext_shared: true };
    expect(await press(KEN)).toMatch(/shared with another workspace/);
    outside.state.slackRefusals['users.info'] = { error: 'internal_error' };
    expect(await press(KEN)).toMatch(/did not tell me your rights in time/);

    expect(outside.views).toEqual([]);
    expect(handedOn()).toEqual([denial(KEN, 'guest'), denial(KEN, 'shared-channel')]);
  });

  it.each<[string, ChangeStatus | undefined, RegExp]>([
    ['for a later attempt', { ...STATUS, awaits: { ...AWAITS, attempt: 2 } }, /belongs to an earlier attempt/],
    ['after the time', { ...STATUS, awaits: { ...AWAITS, expiresAtMs: NOW } }, /time for this Confirmation ID is over/],
    ['once one was given', { ...UNAWAITED, phase: 'applying' }, /has been submitted for this attempt already/],
    ['of a change that ended', { ...UNAWAITED, phase: 'ended', end: 'done' }, /does not wait .* any more/],
    ['of a change that expired', { ...UNAWAITED, phase: 'ended', end: 'expired' }, /time .* is over/],
    ['of a change that nobody knows', undefined, /do not know this change any more/],
    ['before the change is approved', { ...STATUS, awaits: { ...AWAITS, what: 'approval' } }, /earlier attempt/],
  ])('stays shut %s', async (_when, status, expected) => {
    if (status === undefined) outside.statuses.clear();
    else stands(status);

    expect(await press(AIKO)).toMatch(expected);
    expect(outside.views).toEqual([]);
    expect(outside.executions.size).toBe(0);
  });

  it.each(['', ID, `${ID} 0 ${DIGEST}`, 'phone kms1'])(
    'stays shut for a value of another form: “%s”',
    async (value) => {
      expect(await press(AIKO, value)).toMatch(/older message/);
      expect(outside.calls).not.toContain('dynamodb:GetItem');
    },
  );

  it('says so when Slack does not open it', async () => {
    outside.state.slackRefusals['views.open'] = { error: 'expired_trigger_id' };

    expect(await press(AIKO)).toBe('Slack did not open the window. Press again.');
    expect(outside.executions.size).toBe(0);
  });

  it('says in the window why it is not filled', async () => {
    outside.state.refusals.invoke = { status: 403, type: 'AccessDeniedException' };

    expect(await press(AIKO)).toBeUndefined();
    expect(outside.updates).toEqual([{ viewId: 'V0KMSLAB01', view: expect.objectContaining({ type: 'modal' }) }]);
    expect(JSON.stringify(outside.updates)).toContain('reading of the Installation ID was not started');
    expect(JSON.stringify(outside.updates)).toContain('lambda:InvokeFunction');
  });

  it('says it beside the window where Slack takes no update', async () => {
    outside.state.refusals.invoke = { status: 403, type: 'AccessDeniedException' };
    outside.state.slackRefusals['views.update'] = { error: 'not_found' };

    expect(await press(AIKO)).toMatch(/reading of the Installation ID was not started/);
  });
});

describe('a Confirmation ID', () => {
  it('is kept encrypted for a day under a name of its own, and then the change is told', async () => {
    const answer = await submit(KEN);

    expect(answer.response_action).toBe('update');
    expect(said(answer)).toMatch(/^Taken\. The machine fetches the Confirmation ID now/);
    expect([...outside.parameters.keys()]).toEqual([NAME]);
    expect(outside.parameters.get(NAME)).toMatchObject({
      Value: DIGITS,
      Type: 'SecureString',
      Tier: 'Advanced',
      Overwrite: false,
    });
    expect(String(outside.parameters.get(NAME)?.Policies)).toContain('2026-11-23T00:00:00');
    expect(decision()).toEqual({ word: 'confirmation', userId: KEN, attempt: 1, digest: DIGEST, atMs: NOW });
    expect(outside.calls.indexOf('ssm:PutParameter')).toBeLessThan(
      outside.calls.indexOf('lambda:SendDurableExecutionCallbackSuccess'),
    );
    expect(outside.executions.size).toBe(0);
    expectNoDigits();
  });

  it.each<[string, readonly string[]]>([
    ['all of it in the first field', [DIGITS, '', '', '', '', '', '', '']],
    ['all of it in the first field, with hyphens', [GROUPS.join('-'), '', '', '', '', '', '', '']],
    ['blanks in groups', GROUPS.map((group) => ` ${group.slice(0, 3)} ${group.slice(3)} `)],
    [
      'digits of full width',
      GROUPS.map((group) => group.replace(/\d/g, (digit) => String.fromCodePoint(0xff10 + Number(digit)))),
    ],
  ])('is taken with %s', async (_how, fields) => {
    expect(said(await submit(AIKO, fields))).toMatch(/^Taken/);
    expect(outside.parameters.get(NAME)?.Value).toBe(DIGITS);
  });

  it('is refused group by group, below each field, before anything is asked', async () => {
    const { errors } = await submit(AIKO, ['11111', '', '33333x', '4444455', ...GROUPS.slice(4)]);

    expect(errors).toEqual({
      'cid-1': 'This group has fewer than six digits.',
      'cid-2': 'This group is missing: six digits.',
      'cid-3': 'Digits only, six of them.',
      'cid-4': 'This group has more than six digits.',
    });
    expect(outside.parameters.size).toBe(0);
    expect(decision()).toBeUndefined();
    expect(outside.calls).not.toContain('dynamodb:GetItem');
    expect(outside.calls).not.toContain('ssm:PutParameter');
  });

  it('that is one digit short as a whole is told what the first field takes', async () => {
    const { errors } = await submit(AIKO, [DIGITS.slice(1), '', '', '', '', '', '', '']);

    expect(errors?.['cid-1']).toMatch(/Six digits here, or all 48/);
    expect(Object.keys(errors ?? {})).toHaveLength(8);
  });

  it('is one of a hundred that are submitted at the same time', async () => {
    const answers = await Promise.all(
      Array.from({ length: 100 }, async (_each, n) => {
        const fields = [String(100_000 + n), ...GROUPS.slice(1)];
        const { body } = await handler(
          submission(n % 2 === 0 ? AIKO : KEN, fields, METADATA, { trigger_id: `${n}.1.x` }),
        );
        return JSON.parse(body) as Answered;
      }),
    );

    expect(outside.parameters.size).toBe(1);
    expect(decision()).toMatchObject({ word: 'confirmation', attempt: 1 });
    const texts = answers.map((answer) => said(answer) || (answer.errors?.['cid-1'] ?? ''));
    expect(texts.filter((text) => /^Taken|submitted for this attempt before yours/.test(text))).toHaveLength(1);
    // The others came too late, or were too many for this one process to ask where the change stands in time.
    for (const text of texts)
      expect(text).toMatch(
        /^Taken|^A Confirmation ID ha[sd] been submitted|nothing was (?:done|decided)|Submit again/i,
      );
    expectNoDigits();
  });

  it('that was kept before its change was told is told by the next one, which says whose counts', async () => {
    outside.parameters.set(NAME, { Name: NAME });

    expect(said(await submit(KEN))).toMatch(/had been submitted for this attempt before yours/);
    expect(decision()).toMatchObject({ word: 'confirmation', userId: KEN });
    expect(outside.parameters.get(NAME)).not.toHaveProperty('Value');
  });

  it('that comes after another was taken says so', async () => {
    await submit(AIKO);
    expect(said(await submit(KEN))).toMatch(/^A Confirmation ID has been submitted for this attempt already/);
    expect(decision()).toMatchObject({ userId: AIKO });
  });

  it('of a later attempt is kept under another name', async () => {
    await submit(AIKO);
    outside.callbacks.set('cb-2', undefined);
    stands({ ...STATUS, awaits: { ...AWAITS, attempt: 2, callbackId: 'cb-2' } });

    const metadata = JSON.stringify({ change: ID, attempt: 2, digest: DIGEST });
    expect(said(await submit(KEN, GROUPS, metadata))).toMatch(/^Taken/);
    expect([...outside.parameters.keys()]).toEqual([NAME, confirmationName(ID, 2)]);
    expect(outside.callbacks.get('cb-2')).toContain('"attempt":2');
  });

  it.each<[string, ChangeStatus | undefined, RegExp]>([
    ['of an earlier attempt', { ...STATUS, awaits: { ...AWAITS, attempt: 2 } }, /belongs to an earlier attempt/],
    ['for another Installation ID', { ...STATUS, awaits: { ...AWAITS, digest: 'ffffffff' } }, /may be another one now/],
    ['after the time', { ...STATUS, awaits: { ...AWAITS, expiresAtMs: NOW } }, /time for this Confirmation ID is over/],
    ['for a change that was cancelled', { ...UNAWAITED, phase: 'ended', end: 'cancelled' }, /does not wait/],
    ['for a change that nobody knows', undefined, /do not know this change/],
  ])('%s is not kept', async (_when, status, expected) => {
    if (status === undefined) outside.statuses.clear();
    else stands(status);

    const answer = await submit(AIKO);
    expect(answer.response_action).toBe('update');
    expect(said(answer)).toMatch(expected);
    expect(outside.parameters.size).toBe(0);
    expect(decision()).toBeUndefined();
  });

  it('of somebody who may not is not kept, which is noted', async () => {
    expect(said(await submit(DAVE))).toMatch(/^This takes the operator right/);
    expect(handedOn()).toEqual([denial(DAVE, 'no-right')]);
    expect(outside.parameters.size).toBe(0);
  });

  it('is not kept where the channel of the change is shared by now', async () => {
    outside.state.channel = { id: CHANNEL, is_ext_shared: true };

    expect(said(await submit(KEN))).toMatch(/shared with another workspace/);
    expect(outside.parameters.size).toBe(0);
  });

  it.each(['', '{}', 'x', '[]', JSON.stringify({ change: '../x', attempt: 1, digest: DIGEST }), VALUE])(
    'in a window of another form is not kept: %s',
    async (metadata) => {
      expect(said(await submit(AIKO, GROUPS, metadata))).toMatch(/earlier attempt/);
      expect(outside.calls).not.toContain('dynamodb:GetItem');
    },
  );

  it.each([
    ['parameter', { status: 400, type: 'AccessDeniedException' }, /may not call ssm:PutParameter/],
    ['parameter', { status: 500, type: 'InternalServerError' }, /was not kept: AWS answered with an error/],
    ['status', { status: 400, type: 'AccessDeniedException' }, /cannot see where this change stands/],
  ] as const)('is not taken when the %s is refused: %j; the fields stay filled', async (service, refusal, expected) => {
    outside.state.refusals[service] = refusal;

    const { errors } = await submit(AIKO);
    expect(errors?.['cid-1']).toMatch(expected);
    expect(decision()).toBeUndefined();
    expect(logged.join('')).not.toContain(CALLBACK);
    expectNoDigits();
  });

  it.each([
    [{ status: 403, type: 'AccessDeniedException' }, /may not call lambda:SendDurableExecutionCallbackSuccess/],
    [{ status: 500, type: 'ServiceException' }, /is kept, but AWS did not pass the word on/],
  ])(
    'that is kept though the change was not told is told when it is submitted again: %j',
    async (refusal, expected) => {
      outside.state.refusals.callback = refusal;
      const { errors } = await submit(AIKO);
      expect(errors?.['cid-1']).toMatch(expected);

      delete outside.state.refusals.callback;
      expect((await submit(AIKO)).response_action).toBe('update');
      expect(decision()).toMatchObject({ userId: AIKO });
      expect(outside.parameters.get(NAME)?.Value).toBe(DIGITS);
      expectNoDigits();
    },
  );

  it('is answered in Japanese to those who read Japanese', async () => {
    outside.state.locale = 'ja-JP';

    const { errors } = await submit(AIKO, ['1', ...GROUPS.slice(1)]);
    expect(errors).toEqual({ 'cid-1': '6 桁に足りません。' });
    expect(said(await submit(AIKO))).toMatch(/^受け付けました。/);
  });

  it('leaves no trace in the log when something unforeseen breaks', async () => {
    vi.spyOn(outside.statuses, 'get').mockImplementation(() => '{"id":1');

    const { errors } = await submit(AIKO);
    expect(Object.keys(errors ?? {})).toEqual(['cid-1']);
    expectNoDigits();
  });
});

describe('a change that waits for a Confirmation ID', () => {
  const decide = async (actionId: string, userId: string, value = VALUE): Promise<string> => {
    await handler(click(actionId, value, `${outside.url}/response/1`, by(userId)));
    return (outside.responses.at(-1) as { text: string }).text;
  };

  it.each([
    ['the requester', AIKO],
    ['another operator', KEN],
  ])('is cancelled by %s', async (_who, userId) => {
    expect(await decide('cancel-change', userId, ID)).toMatch(/^Cancelled\./);
    expect(decision()).toEqual({ word: 'cancel', userId, attempt: 1, digest: DIGEST, atMs: NOW });
  });

  it('is not cancelled by anybody else', async () => {
    expect(await decide('cancel-change', DAVE, ID)).toMatch(/takes the operator right/);
    expect(decision()).toBeUndefined();
  });

  it.each(['approve', 'reject', 'break-glass'])('is past the time to %s it', async (actionId) => {
    expect(await decide(actionId, DAVE)).toMatch(/decided this already/);
    expect(decision()).toBeUndefined();
    expect(outside.views).toEqual([]);
  });
});

describe.each(LANGUAGES)('refusals of a Confirmation ID in %s', (language) => {
  it('are plain text below the field', async () => {
    outside.state.locale = language === 'ja' ? 'ja-JP' : 'en-GB';
    outside.state.refusals.parameter = { status: 400, type: 'AccessDeniedException' };

    const { errors } = await submit(AIKO);
    expect(errors?.['cid-1']).toContain('ssm:PutParameter');
    expect(errors?.['cid-1']).not.toMatch(/[`*<>]/);
  });
});
