/** A small world for changes of records: one private zone, machines that ask in it, and people with rights. */
import type { ChangeSpec, RecordSpec } from '../../bot/domain/change/change-spec.ts';
import type { ZoneFacts } from '../../bot/domain/diagnosis/facts.ts';
import { emptySummary, type SuffixUse } from '../../bot/domain/fleet/fleet-summary.ts';
import type { WireSrv } from '../../bot/domain/inspection-wire.ts';
import { readMark } from '../../bot/domain/records/marks.ts';
import type { RecordPlan } from '../../bot/domain/records/record-plan.ts';
import type { ConfiguredZone, NameState } from '../../bot/domain/records/record-set.ts';
import type { ChangeSettings } from '../../bot/ports.ts';
import type { FleetMachine } from '../fakes/memory-fleet.ts';
import type { Kill } from '../fakes/memory-workflow.ts';
import { nameKey } from '../fakes/memory-zone-states.ts';
import { type ChangeWorld, changeRequest, changeWorld, KEN, messageIn, type Presser } from './change-setup.ts';
import { line, machine, OPERATION, prints } from './check-setup.ts';

export const DOMAIN = 'corp.example';
export const ZONE: ConfiguredZone = { id: 'ZCORP', name: DOMAIN, siteId: 'tokyo', write: true };
export const KMS1 = '0 0 1688 kms-01.corp.example.';
export const KMS2 = '0 0 1688 kms-02.corp.example.';
export const approve = { by: KEN, word: 'approve' } as const;

/** A value of somebody else, that was there before the bot. */
export const FOREIGN: NameState = { srv: { ttlSeconds: 120, values: [KMS1] } };

export const add = (host: string, changes: Partial<RecordSpec> = {}): RecordSpec => ({
  kind: 'dns-add',
  zone: DOMAIN,
  host: { host, port: 0 },
  ...changes,
});

const CORP: ZoneFacts = {
  siteId: 'tokyo',
  zoneId: ZONE.id,
  name: DOMAIN,
  private: true,
  vpcIds: ['vpc-1'],
  srv: [],
  otherTypes: [],
  addresses: {},
};

export interface RecordWorldOptions {
  readonly zones?: readonly ConfiguredZone[];
  readonly facts?: Partial<ZoneFacts>;
  /** What stands at the domain's name; nothing where absent. */
  readonly state?: NameState;
  readonly machines?: readonly FleetMachine[];
  readonly settings?: Partial<ChangeSettings>;
}

/** A world with this zone and these machines. */
export const recordWorld = ({ zones = [ZONE], facts, state, machines = [], settings }: RecordWorldOptions = {}) => {
  const clients = machines.map((each) => ({ machine: each, kms: null, activated: true, runs: [] }));
  const w = changeWorld(clients, settings);
  Object.assign(w.deps, { zones });
  w.recordSets.zones.push({ ...CORP, ...facts });
  const key = nameKey(ZONE.id, DOMAIN);
  if (state !== undefined) w.recordSets.names.set(key, state);
  return {
    ...w,
    /** What stands at the domain's name now. */
    stands: (): NameState => w.recordSets.names.get(key) ?? {},
    /** Somebody else puts this there. */
    put: (news: NameState) => w.recordSets.names.set(key, news),
    change: (spec: ChangeSpec, options: Partial<{ pressers: Presser[]; kill: Kill; operationId: string }> = {}) =>
      w.run(changeRequest(spec, { selectors: [] }), { pressers: [approve], ...options }),
    undo: (operationId = 'undo-1', pressers: Presser[] = [approve]) =>
      w.run(changeRequest({ kind: 'undo', change: w.idFor(OPERATION) }, { selectors: [] }), { operationId, pressers }),
  };
};

export type RecordWorld = ReturnType<typeof recordWorld>;

const answerOf = (value: string): [number, number, number, string] => {
  const [priority, weight, port, target = ''] = value.split(' ');
  return [Number(priority), Number(weight), Number(port), target];
};

/** What a resolver gives for these values; that there is none where they are empty. */
export const lookup = (values: readonly string[], domain = DOMAIN): WireSrv =>
  values.length === 0 ? { d: domain, e: 'nxdomain' } : { d: domain, a: values.map(answerOf) };

/** A machine of the zone's network whose resolver gives this at the time it is asked. */
export const asker = (n: number, gives: () => WireSrv): FleetMachine => ({
  node: machine(n, { vpcId: 'vpc-1' }).node,
  get behaviour() {
    return prints(line({ name: `WEB-${n}`, srv: [gives()] }));
  },
});

/** Has the fleet's latest look say that these machines ask in the domain. */
export const seenAsking = (w: ChangeWorld, machines: readonly FleetMachine[], vpcId?: string): Promise<void> => {
  const examples = machines.map(({ node }) => ({ nodeId: node.id, name: node.name }));
  const use: SuffixUse = { domain: DOMAIN, machines: examples.length, found: 0, examples, ...(vpcId ? { vpcId } : {}) };
  return w.ledger.writeFleetSummary('tokyo', { ...emptySummary(w.time.now()), suffixes: [use] });
};

/** Changes that the marks at a name are of. */
export const markedBy = ({ txt }: NameState): readonly string[] =>
  (txt?.values ?? []).flatMap((value) => readMark(value)?.change ?? []);

/** The plan that the newest message shows. */
export const planIn = (w: ChangeWorld): RecordPlan => {
  const { stage } = messageIn(w);
  const plan = 'plan' in stage ? stage.plan?.records : undefined;
  if (plan === undefined) throw new Error(`no plan of a record: ${JSON.stringify(stage)}`);
  return plan;
};
