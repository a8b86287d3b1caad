/** The rows of a machine's card: what its record says, in the order in which an activation takes its way. */
import type {
  BindResult,
  ClientEvents,
  HostPort,
  InspectionRecord,
  KmsTarget,
  LicenceProduct,
  LicensingService,
  NetworkFailure,
  NetworkSettings,
  OperatingSystem,
  ProbeFailure,
  ResponseEvent,
  SrvLookup,
  TcpResult,
} from '../../domain/inspection-record.ts';
import { currentResponse, isFailure } from '../../domain/judge-facts.ts';
import { channelOf } from '../../domain/licence.ts';
import type { NodeId } from '../../domain/nodes.ts';
import { refusedForCount, requiredCount } from '../../domain/rules-of-the-answers.ts';
import type { CardTexts } from '../messages/card-en.ts';
import type { CheckTexts } from '../messages/reports.ts';
import { code, join, moment, type Safe, words } from '../mrkdwn.ts';
import { codeMeaning } from './check-words.ts';

/** A row's label and what stands behind it; rows without content are left out. */
export type Row = readonly [label: keyof CardTexts['rows'], parts: readonly string[]];

const FEW = 4;

/** A host as it would be assigned; the default port is not shown. */
const hostWords = ({ host, port }: HostPort): Safe => {
  const shown = host.includes(':') ? `[${host}]` : host;
  return words(port === 0 || port === 1688 ? shown : `${shown}:${port}`, 120);
};

/** How Windows finds its KMS host. */
export function hostRow(
  product: LicenceProduct | undefined,
  service: LicensingService | undefined,
  card: CardTexts,
): Row {
  const assigned = product?.assigned ?? service?.assigned;
  const lookup = product?.lookupDomain ?? service?.lookupDomain;
  const discovered = product?.discovered;
  const found =
    assigned !== undefined
      ? card.assigned(hostWords(assigned))
      : discovered !== undefined
        ? card.discovered(hostWords(discovered))
        : card.noHostYet;
  return [
    'kmsHost',
    [
      found,
      ...(lookup === undefined ? [] : [card.lookupDomain(words(lookup))]),
      ...(service?.hostCaching === false ? [card.cachingOff] : []),
    ],
  ];
}

/** The newest attempt, and what the host said to it; `kind` is the machine's, absent when it is not known. */
export function attemptRow(events: ClientEvents, kind: OperatingSystem['kind'] | undefined, say: CheckTexts): Row {
  const { card } = say;
  const answer = currentResponse(events);
  const requests = events.requests.slice(0, 3).map(({ atMs, code: ended, host }, index) => {
    const met = isFailure(ended) ? codeMeaning(ended, say) : answerWords(index === 0 ? answer : undefined, kind, say);
    return card.attempt(moment(atMs), words(host, 80), met);
  });
  const [newest] = events.requests;
  if (newest === undefined) return ['lastAttempt', [card.noAttempt]];
  const isSaid = answer === undefined || (!isFailure(newest.code) && refusedForCount(answer, kind));
  return ['lastAttempt', [...requests, ...(isSaid ? [] : [card.hostCount(answer.count)])]];
}

/** A request that reached the host was answered; the answer may still be a refusal. */
function answerWords(
  answer: ResponseEvent | undefined,
  kind: OperatingSystem['kind'] | undefined,
  say: CheckTexts,
): string {
  if (answer === undefined || answer.activated) return say.card.succeeded;
  if (refusedForCount(answer, kind))
    return say.card.refusedForCount(answer.count, kind === undefined ? undefined : requiredCount(kind));
  return isFailure(answer.code) ? codeMeaning(answer.code, say) : say.card.succeeded;
}

const networkWords = (why: NetworkFailure, say: CheckTexts): string =>
  typeof why === 'string'
    ? say.card.network[why]
    : 'code' in why
      ? codeMeaning(why.code, say)
      : wordWords(why.word, say.card);

/** A word of the inspection in plain words, where they are known. */
const wordWords = (word: string, { inspectionWords, unknownWord }: CardTexts): string =>
  inspectionWords[word as keyof typeof inspectionWords] ?? unknownWord(code(word, 40));

/** What the machine's own resolver gives for each domain. */
export const discoveryRow = (lookups: readonly SrvLookup[], say: CheckTexts): Row => [
  'discovery',
  lookups.slice(0, 6).map(({ domain, outcome }) => {
    const name = words(domain, 80);
    if (!outcome.found) return `${name}: ${networkWords(outcome.why, say)}`;
    const answers = outcome.answers
      .slice(0, FEW)
      .map((each) => say.card.srvAnswer(hostWords({ host: each.target, port: each.port }), each.priority, each.weight));
    return `${name}: ${answers.length === 0 ? say.card.noRecord : answers.join(', ')}`;
  }),
];

/** How far each possible KMS host let itself be followed. */
export const probeRow = (targets: readonly KmsTarget[], say: CheckTexts): Row => [
  'probes',
  targets.slice(0, FEW).map((target) => `${hostWords(target)}: ${targetWords(target, say)}`),
];

function targetWords({ resolution, skipped, tcp, bind }: KmsTarget, say: CheckTexts): string {
  const { card } = say;
  if (resolution.ok === false) return card.noAddress(networkWords(resolution.why, say));
  const addresses = resolution.ok === true ? [resolution.addresses.map((each) => words(each, 45)).join(', ')] : [];
  if (skipped) return [...addresses, card.notOurs].join(', ');
  const reached =
    bind !== undefined && tcp === 'ok' ? bindWords(bind, card) : tcp === undefined ? '' : tcpWords(tcp, card);
  return [...addresses, reached].filter((part) => part !== '').join(', ');
}

const tcpWords = (tcp: TcpResult, card: CardTexts): string =>
  typeof tcp === 'string' ? card.tcp[tcp] : wordWords(tcp.word, card);
const bindWords = (bind: BindResult, card: CardTexts): string =>
  typeof bind === 'string' ? card.bind[bind] : wordWords(bind.word, card);

/** What `ipconfig /all` would show that matters: addresses, DNS servers and whether they answer, suffixes. */
export function networkRow(network: NetworkSettings, record: InspectionRecord, say: CheckTexts): Row {
  const { card } = say;
  const addresses = network.adapters.flatMap((adapter) => adapter.addresses).slice(0, FEW);
  const suffixes = [network.primarySuffix, ...network.adapters.map(({ suffix }) => suffix), ...network.searchList];
  const named = [...new Set(suffixes.filter((suffix) => suffix !== ''))].slice(0, 6).map((each) => words(each, 80));
  return [
    'network',
    [
      join(
        addresses.map((each) => words(each, 45)),
        ', ',
      ),
      ...dnsServerWords(network, record, say),
      named.length === 0 ? card.noSuffix : card.suffixes(named.join(', ')),
      ...clockWords(record, card),
    ],
  ];
}

function dnsServerWords(
  network: NetworkSettings,
  { dnsServers }: InspectionRecord,
  say: CheckTexts,
): readonly string[] {
  const { card } = say;
  if (dnsServers.read)
    return dnsServers.value
      .slice(0, FEW)
      .map(({ address, query }) =>
        card.dnsServer(words(address, 45), query === 'answers' ? card.answers : networkWords(query, say)),
      );
  const configured = [...new Set(network.adapters.flatMap((adapter) => adapter.dnsServers))].slice(0, FEW);
  return configured.length === 0 ? [] : [`DNS ${configured.map((each) => words(each, 45)).join(', ')}`];
}

/** A minute is as exact as people read clocks. */
const NOTICEABLE_SECONDS = 60;

function clockWords({ clock }: InspectionRecord, card: CardTexts): readonly string[] {
  if (!clock.read || clock.value === undefined) return [];
  const { seconds, server } = clock.value;
  if (Math.abs(seconds) < NOTICEABLE_SECONDS) return [];
  const minutes = Math.round(Math.abs(seconds) / 60);
  return [card.clock(seconds > 0, Math.floor(minutes / 60), minutes % 60, words(server, 80))];
}

/** The licensing service, where it is not as it should be, and what is left of the rearms. */
export function serviceRow(record: InspectionRecord, { card, report }: CheckTexts): Row {
  const { service, sppsvc, registry, products } = record;
  const office = products.read ? products.value.filter(({ application }) => application === 'office') : [];
  return [
    'service',
    [
      ...(sppsvc.read && sppsvc.value.startMode.toLowerCase() === 'disabled'
        ? [card.sppsvc(words(sppsvc.value.state, 20), words(sppsvc.value.startMode, 20))]
        : []),
      ...(service.read && service.value.isKmsHost ? [card.isKmsHost] : []),
      ...(service.read ? [card.rearms(service.value.rearmsLeft)] : []),
      ...(registry.read && registry.value.skipRearm ? [card.skipRearm] : []),
      ...office.slice(0, 2).map(({ status, channelToken }) => {
        const state = status === 'licensed' ? report.state.activated : report.state.notification;
        return card.office(`${state} (${report.channels[channelOf(channelToken)]})`);
      }),
      ...(service.read ? [card.cmid(words(service.value.cmid, 36))] : []),
    ],
  ];
}

/** Machines outside EC2 have no instance metadata that could be missed. */
const isHybrid = (nodeId: NodeId): boolean => nodeId.startsWith('mi-');

/** What could not be seen, each with why: unknown is neither good nor bad. */
export function blindRow(record: InspectionRecord, nodeId: NodeId, say: CheckTexts): Row {
  const { card } = say;
  const probes = {
    os: record.os,
    aws: record.aws,
    svc: record.service,
    prod: record.products,
    spp: record.sppsvc,
    reg: record.registry,
    net: record.network,
    dns: record.dnsServers,
    srv: record.srvLookups,
    tgt: record.targets,
    clk: record.clock,
    evt: record.events,
    rt: record.routes,
    host: record.hostRole,
    fw: record.firewall,
    req: record.requestDigest,
    pub: record.publishing,
  } as const;
  const keys = Object.keys(probes) as (keyof typeof probes)[];
  const failed = keys.flatMap((key) => {
    const probe = probes[key];
    return probe.read || (key === 'aws' && isHybrid(nodeId))
      ? []
      : [`${card.probes[key]} (${failureWords(probe.why, say)})`];
  });
  const left = Object.entries(record.dropped).map(([key, count]) =>
    card.left(count, card.dropped[key as keyof typeof card.dropped]),
  );
  return ['blind', [...failed, ...left]];
}

function failureWords(why: ProbeFailure, say: CheckTexts): string {
  if (why.kind === 'code') return codeMeaning(why.code, say);
  return why.kind === 'other' ? wordWords(why.word, say.card) : say.card.failed[why.kind];
}
