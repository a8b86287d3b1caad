/** DNS names as Route 53 writes them and as machines write them, made comparable. */
import { isIP } from 'node:net';
import { domainToASCII } from 'node:url';

/** A label of a host or service name as DNS software in use accepts it; other characters are no name but a mistake. */
const LABEL = /^(?!-)[a-z0-9_-]{1,63}$/;
const LONGEST_NAME = 253;
const ASCII = /^[\x20-\x7e]*$/;

/**
 * A name as Route 53 gives it, as text: other characters than letters, digits, hyphen and underscore come back in octal,
 * e.g. `\052` for `*`; bytes beyond ASCII are read as UTF-8. Lower-case, without trailing dot.
 */
export const plainName = (given: string): string => {
  const bytes = given.replace(/\\([0-3][0-7]{2})/g, (_, octal: string) =>
    String.fromCharCode(Number.parseInt(octal, 8)),
  );
  const text = ASCII.test(bytes) ? bytes : Buffer.from(bytes, 'latin1').toString('utf8');
  return text.toLowerCase().replace(/\.$/, '');
};

const asciiLabel = (label: string): string => (ASCII.test(label) ? label : domainToASCII(label));

/**
 * The form in which names are compared: lower-case, no trailing dot, labels beyond ASCII as `xn--…`. `undefined` for an
 * address and for whatever cannot be a name at all, so that nothing of the kind is asked for.
 */
export const comparable = (name: string): string | undefined => {
  const plain = name.trim().toLowerCase().replace(/\.$/, '');
  if (isIP(plain) !== 0) return undefined;
  const labels = plain.split('.').map(asciiLabel);
  const ascii = labels.join('.');
  return ascii.length <= LONGEST_NAME && labels.every((label) => LABEL.test(label)) ? ascii : undefined;
};

/** True of the zone's own name and of every name below it. Both in comparable form. */
export const isWithin = (name: string, zone: string): boolean => name === zone || name.endsWith(`.${zone}`);

/** How many labels a name has. */
export const depthOf = (name: string): number => name.split('.').length;
