/**
 * Values that can outgrow an item of the ledger, packed and cut into pieces. Pieces are written first and a head that
 * counts them last, so that what was not written to its end is left out.
 */
import { bytes, type Item, keyed, type LedgerDeps, number, putItem, queryItems } from './ledger-table.ts';
import { pack, unpackPieces } from './pack.ts';

const DAY_MS = 24 * 60 * 60_000;
const HEAD = 'HEAD';

/** A count that sorts as text. */
export const ordered = (n: number): string => String(n).padStart(6, '0');

/** Writes a value as pieces and then the head that counts them. */
export const writePacked = async (
  deps: LedgerDeps,
  pk: string,
  sk: string,
  value: unknown,
  days: number,
): Promise<void> => {
  const expiresAtMs = deps.clock() + days * DAY_MS;
  const pieces = pack(value);
  for (const [index, piece] of pieces.entries()) {
    await putItem(deps, { ...keyed(pk, `${sk}#${ordered(index)}`, expiresAtMs), data: bytes(piece) });
  }
  await putItem(deps, { ...keyed(pk, `${sk}#${HEAD}`, expiresAtMs), pieces: number(pieces.length) });
};

const dataOf = (item: Item): Uint8Array => item.data?.B ?? new Uint8Array();

/** Every value packed under this prefix, in order. One whose head is missing was never finished and is left out. */
export const readPacked = async <T>(deps: LedgerDeps, pk: string, prefix: string): Promise<T[]> => {
  const values: T[] = [];
  let pieces: Uint8Array[] = [];
  for (const item of await queryItems(deps, pk, prefix)) {
    if (item.sk?.S?.endsWith(`#${HEAD}`) !== true) {
      pieces.push(dataOf(item));
      continue;
    }
    values.push(unpackPieces(pieces.slice(0, Number(item.pieces?.N))) as T);
    pieces = [];
  }
  return values;
};
