/** What an answer to the RPC bind of the KMS interface means (DCE 1.1 RPC, connection-oriented PDUs). */
import type { BindOutcome } from '../world/surface.ts';

const HEADER = 16;
const LONGEST = 5840;

const classify = (pdu: Buffer): string => {
  if (pdu[2] === 13) return pdu.length >= 18 && pdu.readUInt16LE(16) <= 2 ? 'busy' : 'other';
  if (pdu[2] !== 12 || pdu.length < 28) return 'other';
  // The results stand behind the secondary address, at a multiple of four.
  const at = Math.ceil((26 + pdu.readUInt16LE(24)) / 4) * 4;
  if (at + 8 > pdu.length || (pdu[at] ?? 0) < 1) return 'other';
  return pdu.readUInt16LE(at + 4) === 0 ? 'ok' : 'rejected';
};

/** The record's word for what came back. An answer that ends before its own length is `closed`. */
export const bindResult = (outcome: BindOutcome): string => {
  if (typeof outcome === 'string') return outcome;
  const bytes = Buffer.from(outcome.bytes, 'hex');
  if (bytes.length < HEADER) return 'closed';
  const length = bytes.readUInt16LE(8);
  if (bytes[0] !== 5 || length < HEADER || length > LONGEST) return 'other';
  return bytes.length < length ? 'closed' : classify(bytes.subarray(0, length));
};
