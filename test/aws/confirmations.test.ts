import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { confirmationWriter } from '../../bot/aws/confirmation-writer.ts';
import { ssmConfirmations } from '../../bot/aws/confirmations.ts';
import { signedFetch } from '../../bot/aws/signed-fetch.ts';
import { confirmationName } from '../../bot/domain/change/phone.ts';
import { failureOf } from '../../bot/errors.ts';
import { FRANKFURT, TOKYO } from '../lab/aws/accounts-under-test.ts';
import { frankfurt, type KeySites, startKeySites } from './support/key-sites.ts';

const NAME = confirmationName('c4k7m2q9xd', 1);
/** Well-formed and made up. */
const DIGITS = '111111222222333333444444555555666666777777888888';
const OTHER_DIGITS = '999999222222333333444444555555666666777777888888';
const HOUR_MS = 3_600_000;

let sites: KeySites;

beforeEach(async () => {
  sites = await startKeySites();
});

afterEach(() => sites.lab.close());

const confirmations = () =>
  ssmConfirmations({ clientsOf: sites.clientsOf, home: TOKYO, clock: sites.lab.clock.now, functionName: 'change' });

const write = (digits = DIGITS) =>
  confirmationWriter(signedFetch(sites.slackEnv, fetch), sites.lab.clock.now)(NAME, digits);

describe('a Confirmation ID', () => {
  it('is written once, encrypted: whoever submits another is told', async () => {
    expect(await write()).toEqual({ kind: 'written' });
    expect(await write(OTHER_DIGITS)).toEqual({ kind: 'taken-before' });
    expect(await sites.waitingAt(TOKYO, NAME)).toMatchObject({ digits: DIGITS, type: 'SecureString' });
  });

  it('stays where it is for a machine of the bot’s own site, looked for and not read', async () => {
    await write();

    expect(await confirmations().handOver(TOKYO, NAME)).toBe('there');
    expect(await confirmations().handOver(TOKYO, NAME)).toBe('there');
    expect(sites.called()).not.toContain('ssm:GetParameter');
    expect(await sites.waitingAt(TOKYO, NAME)).toMatchObject({ digits: DIGITS });
  });

  it('goes to the site of a machine elsewhere and is nowhere else, gone at the same time as before', async () => {
    await write();
    const writtenAtMs = sites.lab.clock.now();
    await sites.lab.clock.advance(5 * HOUR_MS);

    expect(await confirmations().handOver(frankfurt, NAME)).toBe('there');

    expect(await sites.waitingAt(TOKYO, NAME)).toBeUndefined();
    const there = await sites.waitingAt(FRANKFURT, NAME);
    expect(there).toMatchObject({ digits: DIGITS, type: 'SecureString' });
    expect(Math.abs((there?.until ?? 0) - writtenAtMs - 24 * HOUR_MS)).toBeLessThan(60_000);
  });

  it('is brought once, wherever an attempt died', async () => {
    await write();
    for (const operation of ['PutParameter', 'DeleteParameter']) {
      sites.lab.faults.splice(0, 1, { id: operation, fault: 'aws-answer-lost', service: 'ssm', operation });
      await expect(confirmations().handOver(frankfurt, NAME)).rejects.toMatchObject({ name: 'Transient' });
    }
    sites.lab.faults.splice(0);

    expect(await confirmations().handOver(frankfurt, NAME)).toBe('there');
    expect(await sites.waitingAt(FRANKFURT, NAME)).toMatchObject({ digits: DIGITS });
    expect(await sites.waitingAt(TOKYO, NAME)).toBeUndefined();
  });

  it('that was never written, or is a day old, is gone', async () => {
    for (const site of [TOKYO, frankfurt]) expect(await confirmations().handOver(site, NAME)).toBe('gone');
    await write();
    await sites.lab.clock.advance(24 * HOUR_MS);

    for (const site of [TOKYO, frankfurt]) expect(await confirmations().handOver(site, NAME)).toBe('gone');
  });

  it.each([
    ['home', TOKYO],
    ['elsewhere', frankfurt],
  ] as const)('is removed, %s, as often as it is asked for', async (_, site) => {
    await write();
    await confirmations().handOver(site, NAME);

    await confirmations().remove(site, NAME);
    await confirmations().remove(site, NAME);

    for (const place of [TOKYO, FRANKFURT]) expect(await sites.waitingAt(place, NAME)).toBeUndefined();
  });
});

describe('a right that is missing is named', () => {
  it.each([
    ['home', 'LookAfterConfirmations', 'ssm:ListTagsForResource', 'handOver', TOKYO],
    ['home', 'BringConfirmationsElsewhere', 'ssm:GetParameter', 'handOver', frankfurt],
    ['home', 'LookAfterConfirmations', 'ssm:DeleteParameter', 'handOver', frankfurt],
    ['home', 'LookAfterConfirmations', 'ssm:DeleteParameter', 'remove', TOKYO],
    ['member', 'LookAfterConfirmations', 'ssm:ListTagsForResource', 'handOver', frankfurt],
    ['member', 'KeepConfirmations', 'ssm:PutParameter', 'handOver', frankfurt],
    ['member', 'LookAfterConfirmations', 'ssm:DeleteParameter', 'remove', frankfurt],
  ] as const)('at the %s site: %s %s for %s', async (at, sid, action, operation, site) => {
    await write();
    sites.takeAway(at, sid, action);

    const failure = await confirmations()[operation](site, NAME).catch(failureOf);

    const siteId = at === 'home' ? 'tokyo' : 'frankfurt';
    expect(failure).toEqual({ kind: 'missing-right', action, function: 'change', siteId });
  });

  it('no error carries the digits, whatever it was caused by', async () => {
    await write();
    sites.lab.faults.push({ id: '1', fault: 'aws-error', service: 'ssm', operation: 'PutParameter' });

    const failure = await confirmations()
      .handOver(frankfurt, NAME)
      .catch((error: unknown) => error);

    const told: string[] = [];
    for (let error = failure; error instanceof Error; error = error.cause) {
      told.push(String(error.stack), JSON.stringify(error, Object.getOwnPropertyNames(error)));
    }
    expect(told.length).toBeGreaterThan(2);
    expect(told.join('\n')).not.toContain(DIGITS);
  });
});

describe('who answers Slack', () => {
  it('may write one and do nothing else with it', async () => {
    await write();
    const call = signedFetch(sites.slackEnv, fetch);
    const ask = async (operation: string, input: object) =>
      call({
        service: 'ssm',
        path: '/',
        headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': `AmazonSSM.${operation}` },
        body: JSON.stringify({ Name: NAME, ...input }),
        timeoutMs: 2_000,
      });

    for (const [operation, input] of [
      ['GetParameter', { WithDecryption: true }],
      ['DeleteParameter', {}],
      ['PutParameter', { Value: OTHER_DIGITS, Type: 'SecureString', Overwrite: true }],
      ['PutParameter', { Name: '/kms-bot/keys/mine', Value: 'x', Type: 'SecureString' }],
    ] as const) {
      expect(await ask(operation, input)).toMatchObject({ status: 400, errorType: 'AccessDeniedException' });
    }
    expect(await sites.waitingAt(TOKYO, NAME)).toMatchObject({ digits: DIGITS });
  });
});
