/**
 * Activation by telephone, as Microsoft's activation centre does it: an Installation ID is read out, a Confirmation ID
 * comes back. How the real ones are made is not published; all of the lab's begin with a group of zeros, so that nobody
 * takes one for real.
 *
 * Decisions:
 * - The last digit of every group, of both, is a check digit that shows every single wrong digit.
 * - An Installation ID follows from the machine and its key alone: another key makes another one, a rearm does not.
 */
import { random, seedOf, whole } from '../random.ts';
import type { LabNode, LabProduct, LabWindows } from './types.ts';

/** Groups of an Installation ID, of seven digits each; of six up to Windows Server 2012 R2. */
const INSTALLATION_GROUPS = 9;
/** Groups of a Confirmation ID (Microsoft, "Slmgr.vbs options", /atp), of six digits each. */
const CONFIRMATION_GROUPS = 8;
const CONFIRMATION_DIGITS = 6;
/** None shares a factor with ten: whatever digit is wrong, the sum is another. */
const WEIGHTS = [1, 3, 7, 9] as const;

/** The Installation ID of a machine with this product. */
export const installationIdOf = (
  { id, windows }: Pick<LabNode, 'id'> & { readonly windows: Pick<LabWindows, 'generation'> },
  { id: activationId, partialKey }: Pick<LabProduct, 'id' | 'partialKey'>,
): string => {
  const digits = windows.generation === '2012R2' ? 6 : 7;
  return groupsFrom(`installation/${id}/${activationId}/${partialKey}`, INSTALLATION_GROUPS, digits).join('');
};

/** What came of a call: the Confirmation ID, whole and in its groups, or what the voice says. */
export type PhoneCall =
  | { readonly confirmationId: string; readonly groups: readonly string[] }
  | { readonly why: string };

/** Reads an Installation ID out to the centre; blanks and hyphens are not spoken. */
export const callPhoneCentre = (spoken: string): PhoneCall => {
  const digits = spoken.replace(/[\s-]/g, '');
  if (!/^(?:\d{54}|\d{63})$/.test(digits)) {
    return { why: `an Installation ID has 54 or 63 digits in nine groups, this one has ${digits.length} characters` };
  }
  const wrong = wrongGroup(digits, digits.length / INSTALLATION_GROUPS);
  if (wrong !== undefined)
    return { why: `group ${wrong} of the Installation ID was misheard: its check digit is wrong` };
  const groups = groupsFrom(`confirmation/${digits}`, CONFIRMATION_GROUPS, CONFIRMATION_DIGITS);
  return { confirmationId: groups.join(''), groups };
};

const CODE = {
  length: 'C004F02F',
  checkDigits: 'C004F04D',
  otherInstallation: 'C004F07E',
  mismatched: 'C004F031',
} as const;

/** What Windows makes of a Confirmation ID: undefined where it is the right one, or the code it fails with. */
export const faultOfConfirmation = (
  own: string,
  installationId: string,
  confirmationId: string,
): string | undefined => {
  if (!/^\d{48}$/.test(confirmationId)) return CODE.length;
  if (wrongGroup(confirmationId, CONFIRMATION_DIGITS) !== undefined) return CODE.checkDigits;
  if (installationId !== own) return CODE.otherInstallation;
  const call = callPhoneCentre(own);
  return 'confirmationId' in call && call.confirmationId === confirmationId ? undefined : CODE.mismatched;
};

const groupsFrom = (seed: string, groups: number, digits: number): string[] => {
  const next = random(seedOf(seed));
  return Array.from({ length: groups }, (_, group) => {
    const body = Array.from({ length: digits - 1 }, () => (group === 0 ? 0 : whole(next, 10))).join('');
    return body + checkDigit(body);
  });
};

const checkDigit = (body: string): number =>
  [...body].reduce((sum, digit, at) => sum + Number(digit) * (WEIGHTS[at % WEIGHTS.length] ?? 1), 0) % 10;

/** The first group whose check digit is wrong, counted from 1. */
const wrongGroup = (all: string, digits: number): number | undefined => {
  const groups = all.match(new RegExp(`.{${digits}}`, 'g')) ?? [];
  const at = groups.findIndex((group) => checkDigit(group.slice(0, -1)) !== Number(group.at(-1)));
  return at < 0 ? undefined : at + 1;
};
