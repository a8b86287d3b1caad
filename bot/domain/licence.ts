/** What the licence products of a machine mean: which one counts, how it is activated, how long it lasts. */
import type { ActivatedBy, ActivationChannel } from './check-report.ts';
import type { LicenceProduct } from './inspection-record.ts';

/**
 * Minutes a KMS or Active Directory activation is valid: 180 days.
 *
 * Microsoft, "KMS activation planning".
 */
export const ACTIVATION_VALIDITY_MINUTES = 259_200;

/** Minutes between renewals of a licensed KMS client: seven days. Same source. */
export const RENEWAL_INTERVAL_MINUTES = 10_080;

/** Missed renewals from which a machine is said to be late; one may be a laptop that was asleep. */
export const LATE_FROM_MISSED_RENEWALS = 2;

/** Milliseconds of a minute. */
export const MINUTE_MS = 60_000;

/** Minutes as whole days, rounded up as `slmgr` shows them. */
export const daysOf = (minutes: number): number => Math.ceil(minutes / 1440);

/** Tokens of a product's `Description` and the channel they stand for; the first that is found decides. */
const CHANNEL_TOKENS: readonly (readonly [RegExp, ActivationChannel])[] = [
  [/TIMEBASED_EVAL|TB:EVAL/, 'evaluation'],
  [/VIRTUAL_MACHINE_ACTIVATION/, 'avma'],
  [/VOLUME_KMSCLIENT|VOLUME:GVLK/, 'kms-client'],
  [/VOLUME_KMS|VOLUME:CSVLK/, 'kms-host'],
  [/MAK/, 'mak'],
  [/OEM/, 'oem'],
  [/RETAIL/, 'retail'],
];

/** The channel a `Description`, its channel token or a `ProductKeyChannel` stands for. */
export function channelOf(token: string): ActivationChannel {
  const upper = token.toUpperCase();
  return CHANNEL_TOKENS.find(([pattern]) => pattern.test(upper))?.[1] ?? 'unknown';
}

/** Which product counts for Windows. */
export type PrimaryProduct =
  | { readonly kind: 'found'; readonly product: LicenceProduct }
  /** No Windows product has a key. */
  | { readonly kind: 'none' }
  /** Several have, and nothing tells which one counts. */
  | { readonly kind: 'ambiguous' };

/**
 * The product that decides whether Windows is activated.
 *
 * An upgrade in place may leave several products with a key: the licensed one counts, else the only one that is not
 * unlicensed, else any when they agree in channel, state and reason.
 */
export function primaryProduct(products: readonly LicenceProduct[]): PrimaryProduct {
  const windows = products.filter((product) => product.application === 'windows' && product.keyTail !== '');
  const [first] = windows;
  if (first === undefined) return { kind: 'none' };
  const licensed = windows.find((product) => product.status === 'licensed');
  const started = windows.filter((product) => product.status !== 'unlicensed');
  const clear = licensed ?? (started.length === 1 ? started[0] : undefined);
  if (clear !== undefined) return { kind: 'found', product: clear };
  return windows.every((product) => agrees(product, first)) ? { kind: 'found', product: first } : { kind: 'ambiguous' };
}

const agrees = (one: LicenceProduct, other: LicenceProduct): boolean =>
  one.channelToken === other.channelToken &&
  one.keyTail === other.keyTail &&
  one.status === other.status &&
  one.reason === other.reason;

/**
 * Weekly renewals a KMS client has missed, from the minutes its activation still lasts.
 *
 * Assumes the interval of seven days that a KMS host hands out unless it was told otherwise; a client does not show
 * the one it was given.
 */
export function missedRenewals(minutesLeft: number): number {
  const sinceLast = ACTIVATION_VALIDITY_MINUTES - minutesLeft;
  return Math.max(0, Math.floor(sinceLast / RENEWAL_INTERVAL_MINUTES));
}

/**
 * What gave a licensed product its licence.
 *
 * A KMS client that names nothing was activated by KMS: the other two kinds always leave their mark.
 */
export function activatedBy(product: LicenceProduct): ActivatedBy {
  if (product.activatedBy !== undefined) return product.activatedBy;
  const isPermanent = product.minutesLeft === 0 && channelOf(product.channelToken) !== 'kms-client';
  return isPermanent ? 'permanent' : 'kms';
}
