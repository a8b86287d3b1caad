/** The catalogues of jobs and audit, by language. For functions that have time to load both. */
import { auditTexts as en } from './audit-en.ts';
import { auditTexts as ja } from './audit-ja.ts';
import type { AuditCatalogue } from './audit-words.ts';
import type { Language } from './language.ts';

export const auditCatalogues: Readonly<Record<Language, AuditCatalogue>> = { en, ja };
