/** Things about a company that look strange and harm nothing. */
import { pick, whole } from '../random.ts';
import { writeEvent } from '../world/activation-events.ts';
import { officeClientProduct } from '../world/licence-products.ts';
import { hostRole, makeHost } from '../world/special-roles.ts';
import { HOUR } from '../world/time-spans.ts';
import { addMachine, addOutsiders, PLACE } from './environment.ts';
import { corporate, retireHost, setRecord } from './faults-of-names.ts';
import { addressSet, privateZone, srvSet } from './small-network.ts';
import type { Change, Scene } from './story.ts';

/** One oddity; `when` says whether it was always so or came with the break. */
export interface Oddity {
  readonly id: string;
  readonly when: 'before' | 'break';
  readonly change: Change;
}

const always = (id: string, change: Change): Oddity => ({ id, when: 'before', change });
const lately = (id: string, change: Change): Oddity => ({ id, when: 'break', change });

const firstAdapter = ({ subject }: Scene) => subject.windows.adapters[0];

/** Another KMS host that works, and that nobody is sent to. */
export function addSecondHost(scene: Scene, count = 30): void {
  const host = addMachine(scene, { name: 'kms-02', address: PLACE.secondHost, generation: '2022' }, 'ServerStandard');
  makeHost(host, { ...hostRole('2025'), publishing: false });
  host.windows.primarySuffix = PLACE.domain;
  const role = host.windows.kmsHostRole;
  if (role !== undefined) addOutsiders(role, count, scene.next, scene.startMs);
  corporate(scene).recordSets.push(addressSet(`kms-02.${PLACE.domain}`, PLACE.secondHost));
}

/** Every oddity; any number of them may hold at once. */
export const ODDITIES: readonly Oddity[] = [
  always('second-zone', ({ state }) => {
    const lab = state.vpcs[1]?.id ?? '';
    state.zones.push(privateZone('lab.example', [lab], [srvSet('lab.example', '0 0 1688 kms-lab.lab.example.')]));
  }),
  always('split-horizon', ({ state }) => {
    const zone = privateZone(PLACE.domain, [], [addressSet(`www.${PLACE.domain}`, '203.0.113.80')]);
    state.zones.push({ ...zone, id: 'Z0PUBLICCORPEXAMPLE', private: false });
  }),
  always('unused-suffixes', ({ subject: { windows } }) => {
    windows.searchList = [...windows.searchList, PLACE.domain, 'old.example', 'Corp.Example'];
  }),
  always('primary-suffix', ({ subject: { windows } }) => {
    if (windows.domain === '') windows.primarySuffix = PLACE.domain;
  }),
  always('dead-standby', (scene) => {
    setRecord(scene, `0 0 1688 ${scene.hostName}.`, `10 0 1688 ${retireHost(scene, 'kms-dr')}.`);
  }),
  always('priorities', (scene) =>
    setRecord(scene, `${whole(scene.next, 9)} ${whole(scene.next, 200)} 1688 ${scene.hostName}.`),
  ),
  always('second-host', addSecondHost),
  always('host-key-elsewhere', (scene) => {
    const [other] = scene.others;
    if (other !== undefined) makeHost(other, { ...hostRole('2019'), publishing: false, firewallOpen: false });
  }),
  always('office', ({ subject: { windows } }) => {
    windows.products.push(officeClientProduct());
  }),
  always('caching-off', ({ subject: { windows } }) => {
    windows.hostCaching = false;
  }),
  always('skip-rearm', ({ subject: { windows } }) => {
    windows.skipRearm = true;
  }),
  always('clock-a-little-off', ({ subject: { windows }, next }) => {
    windows.clockOffsetSeconds = whole(next, 1200) - 600;
  }),
  always('ipv6', (scene) => {
    firstAdapter(scene)?.addresses.push('fe80::4d1:9c3f:aa20:1');
  }),
  always('second-adapter', ({ subject: { windows } }) => {
    windows.adapters.push({ addresses: ['10.99.0.17'], gateways: [], dnsServers: [], suffix: 'backup.example' });
  }),
  always('one-silent-server', (scene) => {
    firstAdapter(scene)?.dnsServers.push('10.20.9.54');
  }),
  always('alias-name', (scene) => {
    const address = scene.host?.windows.adapters[0]?.addresses[0] ?? PLACE.onPremises;
    corporate(scene).recordSets.push(addressSet(`kms.${PLACE.domain}`, address));
    setRecord(scene, `0 0 1688 kms.${PLACE.domain}.`);
  }),
  always('host-untagged', ({ host }) => {
    delete host?.tags.KmsManaged;
  }),
  always('lookup-domain-of-company', ({ subject: { windows } }) => {
    windows.lookupDomain = PLACE.domain;
  }),
  always('assigned-to-working-host', ({ subject: { windows }, hostName }) => {
    if (windows.kmsHost === '') windows.kmsHost = hostName;
  }),
  always('no-amazon-routes', ({ subject }) => {
    if (subject.billingProducts === null) subject.windows.routes = [];
  }),
  always('add-on-with-key', ({ subject: { windows } }) => {
    const [product] = windows.products;
    if (product === undefined) return;
    const id = 'f520e45e-7413-4a34-a497-d2765967d094';
    windows.products.push({ ...product, id, app: 'office', name: 'Visio', family: 'VisioPro', partialKey: 'K7XQ2' });
  }),
  always('path-of-others', ({ state, host }) => {
    const to = host?.windows.adapters[0]?.addresses[0] ?? PLACE.onPremises;
    state.blocked.push({ from: state.vpcs[1]?.id ?? '', to, port: 1688 });
    state.blocked.push({ from: '*', to, port: 3389 });
  }),
  always('machines-nobody-can-ask', ({ others }) => {
    const [first, second] = others.slice(-2);
    if (first !== undefined) delete first.tags.KmsManaged;
    if (second !== undefined) Object.assign(second.agent, { online: false });
  }),
  lately('host-agent-offline', ({ host, nowMs }) => {
    if (host !== undefined) Object.assign(host.agent, { online: false, lastPingMs: nowMs });
  }),
  lately('others-without-key', ({ others }) => {
    const other = others.at(-1);
    if (other !== undefined) other.windows.products = [];
  }),
  lately('others-with-wrong-clock', ({ others }) => {
    const other = others.at(-1);
    if (other !== undefined) other.windows.clockOffsetSeconds = 6 * 3600;
  }),
  lately('others-cut-off', ({ others, state, host }) => {
    const other = others.at(-1);
    const to = host?.windows.adapters[0]?.addresses[0] ?? PLACE.onPremises;
    if (other !== undefined) state.blocked.push({ from: other.id, to, port: 1688 });
  }),
  lately('old-failures', ({ subject: { windows }, nowMs, next }) => {
    const code = pick(next, ['0x800706BA', '0x8007232B', '0xC004F06C']);
    const line = `${code}, 0x00000000, kms-dr.${PLACE.domain}:1688, ${windows.cmid}, 11/22/2026 1:02, 1, 5, 0, x, 5`;
    for (const hours of [60, 40, 26]) writeEvent(windows, 'Application', 12288, nowMs - hours * HOUR, [line]);
  }),
  lately('log-noise', ({ subject: { windows }, nowMs }) => {
    for (const id of [1003, 16394, 16384, 1066]) writeEvent(windows, 'Application', id, nowMs - HOUR, ['noise']);
  }),
];

/** Computer names that people give. */
export const ODD_NAMES = [
  'app-01',
  'WIN-7F3K2L9QPA1',
  '経理-01',
  'EC2AMAZ-4TQ8V1B',
  'x',
  'srv_legacy-1',
  'Größe-03',
  '営業部PC',
];
