/** Every named scenario. */
import { ASSIGNMENTS } from './assignments.ts';
import { COUNTS } from './counts.ts';
import { HOSTS } from './hosts.ts';
import { LICENCES } from './licences.ts';
import { OFFICE } from './office.ts';
import { PAIRS } from './pairs.ts';
import { PATHS } from './paths.ts';
import { RECORDS } from './records.ts';
import type { Scenario } from './scenario.ts';
import { SERVERS } from './servers.ts';
import { RENEWALS, UNSEEN, WELL } from './well.ts';

/** All of them. */
export const SCENARIOS: readonly Scenario[] = [
  ...LICENCES,
  ...ASSIGNMENTS,
  ...SERVERS,
  ...RECORDS,
  ...PATHS,
  ...HOSTS,
  ...COUNTS,
  ...RENEWALS,
  ...WELL,
  ...OFFICE,
  ...UNSEEN,
  ...PAIRS,
];
