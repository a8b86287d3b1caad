/** A DNS server on loopback, so that `nslookup` and `dig` can ask the simulated zones. */
import { createSocket, type Socket as UdpSocket } from 'node:dgram';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { answerMessage, type Resolve } from './answer.ts';

export interface DnsOptions {
  /** Asked anew for each question, so that a changed world shows at once. */
  readonly resolve: Resolve;
  /** The same for UDP and TCP; 0 takes a free one. */
  readonly port: number;
  /** `127.0.0.1` by default. */
  readonly host?: string;
}

export interface DnsServer {
  readonly port: number;
  close(): Promise<void>;
}

const ATTEMPTS = 20;
const IDLE_MS = 10_000;

/**
 * Starts to answer over UDP and TCP. Bytes that are no query are ignored over UDP and end a TCP connection. Rejects when
 * the port is taken.
 */
export async function startDns(options: DnsOptions): Promise<DnsServer> {
  for (let attempt = 1; ; attempt += 1) {
    const tcp = await listenTcp(options);
    const { port } = tcp.address() as AddressInfo;
    try {
      const udp = await listenUdp(options, port);
      return { port, close: () => closeBoth(tcp, udp) };
    } catch (error) {
      await closeTcp(tcp);
      // Somebody else has the same number on UDP: another one will be free on both.
      if (options.port !== 0 || attempt === ATTEMPTS) throw error;
    }
  }
}

const connections = new WeakMap<Server, Set<Socket>>();

async function listenTcp(options: DnsOptions): Promise<Server> {
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket));
    serveConnection(socket, options.resolve);
  });
  connections.set(server, open);
  server.listen(options.port, options.host ?? '127.0.0.1');
  await once(server, 'listening');
  return server;
}

/** Messages of a TCP connection carry their length in two bytes (RFC 1035, section 4.2.2). */
function serveConnection(socket: Socket, resolve: Resolve): void {
  let pending = Buffer.alloc(0);
  socket.setTimeout(IDLE_MS, () => socket.destroy());
  socket.on('error', () => socket.destroy());
  socket.on('data', (chunk) => {
    pending = Buffer.concat([pending, chunk]);
    while (pending.length >= 2 && pending.length >= 2 + pending.readUInt16BE(0)) {
      const end = 2 + pending.readUInt16BE(0);
      const answer = answerMessage(pending.subarray(2, end), 'tcp', resolve);
      pending = pending.subarray(end);
      if (answer === undefined) {
        socket.destroy();
        return;
      }
      const length = Buffer.alloc(2);
      length.writeUInt16BE(answer.length);
      socket.write(Buffer.concat([length, answer]));
    }
  });
}

async function listenUdp(options: DnsOptions, port: number): Promise<UdpSocket> {
  const socket = createSocket('udp4');
  socket.on('message', (bytes, from) => {
    const answer = answerMessage(bytes, 'udp', options.resolve);
    if (answer !== undefined) socket.send(answer, from.port, from.address);
  });
  const listening = once(socket, 'listening');
  socket.bind(port, options.host ?? '127.0.0.1');
  try {
    await listening;
  } catch (error) {
    socket.close();
    throw error;
  }
  // A client that is gone already makes a send fail; that is its own affair.
  socket.on('error', () => {});
  return socket;
}

async function closeBoth(tcp: Server, udp: UdpSocket): Promise<void> {
  await Promise.all([closeTcp(tcp), new Promise<void>((resolve) => udp.close(() => resolve()))]);
}

function closeTcp(server: Server): Promise<void> {
  for (const socket of connections.get(server) ?? []) socket.destroy();
  return new Promise((resolve) => server.close(() => resolve()));
}
