/** Cmdlets and programs that the documents run, and values of the registry that they write. */
import type { CimInstance, CimValue, RegistryValue } from '../world/surface.ts';
import { CallFailed, must, type Session } from './session.ts';

/** Runs a command and gives its rows; `no-command` where this Windows lacks it. */
export const command = (
  session: Session,
  name: string,
  args: Readonly<Record<string, CimValue>>,
): readonly CimInstance[] => {
  session.step = name;
  if (session.surface.without.includes(name)) throw new CallFailed('no-command');
  const outcome = session.surface.command(name, args);
  const rows = must(session, outcome);
  if ('ms' in outcome) session.elapsedMs += outcome.ms;
  return rows;
};

/** Writes a value, or deletes it for null; the step is the value's name. */
export const writeValue = (session: Session, path: string, name: string, value: RegistryValue | null): void => {
  session.step = name;
  must(session, session.surface.writeRegistry(path, name, value));
};
