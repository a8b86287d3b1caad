/**
 * States of a Windows licence, `LicenseStatus` of `SoftwareLicensingProduct`, by their numbers 0 to 6.
 *
 * @see https://learn.microsoft.com/en-us/previous-versions/ff793441(v=technet.10)
 */
export const LICENCE_STATUSES = [
  'unlicensed',
  'licensed',
  'initial-grace',
  'out-of-tolerance-grace',
  'non-genuine-grace',
  'notification',
  'extended-grace',
] as const;

/** One of the states. */
export type LicenceStatus = (typeof LICENCE_STATUSES)[number];
