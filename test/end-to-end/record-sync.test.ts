/** Name servers that have a record late, and a Route 53 that is busy: waited out, told, and ended right. */
import { ChangeResourceRecordSetsCommand } from '@aws-sdk/client-route-53';
import { afterEach, describe, expect, it } from 'vitest';
import type { Lab } from '../lab/lab.ts';
import { remoteLab } from '../lab/remote-lab.ts';
import { auditOf, cardWith, labForAll, newest, pressOnly, type } from './support/changes.ts';
import { administrator, answered, BATCH, putAtName, srvIn, takenIn, txtIn, zoneNamed } from './support/records.ts';

const DOMAIN = 'branch.example';
const COMMAND = `dns add ${DOMAIN} kms-01.corp.example`;
const ADDED = '0 0 1688 kms-01.corp.example.';
const ANSWER_LOST = { fault: 'aws-answer-lost', service: 'route53', operation: 'ChangeResourceRecordSets', times: 1 };

let lab: Lab;

labForAll((started) => {
  lab = started;
});

afterEach(() => {
  lab.faults.clear();
  putAtName(lab, DOMAIN, []);
});

const slow = (seconds: number, busySeconds = 1): void => {
  lab.faults.add({ fault: 'route53-slow', target: DOMAIN, seconds, busySeconds });
};

/** Asks, and has it approved without letting time run. */
const begin = async (): Promise<void> => {
  await type(lab, 'aiko', COMMAND);
  lab.wire.clear();
  await pressOnly(lab, 'ken', 'approve', cardWith(lab, 'approve'));
};

const settle = async (): Promise<void> => {
  await remoteLab(lab.url).settle();
};

/** Lets seconds go by until the message says this. */
const untilTold = async (text: string): Promise<void> => {
  for (let seconds = 0; !newest(lab).includes(text); seconds += 1) {
    if (seconds > 120) throw new Error(`It says: ${newest(lab)}`);
    await lab.clock.advance(1000);
  }
};

/** Seconds between Route 53 taking the batch and the last entry of the audit. */
const secondsToTheEnd = async (): Promise<number> => {
  const taken =
    lab.wire.read().exchanges.find(({ operation, status }) => operation === BATCH && status !== 400)?.at ?? 0;
  const ended = (await auditOf(lab)).at(-1);
  expect(ended).toMatchObject({ event: 'ended', detail: 'done' });
  return ((ended?.atMs ?? 0) - taken) / 1000;
};

const isThereOnce = (): void => {
  expect(srvIn(lab, DOMAIN)).toEqual([ADDED]);
  expect(txtIn(lab, DOMAIN)).toHaveLength(1);
};

/** What machines of the zone's network are given. */
const given = () => answered(lab, DOMAIN, zoneNamed(lab, DOMAIN).vpcs[0]);

/** Somebody makes another record in the zone. */
const makeOther = async (): Promise<void> => {
  const client = await administrator(lab);
  const set = { Name: `www2.${DOMAIN}`, Type: 'A' as const, TTL: 60, ResourceRecords: [{ Value: '10.40.30.81' }] };
  const ChangeBatch = { Changes: [{ Action: 'CREATE' as const, ResourceRecordSet: set }] };
  await client.send(new ChangeResourceRecordSetsCommand({ HostedZoneId: zoneNamed(lab, DOMAIN).id, ChangeBatch }));
};

describe('name servers that have a change', () => {
  it('after a minute and a half are waited for, and the message says so', async () => {
    slow(90);
    await begin();

    await untilTold('Written, waiting until every name server has it');
    expect(given()).toEqual([]);
    await settle();

    expect(newest(lab)).toContain(
      `✓ Added kms-01.corp.example to the KMS record of ${DOMAIN}, and every name server has it`,
    );
    expect(await secondsToTheEnd()).toBeGreaterThan(90);
    isThereOnce();
    expect(given()).toEqual([ADDED]);
  });

  it('after ten minutes are not waited for so long: the record is written, and the message says what is not known', async () => {
    slow(600);
    await begin();
    await settle();

    expect(newest(lab)).toMatch(/⚠ Added .*; that every name server has it is not confirmed yet/);
    expect(newest(lab)).toContain('I stopped waiting. See for yourself: /kms dns branch.example');
    expect(newest(lab)).toContain('[Undo]');
    const seconds = await secondsToTheEnd();
    expect(seconds).toBeGreaterThan(300);
    expect(seconds).toBeLessThan(330);
    isThereOnce();
  });

  it('late, when the answer to the batch was lost as well, cannot be followed, and the message says so', async () => {
    slow(90);
    lab.faults.add({ ...ANSWER_LOST });
    await begin();
    await settle();

    expect(newest(lab)).toMatch(/✓ Added .*, as the record itself shows: Route 53’s answer got lost/);
    expect(newest(lab)).toContain('Whether every name server has it cannot be followed this time');
    expect(await secondsToTheEnd()).toBeGreaterThan(60);
    expect(lab.wire.read().counts).toMatchObject({ [BATCH]: 1 });
    expect(lab.wire.read().counts).not.toHaveProperty('route53:GetChange');
    isThereOnce();
  });
});

describe('a Route 53 that still works on somebody else’s change of the zone', () => {
  it('is waited for: the bot’s is taken once, and the message says that Route 53 is busy', async () => {
    slow(30, 20);
    await type(lab, 'aiko', COMMAND);
    await makeOther();
    lab.wire.clear();
    await pressOnly(lab, 'ken', 'approve', cardWith(lab, 'approve'));

    await untilTold('Route 53 is busy');
    expect(srvIn(lab, DOMAIN)).toEqual([]);
    await settle();

    expect(newest(lab)).toContain('and every name server has it');
    await secondsToTheEnd();
    isThereOnce();
    expect(takenIn(lab, BATCH)).toBe(1);
    // Refused while it was busy, each time after a longer pause.
    expect(lab.wire.read().counts[BATCH]).toBeLessThan(10);
  });
});
