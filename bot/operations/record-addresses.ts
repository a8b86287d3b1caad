/** Whether the host that a record is to name has an address, as the configured zone that would hold it tells. */
import type { RecordSpec } from '../domain/change/change-spec.ts';
import { directoryAround } from '../domain/records/directory-domain.ts';
import { parseTarget } from '../domain/records/dns-name.ts';
import type { ZoneAddresses } from '../domain/records/record-plan.ts';
import type { ConfiguredZone } from '../domain/records/record-set.ts';
import { zoneFor } from '../domain/records/zone-of.ts';
import { failureOf, isTransient, slowDownSeconds } from '../errors.ts';
import type { ChangeDeps } from './change-deps.ts';
import { fleetOf } from './host-facts.ts';
import type { RecordWish } from './record-place.ts';

/** Addresses that a plan keeps: a name may have hundreds. */
const MOST = 8;

/** Tries before the plan does without it, which is one thing more to know and no condition. */
const MOST_TRIES = 3;
const LONGEST_PAUSE_SECONDS = 10;
const PAUSE_SECONDS = 2;

/** Goes through checkpoints. */
interface Look {
  readonly tries: number;
  readonly found: ZoneAddresses | null;
}

/** The same as {@link addressesAsked}, between steps: Route 53 asking for a little time is given it. */
export const addressesInTurn = async (deps: ChangeDeps, wish: RecordWish): Promise<ZoneAddresses | null> => {
  if (!isAddition(wish)) return null;
  const look = await deps.workflow.poll<Look>('addresses of the host', { tries: 0, found: null }, async (before) => {
    const tries = before.tries + 1;
    try {
      return { state: { tries, found: await read(deps, wish.spec) } };
    } catch (error) {
      const pause = pauseAfter(error);
      const state = { tries, found: null };
      if (pause !== undefined && tries < MOST_TRIES) return { state, againInSeconds: pause };
      return giveUp(deps, error, { state });
    }
  });
  return look.found;
};

/** One call where a host is to be added whose zone is configured, else none; null where it is not known. */
export const addressesAsked = async (deps: ChangeDeps, wish: RecordWish): Promise<ZoneAddresses | null> =>
  isAddition(wish) ? read(deps, wish.spec).catch((error: unknown) => giveUp(deps, error, null)) : null;

type Addition = RecordWish & { readonly kind: 'asked' };

const isAddition = (wish: RecordWish): wish is Addition => wish.kind === 'asked' && wish.spec.kind === 'dns-add';

/** Undefined where waiting does not help. */
const pauseAfter = (error: unknown): number | undefined => {
  const asked = slowDownSeconds(error) ?? (isTransient(error) ? PAUSE_SECONDS : undefined);
  return asked === undefined ? undefined : Math.min(asked, LONGEST_PAUSE_SECONDS);
};

const giveUp = <T>(deps: ChangeDeps, error: unknown, without: T): T => {
  const failure = failureOf(error);
  if (failure === undefined && pauseAfter(error) === undefined) throw error;
  deps.log('warn', 'addresses of the host not read', { why: failure?.kind ?? 'passing' });
  return without;
};

const read = async (deps: ChangeDeps, { host }: RecordSpec): Promise<ZoneAddresses | null> => {
  const parsed = parseTarget(host.host);
  const zone = parsed.ok ? await zoneAround(deps, parsed.target) : undefined;
  const site = deps.sites.find(({ id }) => id === zone?.siteId);
  if (!parsed.ok || zone === undefined || site === undefined) return null;
  const addresses = await deps.recordSets.readAddresses(site, zone.id, parsed.target);
  return addresses === undefined ? null : { zone: zone.name, addresses: addresses.slice(0, MOST) };
};

/** None where it is not clear which, and where Active Directory answers for the name, whatever the zone holds. */
const zoneAround = async (deps: ChangeDeps, target: string): Promise<ConfiguredZone | undefined> => {
  const found = zoneFor(deps.zones, target);
  if (found.kind !== 'zone') return undefined;
  const siteIds = deps.sites.map(({ id }) => id);
  const directory = directoryAround({ domain: target, zone: found.zone.name }, await fleetOf(deps, siteIds));
  return directory === undefined ? found.zone : undefined;
};
