/** The Slack function's log: one JSON object a line, without anything that opens a door. */
import { withoutSecretsIn } from '../domain/mask-secrets.ts';

export type LogFields = Readonly<Record<string, string | number | boolean | undefined>>;

export interface Log {
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields & { readonly error?: never }, error?: unknown): void;
}

type Write = (line: string) => void;

/** Not through `console`: Lambda would put its own words before each line, and no query would find the fields. */
const toStandardOutput: Write = (line) => void process.stdout.write(`${line}\n`);

/** Writes each entry as one line. */
export function jsonLog(write: Write = toStandardOutput): Log {
  const entry = (level: string, message: string, fields: LogFields = {}, error?: unknown): void =>
    write(JSON.stringify(withoutSecretsIn({ level, message, ...fields, ...described(error) })));
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
