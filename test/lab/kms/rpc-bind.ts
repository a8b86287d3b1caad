/**
 * The DCE/RPC bind in both directions, pure: what a prober sends and how it reads the answer, what a server understands
 * and answers. Layouts: DCE 1.1 RPC (C706) chapter 12 and [MS-RPCE] 2.2.2.
 */
import { KMS_INTERFACE } from '../world/rpc-bind.ts';

/** `8a885d04-1ceb-11c9-9fe8-08002b104860` version 2.0, as it stands on the wire. */
export const NDR = Buffer.from('045d888aeb1cc9119fe808002b10486002000000', 'hex');

/** Lengths of a PDU that a reader accepts, bytes. */
export const SHORTEST_PDU = 16;
export const LONGEST_PDU = 5840;

const PTYPE = { bind: 11, bindAck: 12, bindNak: 13 } as const;
const LITTLE_ENDIAN = 0x10;
const FRAGMENT = 4280;

/** One interface that a client wants to talk to. */
export interface BindContext {
  readonly id: number;
  readonly kms: boolean;
  /** Whether it offers the only transfer syntax that is needed. */
  readonly ndr: boolean;
}

/** A bind, understood. */
export interface Bind {
  readonly callId: number;
  readonly contexts: readonly BindContext[];
}

/** Result and reason of one context in a bind_ack. */
export type ContextResult = 'accepted' | 'no-such-interface' | 'no-common-syntax';

/** Reason of a bind_nak. */
export type NakReason = 'busy' | 'version';

const RESULTS: Readonly<Record<ContextResult, readonly [result: number, reason: number]>> = {
  accepted: [0, 0],
  'no-such-interface': [2, 1],
  'no-common-syntax': [2, 2],
};
const NAK_REASONS: Readonly<Record<NakReason, number>> = { busy: 2, version: 4 };

/** The bind of a prober: the KMS interface 1.0 over NDR 2.0, 72 bytes. */
export function encodeBind(callId: number): Buffer {
  const body = Buffer.alloc(56);
  body.writeUInt16LE(FRAGMENT, 0);
  body.writeUInt16LE(FRAGMENT, 2);
  body[8] = 1;
  body[14] = 1;
  body.set(KMS_INTERFACE, 16);
  body.writeUInt16LE(1, 32);
  body.set(NDR, 36);
  return pdu(PTYPE.bind, callId, body);
}

/** The bind_ack to a bind: one result for each context, in order. The port goes back as secondary address. */
export function encodeBindAck(
  callId: number,
  port: number,
  associationGroup: number,
  results: readonly ContextResult[],
): Buffer {
  const address = Buffer.from(`${port}\0`, 'ascii');
  const start = Buffer.alloc(10);
  start.writeUInt16LE(FRAGMENT, 0);
  start.writeUInt16LE(FRAGMENT, 2);
  start.writeUInt32LE(associationGroup, 4);
  start.writeUInt16LE(address.length, 8);
  const padding = Buffer.alloc((4 - ((SHORTEST_PDU + start.length + address.length) % 4)) % 4);
  const count = Buffer.from([results.length, 0, 0, 0]);
  return pdu(PTYPE.bindAck, callId, Buffer.concat([start, address, padding, count, ...results.map(contextResult)]));
}

/** The refusal of a whole bind, by a server that speaks version 5.0. */
export function encodeBindNak(callId: number, reason: NakReason): Buffer {
  return pdu(PTYPE.bindNak, callId, Buffer.from([NAK_REASONS[reason], 0, 1, 5, 0]));
}

function contextResult(result: ContextResult): Buffer {
  const bytes = Buffer.alloc(24);
  bytes.writeUInt16LE(RESULTS[result][0], 0);
  bytes.writeUInt16LE(RESULTS[result][1], 2);
  if (result === 'accepted') bytes.set(NDR, 4);
  return bytes;
}

function pdu(type: number, callId: number, body: Buffer): Buffer {
  const header = Buffer.alloc(SHORTEST_PDU);
  header.set([5, 0, type, 3, LITTLE_ENDIAN, 0, 0, 0]);
  header.writeUInt16LE(SHORTEST_PDU + body.length, 8);
  header.writeUInt32LE(callId, 12);
  return Buffer.concat([header, body]);
}

/** Length of the PDU that these bytes begin; `more` while too few are here to tell, `garbage` for what is no PDU. */
export function pduLength(bytes: Buffer): number | 'more' | 'garbage' {
  if (bytes.length > 0 && bytes[0] !== 5 && bytes[0] !== 4) return 'garbage';
  if (bytes.length < SHORTEST_PDU) return 'more';
  const length = bytes.readUInt16LE(8);
  const readable = bytes[4] === LITTLE_ENDIAN && length >= SHORTEST_PDU && length <= LONGEST_PDU;
  return readable ? length : 'garbage';
}

/** A whole PDU as a bind; `version` for one of another protocol version, undefined for anything else. */
export function decodeBind(bytes: Buffer): Bind | { readonly version: number; readonly callId: number } | undefined {
  if (bytes.length < SHORTEST_PDU || bytes[2] !== PTYPE.bind) return undefined;
  const callId = bytes.readUInt32LE(12);
  if (bytes[0] !== 5) return { version: bytes[0] ?? 0, callId };
  const contexts = decodeContexts(bytes);
  return contexts === undefined || contexts.length === 0 ? undefined : { callId, contexts };
}

function decodeContexts(bytes: Buffer): BindContext[] | undefined {
  const contexts: BindContext[] = [];
  const count = bytes[24] ?? 0;
  let at = 28;
  for (let index = 0; index < count; index += 1) {
    const syntaxes = bytes[at + 2] ?? 0;
    const end = at + 24 + 20 * syntaxes;
    if (end > bytes.length) return undefined;
    contexts.push({
      id: bytes.readUInt16LE(at),
      kms: bytes.subarray(at + 4, at + 20).equals(KMS_INTERFACE) && bytes.readUInt16LE(at + 20) === 1,
      ndr: offersNdr(bytes.subarray(at + 24, end)),
    });
    at = end;
  }
  return contexts;
}

function offersNdr(syntaxes: Buffer): boolean {
  for (let at = 0; at < syntaxes.length; at += 20) {
    if (syntaxes.subarray(at, at + 20).equals(NDR)) return true;
  }
  return false;
}

/** What a prober learns from the answer to its bind. */
export type BindVerdict = 'kms' | 'rpc-not-kms' | 'busy' | 'protocol-error';

/** Reads the answer to a bind with one context. */
export function classifyBindAnswer(bytes: Buffer): BindVerdict {
  const length = pduLength(bytes);
  if (typeof length !== 'number' || length > bytes.length) return 'protocol-error';
  if (bytes[2] === PTYPE.bindNak && length >= 18) {
    return [1, NAK_REASONS.busy].includes(bytes.readUInt16LE(16)) ? 'busy' : 'protocol-error';
  }
  return bytes[2] === PTYPE.bindAck ? classifyAck(bytes.subarray(0, length)) : 'protocol-error';
}

function classifyAck(bytes: Buffer): BindVerdict {
  if (bytes.length < 26) return 'protocol-error';
  const addressEnd = 26 + bytes.readUInt16LE(24);
  const at = addressEnd + ((4 - (addressEnd % 4)) % 4) + 4;
  if (at + 24 > bytes.length) return 'protocol-error';
  const [result, reason] = [bytes.readUInt16LE(at), bytes.readUInt16LE(at + 2)];
  if (result === 0) return 'kms';
  return result === 2 && reason === 1 ? 'rpc-not-kms' : 'protocol-error';
}
