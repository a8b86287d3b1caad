/** Changes in English. Values are escaped before they come here. */
import { did, todo } from './change-asks-en.ts';
import { outcomes } from './change-outcomes-en.ts';
import { plan } from './change-plan-en.ts';
import { slmgr } from './change-slmgr.ts';
import type { ChangeTexts } from './change-words.ts';
import { course } from './course-en.ts';
import { record } from './record-en.ts';

const number = (value: number): string => value.toLocaleString('en');
const machines = (count: number): string => `${number(count)} ${count === 1 ? 'machine' : 'machines'}`;
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

export const change: ChangeTexts = {
  ...outcomes,
  plan,
  record,
  course,
  machines,
  someMachines: 'the machines named',
  todo,
  did,
  ask: (todo) => `${capital(todo)}?`,
  lookingAgain: (command) => `Looking at the machines of ${command} again`,
  looking: {
    'looking-up': (command) => `Looking up the machines for ${command}`,
    asking: (command) => `Planning ${command}: looking at the machines first`,
    'reading-zones': (command) => `Planning ${command}: looking at the machines first`,
    'slowed-down': (command) => `Planning ${command}; AWS is slowing me down`,
  },
  answered: (answered, asked) => `${number(answered)} of ${number(asked)} answered`,
  waiting: {
    first: (todo, until) => `An approver has to agree by ${until} before I ${todo}`,
    again: 'The machines changed after the approval, so this is a new plan that needs a new one.',
  },
  applying: {
    first: (todo) => `Changing: ${todo}`,
    verifying: (todo) => `Checking what came of it: ${todo}`,
    done: (done, all) => `${number(done)} of ${number(all)} done`,
    failed: (count) => `${number(count)} not done`,
    wave: (wave, waves) => `wave ${wave} of ${waves}`,
    decidedBy: (who) => `decided by ${who}`,
  },
  paused: {
    first: (todo, wave, waves, worse, done) =>
      `Paused after wave ${wave} of ${waves}, ${worse === 1 ? 'a machine' : `${number(worse)} of the ${number(done)} machines`} did not come out well — an operator decides: ${todo}`,
    rest: (count, until) =>
      `${machines(count)} ${count === 1 ? 'waits' : 'wait'}, untouched so far. Without a decision by ${until} the change ends here.`,
    goOnText: (todo, count) =>
      `${count === 1 ? 'One more machine' : `${number(count)} more machines`} will be changed, though some before did not come out well: ${todo}.`,
  },
  card: {
    wanted: (group, requester, todo) =>
      `${group === '' ? '' : `${group} `}Approval wanted${requester === '' ? '' : ` by ${requester}`}: ${todo}`,
    again: 'The machines changed after the last approval. This is a new plan; look at it afresh.',
    inFile: 'The whole plan is in the file in this thread.',
    expires: (when) => `Expires ${when}.`,
    approved: (who, when, what) => `Approved${who === '' ? '' : ` by ${who}`} ${when}: ${what}`,
    rejected: (who, when, what) => `Rejected${who === '' ? '' : ` by ${who}`} ${when}, nothing was changed: ${what}`,
    brokeGlass: (who, when, what) =>
      `Applied without approval${who === '' ? '' : ` by ${who}`}, who broke the glass ${when}: ${what}`,
    cancelled: (who, when, what) => `Cancelled${who === '' ? '' : ` by ${who}`} ${when}, nothing was changed: ${what}`,
    expired: (when, what) => `Expired ${when} without a decision, nothing was changed: ${what}`,
    void: (when, what) =>
      `No longer valid since ${when}: the machines changed after the approval, and nothing was done. A new plan follows: ${what}`,
    asked: (todo, requester) => `${todo}${requester === '' ? '' : ` (asked by ${requester})`}`,
  },
  glass: {
    first: (who, todo, when) => `${who || 'Somebody'} broke the glass ${when}: without an approver, to ${todo}`,
    reason: (reason) => `*Reason given*  ${reason || 'none'}`,
    next: (group) =>
      `${group === '' ? 'The approvers' : group} please look at it afterwards: \`/kms audit\` has every step, \`/kms jobs\` can cancel it while it runs.`,
  },
  buttons: {
    approve: 'Approve',
    reject: 'Reject',
    breakGlass: 'Break glass…',
    goOn: 'Go on',
    cancel: 'Cancel change',
    undo: 'Undo',
    discover: 'Back to discovery',
    enterConfirmation: 'Call and enter ID…',
    byPhone: 'Activate by phone',
    restart: 'Restart…',
    back: 'Not now',
    yes: 'Yes',
  },
  confirm: {
    approve: (todo) =>
      `I will ${todo}. Before that I look at the machines again; if they have changed, nothing is done.`,
    cancel: (todo) => `What is done stays, and nothing more is sent: ${todo}.`,
    undo: (did) =>
      `To be taken back: ${did}. The values before are put back, machine by machine, where nobody has changed them since.`,
    discoverAll:
      'The assigned host of every machine that has one is cleared, in waves, so that DNS names the KMS host. The plan shows which machines those are, and an approver is asked.',
    byPhone: (machine) =>
      `${machine} is activated by phone: you get its Installation ID, call Microsoft, and enter the Confirmation ID. An approver is asked first.`,
    restart: (machine) =>
      `${machine} restarts, which ends whatever runs there and signs everybody off. An approver is asked first.`,
    discover: (whom) => `The assigned host of ${whom} is cleared, so that the KMS host is found by DNS again.`,
  },
  small: {
    id: (id) => `change ${id}`,
    slmgr,
    started: (when) => `started ${when}`,
    ended: (when) => `ended ${when}`,
  },
};
