/**
 * What is remembered of an Installation ID that was read: which command has it in its output, and what tells it from
 * another. The Installation ID itself is remembered nowhere.
 */
import type { ChangeDeps } from './change-deps.ts';

/** A reading of an attempt. */
export interface Reading {
  readonly commandId: string;
  readonly digest: string;
}

type Memory = Pick<ChangeDeps, 'ledger' | 'clock'>;

/** As long as the change that waits for the call, and its replays. */
const KEPT_MS = 7 * 24 * 60 * 60_000;

const keyOf = (change: string, attempt: number, what: string): string => `${change}/phone/${attempt}/${what}`;

export const rememberDigest = ({ ledger, clock }: Memory, change: string, attempt: number, digest: string) =>
  ledger.remember(keyOf(change, attempt, 'digest'), digest, clock() + KEPT_MS);

export const rememberCommand = ({ ledger, clock }: Memory, change: string, attempt: number, commandId: string) =>
  ledger.remember(keyOf(change, attempt, 'command'), commandId, clock() + KEPT_MS);

export const recallDigest = ({ ledger }: Pick<Memory, 'ledger'>, change: string, attempt: number) =>
  ledger.recall(keyOf(change, attempt, 'digest'));

/** Undefined where nothing was read, or it was long ago. */
export const recallReading = async (
  deps: Pick<Memory, 'ledger'>,
  change: string,
  attempt: number,
): Promise<Reading | undefined> => {
  const [digest, commandId] = await Promise.all([
    recallDigest(deps, change, attempt),
    deps.ledger.recall(keyOf(change, attempt, 'command')),
  ]);
  return digest === undefined || commandId === undefined ? undefined : { digest, commandId };
};
