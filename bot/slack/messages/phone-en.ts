/** The window of an activation by phone, in English: loaded when somebody opens or submits it. */
import type { PhoneModal } from '../../domain/change/phone.ts';
import type { GroupProblem } from '../../domain/keys/confirmation-id.ts';
import type { Safe } from '../mrkdwn.ts';

type Unavailable = Extract<PhoneModal, { kind: 'unavailable' }>['why'];

const unavailable: Readonly<Record<Unavailable, string>> = {
  ended: 'This change does not wait for a Confirmation ID any more. Its message shows where it stands.',
  'no-right':
    'This takes the operator right for this machine, which you do not have. Its Installation ID is not shown.',
  'not-read':
    'The machine gave no Installation ID: it could not be asked, or has nothing to activate by phone. Its message shows where the change stands; you can close this window and press the button again.',
  failed: 'The Installation ID could not be shown. Close this window and press the button again in a minute.',
};

/** What is wrong with one group; plain text, shown below its field. */
const problem: Readonly<Record<GroupProblem['why'], string>> = {
  empty: 'This group is missing: six digits.',
  'not-digits': 'Digits only, six of them.',
  'too-short': 'This group has fewer than six digits.',
  'too-long': 'This group has more than six digits.',
};

/** Why nothing is taken any more, in the words of this window. */
const refused: Readonly<Record<'already-decided' | 'stale' | 'expired' | 'ended', string>> = {
  'already-decided':
    'A Confirmation ID has been submitted for this attempt already. The message of the change shows what comes of it.',
  stale:
    'This belongs to an earlier attempt, and the Installation ID may be another one now. Use the button of the newest message.',
  expired: 'The time for this Confirmation ID is over. Ask for the change again if it is still wanted.',
  ended: unavailable.ended,
};

export const phoneWindow = {
  title: 'Activate by phone',
  submit: 'Submit',
  close: 'Close',
  loading: 'The Installation ID is being fetched; it appears here in a few seconds.',
  head: (machine: Safe, change: Safe) => `*${machine}* · change ${change}`,
  installationId: '*Installation ID* — enter it on the phone or read it out, group by group:',
  whereToCall: '*Where to call*',
  noNumbers:
    '*Where to call*\nNo numbers are configured here. `slui 4` on a Windows machine with a desktop shows Microsoft’s number for a country; `%systemroot%\\system32\\sppui\\phone.inf` has them all.',
  confirmationId: '*Confirmation ID* — 48 digits in eight groups; all of it may be pasted into the first field.',
  group: (at: number, letter: string) => `Group ${at} (${letter})`,
  digits: '6 digits',
  digitsOrAll: '6 digits, or all 48',
  until: (when: Safe) => `Can be submitted until ${when}`,
  kept: 'It waits encrypted for this machine alone and is deleted once fetched',
  problem,
  /** Below the first field, where all of it may stand. */
  wholeOrGroup: 'Six digits here, or all 48 with the other fields left empty.',
  unavailable,
  refused,
  /** Kept, and this person's. */
  taken: 'Taken. The machine fetches the Confirmation ID now; the message of the change shows what comes of it.',
  /** Another one was kept before: the machine gets that one. */
  takenBefore:
    'A Confirmation ID had been submitted for this attempt before yours. The machine fetches that one, and the message of the change shows what comes of it.',
  notKept: {
    unsure: 'AWS did not confirm in time that the Confirmation ID is kept. Submit again: it counts only once.',
    failed: 'The Confirmation ID was not kept: AWS answered with an error. Submit again in a minute.',
  },
  notTold: {
    unsure: 'The Confirmation ID is kept, but AWS did not confirm in time that the change knows. Submit again.',
    failed: 'The Confirmation ID is kept, but AWS did not pass the word on. Submit again in a minute.',
  },
  /** Plain text, like everything below a field. */
  lacksRight: (action: string) =>
    `The Confirmation ID was not taken: my Slack function may not call ${action}. Whoever runs the deployment has to give that right back.`,
  unopened: 'Slack did not open the window. Press again.',
};

/** What every language's window of an activation by phone says. */
export type PhoneWindow = typeof phoneWindow;
