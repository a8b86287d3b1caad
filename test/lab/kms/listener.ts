/** A KMS host's port on loopback: answers the RPC bind, and nothing beyond it. */
import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { type Bind, type ContextResult, decodeBind, encodeBindAck, encodeBindNak, pduLength } from './rpc-bind.ts';

/**
 * How the host answers. `not-kms`: an RPC server without the KMS interface; `closed` and `silent`: after a bind; `busy`:
 * too many calls; `down`: the connection is reset.
 */
export type KmsBehaviour = 'kms' | 'not-kms' | 'closed' | 'silent' | 'busy' | 'down';

export interface KmsListenerOptions {
  /** 0 takes a free one. */
  readonly port: number;
  /** `127.0.0.1` by default. */
  readonly host?: string;
  /** Asked at each connection, so that a host broken in the world shows at once. */
  readonly behaviour: () => KmsBehaviour;
}

export interface KmsListener {
  readonly port: number;
  close(): Promise<void>;
}

const IDLE_MS = 30_000;

/**
 * Starts to listen. Rejects when the port is taken.
 *
 * Two things are not as on a real host: `down` resets a connection that was accepted, since a port cannot be given up
 * for one client and kept for the next; and an activation request after the bind ends the connection, since
 * activations happen in the world's model and not on this wire.
 */
export async function startKmsListener(options: KmsListenerOptions): Promise<KmsListener> {
  const open = new Set<Socket>();
  let associationGroup = 0x1000;
  const server = createServer((socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket));
    socket.on('error', () => socket.destroy());
    socket.setTimeout(IDLE_MS, () => socket.destroy());
    associationGroup += 1;
    serve(socket, options.behaviour(), associationGroup);
  });
  server.listen(options.port, options.host ?? '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    close: () => {
      for (const socket of open) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

function serve(socket: Socket, behaviour: KmsBehaviour, associationGroup: number): void {
  if (behaviour === 'down') {
    socket.resetAndDestroy();
    return;
  }
  let pending = Buffer.alloc(0);
  socket.on('data', (chunk) => {
    pending = Buffer.concat([pending, chunk]);
    for (let length = pduLength(pending); length !== 'more'; length = pduLength(pending)) {
      if (length === 'garbage') {
        socket.destroy();
        return;
      }
      if (length > pending.length) return;
      const answer = answerTo(pending.subarray(0, length), behaviour, socket.localPort ?? 0, associationGroup);
      pending = pending.subarray(length);
      if (answer === 'close') {
        socket.end();
        return;
      }
      if (answer !== 'nothing') socket.write(answer);
    }
  });
}

function answerTo(bytes: Buffer, behaviour: KmsBehaviour, port: number, group: number): Buffer | 'close' | 'nothing' {
  const bind = decodeBind(bytes);
  if (behaviour === 'silent') return 'nothing';
  if (bind === undefined || behaviour === 'closed') return 'close';
  if ('version' in bind) return encodeBindNak(bind.callId, 'version');
  if (behaviour === 'busy') return encodeBindNak(bind.callId, 'busy');
  return encodeBindAck(bind.callId, port, group, resultsFor(bind, behaviour));
}

function resultsFor(bind: Bind, behaviour: KmsBehaviour): ContextResult[] {
  return bind.contexts.map(({ kms, ndr }) => {
    if (behaviour !== 'kms' || !kms) return 'no-such-interface';
    return ndr ? 'accepted' : 'no-common-syntax';
  });
}
