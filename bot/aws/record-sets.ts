/** Zones, record sets and forwarding rules from Route 53. Reads only. */
import type { UnreadZone } from '../domain/diagnosis/facts.ts';
import type { Site } from '../domain/nodes.ts';
import type { Clock, RecordSets, RecordSurvey, SurveyWanted } from '../ports.ts';
import { readAddresses, readName, readState } from './record-names.ts';
import { HOSTED_ZONES, nothingSurveyed, surveyRecords } from './record-survey.ts';
import { type ResolverCalls, resolverCalls } from './resolver-calls.ts';
import { type Route53Calls, route53Calls, type Zone } from './route53-calls.ts';
import type { ClientsOf } from './sites.ts';
import { type UnfinishedReads, unfinishedReads } from './unfinished-reads.ts';
import { eachOnce, whyUnread } from './unread-zones.ts';
import { nearest } from './zone-choice.ts';
import { type ZoneLists, zoneLists } from './zone-lists.ts';
import { nothingRead, readZonesFor } from './zones-for.ts';

export interface RecordSetsDeps {
  readonly clientsOf: ClientsOf;
  readonly clock: Clock;
  readonly functionName: string;
}

/** A site's Route 53, entered. */
interface Entered {
  readonly site: Site;
  readonly calls: Route53Calls;
  readonly resolver: ResolverCalls;
}

interface Memory {
  readonly lists: ZoneLists;
  readonly unfinished: UnfinishedReads;
  enter(site: Site): Promise<Entered>;
}

const zonesFor =
  ({ lists, unfinished, enter }: Memory): RecordSets['zonesFor'] =>
  async (site, wanted) => {
    const opened = await enter(site)
      .then(async (entered) => ({ ...entered, list: await lists.read(site, entered.calls) }))
      .catch((error: unknown) => nothingRead(wanted, error));
    if (!('calls' in opened)) return opened;
    const read = await unfinished.run(JSON.stringify([site.id, wanted]), (answers) =>
      readZonesFor({ ...opened, answers }, wanted),
    );
    forgetGone(lists, site, opened.list.zones, read.unread);
    return read;
  };

/** A list that names a zone which is gone is read anew the next time. */
const forgetGone = (lists: ZoneLists, site: Site, listed: readonly Zone[], unread: readonly UnreadZone[]): void => {
  if (unread.some(({ name, why }) => why === 'not-in-route53' && listed.some((zone) => zone.name === name))) {
    lists.forget(site);
  }
};

interface Listed {
  readonly zones: readonly Zone[];
  readonly unread: readonly UnreadZone[];
}

/** Zones may be read though they may not be listed: the configuration names them by id. */
const listed = async ({ lists }: Memory, { site, calls }: Entered): Promise<Listed> => {
  try {
    return { zones: (await lists.read(site, calls)).zones, unread: [] };
  } catch (error) {
    return { zones: [], unread: [{ name: HOSTED_ZONES, ...whyUnread(error) }] };
  }
};

const surveyIn = async (memory: Memory, entered: Entered, wanted: SurveyWanted): Promise<RecordSurvey> => {
  const { site } = entered;
  const list = await listed(memory, entered);
  const survey = await memory.unfinished.run(JSON.stringify(['survey', site.id, wanted]), (answers) =>
    surveyRecords({ ...entered, answers, zones: list.zones }, wanted),
  );
  forgetGone(memory.lists, site, list.zones, survey.unread);
  return { ...survey, unread: eachOnce([...list.unread, ...survey.unread]) };
};

const survey =
  (memory: Memory): RecordSets['survey'] =>
  async (site, wanted) => {
    const entered = await memory.enter(site).catch((error: unknown) => nothingSurveyed(wanted, error));
    return 'calls' in entered ? surveyIn(memory, entered, wanted) : entered;
  };

const zonesHolding =
  ({ lists, enter }: Memory): RecordSets['zonesHolding'] =>
  async (site, domain) => {
    const { calls } = await enter(site);
    const { zones } = await lists.read(site, calls);
    return nearest(zones, domain).map(({ id, name }) => ({ zoneId: id, name }));
  };

/** Route 53 over the SDK, each site with its own credentials. */
export const route53RecordSets = ({ clientsOf, clock, functionName }: RecordSetsDeps): RecordSets => {
  const memory: Memory = {
    lists: zoneLists(clock),
    unfinished: unfinishedReads(clock),
    enter: async (site) => {
      const { route53, signed } = await clientsOf(site);
      return {
        site,
        calls: route53Calls(route53, site, functionName),
        resolver: resolverCalls(signed, site, functionName),
      };
    },
  };
  return {
    zonesFor: zonesFor(memory),
    survey: survey(memory),
    zonesHolding: zonesHolding(memory),
    readName: async (site, zoneId, domain) => {
      const { calls } = await memory.enter(site);
      return memory.unfinished.run(JSON.stringify(['name', site.id, zoneId, domain]), (answers) =>
        readName(site, calls, answers, zoneId, domain),
      );
    },
    readState: async (site, zoneId, domain) => readState((await memory.enter(site)).calls, zoneId, domain),
    readAddresses: async (site, zoneId, name) => readAddresses((await memory.enter(site)).calls, zoneId, name),
  };
};
