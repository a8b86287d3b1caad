/** Stored keys in the lab: fetched by machines with their own roles, installed, activated, counted, taken back. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Lab } from '../lab/lab.ts';
import { APPROVALS, auditOf, changeId, newest, nodeOf, ONE_MINUTE_MS, OPS, press, type } from './support/changes.ts';
import { approved, countedFor, keptAsIs, keyEnding, keyLabForAll, productOf, store } from './support/keys.ts';

let lab: Lab;
let putBack: () => void;

keyLabForAll((started) => {
  lab = started;
  store(lab, 'contoso-mak-2016', 'MK226', { kind: 'mak', group: '2016', edition: 'any' });
});

const MACHINES = ['web-01', 'web-02', 'web-03', 'app-01', 'app-02', 'db-01', 'db-02', 'build-9', 'kms-01'];

beforeEach(async () => {
  await lab.clock.advance(ONE_MINUTE_MS);
  putBack = keptAsIs(lab, ...MACHINES, 'onprem-sql-01', 'eval-01', 'vdi-02', 'eu-web-01', 'kiosk-01');
});

afterEach(() => {
  putBack();
  lab.faults.clear();
});

const asked = () => lab.wire.read().counts['ssm:SendCommand'] ?? 0;

describe('a MAK that is stored', () => {
  it.each([
    ['AWS Tools for PowerShell', 'web-01', 'contoso-mak-2022', 'MK223', 'AWS Tools for PowerShell'],
    ['its instance profile', 'web-02', 'contoso-mak-2022', 'MK223', 'a signed request with the instance’s role'],
    ['Default Host Management', 'db-01', 'contoso-mak-2019', 'MK224', 'a signed request with the agent’s role'],
    ['a hybrid activation', 'onprem-sql-01', 'contoso-mak-2019', 'MK224', 'a signed request with the agent’s role'],
  ])('is fetched by %s, installed and activated once somebody approved', async (_, machine, key, tail, way) => {
    const left = keyEnding(lab, tail).left;
    const before = productOf(lab, machine).partialKey;

    await type(lab, 'aiko', `key ${machine} ${key}`);
    expect(productOf(lab, machine).partialKey).toBe(before);
    expect(newest(lab, APPROVALS, 'ken')).toContain(`…${before}`);
    expect(newest(lab, APPROVALS, 'ken')).toContain(`…${tail}`);
    await press(lab, 'ken', 'approve');

    expect(productOf(lab, machine)).toMatchObject({ partialKey: tail, channel: 'Volume:MAK', status: 1 });
    expect(newest(lab)).toContain(`✓ Installed the stored key ${key} on ${machine}; it is permanently activated`);
    expect(newest(lab)).toContain(way);
    expect(keyEnding(lab, tail).left).toBe(left - 1);
    expect(await countedFor(lab, key)).toContain(machine);
  });

  it('is fetched in the account and region of a machine elsewhere', async () => {
    await approved(lab, 'key eu-web-01 contoso-mak-2022');

    expect(productOf(lab, 'eu-web-01')).toMatchObject({ partialKey: 'MK223', status: 1 });
    expect(await countedFor(lab, 'contoso-mak-2022', 'frankfurt')).toEqual(['eu-web-01']);
  });

  it('gives way to the public key that was there, which activates as before', async () => {
    const before = productOf(lab, 'web-02').partialKey;
    await approved(lab, 'key web-02 contoso-mak-2022');

    await approved(lab, `undo ${changeId(lab)}`);

    expect(productOf(lab, 'web-02')).toMatchObject({ partialKey: before, channel: 'Volume:GVLK', status: 1 });
  });

  it('that is there and activated is left alone, and counted no second time', async () => {
    await approved(lab, 'key web-02 contoso-mak-2022');
    const left = keyEnding(lab, 'MK223').left;
    const counted = await countedFor(lab, 'contoso-mak-2022');

    await type(lab, 'aiko', 'key web-02 contoso-mak-2022');

    expect(newest(lab)).toMatch(/^✓ Nothing to do/);
    expect(keyEnding(lab, 'MK223').left).toBe(left);
    expect(await countedFor(lab, 'contoso-mak-2022')).toEqual(counted);
  });
});

const DHM_ROLE = 'AWSSystemsManagerDefaultEC2InstanceManagementRole';

describe('a machine whose role may not read the key', () => {
  it.each([
    ['instance profile', 'app-02', 'contoso-mak-2016', 'app-without-keys', 'secretsmanager:GetSecretValue'],
    ['role of Default Host Management', 'app-01', 'contoso-mak-2022', DHM_ROLE, 'secretsmanager:GetSecretValue'],
  ])('is left alone beforehand, with the right, the policy and its %s named', async (_, machine, key, role, need) => {
    const before = productOf(lab, machine).partialKey;

    await type(lab, 'aiko', `key ${machine} ${key}`);

    const message = newest(lab);
    expect(message).toContain(`Nothing was changed on ${machine}`);
    for (const named of [need, role, 'KmsBotNodeSecrets-tokyo']) expect(message).toContain(named);
    expect(productOf(lab, machine).partialKey).toBe(before);
    expect((await auditOf(lab)).at(-1)).toMatchObject({ event: 'ended', detail: 'nothing-to-do' });
  });
});

describe('a key that Microsoft refuses', () => {
  it.each([
    ['blocked', 'contoso-mak-blocked', '0xC004C003'],
    ['used up', 'contoso-mak-empty', '0xC004C020'],
  ])('because it is %s is told by its code, not counted, and can be taken back', async (_, key, code) => {
    const before = productOf(lab, 'web-02').partialKey;

    const message = await approved(lab, `key web-02 ${key}`);

    expect(message).toContain(code);
    expect(message).toContain('the licence owner acts');
    expect(await countedFor(lab, key)).toEqual([]);
    await approved(lab, `undo ${changeId(lab)}`);
    expect(productOf(lab, 'web-02')).toMatchObject({ partialKey: before, status: 1 });
  });
});

describe('a key that cannot be meant', () => {
  it.each([
    ['of another Windows', 'web-03', 'contoso-mak-2022', 'the MAK is for Windows Server 2022'],
    ['of another edition', 'web-02', 'contoso-mak-2022-dc', 'ServerDatacenter'],
    ['that is no key', 'web-02', 'contoso-malformed', 'is no product key'],
    ['of KMS hosts', 'web-02', 'contoso-host-2022', '/kms host … setup'],
    ['on a KMS host', 'kms-01', 'contoso-mak-2022', 'kms-01'],
    ['on an evaluation edition', 'eval-01', 'contoso-mak-2022', 'DISM /online /Set-Edition'],
  ])('%s is refused before anybody is asked to approve', async (_, machine, key, said) => {
    const before = productOf(lab, machine).partialKey;

    await type(lab, 'aiko', `key ${machine} ${key}`);

    expect(newest(lab)).toContain(said);
    expect(newest(lab)).toContain('Nothing was changed');
    expect(productOf(lab, machine).partialKey).toBe(before);
  });

  it.each([
    ['that nobody stored', 'contoso-nothing', 'no key is stored as contoso-nothing in tokyo'],
    ['without tags', 'contoso-untagged', 'the tag kind is missing'],
  ])('%s is refused before any machine is asked to fetch it', async (_, key, said) => {
    lab.wire.clear();

    await type(lab, 'aiko', `key web-02 ${key}`);

    expect(newest(lab)).toContain(said);
    expect(asked()).toBe(0);
  });

  it('that somebody types is refused without being repeated', async () => {
    const typed = keyEnding(lab, 'MK223').key;

    const { acknowledged } = await type(lab, 'aiko', `key web-02 ${typed}`);

    expect(acknowledged).not.toBe('');
    expect(acknowledged).not.toContain(typed.slice(0, 11));
    expect(lab.workspace.everything()).not.toContain(typed);
  });
});

describe('a machine without internet', () => {
  it('keeps the key, and the message offers to activate it by phone', async () => {
    const message = await approved(lab, 'key web-03 contoso-mak-2019');

    expect(productOf(lab, 'web-03')).toMatchObject({ partialKey: 'MK224', channel: 'Volume:MAK', status: 2 });
    expect(message).toContain('0x80072EE7');
    expect(await countedFor(lab, 'contoso-mak-2019')).not.toContain('web-03');
    await press(lab, 'aiko', 'fix', OPS);
    expect(newest(lab)).toMatch(/An approver has to agree by .* before I activate web-03 by phone/);
    await press(lab, 'aiko', 'cancel-change', OPS);
  });
});

describe('a key for many machines', () => {
  it('goes out in waves, leaves out who cannot fetch it, and is counted once for each', async () => {
    const counted = await countedFor(lab, 'contoso-mak-2022');
    const left = keyEnding(lab, 'MK223').left;
    lab.wire.clear();

    const message = await approved(lab, 'key web-01,web-02,db-02,app-01 contoso-mak-2022');

    expect(['web-01', 'web-02', 'db-02'].map((name) => productOf(lab, name).status)).toEqual([1, 1, 1]);
    expect(productOf(lab, 'app-01').channel).toBe('Volume:GVLK');
    expect(message).toContain('app-01');
    expect(keyEnding(lab, 'MK223').left).toBe(left - 3);
    expect(await countedFor(lab, 'contoso-mak-2022')).toEqual([...counted, 'db-02', 'web-01', 'web-02'].sort());
  });

  it('pauses where one could not be activated, and goes on when told to', async () => {
    const names = ['build-9', 'web-01', 'web-02', 'db-02'];
    const online = names.map((name) => nodeOf(lab, name).internet);
    for (const name of names) nodeOf(lab, name).internet = false;

    await approved(lab, `key ${names.join(',')} contoso-mak-2022`);

    const installed = () => names.filter((name) => productOf(lab, name).partialKey === 'MK223');
    expect(installed()).toHaveLength(1);
    await press(lab, 'aiko', 'go-on', OPS);
    expect(installed()).toHaveLength(2);
    await press(lab, 'aiko', 'go-on', OPS);
    expect(installed()).toHaveLength(names.length);
    expect(newest(lab)).toContain('0x80072EE7');
    for (const [at, name] of names.entries()) Object.assign(nodeOf(lab, name), { internet: online[at] });
  });
});
