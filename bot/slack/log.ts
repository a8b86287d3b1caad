/** The Slack function's log: one JSON object a line, without anything that opens a door. */
import { maskKeys } from '../domain/mask-keys.ts';

export type LogFields = Readonly<Record<string, string | number | boolean | undefined>>;

export interface Log {
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields & { readonly error?: never }, error?: unknown): void;
}

type Write = (line: string) => void;

/** Not through `console`: Lambda would put its own words before each line, and no query would find the fields. */
const toStandardOutput: Write = (line) => void process.stdout.write(`${line}\n`);

/** An Installation or Confirmation ID, in groups or not; in JSON a line break is two characters. */
const ACTIVATION_ID = /(?:\d(?:\\[nrt]|[\s,._-]){0,3}){44,}\d/g;

/** Tokens, response URLs, keys and activation IDs, wherever they stand. */
export const withoutSecrets = (text: string): string =>
  maskKeys(text)
    .replace(ACTIVATION_ID, 'activation ID…')
    .replace(/xox[a-z]?-[\w.-]+|xapp-[\w.-]+/gi, 'xox…')
    .replace(/https?:\/\/[^\s"']*\/(?:commands|actions|response)\/[^\s"']*/gi, 'response_url…');

/** Writes each entry as one line. */
export function jsonLog(write: Write = toStandardOutput): Log {
  const entry = (level: string, message: string, fields: LogFields = {}, error?: unknown): void =>
    write(withoutSecrets(JSON.stringify({ level, message, ...fields, ...described(error) })));
  return {
    info: (message, fields) => entry('INFO', message, fields),
    warn: (message, fields) => entry('WARN', message, fields),
    error: (message, fields, error) => entry('ERROR', message, fields, error),
  };
}

function described(error: unknown): Readonly<Record<string, string>> {
  if (error === undefined) return {};
  if (!(error instanceof Error)) return { cause: String(error) };
  const causes = error.cause === undefined ? {} : { causedBy: String(error.cause) };
  return { cause: `${error.name}: ${error.message}`, stack: error.stack ?? '', ...causes };
}
