/** Hosts that somebody assigned, and Amazon's own. */
import { PLACE } from '../environment.ts';
import { faultNamed } from '../faults.ts';
import { assign } from '../faults-of-licences.ts';
import { retireHost } from '../faults-of-names.ts';
import { addSecondHost } from '../oddities.ts';
import { addressSet, privateZone } from '../small-network.ts';
import { kmsHost, type Scenario, scenarios, toSubject } from './scenario.ts';

/** Scenarios of assignments. */
export const ASSIGNMENTS: readonly Scenario[] = scenarios({
  'assigned-to-retired-host': {
    title: 'assigned to a host that was retired',
    expects: 'assigned-to-dead-host',
    gives: 'C004F074',
    breaks: [(scene) => assign(scene, retireHost(scene))],
    causes: (story) => [{ kind: 'assigned-to-dead-host', host: `kms-old.${PLACE.domain}`, alive: kmsHost(story) }],
  },
  'assigned-to-retired-address': {
    title: 'assigned to an address that nobody has any more',
    expects: 'assigned-to-dead-host',
    gives: 'C004F074',
    breaks: [(scene) => assign(scene, PLACE.retired)],
    causes: () => [{ kind: 'assigned-to-dead-host', host: PLACE.retired }],
  },
  'product-assigned-to-retired-host': {
    title: 'its product is assigned to a host that was retired',
    expects: 'assigned-to-dead-host',
    gives: 'C004F074',
    breaks: [(scene) => assign(scene, retireHost(scene), 1688, true)],
    causes: () => [{ kind: 'assigned-to-dead-host', host: `kms-old.${PLACE.domain}` }],
  },
  'assigned-to-stopped-host': {
    title: 'assigned to a host that was stopped, while another one works',
    expects: ['assigned-to-dead-host', 'host-not-running'],
    gives: 'C004F074',
    before: [addSecondHost],
    breaks: [
      ({ state }) => {
        const second = state.nodes.find((node) => node.name === 'kms-02');
        if (second !== undefined) Object.assign(second, { instanceState: 'stopped' });
      },
      (scene) => assign(scene, `kms-02.${PLACE.domain}`),
    ],
    causes: () => [{ kind: 'assigned-to-dead-host', host: `kms-02.${PLACE.domain}` }],
  },
  'assigned-to-unknown-name': {
    title: 'assigned to a name that does not exist',
    expects: 'assigned-to-unknown-name',
    gives: 'C004F074',
    breaks: [(scene) => assign(scene, 'kms.corp.exmaple')],
    causes: () => [{ kind: 'assigned-to-unknown-name', host: 'kms.corp.exmaple' }],
  },
  'assigned-to-netbios-name': {
    title: 'assigned to a short name that none of its suffixes knows',
    expects: 'assigned-to-unknown-name',
    gives: 'C004F074',
    breaks: [(scene) => assign(scene, 'KMSSERVER')],
    causes: () => [{ kind: 'assigned-to-unknown-name', host: 'kmsserver' }],
  },
  'assigned-malformed': {
    title: 'assigned to a URL',
    expects: 'assigned-malformed',
    gives: '8007007B',
    breaks: [(scene) => assign(scene, 'http://kms-01.corp.example')],
    causes: () => [{ kind: 'assigned-malformed', host: 'http://kms-01.corp.example' }],
  },
  'assigned-wrong-port': {
    title: 'assigned to a port on which its host does not listen',
    expects: 'assigned-wrong-port',
    gives: 'C004F074',
    breaks: [(scene) => assign(scene, scene.hostName, 1689)],
    causes: () => [{ kind: 'assigned-wrong-port', host: `kms-01.${PLACE.domain}`, port: 1689, right: 1688 }],
  },
  'assigned-to-loopback': {
    title: 'pointed at itself',
    expects: 'unknown-host',
    gives: 'C004F074',
    breaks: [(scene) => assign(scene, '127.0.0.2', 1688)],
    causes: () => [{ kind: 'unknown-host', host: '127.0.0.2', why: 'loopback' }],
  },
  'assigned-to-link-local': {
    title: 'pointed at a link-local address that is none of Amazon',
    expects: 'unknown-host',
    gives: 'C004F074',
    breaks: [(scene) => assign(scene, '169.254.10.10', 1688)],
    causes: () => [{ kind: 'unknown-host', host: '169.254.10.10', why: 'link-local' }],
  },
  'assigned-to-public-address': {
    title: 'pointed at an address of the internet',
    expects: 'unknown-host',
    gives: 'C004F074',
    breaks: [(scene) => assign(scene, '203.0.113.99')],
    causes: () => [{ kind: 'unknown-host', host: '203.0.113.99', why: 'public-address' }],
  },
  'assigned-to-public-name': {
    title: 'pointed at a host that somebody on the internet runs',
    expects: 'unknown-host',
    gives: 'C004F074',
    breaks: [
      (scene) => {
        const zone = privateZone('activation.example', [], [addressSet('kms8.activation.example', '198.51.100.23')]);
        scene.state.zones.push({ ...zone, private: false });
        assign(scene, 'kms8.activation.example');
      },
    ],
    causes: () => [{ kind: 'unknown-host', host: 'kms8.activation.example', why: 'public-address' }],
  },
  'assigned-to-print-gateway': {
    title: 'assigned to something that is no KMS host',
    expects: 'foreign-service',
    gives: 'C004F074',
    breaks: [faultNamed('assigned-to-print-gateway')],
    causes: () => [
      { kind: 'foreign-service', host: { name: `print-gw.${PLACE.domain}`, port: 1688 }, speaks: 'other' },
    ],
  },
  'byol-on-amazon': {
    title: "brings its own licence, but asks Amazon's servers",
    expects: 'byol-on-amazon',
    gives: 'C004F074',
    breaks: [(scene) => assign(scene, '169.254.169.250', 1688)],
    causes: () => [{ kind: 'byol-on-amazon', host: '169.254.169.250' }],
  },
  'licence-included-on-own-host': {
    title: 'licence-included, but sent to a host of the company that refuses it',
    expects: 'licence-included-elsewhere',
    gives: 'C004F042',
    in: { generation: '2025', licenceIncluded: true, keyGroup: '2022' },
    breaks: [(scene) => assign(scene, scene.hostName)],
    causes: (story) => [{ kind: 'licence-included-elsewhere', host: kmsHost(story).name }],
  },
  'licence-included-by-discovery': {
    title: 'licence-included, without assignment, in a network whose host is gone',
    expects: ['licence-included-elsewhere'],
    gives: 'C004F074',
    in: { licenceIncluded: true },
    breaks: [(scene) => assign(scene, ''), faultNamed('host-stopped')],
    causes: (story) => [{ kind: 'licence-included-elsewhere', host: kmsHost(story).name }],
  },
  'amazon-routes-missing': {
    title: "licence-included, without the routes to Amazon's servers",
    expects: 'amazon-routes-missing',
    gives: 'C004F074',
    in: { licenceIncluded: true },
    breaks: [
      toSubject((windows) => {
        windows.routes = [];
      }),
    ],
    causes: () => [{ kind: 'amazon-routes-missing', missing: ['169.254.169.250', '169.254.169.251'] }],
  },
  'amazon-routes-of-former-network': {
    title: 'licence-included, with the routes of the subnet that its image was made in',
    expects: 'amazon-routes-missing',
    gives: 'C004F074',
    in: { licenceIncluded: true },
    breaks: [
      toSubject((windows) => {
        windows.routes = windows.routes.map(([to, , itf, metric]) => [to, '10.66.4.1', itf, metric]);
      }),
    ],
    causes: () => [{ kind: 'amazon-routes-missing', missing: ['169.254.169.250', '169.254.169.251'] }],
  },
});
