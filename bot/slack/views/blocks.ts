/** The few kinds of block that messages are made of, each within Slack's limits. */
import type { ActionsBlock, Button, ConfirmationDialog, ContextBlock, KnownBlock, SectionBlock } from '@slack/types';
import { type ActionId, actionId } from '../ids.ts';
import { LIMITS } from '../limits.ts';
import { cut, cutMrkdwn, plain } from '../mrkdwn.ts';

/** A message as it is sent: blocks, and the text for notifications and screen readers. */
export interface Rendered {
  readonly text: string;
  readonly blocks: readonly KnownBlock[];
}

/** A paragraph of mrkdwn; links that Slack would guess are left alone. */
export const section = (text: string, accessory?: Button): SectionBlock => ({
  type: 'section',
  text: { type: 'mrkdwn', text: filled(cutMrkdwn(text, LIMITS.sectionText)), verbatim: true },
  expand: true,
  ...(accessory === undefined ? {} : { accessory }),
});

/** The small print: what is not worth a line, on one. */
export const smallPrint = (parts: readonly string[]): ContextBlock => ({
  type: 'context',
  elements: [
    {
      type: 'mrkdwn',
      text: filled(cutMrkdwn(parts.filter((part) => part !== '').join(' · '), LIMITS.contextText)),
      verbatim: true,
    },
  ],
});

/** Slack refuses empty text. */
const filled = (text: string): string => (text.trim() === '' ? '–' : text);

export const actions = (buttons: readonly Button[]): ActionsBlock => ({
  type: 'actions',
  elements: buttons.slice(0, LIMITS.buttons),
});

/** What a person is asked before a button does something; plain text, the object repeated. */
export interface ConfirmProps {
  readonly title: string;
  readonly text: string;
  readonly confirm: string;
  readonly deny: string;
}

export interface ButtonProps {
  readonly action: ActionId;
  /** Distinguishes buttons of one kind in one message. */
  readonly index?: number;
  readonly label: string;
  /** What the button is about where several read alike, for screen readers. */
  readonly accessibleLabel?: string;
  /** A command without `/kms`. */
  readonly value: string;
  /** The machine that the command names by its id, for the sentence that acknowledges the click. */
  readonly about?: string;
  readonly confirm?: ConfirmProps;
  /** `danger` only where something can be lost. */
  readonly style?: 'primary' | 'danger';
}

/** A button whose value is a command, below it what it is about; undefined when the command is too long to carry. */
export function button({
  action,
  index = 0,
  label,
  accessibleLabel,
  about,
  value: command,
  confirm,
  style,
}: ButtonProps): Button | undefined {
  const value = about === undefined ? command : `${command}\n${cut(plain(about), 60)}`;
  if (value.length > LIMITS.buttonValue) return undefined;
  return {
    type: 'button',
    action_id: actionId(action, index),
    text: { type: 'plain_text', text: cut(plain(label), LIMITS.buttonText) },
    value,
    ...(style === undefined ? {} : { style }),
    ...(confirm === undefined ? {} : { confirm: dialog(confirm, style) }),
    ...(accessibleLabel === undefined ? {} : { accessibility_label: cut(plain(accessibleLabel), LIMITS.buttonText) }),
  };
}

const dialog = ({ title, text, confirm, deny }: ConfirmProps, style?: 'primary' | 'danger'): ConfirmationDialog => ({
  title: plainText(title, LIMITS.confirmTitle),
  text: plainText(text, LIMITS.confirmText),
  confirm: plainText(confirm, LIMITS.confirmButton),
  deny: plainText(deny, LIMITS.confirmButton),
  ...(style === undefined ? {} : { style }),
});

const plainText = (text: string, limit: number) =>
  ({ type: 'plain_text', text: filled(cut(plain(text), limit)), emoji: false }) as const;

/** The message with what would break Slack's limits left out, the first lines kept. */
export function withinLimits({ text, blocks }: Rendered): Rendered {
  const kept: KnownBlock[] = [];
  let characters = 0;
  for (const block of blocks) {
    characters += JSON.stringify(block).length;
    if (kept.length >= LIMITS.blocks || characters > LIMITS.message) break;
    kept.push(block);
  }
  return { text: filled(cutMrkdwn(text, LIMITS.text)), blocks: kept };
}
