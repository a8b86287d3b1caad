/** DNS names as Route 53 writes and orders them. */

/** Lower-case with a trailing dot. */
export function fqdn(name: string): string {
  const lower = name.toLowerCase();
  return lower.endsWith('.') ? lower : `${lower}.`;
}

/** Characters other than letters, digits, hyphen, underscore and the dots come back as octal escapes. */
export function escapedName(name: string): string {
  return [...Buffer.from(fqdn(name), 'utf8')].map(escapedByte).join('');
}

function escapedByte(byte: number): string {
  const character = String.fromCharCode(byte);
  return /[a-z0-9\-_.]/.test(character) ? character : `\\${byte.toString(8).padStart(3, '0')}`;
}

/**
 * By labels from the right, a trailing dot included: a domain stands before everything under it, and `a-1.` before `a.`,
 * because a hyphen comes before a dot. Source: AWS, ListResourceRecordSets.
 */
export function compareNames(a: string, b: string): number {
  return compareText(reversedName(a), reversedName(b));
}

function reversedName(name: string): string {
  return `${fqdn(name).slice(0, -1).split('.').reverse().join('.')}.`;
}

/** By code unit: ASCII order for what Route 53 holds. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
