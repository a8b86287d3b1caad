/** One name of a zone as it stands now: what a change of its record is planned from and compared with. */

import type { Site } from '../domain/nodes.ts';
import { serviceName } from '../domain/records/dns-name.ts';
import type { NameState } from '../domain/records/record-set.ts';
import type { NameRead } from '../ports.ts';
import type { Route53Calls } from './route53-calls.ts';
import type { UnfinishedRead } from './unfinished-reads.ts';
import { isNoSuchZone } from './unread-zones.ts';
import { addressesHeldAt, SETS_OF_A_NAME, stateAt } from './zone-sets.ts';

const unlessGone = async <T>(read: () => Promise<T>): Promise<T | undefined> => {
  try {
    return await read();
  } catch (error) {
    if (isNoSuchZone(error)) return undefined;
    throw error;
  }
};

/** From the first type of the name on, so that an alias name and routed sets are seen as well. Never kept. */
const stateOf = async (calls: Route53Calls, zoneId: string, domain: string): Promise<NameState> => {
  const name = serviceName(domain);
  const { sets } = await calls.sets(zoneId, name, SETS_OF_A_NAME);
  return stateAt(sets, name);
};

/** What stands at the name; undefined where the zone is gone. */
export const readState = (calls: Route53Calls, zoneId: string, domain: string): Promise<NameState | undefined> =>
  unlessGone(() => stateOf(calls, zoneId, domain));

/** Addresses that the zone holds for a name; undefined where it does not tell, or is gone. */
export const readAddresses = (
  calls: Route53Calls,
  zoneId: string,
  name: string,
): Promise<readonly string[] | undefined> =>
  unlessGone(async () => addressesHeldAt((await calls.sets(zoneId, name, SETS_OF_A_NAME)).sets, name));

/** The zone and what stands at the name in it. */
export const readName = async (
  site: Site,
  calls: Route53Calls,
  answers: UnfinishedRead,
  zoneId: string,
  domain: string,
): Promise<NameRead> => {
  const read = await unlessGone(async (): Promise<NameRead> => {
    const { zone, vpcIds } = await answers.once(`zone ${zoneId}`, () => calls.zone(zoneId));
    const state = await stateOf(calls, zoneId, domain);
    const place = { siteId: site.id, zoneId, zone: zone.name, private: zone.private, vpcIds, domain };
    return { kind: 'read', place, state, ...(zone.keptBy === undefined ? {} : { keptBy: zone.keptBy }) };
  });
  return read ?? { kind: 'no-such-zone' };
};
