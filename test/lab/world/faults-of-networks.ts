/** Faults of names and of the way between machines. */

import { hexDigits, random, seedOf } from '../random.ts';
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
    fault: 'record-added',
    description: "Somebody else's value joins the zone's _vlmcs._tcp set, which is made where there is none",
    target: 'zone',
    parameters: [text('value', 'priority, weight, port and target, e.g. 0 0 1688 kms-x.corp.example.')],
    apply: (state, target, given) => effect.addValue(zoneNamed(state, target), String(given.value)),
  },
  {
    fault: 'route53-slow',
    description: 'Changes of a zone through Route 53 stay PENDING longer, and are worked on longer',
    target: 'zone',
    parameters: [
      number('seconds', 'until a change is INSYNC', 300),
      number('busySeconds', 'for which no other change is taken after one', 1),
    ],
    apply: (state, target, given) => {
      const zone = zoneNamed(state, target);
      if (zone.hostedBy !== 'route53') throw new InvalidFault(`target: ${zone.name} is not in Route 53`);
      const [propagationSeconds, busySeconds] = [Number(given.seconds), Number(given.busySeconds)];
      return effect.setFields(zone, { propagationSeconds, busySeconds });
    },
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
  {
    fault: 'connection-cut',
    description: 'Something on the way lets connections to an address be made, and then cuts them',
    target: 'address',
    parameters: [
      text('from', 'VPC, node id, or * for anywhere', '*'),
      number('port', 'TCP port', 1688),
      text('how', 'closed or silent', 'closed'),
    ],
    apply: (state, target, given) => {
      if (given.how !== 'closed' && given.how !== 'silent') throw new InvalidFault('how: has to be closed or silent');
      return effect.block(state, String(given.from), addressNamed(state, target), Number(given.port), given.how);
    },
  },
  {
    fault: 'zone-disassociated',
    description: 'A VPC no longer sees a private zone',
    target: 'zone',
    parameters: [text('vpc', 'its id')],
    apply: (state, target, given) => {
      const zone = zoneNamed(state, target);
      if (!zone.vpcs.includes(String(given.vpc))) {
        throw new InvalidFault(`vpc: ${zone.name} is associated with ${zone.vpcs.join(', ') || 'no VPC'}`);
      }
      return effect.setFields(zone, { vpcs: zone.vpcs.filter((vpc) => vpc !== given.vpc) });
    },
  },
  {
    fault: 'domain-forwarded',
    description: 'A forwarding rule of Route 53 Resolver sends the names of a zone to a server that does not answer',
    target: 'zone',
    parameters: [text('vpc', 'VPC in which the rule holds'), text('server', 'address', '10.99.0.53')],
    apply: (state, target, given) => {
      const vpc = state.vpcs.find((known) => known.id === given.vpc);
      if (vpc === undefined) {
        throw new InvalidFault(`vpc: there is no ${given.vpc}; there are ${state.vpcs.map(({ id }) => id).join(', ')}`);
      }
      const { name } = zoneNamed(state, target);
      const id = `rslvr-rr-${hexDigits(random(seedOf(`${vpc.id} ${name}`)), 17)}`;
      const rule = { id, name: `to-${name.replaceAll('.', '-')}`, domain: name, servers: [String(given.server)] };
      return effect.setFields(vpc, { resolverRules: [...(vpc.resolverRules ?? []), rule] });
    },
  },
  {
    fault: 'address-record-stale',
    description: "A host name's A record says another address",
    target: 'record name',
    parameters: [text('address', 'what it says', '10.20.1.99')],
    apply: (state, target, given) => {
      const name = `${target.toLowerCase().replace(/\.$/, '')}.`;
      const sets = state.zones.flatMap((zone) => zone.recordSets).filter((set) => set.type === 'A');
      const set = sets.find((known) => known.name === name);
      if (set !== undefined) return effect.setFields(set, { values: [String(given.address)] });
      throw new InvalidFault(`target: there is no A record ${target}; there are ${sets.map((a) => a.name).join(', ')}`);
    },
  },
];
