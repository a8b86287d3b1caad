/** Lines of evidence, put together. */
import type { Hresult } from '../hresult.ts';
import type { BindResult, NetworkFailure, TcpResult } from '../inspection-record.ts';
import type { EvidenceKind, EvidenceLine } from './diagnosis.ts';

/** Where and when something was seen. */
export interface Seen {
  readonly where: string;
  readonly atMs: number;
}

/** One line. */
export const line = (
  kind: EvidenceKind,
  { where, atMs }: Seen,
  words: readonly (string | number)[] = [],
  code?: Hresult,
): EvidenceLine => ({ kind, where, atMs, words: words.map(String), ...(code === undefined ? {} : { code }) });

/** The word for how connecting or binding ended. */
export const resultWord = (result: TcpResult | BindResult): string =>
  typeof result === 'string' ? result : result.word;

/** The word, or the code, for how asking the network failed. */
export function failureWord(why: NetworkFailure): string {
  if (typeof why === 'string') return why;
  return 'code' in why ? why.code : why.word;
}
