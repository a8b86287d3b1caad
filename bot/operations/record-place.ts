/** Where the record of a change stands: the configured zone that holds the domain, or why there is none to write in. */
import type { RecordSpec } from '../domain/change/change-spec.ts';
import { notOurs } from '../domain/not-ours.ts';
import { parseTarget } from '../domain/records/dns-name.ts';
import { hostNote } from '../domain/records/host-note.ts';
import type { ConfiguredZone } from '../domain/records/record-set.ts';
import type { SrvAnswer } from '../domain/records/srv-answer.ts';
import { zoneFor } from '../domain/records/zone-of.ts';
import { failureOf, isTransient } from '../errors.ts';
import type { ChangeDeps } from './change-deps.ts';
import type { End } from './change-end.ts';
import { recordInForce } from './plan-in-force.ts';
import { knowledgeOf } from './record-hosts.ts';

/** What is to be done to a record: what a person asked for, or the inverse of an earlier change. */
export type RecordWish =
  | { readonly kind: 'asked'; readonly spec: RecordSpec }
  | { readonly kind: 'undo'; readonly change: string };

/** A zone that may be written in. */
export type Placed =
  | { readonly kind: 'placed'; readonly zone: ConfiguredZone; readonly domain: string }
  | { readonly kind: 'refused'; readonly refusal: NonNullable<End['refusal']> };

const refused = (refusal: NonNullable<End['refusal']>): Placed => ({ kind: 'refused', refusal });

/** Finds the zone of a wish. */
export const placeOf = (deps: ChangeDeps, wish: RecordWish): Promise<Placed> =>
  wish.kind === 'asked' ? placeAsked(deps, wish.spec) : placeThen(deps, wish.change);

const placeAsked = async (deps: ChangeDeps, spec: RecordSpec): Promise<Placed> => {
  const { host } = spec.host;
  const parsed = parseTarget(host);
  if (!parsed.ok) return refused({ kind: 'record', refusal: { kind: 'bad-target', host, why: parsed.why } });
  const stranger = spec.kind === 'dns-remove' ? undefined : notOurs({ host, addresses: [] }, deps.knownHosts);
  if (stranger !== undefined) return refused({ kind: 'not-ours', host, why: stranger });
  const found = zoneFor(deps.zones, spec.zone);
  if (found.kind === 'zone') return writable(found.zone, found.domain);
  if (found.kind === 'none') return noZone(deps, spec, found.domain, parsed.target);
  const { domain, zoneIds } = found;
  return refused({ kind: 'record', refusal: { kind: 'zone-ambiguous', domain, zoneIds } });
};

/** The place of the earlier change, where the configuration still names its zone. */
const placeThen = async (deps: ChangeDeps, change: string): Promise<Placed> => {
  const { zoneId, domain } = await deps.workflow.step('where it was', async () => {
    const { place } = await recordInForce(deps, change);
    return { zoneId: place.zoneId, domain: place.domain };
  });
  const zone = deps.zones.find(({ id }) => id === zoneId);
  if (zone !== undefined) return writable(zone, domain);
  return refused({ kind: 'record', refusal: { kind: 'zone-not-configured', domain, inRoute53: [zoneId] } });
};

const writable = (zone: ConfiguredZone, domain: string): Placed => {
  const { name, id, write } = zone;
  if (write) return { kind: 'placed', zone, domain };
  return refused({ kind: 'record', refusal: { kind: 'zone-read-only', zone: name, zoneId: id } });
};

/** In Route 53 and not configured, or kept by somebody else, who is told what to do there. */
const noZone = async (deps: ChangeDeps, spec: RecordSpec, domain: string, target: string): Promise<Placed> => {
  const inRoute53 = await zonesThatHold(deps, domain);
  // A word without a dot is the id of a zone that nobody configured, or no domain: nobody keeps it elsewhere.
  if (inRoute53.length > 0 || !domain.includes('.')) {
    return refused({ kind: 'record', refusal: { kind: 'zone-not-configured', domain, inRoute53 } });
  }
  const { priority = 0, weight = 0, host } = spec;
  const answer: SrvAnswer = { priority, weight, port: host.port || KMS_PORT, target };
  const publishes = await deps.workflow.step('whether it publishes', async () => {
    const note = hostNote(answer, await knowledgeOf(deps, [target]));
    return note?.publishes ?? false;
  });
  const refusal = { kind: 'zone-elsewhere', domain, answer, ...(publishes ? { publishes } : {}) } as const;
  return refused({ kind: 'record', refusal });
};

/** Where none was given. */
export const KMS_PORT = 1688;

/** Only of the default site, where a company's own zones often are; a look that fails is no obstacle. */
const zonesThatHold = async (deps: ChangeDeps, domain: string): Promise<readonly string[]> => {
  const [site] = deps.sites;
  if (site === undefined || !domain.includes('.')) return [];
  try {
    return await deps.workflow.step('zones that hold it', async () => {
      const zones = await deps.recordSets.zonesHolding(site, domain);
      return zones.map(({ zoneId }) => zoneId);
    });
  } catch (error) {
    if (failureOf(error) === undefined && !isTransient(error)) throw error;
    deps.log('warn', 'zones of the account not looked through', { site: site.id });
    return [];
  }
};
