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

/** By labels from the right, so that a domain stands before everything under it. Source: AWS, ListResourceRecordSets. */
export function compareNames(a: string, b: string): number {
  const left = reversedLabels(a);
  const right = reversedLabels(b);
  for (let at = 0; at < Math.max(left.length, right.length); at += 1) {
    const order = compareText(left[at] ?? '', right[at] ?? '');
    if (order !== 0) return order;
  }
  return 0;
}

function reversedLabels(name: string): readonly string[] {
  return fqdn(name).slice(0, -1).split('.').reverse();
}

/** By code unit: ASCII order for what Route 53 holds. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
