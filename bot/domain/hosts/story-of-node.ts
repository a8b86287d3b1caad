/** The story of a KMS host that is a managed node. */
import type { HostFacts } from '../diagnosis/facts.ts';
import { answersItself, isActivated, isClosed, type KnownHost, knownHost } from '../diagnosis/known-host.ts';
import type { InspectionRecord } from '../inspection-record.ts';
import { channelOf } from '../licence.ts';
import type { ManagedNode } from '../nodes.ts';
import { osName } from '../windows-edition.ts';
import { type HostClients, NO_CLIENTS } from './host-clients.ts';
import { clientsConcerns, concernsOf } from './host-concerns.ts';
import { requestsSince, sampleOf } from './host-sample.ts';
import type { HostConcern, HostSample, HostStory } from './host-story.ts';
import { countByClients, countStory } from './thresholds.ts';
import { worstFirst } from './worst-first.ts';

/** The port a KMS host listens on unless told otherwise. */
const KMS_PORT = 1688;

/** What one story is made from. */
export interface NodeStoryInput {
  readonly facts: HostFacts;
  readonly clients: HostClients | undefined;
  readonly before?: HostSample;
  readonly nowMs: number;
}

/** Tells it from its record of now or of an earlier look; without one, by what clients say. */
export function storyOfNode({ facts, clients = NO_CLIENTS, before, nowMs }: NodeStoryInput): HostStory {
  const host = knownHost(facts, nowMs);
  const { record, node, askedNow } = facts;
  const { reached, failed, port } = clients;
  const shared = { name: host.name, siteId: node.siteId, nodeId: node.id, clients: { reached, failed } };
  const silent = askedNow ? [] : [presenceConcern(node)];
  if (record === undefined)
    return {
      ...shared,
      ...countByClients(clients),
      seen: 'by-clients',
      seenAtMs: nowMs,
      port: port ?? KMS_PORT,
      concerns: worstFirst([...silent, ...clientsConcerns(clients, true)]),
    };
  const story = {
    ...shared,
    ...recordStory(record, host, clients),
    ...sinceBefore(before, record, host.atMs),
    seen: askedNow ? 'asked' : 'remembered',
    seenAtMs: host.atMs,
  } as const;
  return { ...story, concerns: worstFirst([...silent, ...concernsOf({ host, record, clients, story })]) };
}

/** Why a node could not be asked now; one that is online and said nothing is told as that. */
function presenceConcern({ presence }: ManagedNode): HostConcern {
  switch (presence.kind) {
    case 'online':
      return { kind: 'no-answer' };
    case 'offline':
      return { kind: 'offline', lastSeenMs: presence.lastSeenMs };
    case 'not-running': {
      const { instanceState: state, lastSeenMs } = presence;
      return { kind: 'offline', state, ...(lastSeenMs === undefined ? {} : { lastSeenMs }) };
    }
    case 'no-agent':
      return { kind: 'offline' };
  }
}

function recordStory(record: InspectionRecord, host: KnownHost, clients: HostClients) {
  const { role, keyGroup, atMs } = host;
  const digest = record.requestDigest.read ? record.requestDigest.value : undefined;
  const published = record.publishing.read ? record.publishing.value?.success : undefined;
  const activated = isActivated(host);
  return {
    ...(role?.count === undefined
      ? countByClients(clients)
      : countStory({ count: role.count, required: role.requiredCount, atMs, ...(digest && { digest }) })),
    port: role?.listeningPort ?? clients.port ?? KMS_PORT,
    listening: listeningOf(host),
    firewall: firewallOf(host, clients),
    ...(record.os.read ? { os: osName(record.os.value) } : {}),
    ...(keyGroup === undefined ? {} : { keyGroup }),
    ...(activated === undefined ? {} : { activated }),
    ...officeKeysOf(record),
    ...(digest === undefined ? {} : { digest }),
    ...(role === undefined ? {} : { publishing: role.publishing ? ('on' as const) : ('off' as const) }),
    ...(published === undefined ? {} : { publishedAtMs: published.atMs }),
  };
}

function listeningOf(host: KnownHost): NonNullable<HostStory['listening']> {
  const { tcp, bind } = host.role?.listening ?? {};
  if (tcp === 'ok') return bind !== undefined && answersItself(host) === true ? 'answers' : 'listens';
  return answersItself(host) === false ? 'no' : 'unknown';
}

/** Its firewall is closed as far as its rules were read; a client that got through knows better. */
function firewallOf(host: KnownHost, { reached }: HostClients): NonNullable<HostStory['firewall']> {
  const closed = isClosed(host);
  if (closed === undefined || (closed && reached > 0)) return 'unknown';
  return closed ? 'closed' : 'open';
}

function officeKeysOf({ products }: InspectionRecord): Pick<HostStory, 'officeKeys'> {
  if (!products.read) return {};
  const keys = products.value.filter(
    ({ application, channelToken }) => application === 'office' && channelOf(channelToken) === 'kms-host',
  );
  if (keys.length === 0) return {};
  return { officeKeys: { keys: keys.length, activated: keys.filter(({ status }) => status === 'licensed').length } };
}

function sinceBefore(before: HostSample | undefined, record: InspectionRecord, atMs: number) {
  const since = requestsSince(before, sampleOf(record, atMs));
  return since === undefined ? {} : { requestsSince: since };
}
