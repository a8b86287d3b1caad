/** Records that name a KMS host with a port it does not listen on: nothing moves them when the host moves. */
import { namesOf } from '../client-seen.ts';
import type { InspectionRecord, KmsTarget } from '../inspection-record.ts';
import { plainName } from '../records/dns-name.ts';
import { parseSrv } from '../records/srv-record.ts';
import type { HostSettings } from './host-settings.ts';
import type { PlanWarning, Reach } from './plan.ts';
import type { PlanGiven } from './wanted.ts';

type OldPort = Extract<PlanWarning, { why: 'record-names-old-port' }>;

/**
 * Records of this host that would still name the port it leaves: in the configured zones, and in the domains that it asks
 * in itself. There a host that publishes replaces its own record when its service starts again.
 */
export const oldPortWarnings = (
  to: number,
  { port: from, publishing }: HostSettings,
  record: InspectionRecord,
  { records = [] }: PlanGiven,
): readonly OldPort[] => {
  const inZones = records.flatMap(({ domain, value, ours }): OldPort[] => {
    const answer = parseSrv(value);
    return answer?.port === from ? [{ ...WHY, domain, host: answer.target, from, to, ours }] : [];
  });
  const seen = publishing ? [] : seenByItself(record, from).map((each) => ({ ...WHY, ...each, from, to, ours: false }));
  const isNew = ({ domain }: OldPort) => records.every((known) => known.domain !== domain);
  return [...inZones, ...seen.filter(isNew)];
};

const WHY = { why: 'record-names-old-port' } as const;

/** What the host's own resolver gives where it asks. */
const seenByItself = (record: InspectionRecord, port: number): readonly Pick<OldPort, 'domain' | 'host'>[] => {
  const names = namesOf(record);
  return (record.srvLookups.read ? record.srvLookups.value : []).flatMap(({ domain, outcome }) => {
    const answers = outcome.found ? outcome.answers : [];
    const own = answers.find((answer) => answer.port === port && names.includes(plainName(answer.target)));
    return own === undefined ? [] : [{ domain: plainName(domain), host: plainName(own.target) }];
  });
};

/** The port that a record names with this host though it listens elsewhere; nothing for any other machine. */
export const oldPortOf = (
  record: InspectionRecord,
  { host, port, origins }: Pick<KmsTarget, 'host' | 'port' | 'origins'>,
): Pick<Reach, 'oldPort'> => {
  const role = record.hostRole.read ? record.hostRole.value : undefined;
  if (role === undefined || role.listeningPort === port || !origins.includes('srv')) return {};
  return namesOf(record).includes(plainName(host)) ? { oldPort: port } : {};
};
