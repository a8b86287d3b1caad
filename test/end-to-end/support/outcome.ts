/** What one check left behind, seen from outside: messages, commands, executions. */
import { type Asked, ask } from '../../lab/ask.ts';
import type { Lab } from '../../lab/lab.ts';
import { remoteLab } from '../../lab/remote-lab.ts';

export const EMMA = { user: 'emma', channel: 'kms-ops' } as const;

export interface Observed {
  readonly asked: Asked;
  /** The answer without what differs from one minute to the next. */
  readonly answer: string;
  /** Commands that Systems Manager took, by account. */
  readonly sent: Readonly<Record<string, number>>;
  /** Calls that were answered with success, by operation. */
  readonly succeeded: Readonly<Record<string, number>>;
  readonly invocations: number;
  readonly checkpoints: number;
}

/** Times of day, dates and durations follow the clock, which goes on from one check to the next. */
const timeless = (text: string): string =>
  text
    .replace(/\b(today|yesterday) \d\d?:\d\d\b/g, '<time>')
    .replace(/\b\d\d? [A-Z][a-z]{2}( \d{4})?( \d\d:\d\d)?\b/g, '<date>')
    .replace(/\b\d+ (?:d|h|min)(?: \d+ (?:d|h|min))*\b/g, '<span>')
    .replace(/kms-check-[\d-]+\.csv, \d+ bytes/g, '<file>');

const countBy = (names: readonly string[]): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
};

const accountOf = (arn: string): string => arn.split(':')[4] ?? '';

/** Types a check and looks at what it did. */
export const observe = async (lab: Lab, text: string): Promise<Observed> => {
  lab.wire.clear();
  const asked = await ask(remoteLab(lab.url), { ...EMMA, text });
  const { exchanges } = lab.wire.read();
  const good = exchanges.filter(({ status }) => status >= 200 && status < 300);
  const execution = lab.lambda.executions().at(-1);
  return {
    asked,
    answer: timeless(asked.answers.join('\n')),
    sent: countBy(good.filter(({ operation }) => operation === 'ssm:SendCommand').map(({ from }) => accountOf(from))),
    succeeded: countBy(good.map(({ operation }) => operation)),
    invocations: execution?.invocations ?? 0,
    checkpoints: execution?.checkpoints ?? 0,
  };
};
