/** Commands that a message may point to: those that this version carries out. */
import { isBuilt, isCommandName } from './command/table.ts';

/** The command when it is built, else undefined; without `/kms`, as fixes name theirs. */
export function builtCommand(command: string | undefined): string | undefined {
  const [name = ''] = (command ?? '').trim().split(/\s+/);
  return isCommandName(name) && isBuilt(name) ? command : undefined;
}
