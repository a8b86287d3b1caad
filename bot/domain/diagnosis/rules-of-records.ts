/** Rules about SRV records: none where the machine asks, or one that it cannot see. */
import { line } from './evidence.ts';
import { endpointOf, isBelow } from './host-words.ts';
import type { Look } from './look.ts';
import {
  findsNothing,
  isSaidSo,
  lookupLines,
  missingIn,
  recordsElsewhere,
  unseenZones,
  zoneLine,
  zoneNamed,
} from './record-trouble.ts';
import { type Candidate, type Rule, sureIf } from './rule.ts';
import { hostForRecord } from './serving-host.ts';

function recordOfWrongType(look: Look): Candidate | undefined {
  const { way } = look;
  if (!findsNothing(look) || unseenZones(look).length > 0) return undefined;
  const zone = way.discovery.domains
    .flatMap((domain) => zoneNamed(look, domain))
    .find(({ otherTypes }) => otherTypes.length > 0);
  const noData = way.discovery.lookups?.find(({ outcome }) => !outcome.found && outcome.why === 'nodata')?.domain;
  const domain = zone?.name ?? (noData !== undefined && zoneNamed(look, noData).length === 0 ? noData : undefined);
  if (domain === undefined) return undefined;
  const host = hostForRecord(look)?.host;
  const cause = { kind: 'record-of-wrong-type', domain, ...(host === undefined ? {} : { host }) } as const;
  const evidence = [...lookupLines(look), ...(zone === undefined ? [] : [zoneLine(look, zone)])];
  return { cause, confidence: sureIf(zone !== undefined || noData !== undefined), evidence };
}

function lookupDomainEmpty(look: Look): Candidate | undefined {
  const { way, record } = look;
  if (!findsNothing(look) || way.lookupDomain === undefined || unseenZones(look).length > 0) return undefined;
  const missing = missingIn(look);
  const found = record.srvLookups.read ? record.srvLookups.value.find(({ outcome }) => outcome.found) : undefined;
  const isTheHosts = missing.isOwn && zoneNamed(look, way.lookupDomain).length > 0;
  if (isTheHosts) return undefined;
  const recordIn = found?.domain ?? recordsElsewhere(look)[0]?.name;
  const domain = way.lookupDomain;
  const cause = { kind: 'lookup-domain-empty', domain, ...(recordIn === undefined ? {} : { recordIn }) } as const;
  const proof = found?.outcome.found === true ? found.outcome.answers.slice(0, 1) : [];
  const foundLines = proof.map(({ target, port }) => line('srv-found', look.self, [found?.domain ?? '', target, port]));
  const isZoned = look.visibleZones.some(({ name }) => isBelow(domain, name));
  const confidence = isSaidSo(look) ? sureIf(found !== undefined) : isZoned ? 'likely' : 'possible';
  return { cause, confidence, evidence: [...lookupLines(look), ...foundLines] };
}

/** A record in another domain only counts where the host it names would serve this machine. */
function suffixWithoutRecord(look: Look): Candidate | undefined {
  const { way } = look;
  if (!findsNothing(look) || way.lookupDomain !== undefined || unseenZones(look).length > 0) return undefined;
  const [zone] = recordsElsewhere(look);
  if (missingIn(look).isOwn) return undefined;
  if (zone === undefined) return suffixOfOthers(look);
  const domains = way.discovery.domains;
  const cause = { kind: 'suffix-without-record', domains, recordIn: zone.name } as const;
  const evidence = [...lookupLines(look), zoneLine(look, zone)];
  return { cause, confidence: sureIf(isSaidSo(look)), evidence };
}

/** No zone that is known has a record, but a host is: other machines reach it, in a domain that this one never asks. */
function suffixOfOthers(look: Look): Candidate | undefined {
  const { domains } = look.way.discovery;
  const host = hostForRecord(look);
  const isZoned = domains.some((domain) => zoneNamed(look, domain).length > 0);
  if (host === undefined || host.domain === '' || domains.includes(host.domain) || isZoned) return undefined;
  const cause = { kind: 'suffix-without-record', domains, recordIn: host.domain } as const;
  const reached =
    (look.facts.fleet?.reach ?? []).find(({ host: at }) => endpointOf(at).host === host.host.name)?.reached ?? 0;
  const others = reached > 0 ? [line('others-succeed', look.self, [host.host.name, reached])] : [];
  return { cause, confidence: isSaidSo(look) ? 'likely' : 'possible', evidence: [...lookupLines(look), ...others] };
}

function recordMissing(look: Look): Candidate | undefined {
  if (!findsNothing(look) || unseenZones(look).length > 0) return undefined;
  const { domain, host, isOwn } = missingIn(look);
  const zones = zoneNamed(look, domain);
  const cause = { kind: 'record-missing', domain, ...(host === undefined ? {} : { host }) } as const;
  const evidence = [...lookupLines(look), ...zones.map((zone) => zoneLine(look, zone))];
  const isProven = isSaidSo(look) && zones.length > 0 && (isOwn || recordsElsewhere(look).length === 0);
  return { cause, confidence: isSaidSo(look) ? sureIf(isProven) : isOwn ? 'likely' : 'possible', evidence };
}

/** Windows itself says that it found no record, and nothing of the way was read. */
function saidMissing(look: Look): Candidate | undefined {
  const { way, product, self } = look;
  const code = product?.reason;
  if (way.assigned !== undefined || way.discovery.says !== 'unknown' || code === undefined) return undefined;
  if (!/^0x(8007232B|8007251D|80092328)$/.test(code)) return undefined;
  const { domain, host } = missingIn(look);
  const cause = { kind: 'record-missing', domain, ...(host === undefined ? {} : { host }) } as const;
  return { cause, confidence: 'possible', evidence: [line('status-reason', self, [], code)] };
}

/** The more a rule explains, the earlier it stands. */
export const RECORD_RULES: readonly Rule[] = [
  { id: 'record of wrong type', rows: [15], stage: 'records', looksAt: ['srv'], find: recordOfWrongType },
  { id: 'lookup domain empty', rows: [14], stage: 'records', looksAt: ['srv'], find: lookupDomainEmpty },
  {
    id: 'record only in another domain',
    rows: [16, 29],
    stage: 'records',
    looksAt: ['srv'],
    find: suffixWithoutRecord,
  },
  { id: 'record missing', rows: [15, 19, 28], stage: 'records', looksAt: ['srv'], find: recordMissing },
  { id: 'said by code: no record', rows: [15], stage: 'records', looksAt: ['srv'], find: saidMissing },
];
