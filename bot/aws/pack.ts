/** JSON packed small, in pieces that fit an item of the table. */
import { gunzipSync, gzipSync } from 'node:zlib';

/** An item of DynamoDB holds 400 KB with its keys. */
export const PIECE_BYTES = 350 * 1024;

/** A list that would unpack to more than this was not written by us. */
const UNPACKED_LIMIT_BYTES = 256 * 1024 * 1024;

/** The value as gzip of JSON, cut in pieces; always at least one. */
export const pack = (value: unknown): readonly Uint8Array[] => {
  const packed = gzipSync(JSON.stringify(value));
  const pieces: Uint8Array[] = [];
  for (let at = 0; at < packed.length; at += PIECE_BYTES) pieces.push(packed.subarray(at, at + PIECE_BYTES));
  return pieces;
};

/**
 * The value that {@link pack} was given.
 *
 * @throws when the pieces are not whole or not in order.
 */
export const unpackPieces = (pieces: readonly Uint8Array[]): unknown =>
  JSON.parse(gunzipSync(Buffer.concat(pieces), { maxOutputLength: UNPACKED_LIMIT_BYTES }).toString('utf8'));
