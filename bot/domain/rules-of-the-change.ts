/** A rule about what changed since the machine last tried: evidence of that attempt is about another host. */
import type { Finding } from './finding.ts';
import type { HostPort } from './inspection-record.ts';
import { type Facts, hostOf } from './judge-facts.ts';
import { type ProbedTarget, probedTarget } from './kms-path.ts';
import { byCode } from './rules-of-the-answers.ts';
import { hostName } from './rules-of-the-path.ts';

/** What Windows means where no port is told. */
const KMS_PORT = 1688;

/**
 * A host it would ask today answers, and the newest attempt asked none of those: an assignment was made or cleared, or
 * DNS was corrected. Windows tries again by itself, so what the old attempt met is no cause any more.
 *
 * Not claimed where some of today's targets are not known, nor where the key would fail any attempt.
 */
export function notTriedSince(facts: Facts): Finding | undefined {
  const { record, path } = facts;
  const requests = record.events.read ? record.events.value.requests : [];
  const isWhole = path.lookups !== undefined && record.dropped.srv === undefined && record.dropped.tgt === undefined;
  if (requests.length === 0 || !isWhole || byCode('wrong-key')(facts) !== undefined) return undefined;
  const today = targetsOfToday(facts);
  const answering = today.find(({ state }) => state === 'good');
  if (answering === undefined) return undefined;
  const hasTried = requests.some(({ host }) => today.some((target) => isAt(target, host)));
  return hasTried ? undefined : { kind: 'not-tried-since', subject: hostName(answering.host) };
}

/** Those on the way, and the host cached from an earlier success. */
function targetsOfToday({ path, record, product }: Facts): readonly ProbedTarget[] {
  if (path.assigned !== undefined || !record.targets.read) return path.targets;
  const cached = record.targets.value.filter(({ origins }) => origins.includes('discovered')).map(probedTarget);
  const { discovered } = product ?? {};
  return [...path.targets, ...cached, ...(discovered === undefined ? [] : [unprobed(discovered)])];
}

const unprobed = ({ host, port, address }: HostPort & { readonly address: string }): ProbedTarget => ({
  host,
  port,
  state: 'unknown',
  addresses: [address],
});

/** Whether an event's `host:port` may mean this target: by name, by the name's first labels, or by address. */
function isAt({ host, port, addresses }: ProbedTarget, written: string): boolean {
  const name = hostOf(written).replace(/\.$/, '');
  const known = hostName(host);
  const isNamed = known === name || (name !== '' && known.startsWith(`${name}.`));
  const asked = Number(/:(\d{1,5})$/.exec(written)?.[1] ?? KMS_PORT);
  return (port || KMS_PORT) === (asked || KMS_PORT) && (isNamed || addresses.includes(name));
}
