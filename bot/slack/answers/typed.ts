import { COMMAND } from '../ids.ts';
import { code, type Safe } from '../mrkdwn.ts';

/** A command as it is typed, in a code span: `` `/kms check <nodes>` ``. */
export const typed = (behind: string): Safe => code(`${COMMAND} ${behind}`);
