import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type KmsBehaviour, type KmsListener, startKmsListener } from './listener.ts';
import { classifyBindAnswer, encodeBind } from './rpc-bind.ts';

let behaviour: KmsBehaviour;
let listener: KmsListener;
let socket: Socket;

beforeEach(async () => {
  behaviour = 'kms';
  listener = await startKmsListener({ port: 0, behaviour: () => behaviour });
});

afterEach(async () => {
  socket.destroy();
  await listener.close();
});

async function dial(): Promise<Socket> {
  socket = connect(listener.port, '127.0.0.1');
  await once(socket, 'connect');
  return socket;
}

/** All that the host says to these bytes until it ends or has said a whole answer. */
async function say(...pieces: Buffer[]): Promise<Buffer> {
  await dial();
  socket.setNoDelay(true);
  for (const piece of pieces) {
    socket.write(piece);
    await new Promise((resolve) => setImmediate(resolve));
  }
  const ended = once(socket, 'close').then(() => Buffer.alloc(0));
  return Promise.race([once(socket, 'data').then(([bytes]) => bytes as Buffer), ended]);
}

/** A bind of three contexts, as Windows clients send it: KMS over NDR, KMS over NDR64, a bind-time feature. */
function windowsBind(): Buffer {
  const one = encodeBind(2);
  const context = one.subarray(28);
  const ndr64 = Buffer.from(context);
  ndr64.writeUInt16LE(1, 0);
  ndr64.set(Buffer.from('33057171babe37498319b5dbef9ccc3601000000', 'hex'), 24);
  const feature = Buffer.from(ndr64);
  feature.writeUInt16LE(2, 0);
  feature.set(Buffer.from('2c1cb76c12984045030000000000000001000000', 'hex'), 24);
  const bind = Buffer.concat([one, ndr64, feature]);
  bind.writeUInt16LE(bind.length, 8);
  bind[24] = 3;
  return bind;
}

describe('a KMS host', () => {
  it('accepts the bind, naming its port', async () => {
    const answer = await say(encodeBind(7));

    expect(classifyBindAnswer(answer)).toBe('kms');
    expect(answer.readUInt32LE(12)).toBe(7);
    expect(answer.subarray(26).toString('latin1')).toMatch(new RegExp(`^${listener.port}\0`));
    expect(answer.readUInt32LE(20)).not.toBe(0);
  });

  it('waits for a bind that comes in pieces', async () => {
    const bind = encodeBind(7);

    expect(classifyBindAnswer(await say(bind.subarray(0, 1), bind.subarray(1, 30), bind.subarray(30)))).toBe('kms');
  });

  it('answers each context of a bind on its own', async () => {
    const answer = await say(windowsBind());
    const results = [0, 1, 2].map((index) => answer.subarray(answer.length - 72 + index * 24).readUInt32LE(0));

    expect(classifyBindAnswer(answer)).toBe('kms');
    expect(results).toEqual([0, 0x2_0002, 0x2_0002]);
  });

  it.each<[KmsBehaviour, string]>([
    ['not-kms', 'rpc-not-kms'],
    ['busy', 'busy'],
    ['closed', 'protocol-error'],
  ])('that is %s answers as %s', async (state, verdict) => {
    behaviour = state;
    const answer = await say(encodeBind(1));

    expect(classifyBindAnswer(answer)).toBe(verdict);
    if (state === 'closed') expect(answer).toHaveLength(0);
  });

  it('that is silent keeps the connection and says nothing', async () => {
    behaviour = 'silent';
    await dial();
    let said = 0;
    socket.on('data', (bytes) => {
      said += bytes.length;
    });
    socket.write(encodeBind(1));
    // Another connection's whole exchange is time enough for an answer.
    const first = socket;
    behaviour = 'kms';
    await say(encodeBind(2));

    expect(said).toBe(0);
    expect(first.closed).toBe(false);
    first.destroy();
  });

  it('that is down resets the connection', async () => {
    behaviour = 'down';
    socket = connect(listener.port, '127.0.0.1');
    const [error] = await once(socket, 'error').catch((reason: unknown) => [reason]);

    expect(error).toMatchObject({ code: 'ECONNRESET' });
  });

  it('breaks and mends between two connections', async () => {
    behaviour = 'busy';
    const broken = classifyBindAnswer(await say(encodeBind(1)));
    socket.destroy();
    behaviour = 'kms';

    expect([broken, classifyBindAnswer(await say(encodeBind(1)))]).toEqual(['busy', 'kms']);
  });

  it.each([
    ['text', Buffer.from('GET / HTTP/1.1\r\n\r\n')],
    ['a request without bind', Buffer.from('0500000310000000180000000100000000000000000000ff', 'hex')],
    ['a length below the header', Buffer.from('05000b03100000000f00000001000000', 'hex')],
    ['a length beyond the bound', Buffer.from('05000b0310000000ffff000001000000', 'hex')],
    ['a bind without contexts', Buffer.from('05000b03100000001c00000001000000b810b8100000000000000000', 'hex')],
  ])('ends the connection on %s', async (_what, bytes) => {
    expect(await say(bytes)).toHaveLength(0);
    expect(classifyBindAnswer(await say(encodeBind(1)))).toBe('kms');
  });

  it('refuses another protocol version by a bind_nak', async () => {
    const bind = encodeBind(1);
    bind[0] = 4;
    const answer = await say(bind);

    expect([answer[2], answer.readUInt16LE(16)]).toEqual([13, 4]);
  });

  it('frees its port when closed', async () => {
    await dial();
    await listener.close();
    listener = await startKmsListener({ port: listener.port, behaviour: () => behaviour });
    await expect(startKmsListener({ port: listener.port, behaviour: () => 'kms' })).rejects.toMatchObject({
      code: 'EADDRINUSE',
    });
  });
});
