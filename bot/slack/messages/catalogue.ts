/** Catalogues of the quick answers, loaded when one is needed: none of them is on the path of `check`. */
import type { HelpCatalogue } from '../answers/help-answer.ts';
import type { Answers } from './answers-en.ts';
import type { ChangeAnswers } from './change-answers-en.ts';
import type { CodeTexts } from './codes-en.ts';
import type { Language } from './language.ts';
import type { PhoneWindow } from './phone-en.ts';

/** The quick answers of a language. */
export async function catalogue(language: Language): Promise<{ readonly answers: Answers }> {
  return language === 'ja' ? import('./answers-ja.ts') : import('./answers-en.ts');
}

/** The quick answers of a language with its help. */
export async function helpCatalogue(language: Language): Promise<HelpCatalogue> {
  const [{ answers }, { help }] = await Promise.all([
    catalogue(language),
    language === 'ja' ? import('./help-ja.ts') : import('./help-en.ts'),
  ]);
  return { answers, help };
}

/** What result codes mean, in a language. */
export async function codeCatalogue(language: Language): Promise<CodeTexts> {
  const { codes } = await (language === 'ja' ? import('./codes-ja.ts') : import('./codes-en.ts'));
  return codes;
}

/** What is said at once of changes and rights, in a language. */
export async function changeCatalogue(language: Language): Promise<ChangeAnswers> {
  const { changeAnswers } = await (language === 'ja'
    ? import('./change-answers-ja.ts')
    : import('./change-answers-en.ts'));
  return changeAnswers;
}

/** What the window of an activation by phone says, in a language. */
export async function phoneCatalogue(language: Language): Promise<PhoneWindow> {
  const { phoneWindow } = await (language === 'ja' ? import('./phone-ja.ts') : import('./phone-en.ts'));
  return phoneWindow;
}
