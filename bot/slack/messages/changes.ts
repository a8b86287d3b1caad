/** The catalogues of changes, by language. For functions that have time to load both. */
import { change as changeEn } from './change-en.ts';
import { change as changeJa } from './change-ja.ts';
import type { ChangeTexts } from './change-words.ts';
import type { Language } from './language.ts';

export const changeTexts: Readonly<Record<Language, ChangeTexts>> = { en: changeEn, ja: changeJa };
