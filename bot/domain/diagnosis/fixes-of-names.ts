/** Fixes of causes that lie in DNS. */
import type { HostName } from './cause.ts';
import type { Fix } from './fix-kinds.ts';
import { type FixContext, type FixesOf, hostValues, zoneValues } from './fix-parts.ts';

/** The record that belongs in a domain; in Route 53 the bot can plan it, elsewhere there are steps. */
function createRecord(domain: string, host: HostName | undefined, context: FixContext): Fix {
  const zone = zoneValues(domain, context);
  const port = host?.port ?? 1688;
  return {
    kind: 'create-record',
    values: { domain, ...zone, port: String(port), ...(host === undefined ? {} : hostValues({ ...host, port })) },
    ...(host === undefined || zone.zone !== domain ? {} : { command: `dns add ${zone.zone} ${host.name}:${port}` }),
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
  'suffix-without-record': ({ domains, recordIn }, context) => {
    const [domain] = domains;
    const value = context.zones.find(({ name }) => name === recordIn)?.srv[0];
    return {
      kind: 'publish-in-domain',
      values: {
        recordIn,
        ...(domain === undefined ? {} : { domain, ...zoneValues(domain, context) }),
        ...(value === undefined ? {} : { host: value.target, port: String(value.port) }),
        ...(context.joined === undefined ? {} : { joined: context.joined ? 'yes' : 'no' }),
      },
    };
  },
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
  'record-names-dead-host': ({ target, recordIn, alive }, context) => ({
    kind: 'change-record',
    values: {
      wrong: target,
      domain: recordIn,
      ...zoneValues(recordIn, context),
      ...(alive === undefined ? {} : hostValues(alive)),
    },
  }),
  'record-wrong-port': ({ target, port, right, recordIn }, context) => ({
    kind: 'change-record',
    values: {
      host: target,
      wrong: String(port),
      port: String(right),
      domain: recordIn,
      ...zoneValues(recordIn, context),
    },
  }),
  'address-stale': ({ host, address, right }, context) => ({
    kind: 'fix-address',
    values: { host, wrong: address, address: right, ...zoneValues(host, context) },
  }),
};
