/** Each right that only stored keys and calls need is taken away once through a whole change, and the message names it. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Lab } from '../lab/lab.ts';
import { newest, ONE_MINUTE_MS, OPS, press, type } from './support/changes.ts';
import { keptAsIs, keyLabForAll, productOf } from './support/keys.ts';
import {
  callMicrosoft,
  closeWindows,
  confirmationsIn,
  openWindow,
  submit,
  waitingForCall,
  windowOf,
} from './support/phone.ts';
import { KEY_RIGHTS, takeAway } from './support/rights.ts';

let lab: Lab;
let putBack: () => void;
let giveBack: () => void;

keyLabForAll((started) => {
  lab = started;
});

beforeEach(async () => {
  await lab.clock.advance(ONE_MINUTE_MS);
  putBack = keptAsIs(lab, 'web-02', 'eu-web-01');
  giveBack = () => {};
});

afterEach(async () => {
  giveBack();
  putBack();
  await closeWindows(lab);
});

/** A machine of the site that the holder works in. */
const machineOf = (holder: string): string => (holder === 'change' ? 'web-02' : 'eu-web-01');

const called = async (machine: string): Promise<void> => {
  await waitingForCall(lab, machine);
  const { groups } = await openWindow(lab, 'daniel');
  await submit(lab, 'daniel', await callMicrosoft(lab, groups));
};

/** Asks for a key that nobody stored: then every store is listed. */
const searched = (machine: string) => type(lab, 'aiko', `key ${machine} contoso-nothing`);
/** Asks for one that each store is asked for. */
const looked = (machine: string) =>
  type(lab, 'aiko', `key ${machine} ${machine === 'web-02' ? 'contoso-mak-2019' : 'contoso-mak-2022'}`);

type Change = (machine: string) => Promise<unknown>;

const CHANGES: Readonly<Record<string, Change>> = {
  'ListStoredKeys secretsmanager:ListSecrets': searched,
  'ListStoredKeys ssm:DescribeParameters': looked,
  'DescribeStoredKeys secretsmanager:DescribeSecret': looked,
  'ReadTagsOfStoredKeys ssm:ListTagsForResource': looked,
  'LookAfterConfirmations ssm:ListTagsForResource': called,
  'KeepConfirmations ssm:PutParameter': called,
};

const named = KEY_RIGHTS.filter(([, sid, action]) => `${sid} ${action}` in CHANGES);

describe('a change whose function lacks a right', () => {
  it.each(named)('as %s without %s %s says which, and changes nothing', async (holder, sid, action) => {
    const machine = machineOf(holder);
    const before = productOf(lab, machine).partialKey;
    giveBack = takeAway(lab, holder, sid, action);

    await CHANGES[`${sid} ${action}`]?.(machine);

    expect(newest(lab)).toContain(action);
    expect(newest(lab)).toMatch(/^⚠/);
    expect(productOf(lab, machine).channel === 'Volume:MAK' && productOf(lab, machine).status === 1).toBe(false);
    expect([before, 'MK2ZZ']).toContain(productOf(lab, machine).partialKey);
  });

  it('to bring a Confirmation ID to another account says which', async () => {
    giveBack = takeAway(lab, 'change', 'BringConfirmationsElsewhere', 'ssm:GetParameter');

    await called('eu-web-01');

    expect(newest(lab)).toContain('ssm:GetParameter');
    expect(productOf(lab, 'eu-web-01').status).not.toBe(1);
    expect(confirmationsIn(lab)).toEqual([]);
  });
});

describe('a Confirmation ID', () => {
  it.each([
    ['change', 'tokyo'],
    ['change-site-frankfurt', 'frankfurt'],
  ])('that %s may not take away activates all the same, and is gone by itself after a day', async (holder, site) => {
    giveBack = takeAway(lab, holder, 'LookAfterConfirmations', 'ssm:DeleteParameter');

    await called(machineOf(holder));

    expect(productOf(lab, machineOf(holder)).status).toBe(1);
    expect(confirmationsIn(lab, site)).toHaveLength(1);
    await lab.clock.advance(25 * 60 * ONE_MINUTE_MS);
    expect(confirmationsIn(lab, site)).toEqual([]);
  });

  it('that Slack’s function may not keep is not taken, and the window says which right it lacks', async () => {
    await waitingForCall(lab, 'web-02');
    const { groups } = await openWindow(lab, 'daniel');
    giveBack = takeAway(lab, 'slack', 'KeepConfirmations', 'ssm:PutParameter');

    await submit(lab, 'daniel', await callMicrosoft(lab, groups));

    expect((await windowOf(lab, 'daniel')).errors['cid-1']).toContain('ssm:PutParameter');
    await press(lab, 'aiko', 'cancel-change', OPS);
  });

  it('is brought to another account, and gone from both afterwards', async () => {
    await called('eu-web-01');

    expect(productOf(lab, 'eu-web-01').status).toBe(1);
    expect(confirmationsIn(lab)).toEqual([]);
    expect(confirmationsIn(lab, 'frankfurt')).toEqual([]);
  });
});
