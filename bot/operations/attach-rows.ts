/** The file of rows beside a message. */
import type { MessageRef } from '../ports.ts';
import { once } from './effect-once.ts';
import type { OperationDeps } from './operation-deps.ts';

export interface Rows {
  /** What it is of, e.g. `check`: its name is `kms-check-2026-11-28.csv`. */
  readonly of: string;
  readonly title: string;
  /** The day it is of. */
  readonly atMs: number;
  readonly text: () => Promise<string>;
  /** Where an operation attaches several: which. */
  readonly key?: string;
}

/** Attaches rows as a file, once. The answer stands without it, so its failure is only noted. */
export const attachRows = async (deps: OperationDeps, message: MessageRef, rows: Rows): Promise<void> => {
  const name = `kms-${rows.of}-${new Date(rows.atMs).toISOString().slice(0, 'yyyy-mm-dd'.length)}.csv`;
  const act = async () => {
    await deps.conversation.attach(message, { name, title: rows.title, text: await rows.text() });
    return name;
  };
  try {
    const of = rows.key === undefined ? 'rows' : `rows/${rows.key}`;
    await once(deps, `attach ${of}`, { key: `${deps.operationId}/${of}`, act });
  } catch (error) {
    deps.log('warn', 'rows not attached', { error: error instanceof Error ? error.name : 'unknown' });
  }
};
