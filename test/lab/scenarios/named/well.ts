/** Machines that are well, that worked again meanwhile, or that cannot be looked at. */
import { makProduct } from '../../world/licence-products.ts';
import { DAY } from '../../world/time-spans.ts';
import { faultNamed } from '../faults.ts';
import { assign, replaceProduct } from '../faults-of-licences.ts';
import { retireHost } from '../faults-of-names.ts';
import { ODDITIES } from '../oddities.ts';
import { kmsHost, type Scenario, scenarios, toSubject } from './scenario.ts';

const well = { is: 'well', gives: '00000000' } as const;
const domain = 'corp.example';

/** Scenarios of machines that are well. */
export const WELL: readonly Scenario[] = scenarios({
  'well-server': { ...well, title: 'a server in order' },
  'well-client-in-japanese': {
    ...well,
    title: 'a client in order, in Japanese',
    in: { generation: '11', language: 'ja-JP', name: '経理-01' },
  },
  'well-member': { ...well, title: 'a domain member in order', in: { member: true, language: 'de-DE' } },
  'well-on-premises-host': { ...well, title: 'its host is on premises', in: { host: 'on-premises' } },
  'well-by-directory': {
    ...well,
    title: 'activated by Active Directory',
    in: { member: true },
    breaks: [
      toSubject((windows) => {
        for (const product of windows.products) product.activationType = 1;
      }),
    ],
  },
  'well-by-mak': {
    ...well,
    title: 'activated with Microsoft by a multiple activation key',
    breaks: [(scene) => replaceProduct(scene, makProduct('2022', 'ServerDatacenter'))],
  },
  'well-licence-included': {
    ...well,
    title: "licence-included, on Amazon's servers",
    in: { licenceIncluded: true },
  },
  'well-with-oddities': {
    ...well,
    title: 'everything about it is odd, and nothing is wrong',
    in: { others: 5 },
    before: ODDITIES.filter((odd) => odd.when === 'before').map((odd) => odd.change),
    breaks: ODDITIES.filter((odd) => odd.when === 'break').map((odd) => odd.change),
  },
  'well-assigned': {
    ...well,
    title: 'assigned by hand to the host that works',
    breaks: [(scene) => assign(scene, scene.hostName, 1688)],
  },
  'well-host': { ...well, title: 'the KMS host itself', about: 'host' },
});

/** Scenarios of machines that renew no more, with weeks to spare. */
export const RENEWALS: readonly Scenario[] = scenarios({
  'renewals-path': {
    title: 'licensed, and its way to the host is blocked',
    is: 'warning',
    expects: 'path-blocked',
    gives: 'C004F074',
    past: 'renewals-missed',
    breaks: [faultNamed('path-of-machine')],
    causes: (story) => [{ kind: 'path-blocked', host: kmsHost(story), address: '10.20.1.10' }],
  },
  'renewals-record': {
    title: 'licensed, and the record was lost',
    is: 'warning',
    expects: 'record-missing',
    gives: '8007232B',
    past: 'renewals-missed',
    breaks: [faultNamed('record-missing')],
    causes: () => [{ kind: 'record-missing', domain }],
  },
  'renewals-retired-host': {
    title: 'licensed, and assigned to a host that was retired since',
    is: 'warning',
    expects: 'assigned-to-dead-host',
    gives: 'C004F074',
    past: 'renewals-missed',
    breaks: [(scene) => assign(scene, retireHost(scene))],
    causes: () => [{ kind: 'assigned-to-dead-host', host: `kms-old.${domain}` }],
  },
  'renewals-clock': {
    title: 'licensed, and its clock went wrong',
    is: 'warning',
    expects: 'clock-off',
    gives: 'C004F06C',
    past: 'renewals-missed',
    breaks: [faultNamed('clock-of-machine')],
    causes: () => [{ kind: 'clock-off', where: 'client' }],
  },
  'renewals-host-firewall': {
    title: "licensed, and its host's firewall was closed",
    is: 'warning',
    expects: 'host-firewall-closed',
    gives: 'C004F074',
    past: 'renewals-missed',
    breaks: [faultNamed('host-firewall-closed')],
    causes: (story) => [{ kind: 'host-firewall-closed', host: kmsHost(story) }],
  },
  'renewals-store': {
    title: 'licensed, and its service was disabled',
    is: 'warning',
    expects: 'service-disabled',
    gives: '80070422',
    past: 'renewals-missed',
    breaks: [faultNamed('service-disabled')],
    causes: () => [{ kind: 'service-disabled' }],
  },
  'works-again': {
    title: 'the host was stopped, and runs again',
    expects: 'works-now',
    gives: '00000000',
    breaks: [faultNamed('host-service-stopped')],
    after: [
      ({ host }) => {
        if (host !== undefined) host.windows.service = { state: 'Running', startMode: 'Auto' };
      },
    ],
    causes: (story) => [{ kind: 'works-now', host: kmsHost(story).name }],
  },
  'works-since-record': {
    title: 'the record was missing, and is there again',
    expects: 'works-now',
    gives: '00000000',
    past: 'never',
    breaks: [faultNamed('record-missing')],
    after: [
      ({ state, hostName }) => {
        const zone = state.zones.find((known) => known.name === domain);
        const name = `_vlmcs._tcp.${domain}.`;
        zone?.recordSets.push({ name, type: 'SRV', ttl: 300, values: [`0 0 1688 ${hostName}.`] });
      },
    ],
    causes: (story) => [{ kind: 'works-now', host: kmsHost(story).name }],
  },
});

const unseen = { is: 'unknown', expects: 'not-asked' } as const;

/** Scenarios of machines that cannot be looked at. */
export const UNSEEN: readonly Scenario[] = scenarios({
  offline: {
    ...unseen,
    title: 'its agent has been silent for six days',
    after: [
      ({ subject, nowMs }) => {
        Object.assign(subject.agent, { online: false, lastPingMs: nowMs - 6 * DAY });
      },
    ],
  },
  stopped: {
    ...unseen,
    title: 'it is a stopped instance',
    after: [
      ({ subject }) => {
        subject.instanceState = 'stopped';
        subject.agent.online = false;
      },
    ],
  },
  'without-agent': {
    ...unseen,
    title: 'it never registered with Systems Manager',
    after: [
      ({ subject }) => {
        Object.assign(subject.agent, { registered: false, online: false, version: '' });
      },
    ],
  },
  untagged: {
    ...unseen,
    title: 'it does not carry the tag of the fleet',
    after: [
      ({ subject }) => {
        subject.tags = {};
      },
    ],
  },
  linux: {
    ...unseen,
    title: 'it is no Windows',
    after: [
      (scene) => {
        scene.subject.platform = 'linux';
        Reflect.deleteProperty(scene.subject, 'windows');
      },
    ],
  },
  'probes-unreadable': {
    title: 'its CIM repository is damaged',
    is: 'unknown',
    expects: 'unreadable',
    after: [
      toSubject((windows) => {
        windows.broken['cim:*'] = { hresult: '80041014' };
      }),
    ],
  },
});
