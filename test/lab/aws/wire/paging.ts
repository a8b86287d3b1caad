/** Opaque tokens: where a listing goes on, and what it was a listing of. */
import { createHash } from 'node:crypto';

/** A token that continues at `position` the listing this question asks for. */
export function pageToken(position: readonly number[], question: unknown): string {
  return Buffer.from(JSON.stringify({ at: position, of: digest(question) }), 'utf8').toString('base64url');
}

/** The position of a token; undefined for a token that is not ours or belongs to another question. */
export function pagePosition(token: string, question: unknown): readonly number[] | undefined {
  try {
    const read: unknown = JSON.parse(Buffer.from(token, 'base64url').toString('utf8'));
    if (typeof read !== 'object' || read === null) return undefined;
    const { at, of } = read as { at?: unknown; of?: unknown };
    const isPosition = Array.isArray(at) && at.every((part) => Number.isInteger(part) && part >= 0);
    return of === digest(question) && isPosition ? (at as readonly number[]) : undefined;
  } catch {
    return undefined;
  }
}

function digest(question: unknown): string {
  return createHash('sha256').update(JSON.stringify(question)).digest('base64url').slice(0, 16);
}
