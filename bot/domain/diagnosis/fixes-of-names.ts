/** Fixes of causes that lie in DNS. */
import type { DiagnosedCause, HostName } from './cause.ts';
import type { Fix } from './fix-kinds.ts';
import { addRecord, type FixContext, type FixesOf, hostValues, zoneValues } from './fix-parts.ts';

/** The record that belongs in a domain; in Route 53 the bot can plan it, elsewhere there are steps. */
function createRecord(domain: string, host: HostName | undefined, context: FixContext): Fix {
  const zone = zoneValues(domain, context);
  const port = host?.port ?? 1688;
  return {
    kind: 'create-record',
    values: { domain, ...zone, port: String(port), ...(host === undefined ? {} : hostValues({ ...host, port })) },
    ...addRecord(domain, host, zone),
  };
}

/** A record that is in another domain; the host it names can be added here where it is known to be alive. */
function publishInDomain(
  { domains: [domain], recordIn }: Extract<DiagnosedCause, { kind: 'suffix-without-record' }>,
  context: FixContext,
): Fix {
  const { zones, serving, joined } = context;
  const values = zones.find(({ name }) => name === recordIn)?.srv ?? [];
  const alive = values.find(({ target }) => target === serving?.name);
  const [value] = alive === undefined ? values : [alive];
  const zone = domain === undefined ? {} : zoneValues(domain, context);
  return {
    kind: 'publish-in-domain',
    values: {
      recordIn,
      ...(domain === undefined ? {} : { domain, ...zone }),
      ...(value === undefined ? {} : { host: value.target, port: String(value.port) }),
      ...(joined === undefined ? {} : { joined: joined ? 'yes' : 'no' }),
    },
    ...(domain === undefined || alive === undefined
      ? {}
      : addRecord(domain, { name: alive.target, port: alive.port }, zone)),
  };
}

/** Fixes of DNS servers, zones and records. */
export const NAME_FIXES: FixesOf<
  | 'no-dns-server'
  | 'dns-server-silent'
  | 'dns-failing'
  | 'record-missing'
  | 'suffix-without-record'
  | 'record-of-wrong-type'
  | 'zone-not-associated'
  | 'resolver-differs'
  | 'target-without-address'
  | 'record-names-dead-host'
  | 'record-wrong-port'
  | 'address-stale'
> = {
  'no-dns-server': () => ({ kind: 'give-dns-server', values: {} }),
  'dns-server-silent': ({ servers }) => ({ kind: 'repair-dns-server', values: { servers: servers.join(', ') } }),
  'dns-failing': ({ domain, code }) => ({ kind: 'repair-dns-server', values: { domain, code } }),
  'record-missing': ({ domain, host }, context) => createRecord(domain, host, context),
  'record-of-wrong-type': ({ domain, host }, context) => createRecord(domain, host, context),
  'suffix-without-record': publishInDomain,
  'zone-not-associated': ({ zone, zoneId, vpcId }) => ({ kind: 'associate-zone', values: { zone, zoneId, vpcId } }),
  'resolver-differs': ({ zone, servers, ruleFor }) => ({
    kind: 'repair-forwarding',
    values: {
      zone,
      ...(servers.length === 0 ? {} : { servers: servers.join(', ') }),
      ...(ruleFor === undefined ? {} : { domain: ruleFor }),
    },
  }),
  'target-without-address': ({ target, recordIn }, context) => ({
    kind: 'fix-address',
    values: { host: target, recordIn, ...zoneValues(target, context) },
  }),
  'record-names-dead-host': ({ target, recordIn, alive }, context) => {
    const zone = zoneValues(recordIn, context);
    return {
      kind: 'change-record',
      values: { wrong: target, domain: recordIn, ...zone, ...(alive === undefined ? {} : hostValues(alive)) },
      ...addRecord(recordIn, alive, zone),
    };
  },
  'record-wrong-port': ({ target, port, right, recordIn }, context) => {
    const zone = zoneValues(recordIn, context);
    return {
      kind: 'change-record',
      values: { host: target, wrong: String(port), port: String(right), domain: recordIn, ...zone },
      ...addRecord(recordIn, { name: target, port: right }, zone),
    };
  },
  'address-stale': ({ host, address, right }, context) => ({
    kind: 'fix-address',
    values: { host, wrong: address, address: right, ...zoneValues(host, context) },
  }),
};
