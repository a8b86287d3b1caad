import { gunzipSync } from 'node:zlib';

/** An unpacked record is refused above this: what a machine prints must not fill the function's memory. */
export const UNPACKED_LIMIT_BYTES = 64 * 1024;

/** The text in base64 of gzip; undefined when it is not that, or longer than {@link UNPACKED_LIMIT_BYTES}. */
export const unpack = (base64: string): string | undefined => {
  try {
    const packed = Buffer.from(base64, 'base64');
    return gunzipSync(packed, { maxOutputLength: UNPACKED_LIMIT_BYTES }).toString('utf8');
  } catch {
    return undefined;
  }
};
