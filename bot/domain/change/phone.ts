/** Activation by telephone: what the modal of the person who calls shows. */

/** Digits of a Confirmation ID: eight groups of six (Microsoft, "Slmgr.vbs options", /atp). */
export const CONFIRMATION_GROUPS = 8;
export const GROUP_DIGITS = 6;

/** Where a Confirmation ID waits for its machine: deleted on deposit, or by the store after a day. */
export const CONFIRMATION_PREFIX = 'kms-bot/confirmation/';
export const confirmationName = (change: string, attempt: number): string =>
  `/${CONFIRMATION_PREFIX}${change}-${attempt}`;

/** What the modal shows. The Installation ID stands nowhere else. */
export type PhoneModal =
  /** Opened at once; the rest follows. */
  | { readonly kind: 'loading'; readonly change: string }
  | {
      readonly kind: 'ready';
      readonly change: string;
      readonly attempt: number;
      readonly digest: string;
      readonly machine: string;
      /** Digits in groups, as the telephone asks for them. */
      readonly groups: readonly string[];
      /** Configured text: numbers, contract, hours. Empty: the machine's own list of numbers is named. */
      readonly whereToCall: string;
      readonly expiresAtMs: number;
    }
  | {
      readonly kind: 'unavailable';
      readonly change: string;
      readonly why: 'ended' | 'no-right' | 'not-read' | 'failed';
    };
