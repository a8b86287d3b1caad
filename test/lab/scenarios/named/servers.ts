/** DNS servers. */
import { PLACE } from '../environment.ts';
import { faultNamed } from '../faults.ts';
import { askServers, forgetHost } from '../faults-of-names.ts';
import { type Scenario, scenarios } from './scenario.ts';

const domain = PLACE.domain;
const APPLIANCE = '10.20.5.53';

/** Scenarios of DNS servers. */
export const SERVERS: readonly Scenario[] = scenarios({
  'no-dns-server': {
    title: 'it has no DNS server',
    expects: 'no-dns-server',
    gives: '8007267C',
    past: 'never',
    breaks: [faultNamed('no-dns-server')],
    causes: () => [{ kind: 'no-dns-server' }],
  },
  'dns-server-gone': {
    title: 'its DNS server was switched off',
    expects: 'dns-server-silent',
    gives: '8007232A',
    past: 'never',
    breaks: [faultNamed('dns-server-gone')],
    causes: () => [{ kind: 'dns-server-silent', servers: ['10.20.9.53'] }],
  },
  'dns-server-blocked': {
    title: 'a network ACL drops its DNS questions',
    expects: 'dns-server-silent',
    gives: '8007232A',
    past: 'never',
    breaks: [faultNamed('dns-blocked')],
    causes: () => [{ kind: 'dns-server-silent', servers: ['10.20.0.2'] }],
  },
  'no-gateway': {
    title: 'it has no gateway',
    expects: 'dns-server-silent',
    gives: '8007232A',
    past: 'never',
    breaks: [faultNamed('no-gateway')],
    causes: () => [{ kind: 'dns-server-silent', servers: ['10.20.0.2'] }],
  },
  'dns-servfail': {
    title: 'its DNS server fails at every question',
    expects: 'dns-failing',
    gives: '8007232A',
    breaks: [
      (scene) => {
        scene.state.dnsServers?.push({ address: APPLIANCE, vpc: scene.subject.vpc, rcode: 'SERVFAIL' });
        askServers(scene, APPLIANCE);
        forgetHost(scene);
      },
    ],
    causes: () => [{ kind: 'dns-failing', domain, code: '0x8007232A' }],
  },
  'dns-refused': {
    title: 'its DNS server refuses its questions',
    expects: 'dns-failing',
    gives: '8007232D',
    breaks: [
      (scene) => {
        scene.state.dnsServers?.push({ address: APPLIANCE, vpc: scene.subject.vpc, rcode: 'REFUSED' });
        askServers(scene, APPLIANCE);
        forgetHost(scene);
      },
    ],
    causes: () => [{ kind: 'dns-failing', domain, code: '0x8007232D' }],
  },
  'controller-down': {
    title: 'the domain controller that it asks is off',
    expects: 'dns-server-silent',
    gives: '8007232A',
    past: 'never',
    in: { member: true },
    breaks: [
      ({ state }) => {
        const controller = state.nodes.find((node) => node.name === 'dc-01');
        if (controller !== undefined) Object.assign(controller, { instanceState: 'stopped' });
      },
    ],
    causes: () => [{ kind: 'dns-server-silent', servers: [PLACE.controller] }],
  },
});
