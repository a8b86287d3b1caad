/** A machine that a change is planned for. */
import type { NodeFacts, PlanGiven } from '../../../bot/domain/change/plan-node.ts';
import type { WireRecord } from '../../../bot/domain/inspection-wire.ts';
import { judge } from '../../../bot/domain/judge.ts';
import type { ManagedNode } from '../../../bot/domain/nodes.ts';
import { managedNode, NOW_MS, recordOf, wireRecord } from '../sample-record.ts';

const { svc } = wireRecord();
if (svc === null) throw new Error('the sample tells its service');

/** The licensing service of the sample, with what is given. */
export const service = (changes: Partial<NonNullable<WireRecord['svc']>> = {}) => ({ svc: { ...svc, ...changes } });

/** Nothing is known beside the machine. */
export const GIVEN: PlanGiven = { nowMs: NOW_MS };

/** What is known of the sample machine, with what its record and inventory say otherwise. */
export const factsOf = (
  record: Partial<WireRecord> = {},
  node: Partial<ManagedNode> = {},
  changes: Partial<NodeFacts> = {},
): NodeFacts => {
  const managed = managedNode(node);
  const read = recordOf(record);
  const json = JSON.stringify(wireRecord(record));
  const evidence = { kind: 'output', reading: { kind: 'record', record: read, json } } as const;
  return {
    node: managed,
    scope: { siteId: managed.siteId, tags: {} },
    mayChange: true,
    result: judge({ node: managed, evidence, nowMs: NOW_MS }),
    record: read,
    ...changes,
  };
};
