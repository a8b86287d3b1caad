/** What is said of a host on the way, as lines of evidence. */
import type { EvidenceLine } from './diagnosis.ts';
import { failureWord, line, resultWord, type Seen } from './evidence.ts';
import { isStopped, type KnownHost } from './known-host.ts';
import type { Look } from './look.ts';
import { targetName, type WayTarget } from './way-target.ts';

/** Where the machine has the host from: an assignment, or a record. */
export function pointerLine({ self }: Look, { origin, host, port, domain }: WayTarget): EvidenceLine {
  if (origin === 'srv') return line('srv-found', self, [domain ?? '', host, port]);
  return line('assigned', self, [host, port]);
}

/** What probing it gave: address, connection, bind; else what the newest attempt met. */
export function probeLines({ self }: Look, target: WayTarget): readonly EvidenceLine[] {
  const { host, port, tcp, bind, unresolved, event, addresses } = target;
  return [
    ...(unresolved === undefined ? [] : [line('does-not-resolve', self, [host, failureWord(unresolved)])]),
    ...(tcp === undefined ? [] : [line('tcp', self, [host, port, resultWord(tcp)])]),
    ...(bind === undefined ? [] : [line('bind', self, [host, port, resultWord(bind)])]),
    ...(event === undefined ? [] : [line('request-event', { ...self, atMs: event.atMs }, [event.host], event.code)]),
    ...(tcp === undefined || addresses.length === 0 ? [] : [line('resolves', self, [host, addresses.join(', ')])]),
  ];
}

/** The host, when its own record was made. */
export const seenAt = ({ name, atMs }: KnownHost): Seen => ({ where: name, atMs });

/** What the host's own record says of its service, port and firewall. */
export function hostLines(host: KnownHost): readonly EvidenceLine[] {
  const seen = seenAt(host);
  const { role, service, firewall } = host;
  return [
    ...(service !== undefined && isStopped(host) === true
      ? [line('host-service', seen, [host.name, service.state])]
      : []),
    ...(role === undefined
      ? []
      : [line('host-listening', seen, [host.name, role.listeningPort, resultWord(role.listening.tcp)])]),
    ...(firewall === undefined ? [] : [line('host-firewall', seen, [host.name, firewall.enabled ? 'on' : 'off'])]),
  ];
}

/** What other machines' latest inspections say. */
export function reachLines({ self }: Look, target: WayTarget): readonly EvidenceLine[] {
  const { reach } = target;
  const { name } = targetName(target);
  if (reach === undefined) return [];
  if (reach.reached > 0) return [line('others-succeed', self, [name, reach.reached])];
  return reach.failed > 0 ? [line('others-fail', self, [name, reach.failed])] : [];
}

/** Whether Systems Manager can reach the host. */
export function stateLine({ node, name, atMs }: KnownHost): EvidenceLine {
  const { presence } = node;
  const word = presence.kind === 'not-running' ? presence.instanceState : presence.kind;
  return line('host-state', { where: name, atMs }, [name, word]);
}
