/**
 * The facts of a diagnosis as production would gather them, without HTTP: records of the document's model on the machine
 * and its KMS hosts, Route 53 of the machine's site, and what earlier looks at the fleet left behind.
 */
import type { DiagnosisFacts, HostFacts } from '../../../bot/domain/diagnosis/facts.ts';
import { readJson } from '../../../bot/domain/inspection-line.ts';
import type { InspectionRecord } from '../../../bot/domain/inspection-record.ts';
import { type Evidence, judge } from '../../../bot/domain/judge.ts';
import { whyNotAskable } from '../../../bot/domain/node-selection.ts';
import type { ManagedNode } from '../../../bot/domain/nodes.ts';
import { ask, type FactsOptions } from './ask-machine.ts';
import { fleetFacts } from './fleet-facts.ts';
import { managedNodeOf } from './managed-node.ts';
import type { ScenarioWorld } from './scenario-world.ts';
import { zoneFacts } from './zone-facts.ts';

/** What a diagnosis of the machine would be made from now. */
export function factsFrom(world: ScenarioWorld, nodeId: string, options: FactsOptions = {}): DiagnosisFacts {
  world.catchUpAll();
  const lab = world.node(nodeId);
  if (lab === undefined) throw new Error(`There is no machine ${nodeId}`);
  const node = managedNodeOf(lab);
  const evidence = evidenceOf(world, node, options);
  const hosts = hostsOf(world, nodeId, options);
  const record = recordOf(evidence);
  const names = zoneFacts(world.state, lab, record, hosts);
  const before = beforeOf(world, node);
  return {
    node,
    evidence,
    hosts,
    ...names,
    fleet: fleetFacts(world, node, record, hosts),
    ...(before === undefined ? {} : { before }),
    knownHosts: options.knownHosts ?? world.knownHosts,
    nowMs: world.now(),
  };
}

const recordOf = (evidence: Evidence): InspectionRecord | undefined =>
  evidence.kind === 'output' && evidence.reading.kind === 'record' ? evidence.reading.record : undefined;

/** What asking a machine gives: why it cannot be asked, or what it prints. */
function evidenceOf(world: ScenarioWorld, node: ManagedNode, options: FactsOptions): Evidence {
  const why = whyNotAskable(node);
  if (why !== undefined) return { kind: 'not-asked', why };
  return { kind: 'output', reading: ask(world, node.id, options) };
}

/** Every KMS host of the fleet: asked now where its agent answers, else as the ledger remembers it. */
function hostsOf(world: ScenarioWorld, nodeId: string, options: FactsOptions): HostFacts[] {
  const hosts = world.state.nodes.filter((node) => node.id !== nodeId && node.windows?.kmsHostRole !== undefined);
  return hosts
    .map(managedNodeOf)
    .filter((node) => node.inFleet)
    .map((node) => hostFacts(world, node, options));
}

function hostFacts(world: ScenarioWorld, node: ManagedNode, options: FactsOptions): HostFacts {
  const evidence = evidenceOf(world, node, options);
  const record = recordOf(evidence);
  if (record !== undefined) return { node, record, recordAtMs: world.now(), askedNow: true };
  const remembered = world.ledger.get(node.id);
  const reading = remembered === undefined ? undefined : readJson(remembered.json);
  if (remembered === undefined || reading?.kind !== 'record') return { node, askedNow: false };
  return { node, record: reading.record, recordAtMs: remembered.atMs, askedNow: false };
}

function beforeOf(world: ScenarioWorld, node: ManagedNode): DiagnosisFacts['before'] {
  const remembered = world.ledger.get(node.id);
  if (remembered === undefined) return undefined;
  const evidence: Evidence = { kind: 'output', reading: readJson(remembered.json) };
  return { result: judge({ node, evidence, nowMs: remembered.atMs }), atMs: remembered.atMs };
}
