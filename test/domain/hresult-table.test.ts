import { describe, expect, it } from 'vitest';
import { hresultsLike, KNOWN_HRESULTS, knownHresult, sameInOtherWrapping } from '../../bot/domain/hresult-table.ts';

/** Codes that Microsoft's articles on activation errors explain; each must be known here. */
const DOCUMENTED = `
  C004F074 C0020017 800706BA 800706BB 800706BE 800706D9 8007139F C004F038 C004F039 C004F041 4004F041 C004F042 4004F042
  C004F015 C004F06C C004F06B C004F056 4004F040 C004F035 C004F06A
  C004F050 C004F051 C004F069 C004F014 C004F00F C004F009 C004F010 C004F004 C004F005 C004F011 C004F017 C004F033 C004F034
  C004F025 C004F022 C004F01F C004F061 C004F063 C004F057 C004F058 C004F064 C004F067 C004F065 4004F065 C004F066 C004F200
  C004F210 C004F211 C004F212 C004F213 C004F075 C004F07B C004F081 C004F082 C004F083 C004D302 C004D307 C004E003 C004E015
  C004E016 C004E028 C004FC03 C004FD01 C004FD02 C004FE00 8004FE21
  C004F02C C004F02D C004F02E C004F02F C004F030 C004F031 C004F04D C004F07E C004F07F
  C004C001 C004C003 C004C008 C004C017 C004C020 C004C021 C004C060 C004B100 80072EE7 80072EFD 80072EE2 80072EFE 80072F8F
  8004FE33 800704CF
  8007232B 8007251D 8007232A 8007267C 80092328 8007007B 80070005 80070490 800705B4 8007000D 80070057 80070002 80070422 80072338
  80072339 8007233A 8007232D D0000272
  4004F00C 4004F00D 4004F401
  80041001 80041003 8004100E 80041010 80041014
`
  .trim()
  .split(/\s+/);

describe('the table of result codes', () => {
  it('knows every documented code', () => {
    expect(DOCUMENTED.filter((digits) => knownHresult(`0x${digits}`) === undefined)).toEqual([]);
  });

  it('has each code once, well formed', () => {
    const codes = KNOWN_HRESULTS.map(({ code }) => code);

    expect(new Set(codes).size).toBe(codes.length);
    expect(codes.filter((code) => !/^0x[0-9A-F]{8}$/.test(code))).toEqual([]);
  });

  it('has no entry for a code it cannot explain', () => {
    expect(knownHresult('0xC004FFFF')).toBeUndefined();
  });

  it('puts the code that hides others on the network, not on the machine', () => {
    expect(knownHresult('0xC004F074')).toMatchObject({
      family: 'kms',
      actor: 'network-owner',
      cause: 'no-host-reached',
    });
  });
});

describe('hresultsLike', () => {
  it.each([
    ['F074', ['0xC004F074']],
    ['f038', ['0xC004F038']],
    ['F042', ['0xC004F042', '0x4004F042']],
    ['1722', ['0x800706BA']],
    ['9003', ['0x8007232B']],
    ['74', []],
    ['FFFF', []],
  ])('suggests for %s', (digits, expected) => {
    expect(hresultsLike(digits, 5)).toEqual(expected);
  });
});

describe('sameInOtherWrapping', () => {
  it.each([
    ['0x0000232B', '0x8007232B'],
    ['0xC007232B', '0x8007232B'],
    ['0xD007232B', '0x8007232B'],
    ['0xD0020017', '0xC0020017'],
    ['0xC0000272', '0xD0000272'],
    ['0x8007232B', undefined],
    ['0x00000000', undefined],
    ['0xD004F074', '0xC004F074'],
    ['0x80070533', undefined],
  ] as const)('%s is %s', (code, expected) => {
    expect(sameInOtherWrapping(code)?.code).toBe(expected);
  });
});
