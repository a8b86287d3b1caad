/** Faults of single machines. */
import { type FaultDefinition, type FaultParameter, number, text } from './fault-definition.ts';
import * as effect from './fault-effects.ts';
import { InvalidFault, nodeNamed, windowsNamed } from './fault-targets.ts';
import { replaceNode } from './node-replacement.ts';
import { DAY, MINUTE } from './time-spans.ts';
import type { WorldState } from './types.ts';

const windows = (state: WorldState, target: string) => windowsNamed(nodeNamed(state, target));

/** What can be broken at a machine. */
export const MACHINE_FAULTS: readonly FaultDefinition[] = [
  machineFault(
    'suffix-list-changed',
    'Its primary suffix, connection suffix and search list hold another domain',
    [text('suffix', 'the domain', 'corp.exmaple')],
    (node, given) => effect.changeSuffixes(node, String(given.suffix)),
  ),
  machineFault(
    'clock-skewed',
    'Its clock is off',
    [number('seconds', 'ahead (positive) or behind', 5 * 3600)],
    (node, given) => effect.setFields(node.windows, { clockOffsetSeconds: Number(given.seconds) }),
  ),
  machineFault(
    'host-assigned',
    'Somebody assigned a KMS host to it',
    [text('host', 'name or address'), number('port', '0 for the default', 0)],
    (node, given) => effect.setFields(node.windows, { kmsHost: String(given.host), kmsPort: Number(given.port) }),
  ),
  machineFault(
    'egress-blocked',
    'Its own firewall drops outgoing traffic',
    [number('port', 'TCP port', 1688)],
    (node, given) =>
      effect.setFields(node.windows, { egressBlocked: [...node.windows.egressBlocked, Number(given.port)] }),
  ),
  machineFault('machine-expired', 'Its licence ran out', [], (node) => effect.expireLicence(node)),
  machineFault('key-removed', 'It has no product key', [], (node) => effect.setFields(node.windows, { products: [] })),
  machineFault('key-wrong', 'It carries the setup key of another edition', [], (node) => effect.wrongKey(node)),
  machineFault('service-disabled', 'Its Software Protection service is disabled', [], (node) =>
    effect.setFields(node.windows, { service: { state: 'Stopped', startMode: 'Disabled' } }),
  ),
  machineFault(
    'store-damaged',
    'Its licence store is damaged: every attempt ends in this code',
    [text('hresult', 'eight hex digits', 'C004E003')],
    (node, given) => effect.setFields(node.windows, { licensingFault: String(given.hresult).toUpperCase() }),
  ),
  machineFault(
    'lookup-domain-set',
    'Somebody told it to look for KMS hosts in one domain only',
    [text('domain', 'the domain', 'kms.corp.exmaple')],
    (node, given) => effect.setFields(node.windows, { lookupDomain: String(given.domain) }),
  ),
  machineFault(
    'dns-server-changed',
    'It asks another DNS server',
    [text('server', 'address; empty for none', '10.20.9.53')],
    (node, given) => {
      const dnsServers = given.server === '' ? [] : [String(given.server)];
      return effect.all(...node.windows.adapters.map((adapter) => effect.setFields(adapter, { dnsServers })));
    },
  ),
  machineFault('directory-only', 'Only Active Directory may activate it', [], (node) =>
    effect.all(...node.windows.products.map((product) => effect.setFields(product, { activationTypeEnabled: 1 }))),
  ),
  machineFault('routes-missing', "The routes to Amazon's servers are gone", [], (node) =>
    effect.setFields(node.windows, { routes: [] }),
  ),
  machineFault(
    'probe-fails',
    'A question about it fails',
    [
      text('question', 'cim:<Class>, cim:*, events:<Log>, imds', 'cim:*'),
      text('hresult', 'eight hex digits', '80041014'),
    ],
    (node, given) =>
      effect.setFields(node.windows, {
        broken: {
          ...node.windows.broken,
          [String(given.question)]: { hresult: String(given.hresult).toUpperCase() },
        },
      }),
  ),
  {
    fault: 'cmid-cloned',
    description: 'It has the CMID of another machine and SkipRearm, as a clone of one image has',
    target: 'machine',
    parameters: [text('from', 'machine whose CMID it shares')],
    apply: (state, target, given) => effect.cloneCmid(state, windows(state, target), String(given.from)),
  },
  {
    fault: 'node-offline',
    description: 'Its agent lost the connection to Systems Manager; Windows itself goes on',
    target: 'machine',
    parameters: [number('minutes', 'since', 24 * 60)],
    apply: (state, target, given, nowMs) => {
      const lastPingMs = nowMs - Math.min(Number(given.minutes) * MINUTE, 365 * DAY);
      return effect.setFields(nodeNamed(state, target).agent, { online: false, lastPingMs });
    },
  },
  {
    fault: 'node-stopped',
    description: 'The instance is stopped',
    target: 'machine',
    parameters: [],
    apply: (state, target) => {
      const node = nodeNamed(state, target);
      if (node.id.startsWith('mi-')) throw new InvalidFault(`target: ${node.name} is no EC2 instance`);
      return effect.all(
        effect.setFields(node, { instanceState: 'stopped' }),
        effect.setFields(node.agent, { online: false }),
      );
    },
  },
  {
    fault: 'node-replaced',
    description: 'Its instance is terminated; another with the same name, tags and image runs in its place',
    target: 'machine',
    parameters: [],
    apply: (state, target, _given, _nowMs, world) => replaceNode(world, nodeNamed(state, target)),
  },
];

function machineFault(
  fault: string,
  description: string,
  parameters: readonly FaultParameter[],
  change: (node: ReturnType<typeof windows>, given: effect.Parameters) => effect.Undo,
): FaultDefinition {
  return {
    fault,
    description,
    target: 'machine',
    parameters,
    apply: (state, target, given) => change(windows(state, target), given),
  };
}
