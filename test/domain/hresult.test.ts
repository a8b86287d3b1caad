import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  decodeHresult,
  hresultFromDigits,
  hresultOf,
  hresultWithin,
  parseHresult,
  signedOf,
  unsignedOf,
} from '../../bot/domain/hresult.ts';

describe('parseHresult', () => {
  it.each([
    ['0xC004F074', '0xC004F074'],
    ['0xc004f074', '0xC004F074'],
    ['c004f074', '0xC004F074'],
    ['-1073418124', '0xC004F074'],
    ['3221549172', '0xC004F074'],
    ['80070005', '0x80070005'],
    ['0x8007232B', '0x8007232B'],
    ['0xD0000272', '0xD0000272'],
    ['1074065472', '0x4004F040'],
    ['0x0000007B', '0x0000007B'],
    ['0x0', '0x00000000'],
    ['\u22121073418124', '0xC004F074'],
    ['\u20131073418124', '0xC004F074'],
    ['０ｘＣ００４Ｆ０７４', '0xC004F074'],
    [' `0xC004F074`. ', '0xC004F074'],
    ['hr=0x80072EE7', '0x80072EE7'],
    ['\u201C0xC004F038\u201D', '0xC004F038'],
  ])('reads %j as %s', (written, expected) => {
    expect(parseHresult(written)).toEqual({ ok: true, hresult: expected });
  });

  it.each([
    ['', { kind: 'empty' }],
    ['  ', { kind: 'empty' }],
    ['F074', { kind: 'too-short', digits: 'F074' }],
    ['1722', { kind: 'too-short', digits: '1722' }],
    ['0x1C004F0741', { kind: 'out-of-range' }],
    ['99999999999', { kind: 'out-of-range' }],
    ['-9999999999', { kind: 'out-of-range' }],
    ['hello', { kind: 'not-a-code' }],
    ['0x7B', { kind: 'too-short', digits: '7B' }],
    ['0xC004F07', { kind: 'too-short', digits: 'C004F07' }],
    ['0x', { kind: 'not-a-code' }],
    ['0xC004G074', { kind: 'not-a-code' }],
  ])('refuses %j', (written, why) => {
    expect(parseHresult(written)).toEqual({ ok: false, why });
  });

  it('reads back every spelling of every 32-bit code', () => {
    fc.assert(
      fc.property(fc.nat(0xffff_ffff), (value) => {
        const code = hresultOf(value);
        if (code === undefined) throw new Error('no code');
        const spellings = [code, code.toLowerCase(), code.slice(2)];
        if (value > 99_999_999) spellings.push(String(unsignedOf(code)));
        if (signedOf(code) < 0) spellings.push(String(signedOf(code)));
        for (const spelling of spellings) expect(parseHresult(spelling)).toEqual({ ok: true, hresult: code });
        expect(hresultFromDigits(code.slice(2))).toBe(code);
      }),
    );
  });

  it('answers something for any text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[-+0x]{0,2}[0-9a-fA-F]{1,12}$/)), (text) => {
        const parsed = parseHresult(text);
        if (parsed.ok) expect(parsed.hresult).toMatch(/^0x[0-9A-F]{8}$/);
      }),
    );
  });
});

describe('hresultWithin', () => {
  it.each([
    ['Error code: 0xC004F074', '0xC004F074'],
    ['error 0xc004f038.', '0xC004F038'],
    ['0x8007232B DNS name does not exist', '0x8007232B'],
    ['exit code -1073418124 (web-03)', '0xC004F074'],
    ['0xC004F074 (again 0xc004f074)', '0xC004F074'],
    ['code c004f074 today', '0xC004F074'],
    ['code 3221549172 today', '0xC004F074'],
    ['エラー コード：0xC004F074', '0xC004F074'],
    ['エラー０ｘＣ００４Ｆ０７４です', undefined],
  ])('finds the code in %j', (text, expected) => {
    expect(hresultWithin(text)).toBe(expected);
  });

  it.each(['', 'no code here', '0xC004F074 and 0xC004F038', 'i-0a1b2c3d4e5f60718', '0xC004F0741', 'x0xC004F074'])(
    'finds none in %j',
    (text) => {
      expect(hresultWithin(text)).toBeUndefined();
    },
  );
});

describe('hresultOf', () => {
  it.each([[1.5], [Number.NaN], [0x1_0000_0000], [-0x8000_0001]])('has no code for %d', (value) => {
    expect(hresultOf(value)).toBeUndefined();
  });
});

describe('decodeHresult', () => {
  it.each([
    ['0x8007232B', { origin: 'win32', win32: 9003, facility: 7, failure: true }],
    ['0x800706BA', { origin: 'win32', win32: 1722 }],
    ['0xD0000272', { origin: 'ntstatus', ntstatus: '0xC0000272' }],
    ['0xC0020017', { origin: 'ntstatus', ntstatus: '0xC0020017' }],
    ['0xC004F074', { origin: 'licensing-service', failure: true }],
    ['0x4004F040', { origin: 'licensing-service', failure: false }],
    ['0x8004FE21', { origin: 'licensing-service' }],
    ['0xC004C008', { origin: 'activation-server' }],
    ['0xC004B100', { origin: 'activation-server' }],
    ['0xC004D302', { origin: 'security-processor' }],
    ['0xC004E015', { origin: 'token-store' }],
    ['0x80092328', { origin: 'other', facility: 9 }],
    ['0x00000000', { origin: 'other', failure: false }],
  ] as const)('takes %s apart', (code, expected) => {
    expect(decodeHresult(code)).toMatchObject({ code, ...expected });
  });

  it('never finds a Win32 error in a licensing code', () => {
    expect(decodeHresult('0xC004F074')).not.toHaveProperty('win32');
    expect(decodeHresult('0xC004F074')).not.toHaveProperty('ntstatus');
  });
});
