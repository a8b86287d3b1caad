/** What people type into the Slack function: a secret that stands in it goes nowhere. */
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { ChangeStatus } from '../../bot/domain/change/change-status.ts';
import { confirmationName } from '../../bot/domain/change/phone.ts';
import type { RightsRule } from '../../bot/domain/rights/rights.ts';
import { ENVIRONMENT } from '../../bot/environment.ts';
import type { HttpAnswer, HttpEvent } from '../../bot/slack/guard.ts';
import { create } from '../../lambdas/slack.ts';
import { pick, random, whole } from '../lab/random.ts';
import { AIKO, CHANGES_ENVIRONMENT, CHANNEL, type Outside, startOutside, TEAM } from '../slack/support/outside.ts';
import { click, interaction, slash } from '../slack/support/signed-request.ts';
import { holds, type MadeUp, madeUp, written } from './made-up.ts';
import { ordinaryCommand } from './ordinary.ts';

const SEED = 20_261_123;
const NOW = Date.parse('2026-11-22T00:00:00Z');
const ID = 'c4k7m2q9xd';
const DIGEST = 'a1b2c3d4e5f6a7b8c9d0e1f2';
const VALUE = `${ID} 1 ${DIGEST}`;

const RULES: readonly RightsRule[] = [
  { effect: 'allow', right: 'viewer', who: 'everyone' },
  { effect: 'allow', right: 'operator', who: 'everyone' },
  { effect: 'allow', right: 'break-glass', who: 'everyone' },
];

const WAITS: ChangeStatus = {
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
  awaits: {
    what: 'confirmation',
    attempt: 1,
    callbackId: 'cb-1',
    digest: DIGEST,
    sinceMs: NOW - 30_000,
    expiresAtMs: NOW + 3_600_000,
    scopes: [{ siteId: 'tokyo' }],
  },
};

let outside: Outside;
let handler: (event: HttpEvent) => Promise<HttpAnswer>;
let logged: string[] = [];

beforeAll(async () => {
  outside = await startOutside();
  handler = create({
    env: { ...outside.env, ...CHANGES_ENVIRONMENT, [ENVIRONMENT.rights]: JSON.stringify(RULES) },
    clock: () => NOW,
  });
});

afterEach(() => {
  vi.restoreAllMocks();
  logged = [];
});

afterAll(() => outside.close());

const listen = () => vi.spyOn(process.stdout, 'write').mockImplementation((line) => logged.push(String(line)) > 0);

/** Everything that left the function but its answer, since the last look. */
const left = (): string => {
  const everything = JSON.stringify([
    logged.splice(0),
    outside.responses.splice(0),
    outside.views.splice(0),
    outside.updates.splice(0),
    [...outside.executions],
    [...outside.callbacks],
  ]);
  return everything;
};

/** A part of a text as Slack and people dress it up. */
const dressed = (next: () => number, text: string): string =>
  pick(next, [text, `*${text}*`, `"${text}"`, `\`${text}\``, `<http://${text}.example|${text}>`]);

const insteadOfAWord = (next: () => number, command: string, secret: string): string => {
  const words = command.split(' ');
  const at = whole(next, words.length);
  return words.map((word, place) => (place === at ? secret : word)).join(' ');
};

/** Where in a command a secret may stand, and how. */
const PLACES: readonly ((next: () => number, command: string, secret: MadeUp) => string)[] = [
  (next, command, secret) => `${command} ${written(next, secret)}`,
  (next, command, secret) => `${written(next, secret)} ${command}`,
  (next, command, secret) => insteadOfAWord(next, command, written(next, secret)),
  (next, command, secret) => `${command} "${written(next, secret)}"`,
  (next, command, secret) => `${command} “${written(next, secret)}”`,
  (next, command, secret) => `${command} tag:Key=${written(next, secret)}`,
  (next, command, secret) => `${command} <https://x.example/|${written(next, secret)}>`,
  (_, command, secret) => `${command} <https://x.example/${secret.groups.join('-')}>`,
  (_, command, secret) => `${command} ${secret.groups.join('\n')}`,
  (next, command, secret) => `${command} ${secret.groups.map((group) => dressed(next, group)).join('-')}`,
  (next, _, secret) => `phone web-03 ${written(next, secret)}`,
  (next, _, secret) => `key web-03 ${written(next, secret)}`,
];

describe('a command with a secret in it', () => {
  it('is refused a thousand times, wherever it stands, and nothing of it is kept, said or handed on', async () => {
    listen();
    const next = random(SEED);
    for (let at = 0; at < 1_000; at += 1) {
      const secret = madeUp(next);
      const text = pick(next, PLACES)(next, ordinaryCommand(next), secret);
      const which = `seed ${SEED}, case ${at}: ${secret.what}`;

      const { statusCode, body } = await handler(slash(text, { trigger_id: `${at}.1.x` }));

      expect(statusCode, which).toBe(200);
      expect(body, which).toMatch(/That looks like/);
      expect(holds(body, secret), which).toBe(false);
      expect(outside.executions.size, which).toBe(0);
      expect(holds(left(), secret), which).toBe(false);
    }
  });

  it('is not what ordinary commands are: they are understood, or refused for another reason', async () => {
    listen();
    const next = random(SEED);
    for (let at = 0; at < 200; at += 1) {
      const text = ordinaryCommand(next);
      const { body } = await handler(slash(text, { trigger_id: `ordinary-${at}.1.x` }));
      expect(body, `seed ${SEED}, case ${at}: ${text}`).not.toMatch(/That looks like/);
    }
    expect(outside.executions.size).toBeGreaterThan(100);
    outside.executions.clear();
  });
});

const submission = (callbackId: string, metadata: string, values: Readonly<Record<string, string>>) =>
  interaction({
    type: 'view_submission',
    team: { id: TEAM },
    user: { id: AIKO, team_id: TEAM },
    trigger_id: '5.6.z',
    view: {
      id: 'V0KMSLAB01',
      type: 'modal',
      callback_id: callbackId,
      private_metadata: metadata,
      state: {
        values: Object.fromEntries(
          Object.entries(values).map(([name, value]) => [name, { [name]: { type: 'plain_text_input', value } }]),
        ),
      },
    },
  });

describe('a reason with a secret in it', () => {
  it('is refused, and the change is told nothing', async () => {
    listen();
    const next = random(SEED);
    for (let at = 0; at < 300; at += 1) {
      const secret = madeUp(next);
      const reason = `nobody is awake, and ${written(next, secret)} does not work`;
      const which = `seed ${SEED}, case ${at}: ${secret.what}`;

      const { body } = await handler(submission('break-glass', `${CHANNEL} ${VALUE}`, { reason }));

      expect(JSON.parse(body), which).toEqual({
        response_action: 'errors',
        errors: { reason: expect.stringMatching(/must not be kept/) },
      });
      expect(holds(left(), secret), which).toBe(false);
      expect(outside.executions.size, which).toBe(0);
    }
  });
});

describe('a button whose value holds a secret', () => {
  it('does nothing with it', async () => {
    listen();
    const next = random(SEED);
    for (let at = 0; at < 100; at += 1) {
      const secret = madeUp(next);
      const action = pick(next, ['check_again', 'phone_open', 'approve', 'break-glass', 'start_change', 'anything']);
      const value = pick(next, [`phone web-03 ${written(next, secret)}`, `${written(next, secret)} 1 ${DIGEST}`]);
      const which = `seed ${SEED}, case ${at}: ${secret.what} in ${action}`;

      const { statusCode, body } = await handler(click(action, value, `${outside.url}/response/1`));

      expect(statusCode, which).toBe(200);
      expect(holds(body + left(), secret), which).toBe(false);
      expect(outside.executions.size, which).toBe(0);
    }
  });
});

/** What goes wrong on the way, with the digits in AWS's own words. */
const TROUBLES: readonly ((digits: string) => void)[] = [
  () => {},
  () => {},
  (digits) => {
    outside.state.refusals.parameter = {
      status: 400,
      type: `ValidationException: Value '${digits}' at 'value' failed`,
    };
  },
  (digits) => {
    outside.state.refusals.parameter = { status: 500, type: `Internal#${digits}` };
  },
  (digits) => {
    outside.state.refusals.status = { status: 400, type: `ValidationException: '${digits}'` };
  },
  (digits) => {
    outside.state.refusals.callback = { status: 500, type: `ServiceException '${digits}'` };
  },
];

describe('the digits of a Confirmation ID', () => {
  it('go into the one item that waits for the machine, and nowhere else, whatever happens', async () => {
    listen();
    const next = random(SEED);
    let kept = 0;
    for (let at = 0; at < 300; at += 1) {
      const groups = Array.from({ length: 8 }, () => String(100_000 + whole(next, 899_999)));
      const secret: MadeUp = { what: 'Confirmation ID', value: groups.join('-'), groups };
      const which = `seed ${SEED}, case ${at}`;
      outside.parameters.clear();
      outside.callbacks.set('cb-1', undefined);
      outside.statuses.set(ID, JSON.stringify(WAITS));
      outside.state.refusals = {};
      pick(next, TROUBLES)(groups.join(''));
      const asTyped = pick(next, [groups, [groups.join('-')], [groups.join(' ')], groups.slice(0, 7)]);
      const fields = Object.fromEntries(asTyped.map((group, place) => [`cid-${place + 1}`, group]));
      const metadata = JSON.stringify({ change: ID, attempt: 1, digest: DIGEST });

      const { statusCode, body } = await handler(submission('phone_confirmation', metadata, fields));

      expect(statusCode, which).toBe(200);
      expect(holds(body + left(), secret), which).toBe(false);
      for (const group of groups) expect(body, which).not.toContain(group);
      const items = [...outside.parameters.values()];
      if (items.length > 0) kept += 1;
      expect([[], [confirmationName(ID, 1)]], which).toContainEqual([...outside.parameters.keys()]);
      if (items.length > 0) expect(items[0]?.Value, which).toBe(groups.join(''));
    }
    outside.state.refusals = {};
    expect(kept).toBeGreaterThan(50);
  });
});
