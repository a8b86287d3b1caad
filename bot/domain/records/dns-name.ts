/** DNS names as Route 53, machines and people write them, made comparable. */
import { addressBytes } from '../addresses.ts';

/** A label of a host or service name as DNS software in use accepts it; other characters are no name but a mistake. */
const LABEL = /^(?!-)[a-z0-9_-]{1,63}$/;
const LONGEST_NAME = 253;
const ASCII = /^[\x20-\x7e]*$/;
/** Full stops of East Asian keyboards: IDNA takes them for dots (UTS #46). */
const WIDE_DOTS = /[\u3002\uff0e\uff61]/g;
/** Bytes in octal; a dot inside a label (`\056`) stays as it is, or it would part the label. */
const OCTALS = /(?:\\(?!056)[0-3][0-7]{2})+/g;

const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });

const unescaped = (run: string): string =>
  utf8.decode(
    Uint8Array.from(
      run
        .split('\\')
        .slice(1)
        .map((octal) => Number.parseInt(octal, 8)),
    ),
  );

/**
 * A name as Route 53 gives it, as text: other characters than letters, digits, hyphen and underscore come back in octal,
 * e.g. `\052` for `*`; bytes beyond ASCII are read as UTF-8. Lower-case, without trailing dot.
 */
export const plainName = (given: string): string => given.replace(OCTALS, unescaped).toLowerCase().replace(/\.$/, '');

/** A label beyond ASCII as `xn--…`; itself where it cannot be one. */
const asciiLabel = (label: string): string => {
  // The parser of URLs would end the host at these, and take what is left for the label.
  if (ASCII.test(label) || /[^\w\u0080-\u{10ffff}-]/u.test(label)) return label;
  // A last label of digits would be read as an address.
  const url = `http://${label}.x/`;
  return URL.canParse(url) ? new URL(url).hostname.slice(0, -'.x'.length) : label;
};

const asciiLabels = (name: string): string => name.replace(WIDE_DOTS, '.').split('.').map(asciiLabel).join('.');

/** Lower-case and in ASCII as far as that can be, without trailing dot. */
export const asciiName = (name: string): string => {
  const plain = name.trim().toLowerCase();
  return (ASCII.test(plain) ? plain : asciiLabels(plain)).replace(/\.$/, '');
};

/**
 * The form in which names are compared: lower-case, no trailing dot, labels beyond ASCII as `xn--…`. `undefined` for an
 * address and for whatever cannot be a name at all, so that nothing of the kind is asked for.
 */
export const comparable = (name: string): string | undefined => {
  const ascii = asciiName(name);
  if (addressBytes(ascii) !== undefined) return undefined;
  return ascii.length <= LONGEST_NAME && ascii.split('.').every((label) => LABEL.test(label)) ? ascii : undefined;
};

/** True of the zone's own name and of every name below it. Both in comparable form. */
export const isWithin = (name: string, zone: string): boolean => name === zone || name.endsWith(`.${zone}`);

/** How many labels a name has. */
export const depthOf = (name: string): number => name.split('.').length;

/** The name under which a domain's KMS hosts are found. */
export const serviceName = (domain: string): string => `_vlmcs._tcp.${domain}`;

/** Why a word names no host that a record could point to. */
export type TargetFault = 'address' | 'single-label' | 'root' | 'not-a-name' | 'too-long' | 'service' | 'reserved';

/** What a value may name: a host with its domain. */
export type ParsedTarget =
  | { readonly ok: true; readonly target: string }
  | { readonly ok: false; readonly why: TargetFault };

/** The host that a value names, whoever wrote it; in comparable form where it can stand in an SRV value. */
export const readTarget = (word: string): ParsedTarget => {
  const ascii = asciiName(word);
  const fault = faultOf(word.trim(), ascii);
  return fault === undefined ? { ok: true, target: ascii } : { ok: false, why: fault };
};

/** The host that a person asks for: of names that are read where they stand, those that can be no KMS host are refused. */
export const parseTarget = (word: string): ParsedTarget => {
  const why = impossibleHost(asciiName(word));
  return why === undefined ? readTarget(word) : { ok: false, why };
};

const faultOf = (word: string, ascii: string): TargetFault | undefined => {
  if (word === '.') return 'root';
  if (isAddressLike(ascii)) return 'address';
  const labels = ascii.split('.');
  if (ascii.length > LONGEST_NAME || labels.some(({ length }) => length > 63)) return 'too-long';
  if (!labels.every((label) => LABEL.test(label))) return 'not-a-name';
  // DNS takes a value for a whole name: a NetBIOS name alone would be looked for right under the root.
  return labels.length === 1 ? 'single-label' : undefined;
};

/** No top-level domain is a number (RFC 3696 §2): what ends in one is meant as an address, well written or not. */
const isAddressLike = (text: string): boolean => {
  const bare = text.replace(/^\[(.*)\]$/, '$1').replace(/%.*$/, '');
  return addressBytes(bare) !== undefined || /^[0-9.]*\.[0-9]+$/.test(bare);
};

/** What `inet_aton` reads as a number, so that a name that ends in it is asked of no DNS: `127.1`, `0x7f.1`. */
const NUMBER = /^(?:[0-9]+|0x[0-9a-f]*)$/;
/** Domains that lead each machine to itself, or nowhere (RFC 6761 §6.3 and 6.4; `localdomain` by custom). */
const RESERVED: ReadonlySet<string> = new Set(['localhost', 'localdomain', 'invalid']);

/** Why a name, well formed as it may be, is that of no KMS host. Some hosts' own names have an underscore inside. */
const impossibleHost = (ascii: string): TargetFault | undefined => {
  const labels = ascii.split('.');
  const last = labels.at(-1) ?? '';
  if (!labels.every((label) => LABEL.test(label))) return undefined;
  if (NUMBER.test(last)) return 'address';
  if (RESERVED.has(last) || labels[0] === 'localhost') return 'reserved';
  return labels.some((label) => label.startsWith('_')) ? 'service' : undefined;
};
