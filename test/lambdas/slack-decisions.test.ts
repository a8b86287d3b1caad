import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ChangeStatus, Decision } from '../../bot/domain/change/change-status.ts';
import type { RightsRule } from '../../bot/domain/rights/rights.ts';
import { ENVIRONMENT } from '../../bot/environment.ts';
import type { HttpAnswer, HttpEvent } from '../../bot/slack/guard.ts';
import { create } from '../../lambdas/slack.ts';
import { AIKO, CHANGES_ENVIRONMENT, CHANNEL, type Outside, startOutside, TEAM } from '../slack/support/outside.ts';
import { click, interaction } from '../slack/support/signed-request.ts';

const KEN = 'U0KEN00001';
const DAVE = 'U0DAVE0001';
const APPROVERS = 'S0APPR0001';
const NOW = Date.parse('2026-11-22T00:00:00Z');
const ID = 'c4k7m2q9xd';
const DIGEST = 'a1b2c3d4e5f6a7b8c9d0e1f2';
const VALUE = `${ID} 1 ${DIGEST}`;
/** As the engine makes them: base64, with characters that a path has to have encoded twice for the signature. */
const CALLBACK = 'cb+1/x=';

const RULES: readonly RightsRule[] = [
  { effect: 'allow', right: 'viewer', who: 'everyone' },
  { effect: 'allow', right: 'operator', who: { groups: [], users: [AIKO, KEN] } },
  { effect: 'allow', right: 'approver', who: { groups: [APPROVERS], users: [] } },
  { effect: 'allow', right: 'break-glass', who: { groups: [], users: [AIKO] } },
];

const STATUS: ChangeStatus = {
  id: ID,
  kind: 'discover',
  asked: 'discover all',
  requesterId: AIKO,
  channelId: CHANNEL,
  siteIds: ['tokyo'],
  startedAtMs: NOW - 60_000,
  updatedAtMs: NOW - 30_000,
  phase: 'waiting-for-approval',
  machines: 12,
  done: 0,
  failed: 0,
  awaits: {
    what: 'approval',
    attempt: 1,
    callbackId: CALLBACK,
    digest: DIGEST,
    sinceMs: NOW - 30_000,
    expiresAtMs: NOW + 3_600_000,
    scopes: [{ siteId: 'tokyo' }],
  },
};
const { awaits: _, ...UNAWAITED } = STATUS;

let outside: Outside;
let handler: (event: HttpEvent) => Promise<HttpAnswer>;
let logged: string[];

const stands = (status: ChangeStatus) => outside.statuses.set(ID, JSON.stringify(status));

beforeEach(async () => {
  outside = await startOutside();
  outside.members.set(APPROVERS, [KEN, AIKO]);
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
const press = async (actionId: string, userId: string, value = VALUE, fields: object = {}) => {
  const before = outside.responses.length;
  const request = click(actionId, value, `${outside.url}/response/1`, { ...by(userId), ...fields });
  expect((await handler(request)).statusCode).toBe(200);
  const said = outside.responses[before] as { text: string; response_type: string } | undefined;
  if (said !== undefined) expect(said.response_type).toBe('ephemeral');
  return said?.text;
};

const decision = (): Decision | undefined => {
  const taken = outside.callbacks.get(CALLBACK);
  return taken === undefined ? undefined : (JSON.parse(taken) as Decision);
};

const handedOn = (): Record<string, unknown>[] =>
  [...outside.executions.values()].map((payload) => JSON.parse(payload));

const denial = (userId: string, why: string) => ({
  operation: 'denied',
  asked: 'discover all',
  place: { teamId: TEAM, channelId: CHANNEL, userId },
  why,
  change: ID,
});

describe('a decision', () => {
  it.each([
    ['approve', KEN, 'approve', /^Approved\. I look again/],
    ['reject', KEN, 'reject', /^Rejected\. Nothing is changed\.$/],
    ['cancel-change', AIKO, 'cancel', /^Cancelled\./],
  ])('%s reaches the change once, and the person is told', async (actionId, userId, word, expected) => {
    expect(await press(actionId, userId)).toMatch(expected);
    expect(decision()).toEqual({ word, userId, attempt: 1, digest: DIGEST, atMs: NOW });
    expect(outside.executions.size).toBe(0);
  });

  it('to go on reaches a change that stopped between two waves', async () => {
    const awaits = { ...STATUS.awaits, what: 'going-on' } as ChangeStatus['awaits'] & object;
    stands({ ...STATUS, phase: 'paused', decidedBy: KEN, awaits });

    expect(await press('go-on', AIKO)).toMatch(/^Going on/);
    expect(decision()).toMatchObject({ word: 'go-on', userId: AIKO });
  });

  it('to cancel needs no plan that was seen', async () => {
    await press('cancel-change', AIKO, ID);

    expect(decision()).toEqual({ word: 'cancel', userId: AIKO, attempt: 1, digest: DIGEST, atMs: NOW });
  });

  it('is one of a hundred that are made at the same time', async () => {
    const presses = Array.from({ length: 100 }, (_each, n) =>
      handler(click('approve', VALUE, `${outside.url}/response/${n}`, { ...by(KEN), trigger_id: `${n}.1.x` })),
    );
    expect((await Promise.all(presses)).every(({ statusCode }) => statusCode === 200)).toBe(true);

    const texts = outside.responses.map((response) => (response as { text: string }).text);
    expect(texts).toHaveLength(100);
    expect(texts.filter((text) => text.startsWith('Approved.'))).toHaveLength(1);
    // The others came too late, or were too many for this one process to ask where the change stands in time.
    const others = texts.filter((text) => !text.startsWith('Approved.'));
    expect(others).toHaveLength(99);
    expect(outside.calls.filter((call) => call === 'users.info').length).toBeLessThan(20);
    for (const text of others) expect(text).toMatch(/^This has been decided already\.$|nothing was (?:done|decided)/i);
    expect(decision()).toMatchObject({ word: 'approve', userId: KEN });
  });

  it('that came too late names who was first', async () => {
    outside.callbacks.delete(CALLBACK);
    const reading = outside.statuses.get.bind(outside.statuses);
    let reads = 0;
    vi.spyOn(outside.statuses, 'get').mockImplementation((id) => {
      reads += 1;
      return reads === 1 ? reading(id) : JSON.stringify({ ...UNAWAITED, phase: 'applying', decidedBy: DAVE });
    });

    expect(await press('approve', KEN)).toBe(`<@${DAVE}> has decided this already.`);
  });

  it('that was taken though nobody said so is no other person’s', async () => {
    outside.callbacks.delete(CALLBACK);
    const reading = outside.statuses.get.bind(outside.statuses);
    let reads = 0;
    vi.spyOn(outside.statuses, 'get').mockImplementation((id) => {
      reads += 1;
      return reads === 1 ? reading(id) : JSON.stringify({ ...UNAWAITED, phase: 'applying', decidedBy: KEN });
    });

    expect(await press('approve', KEN)).toBe('You have decided this already.');
  });

  it.each([
    ['callback', { status: 403, type: 'AccessDeniedException' }, /may not call `lambda:SendDurable/],
    ['callback', { status: 500, type: 'ServiceException' }, /did not get through/],
    ['status', { status: 400, type: 'ProvisionedThroughputExceededException' }, /cannot see where this change stands/],
    ['status', { status: 400, type: 'AccessDeniedException' }, /cannot see where this change stands/],
  ] as const)('says so when the %s is refused: %j', async (service, refusal, expected) => {
    outside.state.refusals[service] = refusal;

    expect(await press('approve', KEN)).toMatch(expected);
    expect(decision()).toBeUndefined();
    expect(logged.join('')).not.toContain(CALLBACK);
  });
});

describe('a decision that does not count', () => {
  const refused = async (actionId: string, userId: string, expected: RegExp, value = VALUE) => {
    expect(await press(actionId, userId, value)).toMatch(expected);
    expect(decision()).toBeUndefined();
  };

  it('is the requester’s own approval, whatever their rights, and is noted once', async () => {
    const expected = new RegExp(`^You asked for this one, so somebody else has to approve it\\. .*${APPROVERS}`);
    await refused('approve', AIKO, expected);
    await refused('approve', AIKO, expected);

    expect(handedOn()).toEqual([denial(AIKO, 'self-approval')]);
  });

  it('is that of somebody without the right, and is noted', async () => {
    await refused('approve', DAVE, /^This takes the approver right for everything in the plan.*S0APPR0001/);
    await refused('reject', DAVE, /takes the approver right/);
    await refused('cancel-change', DAVE, /takes the operator right/);

    expect(handedOn()).toEqual([denial(DAVE, 'no-right')]);
  });

  it('is that of a guest, and one in a shared channel; both are noted', async () => {
    outside.state.person = { team_id: TEAM, is_restricted: true };
    await refused('approve', KEN, /^Guests/);
    outside.state.person = { team_id: TEAM };
    outside.state.channel = { id: CHANNEL, is_ext_shared: true };
    await refused('approve', KEN, /shared with another workspace/);

    expect(handedOn()).toEqual([denial(KEN, 'guest'), denial(KEN, 'shared-channel')]);
  });

  it.each<[string, ChangeStatus, RegExp]>([
    ['of an earlier plan', { ...STATUS, awaits: { ...must(STATUS.awaits), attempt: 2 } }, /Only the newest card/],
    ['after the time', { ...STATUS, awaits: { ...must(STATUS.awaits), expiresAtMs: NOW } }, /time .* is over/],
    ['after another', { ...UNAWAITED, phase: 'applying', decidedBy: DAVE }, /U0DAVE0001> has decided/],
    ['of a change that ended', { ...UNAWAITED, phase: 'ended', end: 'done' }, /has ended/],
    ['of a change that expired', { ...UNAWAITED, phase: 'ended', end: 'expired' }, /time .* is over/],
  ])('is one %s; that is nobody’s fault and not noted', async (_when, status, expected) => {
    stands(status);
    await refused('approve', KEN, expected);
    expect(outside.executions.size).toBe(0);
  });

  it('is one on a change that nobody knows', async () => {
    outside.statuses.clear();
    await refused('approve', KEN, /do not know this change any more/);
  });

  it('is one of somebody who cannot be looked up', async () => {
    outside.state.slackRefusals['usergroups.users.list'] = { error: 'internal_error' };
    await refused('approve', KEN, /did not tell me your rights in time/);
  });

  it.each(['', ID, `${ID} 1`, `${ID} 0 ${DIGEST}`, `${ID} 1 ${DIGEST} x`, '../../x 1 a1b2c3d4', 'approve all'])(
    'is one of a button with a value of another form: “%s”',
    async (value) => {
      await refused('approve', KEN, /older message/, value);
      expect(outside.calls).not.toContain('dynamodb:GetItem');
    },
  );
});

describe('a change that runs', () => {
  beforeEach(() => stands({ ...UNAWAITED, phase: 'applying', decidedBy: KEN }));

  it('is told to stop by whoever asked for it, and by an operator', async () => {
    expect(await press('cancel-change', AIKO, ID)).toMatch(/^Stopping\./);
    expect(await press('cancel-change', KEN, VALUE)).toMatch(/^Stopping\./);

    const place = (userId: string) => ({ teamId: TEAM, channelId: CHANNEL, userId });
    const wish = { operation: 'cancel', change: ID, asked: 'discover all' };
    expect(handedOn()).toEqual([
      { ...wish, place: place(AIKO) },
      { ...wish, place: place(KEN) },
    ]);
    expect([...outside.executions.keys()].every((name) => /^cancel-[0-9a-f]{40}$/.test(name))).toBe(true);
  });

  it('is not stopped by anybody else', async () => {
    expect(await press('cancel-change', DAVE, ID)).toMatch(/takes the operator right/);
    expect(handedOn()).toEqual([denial(DAVE, 'no-right')]);
  });
});

describe('breaking the glass', () => {
  const REASON = 'kms1 is down and renewals are due today';

  const submit = async (userId: string, reason: string, metadata?: string) => {
    const [view] = outside.views;
    const { statusCode, body } = await handler(
      interaction({
        type: 'view_submission',
        team: { id: TEAM },
        ...by(userId),
        trigger_id: '5.6.z',
        view: {
          id: 'V0KMSLAB01',
          type: 'modal',
          callback_id: 'break-glass',
          private_metadata: metadata ?? view?.private_metadata ?? `${CHANNEL} ${VALUE}`,
          state: { values: { reason: { reason: { type: 'plain_text_input', value: reason } } } },
        },
      }),
    );
    expect(statusCode).toBe(200);
    return JSON.parse(body) as { response_action: string; errors?: { reason: string }; view?: unknown };
  };

  it('asks for a reason first, in a window, and says nothing else', async () => {
    expect(await press('break-glass', AIKO)).toBeUndefined();

    expect(outside.views).toHaveLength(1);
    expect(outside.views[0]).toMatchObject({
      type: 'modal',
      callback_id: 'break-glass',
      private_metadata: `${CHANNEL} ${VALUE}`,
      submit: { text: 'Break the glass' },
    });
    expect(decision()).toBeUndefined();
  });

  it('reaches the change with its reason', async () => {
    await press('break-glass', AIKO);
    const answer = await submit(AIKO, `  ${REASON} `);

    expect(answer).toMatchObject({ response_action: 'update' });
    expect(JSON.stringify(answer.view)).toContain('Begun without an approver');
    expect(decision()).toEqual({
      word: 'break-glass',
      userId: AIKO,
      attempt: 1,
      digest: DIGEST,
      atMs: NOW,
      reason: REASON,
    });
  });

  it('opens no window for somebody who may not, which is noted', async () => {
    expect(await press('break-glass', KEN)).toMatch(/takes the break-glass right.*U0AIKO0001/);
    expect(outside.views).toEqual([]);
    expect(handedOn()).toEqual([denial(KEN, 'no-right')]);
  });

  it('says so when Slack opens no window', async () => {
    outside.state.slackRefusals['views.open'] = { error: 'expired_trigger_id' };

    expect(await press('break-glass', AIKO)).toBe('Slack did not open the window for your reason. Press again.');
  });

  it('is judged again when the reason comes', async () => {
    await press('break-glass', AIKO);
    stands({ ...UNAWAITED, phase: 'applying', decidedBy: KEN });

    expect(await submit(AIKO, REASON)).toEqual({
      response_action: 'errors',
      errors: { reason: `<@${KEN}> has decided this already.` },
    });
    expect(decision()).toBeUndefined();
  });

  it('is refused in the window to whoever did not open it and may not', async () => {
    const answer = await submit(DAVE, REASON);

    expect(answer.errors?.reason).toContain('This takes the break-glass right');
    expect(handedOn()).toEqual([denial(DAVE, 'no-right')]);
  });

  it.each([
    ['a product key', 'use VK7JG-NPHTM-C97JM-9MPGT-3V66T now please'],
    ['a Confirmation ID', `confirm ${'123456 '.repeat(8)}`],
  ])('takes no reason with %s in it', async (_what, reason) => {
    const { errors } = await submit(AIKO, reason);

    expect(errors?.reason).toContain('looks like a key');
    expect(decision()).toBeUndefined();
    expect(outside.calls).not.toContain('dynamodb:GetItem');
  });

  it('takes no reason that says nothing, and no window of another form', async () => {
    expect((await submit(AIKO, 'urgent')).errors?.reason).toContain('10 to 300 characters');
    expect((await submit(AIKO, REASON, 'nonsense')).errors?.reason).toContain('Only the newest card');
    expect(decision()).toBeUndefined();
  });
});

/** Of what the tests themselves wrote. */
function must<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('there is none');
  return value;
}
