/** The lab's DNS servers: one for everything the default site's account sees, one for each VPC's own view. */
import type { World } from '../world/types.ts';
import { type DnsServer, startDns } from './server.ts';

export interface LabDns {
  readonly port: number;
  readonly byVpc: Readonly<Record<string, number>>;
  close(): Promise<void>;
}

/** How far the DNS port lies from the HTTP port, where that one is chosen. */
const PORT_OFFSET = 53;
const LAST_PORT = 65_535;

/** The port that goes with a chosen HTTP port; 0, a free one, where none was chosen or there is none so high. */
const portBeside = (httpPort: number): number => {
  const port = httpPort + PORT_OFFSET;
  return httpPort === 0 || port > LAST_PORT ? 0 : port;
};

/** A free port is better than no lab: the description says which it is. */
const startMain = async (port: number, resolve: Parameters<typeof startDns>[0]['resolve']): Promise<DnsServer> => {
  try {
    return await startDns({ port, resolve });
  } catch (error) {
    if (port === 0) throw error;
    return startDns({ port: 0, resolve });
  }
};

/** Starts every server; the main one beside the HTTP port when that one was chosen. */
export const startLabDns = async (world: World, httpPort: number): Promise<LabDns> => {
  const main = await startMain(portBeside(httpPort), (name, type) => world.resolve(name, type));
  const servers = await Promise.all(
    world.state.vpcs.map(async ({ id }) => {
      const server = await startDns({ port: 0, resolve: (name, type) => world.resolve(name, type, id) });
      return [id, server] as const;
    }),
  );
  return {
    port: main.port,
    byVpc: Object.fromEntries(servers.map(([id, { port }]) => [id, port])),
    close: async () => {
      await Promise.all([main.close(), ...servers.map(([, server]) => server.close())]);
    },
  };
};
