/** What can be wrong with the machine's own licence and with what it was told. */
import { pick } from '../random.ts';
import { GENERATIONS, gvlkTail } from '../world/editions.ts';
import {
  evaluationProduct,
  kmsHostProduct,
  makProduct,
  retailProduct,
  windowsProduct,
} from '../world/licence-products.ts';
import { hostRole } from '../world/special-roles.ts';
import { DAY } from '../world/time-spans.ts';
import type { LabProduct } from '../world/types.ts';
import { PLACE } from './environment.ts';
import type { FaultOf } from './fault.ts';
import { retireHost } from './faults-of-names.ts';
import type { Change, Scene } from './story.ts';

const isServer = ({ subject }: Scene): boolean => GENERATIONS[subject.windows.generation].server;
const isOwn = ({ subject }: Scene): boolean => subject.billingProducts === null;

/** Windows runs on another product; Office stays. */
export function replaceProduct({ subject: { windows } }: Scene, product: LabProduct): void {
  const office = windows.products.filter((known) => known.app === 'office');
  windows.products = [product, ...office];
}

/** A product of another channel that was never activated. */
export function unlicensed(product: LabProduct, token: string, channel: string, partialKey: string): LabProduct {
  const description = `Windows(R) Operating System, ${token} channel`;
  return { ...product, description, channel, partialKey, status: 5, statusReason: 'C004F009', endsAtMs: 0 };
}

/** Assigns a host by hand, to the machine or to its product. */
export function assign(scene: Scene, host: string, port = 0, toProduct = false): void {
  const { windows } = scene.subject;
  const holder = toProduct ? windowsProduct(windows) : windows;
  Object.assign(holder ?? windows, { kmsHost: host, kmsPort: port });
}

const assigned =
  (hosts: readonly string[], port = 0): Change =>
  (scene) =>
    assign(scene, pick(scene.next, hosts), port, scene.next() < 0.2);

function removeKey({ subject: { windows } }: Scene): void {
  windows.products = windows.products.filter((known) => known.app === 'office');
}

/** The machine carries the setup key of another edition. */
export function wrongKey({ subject: { windows } }: Scene): void {
  const product = windowsProduct(windows);
  const editions = GENERATIONS[windows.generation].server
    ? ['ServerStandard', 'ServerDatacenter']
    : ['Professional', 'Enterprise', 'Education'];
  const other = editions.find((edition) => edition !== windows.edition) ?? '';
  if (product !== undefined) product.partialKey = gvlkTail(windows.generation, other) ?? 'T83GX';
}

/** An evaluation edition whose time ran out. */
export function evaluation({ subject: { windows }, nowMs }: Scene): void {
  const standard = windows.edition === 'ServerStandard';
  windows.edition = standard ? 'ServerStandardEval' : 'ServerDatacenterEval';
  windows.sku = standard ? 79 : 80;
  const product = evaluationProduct(windows.generation, windows.edition, nowMs - 12 * DAY);
  windows.products = [{ ...product, status: 5, statusReason: 'C004F009', endsAtMs: 0 }];
}

/** Somebody typed a host key on an ordinary machine; it was never activated. */
export function accidentalHost(scene: Scene): void {
  const { windows } = scene.subject;
  const { generation, edition } = windows;
  const keyGroup = '2019';
  windows.kmsHostRole = { ...hostRole(keyGroup), activated: false, publishing: false, firewallOpen: false };
  replaceProduct(scene, {
    ...kmsHostProduct(generation, edition, keyGroup),
    status: 5,
    statusReason: 'C004F009',
  });
}

function otherChannel(scene: Scene): void {
  const { generation, edition } = scene.subject.windows;
  const retail = retailProduct(generation, edition);
  const choices = [
    retail,
    { ...makProduct(generation, edition), status: 5, statusReason: 'C004F009' } as LabProduct,
    unlicensed(retail, 'OEM_SLP', 'OEM:SLP', 'D3FQ7'),
    unlicensed(retail, 'VIRTUAL_MACHINE_ACTIVATION', 'VT:IA', 'VR7XY'),
  ];
  replaceProduct(scene, pick(scene.next, choices));
}

/** Faults of licences and assignments. */
export const FAULTS_OF_LICENCES: readonly FaultOf[] = [
  { id: 'no-key', kind: 'no-key', slot: 'licence', weight: 3, needs: isOwn, break: removeKey },
  {
    id: 'wrong-key',
    kind: 'wrong-key',
    slot: 'licence',
    weight: 4,
    needs: isOwn,
    pasts: ['never', 'lapsed'],
    break: wrongKey,
  },
  {
    id: 'evaluation',
    kind: 'evaluation-edition',
    slot: 'licence',
    weight: 2,
    needs: (scene) => isOwn(scene) && isServer(scene),
    break: evaluation,
  },
  { id: 'other-channel', kind: 'other-channel', slot: 'licence', weight: 4, needs: isOwn, break: otherChannel },
  {
    id: 'accidental-host',
    kind: 'accidental-host',
    slot: 'licence',
    weight: 2,
    needs: (scene) => isOwn(scene) && isServer(scene),
    break: accidentalHost,
  },
  {
    id: 'kms-switched-off',
    kind: 'kms-switched-off',
    slot: 'licence',
    weight: 3,
    break: ({ subject: { windows }, next }) => {
      const product = windowsProduct(windows);
      if (product !== undefined) product.activationTypeEnabled = pick(next, [1, 3] as const);
    },
  },
  {
    id: 'service-disabled',
    kind: 'service-disabled',
    slot: 'licence',
    weight: 3,
    break: ({ subject: { windows } }) => {
      windows.service = { state: 'Stopped', startMode: 'Disabled' };
    },
  },
  {
    id: 'store-damaged',
    kind: 'licence-damaged',
    slot: 'licence',
    weight: 2,
    pasts: ['never', 'lapsed'],
    break: ({ subject: { windows }, next }) => {
      windows.licensingFault = pick(next, ['C004E003', 'C004E015', 'C004F035']);
    },
  },
  {
    id: 'assigned-to-retired-host',
    kind: 'assigned-to-dead-host',
    slot: 'assignment',
    weight: 6,
    needs: isOwn,
    break: (scene) => assign(scene, pick(scene.next, [retireHost(scene), PLACE.retired]), 0, scene.next() < 0.2),
  },
  {
    id: 'assigned-to-unknown-name',
    kind: 'assigned-to-unknown-name',
    slot: 'assignment',
    weight: 3,
    needs: isOwn,
    break: assigned([`kms-99.${PLACE.domain}`, 'kms.corp.exmaple', 'KMSSERVER']),
  },
  {
    id: 'assigned-malformed',
    kind: 'assigned-malformed',
    slot: 'assignment',
    weight: 2,
    needs: isOwn,
    break: assigned(['http://kms-01.corp.example', 'kms-01 corp.example', '“kms-01”', '::1:1688/kms']),
  },
  {
    id: 'assigned-wrong-port',
    kind: 'assigned-wrong-port',
    slot: 'assignment',
    weight: 3,
    needs: isOwn,
    break: (scene) => assign(scene, scene.hostName, pick(scene.next, [1689, 16888, 135]), scene.next() < 0.2),
  },
  {
    id: 'assigned-to-stranger',
    kind: 'unknown-host',
    slot: 'assignment',
    weight: 3,
    needs: isOwn,
    break: assigned(['127.0.0.2', '203.0.113.99', '198.51.100.7']),
  },
  {
    id: 'byol-on-amazon',
    kind: 'byol-on-amazon',
    slot: 'assignment',
    weight: 4,
    needs: isOwn,
    break: assigned(['169.254.169.250', '169.254.169.251'], 1688),
  },
  {
    id: 'licence-included-on-own-host',
    kind: 'licence-included-elsewhere',
    slot: 'assignment',
    weight: 12,
    needs: (scene) => !isOwn(scene),
    break: (scene) => assign(scene, retireHost(scene)),
  },
  {
    id: 'amazon-routes-missing',
    kind: 'amazon-routes-missing',
    slot: 'path',
    weight: 12,
    needs: (scene) => !isOwn(scene),
    break: ({ subject: { windows } }) => {
      windows.routes = [];
    },
  },
];
