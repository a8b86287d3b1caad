/** Buttons of messages. A button's value is a command, read again like any typed one: it carries no right. */
import { isChange, isLook } from '../built-command.ts';
import { parseOneNode } from '../command/nodes.ts';
import { splitWords } from '../command/words.ts';
import { parseCommand } from '../command-text.ts';
import { readDecisionValue } from '../decision-value.ts';
import { ACTIONS, actionPattern } from '../ids.ts';
import { catalogue } from '../messages/catalogue.ts';
import { escapeMarkup } from '../mrkdwn.ts';
import { type Asker, field, type ListenerDeps, languageFor } from './context.ts';
import type { Pressed } from './decision.ts';
import { startOperation } from './start-operation.ts';

/** The fields of a click that are read. */
export interface Click {
  readonly team?: { readonly id?: unknown } | null;
  readonly user?: { readonly id?: unknown };
  readonly channel?: { readonly id?: unknown };
  readonly message?: { readonly ts?: unknown };
  readonly trigger_id?: unknown;
  readonly response_url?: unknown;
  readonly actions?: readonly { readonly action_id?: unknown; readonly value?: unknown }[];
}

/** What one kind of button does; the text goes to the person alone, an empty one nowhere. */
export type ButtonAnswer = (click: Click, deps: ListenerDeps) => Promise<string>;

/** Every button whose value is a command that machines are asked for. */
const startButton: ButtonAnswer = async (click, deps) => {
  const [action] = click.actions ?? [];
  const parsed = readValue(action?.value);
  if (!parsed.ok || !isLook(parsed.command)) return staleButton(click, deps);
  const { about } = partsOf(action?.value);
  return startOperation(parsed.command, field(action?.action_id), askerOf(click), deps, about);
};

/** Every button whose value is a command that mends something. */
const changeButton: ButtonAnswer = async (click, deps) => {
  const [action] = click.actions ?? [];
  const parsed = readValue(action?.value);
  if (!parsed.ok || !isChange(parsed.command)) return startButton(click, deps);
  const { about } = partsOf(action?.value);
  const { startChange } = await import('./start-change.ts');
  return startChange(parsed.command, field(action?.action_id), onceAMinute(click, deps), deps, about);
};

/** Brings an earlier rearm into force: nobody types it, and no command is written so. */
const restartButton: ButtonAnswer = async (click, deps) => {
  const { command, about } = partsOf(click.actions?.[0]?.value);
  const split = splitWords(escapeMarkup(command));
  const [first, ...rest] = split.ok ? split.words : [];
  const target = parseOneNode(rest);
  if (first?.text !== 'restart' || !target.ok) return staleButton(click, deps);
  const { startChange } = await import('./start-change.ts');
  const restart = { name: 'restart', target: target.value } as const;
  return startChange(restart, ACTIONS.restartMachine, onceAMinute(click, deps), deps, about);
};

/** Opens the window of an activation by phone. */
const phoneButton: ButtonAnswer = async (click, deps) => {
  const value = readDecisionValue(field(click.actions?.[0]?.value));
  if (value?.seen === undefined) return staleButton(click, deps);
  const { openPhone } = await import('./phone.ts');
  return openPhone({ change: value.change, seen: value.seen }, askerOf(click), deps);
};

/** Every button of a change that waits. */
const decisionButton =
  (word: Pressed['word']): ButtonAnswer =>
  async (click, deps) => {
    const value = readDecisionValue(field(click.actions?.[0]?.value));
    if (value === undefined || (value.seen === undefined && word !== 'cancel')) return staleButton(click, deps);
    if (word === 'break-glass') {
      const { askReason } = await import('./break-glass.ts');
      return askReason({ word, value }, askerOf(click), deps);
    }
    const { decide } = await import('./decision.ts');
    return (await decide({ word, value }, askerOf(click), deps)).text;
  };

/** Any button that this version does not know. */
const staleButton: ButtonAnswer = async (click, deps) =>
  (await catalogue(await languageFor(askerOf(click).userId, deps))).answers.staleButton;

/** What each kind of button does. */
const BUTTONS: readonly (readonly [RegExp, ButtonAnswer])[] = [
  ...[ACTIONS.checkAgain, ACTIONS.showMachine, ACTIONS.diagnose, ACTIONS.showHosts].map(
    (action) => [actionPattern(action), startButton] as const,
  ),
  [actionPattern(ACTIONS.fix), changeButton],
  [actionPattern(ACTIONS.undoChange), changeButton],
  [actionPattern(ACTIONS.restartMachine), restartButton],
  [actionPattern(ACTIONS.phoneOpen), phoneButton],
  [actionPattern(ACTIONS.approve), decisionButton('approve')],
  [actionPattern(ACTIONS.reject), decisionButton('reject')],
  [actionPattern(ACTIONS.breakGlass), decisionButton('break-glass')],
  [actionPattern(ACTIONS.goOn), decisionButton('go-on')],
  [actionPattern(ACTIONS.cancelChange), decisionButton('cancel')],
];

/** What the pressed button does. */
export const answerClick: ButtonAnswer = (click, deps) => {
  const id = field(click.actions?.[0]?.action_id);
  const [, answer] = BUTTONS.find(([pattern]) => pattern.test(id)) ?? [];
  return (answer ?? staleButton)(click, deps);
};

const askerOf = ({ team, user, channel, trigger_id }: Click): Asker => ({
  teamId: field(team?.id),
  userId: field(user?.id),
  channelId: field(channel?.id),
  triggerId: field(trigger_id),
});

const MINUTE_MS = 60_000;

/** One change for a double click: the same person, message and button within a minute are the same request. */
const onceAMinute = (click: Click, { clock }: ListenerDeps): Asker => {
  const asker = askerOf(click);
  const ts = field(click.message?.ts);
  if (ts === '') return asker;
  const value = field(click.actions?.[0]?.value);
  return { ...asker, triggerId: JSON.stringify([ts, value, Math.floor(clock() / MINUTE_MS)]) };
};

/** A command about one machine, named by its id, and perhaps its site; on the next line the machine's name. */
const ABOUT_ONE =
  /^((?:check|diagnose|activate|discover|point|set|key|phone|rearm|restart|test|host) [^\n"]+)\n([^\n]+)$/;

/** A value names one machine by its id, and below it by its name; of a value of any other form the whole is the command. */
function partsOf(value: unknown): { readonly command: string; readonly about?: string } {
  const [, command, about] = ABOUT_ONE.exec(field(value)) ?? [];
  return command === undefined || about === undefined ? { command: field(value) } : { command, about };
}

/** A value comes back as it was sent; the parser reads text as Slack delivers what people type. */
const readValue = (value: unknown) => parseCommand(escapeMarkup(partsOf(value).command));
