/** The parts of the record that resolvers, DNS servers and time servers answer. */
import type { WireDnsServer, WireRecord, WireSrv } from '../../../bot/domain/inspection-wire.ts';
import type { DnsAnswer, Surface } from '../world/surface.ts';
import type { LocalFacts } from './facts.ts';
import { TIME_SERVER } from './questions.ts';
import { askSrv, LIMITS, type Probe, type Received, type Stopwatch } from './run.ts';
import { distinct, hostName, isDnsName, ordered } from './text.ts';

const MAX_DOMAINS = 12;
const MAX_DNS_SERVERS = 6;
const PING_MS = 1000;
const CLOCK_MS = 2000;

/** An answer whose target still stands as its name. */
export type NamedSrv = Omit<WireSrv, 'a'> & { a?: [number, number, number, string][] };

/** What the network phase found. */
export interface NetworkFacts {
  readonly srv: NamedSrv[];
  readonly dns: WireDnsServer[] | null;
  readonly clk: WireRecord['clk'];
  readonly failed: Readonly<Record<string, string>>;
  /** Candidate domains beyond those asked. */
  readonly domainsLeftOut: number;
}

const candidates = ({ parts, suffixes, domain }: LocalFacts): string[] =>
  distinct(
    [
      parts.svc?.look ?? '',
      ...(parts.prod ?? []).map(({ look }) => look ?? ''),
      suffixes.primary,
      domain,
      ...(parts.net?.if ?? []).map(({ sfx }) => sfx),
      ...suffixes.list,
    ].filter((name) => name !== ''),
  );

const digits = (value: number): string => String(value).padStart(5, '0');

const servicesOf = (answers: readonly DnsAnswer[]): [number, number, number, string][] => {
  const rows = answers
    .filter((answer) => answer.type === 'SRV')
    .map((a): [number, number, number, string] => [a.priority, a.weight, a.port, hostName(a.target)]);
  const sorted = ordered(
    rows,
    ([priority, weight, port, target]) => `${digits(priority)}${digits(65535 - weight)}${target}:${digits(port)}`,
  );
  return sorted.filter((row, index) => index === 0 || String(row) !== String(sorted[index - 1]));
};

const srvOf = (domain: string, received: Received<readonly DnsAnswer[]>): NamedSrv => {
  if ('error' in received) return { d: domain, e: received.error };
  const services = servicesOf(received.value);
  return services.length === 0 ? { d: domain, e: 'nodata' } : { d: domain, a: services };
};

const serverState = (received: Received<unknown>): string =>
  'value' in received || ['nxdomain', 'nodata', 'refused'].includes(received.error) ? 'ok' : received.error;

const askPing = (surface: Surface, address: string): Probe<0 | 1> =>
  surface.ping(address) ? { value: 1, ms: 0 } : { value: 0, ms: PING_MS };

const askClock = (surface: Surface, server: string): Probe<[number, string]> => {
  const offset = surface.ntp(server);
  return offset === undefined
    ? { error: 'timeout', ms: CLOCK_MS }
    : { value: [Math.floor(0.5 - offset) + 0, server], ms: 0 };
};

/** Asks every candidate domain, DNS server and time server at once, within one deadline. */
export const readNetworkFacts = (surface: Surface, local: LocalFacts, watch: Stopwatch): NetworkFacts => {
  const allowance = watch.allowance(LIMITS.net);
  const all = candidates(local);
  const domains = all.slice(0, MAX_DOMAINS);
  const service = (domain: string) => `_vlmcs._tcp.${domain}`;
  const asked = domains.map(
    (domain): Probe<readonly DnsAnswer[]> =>
      isDnsName(domain) ? askSrv(surface, service(domain)) : { error: 'invalid-name', ms: 0 },
  );
  const servers = distinct((local.parts.net?.if ?? []).flatMap(({ dns }) => dns)).slice(0, MAX_DNS_SERVERS);
  const firstName = domains.find(isDnsName);
  const query = firstName === undefined ? 'localhost' : service(firstName);
  const queried = servers.map((server) => askSrv(surface, query, server));
  const pinged = servers.map((server) => askPing(surface, server));
  const clocks = [TIME_SERVER, ...(isDnsName(local.domain) ? [local.domain] : [])];
  const timed = clocks.map((server) => askClock(surface, server));

  const srv = watch.receive(asked, allowance).map((received, index) => srvOf(domains[index] ?? '', received));
  const states = watch.receive(queried, allowance).map(serverState);
  const pings = watch.receive(pinged, allowance).map((received) => ('value' in received ? received.value : 0));
  const times = watch.receive(timed, allowance);
  watch.pass([...asked, ...queried, ...pinged, ...timed], allowance);
  const clock = times.find((received) => 'value' in received);
  const silent = times.find((received) => 'error' in received);
  return {
    srv,
    dns: local.parts.net ? servers.map((ip, i) => ({ ip, q: states[i] ?? 'timeout', ping: pings[i] ?? 0 })) : null,
    clk: clock && 'value' in clock ? clock.value : null,
    failed: {
      ...(local.parts.net ? {} : { dns: 'no-net' }),
      ...(clock === undefined && silent && 'error' in silent ? { clk: silent.error } : {}),
    },
    domainsLeftOut: all.length - domains.length,
  };
};
