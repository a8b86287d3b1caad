/** Faults of KMS hosts. */
import { type FaultDefinition, number } from './fault-definition.ts';
import * as effect from './fault-effects.ts';
import { hostNamed, managedHostNamed } from './fault-targets.ts';

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
];
