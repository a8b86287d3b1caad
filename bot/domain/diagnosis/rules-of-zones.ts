/** Rules about a zone that holds what the machine asks for, and that its resolver does not see. */
import type { DiagnosedCause } from './cause.ts';
import type { EvidenceLine } from './diagnosis.ts';
import { failureWord, line } from './evidence.ts';
import { failing } from './failing-targets.ts';
import { plainHost } from './host-words.ts';
import type { Look } from './look.ts';
import { findsNothing, isSaidSo, lookupLines, otherServers, ruleFor, unseenZones, zoneLine } from './record-trouble.ts';
import { type Candidate, type Rule, sureIf } from './rule.ts';
import { isNameless } from './way-target.ts';
import { hiddenAddresses } from './zone-addresses.ts';

/** Zones that hold what the machine was told does not exist, and what it was told. */
interface Hidden {
  readonly zones: readonly DiagnosisZone[];
  readonly evidence: readonly EvidenceLine[];
  /** It was read that the machine's resolver says so, not inferred. */
  readonly isSaid: boolean;
  /** What a zone holds of it. */
  readonly lineOf: (zone: DiagnosisZone) => EvidenceLine;
}

type DiagnosisZone = Look['facts']['zones'][number];

/** A record where nothing is found, or the address of a host whose name does not resolve. */
function hidden(look: Look): Hidden | undefined {
  const lineOf = (zone: DiagnosisZone): EvidenceLine => zoneLine(look, zone);
  if (findsNothing(look))
    return { zones: unseenZones(look), evidence: lookupLines(look), isSaid: isSaidSo(look), lineOf };
  const target = failing(look).find(isNameless);
  if (target === undefined) return undefined;
  const why = target.unresolved === undefined ? 'nxdomain' : failureWord(target.unresolved);
  const evidence = [line('does-not-resolve', look.self, [plainHost(target.host), why])];
  const name = plainHost(target.host);
  return {
    zones: hiddenAddresses(look, name),
    evidence,
    isSaid: target.seenBy === 'probe',
    lineOf: (zone) => {
      const seen = { where: zone.name, atMs: look.self.atMs };
      return line('zone-has-record', seen, [zone.name, `${name} ${(zone.addresses[name] ?? []).join(', ')}`]);
    },
  };
}

function zoneNotAssociated(look: Look): Candidate | undefined {
  const { vpcId, self } = look;
  const found = hidden(look);
  if (found === undefined || vpcId === undefined) return undefined;
  const zone = found.zones.find((each) => each.private && !each.vpcIds.includes(vpcId));
  const isSeen = found.zones.some((each) => !each.private || each.vpcIds.includes(vpcId));
  if (zone === undefined || isSeen) return undefined;
  const others = otherServers(look);
  const isDirect = others === undefined || others.length === 0;
  const cause = { kind: 'zone-not-associated', zone: zone.name, zoneId: zone.zoneId, vpcId } as const;
  const seen = { where: zone.name, atMs: self.atMs };
  const evidence = [line('zone-not-associated', seen, [zone.name, vpcId]), found.lineOf(zone), ...found.evidence];
  const confidence = isDirect ? sureIf(found.isSaid && others !== undefined) : 'possible';
  return { cause, confidence, evidence };
}

function resolverDiffers(look: Look): Candidate | undefined {
  const { vpcId, self } = look;
  const found = hidden(look);
  if (found === undefined) return undefined;
  const others = otherServers(look) ?? [];
  const seen = found.zones.find((each) => !each.private || (vpcId !== undefined && each.vpcIds.includes(vpcId)));
  const zone = seen ?? (others.length > 0 || vpcId === undefined ? found.zones[0] : undefined);
  if (zone === undefined) return undefined;
  const rule = ruleFor(look, zone.name);
  const cause: DiagnosedCause = {
    kind: 'resolver-differs',
    zone: zone.name,
    servers: others,
    ...(rule === undefined ? {} : { ruleFor: rule }),
  };
  const ruleLine = rule === undefined ? [] : [line('resolver-rule', self, [rule, vpcId ?? ''])];
  const servers = others.map((server) => line('dns-server', self, [server, 'answers']));
  const isExplained = rule !== undefined || (others.length > 0 && (seen !== undefined || look.record.dnsServers.read));
  const evidence = [found.lineOf(zone), ...ruleLine, ...found.evidence, ...servers];
  return { cause, confidence: isExplained ? sureIf(found.isSaid) : 'likely', evidence };
}

/** The narrower one first. */
export const ZONE_RULES: readonly Rule[] = [
  { id: 'zone not associated', rows: [15, 17], stage: 'records', looksAt: ['srv', 'tgt'], find: zoneNotAssociated },
  { id: 'resolver differs from zone', rows: [17], stage: 'records', looksAt: ['srv', 'tgt'], find: resolverDiffers },
];
