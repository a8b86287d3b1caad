/** The catalogues of checks, by language. For functions that have time to load both. */
import { type CardTexts, card as cardEn } from './card-en.ts';
import { card as cardJa } from './card-ja.ts';
import { type CodeTexts, codes as codesEn } from './codes-en.ts';
import { codes as codesJa } from './codes-ja.ts';
import { hostsTexts as hostsEn } from './hosts-en.ts';
import { hostsTexts as hostsJa } from './hosts-ja.ts';
import type { HostsTexts } from './hosts-words.ts';
import type { Language } from './language.ts';
import { recordsTexts as recordsEn } from './records-en.ts';
import { recordsTexts as recordsJa } from './records-ja.ts';
import type { RecordsTexts } from './records-words.ts';
import { type ReportTexts, report as reportEn } from './report-en.ts';
import { report as reportJa } from './report-ja.ts';

export interface CheckTexts {
  readonly report: ReportTexts;
  readonly card: CardTexts;
  readonly codes: CodeTexts;
  readonly hosts: HostsTexts;
  readonly records: RecordsTexts;
}

export const checkTexts: Readonly<Record<Language, CheckTexts>> = {
  en: { report: reportEn, card: cardEn, codes: codesEn, hosts: hostsEn, records: recordsEn },
  ja: { report: reportJa, card: cardJa, codes: codesJa, hosts: hostsJa, records: recordsJa },
};
