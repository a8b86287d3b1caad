/** Commands that a message may point to: those that this version carries out. */
import type { ChangeCommand, Command, LookCommand } from './command/command.ts';
import { isBuilt } from './command/table.ts';
import { parseCommand } from './command-text.ts';
import { escapeMarkup } from './mrkdwn.ts';

/** Whether the command is answered by a message of its own, and only looks. */
export const isLook = (command: Command): command is LookCommand =>
  command.name === 'dns'
    ? command.request.action === 'compare'
    : ['check', 'diagnose', 'hosts', 'jobs', 'audit'].includes(command.name);

/** Whether the command changes machines or records, and this version carries it out. */
export const isChange = (command: Command): command is ChangeCommand =>
  command.name === 'dns' ? command.request.action !== 'compare' : CHANGES.includes(command.name);

const CHANGES: readonly Command['name'][] = [
  'activate',
  'discover',
  'point',
  'set',
  'key',
  'phone',
  'rearm',
  'test',
  'host',
  'undo',
];

/** The command when it is built, else undefined; without `/kms`, as fixes name theirs. */
export function builtCommand(command: string | undefined): string | undefined {
  const parsed = parseCommand(escapeMarkup(command ?? ''));
  return parsed.ok && isBuilt(parsed.command.name) ? command : undefined;
}
