/** The KMS record of a host in its own domain: where it belongs, and what it says. */
import type { InspectionRecord } from '../inspection-record.ts';
import { comparable } from '../records/dns-name.ts';
import type { ConfiguredZone } from '../records/record-set.ts';
import type { SrvAnswer } from '../records/srv-answer.ts';
import { zoneFor } from '../records/zone-of.ts';
import type { RecordSpec } from './change-spec.ts';

/** A record that a host needs in a zone that the bot may write in. */
export interface OwnRecord {
  readonly zone: ConfiguredZone;
  readonly domain: string;
  readonly answer: SrvAnswer;
}

/** The domain that a host publishes in by itself: its primary suffix, else that of an adapter; undefined for none. */
export const ownDomain = ({ network }: Pick<InspectionRecord, 'network'>): string | undefined => {
  if (!network.read) return undefined;
  const { primarySuffix, adapters } = network.value;
  const suffix = [primarySuffix, ...adapters.map((adapter) => adapter.suffix)].find((each) => each !== '');
  return suffix === undefined ? undefined : comparable(suffix);
};

/**
 * The record to add in Route 53 where the host's own domain lies in a configured zone that the bot may write in;
 * undefined where the host publishes itself. A domain of Active Directory below the zone is answered for by its own DNS
 * servers: nobody there would see the record.
 */
export const ownRecord = (
  record: Pick<InspectionRecord, 'network' | 'computerName' | 'os'>,
  zones: readonly ConfiguredZone[],
  port: number,
): OwnRecord | undefined => {
  const domain = ownDomain(record);
  const target = domain === undefined ? undefined : comparable(`${record.computerName}.${domain}`);
  if (domain === undefined || target === undefined) return undefined;
  const choice = zoneFor(
    zones.filter(({ write }) => write),
    domain,
  );
  if (choice.kind !== 'zone') return undefined;
  const isDirectory = record.os.read && record.os.value.domainJoined && domain !== choice.zone.name;
  return isDirectory ? undefined : { zone: choice.zone, domain, answer: { priority: 0, weight: 0, port, target } };
};

const DEFAULT_PORT = 1688;

/** What adds that record, of a host or of a machine that becomes one; undefined where there is none to add. */
export const addingOwn = (
  record: Pick<InspectionRecord, 'network' | 'computerName' | 'os' | 'hostRole'>,
  zones: readonly ConfiguredZone[],
): RecordSpec | undefined => {
  const role = record.hostRole.read ? record.hostRole.value : undefined;
  const own = ownRecord(record, zones, role?.listeningPort ?? DEFAULT_PORT);
  if (own === undefined) return undefined;
  const { target, port } = own.answer;
  return { kind: 'dns-add', zone: own.domain, host: { host: target, port } };
};
