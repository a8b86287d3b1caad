/**
 * Has machines fetch a stored key with their own role and look at it, before anything is planned: those that cannot are
 * left alone beforehand, and the plan shows which key it will be by its last five characters.
 */
import { operationOf } from '../domain/change/change-id.ts';
import type { InstallStoredKeyOptions } from '../domain/change/change-wire.ts';
import { clientStateOf } from '../domain/change/client-state.ts';
import type { DocumentAnswer } from '../domain/change/outcome.ts';
import type { NodeAction, PlannedNode } from '../domain/change/plan.ts';
import { type DirectSpec, planNode } from '../domain/change/plan-node.ts';
import type { PlanGiven } from '../domain/change/wanted.ts';
import { keyProbeOf } from '../domain/keys/key-probe.ts';
import type { KeyProbe, StoredKeyLookup } from '../domain/keys/stored-key.ts';
import type { NodeId } from '../domain/nodes.ts';
import { type Batch, deliver } from './change-batch.ts';
import type { ChangeCase, ChangeDeps } from './change-deps.ts';
import { factsOf, type Look, type Seen, seenIn } from './change-look.ts';
import { batches } from './change-waves.ts';
import { type Shown, showProgress } from './message.ts';
import { planInForce } from './plan-in-force.ts';

/** Longer than a change and its replays. */
const KEPT_MS = 7 * 24 * 60 * 60_000;

/** Where it is kept whom to ask. */
const probePlan = ({ id }: ChangeCase): string => `${id}.probe`;

const keyOf = ({ operationId }: Pick<ChangeDeps, 'operationId'>, at: number): string => `${operationId}/probes/${at}`;

/** Asks those machines on which nothing else stands in the way. Gives how many parts {@link readProbes} has to read. */
export const probeKeys = async (
  deps: ChangeDeps,
  of: ChangeCase,
  { look, given }: { readonly look: Look; readonly given: PlanGiven },
  before: Shown,
): Promise<{ readonly parts: number; readonly shown: Shown }> => {
  const view = { shown: before };
  const total = await deps.workflow.step('whom to ask for the key', () => choose(deps, of, look, given));
  const all = async () =>
    total === 0 ? [] : batches((await planInForce(deps, probePlan(of))).nodes, operationOf(of.id, 'probe'));
  const sent = await deliver(deps, {
    name: 'probe',
    sinceMs: of.talk.startedAtMs,
    batches: all,
    keep: (batch, at, answers) => keepProbes(deps, batch, at, answers),
    show: async (done, waitingSeconds) => {
      const slowed = waitingSeconds === undefined ? {} : { waitingSeconds };
      const phase = waitingSeconds === undefined ? 'waiting' : 'slowed-down';
      view.shown = await showProgress(deps, of.talk, view.shown, { phase, total, done, ...slowed });
    },
  });
  return { parts: sent.length, shown: view.shown };
};

/** Kept as a plan of its own, so that a replay asks the same. Gives how many there are. */
const choose = async (deps: ChangeDeps, of: ChangeCase, look: Look, given: PlanGiven): Promise<number> => {
  const seen = await seenIn(deps, look);
  const nodes = seen.flatMap((each) => probeOf(deps, of, each, given) ?? []);
  const { spec } = of;
  await deps.changes.writePlan(probePlan(of), { spec, nodes, left: [], digest: '', madeAtMs: look.finishedAtMs });
  return nodes.length;
};

/** Ends as no key does: what is there already is another one. */
const READABLE: KeyProbe = { kind: 'readable', tail: '-----', via: 'instance' };

/** The machine as it would be planned if it could fetch the key; undefined where it would be left alone all the same. */
const probeOf = (deps: ChangeDeps, { spec, person }: ChangeCase, seen: Seen, given: PlanGiven) => {
  const probes = new Map([[seen.node.id, READABLE]]);
  const facts = factsOf(seen, person, deps.settings.rules);
  const plan = planNode(spec as DirectSpec, facts, { ...given, ...unused(given), probes });
  const lookup = given.storedKeys?.get(seen.node.siteId);
  if (!('action' in plan) || lookup?.kind !== 'found' || seen.record === undefined) return undefined;
  const { from, kind } = lookup.key;
  const tail = clientStateOf(seen.record)?.product?.keyTail ?? '';
  return probing(plan, { from, kind, expect: { key: tail }, probe: 1 });
};

/** A key that is used up may still be the one that is there, and activated: only its end tells. */
const unused = ({ storedKeys = new Map() }: PlanGiven): Pick<PlanGiven, 'storedKeys' | 'keyUse'> => ({
  keyUse: new Map(),
  storedKeys: new Map([...storedKeys].map(([siteId, lookup]) => [siteId, neverUsed(lookup)])),
});

const neverUsed = (lookup: StoredKeyLookup): StoredKeyLookup =>
  lookup.kind === 'found' ? { ...lookup, key: { ...lookup.key, usedBefore: 0 } } : lookup;

const probing = (plan: PlannedNode, options: InstallStoredKeyOptions): PlannedNode => {
  const action: NodeAction = { document: 'KmsBot-InstallStoredKey', options };
  const { nodeId, siteId, name, scope, wasActivated } = plan;
  const identity = { nodeId, siteId, name, scope, wasActivated };
  return { ...identity, action, changes: [], thenActivate: false, inverse: { none: 'leaves-nothing' } };
};

type Probes = readonly (readonly [NodeId, KeyProbe])[];

const keepProbes = async (
  deps: ChangeDeps,
  { nodeIds }: Batch,
  at: number,
  answers: ReadonlyMap<NodeId, DocumentAnswer>,
): Promise<void> => {
  const silent: DocumentAnswer = { kind: 'none', detail: 'no-answer' };
  const probes: Probes = nodeIds.map((id) => [id, keyProbeOf(answers.get(id) ?? silent)]);
  await deps.ledger.remember(keyOf(deps, at), JSON.stringify(probes), deps.clock() + KEPT_MS);
};

/** What every machine that was asked said. Runs inside a step. */
export const readProbes = async (
  deps: Pick<ChangeDeps, 'ledger' | 'operationId'>,
  parts: number,
): Promise<ReadonlyMap<NodeId, KeyProbe>> => {
  const texts = await Promise.all(Array.from({ length: parts }, (_, at) => deps.ledger.recall(keyOf(deps, at))));
  return new Map(texts.flatMap((text) => (text === undefined ? [] : (JSON.parse(text) as Probes))));
};
