/** Rules about the DNS servers themselves: whether anything can be looked up at all. */
import type { Hresult } from '../hresult.ts';
import type { DnsServer, NetworkFailure } from '../inspection-record.ts';
import type { EvidenceLine } from './diagnosis.ts';
import { failureWord, line } from './evidence.ts';
import { failing } from './failing-targets.ts';
import { domainOf, isAddress, plainHost } from './host-words.ts';
import type { Look } from './look.ts';
import { type Candidate, type Rule, sureIf } from './rule.ts';

const NO_SERVERS: Hresult = '0x8007267C';

/** Whether the way needs a name that was not resolved: with an address, DNS is not needed or works. */
function namesAreMissing(look: Look): boolean {
  const { way } = look;
  if (way.works) return false;
  if (isCutOff(look)) return true;
  if (way.assigned !== undefined && isAddress(way.assigned.host)) return false;
  const all = way.cached === undefined ? way.targets : [way.cached, ...way.targets];
  const isResolved = all.some(({ probe, host }) => probe?.resolution.ok === true && !isAddress(host));
  return !isResolved && (way.assigned !== undefined || way.discovery.says !== 'found' || all.length > 0);
}

/** No adapter has a gateway: nothing outside the machine's own network is reached, DNS servers first of all. */
const isCutOff = ({ record, way }: Look): boolean =>
  record.network.read &&
  record.network.value.adapters.every(({ gateways }) => gateways.length === 0) &&
  way.targets.every(({ state }) => state !== 'good');

/** Every failure that asking names gave. */
function failures({ record, way }: Look): readonly NetworkFailure[] {
  const lookups = (way.discovery.lookups ?? []).flatMap(({ outcome }) => (outcome.found ? [] : [outcome.why]));
  const targets = record.targets.read
    ? record.targets.value.flatMap(({ resolution }) => (resolution.ok === false ? [resolution.why] : []))
    : [];
  return [...lookups, ...targets];
}

const configured = ({ record }: Look): readonly string[] | undefined =>
  record.network.read ? record.network.value.adapters.flatMap(({ dnsServers }) => dnsServers) : undefined;

const isCode = (why: NetworkFailure, code: Hresult): boolean =>
  typeof why === 'object' && 'code' in why && why.code === code;

function noDnsServer(look: Look): Candidate | undefined {
  if (!namesAreMissing(look)) return undefined;
  const asked = look.record.dnsServers.read ? look.record.dnsServers.value.map(({ address }) => address) : undefined;
  const servers = configured(look) ?? asked;
  const isSaid = failures(look).some((why) => isCode(why, NO_SERVERS)) || look.product?.reason === NO_SERVERS;
  if (servers === undefined ? !isSaid : servers.length > 0) return undefined;
  const evidence = [line('no-dns-server', look.self)];
  return { cause: { kind: 'no-dns-server' }, confidence: sureIf(look.record.network.read), evidence };
}

const serverLine =
  ({ self }: Look) =>
  ({ address, query }: DnsServer): EvidenceLine =>
    line('dns-server', self, [address, query === 'answers' ? query : failureWord(query)]);

/** Any DNS answer counts, one that it failed included. */
const isSilent = ({ query }: DnsServer): boolean =>
  query !== 'answers' && query !== 'servfail' && query !== 'refused' && query !== 'nxdomain' && query !== 'nodata';

function dnsServerSilent(look: Look): Candidate | undefined {
  if (!namesAreMissing(look)) return undefined;
  const { dnsServers } = look.record;
  if (!dnsServers.read) return silentByLookups(look);
  const servers = dnsServers.value;
  if (servers.length === 0 || !servers.every(isSilent)) return undefined;
  const cause = { kind: 'dns-server-silent', servers: servers.map(({ address }) => address) } as const;
  return { cause, confidence: 'sure', evidence: servers.map(serverLine(look)) };
}

/** The servers were not asked by themselves: every question about a name ran out of time. */
function silentByLookups(look: Look): Candidate | undefined {
  const servers = configured(look) ?? [];
  const whys = failures(look);
  const isSaid = look.product?.reason === '0x8007232A' && whys.length === 0 && look.record.products.read;
  const timedOut = isCutOff(look) || (whys.length > 0 && whys.every((why) => why === 'timeout'));
  if (!timedOut && !isSaid) return undefined;
  const evidence = (look.way.discovery.lookups ?? []).map(({ domain }) =>
    line('srv-missing', look.self, [domain, 'timeout']),
  );
  return { cause: { kind: 'dns-server-silent', servers }, confidence: timedOut ? 'likely' : 'possible', evidence };
}

/** What activation reports for it. */
function codeOf(why: NetworkFailure): Hresult | undefined {
  if (why === 'servfail') return '0x8007232A';
  if (why === 'refused') return '0x8007232D';
  return typeof why === 'object' && 'code' in why && why.code !== NO_SERVERS ? why.code : undefined;
}

function dnsFailing(look: Look): Candidate | undefined {
  const { way, self } = look;
  if (way.works) return undefined;
  if (way.assigned !== undefined || way.discovery.says === 'found') return failingName(look);
  for (const { domain, outcome } of way.discovery.lookups ?? []) {
    if (outcome.found) continue;
    const code = codeOf(outcome.why);
    if (code === undefined) continue;
    const servers = look.record.dnsServers.read ? look.record.dnsServers.value.map(serverLine(look)) : [];
    const evidence = [line('srv-missing', self, [domain, failureWord(outcome.why)], code), ...servers];
    return { cause: { kind: 'dns-failing', domain, code }, confidence: sureIf(look.record.dnsServers.read), evidence };
  }
  return failingServers(look) ?? failingTarget(look);
}

/** The host's own name was asked for, and the servers failed to answer. */
function failingName(look: Look): Candidate | undefined {
  for (const { host, unresolved } of failing(look)) {
    const code = unresolved === undefined ? undefined : codeOf(unresolved);
    if (unresolved === undefined || code === undefined) continue;
    const domain = domainOf(plainHost(host)) || (look.way.discovery.domains[0] ?? '');
    const servers = look.record.dnsServers.read ? look.record.dnsServers.value.map(serverLine(look)) : [];
    const evidence = [line('does-not-resolve', look.self, [host, failureWord(unresolved)], code), ...servers];
    return { cause: { kind: 'dns-failing', domain, code }, confidence: sureIf(servers.length > 0), evidence };
  }
  return undefined;
}

/** No lookup was read, and every server that was asked by itself failed. */
function failingServers(look: Look): Candidate | undefined {
  const { dnsServers } = look.record;
  const [domain] = look.way.discovery.domains;
  if (look.way.discovery.lookups !== undefined || !dnsServers.read || domain === undefined) return undefined;
  const [first] = dnsServers.value.filter(({ query }) => query !== 'timeout');
  const code = first === undefined || first.query === 'answers' ? undefined : codeOf(first.query);
  if (code === undefined) return undefined;
  const evidence = dnsServers.value.map(serverLine(look));
  return { cause: { kind: 'dns-failing', domain, code }, confidence: 'likely', evidence };
}

/** Nothing but the servers' own answer to a question: some domain's lookup ran out of time while servers answer. */
function failingTarget(look: Look): Candidate | undefined {
  const { way, self, record } = look;
  const timedOut = way.discovery.lookups?.find(({ outcome }) => !outcome.found && outcome.why === 'timeout');
  if (timedOut === undefined || !record.dnsServers.read || record.dnsServers.value.every(isSilent)) return undefined;
  const evidence = [
    line('srv-missing', self, [timedOut.domain, 'timeout']),
    ...record.dnsServers.value.map(serverLine(look)),
  ];
  const cause = { kind: 'dns-failing', domain: timedOut.domain, code: '0x8007232A' } as const;
  return { cause, confidence: 'possible', evidence };
}

/** In the order in which an attempt meets them. */
export const DNS_RULES: readonly Rule[] = [
  { id: 'no DNS server', rows: [11, 12], stage: 'dns', looksAt: ['net', 'dns'], find: noDnsServer },
  { id: 'DNS servers silent', rows: [11], stage: 'dns', looksAt: ['dns'], find: dnsServerSilent },
  { id: 'DNS failing', rows: [11, 17], stage: 'dns', looksAt: ['srv'], find: dnsFailing },
];
