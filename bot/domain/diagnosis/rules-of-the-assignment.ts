/** Rules about whom the machine was told to ask, and whether it may ask there. */
import { AMAZON_SERVERS } from '../addresses.ts';
import { notOurs } from '../not-ours.ts';
import type { DiagnosedCause } from './cause.ts';
import type { EvidenceLine } from './diagnosis.ts';
import { line } from './evidence.ts';
import { isAddress, isAmazonServer, isHostName, plainHost, portOf } from './host-words.ts';
import { hasRead, type Look } from './look.ts';
import { type Candidate, type Rule, sureIf } from './rule.ts';
import type { WayTarget } from './way-target.ts';

/** The assignment as a line of evidence. */
export const assignedLine = ({ self, way }: Look): readonly EvidenceLine[] =>
  way.assigned === undefined ? [] : [line('assigned', self, [way.assigned.host, portOf(way.assigned.port)])];

/** The licence model as a line of evidence. */
const modelLine = ({ self, model }: Look): EvidenceLine => line('licence-model', self, [model.word]);

/** True where the machine asks Amazon's own servers. */
export const asksAmazon = ({ way }: Look): boolean => way.assigned !== undefined && isAmazonServer(way.assigned.host);

/** The settings themselves were read, not guessed from the targets. */
const settingsRead = ({ record }: Look): boolean => hasRead(record, 'svc') || hasRead(record, 'prod');

function byolOnAmazon(look: Look): Candidate | undefined {
  const { way, model } = look;
  if (way.assigned === undefined || model.kind !== 'byol' || !asksAmazon(look)) return undefined;
  const evidence = [...assignedLine(look), modelLine(look)];
  return {
    cause: { kind: 'byol-on-amazon', host: way.assigned.host },
    confidence: sureIf(settingsRead(look)),
    evidence,
  };
}

function licenceIncludedElsewhere(look: Look): Candidate | undefined {
  const { way, model, product } = look;
  if (model.kind !== 'licence-included' || asksAmazon(look) || look.channel !== 'kms-client') return undefined;
  const host = way.assigned?.host ?? product?.discovered?.host ?? way.targets[0]?.host ?? '';
  if (isAmazonServer(host)) return undefined;
  const evidence = [...assignedLine(look), modelLine(look)];
  const isProven =
    settingsRead(look) && (way.assigned !== undefined || (hasRead(look.record, 'svc') && hasRead(look.record, 'prod')));
  return { cause: { kind: 'licence-included-elsewhere', host }, confidence: sureIf(isProven), evidence };
}

/** Amazon's IPv4 servers that no route through the machine's own gateway leads to. */
function missingRoutes({ record }: Look): readonly string[] | undefined {
  if (!record.routes.read) return undefined;
  const routes = record.routes.value;
  const gateways = record.network.read ? record.network.value.adapters.flatMap((adapter) => adapter.gateways) : [];
  const leads = (address: string): boolean =>
    routes.some(
      ({ destination, nextHop }) =>
        destination.replace(/\/32$/, '') === address && (gateways.length === 0 || gateways.includes(nextHop)),
    );
  return AMAZON_SERVERS.filter((address) => !address.includes(':') && !leads(address));
}

function amazonRoutesMissing(look: Look): Candidate | undefined {
  const { way, model, self } = look;
  if (!asksAmazon(look) || model.kind === 'byol' || way.works) return undefined;
  const asked = plainHost(way.assigned?.host ?? '');
  const missing = missingRoutes(look);
  if (missing === undefined) {
    const cause = { kind: 'amazon-routes-missing', missing: [asked] } as const;
    return { cause, confidence: way.fails ? 'likely' : 'possible', evidence: assignedLine(look) };
  }
  if (!missing.includes(asked)) return undefined;
  const evidence = [
    ...missing.map((address) => line('route-missing', self, [address])),
    ...assignedLine(look),
    modelLine(look),
  ];
  return { cause: { kind: 'amazon-routes-missing', missing }, confidence: sureIf(way.fails), evidence };
}

function malformed(look: Look): Candidate | undefined {
  const { way, record } = look;
  if (way.assigned === undefined || way.works) return undefined;
  const { host } = way.assigned;
  const isText = !isHostName(host) && !isAddress(host);
  const [target] = way.targets;
  const isRefused =
    typeof target?.unresolved === 'object' && 'word' in target.unresolved && target.unresolved.word === 'invalid-name';
  const isBareIpv6 = isAddress(host) && host.includes(':') && !host.startsWith('[');
  if (!isText && !isRefused && !isBareIpv6) return undefined;
  const confidence = isBareIpv6 ? 'likely' : sureIf(hasRead(record, 'svc') || hasRead(record, 'prod'));
  return { cause: { kind: 'assigned-malformed', host }, confidence, evidence: assignedLine(look) };
}

/** Why this target cannot be one of ours. */
function strange(look: Look, target: WayTarget): Extract<DiagnosedCause, { kind: 'unknown-host' }>['why'] | undefined {
  // The inspection touches only what can be ours: a host that was probed is.
  if (target.known !== undefined || (target.tcp !== undefined && !target.skipped)) return undefined;
  const why = notOurs(target, look.facts.knownHosts);
  if (why === undefined) return target.skipped ? 'unknown-name' : undefined;
  return why === 'public-address' && !isAddress(target.host) ? 'unknown-name' : why;
}

function unknownHost(look: Look): Candidate | undefined {
  const { way, self } = look;
  for (const target of way.cached === undefined ? way.targets : [...way.targets, way.cached]) {
    const why = strange(look, target);
    if (why === undefined) continue;
    const { host } = target;
    const evidence = [line('not-ours', self, [host, why]), ...assignedLine(look)];
    const confidence =
      way.assigned === undefined && way.works ? 'possible' : sureIf(why === 'loopback' && target.probe !== undefined);
    return { cause: { kind: 'unknown-host', host, why }, confidence, evidence };
  }
  return undefined;
}

/** In the order in which an attempt meets them. */
export const ASSIGNMENT_RULES: readonly Rule[] = [
  { id: 'brought licence on Amazon', rows: [2], stage: 'model', looksAt: ['svc', 'prod'], find: byolOnAmazon },
  {
    id: 'included licence elsewhere',
    rows: [2],
    stage: 'model',
    looksAt: ['svc', 'prod'],
    find: licenceIncludedElsewhere,
  },
  { id: 'assigned to no host name', rows: [13], stage: 'assignment', looksAt: ['svc', 'prod'], find: malformed },
  { id: 'host is not ours', rows: [13, 18], stage: 'assignment', looksAt: ['tgt', 'svc', 'prod'], find: unknownHost },
  { id: 'routes to Amazon missing', rows: [2], stage: 'assignment', looksAt: ['rt'], find: amazonRoutesMissing },
];
