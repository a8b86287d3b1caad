/** The way to the KMS host. */
import { faultNamed } from '../faults.ts';
import { blockHost } from '../faults-of-hosts.ts';
import { ADDRESSES, kmsHost, type Scenario, scenarios } from './scenario.ts';

const onPremises = { name: 'kms-01.corp.example', port: 1688 } as const;

/** Scenarios of paths. */
export const PATHS: readonly Scenario[] = scenarios({
  'path-of-machine': {
    title: 'a security group drops its way to the host',
    expects: 'path-blocked',
    gives: 'C004F074',
    breaks: [faultNamed('path-of-machine')],
    causes: (story) => [{ kind: 'path-blocked', host: kmsHost(story), address: ADDRESSES.managed }],
  },
  'path-of-network': {
    title: "a network ACL drops the whole network's way to the host",
    expects: 'path-blocked',
    gives: 'C004F074',
    breaks: [faultNamed('path-of-network')],
    causes: (story) => [{ kind: 'path-blocked', host: kmsHost(story), address: ADDRESSES.managed }],
  },
  'egress-blocked': {
    title: 'its own firewall drops outgoing 1688',
    expects: 'path-blocked',
    gives: 'C004F074',
    breaks: [faultNamed('egress-blocked')],
    causes: (story) => [{ kind: 'path-blocked', host: kmsHost(story), address: ADDRESSES.managed }],
  },
  'path-to-premises': {
    title: 'the tunnel drops its way to the host on premises, which answers others',
    expects: ['path-blocked'],
    gives: 'C004F074',
    in: { host: 'on-premises' },
    breaks: [(scene) => blockHost(scene, scene.subject.id)],
    causes: () => [{ kind: 'path-blocked', host: onPremises, address: ADDRESSES.onPremises }],
  },
  'premises-silent': {
    title: 'the host on premises answers nobody',
    expects: ['host-silent', 'path-blocked'],
    gives: 'C004F074',
    in: { host: 'on-premises' },
    breaks: [(scene) => blockHost(scene, '*')],
    causes: () => [{ kind: 'host-silent', host: onPremises }],
  },
  'premises-refuses': {
    title: 'nothing listens on the host on premises',
    expects: ['host-refuses', 'host-service-stopped'],
    gives: 'C004F074',
    in: { host: 'on-premises' },
    breaks: [faultNamed('host-service-stopped')],
    causes: () => [{ kind: 'host-refuses', host: onPremises }],
  },
  'path-closes': {
    title: 'something on the way closes every connection to the host',
    expects: 'path-cut',
    gives: 'C004F074',
    breaks: [(scene) => blockHost(scene, scene.subject.id, 'closed')],
    causes: (story) => [{ kind: 'path-cut', host: kmsHost(story) }],
  },
  'path-swallows': {
    title: 'something on the way swallows what is sent to the host',
    expects: 'path-cut',
    gives: 'C004F074',
    breaks: [(scene) => blockHost(scene, scene.subject.vpc, 'silent')],
    causes: (story) => [{ kind: 'path-cut', host: kmsHost(story) }],
  },
});
