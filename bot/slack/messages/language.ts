/** Languages the bot answers in. */
export const LANGUAGES = ['en', 'ja'] as const;
export type Language = (typeof LANGUAGES)[number];

/** The language for a Slack locale such as `ja-JP`; undefined when Slack named none. */
export const languageOf = (locale: string | undefined): Language | undefined =>
  locale === undefined || locale === '' ? undefined : /^ja\b/i.test(locale) ? 'ja' : 'en';

/** The language of a configuration value; English unless it names another. */
export const configuredLanguage = (value: string | undefined): Language => languageOf(value) ?? 'en';
