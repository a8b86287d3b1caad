/** Changes of records in English. Values are escaped before they come here. */
import { ended } from './record-end-en.ts';
import { plan } from './record-plan-en.ts';
import { refusals } from './record-refusals-en.ts';
import { durationEn } from './record-spans.ts';
import type { RecordTexts } from './record-words.ts';

export const record: RecordTexts = {
  recordOf: (domain) => `the KMS record of ${domain}`,
  looking: (command) => `Planning ${command}: reading the record first`,
  lookingAgain: (command) => `Reading the record of ${command} again`,
  waitingAgain: 'The record changed after the approval, so this is a new plan that needs a new one.',
  cardAgain: 'The record changed after the last approval. This is a new plan; look at it afresh.',
  cardVoid: (when, what) =>
    `No longer valid since ${when}: the record changed after the approval, and nothing was written. A new plan follows: ${what}`,
  confirm: {
    approve: (todo) => `I will ${todo}. Before that I read the record again; if it has changed, nothing is written.`,
    cancel: (todo) => `Nothing more is written: ${todo}.`,
    undo: (did) => `To be taken back: ${did}. Values that somebody has changed since, and those of others, stay.`,
  },
  plan,
  writing: {
    first: {
      write: (todo) => `Writing to Route 53: ${todo}`,
      sync: (todo) => `Written, waiting until every name server has it: ${todo}`,
      ask: (todo) => `Every name server has it, asking machines what they find now: ${todo}`,
    },
    since: (when) => `since ${when}`,
    busy: 'Route 53 is busy',
    cached: (seconds) => `a resolver may give the old answer for another ${durationEn(seconds)}`,
  },
  ended,
  refusals,
  overtaken: (domain, change) =>
    `Nothing was written: another change (${change}) changed the KMS record of ${domain} first — the requester acts`,
  keepsMoving: (command) =>
    `Given up, nothing was written: the record changed again after every approval. Ask for ${command} again when nobody else works on it`,
  noRight: {
    'no-rule': 'you have not the right to change this record',
    denied: 'a rule forbids you to change this record',
    guest: 'guests of the workspace may not change records',
    foreign: 'people of other workspaces may not change records',
    gone: 'your account is deactivated',
  },
};
