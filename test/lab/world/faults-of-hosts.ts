/** Faults of KMS hosts. */
import { type FaultDefinition, number, text } from './fault-definition.ts';
import * as effect from './fault-effects.ts';
import { hostNamed, InvalidFault, managedHostNamed } from './fault-targets.ts';
import { firewallOf } from './network-path.ts';
import { changeHostKey } from './special-roles.ts';

/** What can be broken at a KMS host. */
export const HOST_FAULTS: readonly FaultDefinition[] = [
  {
    fault: 'host-service-stopped',
    description: 'The host no longer listens: its Software Protection service is stopped',
    target: 'KMS host',
    parameters: [],
    apply: (state, target) => effect.stopHost(hostNamed(state, target)),
  },
  {
    fault: 'host-not-activated',
    description: 'The host lost its own activation with Microsoft',
    target: 'KMS host',
    parameters: [],
    apply: (state, target) => effect.deactivateHost(hostNamed(state, target)),
  },
  {
    fault: 'host-firewall-closed',
    description: "The host's own firewall rule (SPPSVC-In-TCP) is switched off",
    target: 'managed KMS host',
    parameters: [],
    apply: (state, target) => effect.setFields(effect.roleOf(managedHostNamed(state, target)), { firewallOpen: false }),
  },
  {
    fault: 'host-port-changed',
    description: 'The host listens on another port than records and clients say',
    target: 'managed KMS host',
    parameters: [number('port', 'new listening port', 1689)],
    apply: (state, target, given) =>
      effect.setFields(effect.roleOf(managedHostNamed(state, target)), { listeningPort: Number(given.port) }),
  },
  {
    fault: 'host-count-lost',
    description: 'The host forgot its clients, as after a reinstallation',
    target: 'managed KMS host',
    parameters: [number('keep', 'newest contacts that stay', 0)],
    apply: (state, target, given) =>
      effect.forgetContacts(effect.roleOf(managedHostNamed(state, target)), Number(given.keep)),
  },
  {
    fault: 'host-firewall-profile',
    description: "The host's firewall rule holds in some profiles only, and not in that of its network",
    target: 'managed KMS host',
    parameters: [],
    apply: (state, target) => {
      const host = managedHostNamed(state, target);
      const { active } = firewallOf(host.windows);
      const firewallProfiles = (['domain', 'private', 'public'] as const).filter((profile) => profile !== active);
      return effect.setFields(effect.roleOf(host), { firewallProfiles });
    },
  },
  {
    fault: 'host-busy',
    description: 'The host refuses connections for now, as an overloaded RPC server does',
    target: 'managed KMS host',
    parameters: [],
    apply: (state, target) => effect.setFields(effect.roleOf(managedHostNamed(state, target)), { busy: true }),
  },
  {
    fault: 'host-port-taken',
    description: "Another program took the host's port, and its service could not start",
    target: 'managed KMS host',
    parameters: [text('by', 'http, rpc, closed or silent', 'http')],
    apply: (state, target, given) => {
      const host = managedHostNamed(state, target);
      const by = PROGRAMS.find((known) => known === given.by);
      if (by === undefined) throw new InvalidFault(`by: has to be one of ${PROGRAMS.join(', ')}`);
      return effect.all(effect.setFields(effect.roleOf(host), { portTakenBy: by }), effect.stopHost(host));
    },
  },
  {
    fault: 'host-key-replaced',
    description: 'The host carries a key of another generation',
    target: 'managed KMS host',
    parameters: [text('group', '2012R2, 2016, 2019, 2022, 2025 or 10', '2012R2')],
    apply: (state, target, given) => {
      const keyGroup = KEY_GROUPS.find((known) => known === given.group);
      if (keyGroup === undefined) throw new InvalidFault(`group: has to be one of ${KEY_GROUPS.join(', ')}`);
      const host = managedHostNamed(state, target);
      const { keyGroup: former } = effect.roleOf(host);
      changeHostKey(host, keyGroup);
      return () => changeHostKey(host, former);
    },
  },
];

const PROGRAMS = ['http', 'rpc', 'closed', 'silent'] as const;
const KEY_GROUPS = ['2012R2', '2016', '2019', '2022', '2025', '10'] as const;
