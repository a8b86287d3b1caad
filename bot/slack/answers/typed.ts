import { COMMAND } from '../ids.ts';
import { code, join, type Safe } from '../mrkdwn.ts';

/** A command as it is typed, in a code span: `` `/kms check <nodes>` ``. */
export const typed = (behind: string): Safe => code(`${COMMAND} ${behind}`);

/** Tools as the table of commands names them, `slmgr /dlv · nslookup`, each in a code span of its own. */
export const tools = (counterpart: string): Safe =>
  join(
    counterpart.split(' · ').map((tool) => code(tool)),
    ' · ',
  );
