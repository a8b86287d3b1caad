/** Readers of the small fields that several parts of an inspection record share. */
import {
  accepted,
  type Decoded,
  type Decoder,
  either,
  flag,
  listOf,
  mapped,
  refined,
  refused,
  text,
  tupleOf,
  wholeNumber,
} from './decode.ts';
import { type Hresult, hresultFromDigits } from './hresult.ts';
import type { Guid, HostPort, NetworkFailure, Port } from './inspection-record.ts';

/** The greatest unsigned 32-bit number, as CIM's uint32 properties have it. */
export const UINT32 = 0xffff_ffff;

/** A number of a CIM uint32 property. */
export const uint32 = wholeNumber(0, UINT32);
/** A TCP port; 0 where Windows means its default. */
export const port: Decoder<Port> = mapped(wholeNumber(0, 65_535), (value) => value as Port);
/** A list of texts. */
export const texts = listOf(text);

/** Seconds since 1970 up to the year 9999, turned into milliseconds. */
export const unixSeconds: Decoder<number> = mapped(wholeNumber(0, 253_402_300_799), (seconds) => seconds * 1000);

/** A GUID in any case, without braces. */
export const guid: Decoder<Guid> = refined(text, (written) =>
  /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(written)
    ? { value: written.toLowerCase() as Guid }
    : { why: 'is not a GUID' },
);

/** A result code as the wire spells it. */
export const hresult: Decoder<Hresult> = refined(text, (written) => {
  const value = hresultFromDigits(written);
  return value === undefined ? { why: 'is not eight hexadecimal digits' } : { value };
});

/** Hexadecimal digits, with or without `0x`. */
export const hexNumber: Decoder<number> = refined(text, (written) => {
  const digits = /^(?:0x)?([0-9a-f]{1,8})$/i.exec(written)?.[1];
  return digits === undefined ? { why: 'is not a hexadecimal number' } : { value: Number.parseInt(digits, 16) };
});

/** A short word of a probe: letters, digits and hyphens only, so that it is safe wherever it is shown. */
export const word: Decoder<string> = refined(text, (written) =>
  /^[A-Za-z0-9_.-]{1,40}$/.test(written) ? { value: written } : { why: 'is not a short word' },
);

/** A host and its port. */
export const hostPort: Decoder<HostPort> = mapped(tupleOf<[string, Port]>(text, port), ([host, number]) => ({
  host,
  port: number,
}));

const NETWORK_WORDS = ['nxdomain', 'nodata', 'servfail', 'refused', 'timeout'] as const;

/** Result codes that mean the same as one of the words; Win32 DNS error codes 9001 to 9501 and 1460. */
const NETWORK_CODES: Readonly<Record<string, (typeof NETWORK_WORDS)[number]>> = {
  '0x8007232B': 'nxdomain',
  '0x8007251D': 'nodata',
  '0x8007232A': 'servfail',
  '0x8007232D': 'refused',
  '0x800705B4': 'timeout',
};

/** Why a question to the network had no good answer; codes that mean the same as a word become the word. */
export const networkFailure: Decoder<NetworkFailure> = mapped(word, (written): NetworkFailure => {
  const known = NETWORK_WORDS.find((each) => each === written.toLowerCase());
  if (known !== undefined) return known;
  const code = hresultFromDigits(written);
  if (code === undefined) return { word: written };
  return NETWORK_CODES[code] ?? { code };
});

/** One of the words given, or another short word kept as it is. */
export const wordAmong = <W extends string>(...known: readonly W[]): Decoder<W | { readonly word: string }> =>
  mapped(word, (written) => known.find((each) => each === written) ?? { word: written });

/** A text that may be `null` or empty: absent then. */
export const nonEmpty: Decoder<string | undefined> = (json, at): Decoded<string | undefined> => {
  if (json === undefined || json === null || json === '') return accepted(undefined);
  return text(json, at);
};

/** 0 or 1, or a boolean. */
export const boolean: Decoder<boolean> = either(flag, (json, at) =>
  typeof json === 'boolean' ? accepted(json) : refused(at, 'is neither 0 nor 1'),
);

/** One of a list's values by its number. */
export const indexInto = <T>(values: readonly T[]): Decoder<T> =>
  mapped(wholeNumber(0, values.length - 1), (index) => values[index] as T);
