/** Half a space stands between Latin words and Japanese, and none between Japanese words. */

/** The text with half a space behind it when it ends in Latin; a word joiner that escaping left there does not count. */
export const spaceBehind = (text: string): string => (/[!-~]\u2060?$/.test(text) ? `${text} ` : text);

/** The text with half a space before it when it begins in Latin. */
export const spaceBefore = (text: string): string => (/^[!-~]/.test(text) ? ` ${text}` : text);
