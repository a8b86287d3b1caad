/** Activation by phone in the lab: what is read out to whom, what comes back, and what is gone afterwards. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Lab } from '../lab/lab.ts';
import { remoteLab } from '../lab/remote-lab.ts';
import type { UserGroup } from '../lab/slack/types.ts';
import { auditOf, cardWith, newest, ONE_MINUTE_MS, OPS, press, pressOnly, whispered } from './support/changes.ts';
import { approved, countedFor, keptAsIs, keyLabForAll, productOf } from './support/keys.ts';
import {
  callMicrosoft,
  closeWindows,
  confirmationsIn,
  openWindow,
  submit,
  submitOnly,
  waitingForCall,
  windowOf,
  withMak,
} from './support/phone.ts';

let lab: Lab;
let putBack: () => void;

keyLabForAll((started) => {
  lab = started;
});

beforeEach(async () => {
  await lab.clock.advance(ONE_MINUTE_MS);
  putBack = keptAsIs(lab, 'web-02', 'web-03', 'build-9', 'print-01', 'app-02');
});

afterEach(async () => {
  putBack();
  await closeWindows(lab);
  lab.faults.clear();
});

/** The same digits but for one. */
const misheard = ([first = '', ...rest]: readonly string[]): readonly string[] => [
  first,
  ...rest.slice(0, -1),
  (rest.at(-1) ?? '').replace(/\d$/, (digit) => String((Number(digit) + 1) % 10)),
];

describe('a machine whose stored key could not be activated for want of internet', () => {
  it('is activated by phone from the button of the message, and counted for its key', async () => {
    await approved(lab, 'key web-03 contoso-mak-2019');
    await press(lab, 'aiko', 'fix', OPS);
    await press(lab, 'ken', 'approve');

    const { groups } = await openWindow(lab, 'aiko');
    await submit(lab, 'aiko', await callMicrosoft(lab, groups));

    expect(groups).toHaveLength(9);
    expect(productOf(lab, 'web-03')).toMatchObject({ partialKey: 'MK224', status: 1 });
    expect(newest(lab)).toMatch(/^✓ .*web-03/);
    expect(await countedFor(lab, 'contoso-mak-2019')).toEqual(['web-03']);
    expect(confirmationsIn(lab)).toEqual([]);
  });
});

describe('the Installation ID', () => {
  it('stands in the window of whoever may change the machine, with where to call, and in no message', async () => {
    const message = await waitingForCall(lab, 'web-02');
    const { groups, text } = await openWindow(lab, 'daniel');

    expect(groups.map((group) => group.length)).toEqual(Array(9).fill(7));
    expect(text).toContain('+1-555-0100');
    expect(message).toContain('web-02');
    const said = lab.workspace.everything();
    for (const form of [groups.join(''), groups.join('-'), groups.join('   ')]) expect(said).not.toContain(form);
    await press(lab, 'aiko', 'cancel-change', OPS);
  });

  it.each([
    ['emma', 'who may only look'],
    ['nora', 'a guest'],
    ['mika', 'who has no right'],
  ])('is not shown to %s, %s', async (user) => {
    await waitingForCall(lab, 'web-02');

    await pressOnly(lab, user, 'phone_open', cardWith(lab, 'phone_open', OPS, user));
    await remoteLab(lab.url).settle();

    await expect(windowOf(lab, user)).rejects.toThrow(/nothing is open/);
    expect(whispered(lab, user, OPS)).not.toBe('');
    expect((await auditOf(lab)).at(-1)).toMatchObject({ event: 'denied' });
    await press(lab, 'aiko', 'cancel-change', OPS);
  });

  it('is not shown any more to somebody whose right was taken meanwhile', async () => {
    await waitingForCall(lab, 'web-02');
    const group = lab.workspace.userGroups.find(({ handle }) => handle === 'kms-operators') as UserGroup | undefined;
    const members = group?.userIds ?? [];
    const daniel = lab.workspace.people.find(({ name }) => name === 'daniel')?.id ?? '';
    Object.assign(group ?? {}, { userIds: members.filter((id) => id !== daniel) });
    await lab.clock.advance(5 * 60_000);

    await pressOnly(lab, 'daniel', 'phone_open', cardWith(lab, 'phone_open', OPS, 'daniel'));
    await remoteLab(lab.url).settle();

    await expect(windowOf(lab, 'daniel')).rejects.toThrow(/nothing is open/);
    Object.assign(group ?? {}, { userIds: members });
    await lab.clock.advance(5 * 60_000);
    await press(lab, 'aiko', 'cancel-change', OPS);
  });

  it('of Windows Server 2012 R2 has groups of six digits', async () => {
    await waitingForCall(lab, 'print-01');

    const { groups } = await openWindow(lab, 'daniel');
    await submit(lab, 'daniel', [(await callMicrosoft(lab, groups)).join('')]);

    expect(groups.map((group) => group.length)).toEqual(Array(9).fill(6));
    expect(productOf(lab, 'print-01').status).toBe(1);
  });
});

describe('a Confirmation ID', () => {
  it('may be typed by another operator than who asked, whom the audit names', async () => {
    await waitingForCall(lab, 'web-02');
    const groups = await callMicrosoft(lab, (await openWindow(lab, 'aiko')).groups);

    expect((await openWindow(lab, 'daniel')).groups).toHaveLength(9);
    await submit(lab, 'daniel', groups);

    expect(productOf(lab, 'web-02').status).toBe(1);
    const daniel = lab.workspace.people.find(({ name }) => name === 'daniel')?.id;
    expect((await auditOf(lab)).filter(({ event }) => event === 'resumed').at(-1)).toMatchObject({ userId: daniel });
    expect((await windowOf(lab, 'daniel')).text).toContain('Taken. The machine fetches the Confirmation ID now');
    expect(confirmationsIn(lab)).toEqual([]);
  });

  it('with a group too short or not of digits is told below its field, and nothing is sent', async () => {
    await waitingForCall(lab, 'web-02');
    const [first = '', second = '', third = '', ...others] = await callMicrosoft(
      lab,
      (await openWindow(lab, 'daniel')).groups,
    );

    await submit(lab, 'daniel', [first, second.slice(1), `${third.slice(0, 5)}O`, ...others]);

    const { errors } = await windowOf(lab, 'daniel');
    expect(errors).toEqual({
      'cid-2': 'This group has fewer than six digits.',
      'cid-3': 'Digits only, six of them.',
    });
    expect(confirmationsIn(lab)).toEqual([]);
    await submit(lab, 'daniel', [first, second, third, ...others]);
    expect(productOf(lab, 'web-02').status).toBe(1);
  });

  it('with a wrong digit is told with what Windows says, and the next attempt succeeds', async () => {
    await waitingForCall(lab, 'web-02');
    const right = await callMicrosoft(lab, (await openWindow(lab, 'daniel')).groups);

    await submit(lab, 'daniel', misheard(right));
    expect(newest(lab)).toContain('The Confirmation ID for web-02 was not taken');
    expect(newest(lab)).toContain('0xC004F04D');
    expect(newest(lab)).toContain('attempt 2 of 5');
    const again = await openWindow(lab, 'daniel');
    await submit(lab, 'daniel', await callMicrosoft(lab, again.groups));

    expect(productOf(lab, 'web-02').status).toBe(1);
    expect(confirmationsIn(lab)).toEqual([]);
  });

  it('of another machine is not taken', async () => {
    await waitingForCall(lab, 'build-9');
    const others = await callMicrosoft(lab, (await openWindow(lab, 'daniel')).groups);
    await press(lab, 'aiko', 'cancel-change', OPS);
    await closeWindows(lab);
    await lab.clock.advance(ONE_MINUTE_MS);
    await waitingForCall(lab, 'web-02');
    await openWindow(lab, 'daniel');

    await submit(lab, 'daniel', others);

    expect(productOf(lab, 'web-02').status).not.toBe(1);
    expect(newest(lab)).toContain('The Confirmation ID for web-02 was not taken');
    expect(confirmationsIn(lab)).toEqual([]);
    await press(lab, 'aiko', 'cancel-change', OPS);
  });

  it('is not deposited where the Installation ID is another one by then, which is read out anew', async () => {
    await waitingForCall(lab, 'web-02');
    const first = await openWindow(lab, 'daniel');
    const old = await callMicrosoft(lab, first.groups);
    productOf(lab, 'web-02').id = '00000000-1111-4222-8333-444444444444';

    await submit(lab, 'daniel', old);

    expect(productOf(lab, 'web-02').status).not.toBe(1);
    expect(newest(lab)).toContain('its Installation ID is another one by now');
    const second = await openWindow(lab, 'daniel');
    expect(second.groups).not.toEqual(first.groups);
    await submit(lab, 'daniel', await callMicrosoft(lab, second.groups));
    expect(productOf(lab, 'web-02').status).toBe(1);
  });

  it('is not deposited where the key is another one by then, and the change ends', async () => {
    await waitingForCall(lab, 'web-02');
    const old = await callMicrosoft(lab, (await openWindow(lab, 'daniel')).groups);
    withMak(lab, 'web-02', 'MK2YY');

    await submit(lab, 'daniel', old);

    expect(productOf(lab, 'web-02').status).not.toBe(1);
    expect(newest(lab)).toMatch(/^⚠ .*web-02/);
    expect(confirmationsIn(lab)).toEqual([]);
  });

  it('is not waited for longer than an approval would be', async () => {
    await waitingForCall(lab, 'web-02');

    await remoteLab(lab.url).call('POST', '/lab/clock', { advance: 'PT9H' });
    await remoteLab(lab.url).settle();

    expect((await auditOf(lab)).at(-1)).toMatchObject({ event: 'ended', detail: expect.stringContaining('expired') });
    expect(() => cardWith(lab, 'phone_open', OPS, 'daniel')).toThrow();
  });

  it('is not waited for any more once somebody cancelled, and a window that is still open says so', async () => {
    await waitingForCall(lab, 'web-02');
    const groups = await callMicrosoft(lab, (await openWindow(lab, 'daniel')).groups);

    await press(lab, 'aiko', 'cancel-change', OPS);
    await submit(lab, 'daniel', groups);

    expect((await auditOf(lab)).at(-1)).toMatchObject({ event: 'ended', detail: expect.stringContaining('cancelled') });
    expect((await windowOf(lab, 'daniel')).text).toContain('does not wait for a Confirmation ID any more');
    expect(productOf(lab, 'web-02').status).not.toBe(1);
    expect(confirmationsIn(lab)).toEqual([]);
  });

  it('that twenty submit at once is deposited once', async () => {
    await waitingForCall(lab, 'web-02');
    const callers = ['aiko', 'ken', 'daniel'];
    const groups = await callMicrosoft(lab, (await openWindow(lab, 'aiko')).groups);
    for (const caller of callers.slice(1)) await openWindow(lab, caller);
    lab.wire.clear();

    await Promise.allSettled(
      Array.from({ length: 20 }, (_, at) => submitOnly(lab, callers[at % callers.length] ?? '', groups)),
    );
    await remoteLab(lab.url).settle();

    expect(productOf(lab, 'web-02').status).toBe(1);
    const { exchanges } = lab.wire.read();
    const puts = exchanges.filter(({ operation, status }) => operation === 'ssm:PutParameter' && status === 200);
    const sent = exchanges.filter(({ operation, from }) => operation === 'ssm:SendCommand' && from !== 'slack');
    expect(puts).toHaveLength(1);
    expect(sent.length).toBeLessThanOrEqual(2);
    expect((await auditOf(lab)).filter(({ event }) => event === 'resumed').at(-1)?.change).toBe(
      (await auditOf(lab)).at(-1)?.change,
    );
    expect(confirmationsIn(lab)).toEqual([]);
  });

  it('whose machine may not fetch it is told with the right that is missing, and is gone', async () => {
    await waitingForCall(lab, 'app-02');
    const groups = await callMicrosoft(lab, (await openWindow(lab, 'daniel')).groups);

    await submit(lab, 'daniel', groups);

    expect(productOf(lab, 'app-02').status).not.toBe(1);
    for (const named of ['ssm:GetParameter', 'app-without-keys', 'KmsBotNodeSecrets-tokyo'])
      expect(newest(lab)).toContain(named);
    expect(confirmationsIn(lab)).toEqual([]);
  });
});
