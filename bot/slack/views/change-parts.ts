/** What every message about a change is put together from. */
import type { ChangeMessage } from '../../domain/change/change-message.ts';
import { type ChangeSpec, isRecordSpec } from '../../domain/change/change-spec.ts';
import { ACTIONS } from '../ids.ts';
import { code, moment } from '../mrkdwn.ts';
import { actions, type ButtonProps, button, type Rendered, section, smallPrint } from './blocks.ts';
import { type ChangeSpeech, inDialog, todoOf, whomOf } from './change-speech.ts';

/** Sections below the first line, each a paragraph, and the row of buttons at the end. */
export function told(
  first: string,
  paragraphs: readonly (readonly string[])[],
  small: readonly string[],
  buttons: readonly (ReturnType<typeof button> | undefined)[] = [],
): Rendered {
  const parts = paragraphs.map((lines) => lines.join('\n')).filter((text) => text !== '');
  const row = buttons.flatMap((each) => each ?? []);
  return {
    text: [first, ...parts].join('\n'),
    blocks: [
      section(first),
      ...parts.map((text) => section(text)),
      smallPrint(small),
      ...(row.length === 0 ? [] : [actions(row)]),
    ],
  };
}

/** What the small print of a change always has. */
export const smallOf = ({ id, spec, startedAtMs }: ChangeMessage, { say }: ChangeSpeech): readonly string[] => [
  say.small.id(code(id, 20)),
  ...byHand(spec, say),
  say.small.started(moment(startedAtMs, 'time')),
];

/** What does or shows the same by hand; of a record what asks for it as well. */
export const byHand = (spec: ChangeSpec, { small }: ChangeSpeech['say']): readonly string[] => {
  const isDomain = isRecordSpec(spec) && spec.zone.includes('.');
  const asks = isDomain ? [code(`nslookup -type=srv _vlmcs._tcp.${spec.zone}`, 300)] : [];
  return [...asks, small.slmgr[spec.kind]].filter((text) => text !== '');
};

/** A button that asks once more, with what it is about. */
export const asking = (props: ButtonProps, text: string, { say }: ChangeSpeech) =>
  button({
    ...props,
    confirm: { title: props.label, text, confirm: props.label.replace(/…$/, ''), deny: say.buttons.back },
  });

/** Ends a change where it stands. */
export function cancelButton({ spec, stage }: ChangeMessage, value: string, speech: ChangeSpeech) {
  const { say } = speech;
  const plan = 'plan' in stage ? stage.plan : undefined;
  const { confirm } = plan?.records === undefined ? say : say.record;
  const text = confirm.cancel(todoOf(spec, plan === undefined ? [] : whomOf(plan), speech, inDialog));
  return asking({ action: ACTIONS.cancelChange, label: say.buttons.cancel, value }, text, speech);
}
