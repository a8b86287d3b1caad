/** What a command changes, and on which machines. */
import type { ChangeSpec, HostSpec, HostTarget, RecordSpec } from '../domain/change/change-spec.ts';
import type { NodeSelection } from '../domain/nodes.ts';
import type {
  ChangeCommand,
  ClientSetting,
  DnsChange,
  HostAction,
  HostAddress,
  KeyChoice,
  RestartCommand,
} from './command/command.ts';

/** The change a command asks for. */
export function changeSpecOf(command: ChangeCommand | RestartCommand): ChangeSpec {
  switch (command.name) {
    case 'activate':
    case 'discover':
    case 'phone':
    case 'restart':
      return { kind: command.name };
    case 'rearm':
      return { kind: 'rearm', restart: command.restart };
    case 'point':
      return command.to.kind === 'amazon' ? { kind: 'point-amazon' } : { kind: 'point', to: hostTarget(command.to) };
    case 'set':
      return settingSpec(command.change);
    case 'key':
      return keySpec(command.key);
    case 'test':
      return { kind: 'test', host: hostTarget(command.host) };
    case 'host':
      return hostSpec(command.change);
    case 'undo':
      return { kind: 'undo', change: command.change };
    case 'dns':
      return recordSpec(command.request);
  }
}

const keySpec = (key: KeyChoice): ChangeSpec =>
  key.kind === 'gvlk' ? { kind: 'client-key' } : { kind: 'stored-key', key: key.name };

function hostSpec(change: HostAction): HostSpec {
  switch (change.action) {
    case 'setup':
      return { kind: 'host-setup', key: change.storedKey };
    case 'publish':
      return { kind: 'host-publish', on: change.on };
    case 'domains':
      return { kind: 'host-domains', domains: change.domains };
    case 'port':
      return { kind: 'host-port', port: change.port };
    case 'intervals': {
      const { activationMinutes, renewalMinutes } = change;
      return { kind: 'host-intervals', activationMinutes, renewalMinutes };
    }
    case 'priority':
      return { kind: 'host-priority', low: change.low };
    default:
      return { kind: `host-${change.action}` };
  }
}

const recordSpec = ({ action, zone, host, priority, weight }: DnsChange): RecordSpec => ({
  kind: `dns-${action}`,
  zone,
  host: hostTarget(host),
  ...(priority === undefined ? {} : { priority }),
  ...(weight === undefined ? {} : { weight }),
});

function settingSpec(change: ClientSetting): ChangeSpec {
  switch (change.setting) {
    case 'type':
      return { kind: 'activation-type', to: change.to };
    case 'lookup':
      return { kind: 'lookup', domain: change.domain ?? null };
    case 'caching':
      return { kind: 'caching', on: change.on };
    case 'flushdns':
      return { kind: 'flush-dns' };
  }
}

/** As `slmgr /skms` stores it. */
const hostTarget = ({ kind, host, port = 0 }: HostAddress): HostTarget => ({
  host: kind === 'ipv6' ? `[${host}]` : host,
  port,
});

/** The machines a command names; an undo goes to those that its change went to, a change of a record to none. */
export function selectionOf(command: ChangeCommand | RestartCommand): NodeSelection {
  if (command.name === 'undo' || command.name === 'dns') return { selectors: [] };
  if ('nodes' in command) return command.nodes;
  const { node, ...where } = command.target;
  return { selectors: [node], ...where };
}
