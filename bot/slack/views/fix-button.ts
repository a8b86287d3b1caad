/** Buttons that start a change which mends something: under a diagnosis, and on the card of a machine. */
import type { Button } from '@slack/types';
import type { Diagnosis } from '../../domain/diagnosis/diagnosis.ts';
import { hostToTest } from '../../domain/diagnosis/routing-test.ts';
import { builtCommand } from '../built-command.ts';
import { ACTIONS } from '../ids.ts';
import type { DiagnosisTexts, FixButton } from '../messages/diagnosis-words.ts';
import { hostAndPort } from '../messages/wording.ts';
import { cut, plain } from '../mrkdwn.ts';
import { button } from './blocks.ts';

/** What each form of a command does; the first that fits. */
const FORMS: readonly (readonly [RegExp, FixButton])[] = [
  [/^activate /, 'activate'],
  [/^discover /, 'discover'],
  [/^point .* amazon$/, 'point-amazon'],
  [/^point /, 'point'],
  [/^set .* type auto$/, 'set-type'],
  [/^set .* lookup none$/, 'set-lookup'],
  [/^set /, 'set'],
  [/^key .* gvlk$/, 'key'],
  [/^test /, 'test'],
  [/^dns add /, 'record'],
  [/^phone /, 'phone'],
  [/^rearm /, 'rearm'],
  [/^host .* firewall on$/, 'firewall'],
  [/^host .* restart$/, 'restart-service'],
  [/^host .* publish on$/, 'publish'],
];

/** Forms that need a second person whatever their plan holds. */
const ALWAYS_APPROVED: readonly FixButton[] = ['phone', 'rearm', 'firewall', 'restart-service', 'publish'];

type FixTexts = Pick<DiagnosisTexts, 'buttons' | 'confirmFix' | 'confirmApproved' | 'confirmRecord'>;

/** A machine's name in a dialog. */
const NAME = 60;
const COMMAND = 120;

/** The button for a command that changes something; undefined for one that does not, or is not carried out yet. */
export function fixButton(
  command: string | undefined,
  machine: string,
  { buttons, confirmFix, confirmApproved, confirmRecord }: FixTexts,
  index = 0,
): Button | undefined {
  const value = builtCommand(command);
  const [, form] = value === undefined ? [] : (FORMS.find(([pattern]) => pattern.test(value)) ?? []);
  if (value === undefined || form === undefined) return undefined;
  const label = buttons.fix[form];
  const typed = cut(plain(`/kms ${value}`), COMMAND);
  const confirm = ALWAYS_APPROVED.includes(form) ? confirmApproved : confirmFix;
  const text = form === 'record' ? confirmRecord(typed) : confirm(cut(plain(machine), NAME), typed);
  return button({
    action: ACTIONS.fix,
    index,
    label,
    accessibleLabel: `${label}: ${plain(machine)}`,
    value,
    confirm: { title: label, text, confirm: label, deny: buttons.notNow },
  });
}

/** What the fix changes: the KMS host where the command names it, the domain of a record, else the machine diagnosed. */
const machineOf = ({ name, fix: { command = '', values } }: Diagnosis): string => {
  if (/^dns /.test(command)) return values.domain ?? name;
  return values.hostNode !== undefined && values.host !== undefined && command.includes(values.hostNode)
    ? values.host
    : name;
};

/** The repair, and the test that decides where reading cannot. */
export function fixButtons(diagnosis: Diagnosis, texts: DiagnosisTexts): readonly Button[] {
  const host = hostToTest(diagnosis);
  const test = host === undefined ? undefined : `test ${diagnosis.nodeId} ${hostAndPort(host)}`;
  return [
    fixButton(diagnosis.fix.command, machineOf(diagnosis), texts),
    fixButton(test, diagnosis.name, texts, 1),
  ].flatMap((each) => each ?? []);
}
