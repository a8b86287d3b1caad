/** Spans of time in milliseconds; those of activation from Microsoft, "KMS activation planning". */

/** Milliseconds of a minute. */
export const MINUTE = 60_000;
/** Milliseconds of an hour. */
export const HOUR = 60 * MINUTE;
/** Milliseconds of a day. */
export const DAY = 24 * HOUR;

/** A KMS client stays licensed for 180 days (259,200 minutes) after each success. */
export const ACTIVATION_VALID = 180 * DAY;
/** Initial grace, and grace after the 180 days ran out. */
export const GRACE = 30 * DAY;
/** A host forgets a CMID this long after its last contact. */
export const CMID_LIFETIME = 30 * DAY;
/** Clocks of client and host may differ by this much. */
export const CLOCK_TOLERANCE = 4 * HOUR;
/** Minutes between attempts while not licensed or after a failed renewal, unless the host says otherwise. */
export const DEFAULT_ACTIVATION_MINUTES = 120;
/** Minutes between renewals, unless the host says otherwise. */
export const DEFAULT_RENEWAL_MINUTES = 10_080;
