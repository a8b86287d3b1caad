/** What the ledger remembers of a value that the bot wrote or took over: what has gone since can be told. */
import type { SrvAnswer } from './srv-answer.ts';

export interface OwnedRecord {
  readonly domain: string;
  readonly answer: SrvAnswer;
  /** The change that made it ours. */
  readonly change: string;
  readonly atMs: number;
}
