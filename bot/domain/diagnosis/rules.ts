/**
 * Every rule of a diagnosis, in the order of an attempt: the licence, whom it may ask, names, hosts, answers. Within a
 * stage the more particular cause stands first: it explains what the general one only describes.
 *
 * Microsoft, "Troubleshoot DNS-related activation issues" and "Guidelines for troubleshooting KMS".
 */
import type { Rule } from './rule.ts';
import { DNS_RULES } from './rules-of-dns.ts';
import { LAST_RULES } from './rules-of-now.ts';
import { RECORD_RULES } from './rules-of-records.ts';
import { TARGET_NAME_RULES } from './rules-of-target-names.ts';
import { TARGET_RULES } from './rules-of-targets.ts';
import { ANSWER_RULES } from './rules-of-the-answer.ts';
import { ASSIGNMENT_RULES } from './rules-of-the-assignment.ts';
import { COUNT_RULES } from './rules-of-the-count.ts';
import { LICENCE_RULES } from './rules-of-the-licence.ts';
import { SERVICE_RULES } from './rules-of-the-service.ts';
import { ZONE_RULES } from './rules-of-zones.ts';

/** The rules, in the order in which they are tried. */
export const RULES: readonly Rule[] = [
  ...LICENCE_RULES,
  ...ASSIGNMENT_RULES,
  ...DNS_RULES,
  ...ZONE_RULES,
  ...RECORD_RULES,
  ...TARGET_NAME_RULES,
  ...TARGET_RULES,
  ...SERVICE_RULES,
  ...ANSWER_RULES,
  ...COUNT_RULES,
  ...LAST_RULES,
];

/** Rows of the troubleshooting tree that no rule covers, and what does. */
export const ROWS_BEYOND_RULES: Readonly<Record<number, string>> = {
  1: 'a machine that cannot be asked is diagnosed as such',
  31: 'the exits of a diagnosis',
};
