/** What the rules about missing records have in common: what was asked, what zones hold, who belongs in the record. */
import type { HostName } from './cause.ts';
import type { EvidenceLine } from './diagnosis.ts';
import { failureWord, line } from './evidence.ts';
import type { ZoneFacts } from './facts.ts';
import { isBelow, isVpcResolver } from './host-words.ts';
import type { Look } from './look.ts';
import { hostForRecord } from './serving-host.ts';

/** True where the machine discovers its host and no domain gives it one. */
export const findsNothing = ({ way }: Look): boolean =>
  way.assigned === undefined && way.cached?.state !== 'good' && way.discovery.says === 'nothing';

/** True where that was read, not inferred. */
export const isSaidSo = ({ way }: Look): boolean => way.discovery.lookups !== undefined;

/** What each domain gave. */
export const lookupLines = ({ way, self }: Look): readonly EvidenceLine[] =>
  (way.discovery.lookups ?? []).map(({ domain, outcome }) =>
    line('srv-missing', self, [domain, outcome.found ? 'found' : failureWord(outcome.why)]),
  );

/** Zones of exactly this name, or that hold a record for the domain below their own name. */
export const zoneNamed = ({ facts }: Look, domain: string): readonly ZoneFacts[] =>
  facts.zones.flatMap((zone) => {
    if (zone.name === domain) return [zone];
    const srv = zone.below?.[domain];
    return srv === undefined || srv.length === 0 ? [] : [{ ...zone, name: domain, srv, otherTypes: [] }];
  });

/** Zones of a domain that is asked in, and that hold a record. */
export const unseenZones = (look: Look): readonly ZoneFacts[] =>
  look.way.discovery.domains.flatMap((domain) => zoneNamed(look, domain).filter(({ srv }) => srv.length > 0));

/** What a zone says of its record. */
export const zoneLine = (look: Look, zone: ZoneFacts): EvidenceLine => {
  const seen = { where: zone.name, atMs: look.facts.nowMs };
  const [value] = zone.srv;
  if (value === undefined) return line('zone-lacks-record', seen, [zone.name]);
  return line('zone-has-record', seen, [zone.name, `${value.priority} ${value.weight} ${value.port} ${value.target}`]);
};

/**
 * The machine's DNS servers that answer in place of its own VPC's resolver; undefined where none of it was read. Windows
 * asks them in their order: those behind the resolver are not asked while that one answers.
 */
export function otherServers({ record }: Look): readonly string[] | undefined {
  const adapters = record.network.read ? record.network.value.adapters : undefined;
  const asked = record.dnsServers.read ? record.dnsServers.value : undefined;
  const servers = adapters?.flatMap(({ dnsServers }) => dnsServers) ?? asked?.map(({ address }) => address);
  const silent = (asked ?? []).filter(({ query }) => query === 'timeout').map(({ address }) => address);
  const own = adapters?.flatMap(({ addresses }) => addresses) ?? servers ?? [];
  const answering = servers?.filter((server) => !silent.includes(server));
  const [first] = answering ?? [];
  if (first !== undefined && isVpcResolver(first, own)) return [];
  return answering?.filter((server) => !isVpcResolver(server, own));
}

/** A forwarding rule of the VPC that holds for this domain. */
export const ruleFor = ({ facts }: Look, domain: string): string | undefined =>
  [...facts.resolverRules].sort((a, b) => b.length - a.length).find((rule) => isBelow(domain, rule));

/** Zones that hold a record in a domain that the machine does not ask in, those of the host that would serve it first. */
export function recordsElsewhere(look: Look): readonly ZoneFacts[] {
  const asked = look.way.discovery.domains;
  const host = hostForRecord(look)?.host.name;
  const others = look.facts.zones.filter(({ name, srv }) => srv.length > 0 && !asked.includes(name));
  const names = (zone: ZoneFacts): number => (zone.srv.some(({ target }) => target === host) ? 1 : 0);
  const isNear = (zone: ZoneFacts): number => (asked.some((domain) => isBelow(domain, zone.name)) ? 1 : 0);
  return [...others].sort((one, other) => names(other) - names(one) || isNear(other) - isNear(one));
}

/** Whose record is missing, and where: the domain of the host that would serve it, where the machine asks there. */
export function missingIn(look: Look): { readonly domain: string; readonly host?: HostName; readonly isOwn: boolean } {
  const { domains } = look.way.discovery;
  const serving = hostForRecord(look);
  const own = serving === undefined ? undefined : domains.find((domain) => domain === serving.domain);
  const remembered = look.product?.discovered?.host.toLowerCase();
  const before = domains.find((domain) => domain !== '' && remembered?.endsWith(`.${domain}`) === true);
  const zoned = domains.find((domain) => zoneNamed(look, domain).length > 0);
  const domain = own ?? before ?? zoned ?? domains[0] ?? '';
  return {
    domain,
    isOwn: own !== undefined || before !== undefined,
    ...(serving === undefined ? {} : { host: serving.host }),
  };
}
