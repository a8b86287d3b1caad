/** A zone of Route 53 that holds the domain of the machines of a key's world. */
import type { NameState } from '../../bot/domain/records/record-set.ts';
import type { KeyedMachine } from '../fakes/keyed-machine.ts';
import type { FleetMachine } from '../fakes/memory-fleet.ts';
import { nameKey } from '../fakes/memory-zone-states.ts';
import { type KeyWorld, keyWorld } from './key-setup.ts';
import { DOMAIN, ZONE } from './record-setup.ts';

/** A world of these machines, what stands at the zone's name being given; empty for nothing. */
export const zoneWorld = (
  machines: readonly KeyedMachine[],
  state: NameState = {},
  others: readonly FleetMachine[] = [],
): KeyWorld => {
  const w = keyWorld(machines, { zones: [ZONE], others });
  w.recordSets.zones.push({
    siteId: 'tokyo',
    zoneId: ZONE.id,
    name: DOMAIN,
    private: true,
    vpcIds: ['vpc-1'],
    srv: [],
    otherTypes: [],
    addresses: {},
  });
  w.recordSets.names.set(nameKey(ZONE.id, DOMAIN), state);
  return w;
};

/** What stands at the zone's name now. */
export const standsInZone = (w: KeyWorld): NameState => w.recordSets.names.get(nameKey(ZONE.id, DOMAIN)) ?? {};
