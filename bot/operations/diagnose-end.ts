/** What a diagnosis is made from, put together from the ledger, and what the person is told. */
import type { NodeResult } from '../domain/check-report.ts';
import { diagnose } from '../domain/diagnosis/diagnose.ts';
import type { Diagnosis } from '../domain/diagnosis/diagnosis.ts';
import type { DiagnosisFacts, HostFacts } from '../domain/diagnosis/facts.ts';
import { fleetFactsFor } from '../domain/fleet/fleet-facts.ts';
import type { InspectionRecord } from '../domain/inspection-record.ts';
import type { Evidence } from '../domain/judge.ts';
import type { ManagedNode, NodeId } from '../domain/nodes.ts';
import type { Content, OperationFailure, ZonesRead } from '../ports.ts';
import { accountFor, nodeOf } from './account.ts';
import { isDenied, missingSend } from './denied-sites.ts';
import { askedHosts, fleetOf, hostFactsOf } from './host-facts.ts';
import type { HostRoster } from './host-rosters.ts';
import { hostNamesIn, kmsHostsAmong } from './kms-hosts.ts';
import type { OperationDeps, Talk } from './operation-deps.ts';
import type { FailedSite } from './resolve-nodes.ts';

/** How the asking went; small, and made of what checkpoints hold. */
export interface LookFacts {
  readonly siteId: string;
  readonly nodeId: NodeId;
  readonly rosters: readonly HostRoster[];
  /** Sites that could not be asked, or whose answers could not be read. */
  readonly failed: readonly FailedSite[];
  readonly unread: readonly string[];
  readonly details: Readonly<Record<string, string>>;
  readonly zones: ZonesRead;
  readonly before?: { readonly result: NodeResult; readonly atMs: number };
  readonly finishedAtMs: number;
}

/** The message that a diagnosis ends with; the same facts give the same end. */
export const endOfDiagnosis = async (deps: OperationDeps, talk: Talk, facts: LookFacts): Promise<Content> => {
  const { asked } = talk;
  const made = await diagnosisOf(deps, talk, facts);
  return 'kind' in made ? { kind: 'failure', asked, failure: made } : { kind: 'diagnosis', asked, diagnosis: made };
};

/** The diagnosis, or why there can be none. */
export const diagnosisOf = async (
  deps: OperationDeps,
  talk: Talk,
  facts: LookFacts,
): Promise<Diagnosis | OperationFailure> => {
  const { rosters, details, unread, finishedAtMs: nowMs } = facts;
  const account = await accountFor(deps, { rosters, details, unread, nowMs });
  const result = account.results.find(({ siteId, nodeId }) => siteId === facts.siteId && nodeId === facts.nodeId);
  if (result === undefined) return { kind: 'internal', reference: deps.operationId };
  const failure = failureAt(deps, facts, result);
  if (failure !== undefined) return failure;
  const stored = await deps.ledger.readLatest(facts.siteId, facts.nodeId);
  const fresh = stored !== undefined && stored.atMs >= talk.startedAtMs ? stored.record : undefined;
  return diagnose(await factsFor(deps, talk, facts, { node: nodeOf(account, result), result, fresh }));
};

/** Without an answer of the machine's own because its site refused, there is nothing to diagnose. */
const failureAt = (deps: OperationDeps, { failed, siteId }: LookFacts, result: NodeResult) => {
  if (isDenied(result)) return missingSend(deps, siteId);
  if (result.verdict.state !== 'no-answer') return undefined;
  return failed.find((site) => site.siteId === siteId)?.failure;
};

interface Machine {
  readonly node: ManagedNode;
  readonly result: NodeResult;
  /** Its record of this operation. */
  readonly fresh: InspectionRecord | undefined;
}

const factsFor = async (
  deps: OperationDeps,
  talk: Talk,
  facts: LookFacts,
  { node, result, fresh }: Machine,
): Promise<DiagnosisFacts> => {
  const siteIds = deps.sites.map((site) => site.id);
  const fleet = await fleetOf(deps, siteIds);
  return {
    node,
    evidence: evidenceOf(result, fresh),
    hosts: await hostFacts(deps, talk, facts, fresh),
    zones: facts.zones.zones,
    unreadZones: facts.zones.unread,
    resolverRules: facts.zones.resolverRules,
    ...(fleet === undefined ? {} : { fleet: fleetFactsFor(fleet, node, fresh) }),
    ...(facts.before === undefined ? {} : { before: facts.before }),
    knownHosts: deps.knownHosts,
    nowMs: facts.finishedAtMs,
  };
};

/** What asking gave, as the verdict and the ledger tell it again. */
const evidenceOf = ({ verdict }: NodeResult, fresh: InspectionRecord | undefined): Evidence => {
  switch (verdict.state) {
    case 'not-asked':
    case 'no-answer':
      return { kind: verdict.state, why: verdict.why } as Evidence;
    case 'unreadable':
      return { kind: 'output', reading: { kind: 'unreadable', why: verdict.why } };
    default:
      // The record's own text stays in the ledger; rules read the record.
      return fresh === undefined
        ? { kind: 'no-answer', why: { kind: 'not-read' } }
        : { kind: 'output', reading: { kind: 'record', record: fresh, json: '' } };
  }
};

/** The hosts that were asked, and those that only the new record speaks of, as the ledger knows them. */
const hostFacts = async (
  deps: OperationDeps,
  talk: Talk,
  { rosters, nodeId }: LookFacts,
  fresh: InspectionRecord | undefined,
): Promise<readonly HostFacts[]> => {
  const asked = await askedHosts(deps, talk, rosters);
  const known = new Set(rosters.flatMap(({ siteId, hostIds }) => hostIds.map((id) => `${siteId}/${id}`)));
  const named = fresh === undefined ? [] : await hostsNamedIn(deps, fresh);
  const others = named.filter(({ siteId, id }) => !known.has(`${siteId}/${id}`));
  const all = [...asked, ...(await Promise.all(others.map((node) => hostFactsOf(deps, talk, node))))];
  return all.filter(({ node }) => node.id !== nodeId);
};

/** Machines of any site that the record's host names mean. */
const hostsNamedIn = async ({ sites, ledger }: OperationDeps, record: InspectionRecord) => {
  const names = hostNamesIn(record);
  const bySite = await Promise.all(
    sites.map(async ({ id }) => {
      const [inventory, summary] = await Promise.all([ledger.readInventory(id), ledger.readFleetSummary(id)]);
      return kmsHostsAmong(inventory?.nodes ?? [], summary, names).filter(({ knownBy }) => knownBy === 'clients');
    }),
  );
  return bySite.flat().map(({ node }) => node);
};
