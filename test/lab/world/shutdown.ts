/** `shutdown.exe`, as far as documents use it: a restart after some seconds. */
import type { CommandEffect } from './machine-commands.ts';
import type { CommandOutcome } from './surface.ts';

/** What the program takes; an assumption, not a measurement. */
const MS = 200;
/** `ERROR_SHUTDOWN_IS_SCHEDULED`. */
const SCHEDULED: CommandOutcome = { error: { hresult: '800704A6', afterMs: MS } };

/** Seconds of `/r /t <seconds> …`. Anything else the lab does not know: it throws. */
const secondsOf = (args: readonly string[]): number => {
  const seconds = args[0] === '/r' && args[1] === '/t' ? Number(args[2]) : Number.NaN;
  if (!Number.isInteger(seconds)) throw new Error(`The lab has no shutdown.exe ${args.join(' ')}`);
  return seconds;
};

export const shutDown: CommandEffect = ({ node: { windows }, nowMs }, { arguments: args }) => {
  const seconds = secondsOf(Array.isArray(args) ? args : []);
  if (windows.restartAtMs !== undefined) return SCHEDULED;
  windows.restartAtMs = nowMs + seconds * 1000;
  return { ok: [], ms: MS };
};
