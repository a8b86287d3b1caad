/** Secrets of a lab, and where one of them was left behind. */
import type { Kept } from './everything.ts';

/** A secret by what it is; the value is told to nobody. */
export interface Secret {
  readonly what: string;
  readonly value: string;
  /** Places where it belongs. */
  readonly except?: readonly string[];
}

/** The forms in which a text may have been kept: as it is, without what people put between its groups, and encoded. */
const formsOf = ({ value }: Secret): readonly string[] => {
  const bare = value.replace(/[\s-]/g, '');
  return [...new Set([value, bare, ...grouped(bare), ...[value, bare].flatMap(encoded)])];
};

/** Groups of digits as people write them: of six in a Confirmation ID, of six or seven in an Installation ID. */
const grouped = (digits: string): readonly string[] => {
  const size = { 48: 6, 54: 6, 63: 7 }[/^\d+$/.test(digits) ? digits.length : 0];
  const groups = size === undefined ? null : digits.match(new RegExp(`.{${size}}`, 'g'));
  return groups === null ? [] : ['-', ' ', '   '].map((between) => groups.join(between));
};

/** Base64 of a text within a longer one begins at any of three places; the ends depend on their neighbours. */
const encoded = (value: string): readonly string[] =>
  [0, 1, 2].map((shift) =>
    Buffer.from('\0'.repeat(shift) + value)
      .toString('base64')
      .slice(shift === 0 ? 0 : 4, -4),
  );

/** Anything shorter is found by chance. */
export const MIN_LENGTH = 15;

/** What was found where, in words; empty where all is well. @throws where a secret is too short to be looked for. */
export const leaksIn = (kept: readonly Kept[], secrets: readonly Secret[]): readonly string[] => {
  const short = secrets.find(({ value }) => value.length < MIN_LENGTH);
  if (short !== undefined) throw new Error(`${short.what} is too short to be looked for`);
  return kept.flatMap(({ place, text }) =>
    secrets
      .filter((secret) => !(secret.except ?? []).includes(place) && formsOf(secret).some((form) => text.includes(form)))
      .map(({ what }) => `${place}: ${what}`),
  );
};
