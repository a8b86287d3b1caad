/** The text behind `/kms`, read into a typed request or a typed refusal. Never throws, whatever was typed. */
import { nearestWords } from '../domain/nearest.ts';
import * as change from './command/arguments-change.ts';
import * as look from './command/arguments-look.ts';
import type { ParsedCommand, Refusal } from './command/command.ts';
import { COMMAND_NAMES, type CommandName, FAMILIAR, isCommandName } from './command/table.ts';
import { isForPhone, secretInTyped } from './command/text.ts';
import { splitWords, type Word } from './command/words.ts';

/** Longer texts are a list for a tag. */
export const MAX_COMMAND_LENGTH = 4_000;

const PARSERS: Readonly<Record<CommandName, look.ArgumentParser>> = {
  help: look.help,
  check: look.someNodes('check'),
  diagnose: look.oneNode('diagnose'),
  hosts: look.hosts,
  error: look.error,
  activate: look.someNodes('activate'),
  point: change.point,
  discover: look.someNodes('discover'),
  set: change.set,
  key: change.key,
  phone: look.oneNode('phone'),
  rearm: change.rearm,
  test: change.test,
  host: change.host,
  dns: change.dns,
  undo: change.undo,
  jobs: look.alone('jobs'),
  report: look.report,
  incidents: look.alone('incidents'),
  mute: look.mute,
  audit: look.audit,
  whoami: look.alone('whoami'),
  doctor: look.alone('doctor'),
};

/**
 * Reads the text of a slash command as Slack delivers it. An empty text asks for help. Whatever looks like a product
 * key, an Installation or Confirmation ID or a token is refused before anything else, and nothing of the text is kept.
 */
export function parseCommand(text: string): ParsedCommand {
  const looksLike = secretInTyped(text);
  if (looksLike !== undefined)
    return refuse({ kind: 'secret', looksLike, ...(isForPhone(text) ? { forPhone: true } : {}) });
  if (text.length > MAX_COMMAND_LENGTH) return refuse({ kind: 'too-long', limit: MAX_COMMAND_LENGTH });
  const split = splitWords(text);
  if (!split.ok) return refuse({ kind: 'unclosed-quote' });
  const [first, ...rest] = split.words;
  if (first === undefined) return { ok: true, command: { name: 'help' } };
  return parseWords(first, rest);
}

const refuse = (refusal: Refusal): ParsedCommand => ({ ok: false, refusal });

/** Forgives the bot's own name before the command, as in `/kms kms check …`. */
function parseWords(first: Word, rest: readonly Word[]): ParsedCommand {
  const [second, ...others] = rest;
  const word = first.text.toLowerCase();
  if ((word === 'kms' || word === '/kms') && second !== undefined) return parseWords(second, others);
  if (isHelp(first)) return parseNamed('help', rest);
  if (!isCommandName(word))
    return refuse({ kind: 'unknown-command', word: first.text, nearest: nearestCommands(word) });
  if (second !== undefined && rest.length === 1 && word !== 'help' && isHelp(second))
    return { ok: true, command: { name: 'help', about: word } };
  return parseNamed(word, rest);
}

const isHelp = ({ text, quoted }: Word): boolean => !quoted && /^(?:help|-{1,2}help|-h|\/?\?)$/i.test(text);

function parseNamed(name: CommandName, words: readonly Word[]): ParsedCommand {
  if (name === 'phone' && words.slice(1).some(isGroup))
    return refuse({ kind: 'secret', looksLike: 'activation-id', forPhone: true });
  const parsed = PARSERS[name](words);
  if (parsed.ok) return { ok: true, command: parsed.value };
  return refuse({ kind: 'problem', command: name, problem: parsed.problem });
}

/** One group of an Installation or Confirmation ID, behind a machine: a part of one is not repeated either. */
const isGroup = ({ text, quoted }: Word): boolean => !quoted && /^\d{6,}$/.test(text.replace(/[.-]/g, ''));

function nearestCommands(word: string): readonly CommandName[] {
  const bare = word.replace(/^\/+/, '').replace(/^slmgr(?:\.vbs)?$/, 'dlv');
  const familiar = Object.hasOwn(FAMILIAR, bare) ? FAMILIAR[bare] : undefined;
  if (familiar !== undefined) return [familiar];
  return nearestWords(bare, COMMAND_NAMES).filter(isCommandName);
}
