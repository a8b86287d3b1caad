/** The window that asks why the glass is to be broken. */
import { REASON_LENGTH } from '../../domain/change/decide.ts';
import { REASON } from '../ids.ts';
import type { ChangeAnswers } from '../messages/change-answers-en.ts';
import { code } from '../mrkdwn.ts';

const plainText = (text: string) => ({ type: 'plain_text', text, emoji: false });

const warning = (text: string) => ({ type: 'section', text: { type: 'mrkdwn', text, verbatim: true } });

/** `metadata` comes back with the reason. */
export const reasonModal = (change: string, metadata: string, { modal: say }: ChangeAnswers): object => ({
  type: 'modal',
  callback_id: REASON.view,
  private_metadata: metadata,
  title: plainText(say.title),
  submit: plainText(say.submit),
  close: plainText(say.close),
  blocks: [
    warning(say.warning(code(change))),
    {
      type: 'input',
      block_id: REASON.block,
      label: plainText(say.label),
      element: {
        type: 'plain_text_input',
        action_id: REASON.input,
        multiline: true,
        min_length: REASON_LENGTH.from,
        max_length: REASON_LENGTH.to,
      },
    },
  ],
});

/** The same window once the decision was taken. */
export const reasonTaken = (text: string, { modal: say }: ChangeAnswers): object => ({
  type: 'modal',
  title: plainText(say.title),
  close: plainText(say.done),
  blocks: [warning(text)],
});
