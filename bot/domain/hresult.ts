/**
 * Windows result codes: how they are written, and what their bits say.
 *
 * Two traps decide the shape of this file. CIM and JSON give unsigned decimals while PowerShell and exit codes give
 * signed ones, so that one code has several spellings; and a code may wrap another (a Win32 error, an NTSTATUS).
 * Source: Microsoft, [MS-ERREF] Windows Error Codes, §2.1 HRESULT and §2.3 NTSTATUS.
 */

/** A Windows result code, normalised to `0x` and eight upper-case hexadecimal digits. */
export type Hresult = `0x${string}`;

/** Why a text is no result code. */
export type HresultRefusal =
  | { readonly kind: 'empty' }
  | { readonly kind: 'not-a-code' }
  /** A number that does not fit 32 bits. */
  | { readonly kind: 'out-of-range' }
  /** Too few digits to be one code, e.g. `F074` or `0xF074`; the digits as given, upper-case. */
  | { readonly kind: 'too-short'; readonly digits: string };

/** A code, or why the text is none. */
export type ParsedHresult =
  | { readonly ok: true; readonly hresult: Hresult }
  | { readonly ok: false; readonly why: HresultRefusal };

const UNSIGNED_LIMIT = 0x1_0000_0000;
const SIGNED_LIMIT = 0x8000_0000;

/** The code for a 32-bit number, signed or unsigned; undefined for anything else. */
export function hresultOf(value: number): Hresult | undefined {
  if (!Number.isInteger(value) || value < -SIGNED_LIMIT || value >= UNSIGNED_LIMIT) return undefined;
  return `0x${(value >>> 0).toString(16).toUpperCase().padStart(8, '0')}`;
}

/** The code as an unsigned number, as CIM and JSON give it. */
export const unsignedOf = (hresult: Hresult): number => Number.parseInt(hresult.slice(2), 16);

/** The code as a signed number, as PowerShell and process exit codes give it. */
export const signedOf = (hresult: Hresult): number => unsignedOf(hresult) | 0;

/** The code for eight hexadecimal digits without prefix, as inspection records spell them. */
export function hresultFromDigits(digits: string): Hresult | undefined {
  return /^[0-9A-Fa-f]{8}$/.test(digits) ? `0x${digits.toUpperCase()}` : undefined;
}

/**
 * Reads a result code as people and programs write it: `0xC004F074`, `c004f074`, `-1073418124`, `3221549172`.
 *
 * Exactly eight digits without sign or prefix are hexadecimal, since codes are written with eight hexadecimal digits
 * and every decimal form of a licensing code has ten. Full-width characters, typographic minus signs, quotes and a leading `hr=`
 * are forgiven.
 */
export function parseHresult(written: string): ParsedHresult {
  const bare = tidy(written);
  if (bare === '') return { ok: false, why: { kind: 'empty' } };
  const hex = /^(?:0x|&h)([0-9a-f]+)$/i.exec(bare)?.[1];
  if (hex !== undefined) return isShort(hex) ? tooShort(hex) : fromHex(hex);
  if (/^[0-9a-f]{8}$/i.test(bare)) return fromHex(bare);
  if (/^-\d+$/.test(bare) || /^\+?\d{9,}$/.test(bare)) return fromDecimal(bare);
  if (/^[0-9a-f]{1,7}$/i.test(bare)) return tooShort(bare);
  return { ok: false, why: { kind: /^[0-9a-f]+$/i.test(bare) ? 'out-of-range' : 'not-a-code' } };
}

/** A code has eight digits; fewer are its end or a Win32 error, except for `0x0`, which is how success is written. */
const isShort = (digits: string): boolean => digits.length < 8 && !/^0+$/.test(digits);

const tooShort = (digits: string): ParsedHresult => ({
  ok: false,
  why: { kind: 'too-short', digits: digits.toUpperCase() },
});

const tidy = (written: string): string =>
  written
    .normalize('NFKC')
    .replace(/[\u2010-\u2015\u2212]/g, '-')
    .replace(/[\s"'`\u2018-\u201D()<>]/g, '')
    .replace(/^(?:hr|hresult|error|code)[=:]/i, '')
    .replace(/[.,;:]+$/, '');

/** A code among other words: prefixed, negative, or else eight hexadecimal digits as codes begin, or ten decimal ones. */
const MARKED = /(?<![\p{L}\p{N}])(?:0x|&h)[0-9a-f]{8}(?![\p{L}\p{N}])|(?<![\p{L}\p{N}-])-\d{9,10}(?!\d)/giu;
const BARE = /(?<![\p{L}\p{N}-])(?:[48cd][0-9a-f]{7}|[1-4]\d{9})(?![\p{L}\p{N}-])/giu;

/** The one code that stands among other words, as in `Error code: 0xC004F074`; undefined for none, or several. */
export function hresultWithin(written: string): Hresult | undefined {
  const text = written.normalize('NFKC').replace(/[\u2010-\u2015\u2212]/g, '-');
  for (const pattern of [MARKED, BARE]) {
    const found = [...text.matchAll(pattern)].map(([code]) => parseHresult(code));
    const codes = new Set(found.flatMap((parsed) => (parsed.ok ? [parsed.hresult] : [])));
    const [only] = codes;
    if (only !== undefined) return codes.size === 1 ? only : undefined;
  }
  return undefined;
}

function fromHex(digits: string): ParsedHresult {
  const significant = digits.replace(/^0+(?=.)/, '');
  if (significant.length > 8) return { ok: false, why: { kind: 'out-of-range' } };
  return { ok: true, hresult: `0x${significant.toUpperCase().padStart(8, '0')}` };
}

function fromDecimal(digits: string): ParsedHresult {
  const hresult = hresultOf(Number(digits));
  return hresult === undefined ? { ok: false, why: { kind: 'out-of-range' } } : { ok: true, hresult };
}

/** Which part of Windows a code comes from. */
export type HresultOrigin =
  /** `0x8007xxxx` around a Win32 error: DNS, Winsock, RPC and WinHTTP codes among them. */
  | 'win32'
  /** An NTSTATUS, as it is or with the N bit added. */
  | 'ntstatus'
  /** `C004B`, `C004C`: Microsoft's activation server answered so. */
  | 'activation-server'
  /** `C004D`: the licensing security processor. */
  | 'security-processor'
  /** `C004E`: the local token store. */
  | 'token-store'
  /** `C004F`: the licensing service. */
  | 'licensing-service'
  | 'other';

/** A code taken apart. */
export interface DecodedHresult {
  readonly code: Hresult;
  readonly failure: boolean;
  /** Bits 16 to 26. */
  readonly facility: number;
  readonly origin: HresultOrigin;
  /** The Win32 error inside, 0–65535. */
  readonly win32?: number;
  /** The NTSTATUS inside, without the N bit. */
  readonly ntstatus?: Hresult;
}

const N_BIT = 0x1000_0000;
const FACILITY_WIN32 = 7;

/** Takes a code apart without looking it up. */
export function decodeHresult(code: Hresult): DecodedHresult {
  const value = unsignedOf(code);
  const facility = (value >>> 16) & 0x7ff;
  const base = { code, failure: value >= SIGNED_LIMIT, facility };
  const ntstatus = ntstatusIn(value);
  if (ntstatus !== undefined) return { ...base, origin: 'ntstatus', ntstatus };
  if ((value & 0xffff_0000) >>> 0 === 0x8007_0000 && facility === FACILITY_WIN32)
    return { ...base, origin: 'win32', win32: value & 0xffff };
  return { ...base, origin: licensingOrigin(code) };
}

/** With the N bit, or a bare NTSTATUS of severity error: licensing codes (`C004…`) share its first digits and are none. */
function ntstatusIn(value: number): Hresult | undefined {
  if ((value & N_BIT) !== 0) return hresultOf((value & ~N_BIT) >>> 0);
  const isBare = value >>> 28 === 0xc && value >>> 16 !== 0xc004;
  return isBare ? hresultOf(value) : undefined;
}

function licensingOrigin(code: Hresult): HresultOrigin {
  const part = /^0x[C48]004([B-F])/.exec(code)?.[1];
  if (part === 'B' || part === 'C') return 'activation-server';
  if (part === 'D') return 'security-processor';
  if (part === 'E') return 'token-store';
  return part === 'F' ? 'licensing-service' : 'other';
}
