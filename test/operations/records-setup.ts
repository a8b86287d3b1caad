/** A small world for looks at records: two sites with a zone each, a KMS host, and machines that ask there. */
import type { RecordsReport } from '../../bot/domain/records/records-report.ts';
import type { Content, RecordsRequest } from '../../bot/ports.ts';
import { FRANKFURT, line, machine, PLACE, prints, world } from './check-setup.ts';
import { CORP_ZONE, counters, hostLine, kmsHost } from './diagnose-setup.ts';

/** A zone of Frankfurt whose record names a host without an agent. */
export const EU_ZONE = {
  ...CORP_ZONE,
  siteId: FRANKFURT.id,
  zoneId: 'Z0EU',
  name: 'eu.example',
  vpcIds: ['vpc-eu'],
  srv: [{ priority: 0, weight: 0, port: 1688, target: 'kms.eu.example' }],
  addresses: { 'kms.eu.example': ['172.20.60.10'] },
};

export const CONFIGURED = [
  { id: 'Z0CORP', name: 'corp.example', siteId: 'tokyo', write: true },
  { id: 'Z0EU', name: 'eu.example', siteId: 'frankfurt', write: false },
];

export const recordsRequest = (zone?: string): RecordsRequest => ({
  operation: 'dns',
  ...(zone === undefined ? {} : { zone }),
  asked: zone === undefined ? 'dns' : `dns ${zone}`,
  place: PLACE,
});

/** KMS1, whose service answers. */
export const answering = kmsHost({}, prints(hostLine({ host: counters(100, 0), srv: [] })));

/** A machine of Tokyo's network that finds KMS1. */
export const asking = (n: number, changes = {}) =>
  machine(n, { vpcId: 'vpc-1', ...changes }, prints(line({ name: `WEB-${n}` })));

/** The zones of both sites, all of them configured. */
export const recordsWorld = (fleetMachines = [answering, asking(11), asking(12), asking(13)]) => {
  const made = world(fleetMachines);
  made.recordSets.zones.push(CORP_ZONE, EU_ZONE);
  Object.assign(made.deps, { zones: CONFIGURED });
  return made;
};

/** The report a message ends with; fails where it ends otherwise. */
export const recordsIn = (content: Content | undefined): RecordsReport => {
  if (content?.kind !== 'records') throw new Error(`not a look at records: ${JSON.stringify(content)}`);
  return content.report;
};

export const domainsOf = ({ records }: RecordsReport): readonly string[] =>
  records.map(({ place }) => place.domain).sort();
