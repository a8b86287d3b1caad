/** One page of answers, judged machine by machine. */
import type { NodeResult } from '../domain/check-report.ts';
import { type Reading, readOutput, type Unpack } from '../domain/inspection-line.ts';
import { type Evidence, judge } from '../domain/judge.ts';
import { whyNotAskable } from '../domain/node-selection.ts';
import type { ManagedNode, NodeId } from '../domain/nodes.ts';
import type { Answer, Ledger } from '../ports.ts';

export type LatestEntry = Parameters<Ledger['writeLatest']>[0][number];

export interface JudgedPage {
  /** Machines that are done. */
  readonly results: readonly NodeResult[];
  /** Records worth keeping. */
  readonly records: readonly LatestEntry[];
  /** Machines that may still answer. */
  readonly pending: readonly NodeResult[];
}

export interface PageRequest {
  readonly siteId: string;
  readonly answers: readonly Answer[];
  /** The machines meant. */
  readonly roster: ReadonlyMap<NodeId, ManagedNode>;
  /** Machines of the site that are known, though not meant as far as their known tags say. */
  readonly known: ReadonlyMap<NodeId, ManagedNode>;
  readonly unpack: Unpack;
  readonly nowMs: number;
}

/** A machine that answered though nothing is known of it: tagged since the inventory was taken. */
const stranger = (siteId: string, nodeId: NodeId): ManagedNode => ({
  id: nodeId,
  siteId,
  name: nodeId,
  platform: 'windows',
  presence: { kind: 'online' },
  inFleet: true,
  tags: {},
});

const evidenceOf = (answer: Answer, unpack: Unpack): Evidence => {
  switch (answer.kind) {
    case 'output':
      return { kind: 'output', reading: readOutput(answer.text, unpack) };
    case 'none':
      return { kind: 'no-answer', why: answer.why };
    case 'pending':
      return { kind: 'no-answer', why: { kind: answer.undelivered ? 'delivery-timed-out' : 'still-running' } };
  }
};

const recordIn = (evidence: Evidence): Extract<Reading, { kind: 'record' }> | undefined =>
  evidence.kind === 'output' && evidence.reading.kind === 'record' ? evidence.reading : undefined;

/** The record's own name where nothing else named the machine. */
const named = (node: ManagedNode, evidence: Evidence): ManagedNode => {
  const computerName = recordIn(evidence)?.record.computerName;
  return node.name === node.id && computerName ? { ...node, name: computerName } : node;
};

/**
 * Judges a page. Of a machine that could not be asked only a record is believed: what else Systems Manager says of it,
 * a skipped step on Linux or a delivery that timed out, says less than the reason already known. A machine that was not
 * meant as far as its known tags say, but that the command went to, is accounted for all the same: of hybrid machines
 * only Systems Manager knows the tags.
 */
export const judgePage = (page: PageRequest): JudgedPage => {
  const { siteId, answers, roster, known, unpack, nowMs } = page;
  const results: NodeResult[] = [];
  const records: LatestEntry[] = [];
  const pending: NodeResult[] = [];
  for (const answer of answers) {
    const node = roster.get(answer.nodeId) ?? known.get(answer.nodeId) ?? stranger(siteId, answer.nodeId);
    const evidence = evidenceOf(answer, unpack);
    const record = recordIn(evidence);
    const why = record === undefined ? whyNotAskable(node) : undefined;
    if (why !== undefined) {
      if (!roster.has(node.id)) results.push(judge({ node, evidence: { kind: 'not-asked', why }, nowMs }));
      continue;
    }
    const result = judge({ node: named(node, evidence), evidence, nowMs });
    if (answer.kind === 'pending') pending.push(result);
    else results.push(result);
    if (record !== undefined) records.push({ result, recordJson: record.json, atMs: nowMs });
  }
  return { results, records, pending };
};
