import { describe, expect, it } from 'vitest';
import { maskSecrets, withoutSecretsIn } from '../../bot/domain/mask-secrets.ts';
import { secretIn } from '../../bot/domain/secret-in.ts';
import { random } from '../lab/random.ts';
import { holds, madeUp, written } from './made-up.ts';
import { ordinaryCommand } from './ordinary.ts';

const SEED = 20_261_122;
const CASES = 10_000;

describe('what is told from a secret', () => {
  it(`is found in ${CASES} texts, however it is written, and masked`, () => {
    const next = random(SEED);
    for (let at = 0; at < CASES; at += 1) {
      const secret = madeUp(next);
      const text = `before ${written(next, secret)} behind`;
      const which = `seed ${SEED}, case ${at}`;
      expect(secretIn(text), which).toBeDefined();
      expect(holds(maskSecrets(text), secret), which).toBe(false);
    }
  });

  it(`is not seen in ${CASES} ordinary commands, which come back as they are`, () => {
    const next = random(SEED);
    for (let at = 0; at < CASES; at += 1) {
      const text = ordinaryCommand(next);
      expect(secretIn(text), `seed ${SEED}, case ${at}: ${text}`).toBeUndefined();
      expect(maskSecrets(text)).toBe(text);
    }
  });

  it.each([
    'check vm222 vm223 vm224 vm226 vm227 vm228',
    'check 1001 1002 1003 1004 1005 1006 1007 1008 1009 1010 1011 1012',
    'check 10.20.0.40, 10.20.0.41, 10.20.0.42, 10.20.0.43, 10.20.0.44, 10.20.0.45, 10.20.0.46, 10.20.0.47.',
    'check i-00000000000000001 i-00000000000000002 i-00000000000000003 mi-00000000000000004',
    '00000000-0000-4000-8000-000000000001, 00000000-0000-4000-8000-000000000002',
    '0'.repeat(64),
    'at 1795305600000, 1795305600001, 1795305600002',
    'arn:aws:secretsmanager:ap-northeast-1:111122223333:secret:kms-bot/keys/contoso-mak-2022-AbCdEf',
    'check web01-web02-web03-web04-web05',
  ])('is not %s', (text) => {
    expect(secretIn(text)).toBeUndefined();
    expect(maskSecrets(text)).toBe(text);
  });

  const KEY = ['BBBBB', 'CCCCC', 'DDDDD', 'FFFFF', 'GGGGG'];
  const GROUPS = ['111112', '222223', '333334', '444445', '555556', '666667', '777778', '888889'];
  it.each([
    ['behind names that are numbered', `check vm222 vm223 vm224 vm226 ${KEY.join(' ')}`],
    ['by groups that are counted', GROUPS.map((group, at) => `Group ${at + 1}: ${group}`).join(', ')],
    ['by groups that are lettered', GROUPS.map((group, at) => `${'ABCDEFGH'[at]}) ${group}`).join('\n')],
    ['three digits at a time, with dots', GROUPS.join('').match(/.../g)?.join('.') ?? ''],
    ['digit by digit', [...GROUPS.join('')].join(' ')],
    ['behind an address', `10.0.0.4 ${GROUPS.join(' ')}`],
    ['of the same group again and again', 'BBBBB BBBBB BBBBB BBBBB BBBBB'],
  ])('is found %s', (_, text) => {
    expect(secretIn(text)).toBeDefined();
    expect(secretIn(maskSecrets(text))).toBeUndefined();
  });

  it('leaves the last group of a key, which tells it from others, and the words about it', () => {
    expect(maskSecrets(`the key ${KEY.join('-')} fails`)).toBe('the key •••••-GGGGG fails');
    expect(maskSecrets(`call ${GROUPS.join('-')} now`)).toBe('call ••••• now');
  });
});

describe('the longest texts', () => {
  it.each([
    '1 ',
    'BBBBB ',
    'a-',
    '123456 ',
    'vm222 ',
    '1.',
    'https://',
    'http://a/',
    'eyJaaaaaaaa.',
    'xoxb',
    '_',
    '\u200b',
  ])('are read to their end in time, also of “%s” again and again', (part) => {
    const startedAt = performance.now();
    maskSecrets(part.repeat(Math.ceil(200_000 / part.length)));
    expect(performance.now() - startedAt).toBeLessThan(2_000);
  });
});

describe('a value without secrets', () => {
  it('is the very value where nothing was masked', () => {
    const value = { name: 'WEB-01', list: ['a', 'b', { n: 1, none: null }], at: 1_795_305_600_000 };
    expect(withoutSecretsIn(value)).toBe(value);
  });

  it('has no secret in texts, names of fields, numbers, or spread over the texts of a list', () => {
    const KEY = 'BBBBB-CCCCC-DDDDD-FFFFF-GGGGG';
    expect(
      withoutSecretsIn({
        deep: [{ [KEY]: KEY }],
        digits: Number('123456'.repeat(8)),
        list: KEY.split('-'),
        kept: ['a', 'b', 'c', 'd', 'e'],
      }),
    ).toEqual({
      deep: [{ '•••••-GGGGG': '•••••-GGGGG' }],
      digits: null,
      list: ['•••••'],
      kept: ['a', 'b', 'c', 'd', 'e'],
    });
  });
});
