/** Chooses the machines whose own resolvers are asked about a record: those that ask in its domain, as far as is known. */
import type { ManagedNode, NodeId, NodeSelection } from '../domain/nodes.ts';
import type { RecordPlace } from '../domain/records/record-set.ts';
import type { ChangeDeps } from './change-deps.ts';
import { inTurn } from './in-turn.ts';
import type { Shown } from './message.ts';
import type { Talk } from './operation-deps.ts';
import { recordInForce } from './plan-in-force.ts';
import { resolveNodes } from './resolve-nodes.ts';
import { askableOf, readRoster, type SiteRoster, writeRoster } from './roster.ts';

/** Who is asked, in lists of the operation; or why nobody is. */
export type Askers =
  | { readonly kind: 'some'; readonly rosters: readonly SiteRoster[]; readonly shown: Shown }
  | { readonly kind: 'none'; readonly why: 'public-zone' | 'no-machine' | 'no-answer'; readonly shown: Shown };

/** Machines asked; as many again may be out of reach. */
const MOST_ASKED = 5;
const MOST_CANDIDATES = 2 * MOST_ASKED;

/** `own` is the operation under whose name the machines are looked at. */
export const chooseAskers = async (
  own: ChangeDeps,
  { talk, changeId }: { readonly talk: Talk; readonly changeId: string },
  before: Shown,
): Promise<Askers> => {
  const { ids, isPublic } = await own.workflow.step('who asks in the domain', async () => {
    const { place } = await recordInForce(own, changeId);
    return { ids: await idsOfAskers(own, place), isPublic: !place.private };
  });
  if (ids.length === 0 && isPublic) return { kind: 'none', why: 'public-zone', shown: before };
  const { rosters, failed, shown } = await resolveNodes(own, talk, selectionOf(ids), before);
  const chosen = await own.workflow.step('whose resolvers to ask', async () => {
    const { place } = await recordInForce(own, changeId);
    const nodes = (await Promise.all(rosters.map((roster) => readRoster(own, roster)))).flat();
    return writeChosen(
      own,
      inTurn(
        nodes.filter((node) => isFit(node, place, ids)),
        vpcOf,
        MOST_ASKED,
      ),
    );
  });
  if (chosen.length > 0) return { kind: 'some', rosters: chosen, shown };
  return { kind: 'none', why: failed.length > 0 ? 'no-answer' : 'no-machine', shown };
};

/**
 * Those that the latest looks at the fleets saw ask in the domain: from the zone's networks where it is private, and
 * from others only where none of these asks.
 */
const idsOfAskers = async (
  { sites, ledger }: Pick<ChangeDeps, 'sites' | 'ledger'>,
  place: RecordPlace,
): Promise<readonly NodeId[]> => {
  const summaries = await Promise.all(sites.map(({ id }) => ledger.readFleetSummary(id)));
  const uses = summaries.flatMap((summary) => summary?.suffixes ?? []).filter((use) => use.domain === place.domain);
  const seeing = uses.filter(({ vpcId }) => !place.private || isInVpcs(place, vpcId));
  const asking = seeing.length > 0 ? seeing : uses;
  const examples = asking.flatMap((use) => use.examples.map(({ nodeId }) => ({ nodeId, vpcId: use.vpcId ?? '' })));
  return inTurn(examples, ({ vpcId }) => vpcId, MOST_CANDIDATES).map(({ nodeId }) => nodeId);
};

const isInVpcs = ({ vpcIds }: RecordPlace, vpcId: string | undefined): boolean =>
  vpcId !== undefined && vpcIds.includes(vpcId);

/** The whole fleet where nobody is known to ask there: of it those in the zone's networks. */
const selectionOf = (ids: readonly NodeId[]): NodeSelection => ({
  selectors: ids.length === 0 ? [{ kind: 'all' }] : ids.map((id) => ({ kind: 'id', id })),
});

const isFit = (node: ManagedNode, place: RecordPlace, ids: readonly NodeId[]): boolean =>
  node.platform === 'windows' &&
  askableOf([node]).length > 0 &&
  (ids.length === 0 ? isInVpcs(place, node.vpcId) : ids.includes(node.id));

const vpcOf = ({ vpcId = '' }: ManagedNode): string => vpcId;

const writeChosen = async (own: ChangeDeps, nodes: readonly ManagedNode[]): Promise<readonly SiteRoster[]> => {
  const siteIds = [...new Set(nodes.map(({ siteId }) => siteId))];
  return Promise.all(
    siteIds.map((siteId) =>
      writeRoster(
        own,
        siteId,
        `resolvers/${siteId}`,
        nodes.filter((node) => node.siteId === siteId),
      ),
    ),
  );
};
