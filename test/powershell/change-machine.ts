/** A small world for changing documents: one client, one KMS host that answers, one that is gone. */

import { healthyNode } from '../lab/world/healthy-node.ts';
import { seededKeys } from '../lab/world/key-book.ts';
import type { WindowsNode } from '../lab/world/law-context.ts';
import { setNotification, windowsProduct } from '../lab/world/licence-products.ts';
import type { NodeMemory } from '../lab/world/node-memory.ts';
import type { ChangeSurface } from '../lab/world/surface.ts';
import type { LabProduct, LabVpc, WorldState } from '../lab/world/types.ts';
import { createWorld, type LabWorld } from '../lab/world/world.ts';
import { nodeHttp } from './change-secrets.ts';

const NOON = Date.parse('2026-11-22T12:00:00.250Z');
const CLIENT = 'i-00000000000000001';
/** Where the machine is. */
export const SITE = { id: 'tokyo', account: '111122223333', region: 'ap-northeast-1' } as const;
const VPC: LabVpc = {
  id: 'vpc-00000000000000001',
  site: 'tokyo',
  cidr: '10.0.0.0/16',
  dhcpDomain: 'corp.example',
  resolver: '10.0.0.2',
};

/** The client with everything a case may change of it. */
export interface ChangeMachine {
  readonly world: LabWorld;
  readonly node: WindowsNode;
  readonly memory: NodeMemory;
  /** Its Windows product. */
  readonly product: LabProduct;
  advance(ms: number): void;
  /** For one run. */
  surface(): ChangeSurface;
}

const record = (name: string, type: 'A' | 'AAAA' | 'SRV', ...values: string[]) => ({ name, type, ttl: 300, values });

const worldState = (): WorldState => {
  const sketch = { id: CLIENT, site: 'tokyo', name: 'WEB-01', address: '10.0.0.4', vpc: VPC, nowMs: NOON } as const;
  return {
    sites: [SITE],
    nodes: [healthyNode({ ...sketch, generation: '2022', edition: 'ServerStandard' })],
    vpcs: [VPC],
    zones: [
      {
        id: 'Z1',
        name: 'corp.example',
        site: 'tokyo',
        private: true,
        vpcs: [VPC.id],
        hostedBy: 'route53',
        recordSets: [
          record('_vlmcs._tcp.corp.example.', 'SRV', '0 0 1688 gone.corp.example'),
          record('kms1.corp.example.', 'A', '10.0.1.10'),
          record('gone.corp.example.', 'A', '10.0.1.99'),
          record('moved.corp.example.', 'A', '10.0.1.99'),
          record('six.corp.example.', 'AAAA', '2001:db8::5'),
        ],
      },
    ],
    foreignHosts: [
      {
        name: 'kms1.corp.example',
        addresses: ['10.0.1.10'],
        port: 1688,
        listening: true,
        speaksKms: true,
        activated: true,
        keyGroup: '2025',
        count: 50,
      },
    ],
    blocked: [],
    keys: seededKeys(),
  };
};

/** A fresh one: not activated, nothing assigned, its zone naming a host that is gone. */
export const changeMachine = (): ChangeMachine => {
  let now = NOON;
  const state = worldState();
  const http = nodeHttp(state, () => now);
  const world = createWorld({ state, clock: { now: () => now }, random: () => 0.5, http });
  const node = world.node(CLIENT) as WindowsNode;
  const product = windowsProduct(node.windows);
  if (product === undefined) throw new Error('the client has a key');
  setNotification(product);
  return {
    world,
    node,
    product,
    memory: world.memory(CLIENT),
    advance: (ms) => {
      now += ms;
    },
    surface() {
      world.catchUp(CLIENT);
      // What is sent to a machine that restarts reaches it once it is back.
      now = Math.max(now, node.windows.backAtMs ?? now);
      return world.changeSurface(CLIENT);
    },
  };
};
