/** Changes of a KMS host that go well. */
import type { ChangeStep } from './change-both-ways.ts';
import { asHost } from './change-host-machine.ts';

const document = 'KmsBot-SetHost';

/** In a zone that takes it, in one that does not, and in none. */
const DOMAINS = ['ad.corp.example', 'Corp.Example , 10, 50', 'nowhere.example'];

/** By a name that says what is done. */
export const plainHostSteps = () =>
  ({
    'publish no more': { document, options: { set: 'publish', to: 0, expect: 1 }, first: asHost() },
    publish: { document, options: { set: 'publish', to: 1, expect: 0 }, first: asHost({ publishing: false }) },
    'publish in domains': { document, options: { set: 'domains', to: DOMAINS, expect: null }, first: asHost() },
    'publish in its own domain alone': {
      document,
      options: { set: 'domains', to: null, expect: DOMAINS },
      first: asHost({ publishDomains: DOMAINS }),
    },
    'listen on a port of its own': { document, options: { set: 'port', to: 1700, expect: 1688 }, first: asHost() },
    'listen on the default port': {
      document,
      options: { set: 'port', to: 1688, expect: 1700 },
      first: asHost({ listeningPort: 1700 }),
    },
    intervals: {
      document,
      options: { set: 'intervals', to: [60, 1440], expect: [120, 10_080] },
      first: asHost(),
    },
    'low priority': { document, options: { set: 'priority', to: 1, expect: 0 }, first: asHost() },
    'let clients in': { document, options: { set: 'firewall', to: 'dp', expect: '' }, first: asHost() },
    'let clients in on a port of its own': {
      document,
      options: { set: 'firewall', to: 'dp', expect: '' },
      first: asHost({ listeningPort: 1700, firewallPort: 1688 }),
    },
    'let nobody in': {
      document,
      options: { set: 'firewall', to: '', expect: 'dp' },
      first: asHost({ firewallOpen: true, firewallProfiles: ['domain', 'private'] }),
    },
    'restart the service': { document, options: { set: 'restart' }, first: asHost() },
    'install the role': { document: 'KmsBot-InstallHostRole', options: { feature: 'VolumeActivation' } },
  }) satisfies Record<string, ChangeStep>;
