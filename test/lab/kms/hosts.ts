/** The KMS hosts of the world as real listeners on loopback, and what they are called. */

import { hasOpenRule } from '../world/kms-rules.ts';
import type { LabForeignHost, LabNode, World } from '../world/types.ts';
import { startKmsListener } from './listener.ts';

export interface KmsHostListener {
  /** Id of the managed node, absent for a host outside Systems Manager. */
  readonly node?: string;
  readonly name: string;
  readonly address: string;
  /** The real port on loopback. */
  readonly port: number;
  close(): Promise<void>;
}

const isHost = (node: LabNode): boolean => node.windows?.kmsHostRole !== undefined;

/** What somebody who connects to the host meets now, whatever network lies between. */
const nodeBehaviour = (node: LabNode | undefined) => {
  const serves = node?.instanceState === 'running' && node.windows?.service.state === 'Running';
  return serves && node.windows !== undefined && hasOpenRule(node.windows) ? 'kms' : 'down';
};

const foreignBehaviour = (host: LabForeignHost) => {
  if (!host.listening) return 'down';
  return host.speaksKms ? 'kms' : 'not-kms';
};

/** Starts one listener for each KMS host; breaking the host in the world shows at the next connection. */
export const startKmsHosts = async (world: World): Promise<readonly KmsHostListener[]> => {
  const managed = world.state.nodes.filter(isHost).map(async (node) => {
    const { port, close } = await startKmsListener({ port: 0, behaviour: () => nodeBehaviour(world.node(node.id)) });
    const address = node.windows?.adapters[0]?.addresses[0] ?? '';
    return { node: node.id, name: node.name, address, port, close };
  });
  const foreign = world.state.foreignHosts.map(async (host) => {
    const { port, close } = await startKmsListener({ port: 0, behaviour: () => foreignBehaviour(host) });
    return { name: host.name, address: host.addresses[0] ?? '', port, close };
  });
  return Promise.all([...managed, ...foreign]);
};
