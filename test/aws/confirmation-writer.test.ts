import { describe, expect, it } from 'vitest';
import { confirmationWriter } from '../../bot/aws/confirmation-writer.ts';
import { signedFetch } from '../../bot/aws/signed-fetch.ts';
import { confirmationName } from '../../bot/domain/change/phone.ts';
import { ENV, network } from './support/network.ts';

const NAME = confirmationName('c4k7m2q9xd', 2);
/** Well-formed and made up. */
const DIGITS = '111111222222333333444444555555666666777777888888';
const NOW_MS = Date.UTC(2026, 10, 28, 12);

const write = (fetch: typeof globalThis.fetch) =>
  confirmationWriter(signedFetch(ENV, fetch), () => NOW_MS)(NAME, DIGITS);

const refused = (type: string, status = 400) =>
  network(status, { __type: type, message: `about ${DIGITS}` }, { 'x-amzn-errortype': type });

/** The first connection turns out dead, whether or not the request came through. */
const onceDead = (fetch: typeof globalThis.fetch): typeof globalThis.fetch => {
  let calls = 0;
  return (...request) => {
    calls += 1;
    return calls === 1 ? Promise.reject(new TypeError('fetch failed')) : fetch(...request);
  };
};

describe('a Confirmation ID', () => {
  it('is written encrypted, never in place of another, and goes by itself after a day', async () => {
    const { sent, fetch } = network(200, { Version: 1, Tier: 'Advanced' });

    expect(await write(fetch)).toEqual({ kind: 'written' });

    const [request] = sent;
    expect(request?.url.href).toBe('https://ssm.ap-northeast-1.amazonaws.com/');
    expect(request?.headers['x-amz-target']).toBe('AmazonSSM.PutParameter');
    const { Policies, ...input } = JSON.parse(request?.body ?? '');
    expect(input).toEqual({
      Name: '/kms-bot/confirmation/c4k7m2q9xd-2',
      Value: DIGITS,
      Type: 'SecureString',
      Tier: 'Advanced',
      Overwrite: false,
    });
    expect(JSON.parse(Policies)).toEqual([
      { Type: 'Expiration', Version: '1.0', Attributes: { Timestamp: '2026-11-29T12:00:00.000Z' } },
    ]);
  });

  it('that is there already is told from one that could not be written', async () => {
    expect(await write(refused('ParameterAlreadyExists').fetch)).toEqual({ kind: 'taken-before' });
    expect(await write(refused('AccessDeniedException').fetch)).toEqual({
      kind: 'missing-right',
      action: 'ssm:PutParameter',
    });
    expect(await write(refused('ThrottlingException').fetch)).toEqual({
      kind: 'failed',
      detail: '400 ThrottlingException',
    });
    expect(await write(refused('InternalServerError', 500).fetch)).toEqual({
      kind: 'failed',
      detail: '500 InternalServerError',
    });
  });

  it('is taken for written where a repeat finds one, which is its own unless somebody was quicker', async () => {
    expect(await write(onceDead(refused('ParameterAlreadyExists').fetch))).toEqual({ kind: 'written' });
    expect(await write(onceDead(network(200, { Version: 1 }).fetch))).toEqual({ kind: 'written' });
  });

  it('may have been written where nobody answers, and its digits are in no outcome', async () => {
    const nowhere: typeof globalThis.fetch = () => Promise.reject(new TypeError('fetch failed'));

    expect(await write(nowhere)).toEqual({ kind: 'unsure' });
    for (const type of ['ParameterAlreadyExists', 'ValidationException'])
      expect(JSON.stringify(await write(refused(type).fetch))).not.toContain(DIGITS);
  });
});
