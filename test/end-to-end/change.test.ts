/** Every command that changes a machine, in the lab: what people read, what the machine is then, and what stays on record. */
import { afterEach, describe, expect, it } from 'vitest';
import type { Lab } from '../lab/lab.ts';
import { remoteLab } from '../lab/remote-lab.ts';
import {
  APPROVALS,
  auditOf,
  cardWith,
  changeId,
  DEAD_HOST,
  labForAll,
  newest,
  nodeOf,
  OPS,
  PLAIN,
  pin,
  press,
  pressOnly,
  type,
  whispered,
  windowsOf,
} from './support/changes.ts';

let lab: Lab;

labForAll((started) => {
  lab = started;
});

afterEach(() => lab.faults.clear());

const productOf = (name: string) => windowsOf(lab, name).products.find(({ app }) => app === 'windows');

describe('a command that changes a machine', () => {
  it('activates', async () => {
    lab.faults.add({ fault: 'machine-expired', target: 'web-02' });

    const { acknowledged, settled } = await type(lab, 'aiko', 'activate web-02');

    expect(acknowledged).toContain('web-02');
    expect(settled).toBe(true);
    expect(productOf('web-02')?.status).toBe(1);
    expect(newest(lab)).toMatch(/web-02/);
  });

  it('sends back to discovery, activates, and is undone', async () => {
    pin(lab, 'web-03');

    await type(lab, 'aiko', 'discover web-03');
    expect(windowsOf(lab, 'web-03').kmsHost).toBe('');
    expect(productOf('web-03')?.status).toBe(1);

    await type(lab, 'aiko', `undo ${changeId(lab)}`);
    expect(windowsOf(lab, 'web-03').kmsHost).toBe(DEAD_HOST);
  });

  it.each([
    ['kms-01.corp.example', 'kms-01.corp.example', 0],
    ['kms-01.corp.example:1688', 'kms-01.corp.example', 1688],
    ['10.20.1.10', '10.20.1.10', 0],
    ['kms-01', 'kms-01', 0],
    ['[fd00::10]:1689', '[fd00::10]', 1689],
  ])('points to %s', async (typed, host, port) => {
    await type(lab, 'aiko', `point app-01 ${typed}`);

    expect(windowsOf(lab, 'app-01')).toMatchObject({ kmsHost: host, kmsPort: port });
    await type(lab, 'aiko', 'discover app-01');
  });

  it.each([
    ['type kms', () => productOf('app-02')?.activationTypeEnabled, 2],
    ['type auto', () => productOf('app-02')?.activationTypeEnabled, 0],
    ['lookup lab.example', () => windowsOf(lab, 'app-02').lookupDomain, 'lab.example'],
    ['lookup none', () => windowsOf(lab, 'app-02').lookupDomain, ''],
    ['caching off', () => windowsOf(lab, 'app-02').hostCaching, false],
    ['caching on', () => windowsOf(lab, 'app-02').hostCaching, true],
  ])('sets %s', async (words, read, expected) => {
    await type(lab, 'aiko', `set app-02 ${words}`);

    expect(read()).toBe(expected);
  });

  it('empties the resolver cache, and says that nothing of it is left to see', async () => {
    await type(lab, 'aiko', 'set app-02 flushdns');

    expect(newest(lab)).toMatch(/app-02/);
    expect((await auditOf(lab)).at(-1)).toMatchObject({ event: 'ended', detail: 'done: done 1, not done 0' });
  });

  it('installs the public key of the edition in place of a wrong one', async () => {
    lab.faults.add({ fault: 'key-wrong', target: 'db-02' });
    const wrong = productOf('db-02')?.partialKey;

    await type(lab, 'aiko', 'key db-02 gvlk');

    expect(productOf('db-02')).toMatchObject({ status: 1 });
    expect(productOf('db-02')?.partialKey).not.toBe(wrong);
  });

  it('tests the route by name and by address, and leaves the machine as it was', async () => {
    const before = JSON.stringify(windowsOf(lab, 'fileserver-07').kmsHost);

    await type(lab, 'aiko', 'test fileserver-07 kms-01.corp.example');

    expect(JSON.stringify(windowsOf(lab, 'fileserver-07').kmsHost)).toBe(before);
    expect(newest(lab)).toMatch(/SRV/);
  });

  it('points to Amazon only a machine whose licence is included', async () => {
    await type(lab, 'aiko', 'point print-01 amazon');

    expect(windowsOf(lab, 'print-01').kmsHost).toBe('');
    expect((await auditOf(lab)).at(-1)?.detail).toBe('nothing-to-do');
  });
});

describe('a change of twelve machines', () => {
  const names = PLAIN.join(' ');

  it('is approved by a second person, activates them, and is undone on request', async () => {
    pin(lab, ...PLAIN);

    await type(lab, 'aiko', `discover ${names}`);
    expect(windowsOf(lab, 'web-02').kmsHost).toBe(DEAD_HOST);
    expect(newest(lab, APPROVALS, 'ken')).toContain(DEAD_HOST);
    await press(lab, 'ken', 'approve');

    expect(PLAIN.map((name) => windowsOf(lab, name).kmsHost)).toEqual(PLAIN.map(() => ''));
    expect(PLAIN.map((name) => productOf(name)?.status)).toEqual(PLAIN.map(() => 1));
    await type(lab, 'aiko', `undo ${changeId(lab)}`);
    await press(lab, 'daniel', 'approve');
    expect(PLAIN.map((name) => windowsOf(lab, name).kmsHost)).toEqual(PLAIN.map(() => DEAD_HOST));
  });

  it('takes one approval of a hundred that come at once, and answers each click', async () => {
    pin(lab, ...PLAIN);
    await type(lab, 'aiko', `discover ${names}`);
    lab.wire.clear();
    const card = cardWith(lab, 'approve');

    await Promise.all(
      Array.from({ length: 100 }, (_, n) => pressOnly(lab, n % 2 === 0 ? 'ken' : 'daniel', 'approve', card)),
    );
    await remoteLab(lab.url).settle();

    const approvals = (await auditOf(lab)).filter(({ event }) => event === 'approved');
    const change = (await auditOf(lab)).at(-1)?.change;
    expect(approvals.filter((entry) => entry.change === change)).toHaveLength(1);
    expect(PLAIN.map((name) => windowsOf(lab, name).kmsHost)).toEqual(PLAIN.map(() => ''));
    const said = lab.workspace.messages('ken', APPROVALS).filter(({ ephemeral }) => ephemeral);
    expect(said.length).toBeGreaterThanOrEqual(50);
  }, 60_000);

  it.each([
    ['the person who asked', 'ken', 'ken', 'self-approval'],
    ['somebody who may not approve', 'aiko', 'aiko', 'self-approval'],
  ])('is not approved by %s, who is told why', async (_, asker, presser, why) => {
    pin(lab, ...PLAIN);
    await type(lab, asker, `discover ${names}`);

    await press(lab, presser, 'approve');

    expect(windowsOf(lab, 'web-02').kmsHost).toBe(DEAD_HOST);
    expect(whispered(lab, presser)).not.toBe('');
    expect((await auditOf(lab)).filter(({ event }) => event === 'denied').at(-1)).toMatchObject({ detail: why });
    await press(lab, presser, 'cancel-change', OPS);
  });

  it('expires, and the card says so', async () => {
    pin(lab, ...PLAIN);
    await type(lab, 'aiko', `discover ${names}`);

    await remoteLab(lab.url).call('POST', '/lab/clock', { advance: 'PT9H' });
    await remoteLab(lab.url).settle();

    expect((await auditOf(lab)).at(-1)).toMatchObject({ event: 'ended', detail: 'expired' });
    expect(() => cardWith(lab, 'approve')).toThrow();
  });
});

describe('somebody who may not change anything', () => {
  it.each([
    ['emma', 'who may only look'],
    ['mika', 'who has no right at all'],
    ['nora', 'a guest'],
  ])('%s, %s, is refused at once, and it is kept', async (user) => {
    const before = (await auditOf(lab)).length;

    const { acknowledged } = await type(lab, user, 'discover web-02');

    expect(acknowledged).not.toBe('');
    const fresh = (await auditOf(lab)).slice(before);
    expect(fresh.map(({ event }) => event)).toEqual(['denied']);
  });

  it('in a channel that is shared with another workspace, an operator neither', async () => {
    const { acknowledged } = await type(lab, 'aiko', 'discover web-02', 'kms-partners');

    expect(acknowledged).not.toBe('');
    expect((await auditOf(lab)).at(-1)).toMatchObject({ event: 'denied' });
  });

  it('mika may not look either', async () => {
    lab.wire.clear();

    await type(lab, 'mika', 'check all');

    expect(lab.wire.read().counts['ssm:SendCommand'] ?? 0).toBe(0);
  });
});

it('every put to the audit is on condition that nothing is there', async () => {
  expect((await auditOf(lab)).length).toBeGreaterThan(20);
  await type(lab, 'emma', 'audit verify');
  expect(newest(lab, OPS, 'emma')).toMatch(/\d+/);
  expect(nodeOf(lab, 'web-02').name).toBe('web-02');
});
