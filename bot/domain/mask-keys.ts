/** Product keys in texts of machines and people. */

/** Five groups of five, as product keys are written; loose at its ends on purpose. */
const FIVE_BY_FIVE = /[A-Z0-9]{5}(?:[-\u2010-\u2015\u2212][A-Z0-9]{5}){3}[-\u2010-\u2015\u2212]([A-Z0-9]{5})/giu;

/** Replaces all but the last group of whatever looks like a product key. */
export const maskKeys = (text: string): string => text.replace(FIVE_BY_FIVE, '•••••-$1');
