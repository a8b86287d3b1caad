/** KMS hosts that are closed, stopped, taken, busy or not activated. */
import { faultNamed } from '../faults.ts';
import { roleOf } from '../faults-of-hosts.ts';
import type { Change } from '../story.ts';
import { kmsHost, type Scenario, scenarios } from './scenario.ts';

const onPremises = { name: 'kms-01.corp.example', port: 1688 } as const;

const portTaken =
  (by: 'http' | 'rpc' | 'silent' | 'closed'): Change =>
  (scene) => {
    roleOf(scene).portTakenBy = by;
    if (scene.host !== undefined) scene.host.windows.service = { state: 'Stopped', startMode: 'Auto' };
  };

/** Scenarios of hosts. */
export const HOSTS: readonly Scenario[] = scenarios({
  'host-firewall-closed': {
    title: "the host's firewall lets nobody in",
    expects: 'host-firewall-closed',
    gives: 'C004F074',
    breaks: [faultNamed('host-firewall-closed')],
    causes: (story) => [{ kind: 'host-firewall-closed', host: kmsHost(story) }],
  },
  'host-firewall-profile': {
    title: "the host's firewall rule does not hold in the profile of its network",
    expects: 'host-firewall-closed',
    gives: 'C004F074',
    breaks: [faultNamed('host-firewall-profile')],
    causes: (story) => [{ kind: 'host-firewall-closed', host: kmsHost(story) }],
  },
  'host-service-stopped': {
    title: "the host's service is stopped",
    expects: 'host-service-stopped',
    gives: 'C004F074',
    breaks: [faultNamed('host-service-stopped')],
    causes: (story) => [{ kind: 'host-service-stopped', host: kmsHost(story) }],
  },
  'host-stopped': {
    title: 'the host is a stopped instance',
    expects: 'host-not-running',
    gives: 'C004F074',
    breaks: [faultNamed('host-stopped')],
    causes: (story) => [{ kind: 'host-not-running', host: kmsHost(story), state: 'stopped' }],
  },
  'host-offline-and-silent': {
    title: 'the host is silent, and its agent is too',
    expects: ['host-silent', 'host-firewall-closed'],
    gives: 'C004F074',
    breaks: [
      faultNamed('host-firewall-closed'),
      ({ host }) => {
        if (host !== undefined) host.agent.online = false;
      },
    ],
    causes: (story) => [{ kind: 'host-silent', host: kmsHost(story) }],
  },
  'web-server-on-port': {
    title: "a web server took the host's port",
    expects: 'foreign-service',
    gives: 'C004F074',
    breaks: [portTaken('http')],
    causes: (story) => [{ kind: 'foreign-service', host: kmsHost(story), speaks: 'other' }],
  },
  'rpc-server-on-port': {
    title: "another RPC server took the host's port",
    expects: 'foreign-service',
    gives: 'C004F074',
    breaks: [portTaken('rpc')],
    causes: (story) => [{ kind: 'foreign-service', host: kmsHost(story), speaks: 'rpc' }],
  },
  'silent-program-on-port': {
    title: "a program that says nothing took the host's port",
    expects: ['foreign-service', 'host-service-stopped'],
    gives: 'C004F074',
    breaks: [portTaken('silent')],
    causes: (story) => [{ kind: 'foreign-service', host: kmsHost(story), speaks: 'other' }],
  },
  'closing-program-on-port': {
    title: "a program that closes every connection took the host's port",
    expects: ['foreign-service', 'host-service-stopped'],
    gives: 'C004F074',
    breaks: [portTaken('closed')],
    causes: (story) => [{ kind: 'foreign-service', host: kmsHost(story), speaks: 'other' }],
  },
  'web-server-on-premises': {
    title: 'what answers at the host on premises is a web server',
    expects: 'foreign-service',
    gives: 'C004F074',
    in: { host: 'on-premises' },
    breaks: [
      ({ foreignHost }) => {
        if (foreignHost !== undefined) Object.assign(foreignHost, { speaksKms: false, otherService: 'http' });
      },
    ],
    causes: () => [{ kind: 'foreign-service', host: onPremises, speaks: 'other' }],
  },
  'host-busy': {
    title: 'the host is overloaded',
    expects: 'host-busy',
    gives: 'C004F074',
    breaks: [faultNamed('host-busy')],
    causes: (story) => [{ kind: 'host-busy', host: kmsHost(story) }],
  },
  'host-on-premises-busy': {
    title: 'the host on premises is overloaded',
    expects: 'host-busy',
    gives: 'C004F074',
    in: { host: 'on-premises' },
    breaks: [faultNamed('host-busy')],
    causes: () => [{ kind: 'host-busy', host: onPremises }],
  },
  'host-not-activated': {
    title: 'the host lost its own activation',
    expects: 'host-not-activated',
    gives: 'C004F041',
    breaks: [faultNamed('host-not-activated')],
    causes: (story) => [{ kind: 'host-not-activated', host: kmsHost(story) }],
  },
  'host-on-premises-not-activated': {
    title: 'the host on premises lost its own activation',
    expects: 'host-not-activated',
    gives: 'C004F041',
    in: { host: 'on-premises' },
    breaks: [faultNamed('host-not-activated')],
    causes: () => [{ kind: 'host-not-activated', host: onPremises }],
  },
  'own-host-not-activated': {
    title: 'the KMS host itself, which lost its activation',
    about: 'host',
    expects: 'own-host-key-not-activated',
    gives: '80072EFD',
    breaks: [faultNamed('host-not-activated')],
    causes: () => [{ kind: 'own-host-key-not-activated', code: '0xC004F009' }],
  },
  'host-key-too-old': {
    title: "a server newer than its host's key",
    expects: 'host-key-too-old',
    gives: 'C004F042',
    in: { generation: '2025', keyGroup: '2022' },
    causes: (story) => [{ kind: 'host-key-too-old', host: kmsHost(story), keyGroup: '2022', needs: '2025' }],
  },
  'host-key-too-old-for-windows-11': {
    title: 'Windows 11 and a host key of 2019, whose host is on premises',
    expects: 'host-key-too-old',
    gives: 'C004F042',
    in: { generation: '11', keyGroup: '2019', host: 'on-premises' },
    causes: () => [{ kind: 'host-key-too-old', host: onPremises }],
  },
  'server-on-client-host': {
    title: 'a server and a host key for clients',
    expects: 'host-key-too-old',
    gives: 'C004F042',
    in: { generation: '2019', keyGroup: '10' },
    causes: (story) => [{ kind: 'host-key-too-old', host: kmsHost(story) }],
  },
});
