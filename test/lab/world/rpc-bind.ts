/**
 * Answers to a DCE/RPC bind, byte by byte: DCE 1.1 RPC (C706) chapter 12 and [MS-RPCE]. A bind proves that an RPC
 * endpoint listens and offers the KMS interface; it activates nothing and counts nobody.
 */

/** `51c82175-844e-4750-b0d8-ec255555bc06`, the KMS interface, as it stands on the wire. */
export const KMS_INTERFACE = Buffer.from('7521c8514e845047b0d8ec255555bc06', 'hex');
/** `8a885d04-1ceb-11c9-9fe8-08002b104860` version 2.0, the NDR transfer syntax, as it stands on the wire. */
const NDR = Buffer.from('045d888aeb1cc9119fe808002b10486002000000', 'hex');

const PDU = { bind: 11, bindAck: 12, bindNak: 13 } as const;
/** Largest fragment Windows offers. */
const FRAGMENT = 4280;
/** Offset of the interface's UUID in a bind with one context. */
const INTERFACE_AT = 32;

function pdu(type: number, callId: number, body: Buffer): Buffer {
  const header = Buffer.alloc(16);
  header.set([5, 0, type, 3, 0x10, 0, 0, 0]);
  header.writeUInt16LE(16 + body.length, 8);
  header.writeUInt32LE(callId, 12);
  return Buffer.concat([header, body]);
}

/** What a server decides about a bind. */
export interface BindAck {
  readonly callId: number;
  /** Server's port, sent back as secondary address. */
  readonly port: number;
  /** Chosen by the server, not 0. */
  readonly associationGroup: number;
  /** False: provider rejection, abstract syntax not supported. */
  readonly accepted: boolean;
}

/** A bind_ack with one result; 60 bytes for a port of four digits. */
export function bindAck({ callId, port, associationGroup, accepted }: BindAck): Buffer {
  const address = Buffer.from(`${port}\0`, 'ascii');
  const start = Buffer.alloc(10);
  start.writeUInt16LE(FRAGMENT, 0);
  start.writeUInt16LE(FRAGMENT, 2);
  start.writeUInt32LE(associationGroup, 4);
  start.writeUInt16LE(address.length, 8);
  const padding = Buffer.alloc((4 - ((16 + start.length + address.length) % 4)) % 4);
  const result = Buffer.from(accepted ? [1, 0, 0, 0, 0, 0, 0, 0] : [1, 0, 0, 0, 2, 0, 1, 0]);
  const syntax = accepted ? NDR : Buffer.alloc(NDR.length);
  return pdu(PDU.bindAck, callId, Buffer.concat([start, address, padding, result, syntax]));
}

/** A bind_nak with reason 2 (local limit exceeded): an RPC server that is too busy. It speaks version 5.0 only. */
export function bindNak(callId: number): Buffer {
  return pdu(PDU.bindNak, callId, Buffer.from([2, 0, 1, 5, 0]));
}

/** What a listener understood of the first bytes it was sent; undefined for anything but a bind. */
export function readBind(bytes: Buffer): { readonly callId: number; readonly kms: boolean } | undefined {
  if (bytes.length < 72 || bytes[0] !== 5 || bytes[2] !== PDU.bind) return undefined;
  const kms = bytes.subarray(INTERFACE_AT, INTERFACE_AT + 16).equals(KMS_INTERFACE);
  return { callId: bytes.readUInt32LE(12), kms };
}
