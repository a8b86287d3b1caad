/**
 * The window of an activation by phone: the Installation ID goes out in it, the Confirmation ID comes in. Neither stands
 * in what comes back with it unseen.
 */
import { CONFIRMATION_GROUPS, type PhoneModal } from '../../domain/change/phone.ts';
import { PHONE } from '../ids.ts';
import type { PhoneWindow } from '../messages/phone-en.ts';
import { code, cut, moment, preformatted, words } from '../mrkdwn.ts';
import { section, smallPrint } from './blocks.ts';

const plainText = (text: string) => ({ type: 'plain_text', text, emoji: false });

/** What the window shows now. */
export function phoneWindowView(modal: PhoneModal, say: PhoneWindow): object {
  switch (modal.kind) {
    case 'loading':
      return phoneClosed(say.loading, say);
    case 'unavailable':
      return phoneClosed(say.unavailable[modal.why], say);
    case 'ready':
      return readyView(modal, say);
  }
}

/** The same window with a sentence and nothing to submit. */
export const phoneClosed = (text: string, say: PhoneWindow): object => ({
  type: 'modal',
  title: plainText(say.title),
  close: plainText(say.close),
  blocks: [section(text)],
});

type Ready = Extract<PhoneModal, { kind: 'ready' }>;

const readyView = (modal: Ready, say: PhoneWindow): object => ({
  type: 'modal',
  callback_id: PHONE.view,
  private_metadata: formatPhoneMetadata(modal),
  title: plainText(say.title),
  submit: plainText(say.submit),
  close: plainText(say.close),
  blocks: [
    section(say.head(words(modal.machine, 60), code(modal.change, 20))),
    section(`${say.installationId}\n${preformatted(inRows(modal.groups))}`),
    ...whereToCall(modal.whereToCall, say),
    section(say.confirmationId),
    ...Array.from({ length: CONFIRMATION_GROUPS }, (_, at) => groupInput(at, say)),
    smallPrint([say.until(moment(modal.expiresAtMs)), say.kept]),
  ],
});

const GROUPS_IN_A_ROW = 3;

/** Three groups a row: short enough for a phone's screen, and for the breath of whoever reads them out. */
const inRows = (groups: readonly string[]): readonly string[] =>
  Array.from({ length: Math.ceil(groups.length / GROUPS_IN_A_ROW) }, (_, row) =>
    groups.slice(row * GROUPS_IN_A_ROW, (row + 1) * GROUPS_IN_A_ROW).join('   '),
  );

/** A section of Slack's holds 3,000 characters. */
const LONGEST_TEXT = 3_000;

/** The configured text as it stands: nothing in it acts. */
const whereToCall = (configured: string, say: PhoneWindow): readonly object[] =>
  configured.trim() === ''
    ? [section(say.noNumbers)]
    : [section(say.whereToCall), { type: 'section', text: plainText(cut(configured.trim(), LONGEST_TEXT)) }];

/** The first field may hold all of it; Slack asks for every field that is not optional before it sends anything. */
const groupInput = (at: number, say: PhoneWindow): object => ({
  type: 'input',
  block_id: PHONE.group(at),
  optional: at > 0,
  label: plainText(say.group(at + 1, String.fromCharCode('A'.charCodeAt(0) + at))),
  element: {
    type: 'plain_text_input',
    action_id: PHONE.group(at),
    placeholder: plainText(at === 0 ? say.digitsOrAll : say.digits),
    max_length: at === 0 ? LONGEST_WHOLE : LONGEST_GROUP,
  },
});

/** Six digits, and 48 of them, with room for what people put between. */
const LONGEST_GROUP = 20;
const LONGEST_WHOLE = 150;

/** Which attempt the window belongs to. */
export interface PhoneMetadata {
  readonly change: string;
  readonly attempt: number;
  readonly digest: string;
}

const formatPhoneMetadata = ({ change, attempt, digest }: PhoneMetadata): string =>
  JSON.stringify({ change, attempt, digest });
