/** What of a machine's record matters to other machines. */
import type { ClientSeen, NotOurs } from './check-report.ts';
import { asksOf } from './domains-asked.ts';
import type { Hresult } from './hresult.ts';
import type { InspectionRecord, KmsTarget, LicenceProduct, RequestEvent } from './inspection-record.ts';
import { currentResponse, hostOf, isFailure } from './judge-facts.ts';
import { targetState } from './kms-path.ts';
import { channelOf } from './licence.ts';
import { notOurs } from './not-ours.ts';

/** The port a KMS host listens on unless told otherwise. */
const KMS_PORT = 1688;

/** No DNS name is longer; what was assigned by hand may be anything. */
const LONGEST_NAME = 255;

/** Names and addresses that are kept of a KMS host. */
const MOST_NAMES = 8;

/**
 * Reads it from a record and its Windows product; what was not read is absent. `named` is the host that the machine's
 * cause names: of several that it is sent to, that one matters.
 */
export function clientSeen(
  record: InspectionRecord,
  product: LicenceProduct | undefined,
  named: string | undefined,
): ClientSeen {
  const pointed = pointedAt(record, product, named);
  const recordIn = record.srvLookups.read
    ? record.srvLookups.value.find(({ outcome }) => outcome.found)?.domain
    : undefined;
  return {
    ...machineSeen(record),
    ...(pointed === undefined ? {} : hostSeen(record, pointed)),
    ...(recordIn === undefined ? {} : { recordIn }),
    ...asksOf(record, product),
    ...(isHost(record) ? { isHost: true, knownAs: namesOf(record) } : {}),
  };
}

function machineSeen(record: InspectionRecord): ClientSeen {
  const { service, aws, os, registry } = record;
  const identity = aws.read ? aws.value : undefined;
  return {
    ...(service.read ? { cmid: service.value.cmid } : {}),
    ...(identity === undefined ? {} : { imageId: identity.imageId, vpcId: identity.vpcId }),
    ...(registry.read && registry.value.skipRearm ? { skipRearm: true } : {}),
    ...(os.read ? { build: os.value.build, needs: os.value.kind === 'workstation' ? 25 : 5 } : {}),
  };
}

/** A host as written, and where it is listened for. */
interface Pointed {
  readonly name: string;
  readonly port: number;
}

function pointedAt(
  record: InspectionRecord,
  product: LicenceProduct | undefined,
  named: string | undefined,
): Pointed | undefined {
  const assigned = product?.assigned ?? (record.service.read ? record.service.value.assigned : undefined);
  if (assigned !== undefined) return pointed(assigned.host, assigned.port);
  const targets = record.targets.read ? record.targets.value : [];
  const ofCause = targets.find(({ host }) => bare(host) === named);
  if (ofCause !== undefined) return pointed(ofCause.host, ofCause.port);
  const newest = newestRequest(record);
  if (newest !== undefined && hostOf(newest.host) !== '') return pointed(hostOf(newest.host), portOf(newest.host));
  const found = product?.discovered ?? targets[0];
  return found === undefined ? undefined : pointed(found.host, found.port);
}

const newestRequest = ({ events }: InspectionRecord): RequestEvent | undefined =>
  events.read ? events.value.requests[0] : undefined;

const pointed = (name: string, port: number): Pointed => ({
  name: bare(name).slice(0, LONGEST_NAME),
  port: port || KMS_PORT,
});

const bare = (host: string): string =>
  host
    .toLowerCase()
    .replace(/^\[(.*)\]$/, '$1')
    .replace(/\.$/, '');

const portOf = (hostAndPort: string): number => Number(/:(\d{1,5})$/.exec(hostAndPort)?.[1] ?? KMS_PORT);

function hostSeen(record: InspectionRecord, host: Pointed): ClientSeen {
  const target = targetOf(record, host);
  const reached = (target === undefined ? undefined : answered(target)) ?? reachedLastTime(record, host);
  const why = whyNotOurs(host, target);
  return {
    host: `${host.name}:${host.port}`,
    ...(reached === undefined ? {} : { reached }),
    ...answerOf(record, host),
    ...(why === undefined ? {} : { notOurs: why }),
  };
}

/** By name, or else by the address that the event log wrote instead of it. */
function targetOf({ targets }: InspectionRecord, { name, port }: Pointed): KmsTarget | undefined {
  if (!targets.read) return undefined;
  const there = targets.value.filter((target) => (target.port || KMS_PORT) === port);
  return (
    there.find((target) => bare(target.host) === name) ?? there.find((target) => addressesOf(target).includes(name))
  );
}

const addressesOf = ({ resolution }: KmsTarget): readonly string[] =>
  resolution.ok === true ? resolution.addresses : [];

/** Undefined where probing proved neither. */
function answered(target: KmsTarget): boolean | undefined {
  const state = targetState(target);
  return state === 'unknown' ? undefined : state === 'good';
}

/** Failures to find a host, to connect, or to be answered; any other code is a host's own answer. */
const NOT_REACHED = /^0x(800723|800725|800726|800727|800923|800706|C002|800705B4)/;

function reachedLastTime(record: InspectionRecord, { name }: Pointed): boolean | undefined {
  const newest = newestRequest(record);
  if (newest === undefined || bare(hostOf(newest.host)) !== name) return undefined;
  return isReached(newest.code);
}

/** An answer to an earlier attempt, or to one at another host, says nothing about this host now. */
function answerOf(record: InspectionRecord, { name }: Pointed): Pick<ClientSeen, 'counted' | 'refused'> {
  const newest = newestRequest(record);
  if (newest === undefined || bare(hostOf(newest.host)) !== name) return {};
  const response = currentResponse(record.events.read ? record.events.value : undefined);
  const code = [response?.code, newest.code].find((each) => each !== undefined && isFailure(each));
  return {
    ...(response === undefined ? {} : { counted: { count: response.count, atMs: response.atMs } }),
    ...(code === undefined || !isReached(code) ? {} : { refused: code }),
  };
}

const isReached = (code: Hresult): boolean => !NOT_REACHED.test(code) && code !== '0xC004F074';

/**
 * The inspection says of what it did not touch that it is not ours, and knows the configuration. What it had no room
 * for is told by its address alone, as far as no configuration can make it ours.
 */
function whyNotOurs({ name }: Pointed, target: KmsTarget | undefined): NotOurs | undefined {
  if (target === undefined) {
    const why = notOurs({ host: name, addresses: [] }, []);
    return why === 'public-address' ? undefined : why;
  }
  if (!target.skipped) return undefined;
  return notOurs({ host: target.host, addresses: addressesOf(target) }, []) ?? 'public-address';
}

const isHost = ({ service, products }: InspectionRecord): boolean =>
  (service.read && service.value.isKmsHost) ||
  (products.read && products.value.some(({ application, channelToken }) => isHostKey(application, channelToken)));

const isHostKey = (application: string, token: string): boolean =>
  application === 'windows' && channelOf(token) === 'kms-host';

/** Its own names, in every domain it is known in, and its addresses. */
export function namesOf({ computerName, network }: InspectionRecord): readonly string[] {
  const name = computerName.toLowerCase();
  if (!network.read) return [name];
  const { primarySuffix, adapters } = network.value;
  const suffixes = [primarySuffix, ...adapters.map(({ suffix }) => suffix)].filter((suffix) => suffix !== '');
  const addresses = adapters
    .flatMap((adapter) => adapter.addresses)
    .filter((address) => !/^(fe80:|169\.254\.)/i.test(address));
  const all = [
    name,
    ...suffixes.map((suffix) => `${name}.${suffix}`),
    ...addresses.map((address) => address.toLowerCase()),
  ];
  return [...new Set(all)].slice(0, MOST_NAMES);
}
