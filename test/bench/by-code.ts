/**
 * What the result code alone suggests: the comparison for the diagnosis. Each code stands for the cause that guides
 * name first, about the first host, domain or server that the machine itself shows.
 */
import type { DiagnosedCause } from '../../bot/domain/diagnosis/cause.ts';
import type { DiagnosisFacts } from '../../bot/domain/diagnosis/facts.ts';
import type { InspectionRecord } from '../../bot/domain/inspection-record.ts';

type Guess = (record: InspectionRecord, needed: number) => DiagnosedCause;

const PORT = 1688;

/** The host of the newest request, else the first that was found. */
const firstHost = ({ targets, events }: InspectionRecord): { readonly name: string; readonly address: string } => {
  const asked = events.read ? events.value.requests[0]?.host.replace(/:\d+$/, '') : undefined;
  const known = targets.read ? targets.value : [];
  const target = known.find(({ host }) => host === asked) ?? known[0];
  const address = target?.resolution.ok === true ? target.resolution.addresses[0] : undefined;
  return { name: asked ?? target?.host ?? '', address: address ?? '' };
};

const hostOf = (record: InspectionRecord) => ({ name: firstHost(record).name, port: PORT });

const firstDomain = ({ srvLookups }: InspectionRecord): string =>
  srvLookups.read ? (srvLookups.value[0]?.domain ?? '') : '';

const dnsServers = ({ dnsServers: probe }: InspectionRecord): readonly string[] =>
  probe.read ? probe.value.map(({ address }) => address) : [];

const GUESSES: Readonly<Record<string, Guess>> = {
  C004F074: (record) => ({ kind: 'path-blocked', host: hostOf(record), address: firstHost(record).address }),
  '8007232B': (record) => ({ kind: 'record-missing', domain: firstDomain(record) }),
  '8007251D': (record) => ({ kind: 'record-of-wrong-type', domain: firstDomain(record) }),
  '8007232A': (record) => ({ kind: 'dns-server-silent', servers: dnsServers(record) }),
  '8007267C': () => ({ kind: 'no-dns-server' }),
  '8007007B': (record) => ({ kind: 'assigned-malformed', host: firstHost(record).name }),
  '80070422': () => ({ kind: 'service-disabled' }),
  C004F038: (record, needed) => ({ kind: 'count-too-low', host: hostOf(record), count: 0, needed }),
  C004F042: (record) => ({ kind: 'host-key-too-old', host: hostOf(record) }),
  C004F041: (record) => ({ kind: 'host-not-activated', host: hostOf(record) }),
  C004F06C: () => ({ kind: 'clock-off', where: 'client' }),
  C004F069: () => ({ kind: 'wrong-key', editionOfKey: '' }),
  C004F014: () => ({ kind: 'no-key' }),
  C004F081: () => ({ kind: 'kms-switched-off', allowed: 'active-directory' }),
};

/** The cause that the code of the machine's own attempt suggests; undefined where it suggests none. */
export const causeByCode = ({ evidence }: DiagnosisFacts, hresult: string): DiagnosedCause | undefined => {
  if (evidence.kind !== 'output' || evidence.reading.kind !== 'record') return undefined;
  const { record } = evidence.reading;
  const needed = record.os.read && record.os.value.kind === 'workstation' ? 25 : 5;
  return GUESSES[hresult]?.(record, needed);
};
