/**
 * Result codes of Windows activation: what each is called, whose side it arises on, who has to act and why it usually
 * appears. Sentences about them belong to the message catalogues, by the keys given here.
 *
 * Sources: Microsoft, "Troubleshoot Windows activation error codes", "Slmgr.vbs options", the `slerror.h` constants of the
 * Windows SDK, and [MS-ERREF]. An unknown code is shown as unknown with what its bits say, never guessed.
 */
import { type Hresult, hresultOf, unsignedOf } from './hresult.ts';
import type { HresultRow } from './hresult-row.ts';
import { KEY_CODES } from './hresults-key.ts';
import { KMS_CODES } from './hresults-kms.ts';
import { NETWORK_CODES } from './hresults-network.ts';
import { PHONE_CODES, SERVER_CODES } from './hresults-server.ts';

/** Which part of activation a code belongs to; one chapter of the explanations each. */
export type HresultFamily = 'kms' | 'key' | 'phone' | 'activation-server' | 'network';

/** What is known of a code. */
export interface KnownHresult {
  readonly code: Hresult;
  /** Microsoft's name; absent where it publishes none. */
  readonly symbol?: string;
  readonly family: HresultFamily;
  readonly side: HresultRow[2];
  /** Who has to act. */
  readonly actor: HresultRow[3];
  /** The likely cause, key into the explanations. */
  readonly cause: HresultRow[4];
}

const known = (family: HresultFamily, rows: readonly HresultRow[]): KnownHresult[] =>
  rows.map(([digits, symbol, side, actor, cause]) => ({
    code: `0x${digits}`,
    family,
    side,
    actor,
    cause,
    ...(symbol === '' ? {} : { symbol }),
  }));

/** Every code this version can explain. */
export const KNOWN_HRESULTS: readonly KnownHresult[] = [
  ...known('kms', KMS_CODES),
  ...known('key', KEY_CODES),
  ...known('phone', PHONE_CODES),
  ...known('activation-server', SERVER_CODES),
  ...known('network', NETWORK_CODES),
];

const BY_CODE: ReadonlyMap<Hresult, KnownHresult> = new Map(KNOWN_HRESULTS.map((each) => [each.code, each]));

/** What is known of a code; undefined for one this version cannot explain. */
export const knownHresult = (code: Hresult): KnownHresult | undefined => BY_CODE.get(code);

const N_BIT = 0x1000_0000;

/**
 * What is known of the same error in another wrapping: an NTSTATUS with or without the N bit, a Win32 error bare, as
 * HRESULT (`0x8007…`) or as NTSTATUS (`0xC007…`). Undefined where none of them is known.
 */
export function sameInOtherWrapping(code: Hresult): KnownHresult | undefined {
  const value = unsignedOf(code);
  const top = value >>> 16;
  const isWin32 = top === 0 || top === 0x8007 || top === 0xc007 || top === 0xd007;
  const isNtstatus = value >>> 28 === 0xc || value >>> 28 === 0xd;
  const others = [
    ...(isNtstatus ? [(value ^ N_BIT) >>> 0] : []),
    ...(isWin32 && value !== 0 ? [(0x8007_0000 | (value & 0xffff)) >>> 0] : []),
  ];
  for (const other of others) {
    const found = BY_CODE.get(hresultOf(other) ?? code);
    if (found !== undefined && found.code !== code) return found;
  }
  return undefined;
}

/** The code of this symbol, in any case of letters; undefined for a name this version does not know. */
export function hresultNamed(symbol: string): Hresult | undefined {
  const wanted = symbol.toUpperCase();
  return wanted === '' ? undefined : KNOWN_HRESULTS.find((each) => each.symbol === wanted)?.code;
}

/** Known codes whose last digits are these, e.g. `F074`, or whose Win32 error is this number; at most `max`. */
export function hresultsLike(digits: string, max: number): readonly Hresult[] {
  const upper = digits.toUpperCase();
  const win32 = /^\d{1,5}$/.test(digits) ? `0x8007${Number(digits).toString(16).toUpperCase().padStart(4, '0')}` : '';
  return KNOWN_HRESULTS.filter(({ code }) => code === win32 || (upper.length >= 3 && code.endsWith(upper)))
    .map(({ code }) => code)
    .slice(0, max);
}
