/** Cmdlets and programs that changing documents run on a machine, beside CIM: what each does there, and how long it takes. */
import { HOST_COMMANDS } from './host-commands.ts';
import type { LawContext, WindowsNode } from './law-context.ts';
import type { NodeMemory } from './node-memory.ts';
import { shutDown } from './shutdown.ts';
import type { CimValue, CommandOutcome } from './surface.ts';

/** Where a command runs. */
export interface CommandMachine {
  readonly context: LawContext;
  readonly node: WindowsNode;
  readonly nowMs: number;
  /** Its disk. */
  readonly memory: NodeMemory;
}

export type CommandEffect = (machine: CommandMachine, args: Readonly<Record<string, CimValue>>) => CommandOutcome;

/** By the command's name as a document writes it. */
const EFFECTS: Readonly<Record<string, CommandEffect>> = {
  ...HOST_COMMANDS,
  'shutdown.exe': shutDown,
};

/** Runs a command. One that the lab does not know throws: it never invents an effect. */
export const runCommand = (
  machine: CommandMachine,
  name: string,
  args: Readonly<Record<string, CimValue>>,
): CommandOutcome => {
  const effect = EFFECTS[name];
  if (effect === undefined) throw new Error(`The lab has no command ${name}`);
  return effect(machine, args);
};
