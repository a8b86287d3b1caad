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

/** A name as callers may write it, octal escapes and all, as the lab keeps it: lower-case, trailing dot, no escapes. */
export function plainName(name: string): string {
  const bytes = name.replace(/[^\\]+|\\([0-7]{3})|\\/g, (part, octal?: string) =>
    octal === undefined ? Buffer.from(part, 'utf8').toString('latin1') : String.fromCharCode(Number.parseInt(octal, 8)),
  );
  return fqdn(Buffer.from(bytes, 'latin1').toString('utf8'));
}

/** A name as the condition keys of IAM have it: like {@link escapedName}, without the trailing dot. */
export function normalizedName(name: string): string {
  return escapedName(name).slice(0, -1);
}

/** What is wrong with a domain name, in Route 53's words; undefined where nothing is. Source: terraform#18482 for the first. */
export function nameProblem(name: string): string | undefined {
  const labels = fqdn(name).slice(0, -1).split('.');
  if (labels.some((label) => label === '')) return 'DomainLabelEmpty (Domain label is empty)';
  if (labels.some((label) => Buffer.byteLength(label) > 63)) return 'DomainLabelTooLong (Domain label is too long)';
  return Buffer.byteLength(name) > 255 ? 'DomainTooLong (Domain name is too long)' : undefined;
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
