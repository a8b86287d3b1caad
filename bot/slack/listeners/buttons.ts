/** Buttons of messages. A button's value is a command, read again like any typed one: it carries no right. */

import { typed } from '../answers/typed.ts';
import { formatCheck, parseCommand } from '../command-text.ts';
import { ACTIONS, actionPattern } from '../ids.ts';
import { catalogue } from '../messages/catalogue.ts';
import { escapeMarkup } from '../mrkdwn.ts';
import { type Asker, field, type ListenerDeps, languageFor } from './context.ts';
import { startCheck } from './start-check.ts';

/** The fields of a click that are read. */
export interface Click {
  readonly team?: { readonly id?: unknown } | null;
  readonly user?: { readonly id?: unknown };
  readonly channel?: { readonly id?: unknown };
  readonly trigger_id?: unknown;
  readonly response_url?: unknown;
  readonly actions?: readonly { readonly action_id?: unknown; readonly value?: unknown }[];
}

/** What one kind of button does; the text goes to the person alone. */
export type ButtonAnswer = (click: Click, deps: ListenerDeps) => Promise<string>;

/** *Check again* and *Show machine*: the value is a check. */
const checkButton: ButtonAnswer = async (click, deps) => {
  const asker = askerOf(click);
  const [action] = click.actions ?? [];
  const parsed = readValue(action?.value);
  if (!parsed.ok || parsed.command.name !== 'check') return staleButton(click, deps);
  const { about } = partsOf(action?.value);
  return startCheck({ ...parsed.command, name: 'check' }, field(action?.action_id), asker, deps, about);
};

/** *Diagnose*: not built yet; says what there is instead. */
const diagnoseButton: ButtonAnswer = async (click, deps) => {
  const { answers } = await catalogue(await languageFor(askerOf(click).userId, deps));
  const parsed = readValue(click.actions?.[0]?.value);
  const instead = parsed.ok && parsed.command.name === 'check' ? formatCheck(parsed.command) : 'check <node>';
  return answers.diagnoseButton(typed(instead));
};

/** Any button that this version does not know. */
const staleButton: ButtonAnswer = async (click, deps) =>
  (await catalogue(await languageFor(askerOf(click).userId, deps))).answers.staleButton;

const BUTTONS: readonly (readonly [RegExp, ButtonAnswer])[] = [
  [actionPattern(ACTIONS.checkAgain), checkButton],
  [actionPattern(ACTIONS.showMachine), checkButton],
  [actionPattern(ACTIONS.diagnose), diagnoseButton],
];

/** What the pressed button does. */
export const answerClick: ButtonAnswer = (click, deps) => {
  const id = field(click.actions?.[0]?.action_id);
  const [, answer = staleButton] = BUTTONS.find(([pattern]) => pattern.test(id)) ?? [];
  return answer(click, deps);
};

const askerOf = ({ team, user, channel, trigger_id }: Click): Asker => ({
  teamId: field(team?.id),
  userId: field(user?.id),
  channelId: field(channel?.id),
  triggerId: field(trigger_id),
});

/** A value names one machine by its id, and below it by its name; of a value of any other form the whole is the command. */
function partsOf(value: unknown): { readonly command: string; readonly about?: string } {
  const [, command, about] = /^(check [^\s"]+)\n([^\n]+)$/.exec(field(value)) ?? [];
  return command === undefined || about === undefined ? { command: field(value) } : { command, about };
}

/** A value comes back as it was sent; the parser reads text as Slack delivers what people type. */
const readValue = (value: unknown) => parseCommand(escapeMarkup(partsOf(value).command));
