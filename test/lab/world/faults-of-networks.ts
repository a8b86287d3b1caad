/** Faults of names and of the way between machines. */
import { type FaultDefinition, number, text } from './fault-definition.ts';
import * as effect from './fault-effects.ts';
import { addressNamed, InvalidFault, zoneNamed } from './fault-targets.ts';

/** What can be broken between machines. */
export const NETWORK_FAULTS: readonly FaultDefinition[] = [
  {
    fault: 'port-blocked',
    description: 'A security group or firewall on the way drops TCP traffic to an address',
    target: 'address',
    parameters: [text('from', 'VPC, node id, or * for anywhere', '*'), number('port', 'TCP port', 1688)],
    apply: (state, target, given) =>
      effect.block(state, String(given.from), addressNamed(state, target), Number(given.port)),
  },
  {
    fault: 'dns-server-silent',
    description: 'A DNS server no longer answers anyone',
    target: 'address',
    parameters: [],
    apply: (state, target) => effect.block(state, '*', addressNamed(state, target), 53),
  },
  {
    fault: 'record-lost',
    description: "The zone's _vlmcs._tcp record set is deleted",
    target: 'zone',
    parameters: [],
    apply: (state, target) => {
      const zone = zoneNamed(state, target);
      return effect.loseSet(zone, `_vlmcs._tcp.${zone.name}.`, 'SRV');
    },
  },
  {
    fault: 'record-poisoned',
    description: "The zone's _vlmcs._tcp set names another host",
    target: 'zone',
    parameters: [
      text('host', 'target of the only answer left', 'kms-old.corp.example'),
      number('port', 'its port', 1688),
    ],
    apply: (state, target, given) =>
      effect.poisonSet(zoneNamed(state, target), String(given.host).toLowerCase(), Number(given.port)),
  },
  {
    fault: 'address-record-lost',
    description: "A host name's A record is deleted",
    target: 'record name',
    parameters: [],
    apply: (state, target) => {
      const name = `${target.toLowerCase().replace(/\.$/, '')}.`;
      const zone = state.zones.find((known) => known.recordSets.some((set) => set.name === name && set.type === 'A'));
      if (zone !== undefined) return effect.loseSet(zone, name, 'A');
      const names = state.zones.flatMap((known) => known.recordSets.filter((set) => set.type === 'A'));
      throw new InvalidFault(
        `target: there is no A record ${target}; there are ${names.map((set) => set.name).join(', ')}`,
      );
    },
  },
];
