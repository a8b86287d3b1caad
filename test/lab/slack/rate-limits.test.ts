import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Fixture, startFixture, webClient } from './fixture.ts';

let lab: Fixture;
beforeEach(async () => {
  lab = await startFixture();
});
afterEach(() => lab.stop());

describe('budgets', () => {
  it('lets fifty edits a minute pass and refuses the next until the minute is over', async () => {
    const channel = lab.channel('kms-ops');
    const { ts = '' } = await lab.bot.chat.postMessage({ channel, text: 'x' });
    for (let edit = 1; edit <= 50; edit += 1) await lab.bot.chat.update({ channel, ts, text: `${edit}` });

    const refused = await lab.call('chat.update', { channel, ts, text: 'late' });
    await lab.clock.advance(refused.retryAfter * 1_000);
    const later = await lab.call('chat.update', { channel, ts, text: 'later' });

    expect(refused).toMatchObject({ status: 429, json: { ok: false, error: 'ratelimited' } });
    expect(refused.retryAfter).toBeLessThanOrEqual(60);
    expect(later.json.ok).toBe(true);
  });

  it('tolerates a burst of messages in a channel, then one a second', async () => {
    const statuses: number[] = [];
    for (let post = 1; post <= 12; post += 1)
      statuses.push((await lab.call('chat.postMessage', { channel: 'kms-ops', text: 'x' })).status);
    const elsewhere = await lab.call('chat.postMessage', { channel: 'kms-approvals', text: 'x' });
    await lab.clock.advance(1_000);
    const next = await lab.call('chat.postMessage', { channel: lab.channel('kms-ops'), text: 'x' });

    expect(statuses.slice(0, 10)).toEqual(Array(10).fill(200));
    expect(statuses.at(-1)).toBe(429);
    expect(elsewhere.status).toBe(200);
    expect(next.status).toBe(200);
  });

  it('counts the inspector apart from the bot', async () => {
    const inspector = webClient(lab.url, lab.workspace.inspectorToken);
    for (let look = 1; look <= 20; look += 1) await inspector.users.list({});

    await expect(inspector.users.list({})).rejects.toMatchObject({ retryAfter: expect.any(Number) });
    expect((await lab.bot.users.list({})).ok).toBe(true);
  });
});

describe('faults', () => {
  it('runs out of budget for as long as the fault says', async () => {
    lab.faults.push({ id: '1', fault: 'slack-429', method: 'auth.test', retryAfterSeconds: 30 });

    const first = await lab.call('auth.test', {});
    const other = await lab.call('users.info', { user: lab.person('ken') });
    await lab.clock.advance(30_000);
    const later = await lab.call('auth.test', {});

    expect(first).toMatchObject({ status: 429, retryAfter: 30 });
    expect(other.status).toBe(200);
    expect(later.status).toBe(200);
  });

  it('is not there while Slack is down', async () => {
    lab.faults.push({ id: '1', fault: 'slack-down' });

    const response = await fetch(`${lab.url}/api/auth.test`, { method: 'POST' });

    expect(response.status).toBe(503);
  });
});
