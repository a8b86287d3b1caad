/** Why changes are refused, in English. Values are escaped before they come here. */
import type { OutcomeTexts } from './change-outcome-words.ts';
import { storedKey } from './stored-key-en.ts';

const number = (value: number): string => value.toLocaleString('en');
const machines = (count: number): string => `${number(count)} ${count === 1 ? 'machine' : 'machines'}`;

export const refusals: Pick<OutcomeTexts, 'refusals' | 'storedKey' | 'noRight' | 'notOurs' | 'notUndoable'> = {
  storedKey,
  refusals: {
    'no-right': ({ command, right, why }) =>
      `Not done, ${command} takes the ${right} right: ${why}. \`/kms whoami\` shows your rights and where they come from`,
    'shared-channel': ({ command }) =>
      `Not done: people of other companies read this channel. Ask for ${command} in a channel of your own`,
    'too-many': ({ command, machines: count, limit }) =>
      `Not done: ${command} means ${machines(count)}, and one change may go to ${number(limit)}. Name fewer, for example by a tag`,
    'no-such-change': ({ word }) =>
      `I know no change ${word} of the last 30 days. \`/kms audit\` shows the changes and their ids`,
    'not-undoable': ({ word, why }) => `Change ${word} cannot be undone: ${why}`,
    'not-one': ({ command, machines: count }) =>
      count === 0
        ? `Not done: no machine fits ${command}, which needs one. Name it by its id`
        : `Not done: this is for one machine, and ${command} means ${machines(count)}. Name one by its id`,
    'not-ours': ({ word, why }) =>
      `Not done: ${word} is ${why}. If it is one of your KMS hosts, whoever runs this bot adds it to \`knownHosts\``,
    'keys-off': ({ command }) =>
      `Not done, ${command} installs keys or activates with Microsoft, which this deployment has not switched on. Whoever runs it can switch on \`keys\` in its configuration`,
    'keeps-moving': ({ command }) =>
      `Given up, nothing was changed: the machines changed again after every approval. Ask for ${command} again when nobody else works on them`,
  },
  noRight: {
    'no-rule': 'you have not the right to change these machines',
    denied: 'a rule forbids you to change these machines',
    guest: 'guests of the workspace may not change machines',
    foreign: 'people of other workspaces may not change machines',
    gone: 'your account is deactivated',
  },
  notOurs: {
    loopback: 'the machine itself',
    'link-local': 'a link-local address that is not Amazon’s',
    'public-address': 'an internet address',
  },
  notUndoable: {
    'no-undo': 'nothing of it has a way back',
    'too-old': 'it is more than 30 days old',
    running: 'it is still under way; `/kms jobs` can cancel it',
    undone: 'it has been undone already',
  },
};
