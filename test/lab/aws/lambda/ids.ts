/** Identities that look like AWS's and follow from the lab's seed. */

export interface Ids {
  /** Lower-case hexadecimal digits. */
  hex(digits: number): string;
  uuid(): string;
  /** 128 bytes in base64, so that `+`, `/` and `=` turn up as they do in real callback ids. */
  callbackId(): string;
}

/** Identities drawn from `random` (0 ≤ x < 1). */
export function createIds(random: () => number): Ids {
  const hex = (digits: number): string =>
    Array.from({ length: digits }, () => Math.floor(random() * 16).toString(16)).join('');
  return {
    hex,
    uuid: () => `${hex(8)}-${hex(4)}-4${hex(3)}-a${hex(3)}-${hex(12)}`,
    callbackId: () => Buffer.from(hex(256), 'hex').toString('base64'),
  };
}
