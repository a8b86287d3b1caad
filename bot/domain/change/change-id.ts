/** Ids that people read aloud and type: `/kms undo c4k7m2q9xd`. */
import type { Digest } from './make-plan.ts';

/** No letters that are taken for digits or for one another. */
const ALPHABET = 'abcdefghjkmnpqrstuvwxyz23456789';
const LENGTH = 9;

/** A change's id: always the same for the same execution, and some 44 bits of its name. */
export const changeIdOf = (executionName: string, digest: Digest): string => {
  const bytes = digest(`change ${executionName}`).match(/../g) ?? [];
  const characters = bytes.slice(0, LENGTH).map((byte) => ALPHABET[Number.parseInt(byte, 16) % ALPHABET.length]);
  return `c${characters.join('')}`;
};

/** What machines know an attempt by, and keep its result under. `what`: lower-case letters, digits and hyphens. */
export const operationOf = (changeId: string, what: string): string => `${changeId}-${what}`;
