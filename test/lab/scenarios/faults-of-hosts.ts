/** What can be wrong at the KMS host and on the way to it. */
import { pick } from '../random.ts';
import { activates, GENERATIONS } from '../world/editions.ts';
import { windowsProduct } from '../world/licence-products.ts';
import { changeHostKey } from '../world/special-roles.ts';
import { HOUR } from '../world/time-spans.ts';
import type { LabKmsHostRole, WorldState } from '../world/types.ts';
import { PLACE } from './environment.ts';
import type { FaultOf } from './fault.ts';
import { corporate } from './faults-of-names.ts';
import { addressSet } from './small-network.ts';
import type { Scene } from './story.ts';

/** Role of the company's managed host. @throws where its host is on premises. */
export function roleOf({ host }: Scene): LabKmsHostRole {
  const role = host?.windows.kmsHostRole;
  if (role === undefined) throw new Error('The company has no managed KMS host');
  return role;
}

const hasManaged = ({ host, subject }: Scene): boolean => host !== undefined && subject.billingProducts === null;
const isServer = ({ subject }: Scene): boolean => GENERATIONS[subject.windows.generation].server;
const isOwn = ({ subject }: Scene): boolean => subject.billingProducts === null;

/** Address of the company's host. */
export const addressOfHost = ({ host }: Scene): string => host?.windows.adapters[0]?.addresses[0] ?? PLACE.onPremises;

/** Something on the way drops, or cuts, what goes to the host. */
export function blockHost(scene: Scene, from: string, cut?: WorldState['blocked'][number]['cut']): void {
  const rule = { from, to: addressOfHost(scene), port: 1688 };
  scene.state.blocked.push(cut === undefined ? rule : { ...rule, cut });
}

/** The host's Software Protection service stops; on premises its listener does. */
export function stopService({ host, foreignHost }: Scene): void {
  if (host !== undefined) host.windows.service = { ...host.windows.service, state: 'Stopped' };
  if (foreignHost !== undefined) foreignHost.listening = false;
}

/** The host loses its own activation. */
export function deactivate({ host, foreignHost }: Scene): void {
  if (foreignHost !== undefined) foreignHost.activated = false;
  if (host?.windows.kmsHostRole === undefined) return;
  host.windows.kmsHostRole.activated = false;
  const product = windowsProduct(host.windows);
  if (product !== undefined) Object.assign(product, { status: 5, statusReason: 'C004F009' });
}

/** The host has counted that many clients and no more. */
export function lowerCount(scene: Scene, left: number): void {
  const { host, foreignHost } = scene;
  if (foreignHost !== undefined) foreignHost.count = left;
  if (host === undefined) return;
  const role = roleOf(scene);
  role.contacts = Object.fromEntries(Object.entries(role.contacts).slice(0, left));
}

/** Hosts whose key is older than the machine. */
const TOO_OLD: readonly LabKmsHostRole['keyGroup'][] = ['2012R2', '2016', '2019', '2022'];

const tooOld = ({ subject }: Scene) => TOO_OLD.filter((group) => !activates(group, subject.windows.generation));

/** Faults of hosts and paths. */
export const FAULTS_OF_HOSTS: readonly FaultOf[] = [
  {
    id: 'path-of-machine',
    kind: 'path-blocked',
    slot: 'path',
    weight: 4,
    needs: isOwn,
    break: (scene) => blockHost(scene, scene.subject.id),
  },
  {
    id: 'path-of-network',
    kind: 'path-blocked',
    slot: 'path',
    weight: 3,
    needs: isOwn,
    break: (scene) => blockHost(scene, scene.subject.vpc),
  },
  {
    id: 'egress-blocked',
    kind: 'path-blocked',
    slot: 'path',
    weight: 3,
    needs: isOwn,
    break: ({ subject }) => {
      subject.windows.egressBlocked.push(1688);
    },
  },
  {
    id: 'path-cut',
    kind: 'path-cut',
    slot: 'path',
    weight: 3,
    needs: isOwn,
    break: (scene) => blockHost(scene, scene.subject.id, pick(scene.next, ['closed', 'silent'] as const)),
  },
  {
    id: 'host-firewall-closed',
    kind: 'host-firewall-closed',
    slot: 'host',
    weight: 4,
    needs: hasManaged,
    break: (scene) => {
      roleOf(scene).firewallOpen = false;
    },
  },
  {
    id: 'host-firewall-profile',
    kind: 'host-firewall-closed',
    slot: 'host',
    weight: 2,
    needs: hasManaged,
    break: (scene) => {
      roleOf(scene).firewallProfiles = ['domain', 'private'];
    },
  },
  {
    id: 'host-service-stopped',
    kind: 'host-service-stopped',
    slot: 'host',
    weight: 5,
    needs: isOwn,
    break: stopService,
  },
  {
    id: 'host-stopped',
    kind: 'host-not-running',
    slot: 'host',
    weight: 3,
    needs: hasManaged,
    break: ({ host, nowMs }) => {
      if (host === undefined) return;
      host.instanceState = 'stopped';
      Object.assign(host.agent, { online: false, lastPingMs: nowMs });
    },
  },
  {
    id: 'foreign-service-on-host',
    kind: 'foreign-service',
    slot: 'host',
    weight: 3,
    needs: isOwn,
    break: (scene) => {
      const stranger = pick(scene.next, ['http', 'rpc'] as const);
      if (scene.foreignHost !== undefined)
        Object.assign(scene.foreignHost, { speaksKms: false, otherService: stranger });
      else roleOf(scene).portTakenBy = stranger;
      if (scene.host !== undefined) scene.host.windows.service = { state: 'Stopped', startMode: 'Auto' };
    },
  },
  {
    id: 'assigned-to-print-gateway',
    kind: 'foreign-service',
    slot: 'assignment',
    weight: 2,
    needs: isOwn,
    break: (scene) => {
      const name = `print-gw.${PLACE.domain}`;
      corporate(scene).recordSets.push(addressSet(name, '10.20.9.9'));
      scene.state.foreignHosts.push({
        name,
        addresses: ['10.20.9.9'],
        port: 1688,
        listening: true,
        speaksKms: false,
        otherService: pick(scene.next, ['http', 'closed', 'silent'] as const),
        activated: false,
        keyGroup: '2019',
        count: 0,
      });
      scene.subject.windows.kmsHost = name;
    },
  },
  {
    id: 'host-busy',
    kind: 'host-busy',
    slot: 'host',
    weight: 2,
    needs: isOwn,
    break: (scene) => {
      if (scene.foreignHost !== undefined) Object.assign(scene.foreignHost, { speaksKms: false, otherService: 'busy' });
      else roleOf(scene).busy = true;
    },
  },
  { id: 'host-not-activated', kind: 'host-not-activated', slot: 'host', weight: 4, needs: isOwn, break: deactivate },
  {
    id: 'host-key-too-old',
    kind: 'host-key-too-old',
    slot: 'host',
    weight: 4,
    needs: (scene) => isOwn(scene) && tooOld(scene).length > 0,
    break: (scene) => {
      const keyGroup = pick(scene.next, tooOld(scene));
      if (scene.foreignHost !== undefined) scene.foreignHost.keyGroup = keyGroup;
      if (scene.host !== undefined) changeHostKey(scene.host, keyGroup);
    },
  },
  {
    id: 'clock-of-machine',
    kind: 'clock-off',
    slot: 'clock',
    weight: 4,
    needs: isOwn,
    break: ({ subject, next }) => {
      subject.windows.clockOffsetSeconds = pick(next, [-9, 5, 12, 24 * 365]) * (HOUR / 1000) + 720;
    },
  },
  {
    id: 'clock-of-host',
    kind: 'clock-off',
    slot: 'clock',
    weight: 3,
    needs: hasManaged,
    break: ({ host, next }) => {
      if (host !== undefined) host.windows.clockOffsetSeconds = pick(next, [-9, 6, 12]) * (HOUR / 1000);
    },
  },
  {
    id: 'count-too-low',
    kind: 'count-too-low',
    slot: 'count',
    weight: 4,
    needs: isOwn,
    break: (scene) => lowerCount(scene, 2),
  },
  {
    id: 'clones',
    kind: 'duplicate-cmid',
    slot: 'count',
    weight: 4,
    needs: (scene) => hasManaged(scene) && scene.others.length >= 5 && isServer(scene),
    break: (scene) => {
      const { subject, others } = scene;
      for (const clone of [subject, ...others]) {
        clone.windows.cmid = subject.windows.cmid;
        clone.windows.skipRearm = true;
        clone.imageId = subject.imageId;
      }
      lowerCount(scene, 0);
    },
  },
];
