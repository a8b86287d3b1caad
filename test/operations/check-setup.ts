/** A small world for checks: two sites, machines of every kind, and a check to run in it. */
import type { CheckReport, NoAnswer } from '../../bot/domain/check-report.ts';
import type { WireRecord } from '../../bot/domain/inspection-wire.ts';
import type { ManagedNode, NodeSelection } from '../../bot/domain/nodes.ts';
import { observe } from '../../bot/operations/observe.ts';
import type { ObserveDeps } from '../../bot/operations/operation-deps.ts';
import type { CheckRequest, Content, ObserveRequest } from '../../bot/ports.ts';
import { sha256 } from '../domain/audit/sample-audit.ts';
import { managedNode, wireRecord } from '../domain/sample-record.ts';
import { memoryChanges } from '../fakes/memory-changes.ts';
import { memoryConversation } from '../fakes/memory-conversation.ts';
import { type Behaviour, type FleetMachine, memoryFleet } from '../fakes/memory-fleet.ts';
import { memoryLedger } from '../fakes/memory-ledger.ts';
import { memoryRecordSets } from '../fakes/memory-record-sets.ts';
import { type Kill, runWorkflow } from '../fakes/memory-workflow.ts';
import { simulatedTime } from '../fakes/simulated-time.ts';

export const TOKYO = { id: 'tokyo', account: '111122223333', region: 'ap-northeast-1' };
export const FRANKFURT = { id: 'frankfurt', account: '444455556666', region: 'eu-central-1', roleArn: 'arn:role' };
export const PLACE = { teamId: 'T1', channelId: 'C1', userId: 'U1' };
/** What the bot of these tests marks its values with. */
export const OWNER = '0123456789ab';
export const OPERATION = 'op-0123456789abcdef';

export const ALL: NodeSelection = { selectors: [{ kind: 'all' }] };
export const named = (...names: string[]): NodeSelection => ({
  selectors: names.map((name) => ({ kind: 'name', name })),
});

export const idOf = (n: number): string => `i-${n.toString(16).padStart(17, '0')}`;

/** What a machine prints for this record. */
export const line = (changes: Partial<WireRecord> = {}): string => `KMSBOT1 ${JSON.stringify(wireRecord(changes))}\r\n`;

export const prints = (text: string, afterSeconds = 4): Behaviour => ({
  afterSeconds,
  answer: { kind: 'output', text },
});
export const staysSilent = (why: NoAnswer, afterSeconds = 4): Behaviour => ({
  afterSeconds,
  answer: { kind: 'none', why },
});

/** An online Windows machine of the fleet, healthy but for what is given. */
export const machine = (
  n: number,
  changes: Partial<ManagedNode> = {},
  behaviour: Behaviour = prints(line({ name: `WEB-${n}` })),
  rest: Partial<FleetMachine> = {},
): FleetMachine => ({ node: managedNode({ id: idOf(n), name: `WEB-${n}`, ...changes }), behaviour, ...rest });

export const machines = (count: number, make = (n: number) => machine(n)): FleetMachine[] =>
  Array.from({ length: count }, (_, index) => make(index + 1));

export const request = (selection: NodeSelection): CheckRequest => ({
  operation: 'check',
  selection,
  asked: 'check …',
  place: PLACE,
});

/** A world with these machines. `run` runs a check in it, killed once where told. */
export const world = (fleetMachines: readonly FleetMachine[]) => {
  const time = simulatedTime();
  const fleet = memoryFleet(time.now, fleetMachines);
  const ledger = memoryLedger(time.now);
  const conversation = memoryConversation(time.now);
  const recordSets = memoryRecordSets();
  const logged: string[] = [];
  const deps: Omit<ObserveDeps, 'workflow'> = {
    operationId: OPERATION,
    functionName: 'observe',
    sites: [TOKYO, FRANKFURT],
    fleetTag: { key: 'KmsManaged', value: 'true' },
    nodes: fleet.nodes,
    knownHosts: [],
    zones: [],
    owner: OWNER,
    runCommand: fleet.runCommand,
    recordSets,
    ledger,
    conversation,
    csv: (results) => results.map((result) => result.name).join('\n'),
    changes: memoryChanges(time.now),
    recordsCsv: ({ records }) => records.map(({ place }) => place.domain).join('\n'),
    auditCsv: (entries) => entries.map(({ entry }) => entry.id).join('\n'),
    digest: sha256,
    unpack: () => undefined,
    clock: time.now,
    log: (_, event) => logged.push(event),
  };
  /** Runs any operation. */
  const ask = async (asked: ObserveRequest, kill?: Kill, operationId = OPERATION) => {
    const startedAtMs = time.now();
    const outcome = await runWorkflow(time, (workflow) => observe({ ...deps, operationId, workflow }, asked), kill);
    return { ...outcome, seconds: (time.now() - startedAtMs) / 1000 };
  };
  const run = (selection: NodeSelection, kill?: Kill, operationId = OPERATION) =>
    ask(request(selection), kill, operationId);
  const last = (): Content | undefined => conversation.messages.at(-1)?.contents.at(-1);
  return { time, fleet, ledger, conversation, recordSets, logged, deps, ask, run, last };
};

/** The report a message ends with; fails where it ends otherwise. */
export const reportIn = (content: Content | undefined): CheckReport => {
  if (content?.kind !== 'check-report') throw new Error(`not a report: ${JSON.stringify(content)}`);
  return content.report;
};
