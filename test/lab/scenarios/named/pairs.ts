/** Two things wrong at once: whichever is named first, mending it has to show in the next attempt. */
import { changeHostKey } from '../../world/special-roles.ts';
import { PLACE } from '../environment.ts';
import type { FaultOf } from '../fault.ts';
import { faultNamed } from '../faults.ts';
import { deactivate, lowerCount } from '../faults-of-hosts.ts';
import { assign, wrongKey } from '../faults-of-licences.ts';
import { retireHost } from '../faults-of-names.ts';
import type { Story } from '../story.ts';
import { ADDRESSES, kmsHost, type Scenario, scenarios, toSubject } from './scenario.ts';

const domain = PLACE.domain;
const fault = (id: string): FaultOf => faultNamed(id);
const clockOff = toSubject((windows) => {
  windows.clockOffsetSeconds = 5 * 3600 + 720;
});
const directoryOnly = toSubject((windows) => {
  for (const product of windows.products) product.activationTypeEnabled = 1;
});
const zoneId = ({ world }: Story) => world.state.zones.find((zone) => zone.name === domain)?.id ?? '';

/** Scenarios of two faults. */
export const PAIRS: readonly Scenario[] = scenarios({
  'pair-record-and-firewall': {
    title: 'no record, and the host would let nobody in',
    expects: ['record-missing'],
    gives: '8007232B',
    past: 'never',
    breaks: [fault('record-missing'), fault('host-firewall-closed')],
    causes: (story) => [
      { kind: 'record-missing', domain, host: kmsHost(story) },
      { kind: 'host-firewall-closed', host: kmsHost(story) },
    ],
  },
  'pair-suffix-and-count': {
    title: 'a mistyped suffix, and the host has counted too few',
    expects: ['suffix-without-record'],
    gives: '8007232B',
    past: 'never',
    breaks: [fault('suffix-mistyped'), (scene) => lowerCount(scene, 1)],
    causes: (story) => [
      { kind: 'suffix-without-record', domains: ['corp.exmaple'], recordIn: domain },
      { kind: 'count-too-low', host: kmsHost(story), count: 2, needed: 5 },
    ],
  },
  'pair-retired-and-clock': {
    title: 'assigned to a retired host, and its clock is off',
    expects: ['assigned-to-dead-host'],
    gives: 'C004F074',
    breaks: [(scene) => assign(scene, retireHost(scene)), clockOff],
    causes: () => [
      { kind: 'assigned-to-dead-host', host: `kms-old.${domain}` },
      { kind: 'clock-off', where: 'client' },
    ],
  },
  'pair-key-and-path': {
    title: 'the setup key of another edition, and no way to the host',
    expects: ['wrong-key'],
    gives: 'C004F069',
    breaks: [wrongKey, fault('path-of-machine')],
    causes: (story) => [
      { kind: 'wrong-key', editionOfKey: 'ServerStandard' },
      { kind: 'path-blocked', host: kmsHost(story), address: ADDRESSES.managed },
    ],
  },
  'pair-no-key-and-retired': {
    title: 'no key, and assigned to a retired host',
    expects: ['no-key'],
    gives: 'C004F014',
    breaks: [fault('no-key'), (scene) => assign(scene, retireHost(scene))],
    causes: () => [{ kind: 'no-key' }, { kind: 'assigned-to-dead-host', host: `kms-old.${domain}` }],
  },
  'pair-service-and-record': {
    title: 'its service is disabled, and there is no record',
    expects: ['service-disabled'],
    gives: '80070422',
    past: 'never',
    breaks: [fault('service-disabled'), fault('record-missing')],
    causes: () => [{ kind: 'service-disabled' }, { kind: 'record-missing', domain }],
  },
  'pair-directory-only-and-clock': {
    title: 'only Active Directory may activate it, and its clock is off',
    expects: ['kms-switched-off'],
    gives: 'C004F081',
    breaks: [directoryOnly, clockOff],
    causes: () => [
      { kind: 'kms-switched-off', allowed: 'active-directory' },
      { kind: 'clock-off', where: 'client' },
    ],
  },
  'pair-clock-and-host-activation': {
    title: 'its clock is off, and the host lost its activation',
    expects: ['clock-off'],
    gives: 'C004F06C',
    breaks: [clockOff, deactivate],
    causes: (story) => [
      { kind: 'clock-off', where: 'client' },
      { kind: 'host-not-activated', host: kmsHost(story) },
    ],
  },
  'pair-host-activation-and-key': {
    title: 'the host lost its activation, and its key is too old as well',
    expects: ['host-not-activated'],
    gives: 'C004F041',
    in: { generation: '2022' },
    breaks: [
      deactivate,
      ({ host }) => {
        if (host !== undefined) changeHostKey(host, '2016');
      },
    ],
    causes: (story) => [
      { kind: 'host-not-activated', host: kmsHost(story) },
      { kind: 'host-key-too-old', host: kmsHost(story) },
    ],
  },
  'pair-zone-and-service': {
    title: "the zone is not associated, and the host's service is stopped",
    expects: ['zone-not-associated'],
    gives: '8007232B',
    past: 'never',
    breaks: [fault('zone-not-associated'), fault('host-service-stopped')],
    causes: (story) => [
      {
        kind: 'zone-not-associated',
        zone: domain,
        zoneId: zoneId(story),
        vpcId: story.world.node(story.nodeId)?.vpc ?? '',
      },
      { kind: 'host-service-stopped', host: kmsHost(story) },
    ],
  },
  'pair-servers-and-record': {
    title: 'no DNS server, and no record either',
    expects: ['no-dns-server'],
    gives: '8007267C',
    past: 'never',
    breaks: [fault('no-dns-server'), fault('record-missing')],
    causes: (story) => [{ kind: 'no-dns-server' }, { kind: 'record-missing', domain, host: kmsHost(story) }],
  },
  'pair-amazon-and-record': {
    title: "brings its own licence but asks Amazon's servers, and there is no record to find",
    expects: ['byol-on-amazon'],
    gives: 'C004F074',
    breaks: [(scene) => assign(scene, '169.254.169.250', 1688), fault('record-missing')],
    causes: (story) => [
      { kind: 'byol-on-amazon', host: '169.254.169.250' },
      { kind: 'record-missing', domain, host: kmsHost(story) },
    ],
  },
});
