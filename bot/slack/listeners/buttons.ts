/** Buttons of messages. A button's value is a command, read again like any typed one: it carries no right. */
import { parseCommand } from '../command-text.ts';
import { ACTIONS, actionPattern } from '../ids.ts';
import { catalogue } from '../messages/catalogue.ts';
import { escapeMarkup } from '../mrkdwn.ts';
import { type Asker, field, type ListenerDeps, languageFor } from './context.ts';
import { isLook, startOperation } from './start-operation.ts';

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

/** Every button whose value is a command that machines are asked for. */
const startButton: ButtonAnswer = async (click, deps) => {
  const [action] = click.actions ?? [];
  const parsed = readValue(action?.value);
  if (!parsed.ok || !isLook(parsed.command)) return staleButton(click, deps);
  const { about } = partsOf(action?.value);
  return startOperation(parsed.command, field(action?.action_id), askerOf(click), deps, about);
};

/** Any button that this version does not know. */
const staleButton: ButtonAnswer = async (click, deps) =>
  (await catalogue(await languageFor(askerOf(click).userId, deps))).answers.staleButton;

/** Their values are commands that start an operation. */
const STARTING = [ACTIONS.checkAgain, ACTIONS.showMachine, ACTIONS.diagnose, ACTIONS.showHosts].map(actionPattern);

/** What the pressed button does. */
export const answerClick: ButtonAnswer = (click, deps) => {
  const id = field(click.actions?.[0]?.action_id);
  const answer = STARTING.some((pattern) => pattern.test(id)) ? startButton : staleButton;
  return answer(click, deps);
};

const askerOf = ({ team, user, channel, trigger_id }: Click): Asker => ({
  teamId: field(team?.id),
  userId: field(user?.id),
  channelId: field(channel?.id),
  triggerId: field(trigger_id),
});

/** `check` or `diagnose`, a machine's id and perhaps its site; on the next line the machine's name. */
const ABOUT_ONE = /^((?:check|diagnose) [^\s"]+(?: site:[a-z0-9-]+)?)\n([^\n]+)$/;

/** A value names one machine by its id, and below it by its name; of a value of any other form the whole is the command. */
function partsOf(value: unknown): { readonly command: string; readonly about?: string } {
  const [, command, about] = ABOUT_ONE.exec(field(value)) ?? [];
  return command === undefined || about === undefined ? { command: field(value) } : { command, about };
}

/** A value comes back as it was sent; the parser reads text as Slack delivers what people type. */
const readValue = (value: unknown) => parseCommand(escapeMarkup(partsOf(value).command));
