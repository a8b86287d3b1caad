import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bindAck, bindNak, readBind } from '../world/rpc-bind.ts';
import {
  classifyBindAnswer,
  decodeBind,
  encodeBind,
  encodeBindAck,
  encodeBindNak,
  pduLength,
  SHORTEST_PDU,
} from './rpc-bind.ts';

const hex = (text: string): Buffer => Buffer.from(text.replace(/\s/g, ''), 'hex');

/** Computed by hand from the layouts of C706. */
const BIND = hex(`05000b03 10000000 48000000 01000000 b810b810 00000000 01000000 00000100
  7521c851 4e845047 b0d8ec25 5555bc06 01000000 045d888a eb1cc911 9fe80800 2b104860 02000000`);
const ACK = hex(`05000c03 10000000 3c000000 01000000 b810b810 01100000 0500 31363838 00 00
  01000000 00000000 045d888a eb1cc911 9fe80800 2b104860 02000000`);

describe('a bind', () => {
  it('is byte for byte the one of the specification', () => {
    expect(encodeBind(1)).toEqual(BIND);
  });

  it('is understood, also by the machines of the world', () => {
    expect(decodeBind(BIND)).toEqual({ callId: 1, contexts: [{ id: 0, kms: true, ndr: true }] });
    expect(readBind(encodeBind(77))).toEqual({ callId: 77, kms: true });
  });

  it('keeps any call id', () => {
    fc.assert(
      fc.property(fc.nat(0xffffffff), (callId) => {
        expect(decodeBind(encodeBind(callId))).toMatchObject({ callId });
      }),
    );
  });

  it('of another interface version is not for KMS', () => {
    const bytes = Buffer.from(BIND);
    bytes[48] = 2;
    expect(decodeBind(bytes)).toMatchObject({ contexts: [{ kms: false }] });
  });

  it('with a context that reaches beyond its end is none', () => {
    const bytes = Buffer.from(BIND);
    bytes[30] = 9;
    expect(decodeBind(bytes)).toBeUndefined();
  });
});

describe('a bind_ack', () => {
  it('is byte for byte the one of the specification', () => {
    expect(encodeBindAck(1, 1688, 0x1001, ['accepted'])).toEqual(ACK);
  });

  it.each([
    [80, true],
    [1688, true],
    [1688, false],
    [54_321, true],
  ])('for port %d (accepted: %s) is the one of the machines of the world', (port, accepted) => {
    const ours = encodeBindAck(3, port, 9, [accepted ? 'accepted' : 'no-such-interface']);

    expect(ours).toEqual(bindAck({ callId: 3, port, associationGroup: 9, accepted }));
    expect(pduLength(ours)).toBe(ours.length);
  });
});

describe('an answer', () => {
  it.each([
    ['an acceptance', ACK, 'kms'],
    ['a rejection of the interface', encodeBindAck(1, 1688, 1, ['no-such-interface']), 'rpc-not-kms'],
    ['a rejection of the syntax', encodeBindAck(1, 1688, 1, ['no-common-syntax']), 'protocol-error'],
    ['a bind_nak for too many calls', encodeBindNak(1, 'busy'), 'busy'],
    ["the world's own bind_nak", bindNak(1), 'busy'],
    ['a bind_nak for the version', encodeBindNak(1, 'version'), 'protocol-error'],
    ['an acceptance cut short', ACK.subarray(0, 40), 'protocol-error'],
    ['a bind', BIND, 'protocol-error'],
    ['a greeting', Buffer.from('220 mail.example ESMTP\r\n'), 'protocol-error'],
    ['nothing', Buffer.alloc(0), 'protocol-error'],
  ])('that is %s reads so', (_what, bytes, verdict) => {
    expect(classifyBindAnswer(bytes)).toBe(verdict);
  });

  it('never throws, whatever the bytes', () => {
    const bytes = fc.uint8Array({ maxLength: 120 }).map((array) => Buffer.from(array));
    const damaged = fc.record({ at: fc.nat(59), value: fc.nat(255), cut: fc.nat(60) }).map(({ at, value, cut }) => {
      const copy = Buffer.from(ACK);
      copy[at] = value;
      return copy.subarray(0, cut);
    });
    fc.assert(
      fc.property(fc.oneof(bytes, damaged), (answer) => {
        classifyBindAnswer(answer);
        decodeBind(answer);
        const length = pduLength(answer);
        if (typeof length === 'number') expect(length).toBeGreaterThanOrEqual(SHORTEST_PDU);
      }),
    );
  });
});
