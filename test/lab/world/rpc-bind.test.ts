import { describe, expect, it } from 'vitest';
import { bindAck, bindNak, KMS_INTERFACE, readBind } from './rpc-bind.ts';

/** A bind of the KMS interface with one context and NDR, call id 1. */
const BIND = Buffer.from(
  `05000b0310000000480000000100000 0b810b810000000000100000000000100
   7521c8514e845047b0d8ec255555bc06 01000000045d888aeb1cc9119fe80800 2b10486002000000`.replace(/\s/g, ''),
  'hex',
);

describe('a bind', () => {
  it('is read with its call id, whether it is for the KMS interface', () => {
    expect(BIND).toHaveLength(72);
    expect(readBind(BIND)).toEqual({ callId: 1, kms: true });

    const stranger = Buffer.from(BIND);
    stranger[32] = 0;
    stranger.writeUInt32LE(77, 12);
    expect(readBind(stranger)).toEqual({ callId: 77, kms: false });
  });

  it.each([
    ['text', Buffer.from('GET / HTTP/1.1\r\n'.padEnd(80))],
    ['a request PDU', Buffer.concat([Buffer.from([5, 0, 0, 3]), Buffer.alloc(80)])],
    ['a cut bind', BIND.subarray(0, 71)],
  ])('is not seen in %s', (_, bytes) => {
    expect(readBind(bytes)).toBeUndefined();
  });
});

describe('a bind_ack', () => {
  const ack = bindAck({ callId: 9, port: 1688, associationGroup: 0x1234, accepted: true });

  it('is 60 bytes for a port of four digits and says its own length', () => {
    expect(ack).toHaveLength(60);
    expect(ack.readUInt16LE(8)).toBe(60);
    expect([...ack.subarray(0, 8)]).toEqual([5, 0, 12, 3, 0x10, 0, 0, 0]);
  });

  it('echoes the call id and names port and association group', () => {
    expect(ack.readUInt32LE(12)).toBe(9);
    expect(ack.readUInt32LE(20)).toBe(0x1234);
    expect(ack.subarray(26, 31).toString('ascii')).toBe('1688\0');
  });

  it('accepts NDR', () => {
    expect([...ack.subarray(32, 36)]).toEqual([1, 0, 0, 0]);
    expect(ack.readUInt16LE(36)).toBe(0);
    expect(ack.subarray(40).toString('hex')).toBe('045d888aeb1cc9119fe808002b10486002000000');
  });

  it('of a server without the interface is a provider rejection for its abstract syntax', () => {
    const rejected = bindAck({ callId: 1, port: 1688, associationGroup: 1, accepted: false });
    expect([rejected.readUInt16LE(36), rejected.readUInt16LE(38)]).toEqual([2, 1]);
  });

  it.each([80, 1688, 16_888])('stays aligned to four bytes for port %i', (port) => {
    const bytes = bindAck({ callId: 1, port, associationGroup: 1, accepted: true });
    expect(bytes.length % 4).toBe(0);
    expect(bytes.readUInt16LE(8)).toBe(bytes.length);
  });
});

describe('a bind_nak', () => {
  it('gives reason 2 and the version it speaks', () => {
    const nak = bindNak(5);
    expect(nak[2]).toBe(13);
    expect(nak.readUInt32LE(12)).toBe(5);
    expect(nak.readUInt16LE(16)).toBe(2);
    expect([...nak.subarray(18)]).toEqual([1, 5, 0]);
    expect(nak.readUInt16LE(8)).toBe(nak.length);
  });
});

describe('the KMS interface', () => {
  it('is its UUID with the first three fields little-endian', () => {
    expect(KMS_INTERFACE.toString('hex')).toBe('7521c8514e845047b0d8ec255555bc06');
  });
});
