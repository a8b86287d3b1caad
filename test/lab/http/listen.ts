import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** The lab's one port, taken. */
export interface Listening {
  readonly server: Server;
  readonly port: number;
  readonly url: string;
  close(): Promise<void>;
}

/** Takes the port on this machine's loopback address; 0 takes a free one. Rejects when it is taken. */
export const listen = async (wanted: number): Promise<Listening> => {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(wanted, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { server, port, url: `http://127.0.0.1:${port}`, close };
};
