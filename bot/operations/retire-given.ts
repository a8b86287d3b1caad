/**
 * What a host's retirement is planned from: every KMS host as it stands now, the values of this one in configured zones,
 * and the machines that name it by hand.
 */
import { clientStateOf } from '../domain/change/client-state.ts';
import type { PlanGiven } from '../domain/change/wanted.ts';
import type { ManagedNode, NodeSelection } from '../domain/nodes.ts';
import { plainName } from '../domain/records/dns-name.ts';
import { askHosts } from './ask-hosts.ts';
import type { ChangeCase, ChangeDeps } from './change-deps.ts';
import type { Look } from './change-look.ts';
import { type HostValuesFacts, namesOfHost, surveyHostValues, valuesGiven } from './host-values.ts';
import { type HostsFacts, reportOfHosts } from './hosts-end.ts';
import type { Shown } from './message.ts';
import type { Talk } from './operation-deps.ts';
import { resolveNodes } from './resolve-nodes.ts';

/** How the gathering went; goes through checkpoints. */
export interface RetiringFacts extends HostValuesFacts {
  readonly hosts: HostsFacts;
}

/** The hosts and zones are looked at under a name of their own. */
const ownDeps = (deps: ChangeDeps): ChangeDeps => ({ ...deps, operationId: `${deps.operationId}.hosts` });

const ALL: NodeSelection = { selectors: [{ kind: 'all' }] };

/** Asks every host, reads the zones, and looks through what is known of the fleet. */
export const gatherForRetiring = async (
  deps: ChangeDeps,
  { talk }: Pick<ChangeCase, 'talk'>,
  look: Look,
  before: Shown,
): Promise<{ readonly retiring: RetiringFacts; readonly shown: Shown }> => {
  const own = ownDeps(deps);
  const calledAs = await namesOfHost(deps, talk, look);
  const resolved = await resolveNodes(own, talk, ALL, before);
  const asked = await askHosts(own, talk, resolved, () => ({ names: [], only: 'any' }), resolved.shown);
  const { surveyed, shown } = await surveyHostValues(own, talk, calledAs, asked.shown);
  await deps.workflow.step('machines that name it by hand', () => keepPinned(deps, calledAs));
  return { retiring: { calledAs, hosts: asked.facts, surveyed }, shown };
};

/** Machines that are named; a list that is longer says enough. */
const MOST_PINNED = 2000;
/** Longer than a change and its replays. */
const KEPT_MS = 30 * 24 * 60 * 60_000;
/** Records read from the ledger at a time. */
const TOGETHER = 25;

const pinnedKey = ({ operationId }: Pick<ChangeDeps, 'operationId'>): string => `${operationId}/pinned`;

const keepPinned = async (deps: ChangeDeps, calledAs: readonly string[]): Promise<null> => {
  const names: string[] = [];
  for (const { id } of deps.sites) {
    const nodes = (await deps.ledger.readInventory(id))?.nodes ?? [];
    for (let at = 0; at < nodes.length; at += TOGETHER) {
      const some = nodes.slice(at, at + TOGETHER);
      const pinned = await Promise.all(some.map((node) => isPinned(deps, node, calledAs)));
      names.push(...some.filter((_, index) => pinned[index]).map(({ name }) => name));
    }
  }
  const text = JSON.stringify(names.sort().slice(0, MOST_PINNED));
  await deps.ledger.remember(pinnedKey(deps), text, deps.clock() + KEPT_MS);
  return null;
};

/** By its newest record. */
const isPinned = async (
  { ledger }: Pick<ChangeDeps, 'ledger'>,
  { siteId, id }: ManagedNode,
  calledAs: readonly string[],
): Promise<boolean> => {
  const { record } = (await ledger.readLatest(siteId, id)) ?? {};
  const state = record === undefined ? undefined : clientStateOf(record);
  const hosts = [state?.assigned, state?.product?.assigned].flatMap((assigned) => assigned?.host ?? []);
  return hosts.some((host) => calledAs.includes(plainName(host)));
};

/** All of it, for a plan. Runs inside a step. */
export const retiringGiven = async (
  deps: ChangeDeps,
  talk: Talk,
  retiring: RetiringFacts,
): Promise<Required<Pick<PlanGiven, 'hosts' | 'records' | 'pinned'>>> => {
  const own = ownDeps(deps);
  const [report, records, pinned] = await Promise.all([
    reportOfHosts(own, talk, retiring.hosts),
    valuesGiven(own, retiring),
    deps.ledger.recall(pinnedKey(deps)),
  ]);
  return {
    hosts: report.hosts,
    records,
    pinned: pinned === undefined ? [] : (JSON.parse(pinned) as readonly string[]),
  };
};

/** Whether a value of somebody else's names the host still: read anew, as its DNS owner may have acted meanwhile. */
export const isNamedByOthers = async (
  deps: ChangeDeps,
  talk: Talk,
  { calledAs }: Pick<RetiringFacts, 'calledAs'>,
  { name, before }: { readonly name: string; readonly before: Shown },
): Promise<{ readonly isNamed: boolean; readonly shown: Shown }> => {
  const own = { ...deps, operationId: `${deps.operationId}.${name}` };
  const now = await surveyHostValues(own, talk, calledAs, before);
  const isNamed = await deps.workflow.step(`whose records ${name} showed`, async () =>
    (await valuesGiven(own, { calledAs, surveyed: now.surveyed })).some(({ ours }) => !ours),
  );
  return { isNamed, shown: now.shown };
};
