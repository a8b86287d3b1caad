/** The catalogues of diagnoses and their fixes, by language. For functions that have time to load both. */
import { diagnosis as diagnosisEn } from './diagnosis-en.ts';
import { diagnosis as diagnosisJa } from './diagnosis-ja.ts';
import type { DiagnosisTexts } from './diagnosis-words.ts';
import { fixes as fixesEn } from './fix-en.ts';
import { fixes as fixesJa } from './fix-ja.ts';
import type { FixWords } from './fix-words.ts';
import type { Language } from './language.ts';

export interface DiagnosisCatalogue {
  readonly texts: DiagnosisTexts;
  readonly fixes: FixWords;
}

export const diagnoses: Readonly<Record<Language, DiagnosisCatalogue>> = {
  en: { texts: diagnosisEn, fixes: fixesEn },
  ja: { texts: diagnosisJa, fixes: fixesJa },
};
