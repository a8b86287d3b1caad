import { describe, expect, it } from 'vitest';
import { activatedBy, channelOf, daysOf, missedRenewals, primaryProduct } from '../../bot/domain/licence.ts';
import { recordOf, wireProduct } from './sample-record.ts';

const productsOf = (...changes: Parameters<typeof wireProduct>[0][]) => {
  const { products } = recordOf({ prod: changes.map((each) => wireProduct(each)) });
  if (!products.read) throw new Error('sample products are not readable');
  return products.value;
};

describe('channelOf', () => {
  it.each([
    ['VOLUME_KMSCLIENT', 'kms-client'],
    ['Windows(R) Operating System, VOLUME_KMSCLIENT channel', 'kms-client'],
    ['VOLUME_KMS_WS22', 'kms-host'],
    ['VOLUME_KMS', 'kms-host'],
    ['VOLUME_MAK', 'mak'],
    ['RETAIL', 'retail'],
    ['OEM_DM', 'oem'],
    ['OEM_SLP', 'oem'],
    ['TIMEBASED_EVAL', 'evaluation'],
    ['Retail:TB:Eval', 'evaluation'],
    ['VIRTUAL_MACHINE_ACTIVATION', 'avma'],
    ['TIMEBASED_SUB', 'unknown'],
    ['', 'unknown'],
  ])('takes %j for %s', (token, channel) => {
    expect(channelOf(token)).toBe(channel);
  });
});

describe('daysOf', () => {
  it.each([
    [0, 0],
    [1, 1],
    [1440, 1],
    [1441, 2],
    [251_640, 175],
    [259_200, 180],
  ])('shows %d minutes as %d days', (minutes, days) => {
    expect(daysOf(minutes)).toBe(days);
  });
});

describe('missedRenewals', () => {
  it.each([
    [259_200, 0],
    [259_201, 0],
    [249_121, 0],
    [249_120, 1],
    [239_041, 1],
    [239_040, 2],
    [0, 25],
  ])('with %d minutes left counts %d', (minutes, missed) => {
    expect(missedRenewals(minutes)).toBe(missed);
  });
});

describe('primaryProduct', () => {
  it('is the Windows product, not Office', () => {
    const [office, windows] = productsOf({ app: 'o', st: 1 }, { app: 'w', st: 5 });

    expect(primaryProduct([office, windows].flatMap((product) => product ?? []))).toEqual({
      kind: 'found',
      product: windows,
    });
  });

  it('is none when no Windows product has a key', () => {
    expect(primaryProduct([])).toEqual({ kind: 'none' });
    expect(primaryProduct(productsOf({ key: '' }, { app: 'o' }))).toEqual({ kind: 'none' });
  });

  it.each([
    ['the licensed one', [{ st: 5 }, { st: 1, key: '6VM33' }], '6VM33'],
    ['the only one that is not unlicensed', [{ st: 0 }, { st: 2, key: '6VM33' }, { st: 0 }], '6VM33'],
    ['any of several that agree', [{ st: 0 }, { st: 0 }], 'VMK7H'],
  ])('is %s of those an upgrade left behind', (_which, changes, tail) => {
    expect(primaryProduct(productsOf(...changes))).toMatchObject({ kind: 'found', product: { keyTail: tail } });
  });

  it('is ambiguous when several differ and none is licensed', () => {
    expect(primaryProduct(productsOf({ st: 5 }, { st: 2 }))).toEqual({ kind: 'ambiguous' });
    expect(primaryProduct(productsOf({ st: 0, key: 'AAAAA' }, { st: 0, key: 'BBBBB' }))).toEqual({ kind: 'ambiguous' });
  });
});

describe('activatedBy', () => {
  it.each([
    [{ vt: 2 }, 'kms'],
    [{ vt: 1 }, 'active-directory'],
    [{ vt: 3 }, 'token'],
    [{ vt: 0, min: 1000 }, 'kms'],
    [{ vt: 0, min: 0, ch: 'RETAIL' }, 'permanent'],
  ])('of a product with %j is %s', (changes, expected) => {
    const [product] = productsOf(changes);

    expect(product && activatedBy(product)).toBe(expected);
  });
});
