/**
 * What a plan is made from beside the machines themselves, gathered once: when the machines are looked at again, the
 * plan is made anew from the same.
 */
import type { ChangeSpec } from '../domain/change/change-spec.ts';
import { addingOwn } from '../domain/change/own-record.ts';
import type { PlanGiven } from '../domain/change/wanted.ts';
import type { KeyUse } from '../domain/keys/stored-key.ts';
import type { ZoneAddresses } from '../domain/records/record-plan.ts';
import type { ChangeCase, ChangeDeps } from './change-deps.ts';
import { type Look, seenIn } from './change-look.ts';
import { type HostValuesFacts, namesOfHost, surveyHostValues, valuesGiven } from './host-values.ts';
import { probeKeys, readProbes } from './key-probes.ts';
import type { Shown } from './message.ts';
import { addressesInTurn } from './record-addresses.ts';
import { gatherForRetiring, type RetiringFacts, retiringGiven } from './retire-given.ts';
import { type KeysBySite, keyNamedIn } from './stored-key-sites.ts';

/** What was gathered; goes through checkpoints. What is large lies in the ledger. */
export interface Gathered {
  readonly keys: KeysBySite;
  /** Parts of the ledger that hold what machines said of the key. */
  readonly probeParts: number;
  /** What the zone around the name of a new host holds of it; absent where that is not known. */
  readonly named?: ZoneAddresses;
  /** Only of a host that is retired. */
  readonly retiring?: RetiringFacts;
  /** Only of a host that is to listen elsewhere. */
  readonly values?: HostValuesFacts;
  readonly nowMs: number;
}

/** Gathers after the first look: machines are asked for the key only where nothing else stands in the way. */
export const gatherGiven = async (
  deps: ChangeDeps,
  of: ChangeCase,
  { look, keys }: { readonly look: Look; readonly keys: KeysBySite },
  before: Shown,
): Promise<{ readonly gathered: Gathered; readonly shown: Shown }> => {
  const base: Gathered = { keys, probeParts: 0, nowMs: look.finishedAtMs };
  if (of.spec.kind === 'host-retire') {
    const { retiring, shown } = await gatherForRetiring(deps, of, look, before);
    return { gathered: { ...base, retiring }, shown };
  }
  if (of.spec.kind === 'host-port') {
    const calledAs = await namesOfHost(deps, of.talk, look);
    const { surveyed, shown } = await surveyHostValues(deps, of.talk, calledAs, before);
    return { gathered: { ...base, values: { calledAs, surveyed } }, shown };
  }
  if (keyNamedIn(of.spec) === undefined) return { gathered: base, shown: before };
  const given = givenByKeys(deps, of.spec, base, new Map());
  const { parts, shown } = await probeKeys(deps, of, { look, given }, before);
  const named = of.spec.kind === 'host-setup' ? await addressesOfNew(deps, look) : null;
  return { gathered: { ...base, probeParts: parts, ...(named === null ? {} : { named }) }, shown };
};

/** Only where a record of it would be written. */
const addressesOfNew = async (deps: ChangeDeps, look: Look): Promise<ZoneAddresses | null> => {
  const spec = await deps.workflow.step('record of the new host', async () => {
    const [record] = (await seenIn(deps, look)).flatMap((each) => each.record ?? []);
    return (record === undefined ? undefined : addingOwn(record, deps.zones)) ?? null;
  });
  return spec === null ? null : addressesInTurn(deps, { kind: 'asked', spec });
};

const givenByKeys = (
  { zones }: Pick<ChangeDeps, 'zones'>,
  spec: ChangeSpec,
  { keys, nowMs }: Gathered,
  keyUse: ReadonlyMap<string, KeyUse>,
): PlanGiven => {
  if (keyNamedIn(spec) === undefined) return { zones, nowMs };
  return { zones, nowMs, storedKeys: new Map(keys.map(({ siteId, lookup }) => [siteId, lookup])), keyUse };
};

/** The whole of it, read from where it lies. Runs inside a step. */
export const givenFor = async (
  deps: ChangeDeps,
  { spec, talk }: Pick<ChangeCase, 'spec' | 'talk'>,
  gathered: Gathered,
): Promise<PlanGiven> => {
  const { keys, probeParts, retiring, named, values } = gathered;
  const name = keyNamedIn(spec);
  const uses = name === undefined ? [] : await Promise.all(keys.map(({ siteId }) => usesAt(deps, siteId, name)));
  const given = givenByKeys(deps, spec, gathered, new Map(uses));
  const told = named === undefined ? {} : { named };
  if (name !== undefined) return { ...given, ...told, probes: await readProbes(deps, probeParts) };
  if (values !== undefined) return { ...given, records: await valuesGiven(deps, values) };
  return retiring === undefined ? given : { ...given, ...(await retiringGiven(deps, talk, retiring)) };
};

const usesAt = async ({ keyUses }: ChangeDeps, siteId: string, name: string) =>
  [siteId, await keyUses.readKeyUse(siteId, name)] as const;
